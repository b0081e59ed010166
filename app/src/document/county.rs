//! The county plan as pages see it: the read model, how a plan is opened, and demo plans.

mod demo;
mod open;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use demo::{demo_2021, demo_associations};
pub use open::{NewPlan, first_change, is_county_plan, open};

use super::command::RowRef;
use crate::domain::{
    AssociationId, Balance, Commitment, Contribution, CountyItem, ItemId, Money, Split, SplitProblem, StatedTotals,
    UserId, split,
};

/// *Länsgemensam plan*: what a page shows. Read once, then refreshed row by row.
///
/// Rows are sorted by their order and then by id, so that every replica shows them alike.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CountyPlan {
    /// The budget year.
    pub year: i32,
    /// The plan's title.
    pub title: String,
    /// Sums as the source prints them, which may be wrong.
    pub stated: StatedTotals,
    /// *Insatser*.
    pub items: Vec<ItemView>,
    /// *Åtaganden enligt avsiktsförklaring*.
    pub commitments: Vec<CommitmentView>,
    /// *Bidrag*.
    pub contributions: Vec<ContributionView>,
    /// Rows that were removed and can be brought back, the latest first.
    pub removed: Vec<RemovedRow>,
}

/// An item and what the page must know beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemView {
    /// The item itself.
    pub item: CountyItem,
    /// Its place among the others.
    pub order: String,
    /// Costs written at the same time, until someone picks.
    pub conflict: Option<AmountConflict>,
    /// Parts by hand written at the same time, until someone picks: [`CountyCommand::SettlePart`].
    ///
    /// [`CountyCommand::SettlePart`]: super::CountyCommand::SettlePart
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub part_conflicts: BTreeMap<AssociationId, AmountConflict>,
}

impl ItemView {
    /// Whether any amount of the item waits for someone to pick.
    pub fn has_conflict(&self) -> bool {
        self.conflict.is_some() || !self.part_conflicts.is_empty()
    }
}

/// A commitment and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentView {
    /// The commitment itself.
    pub commitment: Commitment,
    /// Its place among the others.
    pub order: String,
}

/// A contribution and what the page must know beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionView {
    /// The contribution itself.
    pub contribution: Contribution,
    /// Its place among the others.
    pub order: String,
    /// Amounts written at the same time, until someone picks.
    pub conflict: Option<AmountConflict>,
}

/// *Två belopp*: amounts that were written without knowing of each other. The first is the one that shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmountConflict {
    /// What was written; at least two, no two with the same amount and author.
    pub candidates: Vec<Candidate>,
}

/// One of several amounts written at the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The amount, or none where someone emptied the cell.
    pub amount: Option<Money>,
    /// Who wrote it, if the change says.
    pub author: Option<UserId>,
    /// When, in milliseconds since 1970, by the writer's clock and to the second.
    pub at: i64,
}

/// *Borttagen rad*: a row that can be brought back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedRow {
    /// Which row.
    pub row: RowRef,
    /// What the row was about: an item's *Vad*, a commitment's text.
    pub label: String,
    /// An item's cost.
    pub amount: Option<Money>,
    /// Who removed it, if the change says.
    pub by: Option<UserId>,
    /// When, in milliseconds since 1970, by the remover's clock.
    pub at: i64,
}

/// What a refresh changed in the read model: the view writes these signals and no others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Year, title or stated sums.
    pub header: bool,
    /// Items that were changed, added, removed or moved.
    pub items: BTreeSet<ItemId>,
    /// Commitments that were changed, added, removed or moved.
    pub commitments: BTreeSet<ItemId>,
    /// Contributions that were changed.
    pub contributions: BTreeSet<AssociationId>,
    /// Whether rows came, went or changed places in any table.
    pub order: bool,
    /// Whether the list of removed rows changed.
    pub removed: bool,
    /// Rows where a conflict arose, changed or was settled.
    pub conflicts: BTreeSet<RowRef>,
}

impl Touched {
    /// Whether nothing that shows has changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl CountyPlan {
    /// The item of that id, unless removed.
    pub fn item(&self, id: ItemId) -> Option<&ItemView> {
        self.items.iter().find(|view| view.item.id == id)
    }

    /// The commitment of that id, unless removed.
    pub fn commitment(&self, id: ItemId) -> Option<&CommitmentView> {
        self.commitments.iter().find(|view| view.commitment.id == id)
    }

    /// The contribution of that association.
    pub fn contribution(&self, association: &AssociationId) -> Option<&ContributionView> {
        self.contributions.iter().find(|view| view.contribution.association == *association)
    }

    /// The sum of the items against the sum of the contributions.
    pub fn balance(&self) -> Balance {
        Balance::of(
            self.items.iter().map(|view| view.item.cost),
            self.contributions.iter().map(|view| view.contribution.amount),
        )
    }

    /// How an item's cost is divided between the associations; none where it has no cost or no key.
    pub fn split_of(&self, item: &CountyItem) -> Option<Result<Split, SplitProblem>> {
        let (cost, key) = (item.cost?, item.split.as_ref()?);
        let contributions: Vec<_> = self
            .contributions
            .iter()
            .map(|view| (view.contribution.association.clone(), view.contribution.amount))
            .collect();
        Some(split(cost, key, &contributions))
    }
}
