//! What the tests of an association's plan share: an example on the screens of two colleagues.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use automerge::AutoCommit;
use samplan_core::document;
use samplan_core::document::plan::{self, AmountCell, NewPlan, PlanCommand};
use samplan_core::domain::{Budget, IncomeId, LineId, Money, OutcomeId, PartyKind, SectionId, Year};

use crate::support::{anna, bo, context};

/// A year.
pub fn year(number: i32) -> Year {
    Year::new(number).unwrap()
}

/// A section of the example: 1 and 2.
pub fn section(number: u8) -> SectionId {
    SectionId::from_random([number; 16])
}

/// A line of the example: 1 and 2 in section 1, 3 and 4 in section 2.
pub fn line(number: u8) -> LineId {
    LineId::from_random([number; 16])
}

/// A row of income of the example: 9.
pub fn income(number: u8) -> IncomeId {
    IncomeId::from_random([number; 16])
}

/// An outcome of the example: 1.
pub fn outcome(number: u8) -> OutcomeId {
    OutcomeId::from_random([number; 16])
}

/// An amount in kronor.
pub fn kronor(kronor: i32) -> Option<Money> {
    Some(Money::from_kronor(kronor))
}

/// A plan of two sections with two lines each, a row of income and an outcome, on the screens of Anna and Bo.
pub fn pair() -> (AutoCommit, AutoCommit) {
    let new = NewPlan {
        association: "vasteras".parse().unwrap(),
        year: year(2021),
        outlook_years: 2,
        title: "Budget 2021".to_owned(),
        dnr: "2020/19-SFV".to_owned(),
    };
    let mut annas = plan::open(&new, [1; 16], Some(anna()), &context(0)).unwrap();
    let commands = vec![
        PlanCommand::AddSection { id: section(1), after: None },
        PlanCommand::AddSection { id: section(2), after: Some(section(1)) },
        PlanCommand::AddLine { id: line(1), section: section(1), after: None },
        PlanCommand::AddLine { id: line(2), section: section(1), after: Some(line(1)) },
        PlanCommand::AddLine { id: line(3), section: section(2), after: Some(line(2)) },
        PlanCommand::AddLine { id: line(4), section: section(2), after: Some(line(3)) },
        PlanCommand::AddIncome { id: income(9), party: PartyKind::Together, after: None },
        PlanCommand::AddOutcome { id: outcome(1), through: "2021-08-31".parse().unwrap() },
        PlanCommand::SetAmount { cell: AmountCell::Line(line(1), year(2021)), amount: kronor(100) },
    ];
    run(&mut annas, PlanCommand::Batch { commands, label: "exempel".to_owned() });
    let mut bos = document::load(&annas.save()).unwrap();
    document::write_as(&mut bos, [2; 16], Some(bo()));
    (annas, bos)
}

/// Runs a command that is to succeed.
pub fn run(doc: &mut AutoCommit, command: PlanCommand) {
    plan::edit(doc, &command, &context(1_000_000)).unwrap();
}

/// The lines in their order, each with its section.
pub fn names(budget: &Budget) -> Vec<(SectionId, LineId)> {
    budget.lines().map(|(section, line)| (section.id, line.id)).collect()
}

/// Each test file is a crate of its own and uses its part of these; here all of them are used.
const _: fn() = || {
    let _ = (year, section, line, income, outcome, kronor, pair, run, names);
};
