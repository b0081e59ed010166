//! Adding, removing and moving rows.

use super::keys::Action;
use super::place::Place;
use super::row::{self, RowKey, RowRole};
use super::source::{GridEdit, PageRequest};
use super::state::{Cursor, Grid};
use leptos::prelude::*;

impl Grid {
    /// The part that a row plays.
    pub fn role_of(self, row: &RowKey) -> Option<RowRole> {
        self.rows.with_untracked(|rows| rows.iter().find(|other| other.key == *row).map(|row| row.role))
    }

    /// Whether users remove a row and move it.
    pub fn is_free(self, row: &RowKey) -> bool {
        self.role_of(row) == Some(RowRole::Line)
    }

    /// Where a new row goes that is wanted at an index; nothing if users add none there.
    pub fn gap(self, wanted: usize) -> Option<usize> {
        self.rows.with_untracked(|rows| row::gap(rows, wanted, self.open))
    }

    /// The row above a gap.
    pub fn above(self, gap: usize) -> Option<RowKey> {
        gap.checked_sub(1).and_then(|above| self.row_at(above))
    }

    /// Adds an empty row below the cursor's row or above it, and goes there.
    pub fn add_row(self, below: bool) {
        let index = self.place().row;
        self.add_row_at(if below && self.extent().rows > 0 { index + 1 } else { index });
    }

    /// Adds an empty row last, and goes there.
    pub fn add_row_last(self) {
        self.add_row_at(self.extent().rows);
    }

    /// Adds an empty row last in the section of a heading, and goes there.
    pub fn add_row_in(self, heading: &RowKey) {
        let Some(start) = self.index_of(heading) else { return };
        let is_heading = |row: &row::Row| matches!(row.role, RowRole::Heading { .. });
        let end = self.rows.with_untracked(|rows| {
            rows[start + 1..].iter().position(is_heading).map_or(rows.len(), |next| start + 1 + next)
        });
        self.add_row_at(end);
    }

    fn add_row_at(self, wanted: usize) {
        let Some(gap) = self.gap(wanted) else { return };
        if !self.may_write() || !self.leave_editor() {
            return;
        }
        let row = self.source().new_row();
        if self.run("lägg till rad", vec![GridEdit::Add { row: row.clone(), after: self.above(gap) }]) {
            let (place, count) =
                self.rows.with_untracked(|rows| row::place_among(rows, gap.min(rows.len().saturating_sub(1))));
            let cursor = Cursor { row: Some(row), place: Place::new(gap, 0) };
            self.corner.set(cursor.clone());
            self.cursor.set(cursor);
            self.focus_cursor_soon();
            self.announcer.say(format!("Ny rad, plats {place} av {count}"));
        }
    }

    /// Removes the cursor's row. It can be brought back, so nothing is asked first.
    pub fn remove_row(self) {
        if let Some(row) = self.current_row()
            && !self.act_on_row(&row, Action::RemoveRow)
        {
            self.remove(row);
        }
    }

    /// Does what the menu offers for the row by this key; false where it offers nothing by it.
    fn act_on_row(self, row: &RowKey, key: Action) -> bool {
        let offered = self.source().row_actions(row).into_iter().find(|action| action.key.as_ref() == Some(&key));
        let Some(action) = offered.filter(|_| self.may_write()) else { return false };
        let place = self.place();
        (action.run)();
        if self.index_of(row).is_none() {
            let last = self.extent().rows.saturating_sub(1);
            let cursor = self.cursor_at(Place::new(place.row.min(last), place.column));
            self.corner.set(cursor.clone());
            self.cursor.set(cursor);
        }
        if self.has_focus.get_untracked() {
            self.focus_cursor_soon();
        }
        true
    }

    /// Removes a row.
    pub fn remove(self, row: RowKey) {
        if !self.is_free(&row) || !self.may_write() {
            return;
        }
        let place = self.place();
        if self.run("ta bort rad", vec![GridEdit::Remove { row }]) {
            let last = self.extent().rows.saturating_sub(1);
            let cursor = self.cursor_at(Place::new(place.row.min(last), place.column));
            self.corner.set(cursor.clone());
            self.cursor.set(cursor);
            self.source().ask(PageRequest::Message { text: "Raden är borttagen.".to_owned(), undo: true });
            self.announcer.say("Raden är borttagen.");
            if self.has_focus.get_untracked() {
                self.focus_cursor_soon();
            }
        }
    }

    /// Moves the cursor's row one place.
    pub fn move_row(self, up: bool) {
        let key = if up { Action::RowUp } else { Action::RowDown };
        if let Some(row) = self.current_row()
            && !self.act_on_row(&row, key)
        {
            self.shift(row, up);
        }
    }

    /// Moves a row one place up or down and says where it is now.
    pub fn shift(self, row: RowKey, up: bool) {
        if !self.is_free(&row) || !self.may_write() {
            return;
        }
        let Some(index) = self.index_of(&row) else { return };
        let name = self.name_of(&row);
        let Some(gap) = self.rows.with_untracked(|rows| self.source().step(rows, index, up)) else {
            let edge = if up { "först" } else { "sist" };
            self.announcer.say(format!("{name} ligger redan {edge}"));
            return;
        };
        let old = self.section_of(index);
        if self.run("flytta rad", vec![GridEdit::Move { row: row.clone(), after: self.above(gap) }]) {
            if let Some(index) = self.index_of(&row) {
                let (place, count) = self.rows.with_untracked(|rows| row::place_among(rows, index));
                let section = self.section_of(index).filter(|section| old.as_ref() != Some(section));
                let section = section.map(|section| format!(" i {}", self.name_of(&section))).unwrap_or_default();
                self.announcer.say(format!("{name} flyttad till plats {place} av {count}{section}"));
            }
            if self.has_focus.get_untracked() {
                self.focus_cursor_soon();
            }
        }
    }

    /// The heading of the section in which a row stands.
    fn section_of(self, index: usize) -> Option<RowKey> {
        self.rows.with_untracked(|rows| row::heading_of(rows, index).map(|heading| rows[heading].key.clone()))
    }
}
