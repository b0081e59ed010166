//! The menu with every action of the grid, for those who use the mouse, a finger or Shift+F10.

use super::column::ColumnKind;
use super::keys::Action;
use super::state::{Grid, MenuPoint, PageRequest};
use crate::document::RowKind;
use crate::domain::county::Horizon;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// What an entry does.
#[derive(Clone, Debug)]
enum Choice {
    Act(Action),
    Copy,
    Cut,
    Paste,
    RowForm,
    Split,
    Horizon,
}

/// One entry: its words, its key if it has one, and what it does.
type Entry = (String, &'static str, Choice);

fn entries(grid: Grid) -> Vec<Vec<Entry>> {
    let entry = |label: &str, key, choice| (label.to_owned(), key, choice);
    let copy = entry("Kopiera", "Ctrl+C", Choice::Copy);
    if !grid.can_write() {
        return vec![vec![copy]];
    }
    let mut cell = vec![
        entry("Redigera", "F2", Choice::Act(Action::Edit)),
        entry("Klipp ut", "Ctrl+X", Choice::Cut),
        copy,
        entry("Klistra in", "Ctrl+V", Choice::Paste),
        entry("Töm", "Delete", Choice::Act(Action::Clear)),
        entry("Fyll nedåt", "Ctrl+D", Choice::Act(Action::FillDown)),
    ];
    if matches!(grid.current_column().kind, ColumnKind::Name | ColumnKind::Share) {
        cell.retain(|(_, _, choice)| matches!(choice, Choice::Copy));
    }
    let mut row = vec![entry("Öppna raden som formulär", "", Choice::RowForm)];
    match (grid.kind, grid.horizon.get_value()) {
        (RowKind::Item, _) => row.push(entry("Fördela kostnaden", "", Choice::Split)),
        (RowKind::Commitment, Some(Horizon::OneYear)) => {
            row.push(entry("Flytta till 3 års sikt", "", Choice::Horizon));
        }
        (RowKind::Commitment, _) => row.push(entry("Flytta till 1 års sikt", "", Choice::Horizon)),
        (RowKind::Contribution, _) => {}
    }
    if grid.has_free_rows() {
        row.extend([
            entry("Lägg till rad under", "Ctrl+Enter", Choice::Act(Action::RowBelow)),
            entry("Lägg till rad ovanför", "Ctrl+Skift+Enter", Choice::Act(Action::RowAbove)),
            entry("Flytta raden uppåt", "Alt+↑", Choice::Act(Action::RowUp)),
            entry("Flytta raden nedåt", "Alt+↓", Choice::Act(Action::RowDown)),
            entry("Ta bort raden", "Ctrl+Delete", Choice::Act(Action::RemoveRow)),
        ]);
    }
    let history =
        vec![entry("Ångra", "Ctrl+Z", Choice::Act(Action::Undo)), entry("Gör om", "Ctrl+Y", Choice::Act(Action::Redo))];
    vec![cell, row, history]
}

/// Closes the menu, gives the focus back to the cell, and does what was chosen.
fn choose(grid: Grid, choice: Choice) {
    grid.menu.set(None);
    grid.focus_cursor();
    match choice {
        Choice::Act(action) => grid.act(action),
        Choice::Copy => super::menu_clipboard::copy(grid),
        Choice::Cut => {
            super::menu_clipboard::copy(grid);
            grid.clear();
        }
        Choice::Paste => super::menu_clipboard::paste(grid),
        Choice::RowForm => ask_about_row(grid, PageRequest::RowForm),
        Choice::Split => ask_about_row(grid, PageRequest::Split),
        Choice::Horizon => {
            if let Some(row) = grid.current_row() {
                grid.change_horizon(row);
            }
        }
    }
}

fn ask_about_row(grid: Grid, request: fn(crate::document::RowRef) -> PageRequest) {
    if let Some(row) = grid.current_row() {
        grid.ask.run(request(row));
    }
}

/// The menu, where it is open.
#[component]
pub fn GridMenu(
    /// The grid it belongs to.
    grid: Grid,
) -> impl IntoView {
    move || grid.menu.get().map(|point| view! { <OpenMenu grid point /> })
}

#[component]
fn OpenMenu(grid: Grid, point: MenuPoint) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(menu) = menu.get() {
            put_at(&menu, point);
            step(&menu, |_, _| 0);
        }
    });
    let on_keydown = move |event: leptos::ev::KeyboardEvent| {
        let Some(menu) = menu.get_untracked() else { return };
        match event.key().as_str() {
            "ArrowDown" => step(&menu, |now, count| (now + 1) % count),
            "ArrowUp" => step(&menu, |now, count| (now + count - 1) % count),
            "Home" => step(&menu, |_, _| 0),
            "End" => step(&menu, |_, count| count - 1),
            "Escape" | "Tab" => {
                grid.menu.set(None);
                grid.focus_cursor();
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let on_focusout = move |event: leptos::ev::FocusEvent| {
        let next = event.related_target().and_then(|target| target.dyn_into::<leptos::web_sys::Node>().ok());
        if !menu.get_untracked().is_some_and(|menu| menu.contains(next.as_ref())) {
            grid.menu.set(None);
        }
    };
    let groups: Vec<_> = entries(grid)
        .into_iter()
        .map(|group| {
            let items: Vec<_> = group
                .into_iter()
                .map(|(label, key, choice)| {
                    view! {
                        <button
                            type="button"
                            role="menuitem"
                            tabindex="-1"
                            on:click=move |_| choose(grid, choice.clone())
                        >
                            <span>{label}</span>
                            <kbd aria-hidden="true">{key}</kbd>
                        </button>
                    }
                })
                .collect();
            view! {
                <div role="group" class="menu-group">
                    {items}
                </div>
            }
        })
        .collect();
    view! {
        <div
            node_ref=menu
            class="menu"
            role="menu"
            aria-label="Åtgärder"
            on:keydown=on_keydown
            on:focusout=on_focusout
        >
            {groups}
        </div>
    }
}

/// Puts the menu at a point of the window, and inside of it.
fn put_at(menu: &HtmlElement, point: MenuPoint) {
    let size = |value: Result<leptos::wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or_default() as i32
    };
    let left = point.left.min(size(window().inner_width()) - menu.offset_width() - 8).max(8);
    let top = point.top.min(size(window().inner_height()) - menu.offset_height() - 8).max(8);
    let style = menu.style();
    // Setting a known property to a length cannot fail.
    let _ = style.set_property("left", &format!("{left}px"));
    let _ = style.set_property("top", &format!("{top}px"));
}

/// Moves the focus to another entry; `to` gets the index of the present one and how many there are.
fn step(menu: &HtmlElement, to: impl Fn(usize, usize) -> usize) {
    let Ok(items) = menu.query_selector_all("[role=menuitem]") else { return };
    let item = |index: u32| items.item(index).and_then(|node| node.dyn_into::<HtmlElement>().ok());
    let active = document().active_element();
    let now = (0..items.length())
        .find(|index| item(*index).is_some_and(|item| Some(&**item) == active.as_deref()))
        .unwrap_or_default() as usize;
    if let Some(item) = item(to(now, items.length().max(1) as usize) as u32) {
        super::paint::focus(&item);
    }
}
