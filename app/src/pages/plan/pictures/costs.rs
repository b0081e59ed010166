//! Costs by section over the years, as stacked columns.

use super::conclusion::of_costs;
use crate::components::chart::{Figure, FigureTable, MOST_SERIES, Series, Stack, Words, chart_unit};
use crate::domain::money::AmountUnit;
use crate::domain::picture::{Costs, Part, costs};
use crate::domain::{Budget, Money, Year};
use leptos::prelude::*;

/// The picture of the costs.
#[component]
pub fn CostsFigure(
    /// The plan's figures.
    budget: Signal<Option<Budget>>,
    /// The unit amounts are shown in.
    unit: RwSignal<AmountUnit>,
) -> impl IntoView {
    let drawn = Memo::new(move |_| budget.with(|budget| budget.as_ref().map(|budget| costs(budget, MOST_SERIES))));
    let all = Memo::new(move |_| budget.with(|budget| budget.as_ref().map(|budget| costs(budget, usize::MAX))));
    let heading = Signal::derive(move || {
        drawn.with(|costs| costs.as_ref().map(|costs| of_costs(costs, unit.get())).unwrap_or_default())
    });
    let about = Signal::derive(move || {
        format!("Kostnader per avsnitt. Diagrammet visar {}.", drawn.with(|costs| in_unit(costs.as_ref())).label())
    });
    let picture = move || {
        let costs = drawn.get().filter(|costs| costs.totals.iter().any(Option::is_some))?;
        let words = Words {
            id: "diagram-kostnader",
            title: "Kostnader per avsnitt och år".to_owned(),
            description: format!("{}. Alla belopp står i tabellen.", heading.get()),
        };
        let (unit, categories) = (in_unit(Some(&costs)), costs.years.iter().map(Year::to_string).collect());
        let series = costs.parts.into_iter().map(|Part { name, amounts }| Series { name, amounts }).collect();
        Some(view! { <Stack words categories series totals=costs.totals unit /> })
    };
    let table = move || all.get().map(|costs| costs_table(costs, unit.get()));
    view! { <Figure id="diagram-kostnader" heading about picture table /> }
}

fn in_unit(costs: Option<&Costs>) -> AmountUnit {
    let amounts = costs.into_iter().flat_map(|costs| costs.totals.iter().flatten().copied());
    chart_unit(amounts)
}

fn costs_table(costs: Costs, unit: AmountUnit) -> impl IntoView {
    let mut rows: Vec<(String, Vec<Option<Money>>, bool)> =
        costs.parts.into_iter().map(|part| (part.name, part.amounts, false)).collect();
    rows.push(("Summa kostnader".to_owned(), costs.totals, true));
    let columns = costs.years.iter().map(Year::to_string).collect();
    let caption = format!("Kostnader per avsnitt. Belopp i {}.", unit.label());
    view! { <FigureTable caption corner="Avsnitt" columns rows unit /> }
}
