//! *Spara som Excel*: the budget as a workbook with live formulas, made on this device.

use super::desk::Desk;
use crate::components::document::SaveWorkbook;
use crate::components::exchange::{file_name, today, write_budget};
use crate::domain::export::BudgetExport;
use leptos::prelude::*;

/// The button.
#[component]
pub fn ExportButton(
    /// The page's shared state.
    desk: Desk,
    /// The association's name.
    association: String,
) -> impl IntoView {
    let write = move || {
        let export = export_of(desk, &association)?;
        let year = export.years.first().map(ToString::to_string).unwrap_or_default();
        let name = file_name(&["budget", &year, &association], "xlsx");
        Some((name, async move { write_budget(&export).await }))
    };
    view! { <SaveWorkbook tools=desk.tools saved="Budgeten är sparad" write /> }
}

/// The budget as it stands on the page, in the unit that it is shown in.
fn export_of(desk: Desk, association: &str) -> Option<BudgetExport> {
    let workspace = desk.workspace;
    let budget = workspace.budget().get_untracked()?;
    let (title, dnr) = workspace.header().with_untracked(|header| (header.title.clone(), header.dnr.clone()));
    // Many titles begin with whose plan it is.
    let title = if title.contains(association) { title } else { format!("{association}: {title}") };
    let subtitle = if dnr.is_empty() { dnr } else { format!("Dnr {dnr}") };
    Some(BudgetExport::new(&budget, title, subtitle, desk.tools.unit.get_untracked(), today()?))
}
