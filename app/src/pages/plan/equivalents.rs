//! *Helårsekvivalenter*: how many people benefits support in the area, as a table to read. Counts only.

use super::checks::findings::equivalents;
use super::desk::Desk;
use crate::domain::{
    AmountUnit, Benefit, EquivalentId, EquivalentRow, Figure, PopulationGroup, StatedFigures, StatedKey,
};
use leptos::prelude::*;

/// The table; nothing where the plan has none.
#[component]
pub fn Equivalents(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let areas = Memo::new(move |_| by_area(equivalents(desk.workspace)));
    let is_any = Memo::new(move |_| areas.with(|areas| !areas.is_empty()));
    move || {
        is_any.get().then(|| {
            let bodies = move || {
                let stated = desk.workspace.rest().with(|rest| rest.stated.clone());
                areas.with(|areas| areas.iter().map(|area| body(area, &stated)).collect_view())
            };
            let benefits = Benefit::ALL.map(|benefit| benefit.label().to_owned());
            let counted = ["Totalt".to_owned(), "Folkmängd 20–64 år".to_owned(), "Andel".to_owned()];
            let headings = benefits.into_iter().chain(counted).map(|heading| {
                view! {
                    <th scope="col" class="amount">
                        {heading}
                    </th>
                }
            });
            view! {
                <section class="plan-section" aria-labelledby="helar-rubrik" data-testid="equivalents">
                    <h2 id="helar-rubrik">"Helårsekvivalenter"</h2>
                    <div class="scroll" tabindex="0" role="region" aria-label="Tabell över helårsekvivalenter">
                        <table class="plain figures counts">
                            <caption>
                                "Antal personer som får full ersättning hela året, efter område, år och kön. Totalt och andel räknas ut där det går."
                            </caption>
                            <thead>
                                <tr>
                                    <th scope="col">"År"</th>
                                    {headings.collect_view()}
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

/// The address of a row within the page.
pub fn row_id(row: EquivalentId) -> String {
    format!("helar-{row}")
}

/// The rows of each area, areas and rows in the plan's order.
fn by_area(rows: Vec<EquivalentRow>) -> Vec<(String, Vec<EquivalentRow>)> {
    let mut areas: Vec<(String, Vec<EquivalentRow>)> = Vec::new();
    for row in rows {
        match areas.iter_mut().find(|(area, _)| *area == row.area) {
            Some((_, rows)) => rows.push(row),
            None => areas.push((row.area.clone(), vec![row])),
        }
    }
    areas
}

fn body((area, rows): &(String, Vec<EquivalentRow>), stated: &StatedFigures) -> impl IntoView + use<> {
    view! {
        <tbody>
            <tr class="section">
                <th scope="rowgroup" colspan="10">
                    {area.clone()}
                </th>
            </tr>
            {rows.iter().map(|it| row(it, stated)).collect_view()}
        </tbody>
    }
}

/// What is worked out, or where nothing gives it what was printed.
fn row(row: &EquivalentRow, stated: &StatedFigures) -> impl IntoView + use<> {
    let name = match row.group {
        PopulationGroup::Everyone => row.year.to_string(),
        _ => format!("{} {}", row.year, row.group.label().to_lowercase()),
    };
    let count = |count: Option<u64>| {
        let figure = count.and_then(|count| i64::try_from(count).ok()).map_or(Figure::Empty, Figure::Count);
        figure.format(AmountUnit::Kronor)
    };
    let counts = Benefit::ALL.iter().map(|benefit| count(row.counts.get(benefit).copied().map(u64::from)));
    let printed = |key: StatedKey| stated.get(key).map(Figure::from);
    let total = row.total().and_then(|total| i64::try_from(total).ok()).map(Figure::Count);
    let total = total.or_else(|| printed(StatedKey::EquivalentTotal(row.id))).unwrap_or(Figure::Empty);
    let share = row.share_of_population().map(|it| format!("{}\u{a0}%", it.percent(1)));
    let share = share.unwrap_or_else(|| {
        printed(StatedKey::PopulationShare(row.id)).unwrap_or(Figure::Empty).format(AmountUnit::Kronor)
    });
    let cells =
        counts.chain([total.format(AmountUnit::Kronor), count(row.population.map(u64::from)), share]).map(|text| {
            view! { <td class="amount number">{text}</td> }
        });
    view! {
        <tr id=row_id(row.id)>
            <th scope="row">{name}</th>
            {cells.collect_view()}
        </tr>
    }
}
