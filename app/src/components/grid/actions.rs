//! What the grid does when asked: moving, selecting, opening and closing the editor, clearing and filling.

use super::cell::short_label;
use super::column::CellKind;
use super::keys::{Action, EditMode};
use super::place::{Motion, Place};
use super::row::RowKey;
use super::source::{CellDraft, GridEdit, PageRequest};
use super::state::{Editing, Grid};
use crate::domain::money::Money;
use leptos::prelude::*;

/// How many rows PageUp and PageDown take.
const PAGE: usize = 10;

impl Grid {
    /// Carries out what a key, the menu or a button asked for.
    pub fn act(self, action: Action) {
        match action {
            Action::Move(motion) => self.move_cursor(motion),
            Action::Extend(motion) => self.extend(motion),
            Action::Edit => self.edit(EditMode::Revise, None),
            Action::Replace(text) => self.edit(EditMode::Replace, Some(text)),
            Action::Compose => self.edit(EditMode::Compose, None),
            Action::ClearSelection => self.select(self.place(), self.place()),
            Action::SelectRow => {
                let row = self.place().row;
                self.select(Place::new(row, 0), Place::new(row, usize::MAX));
            }
            Action::SelectColumn => {
                let column = self.place().column;
                self.select(Place::new(0, column), Place::new(usize::MAX, column));
            }
            Action::SelectAll => self.select(Place::default(), Place::new(usize::MAX, usize::MAX)),
            Action::Clear => self.clear(),
            Action::FillDown => self.fill_down(),
            Action::Undo => {
                self.not_read.set(Vec::new());
                self.source().undo();
            }
            Action::Redo => self.source().redo(),
            Action::RowBelow => self.add_row(true),
            Action::RowAbove => self.add_row(false),
            Action::RemoveRow => self.remove_row(),
            Action::RowUp => self.move_row(true),
            Action::RowDown => self.move_row(false),
            Action::Menu => self.open_menu_at_cursor(),
        }
    }

    /// Puts the cursor in a cell, with nothing else selected, and the focus on it.
    pub fn go_to(self, place: Place) {
        let cursor = self.cursor_at(place);
        self.corner.set(cursor.clone());
        self.cursor.set(cursor);
        self.focus_cursor();
    }

    fn move_cursor(self, motion: Motion) {
        self.go_to(motion.from(self.place(), self.extent(), PAGE));
    }

    fn extend(self, motion: Motion) {
        let corner = self.corner.with_untracked(|corner| self.locate(corner));
        self.extend_to(motion.from(corner, self.extent(), PAGE));
    }

    /// Moves the free corner of the selection.
    pub fn extend_to(self, place: Place) {
        let corner = self.cursor_at(place);
        self.reveal(corner.place);
        self.corner.set(corner);
        self.tell_selection();
    }

    fn select(self, from: Place, to: Place) {
        self.cursor.set(self.cursor_at(from));
        self.corner.set(self.cursor_at(to));
        self.focus_cursor();
        self.tell_selection();
    }

    fn tell_selection(self) {
        if let Some(area) = self.selection().filter(|area| area.is_range()) {
            let rows = if area.rows() == 1 { "rad" } else { "rader" };
            let columns = if area.columns() == 1 { "kolumn" } else { "kolumner" };
            self.announcer.say(format!("{} {rows} och {} {columns} markerade", area.rows(), area.columns()));
        }
    }

    /// Opens the editor in the cell of the cursor, on its old value or on what was typed over it.
    pub fn edit(self, mode: EditMode, typed: Option<String>) {
        let place = self.place();
        let Some(row) = self.row_at(place.row) else { return };
        let Some(cell) = self.cell_of(&row, place.column) else { return };
        if !self.may_write() || !self.leave_editor() || !self.close_other_editor() {
            return;
        }
        match cell.kind() {
            CellKind::Choice if mode == EditMode::Revise => {
                self.source().ask(PageRequest::Choose { row, column: cell.column().key.clone() });
            }
            CellKind::Text | CellKind::Amount => {
                let base = untrack(|| cell.raw(self.unit.get()));
                let initial = typed.unwrap_or_else(|| base.clone());
                self.refused.set(None);
                self.typed.set(initial);
                self.set_editing(Some(Editing { row, column: self.place().column, mode, base }));
                self.follow_typing();
            }
            CellKind::Choice
            | CellKind::Name
            | CellKind::Sum
            | CellKind::Share
            | CellKind::Standing
            | CellKind::Nothing => {}
        }
    }

    /// Whether the user may write; says so if not.
    pub fn may_write(self) -> bool {
        let may = untrack(|| self.can_write());
        if !may {
            self.announcer.say("Du kan läsa men inte ändra.");
        }
        may
    }

    /// Lets the totals follow what is being typed.
    pub fn follow_typing(self) {
        let Some(Editing { row, column, .. }) = self.editing.get_untracked() else { return };
        let Some(cell) = self.cell_of(&row, column).filter(|cell| cell.kind() == CellKind::Amount) else { return };
        let amount = self.typed.with_untracked(|typed| Money::parse_optional(typed, self.unit.get_untracked()));
        let column = cell.column().key.clone();
        self.source().set_draft(amount.ok().map(|amount| CellDraft { row, column, amount }));
    }

    /// Keeps what was typed and closes the editor; true if there is none open afterwards. What cannot be read stays
    /// in the open editor, with the reason beside it, and the old value stays in the document.
    pub fn commit(self, motion: Option<Motion>) -> bool {
        let Some(Editing { row, column, base, .. }) = self.editing.get_untracked() else { return true };
        let text = self.typed.get_untracked();
        let written = match self.cell_of(&row, column) {
            Some(cell) if text != base || untrack(|| cell.has_conflict()) => {
                let column = cell.column().key.clone();
                self.write(vec![GridEdit::Write { row, column, text, base: Some(base) }], "ändra")
            }
            // Nothing was typed, or the row is gone and its notice offers to bring it back.
            _ => Ok(()),
        };
        if let Err(reason) = written {
            self.announcer.interrupt(reason.clone());
            self.refused.set(Some(reason));
            return false;
        }
        self.close_editor();
        if let Some(motion) = motion {
            self.move_cursor(motion);
        }
        true
    }

    /// Keeps what was typed, as [`commit`](Self::commit) does. What cannot be read takes the user back to the editor.
    pub fn leave_editor(self) -> bool {
        let is_closed = self.commit(None);
        if !is_closed {
            self.focus_editor();
        }
        is_closed
    }

    /// As [`leave_editor`](Self::leave_editor), for the editor of another grid on the page: there is one at a time.
    fn close_other_editor(self) -> bool {
        self.open_editor.get().filter(|other| other.id != self.id).is_none_or(Self::leave_editor)
    }

    /// Closes the editor and forgets what was typed.
    pub fn discard(self) {
        self.close_editor();
        self.focus_cursor();
    }

    fn close_editor(self) {
        self.set_editing(None);
        self.refused.set(None);
        self.source().set_draft(None);
    }

    /// Empties every selected cell that one can type into.
    pub fn clear(self) {
        self.write_cells("töm celler", |_| Some(String::new()));
    }

    fn fill_down(self) {
        let Some(area) = self.selection() else { return };
        // One row alone is filled from the row above it.
        let source = if area.rows() > 1 { area.from.row } else { area.from.row.saturating_sub(1) };
        self.write_cells("fyll nedåt", |place| {
            let from = Place::new(source, place.column);
            let has_content = |cell: &super::cell::Cell| cell.kind() != CellKind::Nothing;
            (place.row != source && self.cell_at(from).as_ref().is_some_and(has_content)).then(|| self.raw_at(from))
        });
    }

    /// What stands in a cell, as it is copied.
    pub fn raw_at(self, place: Place) -> String {
        self.cell_at(place).map(|cell| untrack(|| cell.raw(self.unit.get()))).unwrap_or_default()
    }

    /// Writes to the selected cells as one undo step; `text` gives what each takes, if anything.
    fn write_cells(self, label: &str, text: impl Fn(Place) -> Option<String>) {
        if !self.may_write() {
            return;
        }
        let Some(area) = self.selection() else { return };
        let edits: Vec<_> = area.places().filter_map(|place| self.write_at(place, text(place)?)).collect();
        self.run(label, edits);
    }

    /// The edit that writes a text into a cell; none if the cell cannot take it.
    pub fn write_at(self, place: Place, text: String) -> Option<GridEdit> {
        let row = self.row_at(place.row)?;
        let cell = self.cell_of(&row, place.column)?;
        let column = cell.column().key.clone();
        cell.kind().accepts(&text, self.unit.get_untracked()).then_some(GridEdit::Write {
            row,
            column,
            text,
            base: None,
        })
    }

    /// Does several things as one undo step; true if they were done. If not, the user is told why.
    pub fn run(self, label: &str, edits: Vec<GridEdit>) -> bool {
        edits.is_empty() || self.report(self.write(edits, label))
    }

    /// Does several things as one undo step. What a paste could not read is no longer marked where something is
    /// written.
    fn write(self, edits: Vec<GridEdit>, label: &str) -> Result<(), String> {
        if self.not_read.with_untracked(|cells| !cells.is_empty()) {
            let columns = self.columns.get_untracked();
            let writes = |edit: &GridEdit, at: &(RowKey, usize)| match edit {
                GridEdit::Write { row, column, .. } => {
                    *row == at.0 && columns.get(at.1).is_some_and(|it| it.key == *column)
                }
                _ => false,
            };
            self.not_read.update(|cells| cells.retain(|at| !edits.iter().any(|edit| writes(edit, at))));
        }
        self.source().edit(label, edits)
    }

    /// Tells the user why something was refused; true if it was done.
    pub fn report(self, done: Result<(), String>) -> bool {
        match done {
            Ok(()) => true,
            Err(text) => {
                self.announcer.interrupt(text.clone());
                self.source().ask(PageRequest::Message { text, undo: false });
                false
            }
        }
    }

    /// What a row is called, short enough to be spoken.
    pub fn name_of(self, row: &RowKey) -> String {
        self.row_of(row).map(|row| untrack(|| short_label(&*row))).unwrap_or_default()
    }
}
