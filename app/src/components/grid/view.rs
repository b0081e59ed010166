//! The table itself: a real one, with every row in the page, keyed by id. A cell is text until it is edited.

use super::column::{Column, ColumnKind};
use super::editor::CellEditor;
use super::menu::GridMenu;
use super::row_view::RowView;
use super::state::{Grid, PageRequest, row_key};
use crate::components::icon::{Icon, IconView};
use crate::document::{Field, RowKind, RowRef};
use crate::domain::money::Money;
use leptos::prelude::*;
use std::collections::HashMap;

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
        grid.rows
            .with(|rows| rows.iter().cloned().enumerate().map(|(index, row)| (row, index)).collect::<HashMap<_, _>>())
    });
    let headings: Vec<_> = grid.columns.iter().enumerate().map(|(index, column)| heading(index, *column)).collect();
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
                aria-colcount=(grid.columns.len() + 1).to_string()
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
                        {headings}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=move || grid.rows.get() key=|row| row_key(row) let:row>
                        <Row grid row places />
                    </For>
                </tbody>
                {sums.run()}
            </table>
            <GridMenu grid />
        </div>
    }
}

fn heading(index: usize, column: Column) -> impl IntoView {
    view! {
        <th role="columnheader" scope="col" class=column.class aria-colindex=(index + 2).to_string()>
            {column.heading}
        </th>
    }
}

#[component]
fn Row(grid: Grid, row: RowRef, places: Memo<HashMap<RowRef, usize>>) -> impl IntoView {
    let Some(view) = grid.view_of(&row) else { return ().into_any() };
    let index = {
        let row = row.clone();
        move || places.with(|places| places.get(&row).map(|index| (index + 2).to_string()))
    };
    let editing = {
        let row = row.clone();
        Memo::new(move |_| {
            grid.editing
                .with(|editing| editing.as_ref().filter(|editing| editing.row == row).map(|editing| editing.column))
        })
    };
    let cells: Vec<_> = (0..grid.columns.len()).map(|column| cell(grid, &row, &view, column, editing)).collect();
    view! {
        <tr role="row" data-row=row_key(&row) aria-rowindex=index>
            <Handle grid row=row.clone() view />
            {cells}
        </tr>
    }
    .into_any()
}

/// The number of the row, which opens the menu for it: for the mouse and for fingers. Keys have Shift+F10.
#[component]
fn Handle(grid: Grid, row: RowRef, view: RowView) -> impl IntoView {
    let verb = move || if grid.can_write() { "Ändra" } else { "Visa" };
    let label = move || format!("{} {}", verb(), view.short_label());
    let open = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        if let Some(index) = grid.index_of(&row) {
            grid.go_to(super::place::Place::new(index, grid.place().column));
            if grid.is_phone() {
                grid.ask.run(PageRequest::RowForm(row.clone()));
            } else {
                grid.open_menu_at(&event_target::<leptos::web_sys::Element>(&event));
            }
        }
    };
    view! {
        <td role="gridcell" class="handle" aria-colindex="1">
            <span class="row-number" aria-hidden="true"></span>
            <button type="button" class="needs-script" tabindex="-1" aria-haspopup="menu" aria-label=label on:click=open>
                <span class="row-open" aria-hidden="true">
                    {verb}
                </span>
            </button>
        </td>
    }
}

fn cell(grid: Grid, row: &RowRef, view: &RowView, index: usize, editing: Memo<Option<usize>>) -> AnyView {
    let column = grid.columns[index];
    let is_cursor =
        grid.cursor.with_untracked(|cursor| cursor.row.as_ref() == Some(row) && cursor.place.column == index);
    let tabindex = if is_cursor { "0" } else { "-1" };
    let is_editing = Memo::new(move |_| editing.get() == Some(index));
    let view = view.clone();
    let content = move || {
        if is_editing.get() { view! { <CellEditor grid /> }.into_any() } else { text(grid, column, view.clone()) }
    };
    let id = grid.cell_id(row, index);
    let position = (index + 2).to_string();
    let readonly = (!column.can_change()).then_some("true");
    if column.is_row_header {
        view! {
            <th
                role="rowheader"
                scope="row"
                id=id
                class=column.class
                tabindex=tabindex
                aria-colindex=position
                aria-readonly=readonly
                data-column=index.to_string()
                data-label=column.heading
            >
                {content}
            </th>
        }
        .into_any()
    } else {
        view! {
            <td
                role="gridcell"
                id=id
                class=column.class
                tabindex=tabindex
                aria-colindex=position
                aria-readonly=readonly
                data-column=index.to_string()
                data-label=column.heading
            >
                {content}
            </td>
        }
        .into_any()
    }
}

/// What a cell shows while it is not edited.
fn text(grid: Grid, column: Column, view: RowView) -> AnyView {
    match column.kind {
        ColumnKind::Text => {
            let decided = view.clone();
            view! {
                {move || words(view.text(column.field))}
                {(column.field == Field::What && grid.kind == RowKind::Item).then(|| decided_note(decided))}
            }
            .into_any()
        }
        ColumnKind::Name => view! { <span class="cell-text">{move || view.label()}</span> }.into_any(),
        ColumnKind::Amount => {
            let conflict = view.clone();
            view! {
                <span class="number">{move || shown(view.amount(), grid)}</span>
                {move || conflict.conflict().map(|_| conflict_mark())}
            }
            .into_any()
        }
        ColumnKind::Split => view! {
            <span class="cell-text">
                {move || Some(view.split_label()).filter(|label| !label.is_empty()).unwrap_or_else(|| "–".to_owned())}
            </span>
        }
        .into_any(),
        ColumnKind::Share => view! {
            <span class="number">
                {move || grid.workspace.balance().with(|balance| share(view.amount(), balance.contributions))}
            </span>
        }
        .into_any(),
    }
}

/// A text, or nothing at all where there is none.
fn words(text: String) -> Option<impl IntoView> {
    (!text.is_empty()).then(|| view! { <span class="cell-text">{text}</span> })
}

fn decided_note(view: RowView) -> impl IntoView {
    move || {
        Some(view.text(Field::Decided))
            .filter(|date| !date.is_empty())
            .map(|date| view! { <span class="cell-note">{format!("Beslutad {date}")}</span> })
    }
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

/// A part of a whole in percent with one decimal, rounded half up; a dash where there is nothing to share.
pub fn share(part: Option<Money>, whole: Money) -> String {
    let (Some(part), whole) = (part.map(Money::ore), whole.ore()) else { return "–".to_owned() };
    if whole <= 0 || part < 0 {
        return "–".to_owned();
    }
    let tenths = (i128::from(part) * 2000 + i128::from(whole)) / (i128::from(whole) * 2);
    format!("{},{}\u{a0}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_shown_with_one_decimal_and_nothing_is_shared_of_nothing() {
        let kronor = Money::from_kronor;
        assert_eq!(share(Some(kronor(125_000)), kronor(625_000)), "20,0\u{a0}%");
        assert_eq!(share(Some(kronor(1)), kronor(3)), "33,3\u{a0}%");
        assert_eq!(share(Some(kronor(2)), kronor(3)), "66,7\u{a0}%");
        assert_eq!(share(None, kronor(3)), "–");
        assert_eq!(share(Some(kronor(0)), Money::ZERO), "–");
    }
}
