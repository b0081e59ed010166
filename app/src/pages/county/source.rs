//! The county plan behind its grids: what stands in their cells, and which commands the grids' edits become.

use super::row_view::{RowContent, RowView};
use crate::components::announce::Announcer;
use crate::components::document::{CellHistory, Message};
use crate::components::grid::rebase::rebase;
use crate::components::grid::row::RowKey;
use crate::components::grid::source::{CellDraft, GridEdit, GridRow, GridSource, PageRequest, RowAction};
use crate::components::grid::{CellKind, Column};
use crate::document::history::Cell;
use crate::document::{CountyCommand, Field, RowKind, RowRef};
use crate::domain::county::Horizon;
use crate::domain::ids::ItemId;
use crate::domain::money::{AmountUnit, Money};
use crate::workspace::{CellRef, CountyWorkspace, Draft, PersonHere};
use leptos::prelude::*;
use std::sync::Arc;

/// One table of the plan, as its grid sees it. Cheap to copy.
#[derive(Clone, Copy)]
pub struct CountySource {
    /// The plan.
    pub workspace: CountyWorkspace,
    /// Which table.
    pub kind: RowKind,
    /// Commitments: whether they are for three years.
    pub within_three_years: bool,
    /// The unit amounts are shown and typed in.
    pub unit: RwSignal<AmountUnit>,
    /// The message at the lower edge.
    pub message: RwSignal<Option<Message>>,
    /// The item whose split is open.
    pub split: RwSignal<Option<RowRef>>,
    /// The row whose form is open.
    pub form: RwSignal<Option<RowRef>>,
    /// The cell whose changes are shown.
    pub history: RwSignal<Option<CellHistory>>,
    /// Speaks to screen readers.
    pub announcer: Announcer,
}

impl CountySource {
    /// Does one thing; true if it was done. If not, the user is told why.
    pub fn run(self, command: CountyCommand) -> bool {
        self.message.set(None);
        let done = self.workspace.edit(command);
        if let Err(error) = &done {
            let text = error.to_string();
            self.announcer.interrupt(text.clone());
            self.message.set(Some(Message { text, undo: false }));
        }
        done.is_ok()
    }

    /// Moves a commitment over to the other horizon.
    pub fn change_horizon(self, row: RowRef) {
        let RowRef::Commitment(id) = row else { return };
        let Some(view) = self.workspace.commitment(id) else { return };
        let horizon = match view.read_untracked().commitment.horizon {
            Horizon::OneYear => Horizon::ThreeYears,
            _ => Horizon::OneYear,
        };
        let text = format!("Åtagandet är flyttat till {}.", horizon.label());
        if self.run(CountyCommand::SetHorizon { row, horizon }) {
            self.announcer.say(text.clone());
            self.message.set(Some(Message { text, undo: true }));
        }
    }

    fn show_history(self, row: &RowKey, column: &str) {
        let (Some(of), Some(field)) = (self.row_ref(row), field_of(column)) else { return };
        let name = self.row(row).map(|row| untrack(|| row.label())).unwrap_or_default();
        let title = format!("{name}, {}", field.label());
        self.history.set(Some(CellHistory { cell: Cell::County(of, field), title, more: None }));
    }

    /// For new commitments.
    fn horizon(self) -> Horizon {
        if self.within_three_years { Horizon::ThreeYears } else { Horizon::OneYear }
    }

    /// The row of a key.
    fn row_ref(self, key: &str) -> Option<RowRef> {
        match self.kind {
            RowKind::Item => key.parse().ok().map(RowRef::Item),
            RowKind::Commitment => key.parse().ok().map(RowRef::Commitment),
            RowKind::Contribution => key.parse().ok().map(RowRef::Contribution),
        }
    }

    /// The command for an edit; none if what it wants is so already.
    fn command(self, edit: GridEdit) -> Result<Option<CountyCommand>, String> {
        let found = |key: &RowKey| self.row_ref(key).ok_or_else(|| "Raden finns inte.".to_owned());
        let id = |key: Option<RowKey>| key.and_then(|key| self.row_ref(&key)).and_then(|row| id_of(&row));
        Ok(match edit {
            GridEdit::Write { row, column, text, base } => {
                let Some(field) = field_of(&column) else { return Ok(None) };
                let row = found(&row)?;
                let view = RowView::find(self.workspace, &row);
                untrack(|| write(row, field, view.as_ref(), &text, base.as_deref(), self.unit.get()))?
            }
            GridEdit::Add { row, after } => {
                let after = id(after);
                match found(&row)? {
                    RowRef::Item(id) => Some(CountyCommand::AddItem { id, after }),
                    RowRef::Commitment(id) => Some(CountyCommand::AddCommitment { id, horizon: self.horizon(), after }),
                    RowRef::Contribution(_) => None,
                }
            }
            GridEdit::Remove { row } => Some(CountyCommand::Remove { row: found(&row)? }),
            GridEdit::Move { row, after } => Some(CountyCommand::Move { row: found(&row)?, after: id(after) }),
        })
    }
}

impl GridSource for CountySource {
    fn row(&self, row: &RowKey) -> Option<Arc<dyn GridRow>> {
        let view = RowView::find(self.workspace, &self.row_ref(row)?)?;
        Some(Arc::new(RowContent { view, workspace: self.workspace }))
    }

    fn can_write(&self) -> bool {
        self.workspace.can_write()
    }

    fn new_row(&self) -> RowKey {
        RowKey::new(&self.workspace.new_item_id().to_string())
    }

    fn edit(&self, label: &str, edits: Vec<GridEdit>) -> Result<(), String> {
        let mut commands = Vec::with_capacity(edits.len());
        for edit in edits {
            commands.extend(self.command(edit)?);
        }
        let command = match commands.len() {
            0 => return Ok(()),
            1 => commands.swap_remove(0),
            _ => CountyCommand::Batch { commands, label: label.to_owned() },
        };
        self.message.set(None);
        self.workspace.edit(command).map_err(|error| error.to_string())
    }

    fn undo(&self) {
        self.message.set(None);
        self.workspace.undo();
    }

    fn redo(&self) {
        self.message.set(None);
        self.workspace.redo();
    }

    fn set_draft(&self, draft: Option<CellDraft>) {
        let draft = draft.and_then(|CellDraft { row, amount, .. }| Some(Draft { row: self.row_ref(&row)?, amount }));
        self.workspace.set_draft(draft);
    }

    fn presence(&self) -> Signal<Vec<PersonHere>> {
        self.workspace.presence()
    }

    fn set_my_cell(&self, cell: Option<CellRef>) {
        self.workspace.set_my_cell(cell);
    }

    fn ask(&self, request: PageRequest) {
        match request {
            PageRequest::Choose { row, .. } => self.split.set(self.row_ref(&row)),
            PageRequest::History { row, column } => self.show_history(&row, &column),
            PageRequest::RowForm(row) => self.form.set(self.row_ref(&row)),
            PageRequest::Message { text, undo } => self.message.set(Some(Message { text, undo })),
        }
    }

    /// The day a thing was decided has no column of its own.
    fn form_columns(&self, _row: &RowKey) -> Vec<Column> {
        let decided = || {
            Column::new(column_key(Field::Decided), Field::Decided.label(), CellKind::Text, "")
                .with_help("(Valfritt) Till exempel 2021-03-26.")
        };
        (self.kind == RowKind::Item).then(decided).into_iter().collect()
    }

    fn has_history(&self, row: &RowKey, column: &str) -> bool {
        self.row_ref(row).is_some() && field_of(column).is_some()
    }

    fn row_actions(&self, row: &RowKey) -> Vec<RowAction> {
        let (source, Some(row)) = (*self, self.row_ref(row)) else { return Vec::new() };
        let action = |label, run: Arc<dyn Fn() + Send + Sync>| vec![RowAction { label, key: None, run }];
        match (self.kind, self.within_three_years) {
            (RowKind::Item, _) => action("Fördela kostnaden", Arc::new(move || source.split.set(Some(row.clone())))),
            (RowKind::Commitment, false) => {
                action("Flytta till 3 års sikt", Arc::new(move || source.change_horizon(row.clone())))
            }
            (RowKind::Commitment, true) => {
                action("Flytta till 1 års sikt", Arc::new(move || source.change_horizon(row.clone())))
            }
            (RowKind::Contribution, _) => Vec::new(),
        }
    }
}

/// The command that puts `text` into a cell; none if it stands there already. `view` is what the row holds, if it is
/// in the plan yet; `base` is the text the editor was opened on, so that a colleague's words since then are kept.
///
/// # Errors
/// A Swedish sentence that says why the text was refused.
pub fn write(
    row: RowRef,
    field: Field,
    view: Option<&RowView>,
    text: &str,
    base: Option<&str>,
    unit: AmountUnit,
) -> Result<Option<CountyCommand>, String> {
    match field {
        Field::Cost | Field::Amount => {
            let amount = Money::parse_optional(text, unit).map_err(|error| error.to_string())?;
            if view.is_some_and(|view| view.conflict().is_some()) {
                return Ok(Some(CountyCommand::SettleConflict { row, amount }));
            }
            let present = view.and_then(RowView::amount);
            Ok((amount != present).then_some(CountyCommand::SetAmount { row, amount }))
        }
        Field::Decided => Ok(Some(CountyCommand::SetText { row, field, value: text.to_owned() })),
        _ if field.is_text() => {
            let present = view.map(|view| view.text(field)).unwrap_or_default();
            let text = text.replace("\r\n", "\n");
            let value = rebase(base.unwrap_or(&present), &text, &present);
            Ok((value != present).then_some(CountyCommand::SetText { row, field, value }))
        }
        _ => Ok(None),
    }
}

/// What a row is called in its grid.
pub fn key_of(row: &RowRef) -> RowKey {
    match row {
        RowRef::Item(id) | RowRef::Commitment(id) => RowKey::new(&id.to_string()),
        RowRef::Contribution(association) => RowKey::new(association.as_str()),
    }
}

/// The id of a row that users add.
fn id_of(row: &RowRef) -> Option<ItemId> {
    match row {
        RowRef::Item(id) | RowRef::Commitment(id) => Some(*id),
        RowRef::Contribution(_) => None,
    }
}

/// What a column is called in its grid, and among those who are here.
pub fn column_key(field: Field) -> &'static str {
    match field {
        Field::When => "When",
        Field::ForWhom => "ForWhom",
        Field::What => "What",
        Field::Theme => "Theme",
        Field::Comment => "Comment",
        Field::Cost => "Cost",
        Field::Split => "Split",
        Field::Decided => "Decided",
        Field::Text => "Text",
        Field::Horizon => "Horizon",
        Field::Amount => "Amount",
    }
}

/// The field of a column's key.
pub fn field_of(key: &str) -> Option<Field> {
    let kinds = [RowKind::Item, RowKind::Commitment, RowKind::Contribution];
    kinds.into_iter().flat_map(Field::of).copied().find(|field| column_key(*field) == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_key() {
        for field in [RowKind::Item, RowKind::Commitment, RowKind::Contribution].into_iter().flat_map(Field::of) {
            assert_eq!(field_of(column_key(*field)), Some(*field));
        }
    }

    #[test]
    fn an_empty_text_writes_nothing_into_a_new_row() {
        let row = RowRef::Item(ItemId::from_random([1; 16]));
        for field in [Field::Cost, Field::What] {
            assert_eq!(write(row.clone(), field, None, "", None, AmountUnit::Kronor), Ok(None));
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_with_a_reason() {
        let row = RowRef::Item(ItemId::from_random([1; 16]));
        assert!(write(row, Field::Cost, None, "många", None, AmountUnit::Kronor).is_err());
    }
}
