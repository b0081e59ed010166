//! A budget as it was, as a plain table to read and print.

use crate::domain::equity::roll;
use crate::domain::money::{AmountUnit, Money};
use crate::domain::{Budget, Year};
use leptos::prelude::*;

/// The budget of a version.
#[component]
pub fn BudgetTable(
    /// What stands above it.
    heading: String,
    /// The budget.
    budget: Budget,
    /// The unit amounts are shown in.
    unit: RwSignal<AmountUnit>,
) -> impl IntoView {
    let years = budget.years.clone();
    let row = move |class: &'static str, name: String, amounts: Vec<Option<Money>>| {
        view! {
            <tr class=class>
                <th scope="row">{name}</th>
                {amounts.into_iter().map(|amount| cell(amount, unit)).collect_view()}
            </tr>
        }
    };
    let of = |figure: &dyn Fn(Year) -> Option<Money>| years.iter().map(|year| figure(*year)).collect::<Vec<_>>();
    let columns = years.len() + 1;
    let mut bodies: Vec<AnyView> = Vec::new();
    for section in &budget.sections {
        let lines: Vec<_> = section
            .lines
            .iter()
            .map(|line| row("", line.name.clone(), of(&|year| line.amounts.get(&year).copied())))
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
                    {row("sum", format!("Summa {}", section.name), of(&|year| section.sum(year)))}
                </tbody>
            }
            .into_any(),
        );
    }
    let income: Vec<_> = budget
        .income
        .iter()
        .map(|income| row("", income.name.clone(), of(&|year| income.amounts.get(&year).copied())))
        .collect();
    let equity = roll(&budget);
    let opening = equity.iter().map(|year| year.opening).collect();
    let closing = equity.iter().map(|year| year.closing).collect();
    let ceiling = equity.iter().map(|year| year.ceiling).collect();
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
            let word = if *year == budget.year { "Budget" } else { "Utblick" };
            view! {
                <th scope="col" class="amount">
                    {format!("{word} {year}")}
                </th>
            }
        })
        .collect();
    view! {
        <section class="plan-section" aria-labelledby="last-version">
            <h2 id="last-version">{heading}</h2>
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

/// An amount in a cell; a dash where it is empty, which is not zero.
pub fn cell(amount: Option<Money>, unit: RwSignal<AmountUnit>) -> impl IntoView {
    view! {
        <td class="amount number">
            {move || amount.map_or_else(|| "–".to_owned(), |amount| amount.format(unit.get()))}
        </td>
    }
}
