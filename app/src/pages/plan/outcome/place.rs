//! The rows and columns of the outcome's table, by name.

use crate::components::grid::column::Columns;
use crate::components::grid::row::{Row, RowRole};
use crate::components::grid::{CellKind, Column};
use crate::document::plan::{AmountCell, BudgetRow, TextCell};
use crate::domain::{IsoDate, OutcomeId};
use crate::pages::plan::place::{NAME, Place};
use crate::workspace::PlanWorkspace;
use leptos::prelude::*;
use std::sync::Arc;

/// *Budget* of the year.
pub const BUDGETED: &str = "Budgeted";
/// *Utfall*.
pub const AMOUNT: &str = "Outcome";
/// *% av budget*.
pub const PERCENT: &str = "Percent";
/// *Läge*.
pub const STANDING: &str = "Standing";
/// *Prognos*.
pub const FORECAST: &str = "Forecast";
/// *Avvikelse*.
pub const DEVIATION: &str = "Deviation";
/// *Kommentar*.
pub const COMMENT: &str = "Comment";
/// *Föreslagen åtgärd*.
pub const ACTION: &str = "Action";

/// The rows, in order: those of the budget, each of which stays where the budget has it.
pub fn rows(workspace: PlanWorkspace) -> Vec<Row> {
    let row = |place: Place, role| Row { key: place.key(), role };
    let heading = RowRole::Heading { open: false };
    let lines = workspace.lines().get();
    let mut rows = Vec::with_capacity(lines.len() + 16);
    for section in workspace.sections().get() {
        rows.push(row(Place::Section(section), heading));
        let own = lines.iter().filter(|(of, _)| *of == section);
        rows.extend(own.map(|(_, line)| row(Place::Line(*line), RowRole::Fixed)));
        rows.push(row(Place::Sum(section), RowRole::Sum));
    }
    rows.push(row(Place::TotalCost, RowRole::Total));
    rows.push(row(Place::IncomeHeading, heading));
    rows.extend(workspace.income().get().into_iter().map(|id| row(Place::Income(id), RowRole::Fixed)));
    rows.push(row(Place::TotalIncome, RowRole::Sum));
    rows.push(row(Place::NetResult, RowRole::Total));
    rows
}

/// The columns.
pub fn columns() -> Columns {
    Arc::new([
        Column::new(NAME, "Benämning", CellKind::Name, "what").row_header(),
        Column::new(BUDGETED, "Budget", CellKind::Sum, "amount"),
        Column::new(AMOUNT, "Utfall", CellKind::Amount, "amount"),
        Column::new(PERCENT, "% av budget", CellKind::Share, "share"),
        Column::new(STANDING, "Läge", CellKind::Standing, "stands"),
        Column::new(FORECAST, "Prognos helår", CellKind::Amount, "amount"),
        Column::new(DEVIATION, "Avvikelse", CellKind::Sum, "amount"),
        Column::new(COMMENT, "Kommentar", CellKind::Text, "comment"),
        Column::new(ACTION, "Föreslagen åtgärd", CellKind::Text, "comment"),
    ])
}

/// The row of the budget that an outcome speaks of at a place.
pub fn budget_row(place: Place) -> Option<BudgetRow> {
    match place {
        Place::Line(id) => Some(BudgetRow::Line(id)),
        Place::Income(id) => Some(BudgetRow::Income(id)),
        _ => None,
    }
}

/// What stands in a cell.
pub fn kind(place: Place, column: &Column) -> CellKind {
    match (place, column.kind) {
        (_, CellKind::Name) => CellKind::Name,
        (Place::Section(_) | Place::IncomeHeading, _) => CellKind::Nothing,
        // More income than planned is no overspending.
        (Place::Line(_), kind) => kind,
        (Place::Income(_), CellKind::Standing) => CellKind::Nothing,
        (Place::Income(_), kind) => kind,
        (_, CellKind::Amount) => CellKind::Sum,
        (Place::NetResult, CellKind::Share) => CellKind::Nothing,
        (_, CellKind::Text | CellKind::Standing) => CellKind::Nothing,
        (_, kind) => kind,
    }
}

/// What a column of an outcome is called among those who are here: a plan has several outcomes, and each its own cells.
pub fn column_of_day(column: &str, through: IsoDate) -> String {
    format!("{column}@{through}")
}

/// The column of the outcome that is shown, if it is one of that.
pub fn column_shown<'a>(name: &'a str, day: &str) -> Option<&'a str> {
    name.split_once('@').filter(|(_, of)| *of == day).map(|(column, _)| column)
}

/// What a column is called to people, from its name among those who are here.
pub fn column_name(name: &str) -> Option<String> {
    let (column, day) = name.split_once('@')?;
    let known = [(AMOUNT, "Utfall"), (FORECAST, "Prognos"), (COMMENT, "Kommentar"), (ACTION, "Föreslagen åtgärd")];
    let (_, label) = known.into_iter().find(|(key, _)| *key == column)?;
    day.parse::<IsoDate>().ok().map(|day| format!("{label} {day}"))
}

/// The amount that is typed at a column, if one is.
pub fn amount(outcome: OutcomeId, place: Place, column: &str) -> Option<AmountCell> {
    let row = budget_row(place)?;
    match column {
        AMOUNT => Some(AmountCell::Outcome(outcome, row)),
        FORECAST => Some(AmountCell::Forecast(outcome, row)),
        _ => None,
    }
}

/// The text that is typed at a column, if one is.
pub fn text(outcome: OutcomeId, place: Place, column: &str) -> Option<TextCell> {
    let row = budget_row(place)?;
    match column {
        COMMENT => Some(TextCell::Comment(outcome, row)),
        ACTION => Some(TextCell::Action(outcome, row)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colleague_in_an_outcome_of_another_day_is_not_in_this_one() {
        let august: IsoDate = "2019-08-31".parse().expect("is a day");
        let name = column_of_day(FORECAST, august);
        assert_eq!(column_shown(&name, "2019-08-31"), Some(FORECAST));
        assert_eq!(column_shown(&name, "2019-04-30"), None);
        assert_eq!(column_shown("2021", "2019-08-31"), None, "the budget's own columns are years");
        assert_eq!(column_name(&name).as_deref(), Some("Prognos 2019-08-31"));
        assert_eq!(
            (column_name("Percent@2019-08-31"), column_name("Outcome@nej"), column_name("2021")),
            (None, None, None)
        );
    }
}
