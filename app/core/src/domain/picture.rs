//! What the pictures of a budget show: the figures behind each, before anybody draws them.

use super::budget::{Amounts, Budget};
use super::ids::LineId;
use super::money::Money;
use super::outcome::{LineStanding, LineState, Outcome, share_of_budget, standing};
use super::ratio::Ratio;
use super::year::Year;

/// *Kostnader per avsnitt*: what each section costs, year by year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Costs {
    /// The years of the budget.
    pub years: Vec<Year>,
    /// The sections in their order; those that are too many stand together, last.
    pub parts: Vec<Part>,
    /// *Summa kostnader* of each year.
    pub totals: Vec<Option<Money>>,
}

/// One part of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// *Namn*.
    pub name: String,
    /// Its amount in each year. Empty is not zero.
    pub amounts: Vec<Option<Money>>,
}

/// *Utfall mot budget* of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// Which line.
    pub line: LineId,
    /// *Namn*.
    pub name: String,
    /// *Budget* of the year that the outcome belongs to.
    pub budget: Option<Money>,
    /// *Utfall* through the outcome's date.
    pub outcome: Option<Money>,
    /// How it stands.
    pub state: LineState,
}

/// *Utfall mot budget*: line by line, and in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedLines {
    /// All lines that have a budget or an outcome, in order.
    pub lines: Vec<Booked>,
    /// *Summa budget* of the year.
    pub budget: Option<Money>,
    /// *Summa utfall*.
    pub outcome: Option<Money>,
}

impl BookedLines {
    /// *Utfall i % av budget*, of the whole.
    pub fn share(&self) -> Option<Ratio> {
        share_of_budget(self.outcome, self.budget)
    }

    /// What a picture has room for, in order: the lines over their budget, and beside them the largest.
    pub fn foremost(&self, most: usize) -> Vec<&Booked> {
        let size = |row: &Booked| row.budget.unwrap_or_default().abs().max(row.outcome.unwrap_or_default().abs());
        let is_over = |row: &Booked| matches!(row.state.standing, LineStanding::OverBudget | LineStanding::NoBudget);
        let mut chosen: Vec<usize> = (0..self.lines.len()).collect();
        chosen.sort_by_key(|at| std::cmp::Reverse((is_over(&self.lines[*at]), size(&self.lines[*at]))));
        chosen.truncate(most);
        chosen.sort_unstable();
        chosen.into_iter().map(|at| &self.lines[at]).collect()
    }
}

/// What each section costs. Of more than `most` sections the smallest are one part together.
pub fn costs(budget: &Budget, most: usize) -> Costs {
    let years = budget.years.clone();
    let sums = |year: &Year| budget.total_cost(*year);
    let mut parts: Vec<Part> = budget
        .sections
        .iter()
        .map(|section| Part {
            name: section.name.clone(),
            amounts: years.iter().map(|year| section.sum(*year)).collect(),
        })
        .collect();
    if parts.len() > most {
        let size = |part: &Part| part.amounts.iter().flatten().map(|amount| amount.abs()).sum::<Money>();
        let mut by_size: Vec<usize> = (0..parts.len()).collect();
        by_size.sort_by_key(|at| std::cmp::Reverse(size(&parts[*at])));
        let kept = &by_size[..most.saturating_sub(1)];
        let (large, small): (Vec<_>, Vec<_>) = parts.into_iter().enumerate().partition(|(at, _)| kept.contains(at));
        let amounts = (0..years.len()).map(|year| added(small.iter().map(|(_, part)| part.amounts[year]))).collect();
        parts = large.into_iter().map(|(_, part)| part).collect();
        parts.push(Part { name: format!("Övriga {} avsnitt", small.len()), amounts });
    }
    Costs { totals: years.iter().map(sums).collect(), years, parts }
}

/// How an outcome stands against the budget of its year, line by line.
pub fn booked(budget: &Budget, outcome: &Outcome) -> BookedLines {
    let year = Year::new(outcome.through.year()).ok();
    let of_year = |amounts: &Amounts| year.and_then(|year| amounts.get(&year).copied());
    let lines: Vec<Booked> = budget
        .lines()
        .map(|(_, line)| {
            let (planned, amount) = (of_year(&line.amounts), outcome.lines.get(&line.id).and_then(|row| row.amount));
            let state = standing(amount, planned, outcome.through);
            Booked { line: line.id, name: line.name.clone(), budget: planned, outcome: amount, state }
        })
        .filter(|row| row.budget.is_some() || row.outcome.is_some())
        .collect();
    BookedLines {
        budget: added(lines.iter().map(|row| row.budget)),
        outcome: added(lines.iter().map(|row| row.outcome)),
        lines,
    }
}

/// The sum of what is written; none where nothing is.
fn added(amounts: impl Iterator<Item = Option<Money>>) -> Option<Money> {
    amounts.flatten().reduce(|sum, amount| sum + amount)
}
