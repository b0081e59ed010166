//! What the file has, account by account, and which row of the budget each goes to.

use super::accounts_desk::AccountsDesk;
use super::destinations::{Destinations, To, destination};
use crate::components::icon::{Icon, IconView};
use crate::domain::ledger::scope::moved_by;
use crate::domain::ledger::{COST_CENTRE, PROJECT, PreviewRow, Selector};
use leptos::prelude::*;

/// The accounts with their sums.
#[component]
pub(super) fn AccountRows(accounts: AccountsDesk) -> impl IntoView {
    let unit = accounts.desk.tools.unit;
    let rows = Memo::new(move |_| {
        let rows = |seen: &crate::domain::ledger::Preview<_, _>| seen.rows.iter().map(|(row, _)| row.clone()).collect();
        accounts.seen.with(|seen| seen.as_ref().map(rows).unwrap_or_else(Vec::new))
    });
    view! {
        <h3 id="konton">"Konton i filen"</h3>
        <p>
            "Välj vilken rad i budgeten varje konto hör till. Kopplingen sparas i planen, så att den bara behöver göras en gång."
        </p>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="konton">
            // A phone shows rows as cards, which takes the table's structure from screen readers: the roles keep it.
            <table class="plain accounts as-cards" role="table">
                <caption>{move || format!("Kostnader är positiva och intäkter negativa, som i bokföringen. Belopp i {}.", unit.get().label())}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">"Konto"</th>
                        <th role="columnheader" scope="col">"Kostnadsställe"</th>
                        <th role="columnheader" scope="col">"Projekt"</th>
                        <th role="columnheader" scope="col" class="amount">
                            "Bokfört"
                        </th>
                        <th role="columnheader" scope="col">"Hör till"</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=move || rows.get() key=|row| (row.selector().to_string(), row.amount.ore()) let:row>
                        <AccountRow accounts row />
                    </For>
                </tbody>
                <tfoot role="rowgroup">
                    <tr role="row" class="sum">
                        <th role="rowheader" scope="row" colspan="3">
                            "Filens summa"
                        </th>
                        <td role="cell" class="amount number" data-label="Bokfört">
                            {move || {
                                accounts
                                    .seen
                                    .with(|seen| seen.as_ref().map(|seen| seen.total.format(unit.get())))
                            }}
                        </td>
                        <td role="cell"></td>
                    </tr>
                </tfoot>
            </table>
        </div>
    }
}

/// An object's code with its name, if the file has one.
fn object(accounts: AccountsDesk, dimension: u32, code: Option<&String>) -> String {
    let Some(code) = code else { return "–".to_owned() };
    accounts.file.with(|file| {
        let name = file.as_ref().and_then(|file| file.ledger.object_name(dimension, code));
        name.map_or_else(|| code.clone(), |name| format!("{code} {name}"))
    })
}

/// What a row is called to those who cannot see its columns.
fn spoken(row: &PreviewRow) -> String {
    let part = |word: &str, code: &Option<String>| code.as_ref().map(|code| format!(", {word} {code}"));
    let parts = [part("kostnadsställe", &row.cost_centre), part("projekt", &row.project)];
    format!("Konto {}{}", row.account, parts.into_iter().flatten().collect::<String>())
}

#[component]
fn AccountRow(accounts: AccountsDesk, row: PreviewRow) -> impl IntoView {
    let unit = accounts.desk.tools.unit;
    let (amount, label) = (row.amount, format!("{} hör till", spoken(&row)));
    let account = row.account.to_string();
    let row = StoredValue::new(row);
    // The next file may book the same on an account that it calls something else.
    let name = move || {
        accounts.file.with(|file| {
            let account = row.with_value(|row| file.as_ref()?.ledger.accounts.get(&row.account));
            account.map(|account| account.name.clone())
        })
    };
    let centre = move || row.with_value(|row| object(accounts, COST_CENTRE, row.cost_centre.as_ref()));
    let project = move || row.with_value(|row| object(accounts, PROJECT, row.project.as_ref()));
    let rule = Memo::new(move |_| {
        accounts.rules.with(|rules| row.with_value(|row| row.rule(rules).map(|(by, to)| (by.clone(), *to))))
    });
    let chosen = Signal::derive(move || rule.get().map(|(_, to)| to));
    let is_own = move |by: &Selector| row.with_value(|row| row.selector() == *by);
    let follows =
        move || rule.get().filter(|(by, _)| !is_own(by)).map(|(by, _)| format!("Följer kopplingen {}", words(&by)));
    let is_latest =
        Memo::new(move |_| accounts.latest.with(|latest| row.with_value(|row| latest.as_ref() == Some(row))));
    view! {
        <tr role="row" class:unmapped=move || chosen.get().is_none()>
            <th role="rowheader" scope="row">
                <span class="number">{account}</span>
                " "
                {name}
            </th>
            <td role="cell" data-label="Kostnadsställe">{centre}</td>
            <td role="cell" data-label="Projekt">{project}</td>
            <td role="cell" class="amount number" data-label="Bokfört">
                {move || amount.format(unit.get())}
            </td>
            <td role="cell" class="to" data-label="Hör till">
                <select
                    aria-label=label
                    on:change=move |event| {
                        let to = destination(&event_target_value(&event));
                        row.with_value(|row| accounts.map_row(row, to));
                    }
                >
                    <Destinations names=accounts.names chosen />
                </select>
                {move || follows().map(|text| view! { <span class="cell-note">{text}</span> })}
                {move || {
                    let to = chosen.get().filter(|_| is_latest.get())?;
                    Some(view! { <Wider accounts row=row.get_value() to /> })
                }}
            </td>
        </tr>
    }
}

/// The same for more of the file at once.
#[component]
fn Wider(accounts: AccountsDesk, row: PreviewRow, to: To) -> impl IntoView {
    let offers = move || {
        let moved = |selector: &Selector| {
            accounts.seen.with(|seen| {
                let rows = seen.as_ref().map(|seen| seen.rows.as_slice()).unwrap_or_default();
                accounts.rules.with(|rules| moved_by(rows, rules, selector, &to))
            })
        };
        let offers: Vec<_> = row
            .wider()
            .into_iter()
            .map(|selector| (moved(&selector), selector))
            .filter(|(count, _)| *count > 0)
            .map(|(count, selector)| {
                let text = match count {
                    1 => format!("{} (1 rad till)", words(&selector)),
                    count => format!("{} ({count} rader till)", words(&selector)),
                };
                view! {
                    <button
                        type="button"
                        class="button quiet"
                        on:click=move |_| accounts.set_rule(selector.clone(), Some(to))
                    >
                        <IconView icon=Icon::Plus />
                        {text}
                    </button>
                }
            })
            .collect();
        (!offers.is_empty()).then(|| view! { <span class="wider-label">"Använd för alla:"</span> {offers} })
    };
    view! {
        <div class="wider" role="group" aria-label="Använd samma rad för fler konton">
            {offers}
        </div>
    }
}

/// A selector in words.
pub(super) fn words(selector: &Selector) -> String {
    let accounts = selector.accounts.map(|range| match range.first() == range.last() {
        true => format!("konto {range}"),
        false => format!("konto {}–{}", range.first(), range.last()),
    });
    let centre = selector.cost_centre.as_ref().map(|code| format!("kostnadsställe {code}"));
    let project = selector.project.as_ref().map(|code| format!("projekt {code}"));
    let parts: Vec<_> = [accounts, centre, project].into_iter().flatten().collect();
    if parts.is_empty() { "alla konton".to_owned() } else { parts.join(", ") }
}
