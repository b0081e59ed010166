//! Turns the DOM's events into what the grid does. One listener of each kind stands on the table.

use super::keys::{self, EditMode, EditorAction, KeyPress};
use super::paint::element;
use super::place::Place;
use super::source::PageRequest;
use super::state::{Grid, MenuPoint};
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, EventTarget, HtmlTextAreaElement, Node};

/// Below this width rows are cards, and a tap opens the form of a row.
const PHONE: &str = "(max-width: 39.99em)";

impl Grid {
    /// A key was pressed in a cell or in the editor.
    pub fn on_keydown(self, event: &ev::KeyboardEvent) {
        let key = event.key();
        let press = key_press(event, &key);
        // While an editor is open every key is its own, wherever the focus was: none may reach the cells behind it. But one
        // whose row a colleague has removed waits, unseen, for the row to come back: then keys are the grid's.
        let mode = self.editing.with_untracked(|editing| editing.as_ref().map(|editing| editing.mode));
        if let Some(mode) = mode.filter(|_| self.editor_element().is_some()) {
            if !in_editor(event.target()) {
                self.focus_editor();
            }
            if let Some(action) = keys::editing(press, mode) {
                event.prevent_default();
                self.act_in_editor(action);
            }
            // Escape here is about the cell, not about a dialog around it; undo is the input's own.
            event.stop_propagation();
        } else if self.place_of(event.target()).is_some()
            && let Some(action) = keys::moving(press)
        {
            // The key that starts a composition goes on: to the editor, which has the focus by then.
            if action != keys::Action::Compose {
                event.prevent_default();
            }
            event.stop_propagation();
            self.act(action);
        }
    }

    fn act_in_editor(self, action: EditorAction) {
        match action {
            EditorAction::Commit(motion) => {
                if self.commit(motion) && motion.is_none() {
                    self.focus_cursor();
                }
            }
            EditorAction::Discard => self.discard(),
            EditorAction::LineBreak => self.break_line(),
        }
    }

    fn break_line(self) {
        let Some(editor) = self.editor_element().and_then(|editor| editor.dyn_into::<HtmlTextAreaElement>().ok())
        else {
            return;
        };
        let start = editor.selection_start().ok().flatten().unwrap_or_default();
        let end = editor.selection_end().ok().flatten().unwrap_or(start);
        // Replacing a stretch that the element itself gave cannot fail.
        let _ = editor.set_range_text_with_start_and_end("\n", start, end);
        let _ = editor.set_selection_range(start + 1, start + 1);
        self.typed.set(editor.value());
        super::editor::grow(&editor);
    }

    /// A mouse button went down, or a finger.
    pub fn on_mousedown(self, event: &ev::MouseEvent) {
        if in_editor(event.target()) {
            // The reason beside the input is no way out of it.
            if !is_input(event.target()) {
                event.prevent_default();
                self.focus_editor();
            }
            return;
        }
        let Some(place) = self.place_of(event.target()).filter(|_| event.button() == 0) else { return };
        if !self.leave_editor() {
            event.prevent_default();
            return;
        }
        if event.shift_key() {
            event.prevent_default();
            self.extend_to(place);
            return;
        }
        self.dragging.set_value(true);
        let cursor = self.cursor_at(place);
        self.corner.set(cursor.clone());
        self.cursor.set(cursor);
    }

    /// The mouse came over another cell.
    pub fn on_mouseover(self, event: &ev::MouseEvent) {
        if !self.dragging.get_value() {
            return;
        }
        if event.buttons() & 1 == 0 {
            self.dragging.set_value(false);
            return;
        }
        if let Some(place) = self.place_of(event.target()) {
            let corner = self.cursor_at(place);
            if self.corner.with_untracked(|old| *old != corner) {
                self.corner.set(corner);
            }
        }
    }

    /// A double click opens the editor.
    pub fn on_dblclick(self, event: &ev::MouseEvent) {
        if in_editor(event.target()) {
            return;
        }
        if let Some(place) = self.place_of(event.target()) {
            self.go_to(place);
            self.edit(EditMode::Revise, None);
        }
    }

    /// On a phone a tap opens the form of the row.
    pub fn on_click(self, event: &ev::MouseEvent) {
        self.dragging.set_value(false);
        let Some(place) = self.place_of(event.target()) else { return };
        let Some(row) = self.row_at(place.row).filter(|_| self.is_phone() && !in_editor(event.target())) else {
            return;
        };
        if self.role_of(&row).is_some_and(|role| !role.is_computed()) {
            self.source().ask(PageRequest::RowForm(row));
        }
    }

    /// Whether the window is so narrow that rows are cards.
    pub fn is_phone(self) -> bool {
        window().match_media(PHONE).ok().flatten().is_some_and(|query| query.matches())
    }

    /// The menu was asked for with the mouse, or by a long press.
    pub fn on_contextmenu(self, event: &ev::MouseEvent) {
        if in_editor(event.target()) {
            return;
        }
        let Some(place) = self.place_of(event.target()) else { return };
        event.prevent_default();
        if !self.leave_editor() {
            return;
        }
        if !self.selection().is_some_and(|area| area.contains(place)) {
            self.go_to(place);
        }
        self.menu.set(Some(MenuPoint { left: event.client_x(), top: event.client_y() }));
    }

    /// Opens the menu at the cursor's cell.
    pub fn open_menu_at_cursor(self) {
        let place = self.place();
        let Some(row) = self.row_at(place.row) else { return };
        if let Some(cell) = element(&self.cell_id(&row, place.column)) {
            self.open_menu_at(&cell);
        }
    }

    /// Opens the menu under an element.
    pub fn open_menu_at(self, element: &Element) {
        let edge = element.get_bounding_client_rect();
        // Whole pixels are near enough for a menu.
        self.menu.set(Some(MenuPoint { left: edge.left() as i32, top: edge.bottom() as i32 }));
    }

    /// The focus came into the grid, or went from cell to cell.
    pub fn on_focusin(self, event: &ev::FocusEvent) {
        if !self.has_focus.get_untracked() {
            self.has_focus.set(true);
        }
        if in_editor(event.target()) {
            return;
        }
        // Back from elsewhere, while an editor waits to be corrected.
        if self.editor_element().is_some() && !self.leave_editor() {
            return;
        }
        if let Some(place) = self.place_of(event.target()).filter(|place| *place != self.place()) {
            let cursor = self.cursor_at(place);
            self.corner.set(cursor.clone());
            self.cursor.set(cursor);
        }
    }

    /// The focus left a cell or the editor. What was typed is kept; what cannot be read stays open.
    pub fn on_focusout(self, event: &ev::FocusEvent) {
        let inside = move |target: Option<EventTarget>| {
            let node = target.and_then(|target| target.dyn_into::<Node>().ok());
            self.table.get_untracked().is_some_and(|table| table.contains(node.as_ref()))
        };
        if event.related_target().is_some() && inside(event.related_target()) {
            return;
        }
        // Wait until it is known where the focus went: a row that changes places loses it for a moment, and a window
        // in the background keeps it.
        set_timeout(
            move || {
                let active = document().active_element();
                let nowhere = active.as_ref().is_none_or(|element| element.tag_name().eq_ignore_ascii_case("body"));
                let still_inside = inside(active.map(Into::into));
                if still_inside || (nowhere && self.rows_moved.get_value()) {
                    return;
                }
                self.has_focus.set(false);
                self.commit(None);
            },
            std::time::Duration::ZERO,
        );
    }

    /// Copies; in the editor that is the input's own affair.
    pub fn on_copy(self, event: &ev::ClipboardEvent) {
        if let Some(data) = self.clipboard_of(event) {
            self.copy(&data);
        }
    }

    /// Copies and clears.
    pub fn on_cut(self, event: &ev::ClipboardEvent) {
        if let Some(data) = self.clipboard_of(event) {
            self.copy(&data);
            self.clear();
        }
    }

    /// Pastes.
    pub fn on_paste(self, event: &ev::ClipboardEvent) {
        if let Some(data) = self.clipboard_of(event) {
            self.paste(&data);
        }
    }

    fn clipboard_of(self, event: &ev::ClipboardEvent) -> Option<leptos::web_sys::DataTransfer> {
        if self.editing.with_untracked(Option::is_some) {
            return None;
        }
        event.prevent_default();
        event.clipboard_data()
    }

    /// The cell in which something happened.
    fn place_of(self, target: Option<EventTarget>) -> Option<Place> {
        let element = target?.dyn_into::<Element>().ok()?;
        let cell = element.closest("[data-column]").ok().flatten()?;
        let column = cell.get_attribute("data-column")?.parse().ok()?;
        let key = cell.closest("[data-row]").ok().flatten()?.get_attribute("data-row")?;
        Some(Place::new(self.index_of(&key)?, column))
    }
}

/// What `event` says of a key, whose name is `key`.
pub fn key_press<'a>(event: &ev::KeyboardEvent, key: &'a str) -> KeyPress<'a> {
    KeyPress {
        key,
        control: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
        composing: event.is_composing(),
    }
}

fn in_editor(target: Option<EventTarget>) -> bool {
    is_within(target, ".editor")
}

fn is_input(target: Option<EventTarget>) -> bool {
    is_within(target, "input, textarea")
}

fn is_within(target: Option<EventTarget>, selector: &str) -> bool {
    target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest(selector).ok().flatten())
        .is_some()
}
