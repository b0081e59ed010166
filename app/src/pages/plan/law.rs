//! *Andelar enligt lag*: what each party pays beside its share by law, year by year, where the income is written by party.

use super::desk::Desk;
use crate::components::icon::{Icon, IconView};
use crate::domain::law::{LawComparison, compare};
use crate::domain::money::{AmountUnit, Money};
use crate::domain::{Budget, Year};
use leptos::prelude::*;

/// The comparison with the law. Nothing where there is nothing to compare.
#[component]
pub fn LawShares(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let workspace = desk.workspace;
    let years = Memo::new(move |_| workspace.budget().with(|budget| budget.as_ref().map(by_year).unwrap_or_default()));
    let unit = desk.tools.unit;
    move || {
        let years = years.get();
        (!years.is_empty()).then(|| {
            let bodies: Vec<_> = years.iter().map(|(year, rows)| body(*year, rows, unit.get())).collect();
            view! {
                <section class="plan-section law" aria-labelledby="andelar-rubrik">
                    <h3 id="andelar-rubrik">"Andelar enligt lag"</h3>
                    <p class="muted">
                        "Hälften från staten, en fjärdedel från regionen och en fjärdedel från kommunerna (lag 2003:1210)."
                    </p>
                    <div class="scroll" tabindex="0" role="region" aria-labelledby="andelar-rubrik">
                        <table class="plain figures">
                            <caption>{format!("Belopp i {}.", unit.get().label())}</caption>
                            <thead>
                                <tr>
                                    <th scope="col">"Part"</th>
                                    <th scope="col" class="amount">
                                        "I budgeten"
                                    </th>
                                    <th scope="col" class="amount">
                                        "Enligt lag"
                                    </th>
                                    <th scope="col" class="amount">
                                        "Skillnad"
                                    </th>
                                </tr>
                            </thead>
                            {bodies}
                        </table>
                    </div>
                </section>
            }
        })
    }
}

/// The years in which every party has an amount.
fn by_year(budget: &Budget) -> Vec<(Year, Vec<LawComparison>)> {
    let compared = budget.years.iter().map(|year| (*year, compare(budget, *year)));
    compared.filter(|(_, rows)| !rows.is_empty()).collect()
}

fn body(year: Year, rows: &[LawComparison], unit: AmountUnit) -> impl IntoView {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let difference = row.difference();
            let is_off = !difference.is_zero();
            view! {
                <tr>
                    <th scope="row">
                        {name_of(row)}
                        {row
                            .rounded_up
                            .then(|| view! { <span class="cell-note">"Avrundat uppåt till hela ören"</span> })}
                    </th>
                    <td class="amount number">{row.given.format(unit)}</td>
                    <td class="amount number">{row.by_law.format(unit)}</td>
                    <td class="amount number">
                        {is_off.then(|| view! { <IconView icon=Icon::Warning /> })} {signed(difference, unit)}
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <tbody>
            <tr class="section">
                <th scope="rowgroup" colspan="4">
                    {year.to_string()}
                </th>
            </tr>
            {rows}
        </tbody>
    }
}

fn name_of(row: &LawComparison) -> String {
    match row.name.trim() {
        "" => row.party.label().to_owned(),
        name if name == row.party.label() => name.to_owned(),
        name => format!("{name} ({})", row.party.label().to_lowercase()),
    }
}

fn signed(difference: Money, unit: AmountUnit) -> String {
    let sign = if difference > Money::ZERO { "+" } else { "" };
    format!("{sign}{}", difference.format(unit))
}
