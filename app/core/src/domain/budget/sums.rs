//! What follows from a budget's amounts: sums, totals, the year's result. Worked out each time, never kept.

use super::{Amounts, Budget, Income, PartyKind, Section};
use crate::domain::money::Money;
use crate::domain::year::Year;

/// The sum of what is written; none where nothing is. Empty amounts add nothing.
fn sum_of<'a>(amounts: impl IntoIterator<Item = &'a Amounts>, year: Year) -> Option<Money> {
    amounts.into_iter().filter_map(|amounts| amounts.get(&year).copied()).reduce(|sum, amount| sum + amount)
}

impl Section {
    /// *Summa*: the lines of a year; none where all of them are empty.
    pub fn sum(&self, year: Year) -> Option<Money> {
        sum_of(self.lines.iter().map(|line| &line.amounts), year)
    }
}

impl Budget {
    /// *Total summa*: all costs of a year; none where every line is empty.
    pub fn total_cost(&self, year: Year) -> Option<Money> {
        sum_of(self.lines().map(|(_, line)| &line.amounts), year)
    }

    /// *Summa intäkter* of a year; none where every row is empty.
    pub fn total_income(&self, year: Year) -> Option<Money> {
        sum_of(self.income.iter().map(|income| &income.amounts), year)
    }

    /// *Intäkter från parterna*: as [`Budget::total_income`], without income that no party pays.
    pub fn party_income(&self, year: Year) -> Option<Money> {
        sum_of(self.income.iter().filter(|income| income.is_from_parties()).map(|income| &income.amounts), year)
    }

    /// *Årets resultat*: income less costs. None where neither has an amount, since nothing is planned then.
    pub fn net_result(&self, year: Year) -> Option<Money> {
        match (self.total_income(year), self.total_cost(year)) {
            (None, None) => None,
            (income, cost) => Some(income.unwrap_or_default() - cost.unwrap_or_default()),
        }
    }
}

impl Income {
    /// Whether a party pays it.
    pub fn is_from_parties(&self) -> bool {
        !matches!(self.party, PartyKind::Other | PartyKind::NotChosen | PartyKind::Unknown(_))
    }
}
