//! An association's open plan: its content as signals, beside what every [`Workspace`] has.

pub mod drafts;
pub mod model;

pub use drafts::Draft;
pub use model::{Model, Rest};

use super::{NoticeKind, Screen, Workspace};
use crate::boot::{DocumentInfo, Person, SignedIn};
use crate::document::AnyRow;
use crate::document::plan::{
    BudgetRow, Header, IncomeView, LineView, OutcomeView, Plan, PlanCommand, RowRef, SectionView, VersionView,
};
use crate::document::{CommandError, plan::EquivalentView};
use crate::domain::{Budget, EquivalentId, IncomeId, LineId, OutcomeId, SectionId, Standing};
use leptos::prelude::*;
use std::ops::Deref;

/// One association's open plan. What is the same for every document is reached through it: see [`Workspace`].
#[derive(Clone, Copy)]
pub struct PlanWorkspace {
    workspace: Workspace,
    model: Model,
}

impl Deref for PlanWorkspace {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        &self.workspace
    }
}

impl PlanWorkspace {
    /// A workspace that shows `plan`. Call it while rendering, with the same content on both sides; in the browser
    /// the document itself takes over after hydration.
    pub fn from_boot(document: DocumentInfo, plan: &Plan, people: Vec<Person>, me: Option<SignedIn>) -> Self {
        let model = Model::new(plan);
        Self { workspace: Workspace::open(Screen::Plan(model), document, people, me), model }
    }

    /// Title, years and settings.
    pub fn header(self) -> Signal<Header> {
        self.model.header.into()
    }

    /// The sections in the order they are shown.
    pub fn sections(self) -> Signal<Vec<SectionId>> {
        self.model.sections.order()
    }

    /// The lines of all sections, each section's in the order they are shown.
    pub fn lines(self) -> Signal<Vec<(SectionId, LineId)>> {
        self.model.places.into()
    }

    /// The rows of income in the order they are shown.
    pub fn income(self) -> Signal<Vec<IncomeId>> {
        self.model.income.order()
    }

    /// The outcomes, the earliest first.
    pub fn outcomes(self) -> Signal<Vec<OutcomeId>> {
        self.model.outcomes.order()
    }

    /// The rows of full-year equivalents in the order they are shown.
    pub fn equivalents(self) -> Signal<Vec<EquivalentId>> {
        self.model.equivalents.order()
    }

    /// One section, which changes only when that section does.
    pub fn section(self, id: SectionId) -> Option<ArcRwSignal<SectionView>> {
        self.model.sections.row(&id)
    }

    /// One budget line.
    pub fn line(self, id: LineId) -> Option<ArcRwSignal<LineView>> {
        self.model.lines.row(&id)
    }

    /// One row of income.
    pub fn income_row(self, id: IncomeId) -> Option<ArcRwSignal<IncomeView>> {
        self.model.income.row(&id)
    }

    /// One outcome.
    pub fn outcome(self, id: OutcomeId) -> Option<ArcRwSignal<OutcomeView>> {
        self.model.outcomes.row(&id)
    }

    /// One row of full-year equivalents.
    pub fn equivalent(self, id: EquivalentId) -> Option<ArcRwSignal<EquivalentView>> {
        self.model.equivalents.row(&id)
    }

    /// Stated figures, accounts, versions and removed rows.
    pub fn rest(self) -> Signal<Rest> {
        self.model.rest.into()
    }

    /// Whether a version counts as what its status says, by the rights of whoever made it.
    pub fn standing(self, version: &VersionView) -> Standing {
        Standing::of(&version.version.status, version.by.and_then(|by| self.decides(by)))
    }

    /// The plan's figures as a budget, with the amount that is being typed: what sums, results and checks are worked
    /// out from. None where the document is not here yet.
    pub fn budget(self) -> Memo<Option<Budget>> {
        self.model.budget
    }

    /// The amount that is being typed, if one is.
    pub fn draft(self) -> Signal<Option<Draft>> {
        self.model.drafts.any.into()
    }

    /// The amount that is being typed in a row of the budget, or in what an outcome says of it. Only that row's views
    /// follow it.
    pub fn draft_in(self, row: BudgetRow) -> Option<Draft> {
        self.model.drafts.of(row)
    }

    /// Tells which amount is being typed, so that the sums move with each key; none when the editor closes.
    pub fn set_draft(self, draft: Option<Draft>) {
        self.model.drafts.set(draft);
    }

    /// Brings a removed row back, and says so.
    ///
    /// # Errors
    /// If the row is not in the plan.
    pub fn restore(self, row: RowRef) -> Result<(), CommandError> {
        self.workspace.edit(PlanCommand::Restore { row })?;
        let row = AnyRow::Plan(row);
        let is_gone = |kind: &NoticeKind| matches!(kind, NoticeKind::RowRemoved { row: gone, .. } if *gone == row);
        self.workspace.told_restored(is_gone, NoticeKind::RowRestored { row: row.clone() });
        Ok(())
    }
}
