//! An open county plan: its content as signals, beside what every [`Workspace`] has.

pub mod model;

pub use model::{Draft, Header, Model};

use super::{NoticeKind, Screen, Workspace};
use crate::boot::{DocumentInfo, Person, SignedIn};
use crate::document::county::{CommitmentView, ContributionView, CountyPlan, ItemView, RemovedRow};
use crate::document::{AnyRow, CommandError, CountyCommand, RowRef};
use crate::domain::{AssociationId, Balance, ItemId, Money};
use leptos::prelude::*;
use std::ops::Deref;

/// One open county plan. What is the same for every document is reached through it: see [`Workspace`].
#[derive(Clone, Copy)]
pub struct CountyWorkspace {
    workspace: Workspace,
    model: Model,
}

impl Deref for CountyWorkspace {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        &self.workspace
    }
}

impl CountyWorkspace {
    /// A workspace that shows `plan`. Call it while rendering, with the same content on both sides; in the browser
    /// the document itself takes over after hydration.
    pub fn from_boot(document: DocumentInfo, plan: CountyPlan, people: Vec<Person>, me: Option<SignedIn>) -> Self {
        let model = Model::new(&plan);
        Self { workspace: Workspace::open(Screen::County(model), document, people, me), model }
    }

    /// Year, title and sums as the source prints them.
    pub fn header(self) -> Signal<Header> {
        self.model.header.into()
    }

    /// The items in the order they are shown.
    pub fn items(self) -> Signal<Vec<ItemId>> {
        self.model.items.order()
    }

    /// The commitments in the order they are shown.
    pub fn commitments(self) -> Signal<Vec<ItemId>> {
        self.model.commitments.order()
    }

    /// The associations that contribute, in the order they are shown.
    pub fn contributions(self) -> Signal<Vec<AssociationId>> {
        self.model.contributions.order()
    }

    /// One item, which changes only when that item does.
    pub fn item(self, id: ItemId) -> Option<ArcRwSignal<ItemView>> {
        self.model.items.row(&id)
    }

    /// One commitment.
    pub fn commitment(self, id: ItemId) -> Option<ArcRwSignal<CommitmentView>> {
        self.model.commitments.row(&id)
    }

    /// One association's contribution.
    pub fn contribution(self, association: &AssociationId) -> Option<ArcRwSignal<ContributionView>> {
        self.model.contributions.row(association)
    }

    /// Rows that can be brought back, the latest first.
    pub fn removed(self) -> Signal<Vec<RemovedRow>> {
        self.model.removed.into()
    }

    /// The sum of the items against the sum of the contributions, with the amount that is being typed.
    pub fn balance(self) -> Memo<Balance> {
        self.model.balance
    }

    /// Tells which amount is being typed, so that the sums move with each key; none when the editor closes.
    pub fn set_draft(self, draft: Option<Draft>) {
        if self.model.draft.with_untracked(|shown| *shown != draft) {
            self.model.draft.set(draft);
        }
    }

    /// A row's amount as it stands in its open editor; as it is written where none is open.
    pub fn as_typed(self, row: &RowRef, written: Option<Money>) -> Option<Money> {
        self.model.draft.with(|draft| model::as_typed(draft.as_ref(), row, written))
    }

    /// Brings a removed row back, and says so.
    ///
    /// # Errors
    /// If the row is not in the plan.
    pub fn restore(self, row: RowRef) -> Result<(), CommandError> {
        self.workspace.edit(CountyCommand::Restore { row: row.clone() })?;
        let row = AnyRow::County(row);
        let is_gone = |kind: &NoticeKind| matches!(kind, NoticeKind::RowRemoved { row: gone, .. } if *gone == row);
        self.workspace.told_restored(is_gone, NoticeKind::RowRestored { row: row.clone() });
        Ok(())
    }
}
