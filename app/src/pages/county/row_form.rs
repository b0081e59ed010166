//! The form for one row: how a phone edits, and how any field can be reached that has no column.

use super::desk::Desk;
use super::row_view::RowView;
use super::source::{column_key, field_of, key_of, write};
use crate::components::dialog::Dialog;
use crate::components::grid::{CellKind, Column, Grid};
use crate::components::icon::{Icon, IconView};
use crate::document::{Field, RowKind, RowRef};
use crate::domain::money::Money;
use crate::workspace::Draft;
use leptos::prelude::*;

/// The form of the row that was asked for, as a dialog.
#[component]
pub fn RowFormDialog(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    move || {
        let row = desk.form.get()?;
        let view = desk.view_of(&row)?;
        Some(view! { <RowForm desk row view /> })
    }
}

#[component]
fn RowForm(desk: Desk, row: RowRef, view: RowView) -> impl IntoView {
    let grid = desk.grid_of(&row);
    let title = untrack(|| view.short_label());
    let close = Callback::new(move |()| desk.form.set(None));
    let can_write = desk.may_write();
    let field = |column: &Column| {
        let field = field_of(&column.key).filter(|_| column.kind.is_typed())?;
        let heading = column.heading.to_string();
        Some(view! { <RowField desk row=row.clone() view=view.clone() field heading /> })
    };
    let fields: Vec<_> = grid.columns.get_untracked().iter().filter_map(field).collect();
    // The day a thing was decided has no column of its own.
    let decided = Column::new(column_key(Field::Decided), Field::Decided.label(), CellKind::Text, "");
    let decided = (row.kind() == RowKind::Item).then(|| field(&decided));
    let actions = can_write.then(|| view! { <RowActions desk grid row=row.clone() view=view.clone() close /> });
    view! {
        <Dialog title class="row-form" on_close=close>
            {(!can_write).then(|| view! { <p class="banner">"Du kan läsa men inte ändra."</p> })}
            <div class="form">{fields} {decided}</div>
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
fn RowField(desk: Desk, row: RowRef, view: RowView, field: Field, heading: String) -> impl IntoView {
    let unit = desk.unit.get_untracked();
    let base = StoredValue::new(untrack(|| view.raw(field, unit)));
    let error = RwSignal::new(None::<String>);
    let id = format!("falt-{field:?}").to_lowercase();
    let help_id = format!("{id}-hjalp");
    let error_id = format!("{id}-fel");
    let is_amount = matches!(field, Field::Cost | Field::Amount);
    let label = if is_amount { format!("{heading} i {}", unit.label()) } else { heading };
    let help = (field == Field::Decided).then_some("(Valfritt) Till exempel 2021-03-26.");
    let on_input = {
        let row = row.clone();
        move |event: leptos::ev::Event| {
            if let (true, Ok(amount)) = (is_amount, Money::parse_optional(&event_target_value(&event), unit)) {
                desk.workspace.set_draft(Some(Draft { row: row.clone(), amount }));
            }
        }
    };
    let on_change = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        let command = untrack(|| write(row.clone(), field, Some(&view), &typed, Some(&base.get_value()), unit));
        let written = command.and_then(|command| {
            command.map_or(Ok(()), |command| desk.workspace.edit(command).map_err(|error| error.to_string()))
        });
        desk.workspace.set_draft(None);
        match written {
            Ok(()) => {
                base.set_value(untrack(|| view.raw(field, unit)));
                error.set(None);
            }
            Err(reason) => {
                desk.plan.announcer.interrupt(reason.clone());
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
    let value = base.get_value();
    let readonly = !desk.may_write();
    let control = if is_amount || field == Field::Decided {
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
                on:input=on_input
                on:change=on_change
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
                on:change=on_change
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
fn RowActions(desk: Desk, grid: Grid, row: RowRef, view: RowView, close: Callback<()>) -> impl IntoView {
    let row = StoredValue::new(row);
    let split = (row.with_value(RowRef::kind) == RowKind::Item).then(|| {
        let label = move || match view.split_label() {
            label if label.is_empty() => "Fördela kostnaden".to_owned(),
            label => format!("Fördela kostnaden (nu: {})", label.to_lowercase()),
        };
        view! {
            <button
                type="button"
                class="button"
                on:click=move |_| {
                    close.run(());
                    desk.split.set(Some(row.get_value()));
                }
            >
                {label}
            </button>
        }
    });
    let horizon = (row.with_value(RowRef::kind) == RowKind::Commitment).then(|| {
        view! {
            <button
                type="button"
                class="button"
                on:click=move |_| {
                    desk.plan.change_horizon(row.get_value());
                    close.run(());
                }
            >
                "Flytta till den andra sikten"
            </button>
        }
    });
    let key = row.with_value(key_of);
    let free = grid.is_free(&key).then(|| {
        let key = StoredValue::new(key);
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
    view! { <div class="button-row">{split} {horizon} {free}</div> }
}
