//! What an outcome adds up to beside its budget: by section, for all costs, for all income, and as a result.

use std::iter::Sum;

use crate::domain::budget::{Amounts, Budget, BudgetLine, Income};
use crate::domain::ids::SectionId;
use crate::domain::money::Money;
use crate::domain::year::Year;

use super::{Outcome, OutcomeLine};

/// *Budget, utfall, prognos och avvikelse* of a row, or of all rows under a sum. Empty is not zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutcomeFigures {
    /// *Budget* of the outcome's year.
    pub budget: Option<Money>,
    /// *Utfall*.
    pub amount: Option<Money>,
    /// *Prognos*.
    pub forecast: Option<Money>,
    /// *Avvikelse*: what the forecast leaves of the budget; for income and the result what it brings beyond it. Above
    /// zero is better than planned. A sum's is that of its rows which have a forecast, so that rows nobody has judged
    /// yet do not look like money saved.
    pub deviation: Option<Money>,
}

/// Which way a row counts: more of a cost is worse, more of an income better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Cost,
    Income,
}

impl OutcomeFigures {
    /// Those of a budget line.
    pub fn of_cost(budget: Option<Money>, written: Option<&OutcomeLine>) -> Self {
        Self::of(budget, written, Way::Cost)
    }

    /// Those of a row of income.
    pub fn of_income(budget: Option<Money>, written: Option<&OutcomeLine>) -> Self {
        Self::of(budget, written, Way::Income)
    }

    fn of(budget: Option<Money>, written: Option<&OutcomeLine>, way: Way) -> Self {
        let forecast = written.and_then(|written| written.forecast);
        let left = super::deviation(budget, forecast);
        Self {
            budget,
            amount: written.and_then(|written| written.amount),
            forecast,
            deviation: if way == Way::Income { left.map(|left| -left) } else { left },
        }
    }

    /// *Årets resultat*: income less costs; costs alone are no result.
    fn result(income: Self, cost: Self) -> Self {
        let less = |income: Option<Money>, cost: Option<Money>| Some(income? - cost?);
        Self {
            budget: less(income.budget, cost.budget),
            amount: less(income.amount, cost.amount),
            forecast: less(income.forecast, cost.forecast),
            deviation: plus(income.deviation, cost.deviation),
        }
    }
}

impl Sum for OutcomeFigures {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, row| Self {
            budget: plus(sum.budget, row.budget),
            amount: plus(sum.amount, row.amount),
            forecast: plus(sum.forecast, row.forecast),
            deviation: plus(sum.deviation, row.deviation),
        })
    }
}

/// An empty amount adds nothing, and two of them are no zero.
fn plus(one: Option<Money>, other: Option<Money>) -> Option<Money> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one + other),
        (one, other) => one.or(other),
    }
}

/// *Summor* of an outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutcomeSums {
    /// *Summa* of each section, in the budget's order.
    pub sections: Vec<(SectionId, OutcomeFigures)>,
    /// *Summa kostnader*.
    pub cost: OutcomeFigures,
    /// *Summa intäkter*.
    pub income: OutcomeFigures,
    /// *Årets resultat*.
    pub result: OutcomeFigures,
}

impl OutcomeSums {
    /// Adds up an outcome beside the budget of its year.
    pub fn of(budget: &Budget, outcome: &Outcome) -> Self {
        let year = Year::new(outcome.through.year()).ok();
        let of_year = |amounts: &Amounts| amounts.get(&year?).copied();
        let sections: Vec<_> = budget
            .sections
            .iter()
            .map(|section| {
                let line =
                    |line: &BudgetLine| OutcomeFigures::of_cost(of_year(&line.amounts), outcome.lines.get(&line.id));
                (section.id, section.lines.iter().map(line).sum())
            })
            .collect();
        let cost = sections.iter().map(|(_, sum)| *sum).sum();
        let row = |row: &Income| OutcomeFigures::of_income(of_year(&row.amounts), outcome.income.get(&row.id));
        let income = budget.income.iter().map(row).sum();
        Self { sections, cost, income, result: OutcomeFigures::result(income, cost) }
    }

    /// Those of a section.
    pub fn section(&self, section: SectionId) -> OutcomeFigures {
        self.sections.iter().find(|(id, _)| *id == section).map(|(_, sum)| *sum).unwrap_or_default()
    }
}
