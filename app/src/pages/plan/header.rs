//! The head of the page: whose plan this is, whether all is saved, who is here, and what can be done with the whole.

use super::desk::Desk;
use super::export::ExportButton;
use super::place::column_name;
use crate::components::document::{PeopleHere, ReadingNote, Toolbar};
use crate::components::status_line::StatusLine;
use leptos::prelude::*;

/// The head of the page.
#[component]
pub fn PlanHeader(
    /// The page's shared state.
    desk: Desk,
    /// The association's name.
    association: String,
) -> impl IntoView {
    let workspace = desk.workspace;
    let dnr = move || {
        let dnr = workspace.header().with(|header| header.dnr.clone());
        (!dnr.is_empty()).then(|| view! { <p class="dnr">{format!("Dnr {dnr}")}</p> })
    };
    view! {
        <header class="plan-header">
            <div class="plan-title">
                <p class="eyebrow">{association.clone()}</p>
                <h1>{move || workspace.header().with(|header| header.title.clone())}</h1>
                {dnr}
            </div>
            <div class="plan-state">
                <StatusLine workspace=*workspace />
                <PeopleHere workspace=*workspace column_name />
            </div>
            <Toolbar tools=desk.tools>
                <ExportButton desk association />
            </Toolbar>
            <ReadingNote workspace=*workspace what="budgeten" />
        </header>
    }
}
