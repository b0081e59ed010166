//! The form for one row: how a phone edits, and how any field can be reached that has no column.

use super::cell::{Cell, short_label};
use super::column::CellKind;
use super::row::RowKey;
use super::source::{CellDraft, GridEdit};
use super::state::Grid;
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, IconView};
use crate::domain::money::Money;
use leptos::prelude::*;

/// The form of one row, as a dialog.
#[component]
pub fn RowForm(
    /// The table it stands in.
    grid: Grid,
    /// The row.
    row: RowKey,
    /// Closes the form.
    close: Callback<()>,
    /// Fields that are no cells.
    #[prop(optional, into)]
    more: ViewFn,
    /// Leaves out what the menu offers of this kind of row, since `more` has it.
    #[prop(optional)]
    hides_actions: bool,
) -> impl IntoView {
    let title = untrack(|| grid.row_of(&row).map(|row| short_label(&*row)).unwrap_or_default());
    let can_write = untrack(|| grid.can_write());
    let shown = (0..grid.extent().columns).filter_map(|index| grid.cell_of(&row, index));
    let form_alone = grid.source().form_columns(&row);
    let form_alone = form_alone.into_iter().filter_map(|column| Cell::new(grid.row_of(&row)?, [column].into(), 0));
    let typed = shown.chain(form_alone).filter(|cell| cell.kind().is_typed()).enumerate();
    let fields: Vec<_> = typed.map(|(index, cell)| view! { <RowField grid row=row.clone() cell index /> }).collect();
    let actions = can_write.then(|| view! { <RowActions grid row hides_actions close /> });
    view! {
        <Dialog title class="row-form" on_close=close>
            {(!can_write).then(|| view! { <p class="banner">"Du kan läsa men inte ändra."</p> })}
            <div class="form">{fields} {more.run()}</div>
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
fn RowField(grid: Grid, row: RowKey, cell: Cell, index: usize) -> impl IntoView {
    let unit = grid.unit.get_untracked();
    let cell = StoredValue::new(cell);
    let raw = move || untrack(|| cell.with_value(|cell| cell.raw(unit)));
    let base = StoredValue::new(raw());
    let error = RwSignal::new(None::<String>);
    let id = format!("falt-{index}");
    let help_id = format!("{id}-hjalp");
    let error_id = format!("{id}-fel");
    let (key, heading, help) = cell.with_value(|cell| {
        let column = cell.column();
        (column.key.clone(), column.heading.to_string(), column.help)
    });
    let is_amount = cell.with_value(|cell| cell.kind() == CellKind::Amount);
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
                grid.announcer.interrupt(reason.clone());
                error.set(Some(reason));
            }
        }
    };
    let described = {
        let (help_id, error_id) = (help.map(|_| help_id.clone()), error_id.clone());
        move || {
            let error = error.with(Option::is_some).then(|| error_id.clone());
            let ids: Vec<_> = help_id.clone().into_iter().chain(error).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let invalid = move || error.with(Option::is_some).then_some("true");
    let (value, readonly) = (base.get_value(), untrack(|| !grid.can_write()));
    let control = if is_amount || help.is_some() {
        view! {
            <input
                id=id.clone()
                type="text"
                class:amount=is_amount
                inputmode=if is_amount { "decimal" } else { "text" }
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
            {help.map(|help| view! { <p class="help" id=help_id>{help}</p> })}
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
fn RowActions(grid: Grid, row: RowKey, hides_actions: bool, close: Callback<()>) -> impl IntoView {
    let more: Vec<_> = grid
        .source()
        .row_actions(&row)
        .into_iter()
        .filter(|_| !hides_actions)
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
