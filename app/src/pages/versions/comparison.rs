//! Two versions side by side: for each year what was, what is, and the difference in amount and percent.

use super::reading::cell;
use crate::components::unbroken::unbroken;
use crate::domain::budget::compare::{Change, KnownBudget, Presence, RowComparison, compare};
use crate::domain::money::{AmountUnit, Money};
use crate::domain::{Ratio, Year};
use leptos::prelude::*;

/// The comparison.
#[component]
pub fn ComparisonTable(
    /// What stands above it.
    heading: String,
    /// The earlier budget.
    earlier: KnownBudget,
    /// The later budget.
    later: KnownBudget,
    /// The unit amounts are shown in.
    unit: RwSignal<AmountUnit>,
) -> impl IntoView {
    let comparison = compare(&earlier, &later);
    let in_part = !(earlier.is_whole() && later.is_whole());
    let columns = (1 + 4 * comparison.years.len()).to_string();
    let row = move |class: &'static str, name: String, note: Option<String>, changes: &[Change]| {
        view! {
            <tr class=class>
                <th scope="row">
                    {name} {note.map(|note| view! { <span class="cell-note">{note}</span> })}
                </th>
                {changes.iter().map(|change| cells(*change, unit)).collect_view()}
            </tr>
        }
    };
    let mut bodies: Vec<AnyView> = Vec::new();
    for section in &comparison.sections {
        let lines: Vec<_> =
            section.lines.iter().map(|line| row("", line.name.clone(), note(line), &line.amounts)).collect();
        bodies.push(
            view! {
                <tbody>
                    <tr class="section">
                        <th scope="rowgroup" colspan=columns.clone()>
                            {section.name.clone()}
                        </th>
                    </tr>
                    {lines}
                    {row("sum", format!("Summa {}", section.name), None, &section.sums)}
                </tbody>
            }
            .into_any(),
        );
    }
    let income: Vec<_> =
        comparison.income.iter().map(|line| row("", line.name.clone(), note(line), &line.amounts)).collect();
    bodies.push(
        view! {
            <tbody>
                {row("sum total", "Summa kostnader".to_owned(), None, &comparison.total_cost)} {income}
                {row("sum", "Summa intäkter".to_owned(), None, &comparison.total_income)}
                {row("sum total", "Årets resultat".to_owned(), None, &comparison.net_result)}
                {row("", "Ingående eget kapital".to_owned(), None, &comparison.opening)}
                {row("sum", "Utgående eget kapital".to_owned(), None, &comparison.closing)}
            </tbody>
        }
        .into_any(),
    );
    let (groups, headings): (Vec<_>, Vec<_>) = comparison.years.iter().map(|year| headings(*year)).unzip();
    view! {
        <section class="plan-section" aria-labelledby="jamforelse">
            <h2 id="jamforelse">{unbroken(&heading)}</h2>
            {in_part
                .then(|| {
                    view! {
                        <p>
                            "Bara sammanfattningen av en av budgetarna är känd. Belopp som den inte säger något om visas som inte kända och ger ingen skillnad."
                        </p>
                    }
                })}
            <div class="scroll" tabindex="0" role="region" aria-labelledby="jamforelse">
                <table class="plain figures">
                    <caption>{move || format!("Belopp i {}.", unit.get().label())}</caption>
                    <thead>
                        <tr>
                            <th scope="col" rowspan="2">
                                "Rad"
                            </th>
                            {groups}
                        </tr>
                        <tr>{headings}</tr>
                    </thead>
                    {bodies}
                </table>
            </div>
        </section>
    }
}

fn headings(year: Year) -> (impl IntoView, impl IntoView) {
    let group = view! {
        <th scope="colgroup" colspan="4" class="group">
            {year.to_string()}
        </th>
    };
    let columns = ["Före", "Efter", "Skillnad", "%"].map(|heading| {
        view! {
            <th scope="col" class="amount">
                {heading}
            </th>
        }
    });
    (group, columns)
}

/// What has happened to a row besides its amounts.
fn note<Id>(row: &RowComparison<Id>) -> Option<String> {
    match (row.presence, &row.was_called) {
        (Presence::Added, _) => Some("Ny rad".to_owned()),
        (Presence::Removed, _) => Some("Borttagen rad".to_owned()),
        (Presence::Both, Some(was)) if was.is_empty() => Some("Fick sitt namn".to_owned()),
        (Presence::Both, Some(was)) => Some(format!("Hette {was}")),
        (Presence::Both, None) | (Presence::NotKnown, _) => None,
    }
}

/// The four cells of an amount in two versions: before, after, difference and percent.
fn cells(change: Change, unit: RwSignal<AmountUnit>) -> impl IntoView {
    let difference = change.difference().filter(|_| change.is_change());
    let percent = change.percent().filter(|_| change.is_change());
    view! {
        {cell(change.before, unit)}
        {cell(change.after, unit)}
        {difference_cells(difference, percent, unit)}
    }
}

/// The two cells of what lies between two amounts: the difference with its sign, and its percent.
pub fn difference_cells(
    difference: Option<Money>,
    percent: Option<Ratio>,
    unit: RwSignal<AmountUnit>,
) -> impl IntoView {
    let none = || "–".to_owned();
    let percent = percent.map_or_else(none, |ratio| format!("{}\u{a0}%", signed(&ratio.percent(1))));
    view! {
        <td class="amount number">
            {move || difference.map_or_else(none, |difference| signed(&difference.format(unit.get())))}
        </td>
        <td class="amount number">{percent}</td>
    }
}

/// A figure with its sign, also where it is more.
fn signed(figure: &str) -> String {
    let is_plain = figure.starts_with('−') || figure.chars().all(|letter| matches!(letter, '0' | ',' | '\u{a0}'));
    if is_plain { figure.to_owned() } else { format!("+{figure}") }
}
