//! What the grid does when asked: moving, selecting, opening and closing the editor, clearing and filling.

use super::column::ColumnKind;
use super::keys::{Action, EditMode};
use super::place::{Motion, Place};
use super::state::{Editing, Grid, PageRequest};
use crate::document::CountyCommand;
use crate::workspace::Draft;
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
            Action::ClearSelection => self.select(self.place(), self.place()),
            Action::SelectRow => {
                let row = self.place().row;
                self.select(Place::new(row, 0), Place::new(row, self.columns.len()));
            }
            Action::SelectColumn => {
                let column = self.place().column;
                self.select(Place::new(0, column), Place::new(usize::MAX, column));
            }
            Action::SelectAll => self.select(Place::default(), Place::new(usize::MAX, usize::MAX)),
            Action::Clear => self.clear(),
            Action::FillDown => self.fill_down(),
            Action::Undo => {
                self.ask.run(PageRequest::NoMessage);
                self.workspace.undo();
            }
            Action::Redo => {
                self.ask.run(PageRequest::NoMessage);
                self.workspace.redo();
            }
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
        let Some(row) = self.current_row() else { return };
        let Some(view) = self.view_of(&row) else { return };
        let column = self.current_column();
        if !self.may_write() || !self.commit(None) {
            return;
        }
        match column.kind {
            ColumnKind::Split if typed.is_none() => self.ask.run(PageRequest::Split(row)),
            ColumnKind::Text | ColumnKind::Amount => {
                let base = untrack(|| column.raw(&view, self.unit.get_untracked()));
                let initial = typed.unwrap_or_else(|| base.clone());
                self.refused.set(None);
                self.typed.set(initial);
                let column = self.place().column;
                self.editing.set(Some(Editing { row, column, mode, base }));
                self.follow_typing();
            }
            ColumnKind::Split | ColumnKind::Name | ColumnKind::Share => {}
        }
    }

    /// Whether the user may write; says so if not.
    pub fn may_write(self) -> bool {
        if !self.can_write() {
            self.announcer.say("Du kan läsa men inte ändra.");
        }
        self.can_write()
    }

    /// Lets the totals follow what is being typed.
    pub fn follow_typing(self) {
        let Some(editing) = self.editing.get_untracked() else { return };
        if self.columns[editing.column].kind != ColumnKind::Amount {
            return;
        }
        let typed = self.typed.get_untracked();
        let amount = crate::domain::money::Money::parse_optional(&typed, self.unit.get_untracked());
        self.workspace.set_draft(amount.ok().map(|amount| Draft { row: editing.row, amount }));
    }

    /// Keeps what was typed and closes the editor; true if there is none open afterwards. What cannot be read stays
    /// in the open editor, with the reason beside it, and the old value stays in the plan.
    pub fn commit(self, motion: Option<Motion>) -> bool {
        let Some(editing) = self.editing.get_untracked() else { return true };
        let typed = self.typed.get_untracked();
        let unit = self.unit.get_untracked();
        let unchanged = typed == editing.base;
        let command = match self.view_of(&editing.row) {
            Some(view) if !unchanged || untrack(|| view.conflict().is_some()) => {
                untrack(|| self.columns[editing.column].command(&editing.row, &view, &typed, Some(&editing.base), unit))
            }
            // Nothing was typed, or the row is gone and its notice offers to bring it back.
            _ => Ok(None),
        };
        let written = command.and_then(|command| match command {
            Some(command) => {
                self.ask.run(PageRequest::NoMessage);
                self.workspace.edit(command).map_err(|error| error.to_string())
            }
            None => Ok(()),
        });
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

    /// Closes the editor and forgets what was typed.
    pub fn discard(self) {
        self.close_editor();
        self.focus_cursor();
    }

    fn close_editor(self) {
        self.editing.set(None);
        self.refused.set(None);
        self.workspace.set_draft(None);
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
            (place.row != source).then(|| self.raw_at(Place::new(source, place.column)))
        });
    }

    /// What stands in a cell, as it is copied.
    pub fn raw_at(self, place: Place) -> String {
        let view = self.row_at(place.row).and_then(|row| self.view_of(&row));
        let unit = self.unit.get_untracked();
        view.map(|view| untrack(|| self.columns[place.column].raw(&view, unit))).unwrap_or_default()
    }

    /// Writes to the selected cells as one undo step; `text` gives what each takes, if anything.
    fn write_cells(self, label: &str, text: impl Fn(Place) -> Option<String>) {
        if !self.may_write() {
            return;
        }
        let Some(area) = self.selection() else { return };
        let commands: Vec<_> = area.places().filter_map(|place| self.command_at(place, &text(place)?)).collect();
        self.run_batch(label, commands);
    }

    /// The command that writes a text into a cell; none if it cannot or need not.
    pub fn command_at(self, place: Place, text: &str) -> Option<CountyCommand> {
        let row = self.row_at(place.row)?;
        let view = self.view_of(&row)?;
        let unit = self.unit.get_untracked();
        untrack(|| self.columns[place.column].command(&row, &view, text, None, unit)).ok().flatten()
    }

    /// Does several things as one undo step; true if they were done.
    pub fn run_batch(self, label: &str, mut commands: Vec<CountyCommand>) -> bool {
        let command = match commands.len() {
            0 => return true,
            1 => commands.swap_remove(0),
            _ => CountyCommand::Batch { commands, label: label.to_owned() },
        };
        self.run(command)
    }

    /// Does one thing; true if it was done. If not, the user is told why.
    pub fn run(self, command: CountyCommand) -> bool {
        self.ask.run(PageRequest::NoMessage);
        let done = self.workspace.edit(command);
        if let Err(error) = &done {
            self.announcer.interrupt(error.to_string());
            self.ask.run(PageRequest::Message { text: error.to_string(), undo: false });
        }
        done.is_ok()
    }
}
