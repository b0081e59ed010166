//! *Borttagna rader*: what was removed and can be brought back.

use super::tools::Tools;
use crate::components::icon::{Icon, IconView};
use crate::document::AnyRow;
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
                <span class="cell-note">{format!("Borttagen av {by} {}", day(at))}</span>
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

/// The day of a moment, written 2021-03-26, in universal time: the same on server and device.
fn day(at_ms: i64) -> String {
    // Days since 1970 to year, month and day: Howard Hinnant's `civil_from_days`.
    let days = at_ms.div_euclid(86_400_000) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_moment_is_shown_as_its_day() {
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(1_616_716_800_000), "2021-03-26");
        assert_eq!(day(1_709_164_800_000), "2024-02-29");
        assert_eq!(day(-1), "1969-12-31");
    }
}
