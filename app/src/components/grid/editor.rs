//! The one input of a grid, made in the cell that is edited and gone afterwards.
//!
//! What stands in it belongs to the user: nothing that comes from outside replaces it.

use super::column::CellKind;
use super::keys::EditMode;
use super::state::{Editing, Grid};
use crate::components::icon::{Icon, IconView};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// What the editor is called: "Kostnad, Lösningsfokuserade ledtrådar, kronor".
fn label(grid: Grid, editing: &Editing, is_amount: bool) -> String {
    let column = grid.columns.with_untracked(|columns| columns.get(editing.column).cloned());
    let Some(column) = column else { return String::new() };
    if is_amount {
        let unit = grid.unit.get_untracked().label();
        format!("{}, {}, {unit}", column.heading, grid.name_of(&editing.row))
    } else if column.is_row_header {
        // The row is named by this very column.
        column.heading.to_string()
    } else {
        format!("{}, {}", column.heading, grid.name_of(&editing.row))
    }
}

/// The editor in a cell.
#[component]
pub fn CellEditor(
    /// The grid it belongs to.
    grid: Grid,
) -> impl IntoView {
    let Some(editing) = grid.editing.get_untracked() else { return ().into_any() };
    let kind = grid.cell_of(&editing.row, editing.column).map(|cell| cell.kind());
    let is_amount = kind == Some(CellKind::Amount);
    let label = label(grid, &editing, is_amount);
    // What was typed already, if the row went away under the editor and came back.
    let typed = grid.typed.get_untracked();
    let is_to_come = editing.mode == EditMode::Compose && typed == editing.base;
    let initial = if is_to_come { String::new() } else { typed };
    view! {
        <span class="editor">
            <Input grid label initial is_amount />
            {move || {
                grid.refused
                    .get()
                    .map(|reason| {
                        view! {
                            <span class="editor-error error-text" id=grid.reason_id()>
                                <IconView icon=Icon::Error />
                                <span>{reason}</span>
                            </span>
                        }
                    })
            }}
        </span>
    }
    .into_any()
}

/// The input itself: one line for an amount, as many as it takes for a text.
#[component]
fn Input(grid: Grid, label: String, initial: String, is_amount: bool) -> impl IntoView {
    let invalid = move || grid.refused.with(Option::is_some).then_some("true");
    let described = move || grid.refused.with(Option::is_some).then(|| grid.reason_id());
    let typed = move |value: String| {
        grid.typed.set(value);
        grid.refused.set(None);
        grid.follow_typing();
    };
    if is_amount {
        let input = NodeRef::<html::Input>::new();
        Effect::new(move |_| {
            if let Some(input) = input.get() {
                start_in(&input);
            }
        });
        view! {
            <input
                node_ref=input
                id=grid.editor_id()
                type="text"
                inputmode="decimal"
                autocomplete="off"
                aria-label=label
                aria-invalid=invalid
                aria-describedby=described
                prop:value=initial
                on:input=move |event| typed(event_target_value(&event))
            />
        }
        .into_any()
    } else {
        let input = NodeRef::<html::Textarea>::new();
        Effect::new(move |_| {
            if let Some(input) = input.get() {
                grow(&input);
                start_in(&input);
            }
        });
        view! {
            <textarea
                node_ref=input
                id=grid.editor_id()
                rows="1"
                aria-label=label
                aria-invalid=invalid
                aria-describedby=described
                prop:value=initial
                on:input=move |event| {
                    typed(event_target_value(&event));
                    grow(&event_target::<HtmlTextAreaElement>(&event));
                }
            ></textarea>
        }
        .into_any()
    }
}

/// Puts the focus into a new editor, with the caret last.
fn start_in(editor: &leptos::web_sys::HtmlElement) {
    super::paint::focus(editor);
    // Neither fails: both kinds of input hold text.
    if let Some(input) = editor.dyn_ref::<HtmlInputElement>() {
        let end = length(&input.value());
        let _ = input.set_selection_range(end, end);
    } else if let Some(input) = editor.dyn_ref::<HtmlTextAreaElement>() {
        let end = length(&input.value());
        let _ = input.set_selection_range(end, end);
    }
}

/// The length of a text as the DOM counts it.
fn length(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

/// Makes a text editor as tall as its text, where the browser does not do so by itself: measuring lays out the page.
pub fn grow(input: &HtmlTextAreaElement) {
    if leptos::web_sys::css::supports("field-sizing: content").unwrap_or_default() {
        return;
    }
    let style = leptos::web_sys::HtmlElement::style(input);
    // Setting a known property to a length cannot fail.
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", input.scroll_height()));
}
