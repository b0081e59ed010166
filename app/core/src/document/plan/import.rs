//! The commands of an import: what the user has seen and said yes to, as one change and one undo step.

use super::command::PlanCommand;
use super::place::{AmountCell, BudgetRow, RowRef, TextCell};
use crate::domain::ledger::{Destination, Selector};
use crate::domain::sheet::{BudgetChanges, RowChange};
use crate::domain::{Budget, IncomeId, IsoDate, LineId, Money, OutcomeId, PartyKind, SectionId, Year};

/// What an accounting file writes: an outcome, and where its accounts belong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeImport {
    /// The outcome that it is written to.
    pub outcome: OutcomeId,
    /// The last day that is booked, where the outcome is a new one.
    pub new_through: Option<IsoDate>,
    /// The amounts, in the budget's sign; none where what stood there is to be emptied.
    pub amounts: Vec<(BudgetRow, Option<Money>)>,
    /// Rules that are new or changed, or forgotten.
    pub rules: Vec<(Selector, Option<Destination<LineId, IncomeId>>)>,
}

/// *Läs in utfallet*.
pub fn load_outcome(import: &OutcomeImport) -> PlanCommand {
    let id = import.outcome;
    let rules =
        import.rules.iter().map(|(selector, to)| PlanCommand::MapAccounts { selector: selector.clone(), to: *to });
    let outcome = import.new_through.map(|through| PlanCommand::AddOutcome { id, through });
    let amounts = import
        .amounts
        .iter()
        .map(|(row, amount)| PlanCommand::SetAmount { cell: AmountCell::Outcome(id, *row), amount: *amount });
    PlanCommand::Batch { commands: rules.chain(outcome).chain(amounts).collect(), label: "läs in utfallet".to_owned() }
}

/// *Läs in budgeten*: rows that are new, and amounts that change. `fresh` gives the random bytes of each new row.
pub fn load_budget(budget: &Budget, changes: &BudgetChanges, mut fresh: impl FnMut() -> [u8; 16]) -> PlanCommand {
    let mut commands = Vec::new();
    if let Some(opening) = changes.opening.filter(|opening| opening.is_change()) {
        commands.push(PlanCommand::SetAmount { cell: AmountCell::OpeningEquity, amount: Some(opening.after) });
    }
    let mut after = budget.income.last().map(|row| row.id);
    for row in &changes.income {
        let id = row.id.unwrap_or_else(|| {
            let id = IncomeId::from_random(fresh());
            commands.push(PlanCommand::AddIncome { id, party: PartyKind::from_name(&row.name), after });
            commands.push(named(RowRef::Income(id), &row.name));
            after = Some(id);
            id
        });
        commands.extend(amounts(row, |year| AmountCell::Income(id, year)));
    }
    let mut after = budget.sections.last().map(|section| section.id);
    for section in &changes.sections {
        let id = section.id.unwrap_or_else(|| {
            let id = SectionId::from_random(fresh());
            if section.is_new() {
                commands.push(PlanCommand::AddSection { id, after });
                commands.push(named(RowRef::Section(id), &section.name));
                after = Some(id);
            }
            id
        });
        let there = budget.section(id).map(|section| section.lines.as_slice()).unwrap_or_default();
        let mut above = there.last().map(|line| line.id);
        for line in &section.lines {
            // A new line comes below the one that it has above itself in the sheet.
            above = line.id.filter(|id| there.iter().any(|line| line.id == *id)).or(above);
            let line_id = line.id.unwrap_or_else(|| {
                let new = LineId::from_random(fresh());
                commands.push(PlanCommand::AddLine { id: new, section: id, after: above });
                commands.push(named(RowRef::Line(new), &line.name));
                above = Some(new);
                new
            });
            if let Some(note) = &line.note {
                let cell = TextCell::Note(RowRef::Line(line_id));
                commands.push(PlanCommand::SetText { cell, value: note.clone() });
            }
            commands.extend(amounts(line, |year| AmountCell::Line(line_id, year)));
        }
    }
    PlanCommand::Batch { commands, label: "läs in budgeten".to_owned() }
}

fn named(row: RowRef, name: &str) -> PlanCommand {
    PlanCommand::SetText { cell: TextCell::Name(row), value: name.to_owned() }
}

fn amounts<Id>(row: &RowChange<Id>, cell: impl Fn(Year) -> AmountCell) -> Vec<PlanCommand> {
    let changed = row.amounts.iter().filter(|(_, amount)| amount.is_change());
    changed.map(|(year, amount)| PlanCommand::SetAmount { cell: cell(*year), amount: Some(amount.after) }).collect()
}
