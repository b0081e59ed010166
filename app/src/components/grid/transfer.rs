//! Copying out of the grid and pasting into it.

use super::clipboard::{self, Block};
use super::column::ColumnKind;
use super::paste::{PastePlan, PasteRules, Write};
use super::place::Place;
use super::rows::id_of;
use super::state::{Grid, PageRequest};
use crate::document::CountyCommand;
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
        let unit = self.unit.get_untracked();
        let rules = PasteRules { extent: self.extent(), may_add_rows: self.has_free_rows() };
        let plan = PastePlan::new(block, selection, rules, |column, text| self.columns[column].accepts(text, unit));
        let done = self.run_batch("klistra in", self.commands_for(&plan));
        if !done {
            return;
        }
        let is_amount = |write: &&Write| self.columns[write.place.column].kind == ColumnKind::Amount;
        let summary = plan.summary(plan.writes.iter().filter(is_amount).count());
        self.announcer.say(summary.clone());
        self.ask.run(PageRequest::Message { text: summary, undo: !plan.writes.is_empty() });
        if let Some(area) = plan.area {
            self.cursor.set(self.cursor_at(area.from));
            self.corner.set(self.cursor_at(area.to));
        }
    }

    /// The rows that a paste adds, and then what it writes.
    fn commands_for(self, plan: &PastePlan) -> Vec<CountyCommand> {
        let rows = self.extent().rows;
        let unit = self.unit.get_untracked();
        let mut commands = Vec::new();
        let mut added = Vec::new();
        let mut after = rows.checked_sub(1).and_then(|last| self.row_at(last)).and_then(|row| id_of(&row));
        for _ in 0..plan.added_rows {
            let (row, command) = self.new_row_after(after);
            after = id_of(&row);
            added.push(row);
            commands.push(command);
        }
        for Write { place, text } in &plan.writes {
            let command = match place.row.checked_sub(rows).and_then(|index| added.get(index)) {
                Some(row) => self.columns[place.column].command_for_new(row, text, unit),
                None => self.command_at(*place, text),
            };
            commands.extend(command);
        }
        commands
    }
}
