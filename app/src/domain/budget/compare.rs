//! Two versions of a budget against each other, row by row.

use std::collections::BTreeSet;

use super::{Amounts, Budget, BudgetLine, Income, Section};
use crate::domain::ids::{IncomeId, LineId, SectionId};
use crate::domain::money::Money;
use crate::domain::ratio::Ratio;
use crate::domain::year::Year;

/// *Jämförelse*: what stood in an earlier version and what stands in a later one, in the order of the later; what only
/// the earlier had comes last in its part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The years of either version, in order.
    pub years: Vec<Year>,
    /// *Avsnitt*, with their lines.
    pub sections: Vec<SectionComparison>,
    /// *Summa kostnader*.
    pub total_cost: Vec<Change>,
    /// *Intäkter*.
    pub income: Vec<RowComparison<IncomeId>>,
    /// *Summa intäkter*.
    pub total_income: Vec<Change>,
    /// *Årets resultat*.
    pub net_result: Vec<Change>,
}

/// A section of either version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionComparison {
    /// Which section.
    pub id: SectionId,
    /// What it is called in the later version, or in the earlier where only that has it.
    pub name: String,
    /// Its lines. One that moved to another section stands where the later version has it.
    pub lines: Vec<RowComparison<LineId>>,
    /// *Summa*, by year.
    pub sums: Vec<Change>,
}

/// A line or a row of income of either version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowComparison<Id> {
    /// Which row.
    pub id: Id,
    /// What it is called in the later version, or in the earlier where only that has it.
    pub name: String,
    /// What it was called, where that differs.
    pub was_called: Option<String>,
    /// Whether it came, went or stayed.
    pub presence: Presence,
    /// Its amounts, by year.
    pub amounts: Vec<Change>,
}

/// Which of two versions has a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// *Oförändrad eller ändrad*: both.
    Both,
    /// *Ny*: the later alone.
    Added,
    /// *Borttagen*: the earlier alone.
    Removed,
}

/// An amount in two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// In the earlier version. Empty is not zero.
    pub before: Option<Money>,
    /// In the later version.
    pub after: Option<Money>,
}

impl Change {
    /// Whether the two differ; an amount of zero differs from none.
    pub fn is_change(&self) -> bool {
        self.before != self.after
    }

    /// *Skillnad*: later less earlier; none where both are empty. What is empty counts as nothing.
    pub fn difference(&self) -> Option<Money> {
        match (self.before, self.after) {
            (None, None) => None,
            (before, after) => Some(after.unwrap_or_default() - before.unwrap_or_default()),
        }
    }

    /// *Skillnad i procent* of what was; none where nothing was.
    pub fn percent(&self) -> Option<Ratio> {
        let before = self.before.filter(|before| !before.is_zero())?;
        Ratio::new(i128::from(self.difference()?.ore()), i128::from(before.ore().unsigned_abs()))
    }
}

impl<Id> RowComparison<Id> {
    /// Whether anything of the row differs.
    pub fn is_change(&self) -> bool {
        self.presence != Presence::Both || self.was_called.is_some() || self.amounts.iter().any(Change::is_change)
    }
}

/// Compares two versions. Rows are told apart by their ids, so that one that was renamed or moved is still the same.
pub fn compare(earlier: &Budget, later: &Budget) -> Comparison {
    let years: Vec<Year> =
        earlier.years.iter().chain(&later.years).copied().collect::<BTreeSet<_>>().into_iter().collect();
    let of_each = |figure: &dyn Fn(&Budget, Year) -> Option<Money>| {
        let change = |year: &Year| Change { before: figure(earlier, *year), after: figure(later, *year) };
        years.iter().map(change).collect::<Vec<_>>()
    };
    let gone = earlier.sections.iter().filter(|section| later.section(section.id).is_none());
    let sections = later.sections.iter().chain(gone).map(|section| {
        let sum = |budget: &Budget, year: Year| budget.section(section.id).and_then(|section| section.sum(year));
        SectionComparison {
            id: section.id,
            name: section.name.clone(),
            lines: lines_of(section.id, earlier, later, &years),
            sums: of_each(&sum),
        }
    });
    Comparison {
        sections: sections.collect(),
        total_cost: of_each(&Budget::total_cost),
        income: pair(earlier.income.iter(), later.income.iter(), &years),
        total_income: of_each(&Budget::total_income),
        net_result: of_each(&Budget::net_result),
        years,
    }
}

/// The lines that the later version has in a section, and those that it has no more and the earlier had there.
fn lines_of(section: SectionId, earlier: &Budget, later: &Budget, years: &[Year]) -> Vec<RowComparison<LineId>> {
    let there: Vec<&BudgetLine> = later.section(section).map(lines).unwrap_or_default();
    let gone = earlier.section(section).map(lines).unwrap_or_default();
    let gone = gone.into_iter().filter(|line| later.line(line.id).is_none());
    let was = there.iter().filter_map(|line| earlier.line(line.id)).chain(gone);
    pair(was, there.iter().copied(), years)
}

fn lines(section: &Section) -> Vec<&BudgetLine> {
    section.lines.iter().collect()
}

/// What a line and a row of income have in common here.
trait Row {
    type Id: Copy + PartialEq;

    fn parts(&self) -> (Self::Id, &str, &Amounts);
}

impl Row for BudgetLine {
    type Id = LineId;

    fn parts(&self) -> (LineId, &str, &Amounts) {
        (self.id, &self.name, &self.amounts)
    }
}

impl Row for Income {
    type Id = IncomeId;

    fn parts(&self) -> (IncomeId, &str, &Amounts) {
        (self.id, &self.name, &self.amounts)
    }
}

/// The later rows in their order, each with what it was, and then those that are no more.
fn pair<'a, R: Row + 'a>(
    earlier: impl Iterator<Item = &'a R>,
    later: impl Iterator<Item = &'a R>,
    years: &[Year],
) -> Vec<RowComparison<R::Id>> {
    let mut earlier: Vec<&R> = earlier.collect();
    let mut rows: Vec<RowComparison<R::Id>> = Vec::new();
    for row in later {
        let at = earlier.iter().position(|was| was.parts().0 == row.parts().0);
        rows.extend(row_of(at.map(|at| earlier.remove(at)), Some(row), years));
    }
    rows.extend(earlier.into_iter().filter_map(|row| row_of(Some(row), None, years)));
    rows
}

fn row_of<R: Row>(before: Option<&R>, after: Option<&R>, years: &[Year]) -> Option<RowComparison<R::Id>> {
    let (id, name, _) = after.or(before)?.parts();
    let was_called = before.map(|row| row.parts().1).filter(|was| *was != name).map(str::to_owned);
    let presence = match (before, after) {
        (None, _) => Presence::Added,
        (_, None) => Presence::Removed,
        _ => Presence::Both,
    };
    let amount = |row: Option<&R>, year: &Year| row.and_then(|row| row.parts().2.get(year).copied());
    let change = |year: &Year| Change { before: amount(before, year), after: amount(after, year) };
    Some(RowComparison { id, name: name.to_owned(), was_called, presence, amounts: years.iter().map(change).collect() })
}
