//! Copying out of the grid and pasting into it.

use super::clipboard::{self, Block};
use super::column::CellKind;
use super::paste::{Fit, PastePlan, PasteRules, Write};
use super::place::Place;
use super::row::{Row, RowRole};
use super::source::{GridEdit, PageRequest};
use super::state::Grid;
use leptos::prelude::*;
use leptos::web_sys::DataTransfer;

impl Grid {
    /// What is selected, as it is copied.
    pub fn selected_block(self) -> Block {
        let Some(area) = self.selection() else { return Block::new() };
        (area.from.row..=area.to.row)
            .map(|row| (area.from.column..=area.to.column).map(|column| self.raw_at(Place::new(row, column))).collect())
            .collect()
    }

    /// Copies what is selected, as text and as html.
    pub fn copy(self, data: &DataTransfer) {
        let block = self.selected_block();
        // Fails only outside of a clipboard event.
        let _ = data.set_data("text/plain", &clipboard::write_text(&block));
        let _ = data.set_data("text/html", &clipboard::write_html(&block));
        self.announcer.say(match block.iter().map(Vec::len).sum::<usize>() {
            1 => "Kopierat".to_owned(),
            cells => format!("{cells} celler kopierade"),
        });
    }

    /// Pastes from the clipboard: text first, since Excel's html holds `####` for narrow columns.
    pub fn paste(self, data: &DataTransfer) {
        let text = data.get_data("text/plain").unwrap_or_default();
        let html = || data.get_data("text/html").ok().and_then(|html| clipboard::read_html(&html));
        let block = if text.is_empty() { html().unwrap_or_default() } else { clipboard::read_text(&text) };
        self.paste_block(&block);
    }

    /// Pastes text: from the menu, where there is no clipboard event.
    pub fn paste_text(self, text: &str) {
        self.paste_block(&clipboard::read_text(text));
    }

    fn paste_block(self, block: &Block) {
        if !self.may_write() {
            return;
        }
        let selection = match self.selection() {
            Some(area) => area,
            // An empty table takes a paste too.
            None => super::place::Area::between(Place::default(), Place::default()),
        };
        let rows = self.extent().rows;
        let rules = PasteRules { extent: self.extent(), may_add_rows: self.gap(rows) == Some(rows) };
        let plan = PastePlan::new(block, selection, rules, |place, text| self.fit(place, text));
        if !self.run("klistra in", self.edits_for(&plan)) {
            return;
        }
        let is_amount = |write: &&Write| self.kind_at(write.place) == Some(CellKind::Amount);
        let summary = plan.summary(plan.writes.iter().filter(is_amount).count(), |place| self.name_at(place));
        self.announcer.say(summary.clone());
        self.source().ask(PageRequest::Message { text: summary, undo: !plan.writes.is_empty() });
        self.mark_not_read(&plan);
        if let Some(area) = plan.area {
            self.cursor.set(self.cursor_at(area.from));
            self.corner.set(self.cursor_at(area.to));
        }
    }

    /// Marks what could not be read, once rows that the paste added are on the page.
    fn mark_not_read(self, plan: &PastePlan) {
        let cell = |write: &Write| Some((self.row_at(write.place.row)?, write.place.column));
        let cells: Vec<_> = plan.refused.iter().filter_map(cell).collect();
        request_animation_frame(move || self.not_read.set(cells));
    }

    /// Where a cell is, as one looks for it: by the number in front of its row and the heading of its column.
    fn name_at(self, place: Place) -> String {
        let is_numbered = |row: &&Row| matches!(row.role, RowRole::Line | RowRole::Fixed);
        let number = self.rows.with_untracked(|rows| {
            // Rows past the last are those that the paste has just added.
            let above = rows.iter().take(place.row).filter(is_numbered).count();
            above + place.row.saturating_sub(rows.len()) + 1
        });
        let heading = self.columns.with_untracked(|columns| columns.get(place.column).map(|it| it.heading.clone()));
        format!("rad\u{a0}{number} {}", heading.unwrap_or_default())
    }

    /// What stands at a place, or would if there were a row.
    fn kind_at(self, place: Place) -> Option<CellKind> {
        match self.cell_at(place) {
            Some(cell) => Some(cell.kind()),
            None => self.columns.with_untracked(|columns| columns.get(place.column).map(|column| column.kind)),
        }
    }

    fn fit(self, place: Place, text: &str) -> Fit {
        let role = self.rows.with_untracked(|rows| rows.get(place.row).map(|row| row.role));
        match self.kind_at(place) {
            Some(kind) if kind.accepts(text, self.unit.get_untracked()) => Fit::Taken,
            _ if role.is_some_and(|role| !matches!(role, RowRole::Line | RowRole::Fixed)) => Fit::Locked,
            _ => Fit::Refused,
        }
    }

    /// The rows that a paste adds, and then what it writes.
    fn edits_for(self, plan: &PastePlan) -> Vec<GridEdit> {
        let rows = self.extent().rows;
        let mut edits = Vec::new();
        let mut added = Vec::new();
        let mut after = self.above(rows);
        for _ in 0..plan.added_rows {
            let row = self.source().new_row();
            edits.push(GridEdit::Add { row: row.clone(), after: after.replace(row.clone()) });
            added.push(row);
        }
        for Write { place, text } in &plan.writes {
            match place.row.checked_sub(rows).and_then(|index| added.get(index)) {
                // A new row is empty as it is.
                Some(_) if text.is_empty() => {}
                Some(row) => {
                    let key = self.columns.with_untracked(|columns| columns.get(place.column).map(|it| it.key.clone()));
                    let (row, text) = (row.clone(), text.clone());
                    edits.extend(key.map(|column| GridEdit::Write { row, column, text, base: None }));
                }
                None => edits.extend(self.write_at(*place, text.clone())),
            }
        }
        edits
    }
}
