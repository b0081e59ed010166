//! The frame of a picture: a heading that says what is to be seen, the picture, and the same figures as a table.

use crate::components::unbroken::unbroken;
use crate::domain::money::{AmountUnit, Money};
use leptos::prelude::*;

/// A picture with its heading and its table.
#[component]
pub fn Figure(
    /// Unique on the page.
    id: &'static str,
    /// What is to be seen, in a sentence.
    #[prop(into)]
    heading: Signal<String>,
    /// What it is a picture of, and in which unit.
    #[prop(into)]
    about: Signal<String>,
    /// The picture.
    #[prop(into)]
    picture: ViewFn,
    /// The same figures.
    #[prop(into)]
    table: ViewFn,
) -> impl IntoView {
    let heading_id = format!("{id}-rubrik");
    let labelled = heading_id.clone();
    view! {
        <figure id=id class="chart" aria-labelledby=labelled>
            <figcaption>
                <h3 id=heading_id>{move || unbroken(&heading.get())}</h3>
                <p class="muted">{move || unbroken(&about.get())}</p>
            </figcaption>
            {move || picture.run()}
            <details>
                <summary>"Visa som tabell"</summary>
                {move || table.run()}
            </details>
        </figure>
    }
}

/// The table behind a picture: names at the left, an amount in each column.
#[component]
pub fn FigureTable(
    /// What the table is, with its unit.
    caption: String,
    /// What the rows are.
    corner: &'static str,
    /// What the columns are.
    columns: Vec<String>,
    /// The rows, each with its amounts and whether it is a sum.
    rows: Vec<(String, Vec<Option<Money>>, bool)>,
    /// The unit amounts are shown in.
    unit: AmountUnit,
) -> impl IntoView {
    let headings: Vec<_> = columns
        .into_iter()
        .map(|column| {
            view! {
                <th scope="col" class="amount">
                    {column}
                </th>
            }
        })
        .collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(name, amounts, is_sum)| {
            let cells: Vec<_> = amounts
                .into_iter()
                .map(|amount| {
                    let text = amount.map_or_else(|| "–".to_owned(), |amount| amount.format(unit));
                    view! { <td class="amount number">{text}</td> }
                })
                .collect();
            view! {
                <tr class=if is_sum { "sum" } else { "" }>
                    <th scope="row">{name}</th>
                    {cells}
                </tr>
            }
        })
        .collect();
    let label = caption.clone();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="plain figures">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{corner}</th>
                        {headings}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
