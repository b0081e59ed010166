//! The head of the page: whose plan this is, whether all is saved, who is here, and what can be done with the whole.

use super::desk::{Desk, PlanDialog};
use super::export::ExportButton;
use super::next_year::NextYearButton;
use super::place::column_name;
use super::print::PrintedVersion;
use crate::components::document::{PeopleHere, ReadingNote, Toolbar};
use crate::components::icon::{Icon, IconView};
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
                <PrintedVersion desk />
            </div>
            <div class="plan-state">
                <StatusLine workspace=*workspace />
                <PeopleHere workspace=*workspace column_name />
            </div>
            <Toolbar
                tools=desk.tools
                besides=move || view! { <PlanTools desk /> }
                on_print=Callback::new(move |()| desk.dialog.set(Some(PlanDialog::Print)))
            >
                <ExportButton desk association />
            </Toolbar>
            <ReadingNote workspace=*workspace what="budgeten" />
        </header>
    }
}

/// What an association's plan has in its toolbar besides.
#[component]
fn PlanTools(desk: Desk) -> impl IntoView {
    let open = move |dialog: PlanDialog| desk.dialog.set(Some(dialog));
    view! {
        <div class="button-row">
            <button
                type="button"
                class="button"
                title="Planens uppgifter"
                on:click=move |_| open(PlanDialog::Settings)
            >
                <IconView icon=Icon::Edit />
                <span class="button-words">"Planens uppgifter"</span>
            </button>
            <NextYearButton desk />
        </div>
    }
}
