//! What an outcome adds up to beside its budget: by section, for all costs, for all income, and as a result.

use std::iter::Sum;

use crate::domain::budget::{Amounts, Budget, BudgetLine, Income};
use crate::domain::ids::SectionId;
use crate::domain::money::{AmountUnit, Money};
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
    /// The rows that no forecast of a sum counts.
    pub left_out_of_forecasts: MissingForecasts,
}

/// *Rader utan prognos*: what the sums of forecasts leave out, so that they are not read as those of the whole year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MissingForecasts {
    /// How many rows have a budget and no forecast.
    pub rows: usize,
    /// What they have of budget together: costs and income without a sign.
    pub budget: Money,
    /// Whether any row has a forecast, so that there is a sum to misread.
    pub is_partial: bool,
}

impl MissingForecasts {
    /// What is told beside the table; none where no row has a forecast, or every row of a budget has.
    pub fn told(self) -> Option<String> {
        if !self.is_partial || self.rows == 0 {
            return None;
        }
        let budget = self.budget.format_with_unit(AmountUnit::Kronor);
        let rows = match self.rows {
            1 => "1 rad med budget".to_owned(),
            rows => format!("{rows} rader med budget"),
        };
        Some(format!(
            "{rows} ({budget}) saknar prognos och räknas inte med i prognosens summor, inte heller i deras avvikelse."
        ))
    }

    fn of<'a>(rows: impl Iterator<Item = &'a OutcomeFigures>) -> Self {
        rows.fold(Self::default(), |told, row| match (row.budget.filter(|budget| !budget.is_zero()), row.forecast) {
            (Some(budget), None) => Self { rows: told.rows + 1, budget: told.budget + budget.abs(), ..told },
            (_, forecast) => Self { is_partial: told.is_partial || forecast.is_some(), ..told },
        })
    }
}

impl OutcomeSums {
    /// Adds up an outcome beside the budget of its year.
    pub fn of(budget: &Budget, outcome: &Outcome) -> Self {
        let year = Year::new(outcome.through.year()).ok();
        let of_year = |amounts: &Amounts| amounts.get(&year?).copied();
        let line = |line: &BudgetLine| OutcomeFigures::of_cost(of_year(&line.amounts), outcome.lines.get(&line.id));
        let costs: Vec<Vec<_>> =
            budget.sections.iter().map(|section| section.lines.iter().map(line).collect()).collect();
        let row = |row: &Income| OutcomeFigures::of_income(of_year(&row.amounts), outcome.income.get(&row.id));
        let incomes: Vec<_> = budget.income.iter().map(row).collect();
        let sum_of = |rows: &[OutcomeFigures]| rows.iter().copied().sum::<OutcomeFigures>();
        let sections: Vec<_> =
            budget.sections.iter().zip(&costs).map(|(section, rows)| (section.id, sum_of(rows))).collect();
        let cost = sections.iter().map(|(_, sum)| *sum).sum();
        let income = sum_of(&incomes);
        let left_out_of_forecasts = MissingForecasts::of(costs.iter().flatten().chain(&incomes));
        Self { sections, cost, income, result: OutcomeFigures::result(income, cost), left_out_of_forecasts }
    }

    /// Those of a section.
    pub fn section(&self, section: SectionId) -> OutcomeFigures {
        self.sections.iter().find(|(id, _)| *id == section).map(|(_, sum)| *sum).unwrap_or_default()
    }
}
