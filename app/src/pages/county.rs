//! The county plan of a year: items, contributions, the balance between them, and commitments.

mod balance;
mod commitments;
mod conflicts;
mod contributions;
mod desk;
mod header;
mod items;
mod own_lines;
mod row_form;
mod row_view;
mod source;
mod split_dialog;
mod split_parts;

use super::drawn::drawn;
use crate::boot::{CountyPage, PageData, use_boot};
use crate::components::document::{CellHistoryDialog, Gone, Notices, RemovedRows};
use crate::components::unit::unit_signal;
use crate::document::AnyRow;
use crate::document::county::RemovedRow;
use crate::workspace::CountyWorkspace;
use desk::Desk;
use leptos::prelude::*;
use leptos_meta::Title;

/// The ids of the rows with the sums of the items and of the contributions.
pub(super) const SUMS: [&str; 2] = ["insatser-summa", "bidrag-summa"];

/// The page at `/lan/2021`.
#[component]
pub fn CountyRoute() -> impl IntoView {
    drawn(
        |page| match page {
            PageData::County(page) => Some(*page),
            _ => None,
        },
        |page| view! { <CountyPlanView page /> },
    )
}

#[component]
fn CountyPlanView(page: CountyPage) -> impl IntoView {
    let CountyPage { document, plan, people, own_plans } = page;
    let workspace = CountyWorkspace::from_boot(document, plan, people, use_boot().user);
    let desk = Desk::new(workspace, unit_signal());
    let restore = Callback::new(move |row: AnyRow| {
        if let AnyRow::County(row) = row {
            // A row that cannot be restored stays in the list, and has been told of by the workspace.
            let _ = workspace.restore(row);
        }
    });
    let removed = Signal::derive(move || workspace.removed().with(|rows| rows.iter().cloned().map(gone).collect()));
    // The server puts the title in once the page's signals may be gone already; there it is what it was to begin with.
    let header = workspace.header();
    let first = header.with_untracked(|header| header.title.clone());
    let title = move || {
        format!("{} – Samplan", header.try_with(|header| header.title.clone()).unwrap_or_else(|| first.clone()))
    };
    view! {
        <Title text=title />
        <article class="page plan">
            <header::PlanHeader desk />
            <Notices tools=desk.tools restore />
            <conflicts::Conflicts desk />
            <balance::BalanceView desk />
            <items::Items desk />
            <contributions::Contributions desk own_plans />
            <commitments::Commitments desk />
            <RemovedRows tools=desk.tools removed restore />
        </article>
        <row_form::RowFormDialog desk />
        <split_dialog::SplitDialog desk />
        <CellHistoryDialog tools=desk.tools />
    }
}

fn gone(row: RemovedRow) -> Gone {
    let RemovedRow { row, label, amount, by, at } = row;
    Gone { row: AnyRow::County(row), label, amount, by, at }
}
