//! *Kontrollräkning*: figures that cannot be right, and rules that the plan does not keep to.

pub mod county;
pub mod findings;
pub mod stated;

use super::desk::{BUDGET, Desk, OUTCOME};
use super::equivalents;
use super::outcome::place as outcome_place;
use super::outcome::{SHOWN, through};
use super::place::Place;
use crate::components::icon::{Icon, IconView};
use crate::domain::{EquivalentId, Finding, OutcomeId, Spot, StatedKey, Year};
use leptos::prelude::*;

/// Every finding, with a link to where it stands.
#[component]
pub fn Checks(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let list = move || {
        let findings = desk.findings.get();
        if findings.is_empty() {
            return view! {
                <p class="finding good">
                    <IconView icon=Icon::Check />
                    <span>"Alla summor stämmer."</span>
                </p>
            }
            .into_any();
        }
        let findings: Vec<_> = findings.into_iter().map(|finding| view! { <FindingView desk finding /> }).collect();
        view! { <ul class="findings">{findings}</ul> }.into_any()
    };
    view! {
        <section id="kontrollrakning" class="plan-section" aria-labelledby="kontroll-rubrik" data-testid="checks">
            <h2 id="kontroll-rubrik">"Kontrollräkning"</h2>
            {list}
            <county::CountyAgreement desk />
            <p class="needs-script">
                <button type="button" class="button" on:click=move |_| desk.stating.set(true)>
                    "Uppgifter från tryckt dokument"
                </button>
            </p>
        </section>
    }
}

#[component]
fn FindingView(desk: Desk, finding: Finding) -> impl IntoView {
    let Finding { kind, place, text, .. } = finding;
    let where_ = move || {
        let label = place.label.clone();
        match address(desk, &place.spot) {
            Some(href) => view! {
                <a href=href rel="external">
                    {label}
                </a>
            }
            .into_any(),
            None => view! { <span>{label}</span> }.into_any(),
        }
    };
    view! {
        <li class="finding">
            <IconView icon=Icon::Warning />
            <div>
                <p class="finding-title">{kind.label()} ": " {where_}</p>
                <p>{text}</p>
            </div>
        </li>
    }
}

/// Where a finding stands on this page: the address of its cell, if it has one here.
fn address(desk: Desk, spot: &Spot) -> Option<String> {
    if let Some(row) = of_equivalents(spot) {
        return Some(format!("#{}", equivalents::row_id(row)));
    }
    if let Spot::Stated(key) = spot
        && let Some((outcome, place, column)) = of_outcome(*key)
    {
        let column = desk.outcome.columns.with(|columns| columns.iter().position(|it| *it.key == *column))?;
        let cell = format!("#{OUTCOME}-{}-{column}", place.key());
        // An outcome that is not shown has an address of its own.
        let is_shown = desk.chosen.get() == Some(outcome);
        let day = through(desk.workspace, outcome)?;
        return Some(if is_shown { cell } else { format!("?{SHOWN}={day}{cell}") });
    }
    let (place, year) = match spot {
        Spot::Stated(key) => of_key(*key)?,
        Spot::Line(id, year) => (Place::Line(*id), *year),
        Spot::Income(year) => (Place::TotalIncome, *year),
        _ => return None,
    };
    let column = desk.budget.columns.with(|columns| columns.iter().position(|it| *it.key == *year.to_string()))?;
    Some(format!("#{BUDGET}-{}-{column}", place.key()))
}

/// The row of full-year equivalents that a figure belongs to.
fn of_equivalents(spot: &Spot) -> Option<EquivalentId> {
    match spot {
        Spot::Stated(StatedKey::EquivalentTotal(row) | StatedKey::PopulationShare(row)) => Some(*row),
        Spot::Equivalents(row, _) => Some(*row),
        _ => None,
    }
}

/// The row and year of the budget's table that a stated figure belongs to.
fn of_key(key: StatedKey) -> Option<(Place, Year)> {
    match key {
        StatedKey::SectionSum(section, year) => Some((Place::Sum(section), year)),
        StatedKey::TotalCost(year) => Some((Place::TotalCost, year)),
        StatedKey::TotalIncome(year) => Some((Place::TotalIncome, year)),
        StatedKey::NetResult(year) => Some((Place::NetResult, year)),
        StatedKey::OpeningEquity(year) => Some((Place::Opening, year)),
        StatedKey::ClosingEquity(year) | StatedKey::EquityUsed(year) => Some((Place::Closing, year)),
        StatedKey::AvailableFunds(year) => Some((Place::TotalIncome, year)),
        StatedKey::EquityCeiling(year) => Some((Place::Ceiling, year)),
        _ => None,
    }
}

/// The outcome, and the row and column of its table, that a stated figure belongs to.
fn of_outcome(key: StatedKey) -> Option<(OutcomeId, Place, &'static str)> {
    match key {
        StatedKey::OutcomeSectionSum(id, section) => Some((id, Place::Sum(section), outcome_place::AMOUNT)),
        StatedKey::OutcomeTotal(id) => Some((id, Place::TotalCost, outcome_place::AMOUNT)),
        StatedKey::OutcomeLinePercent(id, line) => Some((id, Place::Line(line), outcome_place::PERCENT)),
        StatedKey::OutcomeSectionPercent(id, section) => Some((id, Place::Sum(section), outcome_place::PERCENT)),
        StatedKey::OutcomeTotalPercent(id) => Some((id, Place::TotalCost, outcome_place::PERCENT)),
        _ => None,
    }
}
