//! The head of the page: what plan this is, whether all is saved, who is here, and what can be done with the whole.

use super::desk::Desk;
use super::source::field_of;
use crate::components::document::{PeopleHere, ReadingNote, Toolbar};
use crate::components::status_line::StatusLine;
use leptos::prelude::*;

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
                <PeopleHere workspace=*workspace column_name />
            </div>
            <Toolbar tools=desk.tools />
            <ReadingNote workspace=*workspace what="planen" />
        </header>
    }
}

/// What a column is called to people, from its name among those who are here.
fn column_name(key: &str) -> Option<String> {
    field_of(key).map(|field| field.label().to_owned())
}
