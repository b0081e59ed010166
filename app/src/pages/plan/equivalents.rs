//! *Helårsekvivalenter*: how many people benefits support in the area, as plain figures. Counts only.

mod entered;
mod fields;
mod form;
mod gives;

use super::checks::findings::equivalents;
use super::desk::{Desk, PlanDialog};
use crate::components::icon::{Icon, IconView};
use crate::domain::{
    AmountUnit, Benefit, EquivalentId, EquivalentRow, Figure, PopulationGroup, StatedFigures, StatedKey,
};
pub use form::EquivalentsDialog;
use leptos::prelude::*;

/// The table; nothing where the plan has none and the user cannot write any.
#[component]
pub fn Equivalents(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let workspace = desk.workspace;
    let is_any = Memo::new(move |_| workspace.equivalents().with(|rows| !rows.is_empty()));
    let can_write = Memo::new(move |_| workspace.can_write());
    let add = move || {
        can_write.get().then(|| {
            view! {
                <p class="needs-script">
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| desk.dialog.set(Some(PlanDialog::Equivalents(None)))
                    >
                        <IconView icon=Icon::Plus />
                        "Lägg till helårsekvivalenter"
                    </button>
                </p>
            }
        })
    };
    let table = move || {
        match is_any.get() {
        true => view! { <Table desk can_write /> }.into_any(),
        false => view! { <p class="empty">"Inga helårsekvivalenter är inlagda än. Lägg till en rad för varje område, år och kön."</p> }
            .into_any(),
    }
    };
    // One answer, so that the first row that comes does not draw the section anew and take the focus from its button.
    let shows = Memo::new(move |_| is_any.get() || can_write.get());
    move || {
        shows.get().then(|| {
            view! {
                <section class="plan-section" aria-labelledby="helar-rubrik" data-testid="equivalents">
                    <h2 id="helar-rubrik">"Helårsekvivalenter"</h2>
                    {table}
                    {add}
                </section>
            }
        })
    }
}

#[component]
fn Table(desk: Desk, can_write: Memo<bool>) -> impl IntoView {
    let areas = Memo::new(move |_| by_area(&equivalents(desk.workspace)));
    let names = move || areas.with(|areas| areas.iter().map(|(area, _)| area.clone()).collect::<Vec<_>>());
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
                // Kept by their names and ids, so that whoever has changed a row finds the focus where it was.
                <For each=names key=Clone::clone let:area>
                    <Area desk areas area can_write />
                </For>
            </table>
        </div>
    }
}

/// The address of a row within the page.
pub fn row_id(row: EquivalentId) -> String {
    format!("helar-{row}")
}

type Areas = Vec<(String, Vec<EquivalentId>)>;

/// The rows of each area, areas and rows in the plan's order.
fn by_area(rows: &[EquivalentRow]) -> Areas {
    let mut areas = Areas::new();
    for row in rows {
        match areas.iter_mut().find(|(area, _)| *area == row.area) {
            Some((_, rows)) => rows.push(row.id),
            None => areas.push((row.area.clone(), vec![row.id])),
        }
    }
    areas
}

#[component]
fn Area(desk: Desk, areas: Memo<Areas>, area: String, can_write: Memo<bool>) -> impl IntoView {
    let name = area.clone();
    let rows = move || {
        let own = |areas: &Areas| areas.iter().find(|(name, _)| *name == area).map(|(_, rows)| rows.clone());
        areas.with(own).unwrap_or_default()
    };
    view! {
        <tbody>
            <tr class="section">
                <th scope="rowgroup" colspan="10">
                    {name}
                </th>
            </tr>
            <For each=rows key=|id| *id let:id>
                <RowView desk id can_write />
            </For>
        </tbody>
    }
}

#[component]
fn RowView(desk: Desk, id: EquivalentId, can_write: Memo<bool>) -> impl IntoView {
    let view = desk.workspace.equivalent(id)?;
    let row = Memo::new(move |_| view.with(|view| view.row.clone()));
    let cells = move || {
        let stated = desk.workspace.rest().with(|rest| rest.stated.clone());
        let cell = |text: String| view! { <td class="amount number">{text}</td> };
        row.with(|row| figures(row, &stated)).into_iter().map(cell).collect_view()
    };
    let change = move || {
        can_write.get().then(|| {
            let label = move || row.with(|row| format!("Ändra {} {}", row.area, name_of(row)));
            view! {
                    <button
                        type="button"
                        class="button quiet icon-only needs-script"
                        aria-label=label
                        on:click=move |_| desk.dialog.set(Some(PlanDialog::Equivalents(Some(id))))
                    >
                        <IconView icon=Icon::Edit />
                    </button>
            }
        })
    };
    Some(view! {
        <tr id=row_id(id)>
            <th scope="row">{move || row.with(name_of)} {change}</th>
            {cells}
        </tr>
    })
}

/// The row within its area.
fn name_of(row: &EquivalentRow) -> String {
    match row.group {
        PopulationGroup::Everyone => row.year.to_string(),
        _ => format!("{} {}", row.year, row.group.label().to_lowercase()),
    }
}

/// What is worked out, or where nothing gives it what was printed.
fn figures(row: &EquivalentRow, stated: &StatedFigures) -> Vec<String> {
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
    counts.chain([total.format(AmountUnit::Kronor), count(row.population.map(u64::from)), share]).collect()
}
