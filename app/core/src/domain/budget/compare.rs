//! Two versions of a budget against each other, row by row.
//!
//! What one of them does not know is no difference: a line that a summary leaves out was not absent.

use std::collections::BTreeSet;

pub use super::known::{Figure, KnownBudget};
use super::{Amounts, BudgetLine, Income, Section};
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
    /// *Ingående eget kapital*.
    pub opening: Vec<Change>,
    /// *Utgående eget kapital*.
    pub closing: Vec<Change>,
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
    /// *Inte känd*: one has it, and the other does not say.
    NotKnown,
}

/// An amount in two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// In the earlier version.
    pub before: Figure,
    /// In the later version.
    pub after: Figure,
}

impl Change {
    /// Two amounts that are known. Empty is not zero.
    pub fn between(before: Option<Money>, after: Option<Money>) -> Self {
        Self { before: Figure::Amount(before), after: Figure::Amount(after) }
    }

    /// Both amounts, where both are known.
    fn known(&self) -> Option<(Option<Money>, Option<Money>)> {
        match (self.before, self.after) {
            (Figure::Amount(before), Figure::Amount(after)) => Some((before, after)),
            _ => None,
        }
    }

    /// Whether the two are known to differ; an amount of zero differs from none.
    pub fn is_change(&self) -> bool {
        self.known().is_some_and(|(before, after)| before != after)
    }

    /// *Skillnad*: later less earlier; none where both are empty, or either is not known. What is empty counts as
    /// nothing.
    pub fn difference(&self) -> Option<Money> {
        match self.known()? {
            (None, None) => None,
            (before, after) => Some(after.unwrap_or_default() - before.unwrap_or_default()),
        }
    }

    /// *Skillnad i procent* of what was; none where nothing was.
    pub fn percent(&self) -> Option<Ratio> {
        let before = self.known()?.0.filter(|before| !before.is_zero())?;
        Ratio::new(i128::from(self.difference()?.ore()), i128::from(before.ore().unsigned_abs()))
    }
}

impl<Id> RowComparison<Id> {
    /// Whether anything of the row differs.
    pub fn is_change(&self) -> bool {
        matches!(self.presence, Presence::Added | Presence::Removed)
            || self.was_called.is_some()
            || self.amounts.iter().any(Change::is_change)
    }
}

/// Compares two versions. Rows are told apart by their ids, so that one that was renamed or moved is still the same.
pub fn compare(earlier: &KnownBudget, later: &KnownBudget) -> Comparison {
    let sides = [earlier, later];
    let years: Vec<Year> =
        sides.iter().flat_map(|side| &side.budget.years).copied().collect::<BTreeSet<_>>().into_iter().collect();
    let of_each = |figure: &dyn Fn(&KnownBudget, Year) -> Figure| {
        let change = |year: &Year| Change { before: figure(earlier, *year), after: figure(later, *year) };
        years.iter().map(change).collect::<Vec<_>>()
    };
    let gone = earlier.budget.sections.iter().filter(|section| later.budget.section(section.id).is_none());
    let sections = later.budget.sections.iter().chain(gone).map(|section| SectionComparison {
        id: section.id,
        name: section.name.clone(),
        lines: lines_of(section.id, sides, &years),
        sums: of_each(&|side, year| side.section_sum(section.id, year)),
    });
    let income = pair(earlier.budget.income.iter(), later.budget.income.iter(), sides, &years);
    Comparison {
        sections: sections.collect(),
        total_cost: of_each(&KnownBudget::total_cost),
        total_income: of_each(&|side, year| {
            let other = if std::ptr::eq(side, earlier) { later } else { earlier };
            side.total_income_beside(other, year)
        }),
        income,
        net_result: of_each(&KnownBudget::net_result),
        opening: of_each(&KnownBudget::opening),
        closing: of_each(&KnownBudget::closing),
        years,
    }
}

/// The lines that the later version has in a section, and those that it has no more and the earlier had there.
fn lines_of(section: SectionId, sides: [&KnownBudget; 2], years: &[Year]) -> Vec<RowComparison<LineId>> {
    let [earlier, later] = sides.map(|side| &side.budget);
    let there: Vec<&BudgetLine> = later.section(section).map(lines).unwrap_or_default();
    let gone = earlier.section(section).map(lines).unwrap_or_default();
    let gone = gone.into_iter().filter(|line| later.line(line.id).is_none());
    let was = there.iter().filter_map(|line| earlier.line(line.id)).chain(gone);
    pair(was, there.iter().copied(), sides, years)
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
    sides: [&KnownBudget; 2],
    years: &[Year],
) -> Vec<RowComparison<R::Id>> {
    let mut earlier: Vec<&R> = earlier.collect();
    let mut rows: Vec<RowComparison<R::Id>> = Vec::new();
    for row in later {
        let at = earlier.iter().position(|was| was.parts().0 == row.parts().0);
        rows.extend(row_of([at.map(|at| earlier.remove(at)), Some(row)], sides, years));
    }
    rows.extend(earlier.into_iter().filter_map(|row| row_of([Some(row), None], sides, years)));
    rows
}

fn row_of<R: Row>(rows: [Option<&R>; 2], sides: [&KnownBudget; 2], years: &[Year]) -> Option<RowComparison<R::Id>> {
    let [before, after] = rows;
    let (id, name, _) = after.or(before)?.parts();
    let was_called = before.map(|row| row.parts().1).filter(|was| *was != name).map(str::to_owned);
    let presence = match (before, after) {
        (Some(_), Some(_)) => Presence::Both,
        (None, _) if sides[0].is_whole() => Presence::Added,
        (_, None) if sides[1].is_whole() => Presence::Removed,
        _ => Presence::NotKnown,
    };
    let amount =
        |at: usize, year: &Year| sides[at].amount(rows[at].and_then(|row: &R| row.parts().2.get(year).copied()));
    let change = |year: &Year| Change { before: amount(0, year), after: amount(1, year) };
    Some(RowComparison { id, name: name.to_owned(), was_called, presence, amounts: years.iter().map(change).collect() })
}
