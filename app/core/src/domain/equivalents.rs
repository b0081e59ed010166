//! Full-year equivalents: how many people benefits support, as the plan's background to whom the work is for.
//!
//! Counts only: nothing here is about a person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::EquivalentId;
use super::ratio::Ratio;
use super::words::worded;
use super::year::Year;

/// *Helårsekvivalenter*: a row of the table: one area, one year, and women, men or both.
///
/// A full-year equivalent is one person fully supported for a whole year; two who were unemployed for half a year
/// each are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EquivalentRow {
    /// Which row this is.
    pub id: EquivalentId,
    /// *Område*: "Västerås", "Riket".
    pub area: String,
    /// *År*.
    pub year: Year,
    /// *Kön*.
    pub group: PopulationGroup,
    /// *Antal* by benefit; a benefit that is absent is empty, which is not zero.
    pub counts: BTreeMap<Benefit, u32>,
    /// *Folkmängd 20–64 år* of the area, if it is known.
    pub population: Option<u32>,
}

impl EquivalentRow {
    /// *Totalt*: all benefits together; none where every one is empty.
    pub fn total(&self) -> Option<u64> {
        (!self.counts.is_empty()).then(|| self.counts.values().copied().map(u64::from).sum())
    }

    /// *Andel av befolkningen 20–64 år*; none where it is not known how many these are.
    pub fn share_of_population(&self) -> Option<Ratio> {
        Ratio::new(self.total()?.into(), self.population?.into())
    }
}

/// *Kön*: whom a row counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum PopulationGroup {
    /// *Totalt*: women and men.
    Everyone,
    /// *Kvinnor*.
    Women,
    /// *Män*.
    Men,
    /// One written by a newer version of Samplan; kept as it is.
    Unknown(String),
}

worded!(PopulationGroup { Everyone = "everyone", Women = "women", Men = "men" });

impl PopulationGroup {
    /// The group's name on the page.
    pub fn label(&self) -> &str {
        match self {
            Self::Everyone => "Totalt",
            Self::Women => "Kvinnor",
            Self::Men => "Män",
            Self::Unknown(_) => "Okänd grupp",
        }
    }
}

/// *Ersättning*: a benefit that supports people, in the order the table prints them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Benefit {
    /// *Sjukpenning*.
    Sickness,
    /// *Sjuk- och aktivitetsersättning*.
    Disability,
    /// *Arbetslöshet*.
    Unemployment,
    /// *Arbetsmarknadspolitiska åtgärder*.
    LabourMarketProgrammes,
    /// *Ekonomiskt bistånd*.
    SocialAssistance,
    /// *Etableringsersättning*.
    Establishment,
    /// One written by a newer version of Samplan; kept as it is.
    Unknown(String),
}

worded!(Benefit {
    Sickness = "sickness",
    Disability = "disability",
    Unemployment = "unemployment",
    LabourMarketProgrammes = "labour-market-programmes",
    SocialAssistance = "social-assistance",
    Establishment = "establishment",
});

impl Benefit {
    /// The six benefits of the table, in its order.
    pub const ALL: [Self; 6] = [
        Self::Sickness,
        Self::Disability,
        Self::Unemployment,
        Self::LabourMarketProgrammes,
        Self::SocialAssistance,
        Self::Establishment,
    ];

    /// The benefit's name on the page.
    pub fn label(&self) -> &str {
        match self {
            Self::Sickness => "Sjukpenning",
            Self::Disability => "Sjuk- och aktivitetsersättning",
            Self::Unemployment => "Arbetslöshet",
            Self::LabourMarketProgrammes => "Arbetsmarknadspolitiska åtgärder",
            Self::SocialAssistance => "Ekonomiskt bistånd",
            Self::Establishment => "Etableringsersättning",
            Self::Unknown(_) => "Okänd ersättning",
        }
    }
}
