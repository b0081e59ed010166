//! *Kurser* in numbers: a picture with its table, tables of counts, and what a participant costs.

use crate::components::chart::{Bar, BarRow, Bars, Figure, FigureTable, Words};
use crate::domain::course::follow_up::{CostSource, FEW, LineCost};
use crate::domain::course::statistics::Count;
use crate::domain::money::{AmountUnit, Money};
use leptos::prelude::*;

/// The note under tables with marked counts.
pub const FEW_NOTE: &str =
    "* Fyra personer eller färre: siffran kan peka ut någon. Pröva sekretessen innan den lämnas ut.";

/// Whether a count is so small that it is marked.
pub fn is_few(count: u32) -> bool {
    (1..=FEW).contains(&count)
}

/// A count of people in a small group, marked where it may point one of them out.
pub fn marked(count: u32) -> String {
    if is_few(count) { format!("{count}*") } else { count.to_string() }
}

/// *Anmälda och deltagare per kurs*, as a picture.
pub fn counts_picture(by_course: &[(String, Count)], total: Count, of: &str) -> AnyView {
    let registered =
        if total.registered == 1 { "1 anmäld".to_owned() } else { format!("{} anmälda", total.registered) };
    let heading = format!("{registered}, varav {} har deltagit", total.attended);
    let about = format!("Anmälda och deltagare per kurs. {of}.");
    let (rows, table): (Vec<_>, Vec<_>) = by_course
        .iter()
        .map(|(name, count)| {
            let (registered, attended) = (people(count.registered), people(count.attended));
            let bars = vec![Bar { name: "Anmälda", amount: registered }, Bar { name: "Deltog", amount: attended }];
            (BarRow { name: name.clone(), mark: None, bars }, (name.clone(), vec![registered, attended], false))
        })
        .unzip();
    let words = Words {
        id: "diagram-kurser",
        title: "Anmälda och deltagare per kurs".to_owned(),
        description: format!("{heading}. Alla tal står i tabellen."),
    };
    let caption = about.clone();
    view! {
        <Figure
            id="diagram-kurser"
            heading=heading
            about=about
            picture=move || view! { <Bars words=words.clone() rows=rows.clone() unit=AmountUnit::Kronor /> }
            table=move || {
                let columns = vec!["Anmälda".to_owned(), "Deltog".to_owned()];
                view! {
                    <FigureTable
                        caption=caption.clone()
                        corner="Kurs"
                        columns
                        rows=table.clone()
                        unit=AmountUnit::Kronor
                    />
                }
            }
        />
    }
    .into_any()
}

/// The pictures draw amounts; one person is one krona of them.
fn people(count: u32) -> Option<Money> {
    i32::try_from(count).ok().map(Money::from_kronor)
}

/// A row of a table of counts: its name, its counts as they are shown, and whether it is a sum.
pub type CountRow = (String, Vec<String>, bool);

/// A table of counts.
pub fn counts_table(caption: String, corner: &'static str, columns: &[&'static str], rows: Vec<CountRow>) -> AnyView {
    let headings: Vec<_> = columns.iter().map(|column| heading(column)).collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(name, counts, is_sum)| {
            let cells: Vec<_> =
                counts.into_iter().map(|count| view! { <td class="amount number">{count}</td> }).collect();
            view! {
                <tr class=if is_sum { "sum" } else { "" }>
                    <th scope="row">{name}</th>
                    {cells}
                </tr>
            }
        })
        .collect();
    framed(caption, view! { <th scope="col">{corner}</th> }.into_any(), headings, rows.into_any())
}

/// *Kostnad per deltagare*, by line of the budget.
pub fn costs_table(caption: String, costs: Vec<LineCost>, unit: AmountUnit) -> AnyView {
    let headings = ["Kostnad", "Underlag", "Deltog", "Kostnad per deltagare"].map(heading).into_iter().collect();
    let amount =
        |amount: Option<Money>, unit| amount.map_or_else(|| "–".to_owned(), |amount| amount.format_with_unit(unit));
    let rows: Vec<_> = costs
        .into_iter()
        .map(|line| {
            let source = line.cost.map_or("Kostnad saknas".to_owned(), |(_, source)| match source {
                CostSource::Outcome(through) => format!("Utfall t.o.m. {through}"),
                CostSource::Budget => "Budget".to_owned(),
            });
            let per_participant = line.per_participant();
            let cost = line.cost.map(|(cost, _)| cost);
            let name = match line.name {
                Some(name) if name.trim().is_empty() => "Rad utan namn".to_owned(),
                Some(name) => name,
                None => "Rad som inte finns i budgeten".to_owned(),
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="amount number">{amount(cost, unit)}</td>
                    <td class="amount">{source}</td>
                    <td class="amount number">{line.participants}</td>
                    // In kronor whatever the page shows: it is a small amount.
                    <td class="amount number">{amount(per_participant, AmountUnit::Kronor)}</td>
                </tr>
            }
        })
        .collect();
    framed(caption, view! { <th scope="col">"Rad i budgeten"</th> }.into_any(), headings, rows.into_any())
}

fn heading(words: &'static str) -> AnyView {
    view! {
        <th scope="col" class="amount">
            {words}
        </th>
    }
    .into_any()
}

fn framed(caption: String, corner: AnyView, headings: Vec<AnyView>, rows: AnyView) -> AnyView {
    let label = caption.clone();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="plain figures counts">
                <caption>{caption}</caption>
                <thead>
                    <tr>{corner} {headings}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
