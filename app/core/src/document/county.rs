//! *Länsgemensam plan*: typed commands in, a read model out.
//!
//! The read model, as pages see it, is here. [`command`] says what a user can do, [`schema`] how it is kept,
//! [`mod@edit`] what each command writes, [`read`] and [`refresh`] how it is read whole and row by row.

pub mod command;
mod demo;
mod edit;
pub mod history;
mod open;
mod read;
mod refresh;
pub mod sample;
pub mod schema;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use command::{CountyCommand, Field, RowKind, RowRef};
pub use demo::{demo_2021, demo_associations};
pub use edit::edit;
pub use open::{NewPlan, first_change, is_county_plan, open};
pub use read::read;
pub use refresh::{refresh, track};

use super::CommandError;
pub use super::tree::conflict::{AmountConflict, Candidate};
use super::tree::path::{Path, Slot};
use crate::domain::check::{self, Finding};
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
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub part_conflicts: BTreeMap<AssociationId, AmountConflict>,
}

impl ItemView {
    /// Whether any amount of the item waits for someone to pick.
    pub fn has_conflict(&self) -> bool {
        self.conflict.is_some() || !self.part_conflicts.is_empty()
    }

    /// All of its amounts that wait for someone to pick: of the cost, and of each part.
    pub fn conflicts(&self) -> Vec<&AmountConflict> {
        self.conflict.iter().chain(self.part_conflicts.values()).collect()
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

    /// The amounts of a row that wait for someone to pick.
    pub fn conflicts_at(&self, row: &RowRef) -> Vec<&AmountConflict> {
        match row {
            RowRef::Item(id) => self.item(*id).map(ItemView::conflicts).unwrap_or_default(),
            RowRef::Contribution(id) => {
                self.contribution(id).and_then(|view| view.conflict.as_ref()).into_iter().collect()
            }
            RowRef::Commitment(_) => Vec::new(),
        }
    }

    /// The sum of the items against the sum of the contributions.
    pub fn balance(&self) -> Balance {
        Balance::of(
            self.items.iter().map(|view| view.item.cost),
            self.contributions.iter().map(|view| view.contribution.amount),
        )
    }

    /// *Kontrollräkning*: stated sums that cannot be right, and contributions that do not cover the items.
    pub fn findings(&self) -> Vec<Finding> {
        let items: Vec<_> = self.items.iter().map(|view| view.item.clone()).collect();
        let contributions: Vec<_> = self.contributions.iter().map(|view| view.contribution.clone()).collect();
        let mut findings = check::county_figures(&items, &contributions, &self.stated);
        findings.extend(check::contributions_against_items(&self.balance()));
        findings
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

/// Where a row that can be removed stands.
fn row_path(row: &RowRef) -> Result<Path, CommandError> {
    match row {
        RowRef::Item(id) => Ok(Path::row(schema::ITEMS, id)),
        RowRef::Commitment(id) => Ok(Path::row(schema::COMMITMENTS, id)),
        RowRef::Contribution(_) => Err(CommandError::FixedRow),
    }
}

/// Where a column of a row is kept.
fn slot_of(row: &RowRef, field: Field) -> Slot {
    match row {
        RowRef::Item(id) => Path::row(schema::ITEMS, id).slot(field.key()),
        RowRef::Commitment(id) => Path::row(schema::COMMITMENTS, id).slot(field.key()),
        // Flat, so that two first writes are a conflict and not a loss.
        RowRef::Contribution(association) => Path::table(schema::CONTRIBUTIONS).slot(association),
    }
}
