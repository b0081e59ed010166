//! The commands that write a whole budget: last year's plan into a new one, an import, demo data.

use super::command::PlanCommand;
use super::place::{AmountCell, BudgetRow, RowRef, TextCell};
use crate::domain::{Amounts, Budget, EquivalentRow, LineRole, Money, Outcome, OutcomeLine, StatedFigures, Year};

/// Everything that a budget holds, into a plan that has none of its rows.
pub fn fill_budget(budget: &Budget) -> Vec<PlanCommand> {
    let mut commands: Vec<PlanCommand> = Vec::new();
    commands.extend(budget.years.iter().map(|year| PlanCommand::ShowYear { year: *year, shown: true }));
    commands.push(PlanCommand::SetCeiling { rate: budget.ceiling });
    commands.extend(amount(AmountCell::OpeningEquity, budget.opening_equity));
    let mut after = None;
    for income in &budget.income {
        commands.push(PlanCommand::AddIncome { id: income.id, party: income.party.clone(), after });
        after = Some(income.id);
        commands.extend(text(TextCell::Name(RowRef::Income(income.id)), &income.name));
        if let Some(weight) = u32::try_from(income.weight).ok().filter(|weight| *weight != 1) {
            commands.push(PlanCommand::SetWeight { income: income.id, weight });
        }
        commands.extend(amounts(&income.amounts, |year| AmountCell::Income(income.id, year)));
    }
    let (mut after_section, mut after_line) = (None, None);
    for section in &budget.sections {
        commands.push(PlanCommand::AddSection { id: section.id, after: after_section });
        after_section = Some(section.id);
        commands.extend(text(TextCell::Name(RowRef::Section(section.id)), &section.name));
        for line in &section.lines {
            commands.push(PlanCommand::AddLine { id: line.id, section: section.id, after: after_line });
            after_line = Some(line.id);
            commands.extend(text(TextCell::Name(RowRef::Line(line.id)), &line.name));
            commands.extend(text(TextCell::Note(RowRef::Line(line.id)), &line.note));
            if line.role != LineRole::Ordinary {
                commands.push(PlanCommand::SetRole { line: line.id, role: line.role.clone() });
            }
            commands.extend(amounts(&line.amounts, |year| AmountCell::Line(line.id, year)));
        }
    }
    commands
}

/// An outcome with all that is known of its rows, which must be in the plan.
pub fn fill_outcome(outcome: &Outcome) -> Vec<PlanCommand> {
    let id = outcome.id;
    let mut commands = vec![PlanCommand::AddOutcome { id, through: outcome.through }];
    let lines = outcome.lines.iter().map(|(line, booked)| (BudgetRow::Line(*line), booked));
    let income = outcome.income.iter().map(|(income, booked)| (BudgetRow::Income(*income), booked));
    for (row, OutcomeLine { amount: booked, forecast, comment, action }) in lines.chain(income) {
        commands.extend(amount(AmountCell::Outcome(id, row), *booked));
        commands.extend(amount(AmountCell::Forecast(id, row), *forecast));
        commands.extend(text(TextCell::Comment(id, row), comment));
        commands.extend(text(TextCell::Action(id, row), action));
    }
    commands
}

/// The figures that a source prints.
pub fn fill_stated(stated: &StatedFigures) -> Vec<PlanCommand> {
    let figures =
        stated.figures.iter().map(|(key, figure)| PlanCommand::SetStated { key: *key, figure: Some(*figure) });
    [PlanCommand::SetPrecision { precision: stated.amounts }].into_iter().chain(figures).collect()
}

/// The table of full-year equivalents.
pub fn fill_equivalents(rows: &[EquivalentRow]) -> Vec<PlanCommand> {
    let mut commands = Vec::new();
    let mut after = None;
    for row in rows {
        commands.push(PlanCommand::AddEquivalent { id: row.id, year: row.year, group: row.group.clone(), after });
        after = Some(row.id);
        commands.extend(text(TextCell::Name(RowRef::Equivalent(row.id)), &row.area));
        let counts = row.counts.iter().map(|(benefit, count)| PlanCommand::SetCount {
            id: row.id,
            benefit: benefit.clone(),
            count: Some(*count),
        });
        commands.extend(counts);
        if row.population.is_some() {
            commands.push(PlanCommand::SetPopulation { id: row.id, population: row.population });
        }
    }
    commands
}

fn amounts(amounts: &Amounts, cell: impl Fn(Year) -> AmountCell) -> Vec<PlanCommand> {
    let set = |(year, amount): (&Year, &Money)| PlanCommand::SetAmount { cell: cell(*year), amount: Some(*amount) };
    amounts.iter().map(set).collect()
}

fn amount(cell: AmountCell, amount: Option<Money>) -> Option<PlanCommand> {
    amount.map(|amount| PlanCommand::SetAmount { cell, amount: Some(amount) })
}

fn text(cell: TextCell, value: &str) -> Option<PlanCommand> {
    (!value.is_empty()).then(|| PlanCommand::SetText { cell, value: value.to_owned() })
}
