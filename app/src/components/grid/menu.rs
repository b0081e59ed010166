//! The menu with every action of the grid, for those who use the mouse, a finger or Shift+F10.

use super::keys::Action;
use super::source::PageRequest;
use super::state::{Grid, MenuPoint};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use std::sync::Arc;

/// What an entry does.
#[derive(Clone)]
enum Choice {
    Act(Action),
    Copy,
    Cut,
    Paste,
    RowForm,
    History(Arc<str>),
    Row(Arc<dyn Fn() + Send + Sync>),
}

/// One entry: its words, its key if it has one, and what it does.
type Entry = (&'static str, &'static str, Choice);

fn entries(grid: Grid) -> Vec<Vec<Entry>> {
    let copy: Entry = ("Kopiera", "Ctrl+C", Choice::Copy);
    let told: Option<Entry> = history_of(grid).map(|column| ("Visa ändringar", "", Choice::History(column)));
    let (Some(current), true) = (grid.current_row(), untrack(|| grid.can_write())) else {
        return [copy].into_iter().chain(told).map(|entry| vec![entry]).collect();
    };
    let mut cell = vec![
        ("Redigera", "F2", Choice::Act(Action::Edit)),
        ("Klipp ut", "Ctrl+X", Choice::Cut),
        copy,
        ("Klistra in", "Ctrl+V", Choice::Paste),
        ("Töm", "Delete", Choice::Act(Action::Clear)),
        ("Fyll nedåt", "Ctrl+D", Choice::Act(Action::FillDown)),
    ];
    if !grid.cell_at(grid.place()).is_some_and(|cell| cell.kind().can_change()) {
        cell.retain(|(_, _, choice)| matches!(choice, Choice::Copy));
    }
    let mut row = Vec::new();
    if grid.role_of(&current).is_some_and(|role| !role.is_computed()) {
        row.push(("Öppna raden som formulär", "", Choice::RowForm));
    }
    let more = grid.source().row_actions(&current);
    let shortcut = |key: &Action| match key {
        Action::RemoveRow => "Ctrl+Delete",
        Action::RowUp => "Alt+↑",
        Action::RowDown => "Alt+↓",
        _ => "",
    };
    row.extend(more.into_iter().map(|action| match action.key {
        Some(key) => (action.label, shortcut(&key), Choice::Act(key)),
        None => (action.label, "", Choice::Row(action.run)),
    }));
    let place = grid.place().row;
    if grid.gap(place + 1).is_some() {
        row.push(("Lägg till rad under", "Ctrl+Enter", Choice::Act(Action::RowBelow)));
    }
    if grid.gap(place).is_some() {
        row.push(("Lägg till rad ovanför", "Ctrl+Skift+Enter", Choice::Act(Action::RowAbove)));
    }
    if grid.is_free(&current) {
        row.extend([
            ("Flytta raden uppåt", "Alt+↑", Choice::Act(Action::RowUp)),
            ("Flytta raden nedåt", "Alt+↓", Choice::Act(Action::RowDown)),
            ("Ta bort raden", "Ctrl+Delete", Choice::Act(Action::RemoveRow)),
        ]);
    }
    let mut history =
        vec![("Ångra", "Ctrl+Z", Choice::Act(Action::Undo)), ("Gör om", "Ctrl+Y", Choice::Act(Action::Redo))];
    history.extend(told);
    let mut groups = vec![cell, row, history];
    groups.retain(|group| !group.is_empty());
    groups
}

/// The column of the cell that the menu is about, if it can be told who changed that.
fn history_of(grid: Grid) -> Option<Arc<str>> {
    let (row, cell) = (grid.current_row()?, grid.cell_at(grid.place())?);
    let column = cell.column().key.clone();
    untrack(|| grid.source().has_history(&row, &column)).then_some(column)
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
        Choice::RowForm => {
            if let Some(row) = grid.current_row() {
                grid.source().ask(PageRequest::RowForm(row));
            }
        }
        Choice::History(column) => {
            if let Some(row) = grid.current_row() {
                grid.source().ask(PageRequest::History { row, column });
            }
        }
        Choice::Row(run) => run(),
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
