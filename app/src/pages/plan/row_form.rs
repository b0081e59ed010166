//! The form for one row: how a phone edits.

use super::desk::Desk;
use crate::components::dialog::Dialog;
use crate::components::grid::cell::{Cell, short_label};
use crate::components::grid::row::RowKey;
use crate::components::grid::source::{CellDraft, GridEdit};
use crate::components::grid::{CellKind, Grid};
use crate::components::icon::{Icon, IconView};
use crate::domain::money::Money;
use leptos::prelude::*;

/// The form of the row that was asked for, as a dialog.
#[component]
pub fn RowFormDialog(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    move || {
        let (grid, row) = desk.form.get()?;
        let grid = desk.grid(grid);
        grid.row_of(&row)?;
        Some(view! { <RowForm desk grid row /> })
    }
}

#[component]
fn RowForm(desk: Desk, grid: Grid, row: RowKey) -> impl IntoView {
    let title = untrack(|| grid.row_of(&row).map(|row| short_label(&*row)).unwrap_or_default());
    let close = Callback::new(move |()| desk.form.set(None));
    let can_write = desk.may_write();
    let count = grid.extent().columns;
    let cells = (0..count).filter_map(|index| grid.cell_of(&row, index).map(|cell| (index, cell)));
    let typed = cells.filter(|(_, cell)| cell.kind().is_typed());
    let fields: Vec<_> =
        typed.map(|(index, cell)| view! { <RowField desk grid row=row.clone() cell index /> }).collect();
    let actions = can_write.then(|| view! { <RowActions grid row close /> });
    view! {
        <Dialog title class="row-form" on_close=close>
            {(!can_write).then(|| view! { <p class="banner">"Du kan läsa men inte ändra."</p> })}
            <div class="form">{fields}</div>
            {actions}
            <div class="panel-actions">
                <button type="button" class="button primary" on:click=move |_| close.run(())>
                    "Klar"
                </button>
            </div>
        </Dialog>
    }
}

/// One field of the form. What is typed is kept on leaving the field; what cannot be read stays, with the reason.
#[component]
fn RowField(desk: Desk, grid: Grid, row: RowKey, cell: Cell, index: usize) -> impl IntoView {
    let unit = grid.unit.get_untracked();
    let cell = StoredValue::new(cell);
    let raw = move || untrack(|| cell.with_value(|cell| cell.raw(unit)));
    let base = StoredValue::new(raw());
    let error = RwSignal::new(None::<String>);
    let id = format!("falt-{index}");
    let error_id = format!("{id}-fel");
    let (key, heading, is_amount) = cell.with_value(|cell| {
        (cell.column().key.clone(), cell.column().heading.to_string(), cell.kind() == CellKind::Amount)
    });
    let label = if is_amount { format!("{heading} i {}", unit.label()) } else { heading };
    let draft = {
        let (row, column) = (row.clone(), key.clone());
        move |event: leptos::ev::Event| {
            if let (true, Ok(amount)) = (is_amount, Money::parse_optional(&event_target_value(&event), unit)) {
                grid.source().set_draft(Some(CellDraft { row: row.clone(), column: column.clone(), amount }));
            }
        }
    };
    let write = move |event: leptos::ev::Event| {
        let edit = GridEdit::Write {
            row: row.clone(),
            column: key.clone(),
            text: event_target_value(&event),
            base: (!is_amount).then(|| base.get_value()),
        };
        let label = if is_amount { "ändra belopp" } else { "ändra text" };
        let written = grid.source().edit(label, vec![edit]);
        grid.source().set_draft(None);
        match written {
            Ok(()) => {
                base.set_value(raw());
                error.set(None);
            }
            Err(reason) => {
                desk.tools.announcer.interrupt(reason.clone());
                error.set(Some(reason));
            }
        }
    };
    let described = {
        let error_id = error_id.clone();
        move || error.with(Option::is_some).then(|| error_id.clone())
    };
    let invalid = move || error.with(Option::is_some).then_some("true");
    let (value, readonly) = (base.get_value(), !desk.may_write());
    let control = if is_amount {
        view! {
            <input
                id=id.clone()
                type="text"
                class="amount"
                inputmode="decimal"
                autocomplete="off"
                readonly=readonly
                prop:value=value
                aria-describedby=described
                aria-invalid=invalid
                on:input=draft
                on:change=write
            />
        }
        .into_any()
    } else {
        view! {
            <textarea
                id=id.clone()
                rows="2"
                readonly=readonly
                prop:value=value
                aria-describedby=described
                aria-invalid=invalid
                on:change=write
            ></textarea>
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {move || {
                let error_id = error_id.clone();
                error
                    .get()
                    .map(|reason| {
                        view! {
                            <p class="error-text" id=error_id>
                                <IconView icon=Icon::Error />
                                <span>{reason}</span>
                            </p>
                        }
                    })
            }}
            {control}
        </div>
    }
}

/// What can be done with the row as a whole.
#[component]
fn RowActions(grid: Grid, row: RowKey, close: Callback<()>) -> impl IntoView {
    let more: Vec<_> = grid
        .source()
        .row_actions(&row)
        .into_iter()
        .map(|action| {
            view! {
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        close.run(());
                        (action.run)();
                    }
                >
                    {action.label}
                </button>
            }
        })
        .collect();
    let free = grid.is_free(&row).then(|| {
        let key = StoredValue::new(row);
        view! {
            <button type="button" class="button" on:click=move |_| grid.shift(key.get_value(), true)>
                "Flytta uppåt"
            </button>
            <button type="button" class="button" on:click=move |_| grid.shift(key.get_value(), false)>
                "Flytta nedåt"
            </button>
            <button
                type="button"
                class="button danger"
                on:click=move |_| {
                    grid.remove(key.get_value());
                    close.run(());
                }
            >
                <IconView icon=Icon::Remove />
                "Ta bort raden"
            </button>
        }
    });
    view! { <div class="button-row">{more} {free}</div> }
}
