//! The head of the page: what plan this is, whether all is saved, who is here, and what can be done with the whole.

use super::desk::Desk;
use super::source::field_of;
use super::toolbar::Toolbar;
use crate::components::initials::Initials;
use crate::components::status_line::StatusLine;
use crate::workspace::CountyWorkspace;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The head of the page.
#[component]
pub fn PlanHeader(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let workspace = desk.workspace;
    view! {
        <header class="plan-header">
            <div class="plan-title">
                <p class="eyebrow">
                    {move || format!("Länsgemensam plan {}", workspace.header().with(|header| header.year))}
                </p>
                <h1>{move || workspace.header().with(|header| header.title.clone())}</h1>
            </div>
            <div class="plan-state">
                <StatusLine workspace=*workspace />
                <PeopleHere workspace />
            </div>
            <Toolbar desk />
            <p class="banner only-without-script">
                "Här kan du läsa hela planen. För att ändra i den behöver JavaScript vara på i webbläsaren."
            </p>
            {move || {
                (!workspace.can_write()).then(|| view! { <p class="banner">"Du kan läsa men inte ändra."</p> })
            }}
        </header>
    }
}

/// Who else has the plan open, and in which column of it.
#[component]
fn PeopleHere(workspace: CountyWorkspace) -> impl IntoView {
    // One person may have several tabs; one of them is enough, preferably one in a cell.
    let people = Memo::new(move |_| {
        workspace.presence().with(|people| {
            let mut each = BTreeMap::new();
            for person in people {
                let place = person.cell.as_ref().map(|cell| cell.field.clone());
                let entry = each
                    .entry(person.user.to_string())
                    .or_insert_with(|| (person.name.clone(), person.color_index, place.clone()));
                entry.2 = entry.2.take().or(place);
            }
            each.into_values().collect::<Vec<_>>()
        })
    });
    let count = move || match people.with(Vec::len) {
        0 => String::new(),
        others => format!("{} personer är här", others + 1),
    };
    view! {
        <div class="people" data-testid="people">
            <span class="people-count">{count}</span>
            <ul>
                {move || {
                    people
                        .get()
                        .into_iter()
                        .map(|(name, color_index, place)| {
                            let place = place.as_deref().and_then(column_name);
                            view! {
                                <li>
                                    <Initials name=name.clone() color_index />
                                    <span>
                                        {name}
                                        {place.map(|place| view! { <small>{format!(" i {place}")}</small> })}
                                    </span>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </div>
    }
}

/// What a column is called to people, from its name among those who are here.
fn column_name(key: &str) -> Option<&'static str> {
    field_of(key).map(|field| field.label())
}
