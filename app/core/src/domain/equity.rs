//! Saved funds: how they roll from year to year, and how they stand against the ceiling.

use serde::{Deserialize, Serialize};

use super::budget::{Budget, CeilingRate};
use super::money::Money;
use super::ratio::Ratio;
use super::year::Year;

/// *Eget kapital ett år*: what it opens with, what the year adds, what it closes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EquityYear {
    /// *År*.
    pub year: Year,
    /// *Ingående eget kapital*; none where it is not known.
    pub opening: Option<Money>,
    /// *Årets resultat*; none where nothing is planned.
    pub result: Option<Money>,
    /// *Utgående eget kapital*: opening and result; none where either is missing.
    pub closing: Option<Money>,
    /// *Tak*: the highest closing equity that is recommended; none without income to reckon it from.
    pub ceiling: Option<Money>,
}

impl EquityYear {
    /// *Tillgängliga medel*: opening equity and the year's income.
    pub fn available(&self, income: Option<Money>) -> Option<Money> {
        Some(self.opening? + income?)
    }

    /// How much the closing equity exceeds the ceiling; less than nothing where it keeps below.
    pub fn over_ceiling(&self) -> Option<Money> {
        Some(self.closing? - self.ceiling?)
    }

    /// Whether the closing equity exceeds the ceiling.
    pub fn is_over_ceiling(&self) -> bool {
        self.over_ceiling().is_some_and(|over| over > Money::ZERO)
    }
}

/// *Eget kapital år för år*: each year opens with what the one before closed with. Unknown stays unknown onwards.
pub fn roll(budget: &Budget) -> Vec<EquityYear> {
    let mut opening = budget.opening_equity;
    budget
        .years
        .iter()
        .map(|&year| {
            let result = budget.net_result(year);
            let closing = opening.zip(result).map(|(opening, result)| opening + result);
            let ceiling = budget.party_income(year).map(|income| budget.ceiling.of(income));
            let row = EquityYear { year, opening, result, closing, ceiling };
            opening = closing;
            row
        })
        .collect()
}

impl CeilingRate {
    /// *Tak i kronor*: the rate of a year's income, rounded to whole öre, half away from zero.
    pub fn of(self, income: Money) -> Money {
        let share = Ratio::new(i128::from(self.hundredths()), 10_000).unwrap_or(Ratio::whole(0));
        Money::from_ore(i64::try_from(share.times_rounded(i128::from(income.ore()))).unwrap_or(i64::MAX))
    }
}
