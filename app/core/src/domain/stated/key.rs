//! What a stated figure is a figure of, as a value and as the text that documents keep it under.
//!
//! The text form is stored, and therefore never changes: new kinds are added, none is renamed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::ids::{EquivalentId, LineId, OutcomeId, SectionId};
use crate::domain::year::Year;

use super::StatedUnit;

/// *Vad siffran anger*: which of a plan's worked-out figures a source has printed.
///
/// As text, its parts are separated by `/`: `section-sum/<section>/2021`, `total-cost/2021`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum StatedKey {
    /// *Summa* of a section in a year.
    SectionSum(SectionId, Year),
    /// *Total summa*: all costs of a year.
    TotalCost(Year),
    /// *Summa intäkter* of a year.
    TotalIncome(Year),
    /// *Årets resultat*: income less costs.
    NetResult(Year),
    /// *Ingående eget kapital*.
    OpeningEquity(Year),
    /// *Tillgängliga medel*: opening equity and income together.
    AvailableFunds(Year),
    /// *Förbrukat eget kapital*: opening less closing equity.
    EquityUsed(Year),
    /// *Utgående eget kapital*.
    ClosingEquity(Year),
    /// *Tak för eget kapital*.
    EquityCeiling(Year),
    /// *Utfall*, a section's sum.
    OutcomeSectionSum(OutcomeId, SectionId),
    /// *Utfall*, all costs.
    OutcomeTotal(OutcomeId),
    /// *Utfall i % av budget* of a line.
    OutcomeLinePercent(OutcomeId, LineId),
    /// *Utfall i % av budget* of a section.
    OutcomeSectionPercent(OutcomeId, SectionId),
    /// *Utfall i % av budget* of all costs.
    OutcomeTotalPercent(OutcomeId),
    /// *Totalt* of a row of full-year equivalents.
    EquivalentTotal(EquivalentId),
    /// *Andel* of the population 20–64 years, of a row of full-year equivalents.
    PopulationShare(EquivalentId),
}

impl StatedKey {
    /// What the figure is measured in: percent, or whole ones. None for an amount, which is printed in any unit of money.
    pub fn measure(self) -> Option<StatedUnit> {
        match self {
            Self::OutcomeLinePercent(..)
            | Self::OutcomeSectionPercent(..)
            | Self::OutcomeTotalPercent(_)
            | Self::PopulationShare(_) => Some(StatedUnit::Percent),
            Self::EquivalentTotal(_) => Some(StatedUnit::Count),
            Self::SectionSum(..)
            | Self::TotalCost(_)
            | Self::TotalIncome(_)
            | Self::NetResult(_)
            | Self::OpeningEquity(_)
            | Self::AvailableFunds(_)
            | Self::EquityUsed(_)
            | Self::ClosingEquity(_)
            | Self::EquityCeiling(_)
            | Self::OutcomeSectionSum(..)
            | Self::OutcomeTotal(_) => None,
        }
    }
}

/// A text that names no stated figure known to this version. For logs and developers: users never type keys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the key of a stated figure: {0}")]
pub struct StatedKeyError(String);

impl FromStr for StatedKey {
    type Err = StatedKeyError;

    fn from_str(text: &str) -> Result<Self, StatedKeyError> {
        let parts: Vec<&str> = text.splitn(4, '/').collect();
        read(&parts).ok_or_else(|| StatedKeyError(text.chars().take(100).collect()))
    }
}

fn read(parts: &[&str]) -> Option<StatedKey> {
    let key = match *parts {
        ["section-sum", section, year] => StatedKey::SectionSum(part(section)?, part(year)?),
        ["total-cost", year] => StatedKey::TotalCost(part(year)?),
        ["total-income", year] => StatedKey::TotalIncome(part(year)?),
        ["net-result", year] => StatedKey::NetResult(part(year)?),
        ["opening-equity", year] => StatedKey::OpeningEquity(part(year)?),
        ["available-funds", year] => StatedKey::AvailableFunds(part(year)?),
        ["equity-used", year] => StatedKey::EquityUsed(part(year)?),
        ["closing-equity", year] => StatedKey::ClosingEquity(part(year)?),
        ["equity-ceiling", year] => StatedKey::EquityCeiling(part(year)?),
        ["outcome-section-sum", outcome, section] => StatedKey::OutcomeSectionSum(part(outcome)?, part(section)?),
        ["outcome-total", outcome] => StatedKey::OutcomeTotal(part(outcome)?),
        ["outcome-line-percent", outcome, line] => StatedKey::OutcomeLinePercent(part(outcome)?, part(line)?),
        ["outcome-section-percent", outcome, section] => {
            StatedKey::OutcomeSectionPercent(part(outcome)?, part(section)?)
        }
        ["outcome-total-percent", outcome] => StatedKey::OutcomeTotalPercent(part(outcome)?),
        ["equivalent-total", row] => StatedKey::EquivalentTotal(part(row)?),
        ["population-share", row] => StatedKey::PopulationShare(part(row)?),
        _ => return None,
    };
    Some(key)
}

fn part<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

impl fmt::Display for StatedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SectionSum(section, year) => write!(f, "section-sum/{section}/{year}"),
            Self::TotalCost(year) => write!(f, "total-cost/{year}"),
            Self::TotalIncome(year) => write!(f, "total-income/{year}"),
            Self::NetResult(year) => write!(f, "net-result/{year}"),
            Self::OpeningEquity(year) => write!(f, "opening-equity/{year}"),
            Self::AvailableFunds(year) => write!(f, "available-funds/{year}"),
            Self::EquityUsed(year) => write!(f, "equity-used/{year}"),
            Self::ClosingEquity(year) => write!(f, "closing-equity/{year}"),
            Self::EquityCeiling(year) => write!(f, "equity-ceiling/{year}"),
            Self::OutcomeSectionSum(outcome, section) => write!(f, "outcome-section-sum/{outcome}/{section}"),
            Self::OutcomeTotal(outcome) => write!(f, "outcome-total/{outcome}"),
            Self::OutcomeLinePercent(outcome, line) => write!(f, "outcome-line-percent/{outcome}/{line}"),
            Self::OutcomeSectionPercent(outcome, section) => {
                write!(f, "outcome-section-percent/{outcome}/{section}")
            }
            Self::OutcomeTotalPercent(outcome) => write!(f, "outcome-total-percent/{outcome}"),
            Self::EquivalentTotal(row) => write!(f, "equivalent-total/{row}"),
            Self::PopulationShare(row) => write!(f, "population-share/{row}"),
        }
    }
}

impl TryFrom<String> for StatedKey {
    type Error = StatedKeyError;

    fn try_from(text: String) -> Result<Self, StatedKeyError> {
        text.parse()
    }
}

impl From<StatedKey> for String {
    fn from(key: StatedKey) -> Self {
        key.to_string()
    }
}
