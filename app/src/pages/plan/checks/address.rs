//! Where a finding stands: the address of its cell within the page of its plan.

use crate::domain::{EquivalentId, IsoDate, OutcomeId, Spot, StatedKey, Year};
use crate::pages::plan::desk::{BUDGET, OUTCOME};
use crate::pages::plan::equivalents;
use crate::pages::plan::outcome::{SHOWN, place as outcome_place};
use crate::pages::plan::place::{Place, column_of};

/// What of a plan its page shows, as far as the addresses of cells depend on it.
pub struct Shown<'a> {
    /// The years of the budget's table.
    pub years: &'a [Year],
    /// The outcome that the page shows.
    pub outcome: Option<OutcomeId>,
    /// The last days of the plan's outcomes.
    pub day: &'a dyn Fn(OutcomeId) -> Option<IsoDate>,
}

/// What follows the address of the plan's page; none where the figure has no cell there.
pub fn address_in(spot: &Spot, shown: &Shown<'_>) -> Option<String> {
    if let Some(row) = of_equivalents(spot) {
        return Some(format!("#{}", equivalents::row_id(row)));
    }
    if let Spot::Stated(key) = spot
        && let Some((outcome, place, column)) = of_outcome(*key)
    {
        let column = outcome_place::columns().iter().position(|it| *it.key == *column)?;
        let cell = format!("#{OUTCOME}-{}-{column}", place.key());
        // An outcome that is not shown has an address of its own.
        let day = (shown.day)(outcome)?;
        return Some(if shown.outcome == Some(outcome) { cell } else { format!("?{SHOWN}={day}{cell}") });
    }
    let (place, year) = match spot {
        Spot::Stated(key) => of_key(*key)?,
        Spot::Line(id, year) => (Place::Line(*id), *year),
        Spot::Income(year) => (Place::TotalIncome, *year),
        _ => return None,
    };
    let column = column_of(year, shown.years)?;
    Some(format!("#{BUDGET}-{}-{column}", place.key()))
}

/// The row of full-year equivalents that a figure belongs to.
fn of_equivalents(spot: &Spot) -> Option<EquivalentId> {
    match spot {
        Spot::Stated(StatedKey::EquivalentTotal(row) | StatedKey::PopulationShare(row)) => Some(*row),
        Spot::Equivalents(row, _) => Some(*row),
        _ => None,
    }
}

/// The row and year of the budget's table that a stated figure belongs to.
fn of_key(key: StatedKey) -> Option<(Place, Year)> {
    match key {
        StatedKey::SectionSum(section, year) => Some((Place::Sum(section), year)),
        StatedKey::TotalCost(year) => Some((Place::TotalCost, year)),
        StatedKey::TotalIncome(year) => Some((Place::TotalIncome, year)),
        StatedKey::NetResult(year) => Some((Place::NetResult, year)),
        StatedKey::OpeningEquity(year) => Some((Place::Opening, year)),
        StatedKey::ClosingEquity(year) | StatedKey::EquityUsed(year) => Some((Place::Closing, year)),
        StatedKey::AvailableFunds(year) => Some((Place::TotalIncome, year)),
        StatedKey::EquityCeiling(year) => Some((Place::Ceiling, year)),
        _ => None,
    }
}

/// The outcome, and the row and column of its table, that a stated figure belongs to.
fn of_outcome(key: StatedKey) -> Option<(OutcomeId, Place, &'static str)> {
    match key {
        StatedKey::OutcomeSectionSum(id, section) => Some((id, Place::Sum(section), outcome_place::AMOUNT)),
        StatedKey::OutcomeTotal(id) => Some((id, Place::TotalCost, outcome_place::AMOUNT)),
        StatedKey::OutcomeLinePercent(id, line) => Some((id, Place::Line(line), outcome_place::PERCENT)),
        StatedKey::OutcomeSectionPercent(id, section) => Some((id, Place::Sum(section), outcome_place::PERCENT)),
        StatedKey::OutcomeTotalPercent(id) => Some((id, Place::TotalCost, outcome_place::PERCENT)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_found_by_its_row_and_year() {
        let years: Vec<Year> = [2021, 2022].into_iter().filter_map(|year| Year::new(year).ok()).collect();
        let outcome = OutcomeId::from_random([3; 16]);
        let august = "2021-08-31".parse::<IsoDate>().ok();
        let at = |spot: Spot, chosen: Option<OutcomeId>| {
            address_in(&spot, &Shown { years: &years, outcome: chosen, day: &|_| august })
        };
        let result = Spot::Stated(StatedKey::NetResult(years[1]));
        assert_eq!(at(result, None).as_deref(), Some("#budget-result-2"));
        let total = Spot::Stated(StatedKey::OutcomeTotal(outcome));
        assert_eq!(at(total.clone(), Some(outcome)).as_deref(), Some("#utfall-total-cost-2"));
        assert_eq!(at(total, None).as_deref(), Some("?utfall=2021-08-31#utfall-total-cost-2"));
        assert_eq!(at(Spot::CountyItems, None), None, "the county's figures stand in another plan");
    }
}
