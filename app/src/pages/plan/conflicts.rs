//! Amounts that were written at the same time: all are shown, with who wrote them, until someone picks.

use super::desk::Desk;
use super::outcome::place as outcome_place;
use super::place::Place;
use super::row_view::{conflict_at, name_of};
use crate::components::document::ConflictCard;
use crate::components::grid::Grid;
use crate::components::grid::keys::EditMode;
use crate::components::grid::place::Place as Cell;
use crate::document::plan::{AmountCell, BudgetRow, PlanCommand};
use crate::domain::Money;
use crate::workspace::PlanWorkspace;
use leptos::prelude::*;

/// Every amount that waits for someone to pick.
#[component]
pub fn Conflicts(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let cells = Memo::new(move |_| waiting(desk.workspace));
    view! {
        <div id="konflikter" class="conflicts" data-testid="conflicts">
            <For each=move || cells.get() key=|cell| *cell let:cell>
                <CellConflict desk cell />
            </For>
        </div>
    }
}

#[component]
fn CellConflict(desk: Desk, cell: AmountCell) -> impl IntoView {
    let workspace = desk.workspace;
    let name = Signal::derive(move || label(workspace, cell));
    let conflict = Signal::derive(move || conflict_at(workspace, cell));
    let settle = Callback::new(move |amount: Option<Money>| {
        desk.source.run(PlanCommand::SetAmount { cell, amount });
    });
    let write_anew = Callback::new(move |()| write_anew(desk, cell));
    view! { <ConflictCard tools=desk.tools name conflict settle write_anew /> }
}

/// The cells whose amounts wait for someone to pick, in reading order.
pub fn waiting(workspace: PlanWorkspace) -> Vec<AmountCell> {
    let mut cells = Vec::new();
    for (_, id) in workspace.lines().get() {
        let Some(view) = workspace.line(id) else { continue };
        view.with(|view| cells.extend(view.conflicts.keys().map(|year| AmountCell::Line(id, *year))));
    }
    for id in workspace.income().get() {
        let Some(view) = workspace.income_row(id) else { continue };
        view.with(|view| cells.extend(view.conflicts.keys().map(|year| AmountCell::Income(id, *year))));
    }
    if workspace.header().with(|header| header.opening_conflict.is_some()) {
        cells.push(AmountCell::OpeningEquity);
    }
    for id in workspace.outcomes().get() {
        let Some(view) = workspace.outcome(id) else { continue };
        view.with(|view| cells.extend(view.conflicts.iter().map(|(cell, _)| *cell)));
    }
    cells
}

/// What a cell is called: the name of its row, and its year or column.
fn label(workspace: PlanWorkspace, cell: AmountCell) -> String {
    let named = |row| match row {
        BudgetRow::Line(id) => name_of(workspace, Place::Line(id)),
        BudgetRow::Income(id) => name_of(workspace, Place::Income(id)),
    };
    match cell {
        AmountCell::Line(id, year) => format!("{}, {year}", name_of(workspace, Place::Line(id))),
        AmountCell::Income(id, year) => format!("{}, {year}", name_of(workspace, Place::Income(id))),
        AmountCell::OpeningEquity => name_of(workspace, Place::Opening),
        AmountCell::Outcome(_, row) => format!("{}, utfall", named(row)),
        AmountCell::Forecast(_, row) => format!("{}, prognos", named(row)),
    }
}

/// Goes to the amount in its table and opens the editor there.
fn write_anew(desk: Desk, cell: AmountCell) {
    let first = desk.workspace.header().with_untracked(|header| header.years.first().copied());
    match cell {
        AmountCell::Line(id, year) => edit_at(desk.budget, Place::Line(id), &year.to_string()),
        AmountCell::Income(id, year) => edit_at(desk.budget, Place::Income(id), &year.to_string()),
        AmountCell::OpeningEquity => {
            if let Some(year) = first {
                edit_at(desk.budget, Place::Opening, &year.to_string());
            }
        }
        AmountCell::Outcome(id, row) | AmountCell::Forecast(id, row) => {
            desk.picked.set(Some(id));
            let row = match row {
                BudgetRow::Line(id) => Place::Line(id),
                BudgetRow::Income(id) => Place::Income(id),
            };
            let is_forecast = matches!(cell, AmountCell::Forecast(..));
            edit_at(desk.outcome, row, if is_forecast { outcome_place::FORECAST } else { outcome_place::AMOUNT });
        }
    }
}

fn edit_at(grid: Grid, row: Place, column: &str) {
    let column = grid.columns.with_untracked(|columns| columns.iter().position(|known| *known.key == *column));
    if let (Some(index), Some(column)) = (grid.index_of(&row.key()), column) {
        grid.go_to(Cell::new(index, column));
        grid.edit(EditMode::Revise, None);
    }
}
