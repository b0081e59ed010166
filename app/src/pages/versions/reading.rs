//! A budget as it was, as a plain table to read and print.

use crate::components::unbroken::unbroken;
use crate::domain::Year;
use crate::domain::budget::known::{Figure, KnownBudget};
use crate::domain::money::AmountUnit;
use leptos::prelude::*;

/// The budget of a version.
#[component]
pub fn BudgetTable(
    /// What stands above it.
    heading: String,
    /// The budget.
    budget: KnownBudget,
    /// The unit amounts are shown in.
    unit: RwSignal<AmountUnit>,
) -> impl IntoView {
    let KnownBudget { budget: written, .. } = &budget;
    let years = written.years.clone();
    let row = move |class: &'static str, name: String, amounts: Vec<Figure>| {
        view! {
            <tr class=class>
                <th scope="row">{name}</th>
                {amounts.into_iter().map(|amount| cell(amount, unit)).collect_view()}
            </tr>
        }
    };
    let of = |figure: &dyn Fn(Year) -> Figure| years.iter().map(|year| figure(*year)).collect::<Vec<_>>();
    let columns = years.len() + 1;
    let mut bodies: Vec<AnyView> = Vec::new();
    for section in &written.sections {
        let lines: Vec<_> = section
            .lines
            .iter()
            .map(|line| row("", line.name.clone(), of(&|year| budget.amount(line.amounts.get(&year).copied()))))
            .collect();
        bodies.push(
            view! {
                <tbody>
                    <tr class="section">
                        <th scope="rowgroup" colspan=columns.to_string()>
                            {section.name.clone()}
                        </th>
                    </tr>
                    {lines}
                    {row("sum", format!("Summa {}", section.name), of(&|year| budget.section_sum(section.id, year)))}
                </tbody>
            }
            .into_any(),
        );
    }
    let income: Vec<_> = written
        .income
        .iter()
        .map(|income| row("", income.name.clone(), of(&|year| budget.amount(income.amounts.get(&year).copied()))))
        .collect();
    let [opening, closing, ceiling] = [KnownBudget::opening, KnownBudget::closing, KnownBudget::ceiling]
        .map(|figure| of(&|year| figure(&budget, year)));
    let is_whole = budget.is_whole();
    bodies.push(
        view! {
            <tbody>
                {row("sum total", "Summa kostnader".to_owned(), of(&|year| budget.total_cost(year)))}
                {income}
                {row("sum", "Summa intäkter".to_owned(), of(&|year| budget.total_income(year)))}
                {row("sum total", "Årets resultat".to_owned(), of(&|year| budget.net_result(year)))}
                {row("", "Ingående eget kapital".to_owned(), opening)}
                {row("sum", "Utgående eget kapital".to_owned(), closing)}
                {row("", "Tak för eget kapital".to_owned(), ceiling)}
            </tbody>
        }
        .into_any(),
    );
    let headings: Vec<_> = years
        .iter()
        .map(|year| {
            let word = if *year == written.year { "Budget" } else { "Utblick" };
            view! {
                <th scope="col" class="amount">
                    {format!("{word} {year}")}
                </th>
            }
        })
        .collect();
    view! {
        <section class="plan-section" aria-labelledby="last-version">
            <h2 id="last-version">{unbroken(&heading)}</h2>
            {(!is_whole).then(|| view! { <p>"Bara sammanfattningen av budgeten är känd. Övriga belopp visas som inte kända."</p> })}
            <div class="scroll" tabindex="0" role="region" aria-labelledby="last-version">
                <table class="plain figures">
                    <caption>{move || format!("Belopp i {}.", unit.get().label())}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Rad"</th>
                            {headings}
                        </tr>
                    </thead>
                    {bodies}
                </table>
            </div>
        </section>
    }
}

/// An amount in a cell; a dash where it is empty, which is not zero, and words where nobody knows it.
pub fn cell(figure: Figure, unit: RwSignal<AmountUnit>) -> impl IntoView {
    let shown = move || match figure {
        Figure::Amount(None) => "–".to_owned(),
        Figure::Amount(Some(amount)) => amount.format(unit.get()),
        Figure::Unknown => "inte\u{a0}känd".to_owned(),
    };
    let class = if figure == Figure::Unknown { "amount number not-known" } else { "amount number" };
    view! { <td class=class>{shown}</td> }
}
