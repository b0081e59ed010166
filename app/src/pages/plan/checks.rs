//! *Kontrollräkning*: figures that cannot be right, and rules that the plan does not keep to.

pub mod address;
pub mod county;
pub mod findings;
pub mod stated;

use super::desk::Desk;
use super::outcome::through;
use crate::boot::CHECKS;
use crate::components::icon::{Icon, IconView};
use crate::domain::{Finding, Spot};
use address::{Shown, address_in};
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
            <p class="to-all-checks">
                <a href=CHECKS rel="external">
                    "Kontrollräkna alla planer"
                </a>
            </p>
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
    let day = |id| through(desk.workspace, id);
    let outcome = desk.chosen.get();
    desk.workspace.header().with(|header| address_in(spot, &Shown { years: &header.years, outcome, day: &day }))
}
