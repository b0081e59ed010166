//! A budget as far as it is known. Of an old decision often only the summary is left: what that leaves out is not known,
//! which is neither empty nor zero.

use serde::{Deserialize, Serialize};

use super::Budget;
use crate::domain::equity::roll;
use crate::domain::ids::SectionId;
use crate::domain::money::Money;
use crate::domain::stated::{Stated, StatedFigures, StatedKey};
use crate::domain::year::Year;

/// *Siffra* of a budget that may be known in part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// It is known: an amount, or empty, which is not zero.
    Amount(Option<Money>),
    /// *Inte känd*: nobody says what it was.
    Unknown,
}

impl Figure {
    /// What two make together; known where both are.
    fn with(self, other: Self, make: impl Fn(Money, Money) -> Money) -> Self {
        match (self, other) {
            (Self::Amount(one), Self::Amount(other)) => {
                Self::Amount(one.zip(other).map(|(one, other)| make(one, other)))
            }
            _ => Self::Unknown,
        }
    }
}

/// *Känd budget*: a budget, and whether it is all that there was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownBudget {
    /// What is written.
    pub budget: Budget,
    /// Where only a summary is known, the sums that it states. The costs behind them are not known.
    pub summary: Option<StatedFigures>,
}

impl From<Budget> for KnownBudget {
    /// All of it is known.
    fn from(budget: Budget) -> Self {
        Self { budget, summary: None }
    }
}

impl KnownBudget {
    /// Whether the budget is all that there was, so that what it lacks was absent.
    pub fn is_whole(&self) -> bool {
        self.summary.is_none()
    }

    /// The amount of a row, or of one that is not here. What a summary leaves empty is not known.
    pub fn amount(&self, written: Option<Money>) -> Figure {
        match written {
            None if !self.is_whole() => Figure::Unknown,
            written => Figure::Amount(written),
        }
    }

    /// What the summary states, if only that is known and it does.
    fn stated(&self, key: StatedKey) -> Option<Figure> {
        let stated: Stated = self.summary.as_ref()?.get(key)?;
        stated.money().map(|amount| Figure::Amount(Some(amount)))
    }

    /// A sum of costs. That of a summary's lines would be the sum of those that happen to be known.
    fn of_costs(&self, key: StatedKey, written: impl FnOnce() -> Option<Money>) -> Figure {
        match self.summary {
            None => Figure::Amount(written()),
            Some(_) => self.stated(key).unwrap_or(Figure::Unknown),
        }
    }

    /// *Summa* of a section.
    pub fn section_sum(&self, section: SectionId, year: Year) -> Figure {
        let written = || self.budget.section(section).and_then(|section| section.sum(year));
        self.of_costs(StatedKey::SectionSum(section, year), written)
    }

    /// *Summa kostnader*.
    pub fn total_cost(&self, year: Year) -> Figure {
        self.of_costs(StatedKey::TotalCost(year), || self.budget.total_cost(year))
    }

    /// *Summa intäkter*: of a summary, what it states, or its rows of income.
    pub fn total_income(&self, year: Year) -> Figure {
        let stated = self.stated(StatedKey::TotalIncome(year));
        stated.unwrap_or_else(|| self.amount(self.budget.total_income(year)))
    }

    /// *Summa intäkter* as it can be compared with another version's: not known where a summary leaves out a row that the
    /// other has.
    pub fn total_income_beside(&self, other: &Self, year: Year) -> Figure {
        let is_here = |id| self.budget.income.iter().any(|own| own.id == id && own.amounts.contains_key(&year));
        let mut others = other.budget.income.iter().filter(|row| row.amounts.contains_key(&year));
        let lacks = !self.is_whole() && others.any(|row| !is_here(row.id));
        match self.stated(StatedKey::TotalIncome(year)) {
            Some(stated) => stated,
            None if lacks => Figure::Unknown,
            None => self.total_income(year),
        }
    }

    /// *Årets resultat*.
    pub fn net_result(&self, year: Year) -> Figure {
        if self.is_whole() {
            return Figure::Amount(self.budget.net_result(year));
        }
        let worked_out = || self.total_income(year).with(self.total_cost(year), |income, cost| income - cost);
        self.stated(StatedKey::NetResult(year)).unwrap_or_else(worked_out)
    }

    /// *Ingående eget kapital*.
    pub fn opening(&self, year: Year) -> Figure {
        if self.is_whole() {
            return Figure::Amount(roll(&self.budget).iter().find(|row| row.year == year).and_then(|row| row.opening));
        }
        let before = self.budget.years.iter().rev().find(|before| **before < year);
        let follows = || match before {
            None if self.budget.years.contains(&year) => self.amount(self.budget.opening_equity),
            None => Figure::Unknown,
            Some(before) => self.closing(*before),
        };
        self.stated(StatedKey::OpeningEquity(year)).unwrap_or_else(follows)
    }

    /// *Utgående eget kapital*.
    pub fn closing(&self, year: Year) -> Figure {
        if self.is_whole() {
            return Figure::Amount(roll(&self.budget).iter().find(|row| row.year == year).and_then(|row| row.closing));
        }
        let worked_out = || self.opening(year).with(self.net_result(year), |opening, result| opening + result);
        self.stated(StatedKey::ClosingEquity(year)).unwrap_or_else(worked_out)
    }

    /// *Tak för eget kapital*.
    pub fn ceiling(&self, year: Year) -> Figure {
        let ceiling = self.budget.party_income(year).map(|income| self.budget.ceiling.of(income));
        self.stated(StatedKey::EquityCeiling(year)).unwrap_or_else(|| self.amount(ceiling))
    }
}
