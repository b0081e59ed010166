//! The county plan: what the associations of a county do and pay for together in a year.
//!
//! Knows nothing of how it is stored or merged; that is `document::county`.

use serde::{Deserialize, Serialize};

use super::date::IsoDate;
use super::ids::{AssociationId, ItemId};
use super::money::Money;
use super::split::SplitKey;

/// *Länsgemensam insats*: a row of the county budget: when, for whom, what, and what it costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountyItem {
    /// Which row this is.
    pub id: ItemId,
    /// *När*: "Vår och höst". Free text, since sources print seasons and months.
    pub when: String,
    /// *För vem*.
    pub for_whom: String,
    /// *Vad*.
    pub what: String,
    /// *Tema*.
    pub theme: String,
    /// *Kommentar*: a free comment.
    pub comment: String,
    /// *Kostnad*. Empty is not zero.
    pub cost: Option<Money>,
    /// *Fördelning*: how the cost is shared, if anyone has chosen that.
    pub split: Option<SplitKey>,
    /// *Beslutad*: the day it was decided, if it was.
    pub decided: Option<IsoDate>,
}

/// *Åtagande enligt avsiktsförklaring*: what the associations have promised each other to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Which row this is.
    pub id: ItemId,
    /// *Åtagande*: what is to be done.
    pub text: String,
    /// *Kommentar*: a free comment.
    pub comment: String,
    /// *Sikt*: by when.
    pub horizon: Horizon,
}

/// *Sikt*: whether a commitment is to be met within one year or three.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Horizon {
    /// *På 1 års sikt*.
    OneYear,
    /// *På 3 års sikt*.
    ThreeYears,
    /// One written by a newer version of Samplan; kept as it is.
    Unknown(String),
}

impl Horizon {
    /// The horizon's name on the page.
    pub fn label(&self) -> &str {
        match self {
            Self::OneYear => "1 års sikt",
            Self::ThreeYears => "3 års sikt",
            Self::Unknown(_) => "Okänd sikt",
        }
    }
}

/// *Bidrag*: what an association pays into the county budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// Which association.
    pub association: AssociationId,
    /// The association's name in full.
    pub name: String,
    /// *Belopp*. Empty is not zero.
    pub amount: Option<Money>,
}

/// *Angivna summor*: sums as the source prints them. Never worked out by the program; see [`Balance`] for those.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StatedTotals {
    /// What the source prints as the sum of the items.
    pub items: Option<Money>,
    /// What the source prints as the sum of the contributions.
    pub contributions: Option<Money>,
}

/// *Balans*: the sum of the items against the sum of the contributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Balance {
    /// *Summa kostnader*.
    pub items: Money,
    /// *Summa bidrag*.
    pub contributions: Money,
}

/// What a [`Balance`] comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BalanceState {
    /// Contributions cover the items exactly.
    Balanced,
    /// Contributions exceed the items by this much.
    Surplus(Money),
    /// Contributions fall short of the items by this much.
    Shortfall(Money),
}

impl Balance {
    /// Sums costs and contributions; an empty amount adds nothing.
    pub fn of(
        costs: impl IntoIterator<Item = Option<Money>>,
        contributions: impl IntoIterator<Item = Option<Money>>,
    ) -> Self {
        Self { items: costs.into_iter().flatten().sum(), contributions: contributions.into_iter().flatten().sum() }
    }

    /// *Differens*: contributions less items.
    pub fn difference(&self) -> Money {
        self.contributions - self.items
    }

    /// Whether the contributions cover the items, and if not by how much.
    pub fn state(&self) -> BalanceState {
        let difference = self.difference();
        if difference.is_zero() {
            BalanceState::Balanced
        } else if difference.is_negative() {
            BalanceState::Shortfall(difference.abs())
        } else {
            BalanceState::Surplus(difference)
        }
    }

    /// *Kontrollräkning*: how much the printed sum of the items exceeds the rows, where they differ.
    pub fn stated_items_off_by(&self, stated: &StatedTotals) -> Option<Money> {
        off_by(stated.items, self.items)
    }

    /// *Kontrollräkning*: how much the printed sum of the contributions exceeds the rows, where they differ.
    pub fn stated_contributions_off_by(&self, stated: &StatedTotals) -> Option<Money> {
        off_by(stated.contributions, self.contributions)
    }
}

/// Stated less worked out, where they differ. County figures are printed in whole kronor, so nothing is rounded.
fn off_by(stated: Option<Money>, worked_out: Money) -> Option<Money> {
    stated.map(|stated| stated - worked_out).filter(|difference| !difference.is_zero())
}
