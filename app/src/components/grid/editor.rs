//! The one input of a grid, made in the cell that is edited and gone afterwards.
//!
//! What stands in it belongs to the user: nothing that comes from outside replaces it.

use super::column::ColumnKind;
use super::state::{Editing, Grid};
use crate::components::icon::{Icon, IconView};
use crate::document::Field;
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::HtmlTextAreaElement;

/// What the editor is called: "Kostnad, Lösningsfokuserade ledtrådar, kronor".
fn label(grid: Grid, editing: &Editing) -> String {
    let column = grid.columns[editing.column];
    let row = grid.view_of(&editing.row).map(|view| untrack(|| view.short_label())).unwrap_or_default();
    match column.kind {
        ColumnKind::Amount => format!("{}, {row}, {}", column.heading, grid.unit.get_untracked().label()),
        // The row is named by this very column.
        _ if matches!(column.field, Field::What | Field::Text) => column.heading.to_owned(),
        _ => format!("{}, {row}", column.heading),
    }
}

/// The editor in a cell.
#[component]
pub fn CellEditor(
    /// The grid it belongs to.
    grid: Grid,
) -> impl IntoView {
    let Some(editing) = grid.editing.get_untracked() else { return ().into_any() };
    let label = label(grid, &editing);
    // What was typed already, if the row went away under the editor and came back.
    let initial = grid.typed.get_untracked();
    let is_amount = grid.columns[editing.column].kind == ColumnKind::Amount;
    let input = if is_amount {
        view! { <AmountInput grid label initial /> }.into_any()
    } else {
        view! { <TextInput grid label initial /> }.into_any()
    };
    view! {
        <span class="editor">
            {input}
            {move || {
                grid.refused
                    .get()
                    .map(|reason| {
                        view! {
                            <span class="editor-error error-text" id="cell-editor-error">
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

#[component]
fn AmountInput(grid: Grid, label: String, initial: String) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
            let end = input.value().encode_utf16().count() as u32;
            let _ = input.set_selection_range(end, end);
        }
    });
    view! {
        <input
            node_ref=input
            id="cell-editor"
            type="text"
            inputmode="decimal"
            autocomplete="off"
            aria-label=label
            aria-invalid=move || grid.refused.with(Option::is_some).then_some("true")
            aria-describedby=move || grid.refused.with(Option::is_some).then_some("cell-editor-error")
            prop:value=initial
            on:input=move |event| {
                grid.typed.set(event_target_value(&event));
                grid.refused.set(None);
                grid.follow_typing();
            }
        />
    }
}

#[component]
fn TextInput(grid: Grid, label: String, initial: String) -> impl IntoView {
    let input = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            grow(&input);
            let _ = input.focus();
            let end = input.value().encode_utf16().count() as u32;
            let _ = input.set_selection_range(end, end);
        }
    });
    view! {
        <textarea
            node_ref=input
            id="cell-editor"
            rows="1"
            aria-label=label
            aria-invalid=move || grid.refused.with(Option::is_some).then_some("true")
            aria-describedby=move || grid.refused.with(Option::is_some).then_some("cell-editor-error")
            prop:value=initial
            on:input=move |event| {
                grid.typed.set(event_target_value(&event));
                grid.refused.set(None);
                if let Some(input) = input.get_untracked() {
                    grow(&input);
                }
            }
        ></textarea>
    }
}

/// Makes a text editor as tall as its text, where the browser does not do so by itself.
pub fn grow(input: &HtmlTextAreaElement) {
    let style = leptos::web_sys::HtmlElement::style(input);
    // Setting a known property to a length cannot fail.
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", input.scroll_height()));
}
