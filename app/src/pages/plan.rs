//! An association's plan of a year: the budget with its outlook, and what follows from it.

mod budget;
pub(super) mod checks;
pub mod conflicts;
mod courses;
mod decided;
mod desk;
mod equivalents;
mod export;
mod figures;
mod header;
mod law;
mod nav;
mod next_year;
mod outcome;
mod party;
mod pictures;
mod place;
mod print;
mod row_actions;
mod row_form;
mod row_view;
mod settings;
mod settled;
mod source;

use super::drawn::drawn;
use crate::boot::{Boot, PageData, PlanPage, use_boot};
use crate::components::document::{CellHistoryDialog, Gone, Notices, RemovedRows};
use crate::components::unit::unit_signal;
use crate::document::AnyRow;
use crate::document::plan::RemovedRow;
use crate::workspace::PlanWorkspace;
use desk::Desk;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page at `/budget/vasteras/2021`.
#[component]
pub fn PlanRoute() -> impl IntoView {
    drawn(
        |page| match page {
            PageData::Plan(page) => Some(*page),
            _ => None,
        },
        |page| view! { <PlanView page /> },
    )
}

#[component]
fn PlanView(page: PlanPage) -> impl IntoView {
    let boot = use_boot();
    let association = association_name(&boot, &page);
    let contributions = page.contributions();
    let PlanPage { document, plan, people, county: _, courses } = page;
    let workspace = PlanWorkspace::from_boot(document, &plan, people, boot.user);
    let desk = Desk::new(workspace, unit_signal(), contributions);
    // The server puts the title in once the page's signals may be gone already; there it is what it was to begin with.
    let header = workspace.header();
    let first = plan.header.title;
    let title = move || {
        format!("{} – Samplan", header.try_with(|header| header.title.clone()).unwrap_or_else(|| first.clone()))
    };
    let restore = Callback::new(move |row: AnyRow| {
        if let AnyRow::Plan(row) = row {
            // A row that cannot be restored stays in the list, and has been told of by the workspace.
            let _ = workspace.restore(row);
        }
    });
    let removed = Signal::derive(move || workspace.rest().with(|rest| rest.removed.iter().map(gone).collect()));
    view! {
        <Title text=title />
        <article
            class="page plan"
            data-left-out=move || desk.left_out.with(|left_out| left_out.join(" "))
        >
            <header::PlanHeader desk association />
            <nav::LocalNav desk />
            <decided::DecidedLine desk />
            <Notices tools=desk.tools restore />
            <conflicts::Conflicts desk />
            <checks::county::CountyNotice desk />
            <budget::BudgetView desk />
            <outcome::OutcomeView desk />
            <courses::Courses desk courses />
            <pictures::Pictures desk />
            <checks::Checks desk />
            <equivalents::Equivalents desk />
            <RemovedRows tools=desk.tools removed restore />
        </article>
        <row_form::RowFormDialog desk />
        <checks::stated::StatedDialog desk />
        <settings::SettingsDialog desk />
        <party::AddIncomeDialog desk />
        <outcome::MoveOutcomeDialog desk />
        <equivalents::EquivalentsDialog desk />
        <next_year::NextYearDialog desk />
        <print::PrintDialog desk />
        <CellHistoryDialog tools=desk.tools />
    }
}

/// The name of the plan's association: the user's own, or that of somebody who may read it.
pub(super) fn association_name(boot: &Boot, page: &PlanPage) -> String {
    let slug = page.document.association.clone().unwrap_or_default();
    let memberships = boot.user.iter().flat_map(|user| &user.associations);
    let own = memberships.filter(|membership| membership.id == slug).map(|membership| membership.name.clone()).next();
    own.unwrap_or(slug)
}

fn gone(row: &RemovedRow) -> Gone {
    let RemovedRow { row, label, by, at } = row.clone();
    Gone { row: AnyRow::Plan(row), label, amount: None, by, at }
}
