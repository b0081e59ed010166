//! What the outcome would be, beside what it is; what is not mapped; and that it all adds up to the file.

use super::accounts_desk::{AccountsDesk, Booked};
use super::destinations::row_name;
use super::write::WriteButton;
use crate::components::icon::{Icon, IconView};
use crate::domain::Money;
use crate::domain::money::AmountUnit;
use leptos::prelude::*;

/// The preview and the button.
#[component]
pub(super) fn AccountsPreview(accounts: AccountsDesk) -> impl IntoView {
    let unit = accounts.desk.tools.unit;
    let rows = move || {
        let budget = accounts.desk.workspace.budget().get();
        let empties = accounts.empties.get();
        let row = |booked: Booked| {
            let name = budget.as_ref().map(|budget| row_name(budget, booked.row)).unwrap_or_default();
            booked_row(name, booked, empties, unit)
        };
        accounts.booked.get().into_iter().map(row).collect_view()
    };
    let is_empty = move || accounts.booked.with(Vec::is_empty);
    view! {
        <h3 id="sa-blir-utfallet">"Så blir utfallet"</h3>
        {move || is_empty().then(|| view! { <p class="empty">"Inget konto är kopplat till en rad i budgeten än."</p> })}
        <div class="scroll" tabindex="0" role="region" aria-labelledby="sa-blir-utfallet" hidden=is_empty>
            <table class="plain figures">
                <caption>{move || format!("Belopp i {}.", unit.get().label())}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Rad"</th>
                        <th scope="col" class="amount">
                            "Nu"
                        </th>
                        <th scope="col" class="amount">
                            "Efter"
                        </th>
                        <th scope="col" class="amount">
                            "Skillnad"
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Stale accounts />
        <AddsUp accounts />
        <Unmapped accounts />
        <WriteButton
            id="las-in-utfallet-fel"
            name="Läs in utfallet"
            refusal=accounts.refusal
            write=Callback::new(move |()| accounts.write())
        />
    }
}

fn booked_row(name: String, booked: Booked, empties: bool, unit: RwSignal<AmountUnit>) -> impl IntoView {
    let Booked { before, from_file, .. } = booked;
    let after = if from_file.is_none() && !empties { before } else { from_file };
    let change = after.unwrap_or_default() - before.unwrap_or_default();
    let shown =
        move |amount: Option<Money>| move || amount.map_or_else(|| "–".to_owned(), |amount| amount.format(unit.get()));
    let note = match (from_file, empties) {
        (Some(_), _) => None,
        (None, true) => Some("Töms, filen har inget belopp"),
        (None, false) => Some("Står kvar, filen har inget belopp"),
    };
    view! {
        <tr>
            <th scope="row">{name} {note.map(|note| view! { <span class="cell-note">{note}</span> })}</th>
            <td class="amount number">{shown(before)}</td>
            <td class="amount number">{shown(after)}</td>
            <td class="amount number">{shown((before != after).then_some(change))}</td>
        </tr>
    }
}

/// Amounts that stand in the outcome and have no counterpart in the file.
#[component]
fn Stale(accounts: AccountsDesk) -> impl IntoView {
    let count = move || accounts.booked.with(|all| all.iter().filter(|it| it.from_file.is_none()).count());
    let empties = accounts.empties;
    move || {
        (count() > 0).then(|| {
            view! {
                <label class="radio">
                    <input
                        type="checkbox"
                        prop:checked=move || empties.get()
                        on:change=move |event| empties.set(event_target_checked(&event))
                    />
                    <span>
                        "Töm de rader i utfallet som filen inte har belopp för"
                        <small>"Annars står det som finns där kvar."</small>
                    </span>
                </label>
            }
        })
    }
}

/// Where the file's total went.
#[component]
fn AddsUp(accounts: AccountsDesk) -> impl IntoView {
    let unit = accounts.desk.tools.unit;
    move || {
        let seen = accounts.seen.get()?;
        let costs: Money = seen.lines.values().copied().sum();
        let income: Money = seen.incomes.values().copied().sum();
        let parts = [
            ("Kostnader på budgetens rader", costs),
            ("Intäkter, som minskar summan", -income),
            ("Lämnas utanför", seen.left_out_total()),
            ("Inte kopplat", seen.unmapped_total()),
        ];
        let row = |(name, amount): (&'static str, Money)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="amount number">{move || amount.format(unit.get())}</td>
                </tr>
            }
        };
        let total = seen.total;
        let verdict = match seen.adds_up() {
            true => view! {
                <p class="finding good">
                    <IconView icon=Icon::Check />
                    "Delarna blir tillsammans filens summa."
                </p>
            }
            .into_any(),
            false => view! {
                <p class="finding">
                    <IconView icon=Icon::Warning />
                    "Delarna blir inte filens summa. Läs inte in filen, utan hör av dig."
                </p>
            }
            .into_any(),
        };
        Some(view! {
            <table class="plain figures adds-up">
                <caption>"Filens summa, kostnader minus intäkter"</caption>
                <tbody>
                    {parts.map(row).collect_view()} <tr class="sum">
                        <th scope="row">"Filens summa"</th>
                        <td class="amount number">{move || total.format(unit.get())}</td>
                    </tr>
                </tbody>
            </table>
            {verdict}
        })
    }
}

/// What would be left behind.
#[component]
fn Unmapped(accounts: AccountsDesk) -> impl IntoView {
    let tools = accounts.desk.tools;
    move || {
        let (count, total) = accounts
            .seen
            .with(|seen| seen.as_ref().map(|seen| (seen.unmapped.len(), seen.unmapped_total())))
            .filter(|(count, _)| *count > 0)?;
        let amount = tools.amount(total);
        let text = match count {
            1 => format!("1 rad i filen är inte kopplad ({amount}) och läses inte in."),
            count => format!("{count} rader i filen är inte kopplade (tillsammans {amount}) och läses inte in."),
        };
        Some(view! {
            <p class="finding">
                <IconView icon=Icon::Warning />
                <span>{text}</span>
            </p>
        })
    }
}
