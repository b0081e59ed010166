//! What an import of the sheet would change: new rows, other amounts, and what is not understood.

use super::sheet_desk::SheetDesk;
use super::write::WriteButton;
use crate::components::icon::{Icon, IconView};
use crate::domain::money::AmountUnit;
use crate::domain::sheet::{AmountChange, BudgetChanges, RowChange, RowFate};
use crate::domain::{Money, Year};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The preview and the button.
#[component]
pub(super) fn SheetPreview(sheet: SheetDesk) -> impl IntoView {
    view! {
        <h3 id="sa-blir-budgeten">"Så blir budgeten"</h3>
        {move || {
            sheet.changes.get().map(|changes| view! { <Counts changes=changes.clone() /> <Changes sheet changes /> })
        }}
        <Refused sheet />
        <Sums sheet />
        <LeftOut sheet />
        <WriteButton
            id="las-in-budgeten-fel"
            name="Läs in budgeten"
            refusal=sheet.refusal
            write=Callback::new(move |()| sheet.write())
        />
    }
}

fn rows_in_words(count: usize) -> String {
    if count == 1 { "1 rad".to_owned() } else { format!("{count} rader") }
}

#[component]
fn Counts(changes: BudgetChanges) -> impl IntoView {
    let counts = changes.counts();
    let of = |fate| counts.get(&fate).copied().unwrap_or_default();
    let (new, changed, unchanged) = (of(RowFate::New), of(RowFate::Changed), of(RowFate::Unchanged));
    let text = format!(
        "{} är {}, {} ändras och {} är {}. Det som bladet inte nämner rörs inte.",
        rows_in_words(new),
        if new == 1 { "ny" } else { "nya" },
        rows_in_words(changed),
        rows_in_words(unchanged),
        if unchanged == 1 { "oförändrad" } else { "oförändrade" },
    );
    view! {
        <p role="status" class="counts">
            {text}
        </p>
    }
}

#[component]
fn Changes(sheet: SheetDesk, changes: BudgetChanges) -> impl IntoView {
    let unit = sheet.desk.tools.unit;
    let years: BTreeSet<Year> = {
        let lines = changes.sections.iter().flat_map(|section| &section.lines).map(|line| &line.amounts);
        let income = changes.income.iter().map(|row| &row.amounts);
        lines.chain(income).flat_map(|amounts| amounts.keys().copied()).collect()
    };
    let first = sheet.desk.workspace.budget().get_untracked().and_then(|budget| budget.years.first().copied());
    let years: Vec<Year> =
        if changes.opening.is_some() { years.into_iter().chain(first).collect::<BTreeSet<_>>() } else { years }
            .into_iter()
            .collect();
    let columns = (years.len() + 2).to_string();
    let heading = |name: String, is_new: bool| {
        view! {
            <tr class="section">
                <th scope="rowgroup" colspan=columns.clone()>
                    {name}
                    {is_new.then(|| view! { <span class="cell-note">"Nytt avsnitt"</span> })}
                </th>
            </tr>
        }
    };
    let mut bodies: Vec<AnyView> = Vec::new();
    for section in &changes.sections {
        let lines: Vec<_> = section.lines.iter().map(|line| row(line, &years, unit)).collect();
        bodies.push(view! { <tbody>{heading(section.name.clone(), section.is_new())} {lines}</tbody> }.into_any());
    }
    if !changes.income.is_empty() {
        let rows: Vec<_> = changes.income.iter().map(|income| row(income, &years, unit)).collect();
        bodies.push(view! { <tbody>{heading("Intäkter".to_owned(), false)} {rows}</tbody> }.into_any());
    }
    if let Some((opening, first)) = changes.opening.zip(first) {
        let fate = if opening.is_change() { RowFate::Changed } else { RowFate::Unchanged };
        let amounts = BTreeMap::from([(first, opening)]);
        bodies.push(
            view! { <tbody>{cells("Ingående eget kapital".to_owned(), None, fate, &amounts, &years, unit)}</tbody> }
                .into_any(),
        );
    }
    let headings: Vec<_> = years
        .iter()
        .map(|year| {
            view! {
                <th scope="col" class="amount">
                    {year.to_string()}
                </th>
            }
        })
        .collect();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-labelledby="sa-blir-budgeten">
            <table class="plain figures">
                <caption>{move || format!("Belopp i {}.", unit.get().label())}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Rad"</th>
                        <th scope="col">"Vad som händer"</th>
                        {headings}
                    </tr>
                </thead>
                {bodies}
            </table>
        </div>
    }
}

fn row<Id>(row: &RowChange<Id>, years: &[Year], unit: RwSignal<AmountUnit>) -> impl IntoView + use<Id> {
    cells(row.name.clone(), row.note.clone(), row.fate(), &row.amounts, years, unit)
}

fn cells(
    name: String,
    note: Option<String>,
    fate: RowFate,
    amounts: &BTreeMap<Year, AmountChange>,
    years: &[Year],
    unit: RwSignal<AmountUnit>,
) -> impl IntoView + use<> {
    let (class, word) = match fate {
        RowFate::New => ("new", "Ny"),
        RowFate::Changed => ("changed", "Ändras"),
        RowFate::Unchanged => ("unchanged", "Oförändrad"),
    };
    let amounts: Vec<_> = years.iter().map(|year| amount(amounts.get(year).copied(), unit)).collect();
    let note = note.map(|note| view! { <span class="cell-note">{format!("Anteckning: {note}")}</span> });
    view! {
        <tr class=class>
            <th scope="row">{name} {note}</th>
            <td>{word}</td>
            {amounts}
        </tr>
    }
}

/// What the sheet has, and below it what it takes the place of.
fn amount(change: Option<AmountChange>, unit: RwSignal<AmountUnit>) -> impl IntoView {
    let before = change.filter(|change| change.is_change()).and_then(|change| change.before);
    let was = before.map(|before: Money| {
        view! { <span class="cell-note">{move || format!("förut {}", before.format(unit.get()))}</span> }
    });
    view! {
        <td class="amount number">
            {move || change.map_or_else(|| "–".to_owned(), |change| change.after.format(unit.get()))} {was}
        </td>
    }
}

/// Rows that cannot be taken over, each with its cell and the reason.
#[component]
fn Refused(sheet: SheetDesk) -> impl IntoView {
    move || {
        let refused = sheet.seen.with(|seen| seen.as_ref().map(|seen| seen.refused.clone())).unwrap_or_default();
        (!refused.is_empty()).then(|| {
            let heading = format!("{} kunde inte tolkas och läses inte in", rows_in_words(refused.len()));
            let item = |refused: crate::domain::sheet::Refused| {
                view! {
                    <li>
                        <strong>{refused.place}</strong>
                        ": "
                        {refused.reason}
                    </li>
                }
            };
            view! {
                <div class="not-understood">
                    <p class="finding">
                        <IconView icon=Icon::Warning />
                        <span>{heading}</span>
                    </p>
                    <ul>{refused.into_iter().map(item).collect_view()}</ul>
                </div>
            }
        })
    }
}

/// Sums that the sheet's own rows do not come to.
#[component]
fn Sums(sheet: SheetDesk) -> impl IntoView {
    let tools = sheet.desk.tools;
    move || {
        let sums = sheet.changes.with(|changes| changes.as_ref().map(|it| it.sums.clone())).unwrap_or_default();
        let item = |sum: crate::domain::sheet::SumDifference| {
            view! {
                <p class="finding">
                    <IconView icon=Icon::Warning />
                    <span>
                        {format!(
                            "{} {}: bladet säger {}, men raderna blir {}.",
                            sum.name,
                            sum.year,
                            tools.amount(sum.stated),
                            tools.amount(sum.computed),
                        )}
                    </span>
                </p>
            }
        };
        sums.into_iter().map(item).collect_view()
    }
}

/// What is left out of the sheet, what of the plan it does not mention, and how many amounts were rounded.
#[component]
fn LeftOut(sheet: SheetDesk) -> impl IntoView {
    let list = |id: &'static str, heading: String, items: Vec<String>| {
        (!items.is_empty()).then(|| {
            view! {
                <details class="left-out" id=id>
                    <summary>{heading}</summary>
                    <ul>{items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view()}</ul>
                </details>
            }
        })
    };
    move || {
        let (skipped, rounded) =
            sheet.seen.with(|seen| seen.as_ref().map(|seen| (seen.skipped.clone(), seen.rounded))).unwrap_or_default();
        let untouched =
            sheet.changes.with(|changes| changes.as_ref().map(|it| it.untouched.clone())).unwrap_or_default();
        let skipped: Vec<_> = skipped.into_iter().map(|(row, text)| format!("Rad {}: {text}", row + 1)).collect();
        view! {
            {(rounded > 0)
                .then(|| {
                    view! {
                        <p>
                            {match rounded {
                                1 => "1 belopp avrundades till hela ören.".to_owned(),
                                count => format!("{count} belopp avrundades till hela ören."),
                            }}
                        </p>
                    }
                })}
            {list(
                "hoppas-over",
                format!("{} i bladet hoppas över", rows_in_words(skipped.len())),
                skipped,
            )}
            {list(
                "ror-inte",
                format!("{} i planen finns inte i bladet och rörs inte", rows_in_words(untouched.len())),
                untouched,
            )}
        }
    }
}
