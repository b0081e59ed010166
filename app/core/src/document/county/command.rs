//! What a user can do to a county plan, as values that can be sent, stored and replayed.

use serde::{Deserialize, Serialize};

use crate::domain::{AssociationId, Horizon, ItemId, Money, SplitKey};

/// The three tables of a county plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RowKind {
    /// *Insats*.
    Item,
    /// *Åtagande*.
    Commitment,
    /// *Bidrag*.
    Contribution,
}

/// A row of a county plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RowRef {
    /// *Insats*.
    Item(ItemId),
    /// *Åtagande*.
    Commitment(ItemId),
    /// *Bidrag*: there is one for each association, neither added nor removed by users.
    Contribution(AssociationId),
}

impl RowRef {
    /// What the row is called among those who are here, and in ids of elements.
    pub fn key(&self) -> String {
        match self {
            Self::Item(id) | Self::Commitment(id) => id.to_string(),
            Self::Contribution(association) => association.to_string(),
        }
    }

    /// Which table the row stands in.
    pub fn kind(&self) -> RowKind {
        match self {
            Self::Item(_) => RowKind::Item,
            Self::Commitment(_) => RowKind::Commitment,
            Self::Contribution(_) => RowKind::Contribution,
        }
    }
}

/// A column of one of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Field {
    /// Item: text.
    When,
    /// Item: text.
    ForWhom,
    /// Item: text.
    What,
    /// Item: text.
    Theme,
    /// Item and commitment: text.
    Comment,
    /// Item: amount.
    Cost,
    /// Item: split key.
    Split,
    /// Item: date, written `2021-03-26`, or empty.
    Decided,
    /// Commitment: text.
    Text,
    /// Commitment: one year or three.
    Horizon,
    /// Contribution: amount.
    Amount,
}

impl Field {
    /// The columns of a table, in reading order.
    pub fn of(kind: RowKind) -> &'static [Self] {
        match kind {
            RowKind::Item => &[
                Self::When,
                Self::ForWhom,
                Self::What,
                Self::Theme,
                Self::Cost,
                Self::Split,
                Self::Decided,
                Self::Comment,
            ],
            RowKind::Commitment => &[Self::Text, Self::Horizon, Self::Comment],
            RowKind::Contribution => &[Self::Amount],
        }
    }

    /// The column's heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::When => "När",
            Self::ForWhom => "För vem",
            Self::What => "Vad",
            Self::Theme => "Tema",
            Self::Comment => "Kommentar",
            Self::Cost => "Kostnad",
            Self::Split => "Fördelning",
            Self::Decided => "Beslutad",
            Self::Text => "Åtagande",
            Self::Horizon => "Sikt",
            Self::Amount => "Bidrag",
        }
    }

    /// Whether colleagues edit it letter by letter, so that what both write is kept.
    pub fn is_text(self) -> bool {
        matches!(self, Self::When | Self::ForWhom | Self::What | Self::Theme | Self::Comment | Self::Text)
    }

    /// The field's name in the document.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::When => "when",
            Self::ForWhom => "for_whom",
            Self::What => "what",
            Self::Theme => "theme",
            Self::Comment => "comment",
            Self::Cost => "cost",
            Self::Split => "split",
            Self::Decided => "decided",
            Self::Text => "text",
            Self::Horizon => "horizon",
            Self::Amount => "amount",
        }
    }
}

/// One thing a user does. Applied by [`super::edit()`] as one change and one undo step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CountyCommand {
    /// *Lägg till rad*: an empty item.
    AddItem {
        /// Fresh random id.
        id: ItemId,
        /// The item it comes after; none puts it first.
        after: Option<ItemId>,
    },
    /// *Lägg till åtagande*: an empty commitment.
    AddCommitment {
        /// Fresh random id.
        id: ItemId,
        /// Within one year or three.
        horizon: Horizon,
        /// The commitment it comes after; none puts it first.
        after: Option<ItemId>,
    },
    /// *Ta bort raden*. It can be brought back, with what colleagues write in it meanwhile.
    Remove {
        /// An item or a commitment.
        row: RowRef,
    },
    /// *Återställ raden*.
    Restore {
        /// An item or a commitment.
        row: RowRef,
    },
    /// *Flytta raden*.
    Move {
        /// An item or a commitment.
        row: RowRef,
        /// The row of the same table it comes after; none puts it first.
        after: Option<ItemId>,
    },
    /// Writes a text, by the least change that leads there; or the day of [`Field::Decided`].
    SetText {
        /// Which row.
        row: RowRef,
        /// A text column of it, or [`Field::Decided`].
        field: Field,
        /// The whole new text.
        value: String,
    },
    /// Writes an item's cost or an association's contribution. Empty is not zero.
    SetAmount {
        /// An item or a contribution.
        row: RowRef,
        /// The amount, or none to leave it empty.
        amount: Option<Money>,
    },
    /// Chooses how an item's cost is divided, or that it is not.
    SetSplit {
        /// An item.
        row: RowRef,
        /// The key. Parts by hand are written one by one, so that two people can fill in one each.
        split: Option<SplitKey>,
    },
    /// Chooses a commitment's horizon.
    SetHorizon {
        /// A commitment.
        row: RowRef,
        /// Within one year or three.
        horizon: Horizon,
    },
    /// Picks among amounts that were written at the same time; written even where it already shows.
    SettleConflict {
        /// An item or a contribution.
        row: RowRef,
        /// What is to hold.
        amount: Option<Money>,
    },
    /// As [`CountyCommand::SettleConflict`], for a part of a cost that is divided by hand.
    SettlePart {
        /// An item.
        row: RowRef,
        /// Whose part.
        association: AssociationId,
        /// What is to hold.
        amount: Option<Money>,
    },
    /// Several things as one: a paste, a fill down. All are done, or none.
    Batch {
        /// In order; later ones see what earlier ones did.
        commands: Vec<CountyCommand>,
        /// What undo calls it, such as "Klistra in".
        label: String,
    },
}

impl CountyCommand {
    /// What undo calls it, as in "Ångra: ta bort raden".
    pub fn label(&self) -> &str {
        match self {
            Self::AddItem { .. } => "lägg till rad",
            Self::AddCommitment { .. } => "lägg till åtagande",
            Self::Remove { .. } => "ta bort raden",
            Self::Restore { .. } => "återställ raden",
            Self::Move { .. } => "flytta raden",
            Self::SetText { .. } => "ändra text",
            Self::SetAmount { .. } => "ändra belopp",
            Self::SetSplit { .. } => "ändra fördelning",
            Self::SetHorizon { .. } => "ändra sikt",
            Self::SettleConflict { .. } | Self::SettlePart { .. } => "välj belopp",
            Self::Batch { label, .. } => label,
        }
    }
}
