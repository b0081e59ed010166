//! What a check reports: where, what was stated, what the figures give, and a text for people.

use serde::{Deserialize, Serialize};

use super::figure::{Figure, percent};
use crate::domain::equivalents::Benefit;
use crate::domain::ids::{AssociationId, EquivalentId, LineId};
use crate::domain::money::{AmountUnit, Money};
use crate::domain::stated::StatedKey;
use crate::domain::year::Year;

/// *Anmärkning*: something that cannot be right, or that does not keep to a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was checked.
    pub kind: FindingKind,
    /// Where it stands.
    pub place: Place,
    /// What is written there.
    pub stated: Figure,
    /// What the figures give, worked out plainly from what is printed.
    pub computed: Figure,
    /// The least and the most that could have been printed there, as rounding allows.
    pub allowed: (Figure, Figure),
    /// Other stated figures that rest on this one and follow it.
    pub carried: Vec<Carried>,
    /// All of it in Swedish, for people.
    pub text: String,
}

impl Finding {
    /// How much the stated figure exceeds the computed one, in the smallest unit; none where a cell is empty.
    pub fn difference(&self) -> Option<i64> {
        Some(self.stated.value()?.saturating_sub(self.computed.value()?))
    }

    /// *Skillnad*: how much the stated figure exceeds the computed one, with its sign, in Swedish form; amounts in `unit`.
    pub fn off_by(&self, unit: AmountUnit) -> Option<String> {
        let difference = self.difference()?;
        let text = match self.stated {
            Figure::Money(_) => Figure::Money(Money::from_ore(difference)).format(unit),
            Figure::Percent(_) => format!("{}\u{a0}procentenheter", percent(difference)),
            Figure::Count(_) => Figure::Count(difference).format(unit),
            Figure::Empty => return None,
        };
        Some(format!("{}{text}", if difference > 0 { "+" } else { "" }))
    }
}

/// *Följdfel*: a stated figure that is right only if the wrong one is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Where it stands.
    pub place: Place,
    /// What is written there.
    pub stated: Figure,
    /// What it would be without the error.
    pub computed: Figure,
}

/// *Slag av anmärkning*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// A section's sum against its lines.
    SectionSum,
    /// All costs against the sections.
    TotalCost,
    /// All income against its rows.
    TotalIncome,
    /// *Årets resultat* against income less costs.
    NetResult,
    /// Opening equity against what the year before closed with.
    RollForward,
    /// Opening equity of the first year against the amount in the plan.
    OpeningEquity,
    /// Opening equity and income together.
    AvailableFunds,
    /// Closing equity against opening equity and the result.
    ClosingEquity,
    /// Opening less closing equity.
    EquityUsed,
    /// The stated ceiling against the rate of the income.
    CeilingAmount,
    /// A sum of the outcome.
    OutcomeSum,
    /// Outcome in percent of budget.
    PercentOfBudget,
    /// Women and men together against everyone.
    EquivalentsBySex,
    /// A row's total against its benefits, or against women and men.
    EquivalentTotal,
    /// A row's total against the population.
    ShareOfPopulation,
    /// The county plan's sum of items.
    ItemTotal,
    /// The county plan's sum of contributions.
    ContributionTotal,
    /// What an initiative was allocated against its parts.
    Allocated,
    /// Rule: the county plan's contributions cover its items.
    ContributionsAgainstItems,
    /// Rule: the association's own line is what it contributes to the county plan.
    CountyLine,
    /// Rule: closing equity keeps below the ceiling.
    EquityCeiling,
    /// Rule: the parties pay their shares by law.
    ShareByLaw,
}

impl FindingKind {
    /// Whether the plan does not keep to a rule; else a stated figure cannot be right.
    pub fn is_rule(self) -> bool {
        matches!(self, Self::ContributionsAgainstItems | Self::CountyLine | Self::EquityCeiling | Self::ShareByLaw)
    }

    /// The kind's heading on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::SectionSum => "Avsnittets summa",
            Self::TotalCost => "Total summa",
            Self::TotalIncome => "Summa intäkter",
            Self::NetResult => "Årets resultat",
            Self::RollForward => "Överföring mellan år",
            Self::OpeningEquity => "Ingående eget kapital",
            Self::AvailableFunds => "Tillgängliga medel",
            Self::ClosingEquity => "Utgående eget kapital",
            Self::EquityUsed => "Förbrukat eget kapital",
            Self::CeilingAmount => "Angivet tak för eget kapital",
            Self::OutcomeSum => "Summa utfall",
            Self::PercentOfBudget => "Utfall i % av budget",
            Self::EquivalentsBySex => "Kvinnor och män",
            Self::EquivalentTotal => "Totalt antal helårsekvivalenter",
            Self::ShareOfPopulation => "Andel av befolkningen",
            Self::ItemTotal => "Länsplanens summa kostnader",
            Self::ContributionTotal => "Länsplanens summa bidrag",
            Self::Allocated => "Tilldelade medel",
            Self::ContributionsAgainstItems => "Bidrag mot kostnader i länsplanen",
            Self::CountyLine => "Egen rad mot länsplanen",
            Self::EquityCeiling => "Eget kapital över taket",
            Self::ShareByLaw => "Parternas andelar enligt lag",
        }
    }
}

/// *Plats*: where a figure stands, for a link to its cell and for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The cell.
    pub spot: Spot,
    /// The place in Swedish: "Summa Insatser 2021".
    pub label: String,
}

impl Place {
    /// The place in Swedish.
    pub fn label(&self) -> &str {
        &self.label
    }
}

/// *Cell*: where in which document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spot {
    /// A figure that a plan states, or could.
    Stated(StatedKey),
    /// A line's amount of a year.
    Line(LineId, Year),
    /// The income of a year.
    Income(Year),
    /// A count in the table of full-year equivalents.
    Equivalents(EquivalentId, Benefit),
    /// The county plan's sum of items.
    CountyItems,
    /// The county plan's sum of contributions.
    CountyContributions,
    /// What an association contributes to the county plan.
    CountyContribution(AssociationId),
    /// What the initiative of this name was allocated.
    Allocation(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(stated: Figure, computed: Figure) -> Finding {
        Finding {
            kind: FindingKind::NetResult,
            place: Place { spot: Spot::CountyItems, label: String::new() },
            stated,
            computed,
            allowed: (computed, computed),
            carried: Vec::new(),
            text: String::new(),
        }
    }

    #[test]
    fn the_difference_is_told_in_the_unit_of_the_figure() {
        let money = |kronor| Figure::Money(Money::from_kronor(kronor));
        let off_by = |stated, computed| {
            let text = finding(stated, computed).off_by(AmountUnit::TusenKronor);
            text.map(|text| text.replace('\u{a0}', " "))
        };
        assert_eq!(off_by(money(-1_486_000), money(-1_559_000)).as_deref(), Some("+73 tkr"));
        assert_eq!(off_by(money(1_000), money(3_000)).as_deref(), Some("\u{2212}2 tkr"));
        assert_eq!(off_by(Figure::Percent(4_050), Figure::Percent(4_000)).as_deref(), Some("+0,5 procentenheter"));
        assert_eq!(off_by(Figure::Count(13_236), Figure::Count(13_246)).as_deref(), Some("\u{2212}10"));
        assert_eq!(off_by(Figure::Empty, money(1)), None, "an empty cell is not a zero");
    }
}
