//! Who else has the document open.

use crate::components::initials::Initials;
use crate::workspace::Workspace;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Who else has the document open, and in which column of it.
#[component]
pub fn PeopleHere(
    /// The document.
    workspace: Workspace,
    /// What a column is called to people, from its name among those who are here.
    column_name: fn(&str) -> Option<String>,
) -> impl IntoView {
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
