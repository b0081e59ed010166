//! An association's budget: lines in sections with an amount for each of five years, and a version halfway and at the end.

use app::{
    document::{
        Command,
        plan::{AmountCell, PlanCommand, RowRef, TextCell},
    },
    domain::{
        NewVersion, PartyKind, VersionStatus, Year,
        ids::{IncomeId, LineId, SectionId, VersionId},
    },
};
use rand::{Rng, rngs::StdRng};

use super::{Writer, some_amount};
use crate::client::Failure;

/// The budget year and four of outlook.
const YEARS: usize = 5;
/// How many sections the lines stand in.
const SECTIONS: u64 = 10;

/// Writes sections and lines until there are enough, and then changes one after the other.
pub struct BudgetWriter {
    lines: u64,
    changes: u64,
    years: Vec<Year>,
    section: Option<SectionId>,
    written: Vec<LineId>,
}

impl BudgetWriter {
    /// For a budget of so many lines, of this year, that gets so many changes in all.
    pub fn new(lines: u64, year: u64, changes: u64) -> Result<Self, Failure> {
        let years = Year::new(i32::try_from(year)?)?.following(YEARS).collect();
        Ok(Self { lines, changes, years, section: None, written: Vec::new() })
    }

    fn begin(&self, random: &mut StdRng) -> PlanCommand {
        let income = IncomeId::from_random(random.random());
        let mut commands: Vec<PlanCommand> =
            self.years.iter().map(|year| PlanCommand::ShowYear { year: *year, shown: true }).collect();
        commands.push(PlanCommand::AddIncome { id: income, party: PartyKind::Together, after: None });
        commands.push(name(RowRef::Income(income), "Intäkter från parterna".into()));
        let amount = |year: &Year| PlanCommand::SetAmount {
            cell: AmountCell::Income(income, *year),
            amount: Some(app::domain::Money::from_kronor(100_000_000)),
        };
        commands.extend(self.years.iter().map(amount));
        PlanCommand::Batch { commands, label: "börja".into() }
    }

    fn add_line(&mut self, made: u64, random: &mut StdRng) -> PlanCommand {
        let mut commands = Vec::new();
        let section = match self.section.filter(|_| !(self.written.len() as u64).is_multiple_of(self.lines / SECTIONS))
        {
            Some(section) => section,
            None => {
                let id = SectionId::from_random(random.random());
                commands.push(PlanCommand::AddSection { id, after: self.section });
                commands.push(name(RowRef::Section(id), format!("Avsnitt {made}")));
                self.section = Some(id);
                id
            }
        };
        let id = LineId::from_random(random.random());
        commands.push(PlanCommand::AddLine { id, section, after: self.written.last().copied() });
        commands.push(name(RowRef::Line(id), format!("Budgetrad {made}")));
        for year in &self.years {
            let cell = AmountCell::Line(id, *year);
            commands.push(PlanCommand::SetAmount { cell, amount: Some(some_amount(random)) });
        }
        self.written.push(id);
        PlanCommand::Batch { commands, label: "lägg till rad".into() }
    }
}

impl Writer for BudgetWriter {
    fn next(&mut self, made: u64, random: &mut StdRng) -> Command {
        let command = if made == 0 {
            self.begin(random)
        } else if (self.written.len() as u64) < self.lines {
            self.add_line(made, random)
        } else if made == self.changes / 2 || made + 1 == self.changes {
            version(made, random)
        } else {
            let id = self.written[random.random_range(0..self.written.len())];
            let year = self.years[random.random_range(0..self.years.len())];
            match random.random_range(0..5) {
                0 => name(RowRef::Line(id), format!("Budgetrad {made}")),
                _ => PlanCommand::SetAmount { cell: AmountCell::Line(id, year), amount: Some(some_amount(random)) },
            }
        };
        command.into()
    }
}

fn name(row: RowRef, value: String) -> PlanCommand {
    PlanCommand::SetText { cell: TextCell::Name(row), value }
}

fn version(made: u64, random: &mut StdRng) -> PlanCommand {
    let version = NewVersion {
        status: VersionStatus::Proposed,
        name: format!("Efter {made} ändringar"),
        decided: None,
        dnr: String::new(),
        note: String::new(),
        is_summary: false,
    };
    PlanCommand::AddVersion { id: VersionId::from_random(random.random()), version }
}
