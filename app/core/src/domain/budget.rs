//! The association's budget: sections and lines with an amount for each year, and what the parties pay in.
//!
//! Holds what people write. What follows from it (sums, result, equity) is worked out, and never kept.

mod ceiling;
pub mod compare;
pub mod known;
mod next_year;
mod sums;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use ceiling::{CeilingError, CeilingRate};
pub use next_year::{NextYear, title_of_next_year};

use super::ids::{IncomeId, LineId, SectionId};
use super::money::Money;
use super::words::worded;
use super::year::Year;

/// *Belopp per år*. A year that is absent is empty, which is not zero.
pub type Amounts = BTreeMap<Year, Money>;

/// *Budget med utblick*: the plan's figures for a budget year and the years after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// *Budgetår*.
    pub year: Year,
    /// The budget year first, then the outlook (*utblick*): 1–10 years, each following the one before.
    pub years: Vec<Year>,
    /// *Intäkter från parterna*.
    pub income: Vec<Income>,
    /// *Avsnitt*, in order.
    pub sections: Vec<Section>,
    /// *Ingående eget kapital* of the first year; none where it is not known.
    pub opening_equity: Option<Money>,
    /// *Tak för eget kapital*.
    pub ceiling: CeilingRate,
}

impl Budget {
    /// How many years a budget may show: the budget year and nine of outlook.
    pub const MOST_YEARS: usize = 10;

    /// A budget without a line, of `year` and so many years of outlook.
    pub fn new(year: Year, outlook_years: usize) -> Self {
        Self {
            year,
            years: year.following((outlook_years + 1).min(Self::MOST_YEARS)).collect(),
            income: Vec::new(),
            sections: Vec::new(),
            opening_equity: None,
            ceiling: CeilingRate::default(),
        }
    }

    /// All lines with the section they stand in, in order.
    pub fn lines(&self) -> impl Iterator<Item = (&Section, &BudgetLine)> {
        self.sections.iter().flat_map(|section| section.lines.iter().map(move |line| (section, line)))
    }

    /// The line of this id.
    pub fn line(&self, id: LineId) -> Option<&BudgetLine> {
        self.lines().map(|(_, line)| line).find(|line| line.id == id)
    }

    /// The section of this id.
    pub fn section(&self, id: SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }
}

/// *Avsnitt*: lines that are summed together, such as Insatser, Styrelsen, Administration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Which section this is.
    pub id: SectionId,
    /// *Namn*.
    pub name: String,
    /// *Rader*, in order.
    pub lines: Vec<BudgetLine>,
}

/// *Budgetrad*: a named cost with an amount for each year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLine {
    /// Which line this is.
    pub id: LineId,
    /// *Namn*.
    pub name: String,
    /// *Anteckning*.
    pub note: String,
    /// What the program must know the line to be.
    pub role: LineRole,
    /// *Belopp*, by year.
    pub amounts: Amounts,
}

/// *Radens roll*: whether rules elsewhere speak of the line.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum LineRole {
    /// *Vanlig rad*.
    #[default]
    Ordinary,
    /// *Länsgemensamma utbildningsinsatser*: the same money as the association's contribution in the county plan.
    CountyTraining,
    /// One written by a newer version of Samplan; kept as it is.
    Unknown(String),
}

worded!(LineRole { Ordinary = "ordinary", CountyTraining = "county-training" });

impl LineRole {
    /// The role's name on the page.
    pub fn label(&self) -> &str {
        match self {
            Self::Ordinary => "Vanlig rad",
            Self::CountyTraining => "Länsgemensamma utbildningsinsatser",
            Self::Unknown(_) => "Okänd roll",
        }
    }
}

/// *Intäkt*: what a party pays in, by year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Income {
    /// Which row this is.
    pub id: IncomeId,
    /// *Namn*: "Region Västmanland".
    pub name: String,
    /// *Part*: whose share by law it is.
    pub party: PartyKind,
    /// *Nyckel*: a municipality's weight in the municipalities' quarter, such as its inhabitants. 1 counts equally.
    pub weight: u64,
    /// *Belopp*, by year.
    pub amounts: Amounts,
}

/// *Part*: to which of the law's shares a row of income belongs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum PartyKind {
    /// *Staten*: Försäkringskassan, which pays for Arbetsförmedlingen too.
    State,
    /// *Region*.
    Region,
    /// *Kommun*; one of several, perhaps.
    Municipality,
    /// *Parterna tillsammans*: all of them in one row, as many plans print it.
    Together,
    /// *Övrig intäkt*: outside the law's shares.
    Other,
    /// *Part ej vald*: a new row, of which nobody has said yet whose it is.
    NotChosen,
    /// One written by a newer version of Samplan; kept as it is.
    Unknown(String),
}

worded!(PartyKind {
    State = "state",
    Region = "region",
    Municipality = "municipality",
    Together = "together",
    Other = "other",
    NotChosen = "not-chosen",
});

impl PartyKind {
    /// All that can be chosen, in the order of the law.
    pub const ALL: [Self; 5] = [Self::State, Self::Region, Self::Municipality, Self::Together, Self::Other];

    /// The party that a row of income in a foreign budget is surely named after; not chosen where it is
    /// not, so that somebody is asked: an *övrig intäkt* counts neither in the law's shares nor towards the ceiling.
    pub fn from_name(name: &str) -> Self {
        let name = name.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let state = says(&["försäkringskassan", "arbetsförmedlingen", "staten"]);
        let (region, municipality) = (says(&["region", "landsting"]), says(&["kommun"]));
        match (state, region, municipality) {
            (true, false, false) => Self::State,
            (false, true, false) => Self::Region,
            (false, false, true) => Self::Municipality,
            (true, true, true) => Self::Together,
            (false, false, false) if says(&["ränt"]) => Self::Other,
            (false, false, false) if says(&["parterna", "partner", "medlemmarna"]) => Self::Together,
            _ => Self::NotChosen,
        }
    }

    /// The party's name on the page.
    pub fn label(&self) -> &str {
        match self {
            Self::State => "Staten",
            Self::Region => "Region",
            Self::Municipality => "Kommun",
            Self::Together => "Parterna tillsammans",
            Self::Other => "Övrig intäkt",
            Self::NotChosen => "Part är inte vald",
            Self::Unknown(_) => "Okänd part",
        }
    }
}
