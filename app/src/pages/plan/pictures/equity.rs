//! Equity against its ceiling over the years, as two lines.

use super::conclusion::of_equity;
use crate::components::chart::{Figure, FigureTable, Lines, Series, Words, chart_unit};
use crate::domain::equity::roll;
use crate::domain::money::AmountUnit;
use crate::domain::{Budget, EquityYear, Money};
use leptos::prelude::*;

/// The picture of the equity.
#[component]
pub fn EquityFigure(
    /// The plan's figures.
    budget: Signal<Option<Budget>>,
    /// The unit amounts are shown in.
    unit: RwSignal<AmountUnit>,
) -> impl IntoView {
    let years = Memo::new(move |_| budget.with(|budget| budget.as_ref().map(roll).unwrap_or_default()));
    let heading = Signal::derive(move || years.with(|years| of_equity(years, unit.get())));
    let about = Signal::derive(move || {
        let unit = years.with(|years| chart_unit(figures(years)));
        format!("Utgående eget kapital och taket för det. Diagrammet visar {}.", unit.label())
    });
    let picture = move || {
        let years = years.get();
        years.iter().any(|year| year.closing.is_some()).then(|| {
            let words = Words {
                id: "diagram-kapital",
                title: "Utgående eget kapital och tak, år för år".to_owned(),
                description: format!("{}. Alla belopp står i tabellen.", heading.get()),
            };
            let unit = chart_unit(figures(&years));
            let categories = years.iter().map(|year| year.year.to_string()).collect();
            let line = |name: &str, of: fn(&EquityYear) -> Option<Money>| Series {
                name: name.to_owned(),
                amounts: years.iter().map(of).collect(),
            };
            let series = vec![line("Utgående eget kapital", |year| year.closing), line("Tak", |year| year.ceiling)];
            view! { <Lines words categories series unit /> }
        })
    };
    let table = move || equity_table(years.get(), unit.get());
    view! { <Figure id="diagram-kapital" heading about picture table /> }
}

fn figures(years: &[EquityYear]) -> impl Iterator<Item = Money> {
    years.iter().flat_map(|year| [year.closing, year.ceiling]).flatten()
}

fn equity_table(years: Vec<EquityYear>, unit: AmountUnit) -> impl IntoView {
    let row = |name: &str, of: fn(&EquityYear) -> Option<Money>, is_sum: bool| {
        (name.to_owned(), years.iter().map(of).collect(), is_sum)
    };
    let rows = vec![
        row("Ingående eget kapital", |year| year.opening, false),
        row("Årets resultat", |year| year.result, false),
        row("Utgående eget kapital", |year| year.closing, true),
        row("Tak för eget kapital", |year| year.ceiling, false),
        row("Över taket (under med minus)", EquityYear::over_ceiling, false),
    ];
    let columns = years.iter().map(|year| year.year.to_string()).collect();
    let caption = format!("Eget kapital år för år. Belopp i {}.", unit.label());
    view! { <FigureTable caption corner="Post" columns rows unit /> }
}
