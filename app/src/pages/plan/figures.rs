//! What the budget's table works out: sums, result and equity, once for all its cells.

use super::place::Place;
use crate::domain::{Budget, Money, Year, equity};
use std::collections::BTreeMap;

/// The amounts that are worked out, by row and year. What is absent is empty, which is not zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures(BTreeMap<(Place, Year), Money>);

impl Figures {
    /// What follows from a budget.
    pub fn of(budget: &Budget) -> Self {
        let mut figures = BTreeMap::new();
        let mut put = |place: Place, year: Year, amount: Option<Money>| {
            figures.extend(amount.map(|amount| ((place, year), amount)));
        };
        for equity in equity::roll(budget) {
            let year = equity.year;
            for section in &budget.sections {
                put(Place::Sum(section.id), year, section.sum(year));
            }
            put(Place::TotalCost, year, budget.total_cost(year));
            put(Place::TotalIncome, year, budget.total_income(year));
            put(Place::NetResult, year, equity.result);
            put(Place::Opening, year, equity.opening);
            put(Place::Closing, year, equity.closing);
            put(Place::Ceiling, year, equity.ceiling);
        }
        Self(figures)
    }

    /// One of them.
    pub fn get(&self, place: Place, year: Year) -> Option<Money> {
        self.0.get(&(place, year)).copied()
    }
}
