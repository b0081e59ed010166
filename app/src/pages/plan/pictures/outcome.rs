//! The chosen outcome against the budget of its year, line by line, as lying bars.

use super::conclusion::of_outcome;
use crate::components::chart::{Bar, BarRow, Bars, Figure, FigureTable, Words, chart_unit};
use crate::domain::money::AmountUnit;
use crate::domain::picture::{Booked, BookedLines, booked};
use crate::domain::{Budget, IsoDate, Money, Outcome};
use leptos::prelude::*;

/// As many lines as are read at once and fit on a printed page; the table has them all.
const MOST_LINES: usize = 8;

/// The picture of the outcome.
#[component]
pub fn OutcomeFigure(
    /// The plan's figures.
    budget: Signal<Option<Budget>>,
    /// The outcome that is chosen on the page: the chosen, to begin with.
    chosen: Signal<Option<Outcome>>,
    /// The unit amounts are shown in.
    unit: RwSignal<AmountUnit>,
) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let (budget, chosen) = (budget.read(), chosen.read());
        let (budget, outcome) = budget.as_ref().zip(chosen.as_ref())?;
        Some((outcome.through, booked(budget, outcome)))
    });
    let heading = Signal::derive(move || {
        shown.with(|shown| shown.as_ref().map(|(day, lines)| of_outcome(*day, lines, unit.get())).unwrap_or_default())
    });
    let about = Signal::derive(move || shown.with(|shown| shown.as_ref().map(about).unwrap_or_default()));
    let picture = move || {
        let (_, lines) = shown.get().filter(|(_, lines)| !lines.lines.is_empty())?;
        let words = Words {
            id: "diagram-utfall",
            title: "Utfall mot budget, rad för rad".to_owned(),
            description: format!("{}. Alla belopp står i tabellen.", heading.get()),
        };
        let unit = chart_unit(figures(&lines));
        let rows = lines.foremost(MOST_LINES).into_iter().map(row).collect();
        Some(view! { <Bars words rows unit /> })
    };
    let table = move || shown.get().map(|(_, lines)| outcome_table(lines, unit.get()));
    view! { <Figure id="diagram-utfall" heading about picture table /> }
}

fn figures(lines: &BookedLines) -> impl Iterator<Item = Money> {
    lines.lines.iter().flat_map(|row| [row.budget, row.outcome]).flatten()
}

fn about((day, lines): &(IsoDate, BookedLines)) -> String {
    let unit = chart_unit(figures(lines)).label();
    let count = lines.lines.len();
    let which = if count > MOST_LINES {
        format!(", för {MOST_LINES} av {count} rader: de som är över budget och de största")
    } else {
        String::new()
    };
    format!("Budget {} och utfall till och med {day}{which}. Diagrammet visar {unit}.", day.year())
}

fn row(booked: &Booked) -> BarRow {
    let name = if booked.name.trim().is_empty() { "Rad utan namn".to_owned() } else { booked.name.clone() };
    BarRow {
        name,
        mark: booked.state.is_marked.then(|| booked.state.standing.label()),
        bars: vec![Bar { name: "Budget", amount: booked.budget }, Bar { name: "Utfall", amount: booked.outcome }],
    }
}

fn outcome_table(lines: BookedLines, unit: AmountUnit) -> impl IntoView {
    let mut rows: Vec<(String, Vec<Option<Money>>, bool)> =
        lines.lines.into_iter().map(|row| (row.name, vec![row.budget, row.outcome], false)).collect();
    rows.push(("Summa".to_owned(), vec![lines.budget, lines.outcome], true));
    let columns = ["Budget", "Utfall"].map(str::to_owned).to_vec();
    let caption = format!("Utfall mot budget, rad för rad. Belopp i {}.", unit.label());
    view! { <FigureTable caption corner="Rad" columns rows unit /> }
}
