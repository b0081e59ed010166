//! Keeps the DOM in step with cursor and selection by touching only the cells concerned: a grid of thousands of
//! cells must not run a thousand closures for each arrow key. Also moves the focus.

use super::place::Place;
use super::state::Grid;
use crate::components::initials::{initials, person_class};
use crate::workspace::CellRef;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// What is marked in the DOM at present.
#[derive(Default)]
struct Painted {
    cursor: Option<String>,
    selected: Vec<String>,
}

impl Grid {
    /// Starts following cursor, selection and rows. Effects run in the browser alone.
    pub fn start_painting(self) {
        Effect::new(move |painted: Option<Painted>| {
            self.rows.track();
            self.columns.track();
            self.cursor.track();
            self.corner.track();
            let old = painted.unwrap_or_default();
            let new = self.to_paint();
            for id in &old.selected {
                if !new.selected.contains(id) {
                    mark(id, "aria-selected", None);
                }
            }
            for id in &new.selected {
                mark(id, "aria-selected", Some("true"));
            }
            if let Some(id) = old.cursor.as_ref().filter(|_| old.cursor != new.cursor) {
                mark(id, "tabindex", Some("-1"));
            }
            if let Some(id) = &new.cursor {
                mark(id, "tabindex", Some("0"));
            }
            new
        });
        self.keep_focus_when_rows_move();
        self.tell_where_i_am();
        self.show_where_others_are();
        self.show_what_was_not_read();
    }

    fn to_paint(self) -> Painted {
        let id_at = |place: Place| self.row_at(place.row).map(|row| self.cell_id(&row, place.column));
        let selected = match self.selection().filter(|area| area.is_range()) {
            Some(area) => area.places().filter_map(id_at).collect(),
            None => Vec::new(),
        };
        Painted { cursor: id_at(self.place()), selected }
    }

    /// A row that changes places takes its node out of the page for a moment, and with it the focus. A change from
    /// outside never moves the focus, so it is given back.
    fn keep_focus_when_rows_move(self) {
        Effect::new(move |_| {
            self.rows.track();
            self.columns.track();
            if !self.has_focus.get_untracked() {
                return;
            }
            self.rows_moved.set_value(true);
            request_animation_frame(move || {
                self.rows_moved.set_value(false);
                let lost =
                    document().active_element().is_none_or(|element| element.tag_name().eq_ignore_ascii_case("body"));
                if lost && self.has_focus.get_untracked() && !self.focus_editor() {
                    self.focus_cursor();
                }
            });
        });
    }

    fn tell_where_i_am(self) {
        Effect::new(move |_| {
            let cell = self.has_focus.get().then(|| self.cursor.get()).and_then(|cursor| {
                let place = self.locate(&cursor);
                let row = self.row_at(place.row)?;
                let field = self.columns.with(|columns| columns.get(place.column).map(|it| it.key.to_string()))?;
                Some(CellRef { row: row.to_string(), field })
            });
            self.source().set_my_cell(cell);
        });
    }

    /// Outlines the cells that others are in, with their initials; who that is stands in words above the tables.
    fn show_where_others_are(self) {
        Effect::new(move |shown: Option<Vec<(String, String)>>| {
            self.rows.track();
            for (id, class) in shown.unwrap_or_default() {
                if let Some(cell) = element(&id) {
                    let _ = cell.class_list().remove_2("has-person", &class);
                    let _ = cell.remove_attribute("data-person");
                }
            }
            let columns = self.columns.get();
            self.source().presence().with(|people| {
                people
                    .iter()
                    .filter_map(|person| {
                        let cell = person.cell.as_ref()?;
                        let column =
                            columns.iter().position(|column| column.kind.can_change() && *column.key == *cell.field)?;
                        let id = format!("{}-{}-{column}", self.id, cell.row);
                        let class = person_class(person.color_index);
                        let element = element(&id)?;
                        let _ = element.class_list().add_2("has-person", &class);
                        let _ = element.set_attribute("data-person", &initials(&person.name));
                        Some((id, class))
                    })
                    .collect()
            })
        });
    }

    /// Marks the cells that a paste left alone.
    fn show_what_was_not_read(self) {
        Effect::new(move |shown: Option<Vec<String>>| {
            self.rows.track();
            self.columns.track();
            let ids: Vec<_> =
                self.not_read.with(|cells| cells.iter().map(|(row, column)| self.cell_id(row, *column)).collect());
            for id in shown.iter().flatten().filter(|id| !ids.contains(id)) {
                mark(id, "aria-invalid", None);
            }
            for id in &ids {
                mark(id, "aria-invalid", Some("true"));
            }
            ids
        });
    }

    /// The open editor's element. There is none while the row that is edited is gone from the page.
    pub fn editor_element(self) -> Option<HtmlElement> {
        self.editing.with_untracked(Option::is_some).then(|| element(&self.editor_id())).flatten()
    }

    /// Puts the focus into the open editor; false if there is none to see.
    pub fn focus_editor(self) -> bool {
        let editor = self.editor_element();
        if let Some(editor) = &editor {
            focus(editor);
        }
        editor.is_some()
    }

    /// Puts the focus on the cell of the cursor.
    pub fn focus_cursor(self) {
        let place = self.place();
        if let Some(cell) = self.row_at(place.row).and_then(|row| element(&self.cell_id(&row, place.column))) {
            focus(&cell);
        }
    }

    /// Puts the focus there once the page has been brought up to date: for rows that have just come.
    ///
    /// Whoever types on before that frame has opened the editor there already, and keeps the focus in it.
    pub fn focus_cursor_soon(self) {
        request_animation_frame(move || {
            if !self.focus_editor() {
                self.focus_cursor();
            }
        });
    }

    /// Brings a cell into sight without moving the focus.
    pub fn reveal(self, place: Place) {
        if let Some(cell) = self.row_at(place.row).and_then(|row| element(&self.cell_id(&row, place.column))) {
            let options = leptos::web_sys::ScrollIntoViewOptions::new();
            options.set_block(leptos::web_sys::ScrollLogicalPosition::Nearest);
            options.set_inline(leptos::web_sys::ScrollLogicalPosition::Nearest);
            cell.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }
}

fn mark(id: &str, attribute: &str, value: Option<&str>) {
    let Some(cell) = element(id) else { return };
    // Neither can fail: the names are valid attribute names.
    let _ = match value {
        Some(value) => cell.set_attribute(attribute, value),
        None => cell.remove_attribute(attribute),
    };
}

/// The element of an id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Puts the focus on an element.
pub fn focus(element: &HtmlElement) {
    // Fails only for what is not in the page, and then there is nothing to focus.
    let _ = element.focus();
}
