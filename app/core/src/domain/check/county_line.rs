//! The association's own line for county-wide training against what the county plan says it contributes: the same money,
//! written in two plans.

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use super::finding::{Finding, FindingKind, Place, Spot};
use crate::domain::budget::{Budget, LineRole};
use crate::domain::ids::{AssociationId, LineId};
use crate::domain::money::{AmountUnit, Money};
use crate::domain::stated::Precision;
use crate::domain::year::Year;

/// *Bidrag i länsplanen*: what the county plan of a year says that this association contributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountyContribution {
    /// Whose it is.
    pub association: AssociationId,
    /// The county plan's year.
    pub year: Year,
    /// Empty is not zero.
    pub amount: Option<Money>,
}

/// *Egen rad för länsgemensamma utbildningsinsatser*: what an association's own plan says of the same money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLine {
    /// The line; the first of them where the money is written on several.
    pub line: LineId,
    /// What that line is called.
    pub name: String,
    /// The year.
    pub year: Year,
    /// What is written there, on all such lines together. Empty is not zero.
    pub amount: Option<Money>,
    /// How far, in öre, rounding may have moved it.
    slack: i64,
    /// Whether its amounts were printed in thousands, as which they are then spoken of.
    in_thousands: bool,
}

impl OwnLine {
    /// The line of a budget; none where it has no such line, or shows no such year. `precision` says how exactly the
    /// budget's amounts are known.
    pub fn of(budget: &Budget, year: Year, precision: Precision) -> Option<Self> {
        let lines = || budget.lines().map(|(_, line)| line).filter(|line| line.role == LineRole::CountyTraining);
        let first = lines().next().filter(|_| budget.years.contains(&year))?;
        let written: Vec<Money> = lines().filter_map(|line| line.amounts.get(&year).copied()).collect();
        Some(Self {
            line: first.id,
            name: first.name.clone(),
            year,
            amount: (!written.is_empty()).then(|| written.iter().sum()),
            slack: written.iter().filter_map(|amount| precision.step(*amount)).sum::<i64>() / 2,
            in_thousands: precision == Precision::Printed(AmountUnit::TusenKronor),
        })
    }

    /// Whether it can be the same money as a contribution, however it was rounded. Empty agrees with empty and zero.
    pub fn agrees_with(&self, contribution: Option<Money>) -> bool {
        match (self.amount, contribution) {
            (Some(own), Some(contribution)) => (own - contribution).abs().ore() <= self.slack,
            (own, contribution) => own.unwrap_or_default().is_zero() && contribution.unwrap_or_default().is_zero(),
        }
    }

    /// The two beside each other, as a sentence.
    pub fn beside(&self, contribution: Option<Money>) -> String {
        let unit = if self.in_thousands { AmountUnit::TusenKronor } else { AmountUnit::Kronor };
        let own = figure(self.amount).format(unit);
        let given = figure(contribution).format(unit);
        let (name, year) = (&self.name, self.year);
        if self.agrees_with(contribution) {
            return format!(
                "{name} {year} är {own} i den egna budgeten. Det stämmer med bidraget i länsplanen, {given}."
            );
        }
        let apart = (self.amount.unwrap_or_default() - contribution.unwrap_or_default()).abs();
        format!(
            "{name} {year} är {own} i den egna budgeten, men bidraget i länsplanen är {given}. Skillnaden är {}.",
            apart.format_with_unit(unit),
        )
    }

    /// What is to be said of the two, where they are not the same.
    pub fn against(&self, contribution: Option<Money>) -> Option<Finding> {
        if self.agrees_with(contribution) {
            return None;
        }
        let bound = |sign: i64| figure(contribution.map(|amount| amount + Money::from_ore(sign * self.slack)));
        Some(Finding {
            kind: FindingKind::CountyLine,
            place: Place { spot: Spot::Line(self.line, self.year), label: format!("{} {}", self.name, self.year) },
            stated: figure(self.amount),
            computed: figure(contribution),
            allowed: (bound(-1), bound(1)),
            carried: Vec::new(),
            text: self.beside(contribution),
        })
    }
}

fn figure(amount: Option<Money>) -> Figure {
    amount.map_or(Figure::Empty, Figure::Money)
}
