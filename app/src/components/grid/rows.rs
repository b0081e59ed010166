//! Adding, removing and moving rows.

use super::place::Place;
use super::state::{Grid, PageRequest};
use crate::document::{CountyCommand, RowRef};
use crate::domain::county::Horizon;
use crate::domain::ids::ItemId;
use leptos::prelude::*;

impl Grid {
    /// Adds an empty row below the cursor's row or above it, and goes there.
    pub fn add_row(self, below: bool) {
        let index = self.place().row;
        let index = if below && self.extent().rows > 0 { index + 1 } else { index };
        self.add_row_at(index);
    }

    /// Adds an empty row last, and goes there.
    pub fn add_row_last(self) {
        self.add_row_at(self.extent().rows);
    }

    fn add_row_at(self, index: usize) {
        if !self.has_free_rows() || !self.may_write() || !self.commit(None) {
            return;
        }
        let (row, command) = self.new_row(index);
        if self.run(command) {
            let place = Place::new(index, 0);
            let cursor = super::state::Cursor { row: Some(row), place };
            self.corner.set(cursor.clone());
            self.cursor.set(cursor);
            self.focus_cursor_soon();
            self.announcer.say(format!("Ny rad, plats {} av {}", index + 1, self.extent().rows));
        }
    }

    /// A new row for a place, and the command that adds it.
    pub fn new_row(self, index: usize) -> (RowRef, CountyCommand) {
        let after = index.checked_sub(1).and_then(|above| self.row_at(above)).and_then(|row| id_of(&row));
        self.new_row_after(after)
    }

    /// A new row that comes after another, or first.
    pub fn new_row_after(self, after: Option<ItemId>) -> (RowRef, CountyCommand) {
        let id = self.workspace.new_item_id();
        match self.horizon.get_value() {
            None => (RowRef::Item(id), CountyCommand::AddItem { id, after }),
            Some(horizon) => (RowRef::Commitment(id), CountyCommand::AddCommitment { id, horizon, after }),
        }
    }

    /// Removes the cursor's row. It can be brought back, so nothing is asked first.
    pub fn remove_row(self) {
        if let Some(row) = self.current_row() {
            self.remove(row);
        }
    }

    /// Removes a row.
    pub fn remove(self, row: RowRef) {
        if !self.has_free_rows() || !self.may_write() {
            return;
        }
        let place = self.place();
        if self.run(CountyCommand::Remove { row }) {
            let last = self.extent().rows.saturating_sub(1);
            let cursor = self.cursor_at(Place::new(place.row.min(last), place.column));
            self.corner.set(cursor.clone());
            self.cursor.set(cursor);
            self.ask.run(PageRequest::Message { text: "Raden är borttagen.".to_owned(), undo: true });
            self.announcer.say("Raden är borttagen.");
            if self.has_focus.get_untracked() {
                self.focus_cursor_soon();
            }
        }
    }

    /// Moves the cursor's row one place.
    pub fn move_row(self, up: bool) {
        if let Some(row) = self.current_row() {
            self.shift(row, up);
        }
    }

    /// Moves a row one place up or down and says where it is now.
    pub fn shift(self, row: RowRef, up: bool) {
        if !self.has_free_rows() || !self.may_write() {
            return;
        }
        let Some(index) = self.index_of(&row) else { return };
        let count = self.extent().rows;
        let at_edge = if up { index == 0 } else { index + 1 >= count };
        let name = self.view_of(&row).map(|view| untrack(|| view.short_label())).unwrap_or_default();
        if at_edge {
            let edge = if up { "först" } else { "sist" };
            self.announcer.say(format!("{name} ligger redan {edge}"));
            return;
        }
        let (target, after) = if up {
            (index - 1, index.checked_sub(2).and_then(|above| self.row_at(above)))
        } else {
            (index + 1, self.row_at(index + 1))
        };
        let after = after.and_then(|row| id_of(&row));
        if self.run(CountyCommand::Move { row, after }) {
            self.announcer.say(format!("{name} flyttad till plats {} av {count}", target + 1));
            if self.has_focus.get_untracked() {
                self.focus_cursor_soon();
            }
        }
    }

    /// Moves a commitment over to the other horizon.
    pub fn change_horizon(self, row: RowRef) {
        let horizon = match self.horizon.get_value() {
            Some(Horizon::OneYear) => Horizon::ThreeYears,
            _ => Horizon::OneYear,
        };
        let text = format!("Åtagandet är flyttat till {}.", horizon.label());
        if self.may_write() && self.run(CountyCommand::SetHorizon { row, horizon }) {
            self.announcer.say(text.clone());
            self.ask.run(PageRequest::Message { text, undo: true });
        }
    }
}

/// The id of a row that users add.
pub fn id_of(row: &RowRef) -> Option<ItemId> {
    match row {
        RowRef::Item(id) | RowRef::Commitment(id) => Some(*id),
        RowRef::Contribution(_) => None,
    }
}
