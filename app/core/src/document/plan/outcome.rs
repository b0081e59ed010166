//! Reading an outcome: its amounts, forecasts, comments and actions, each in a map by the row it speaks of.

use automerge::{AutoCommit, ReadDoc};

use super::place::{AmountCell, BudgetRow, RowRef};
use super::read::map_of;
use super::{OutcomeView, schema};
use crate::document::tree::conflict::read_conflict;
use crate::document::tree::editor::DELETED_AT;
use crate::document::tree::table::{Gone, Read};
use crate::document::tree::value::{Stored, stored, text};
use crate::domain::{IncomeId, IsoDate, LineId, Outcome, OutcomeId, OutcomeLine};

/// One outcome.
pub(super) fn read_outcome(doc: &AutoCommit, id: OutcomeId) -> Option<Read<OutcomeView>> {
    let object = RowRef::Outcome(id).path().find(doc)?;
    let through = stored(doc, &object, "through").0;
    let through: IsoDate = through.word()?.parse().ok()?;
    if let (Stored::Int(at), Some(operation)) = stored(doc, &object, DELETED_AT) {
        return Some(Read::Removed(Gone::new(doc, format!("Utfall till och med {through}"), (at, operation))));
    }
    let mut view = OutcomeView {
        outcome: Outcome { id, through, lines: Default::default(), income: Default::default() },
        conflicts: Vec::new(),
        has_text_begun_twice: false,
    };
    for (name, is_forecast) in [(schema::AMOUNTS, false), (schema::FORECASTS, true)] {
        read_amounts(doc, &mut view, name, is_forecast);
    }
    for (name, is_action) in [(schema::COMMENTS, false), (schema::ACTIONS, true)] {
        read_texts(doc, &mut view, name, is_action);
    }
    Some(Read::Live(Box::new(view)))
}

fn read_amounts(doc: &AutoCommit, view: &mut OutcomeView, name: &str, is_forecast: bool) {
    let id = view.outcome.id;
    let Some(map) = map_of(doc, RowRef::Outcome(id), name) else { return };
    for cell in doc.map_range(&map, ..) {
        let Some(row) = row_of(doc, &cell.key) else { continue };
        if cell.conflict
            && let Some(conflict) = read_conflict(doc, &map, &cell.key)
        {
            let place = if is_forecast { AmountCell::Forecast(id, row) } else { AmountCell::Outcome(id, row) };
            view.conflicts.push((place, conflict));
        }
        if let Some(amount) = Stored::of_entry(&cell).money() {
            let line = line_of(&mut view.outcome, row);
            *if is_forecast { &mut line.forecast } else { &mut line.amount } = Some(amount);
        }
    }
}

fn read_texts(doc: &AutoCommit, view: &mut OutcomeView, name: &str, is_action: bool) {
    let Some(map) = map_of(doc, RowRef::Outcome(view.outcome.id), name) else { return };
    for entry in doc.map_range(&map, ..) {
        let Some(row) = row_of(doc, &entry.key) else { continue };
        view.has_text_begun_twice |= entry.conflict;
        let text = text(doc, &map, &entry.key);
        if !text.is_empty() {
            let line = line_of(&mut view.outcome, row);
            *if is_action { &mut line.action } else { &mut line.comment } = text;
        }
    }
}

/// The row that a name within an outcome stands for. Ids of lines and income look alike: the tables tell.
fn row_of(doc: &AutoCommit, key: &str) -> Option<BudgetRow> {
    let line: LineId = key.parse().ok()?;
    if RowRef::Line(line).path().find(doc).is_some() {
        return Some(BudgetRow::Line(line));
    }
    let income: IncomeId = key.parse().ok()?;
    RowRef::Income(income).path().find(doc).map(|_| BudgetRow::Income(income))
}

fn line_of(outcome: &mut Outcome, row: BudgetRow) -> &mut OutcomeLine {
    match row {
        BudgetRow::Line(id) => outcome.lines.entry(id).or_default(),
        BudgetRow::Income(id) => outcome.income.entry(id).or_default(),
    }
}
