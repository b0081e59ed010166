//! *Borttagna rader*: what was removed and can be brought back.

use super::tools::Tools;
use crate::components::icon::{Icon, IconView};
use crate::document::AnyRow;
use crate::domain::date::swedish_day;
use crate::domain::{Money, UserId};
use leptos::prelude::*;

/// A removed row.
#[derive(Clone, Debug, PartialEq)]
pub struct Gone {
    /// Which row.
    pub row: AnyRow,
    /// What it was called.
    pub label: String,
    /// Its amount, if it had one of its own.
    pub amount: Option<Money>,
    /// Who removed it, if that is known.
    pub by: Option<UserId>,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// The removed rows, folded away; nothing where there are none.
#[component]
pub fn RemovedRows(
    /// The page's shared state.
    tools: Tools,
    /// The rows, the latest first.
    removed: Signal<Vec<Gone>>,
    /// Brings a row back.
    restore: Callback<AnyRow>,
) -> impl IntoView {
    let is_any = Memo::new(move |_| removed.with(|rows| !rows.is_empty()));
    move || {
        is_any.get().then(|| {
            view! {
                <details class="removed plan-section" data-testid="removed">
                    <summary>
                        <h2>{move || format!("Borttagna rader ({})", removed.with(Vec::len))}</h2>
                    </summary>
                    <ul>
                        <For each=move || removed.get() key=|row| format!("{row:?}") let:row>
                            <RemovedRowView tools row restore />
                        </For>
                    </ul>
                </details>
            }
        })
    }
}

#[component]
fn RemovedRowView(tools: Tools, row: Gone, restore: Callback<AnyRow>) -> impl IntoView {
    let workspace = tools.workspace;
    let Gone { row, label, amount, by, at } = row;
    let label = if label.trim().is_empty() { "Rad utan namn".to_owned() } else { label };
    let by = by.map_or_else(|| "en kollega".to_owned(), |by| workspace.name_of(by));
    let name = format!("Återställ {label}");
    let row = StoredValue::new(row);
    view! {
        <li>
            <div>
                <span class="removed-label">{label}</span>
                {amount.map(|amount| view! { <span class="number">{move || tools.amount(amount)}</span> })}
                <span class="cell-note">{format!("Borttagen av {by} {}", swedish_day(at))}</span>
            </div>
            {move || {
                workspace
                    .can_write()
                    .then(|| {
                        let name = name.clone();
                        view! {
                            <button
                                type="button"
                                class="button needs-script"
                                aria-label=name
                                on:click=move |_| restore.run(row.get_value())
                            >
                                <IconView icon=Icon::Undo />
                                "Återställ"
                            </button>
                        }
                    })
            }}
        </li>
    }
}
