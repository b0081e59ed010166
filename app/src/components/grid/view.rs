//! The table itself: a real one, with every row in the page, keyed by id. A cell is text until it is edited.

use super::cell::{Cell, short_label};
use super::column::{CellKind, Column, Columns};
use super::editor::CellEditor;
use super::menu::GridMenu;
use super::row::{Row, RowKey, RowRole};
use super::source::{GridRow, PageRequest};
use super::state::Grid;
use crate::components::icon::{Icon, IconView};
use crate::domain::money::Money;
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// A grid with its caption, its heading row and its sums.
#[component]
pub fn GridTable(
    /// What it shows.
    grid: Grid,
    /// What the table is, for its caption.
    caption: &'static str,
    /// Whether amounts stand in it, so that the caption names their unit.
    #[prop(optional)]
    has_amounts: bool,
    /// The rows of sums, if any: what goes into `<tfoot>`.
    #[prop(optional, into)]
    sums: ViewFn,
) -> impl IntoView {
    grid.start_painting();
    let places = Memo::new(move |_| {
        let place = |(index, row): (usize, &Row)| (row.key.clone(), index);
        grid.rows.with(|rows| rows.iter().enumerate().map(place).collect::<HashMap<_, _>>())
    });
    // Every row is made anew when the columns change, which is seldom: so its cells need not follow them.
    let edition = Memo::new(move |last: Option<&u32>| {
        grid.columns.track();
        last.map_or(0, |last| last + 1)
    });
    let rows = move || {
        let edition = edition.get();
        grid.rows.with(|rows| rows.iter().map(|row| (edition, row.clone())).collect::<Vec<_>>())
    };
    view! {
        <div class="sheet">
            <table
                node_ref=grid.table
                id=grid.id
                class=format!("grid {}", grid.id)
                role="grid"
                aria-multiselectable="true"
                aria-readonly=move || (!grid.can_write()).then_some("true")
                aria-rowcount=move || grid.rows.with(|rows| rows.len() + 1).to_string()
                aria-colcount=move || grid.columns.with(|columns| columns.len() + 1).to_string()
                on:keydown=move |event| grid.on_keydown(&event)
                on:mousedown=move |event| grid.on_mousedown(&event)
                on:mouseover=move |event| grid.on_mouseover(&event)
                on:click=move |event| grid.on_click(&event)
                on:dblclick=move |event| grid.on_dblclick(&event)
                on:contextmenu=move |event| grid.on_contextmenu(&event)
                on:focusin=move |event| grid.on_focusin(&event)
                on:focusout=move |event| grid.on_focusout(&event)
                on:copy=move |event| grid.on_copy(&event)
                on:cut=move |event| grid.on_cut(&event)
                on:paste=move |event| grid.on_paste(&event)
            >
                <caption>
                    <span class="visually-hidden">{caption}" "</span>
                    {has_amounts
                        .then(|| {
                            view! { <span class="unit">{move || format!("Belopp i {}.", grid.unit.get().label())}</span> }
                        })}
                </caption>
                <thead role="rowgroup">
                    <tr role="row" aria-rowindex="1">
                        <th role="columnheader" scope="col" class="handle" aria-colindex="1">
                            <span class="visually-hidden">"Rad"</span>
                        </th>
                        {move || grid.columns.with(headings)}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=rows key=|(edition, row)| (*edition, row.key.clone()) let((_, row))>
                        <RowView grid row places />
                    </For>
                </tbody>
                {sums.run()}
            </table>
            <GridMenu grid />
        </div>
    }
}

fn headings(columns: &Columns) -> Vec<AnyView> {
    let heading = |(index, column): (usize, &Column)| {
        view! {
            <th role="columnheader" scope="col" class=column.class aria-colindex=(index + 2).to_string()>
                {column.heading.clone()}
            </th>
        }
        .into_any()
    };
    columns.iter().enumerate().map(heading).collect()
}

#[component]
fn RowView(grid: Grid, row: Row, places: Memo<HashMap<RowKey, usize>>) -> impl IntoView {
    let Row { key, role } = row;
    let Some(content) = grid.row_of(&key) else { return ().into_any() };
    let index = {
        let key = key.clone();
        move || places.with(|places| places.get(&key).map(|index| (index + 2).to_string()))
    };
    let editing = grid.editing_in(&key);
    let columns = grid.columns.get_untracked();
    let cells: Vec<_> = (0..columns.len())
        .filter_map(|index| Cell::new(content.clone(), columns.clone(), index))
        .enumerate()
        .map(|(index, cell)| cell_view(grid, &key, cell, index, editing.clone()))
        .collect();
    // A heading that takes no rows has nothing to choose from.
    let handle = if role.is_computed() || role == (RowRole::Heading { open: false }) {
        view! { <td role="gridcell" class="handle" aria-colindex="1"></td> }.into_any()
    } else {
        view! { <Handle grid key=key.clone() content /> }.into_any()
    };
    view! {
        <tr role="row" class=role.class() data-row=key.to_string() aria-rowindex=index>
            {handle}
            {cells}
        </tr>
    }
    .into_any()
}

/// The number of the row, which opens the menu for it: for the mouse and for fingers. Keys have Shift+F10.
#[component]
fn Handle(grid: Grid, key: RowKey, content: Arc<dyn GridRow>) -> impl IntoView {
    let verb = move || if grid.can_write() { "Ändra" } else { "Visa" };
    let label = move || format!("{} {}", verb(), short_label(&*content));
    let icon = move || {
        let icon = if grid.can_write() { Icon::Edit } else { Icon::Forward };
        view! { <IconView icon /> }
    };
    let open = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        if !grid.leave_editor() {
            return;
        }
        if let Some(index) = grid.index_of(&key) {
            grid.go_to(super::place::Place::new(index, grid.place().column));
            if grid.is_phone() {
                grid.source().ask(PageRequest::RowForm(key.clone()));
            } else {
                grid.open_menu_at(&event_target::<leptos::web_sys::Element>(&event));
            }
        }
    };
    view! {
        <td role="gridcell" class="handle" aria-colindex="1">
            <span class="row-number" aria-hidden="true"></span>
            <button type="button" class="needs-script" tabindex="-1" aria-haspopup="menu" aria-label=label on:click=open>
                <span class="row-open">{icon}</span>
            </button>
        </td>
    }
}

fn cell_view(grid: Grid, key: &RowKey, cell: Cell, index: usize, editing: ArcRwSignal<Option<usize>>) -> AnyView {
    let is_cursor =
        grid.cursor.with_untracked(|cursor| cursor.row.as_ref() == Some(key) && cursor.place.column == index);
    let Column { class, is_row_header, ref heading, .. } = *cell.column();
    let attributes = view! {
        <{..}
            id=grid.cell_id(key, index)
            class=class
            tabindex=if is_cursor { "0" } else { "-1" }
            aria-colindex=(index + 2).to_string()
            aria-readonly=(!cell.kind().can_change()).then_some("true")
            data-column=index.to_string()
            data-label=heading.to_string()
        />
    };
    // What is worked out is worked out anew for all cells with each key, and differs in few: only those are drawn again.
    if cell.kind() == CellKind::Sum {
        let amount = Memo::new(move |_| cell.amount());
        return view! {
            <td role="gridcell" {..attributes}>
                <span class="number">{move || shown(amount.get(), grid)}</span>
            </td>
        }
        .into_any();
    }
    // One closure for all of a cell: with thousands of cells each more would be felt at the start. While the cell is
    // edited it does not follow the row, so that nothing touches the editor.
    let content = move || {
        if editing.get() == Some(index) { view! { <CellEditor grid /> }.into_any() } else { text(grid, &cell) }
    };
    if is_row_header {
        view! {
            <th role="rowheader" scope="row" {..attributes}>
                {content}
            </th>
        }
        .into_any()
    } else {
        view! {
            <td role="gridcell" {..attributes}>
                {content}
            </td>
        }
        .into_any()
    }
}

/// What a cell shows while it is not edited.
fn text(grid: Grid, cell: &Cell) -> AnyView {
    match cell.kind() {
        CellKind::Text => {
            let note = cell.column().has_notes.then(|| note(cell)).flatten();
            let name = cell.column().is_row_header.then(|| name(cell)).flatten();
            view! {
                {words(cell.text())}
                {name}
                {note}
            }
            .into_any()
        }
        CellKind::Name => view! { <span class="cell-text">{cell.text()}</span> }.into_any(),
        CellKind::Amount => view! {
            <span class="number">{shown(cell.amount(), grid)}</span>
            {cell.has_conflict().then(conflict_mark)}
        }
        .into_any(),
        CellKind::Choice => {
            let label = Some(cell.text()).filter(|label| !label.is_empty()).unwrap_or_else(|| "–".to_owned());
            view! {
                <span class="cell-text">{label}</span>
                {cell.has_conflict().then(conflict_mark)}
            }
            .into_any()
        }
        CellKind::Share => view! { <span class="number">{cell.text()}</span> }.into_any(),
        CellKind::Standing => view! { <span class="standing">{standing(cell)}</span> }.into_any(),
        // Sums have a view of their own: see `cell_view`.
        CellKind::Sum | CellKind::Nothing => ().into_any(),
    }
}

fn standing(cell: &Cell) -> impl IntoView {
    let icon = cell.icon().map(|icon| view! { <IconView icon /> });
    view! {
        {icon}
        <span class="cell-text">{cell.text()}</span>
    }
}

/// A text, or nothing at all where there is none.
fn words(text: String) -> Option<impl IntoView> {
    (!text.is_empty()).then(|| view! { <span class="cell-text">{text}</span> })
}

/// What a row without a name is called, in place of its name: for screen readers, and for the title of its card.
fn name(cell: &Cell) -> Option<impl IntoView> {
    cell.text().is_empty().then(|| view! { <span class="nameless">{cell.row.label()}</span> })
}

fn note(cell: &Cell) -> Option<impl IntoView> {
    cell.note().map(|note| view! { <span class="cell-note">{note}</span> })
}

fn conflict_mark() -> impl IntoView {
    view! {
        <a class="cell-mark" href="#konflikter" rel="external" tabindex="-1">
            <IconView icon=Icon::Warning />
            "Två belopp"
        </a>
    }
}

fn shown(amount: Option<Money>, grid: Grid) -> String {
    amount.map_or_else(|| "–".to_owned(), |amount| amount.format(grid.unit.get()))
}
