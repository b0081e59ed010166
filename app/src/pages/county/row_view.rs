//! One row of any of the tables, as signals: what stands in its cells.

use super::source::field_of;
use crate::components::grid::cell::{share, shorten};
use crate::components::grid::source::GridRow;
use crate::components::grid::{CellKind, Column};
use crate::document::county::{AmountConflict, CommitmentView, ContributionView, ItemView};
use crate::document::{Field, RowRef};
use crate::domain::money::Money;
use crate::workspace::CountyWorkspace;
use leptos::prelude::*;

/// A row that follows the document. Reading it in a view makes the view follow too.
#[derive(Clone)]
pub enum RowView {
    /// *Insats*.
    Item(ArcRwSignal<ItemView>),
    /// *Åtagande*.
    Commitment(ArcRwSignal<CommitmentView>),
    /// *Bidrag*.
    Contribution(ArcRwSignal<ContributionView>),
}

impl RowView {
    /// The row, unless it is gone.
    pub fn find(workspace: CountyWorkspace, row: &RowRef) -> Option<Self> {
        match row {
            RowRef::Item(id) => workspace.item(*id).map(Self::Item),
            RowRef::Commitment(id) => workspace.commitment(*id).map(Self::Commitment),
            RowRef::Contribution(id) => workspace.contribution(id).map(Self::Contribution),
        }
    }

    /// A text of the row; empty for what is no text.
    pub fn text(&self, field: Field) -> String {
        match self {
            Self::Item(view) => {
                let item = &view.read().item;
                match field {
                    Field::When => item.when.clone(),
                    Field::ForWhom => item.for_whom.clone(),
                    Field::What => item.what.clone(),
                    Field::Theme => item.theme.clone(),
                    Field::Comment => item.comment.clone(),
                    Field::Decided => item.decided.map(|date| date.to_string()).unwrap_or_default(),
                    _ => String::new(),
                }
            }
            Self::Commitment(view) => {
                let commitment = &view.read().commitment;
                match field {
                    Field::Text => commitment.text.clone(),
                    Field::Comment => commitment.comment.clone(),
                    _ => String::new(),
                }
            }
            Self::Contribution(_) => String::new(),
        }
    }

    /// The row's amount. Empty is not zero.
    pub fn amount(&self) -> Option<Money> {
        match self {
            Self::Item(view) => view.read().item.cost,
            Self::Commitment(_) => None,
            Self::Contribution(view) => view.read().contribution.amount,
        }
    }

    /// Whether parts of its cost were written at the same time and wait for someone to pick.
    pub fn has_part_conflict(&self) -> bool {
        match self {
            Self::Item(view) => !view.read().part_conflicts.is_empty(),
            Self::Commitment(_) | Self::Contribution(_) => false,
        }
    }

    /// The amounts that were written at the same time, if there are several.
    pub fn conflict(&self) -> Option<AmountConflict> {
        match self {
            Self::Item(view) => view.read().conflict.clone(),
            Self::Commitment(_) => None,
            Self::Contribution(view) => view.read().conflict.clone(),
        }
    }

    /// How the cost is divided, in a word.
    pub fn split_label(&self) -> String {
        match self {
            Self::Item(view) => {
                view.read().item.split.as_ref().map(|split| split.label().to_owned()).unwrap_or_default()
            }
            Self::Commitment(_) | Self::Contribution(_) => String::new(),
        }
    }

    /// What the row is called.
    pub fn label(&self) -> String {
        let label = match self {
            Self::Item(view) => view.read().item.what.clone(),
            Self::Commitment(view) => view.read().commitment.text.clone(),
            Self::Contribution(view) => view.read().contribution.name.clone(),
        };
        let label = label.lines().next().unwrap_or_default().trim().to_owned();
        if label.is_empty() { "Rad utan namn".to_owned() } else { label }
    }

    /// What the row is called, short enough to be spoken.
    pub fn short_label(&self) -> String {
        shorten(&self.label())
    }
}

/// A row as its grid shows it.
pub struct RowContent {
    /// The row.
    pub view: RowView,
    /// The plan it stands in.
    pub workspace: CountyWorkspace,
}

impl RowContent {
    /// The row's amount, moving with each key like the sums.
    fn amount_as_typed(&self) -> Option<Money> {
        let written = self.view.amount();
        match &self.view {
            RowView::Contribution(view) => {
                let row = RowRef::Contribution(view.read().contribution.association.clone());
                self.workspace.as_typed(&row, written)
            }
            RowView::Item(_) | RowView::Commitment(_) => written,
        }
    }
}

impl GridRow for RowContent {
    fn label(&self) -> String {
        self.view.label()
    }

    fn text(&self, column: &Column) -> String {
        match column.kind {
            CellKind::Name => self.view.label(),
            CellKind::Choice => self.view.split_label(),
            CellKind::Share => {
                self.workspace.balance().with(|balance| share(self.amount_as_typed(), balance.contributions))
            }
            CellKind::Text => field_of(&column.key).map(|field| self.view.text(field)).unwrap_or_default(),
            CellKind::Amount | CellKind::Sum | CellKind::Standing | CellKind::Nothing => String::new(),
        }
    }

    fn amount(&self, _column: &Column) -> Option<Money> {
        self.view.amount()
    }

    fn has_conflict(&self, column: &Column) -> bool {
        match column.kind {
            CellKind::Amount => self.view.conflict().is_some(),
            CellKind::Choice => self.view.has_part_conflict(),
            _ => false,
        }
    }

    fn note(&self, _column: &Column) -> Option<String> {
        let date = self.view.text(Field::Decided);
        (!date.is_empty()).then(|| format!("Beslutad {date}"))
    }
}
