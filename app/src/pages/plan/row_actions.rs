//! What the menu of a row offers beside what every row has.

use super::party::open_form;
use super::place::Place;
use super::row_view::name_of;
use super::source::{BudgetSource, remove_section};
use crate::components::grid::keys::Action;
use crate::components::grid::source::RowAction;
use crate::document::plan::PlanCommand;
use crate::domain::{IncomeId, LineId, LineRole, SectionId};
use leptos::prelude::*;
use std::sync::Arc;

fn action(label: &'static str, run: impl Fn() + Send + Sync + 'static) -> RowAction {
    RowAction { label, key: None, run: Arc::new(run) }
}

fn by_key(key: Action, label: &'static str, run: impl Fn() + Send + Sync + 'static) -> RowAction {
    RowAction { label, key: Some(key), run: Arc::new(run) }
}

/// Sections: moved and removed with their lines.
pub fn of_section(source: BudgetSource, id: SectionId) -> Vec<RowAction> {
    let sections = source.workspace.sections().get_untracked();
    let at = sections.iter().position(|section| *section == id).unwrap_or_default();
    let count = sections.len();
    let move_after = move |after: Option<SectionId>, place: usize| {
        if source.run(PlanCommand::MoveSection { id, after }) {
            let name = name_of(source.workspace, Place::Section(id));
            source.tools.announcer.say(format!("{name} flyttat till plats {place} av {count}"));
        }
    };
    let mut actions = vec![action("Lägg till avsnitt under", move || {
        let new = SectionId::from_random(*source.workspace.new_item_id().as_bytes());
        source.run(PlanCommand::AddSection { id: new, after: Some(id) });
    })];
    if at > 0 {
        let after = at.checked_sub(2).and_then(|above| sections.get(above)).copied();
        actions.push(by_key(Action::RowUp, "Flytta avsnittet uppåt", move || move_after(after, at)));
    }
    if let Some(below) = sections.get(at + 1).copied() {
        actions.push(by_key(Action::RowDown, "Flytta avsnittet nedåt", move || move_after(Some(below), at + 2)));
    }
    actions.push(by_key(Action::RemoveRow, "Ta bort avsnittet", move || remove_section(source, id)));
    actions
}

/// Lines: which of them is the same money as the contribution in the county plan.
pub fn of_line(source: BudgetSource, line: LineId) -> Vec<RowAction> {
    let Some(view) = source.workspace.line(line) else { return Vec::new() };
    let (label, role) = match view.read_untracked().line.role {
        LineRole::CountyTraining => ("Raden är inte bidraget i länsplanen", LineRole::Ordinary),
        _ => ("Raden är bidraget i länsplanen", LineRole::CountyTraining),
    };
    vec![action(label, move || {
        source.run(PlanCommand::SetRole { line, role: role.clone() });
    })]
}

/// Income: whose share by law it is, which the row's form asks.
pub fn of_income(source: BudgetSource, income: IncomeId) -> Vec<RowAction> {
    vec![action("Välj part och nyckel", move || open_form(source.form, income))]
}
