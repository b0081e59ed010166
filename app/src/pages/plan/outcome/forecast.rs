//! *Förslag till prognos*: for a row, or for every row that has none. A proposal is written only when somebody asks for
//! it, and is taken back in one step.

use super::OutcomeSource;
use super::place::budget_row;
use crate::components::document::Message;
use crate::components::grid::source::RowAction;
use crate::components::unbroken::unbroken;
use crate::document::plan::{AmountCell, PlanCommand};
use crate::domain::{ForecastProposal, Money, OutcomeLine};
use crate::pages::plan::desk::Desk;
use crate::pages::plan::place::Place;
use crate::pages::plan::source::as_one;
use leptos::prelude::*;
use std::sync::Arc;

const WAYS: [ForecastProposal; 2] = [ForecastProposal::Linear, ForecastProposal::Budget];

/// What the menu of a row offers: the proposals that would change its forecast.
pub fn of_row(source: OutcomeSource, place: Place) -> Vec<RowAction> {
    let action = |way: ForecastProposal| {
        let amount = untrack(|| proposal(source, place, way))?;
        if untrack(|| source.figures(place).forecast) == Some(amount) {
            return None;
        }
        let label = match way {
            ForecastProposal::Linear => "Föreslå prognos: rak framskrivning",
            ForecastProposal::Budget => "Föreslå prognos: enligt budget",
        };
        let run = move || {
            if let Some(command) = write(source, place, amount) {
                source.run(command);
            }
        };
        Some(RowAction { label, key: None, run: Arc::new(run) })
    };
    WAYS.into_iter().filter_map(action).collect()
}

/// What would be proposed for a row; none where what it rests on is empty.
fn proposal(source: OutcomeSource, place: Place, way: ForecastProposal) -> Option<Money> {
    budget_row(place)?;
    let figures = source.figures(place);
    way.propose(figures.amount, figures.budget, source.through()?)
}

fn write(source: OutcomeSource, place: Place, amount: Money) -> Option<PlanCommand> {
    let cell = AmountCell::Forecast(source.chosen.get_untracked()?, budget_row(place)?);
    Some(PlanCommand::SetAmount { cell, amount: Some(amount) })
}

/// Proposes a forecast for every row that has none.
fn fill_empty(source: OutcomeSource, way: ForecastProposal) {
    let lines = source.workspace.lines().get_untracked().into_iter().map(|(_, id)| Place::Line(id));
    let income = source.workspace.income().get_untracked().into_iter().map(Place::Income);
    let commands: Vec<_> = lines
        .chain(income)
        .filter(|place| untrack(|| source.figures(*place).forecast).is_none())
        .filter_map(|place| write(source, place, untrack(|| proposal(source, place, way))?))
        .collect();
    let count = commands.len();
    let Some(command) = as_one(commands, "föreslå prognoser") else {
        return source.tools.refuse(match way {
            ForecastProposal::Linear => "Det finns ingen rad med utfall som saknar prognos.".to_owned(),
            ForecastProposal::Budget => "Det finns ingen rad med budget som saknar prognos.".to_owned(),
        });
    };
    if source.run(command) {
        let rows = if count == 1 { "1 rad".to_owned() } else { format!("{count} rader") };
        let text = format!("Prognos är föreslagen för {rows}. Se över förslagen.");
        source.tools.announcer.say(text.clone());
        source.tools.message.set(Some(Message { text, undo: true }));
    }
}

/// What the sums of forecasts leave out, so that nobody reads them as the whole year's.
#[component]
pub fn MissingForecasts(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let told = Memo::new(move |_| desk.booked.sums.with(|sums| sums.left_out_of_forecasts.told()));
    move || told.get().map(|text| view! { <p data-testid="missing-forecasts">{unbroken(&text)}</p> })
}

/// The buttons that fill every empty forecast.
#[component]
pub fn ForecastTools(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let has_any = Memo::new(move |_| {
        let is_set = |line: &OutcomeLine| line.forecast.is_some();
        let chosen = desk.chosen.get().and_then(|id| desk.workspace.outcome(id));
        chosen.is_some_and(|view| {
            view.with(|view| view.outcome.lines.values().chain(view.outcome.income.values()).any(is_set))
        })
    });
    let words = move || match has_any.get() {
        true => "Föreslå prognos för rader som saknar den:",
        false => "Ingen prognos är satt än. Föreslå en för alla rader på en gång, och ändra sedan det ni vet bättre:",
    };
    let buttons = WAYS.map(|way| {
        view! {
            <button type="button" class="button" on:click=move |_| fill_empty(desk.booked, way)>
                {way.label()}
            </button>
        }
    });
    view! {
        <div class="forecasts needs-script" role="group" aria-labelledby="prognos-forslag">
            <p id="prognos-forslag">{words}</p>
            <div class="button-row">{buttons.into_iter().collect_view()}</div>
            <p class="muted">"För en rad i taget: öppna radens meny med högerklick eller Skift+F10."</p>
        </div>
    }
}
