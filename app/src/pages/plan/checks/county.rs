//! The association's line for county-wide training against its contribution in the county plan: the same money, written
//! in two plans.

use super::address;
use crate::components::icon::{Icon, IconView};
use crate::domain::check::OwnLine;
use crate::domain::{Money, Spot, Year};
use crate::pages::plan::desk::Desk;
use leptos::prelude::*;

/// What the plan says, and what the county plan says; none where the plan has no such line, or takes no part in a county
/// plan that the user may read.
fn both(desk: Desk) -> Memo<Option<(OwnLine, Option<Money>)>> {
    let workspace = desk.workspace;
    Memo::new(move |_| {
        let precision = workspace.rest().with(|rest| rest.stated.amounts);
        desk.contributions.with(|contributions| {
            let county = contributions.first()?;
            let own = workspace.budget().with(|budget| OwnLine::of(budget.as_ref()?, county.year, precision))?;
            Some((own, county.amount))
        })
    })
}

/// A notice where the two differ, with the way to both.
#[component]
pub fn CountyNotice(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let both = both(desk);
    move || {
        let (own, contribution) = both.get().filter(|(own, contribution)| !own.agrees_with(*contribution))?;
        let line = address(desk, &Spot::Line(own.line, own.year)).map(|href| {
            view! {
                <a href=href rel="external">
                    "Gå till raden"
                </a>
            }
        });
        Some(view! {
            <section class="notice warning" aria-label="Länsplanen" data-testid="county-notice">
                <IconView icon=Icon::Warning />
                <p class="notice-body">{own.beside(contribution)}</p>
                {line}
                {to_county(own.year)}
            </section>
        })
    }
}

/// A line among the checks where the two agree.
#[component]
pub fn CountyAgreement(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let both = both(desk);
    move || {
        let (own, contribution) = both.get().filter(|(own, contribution)| own.agrees_with(*contribution))?;
        Some(view! {
            <p class="finding good">
                <IconView icon=Icon::Check />
                <span>{own.beside(contribution)} " " {to_county(own.year)}</span>
            </p>
        })
    }
}

fn to_county(year: Year) -> impl IntoView {
    view! {
        <a href=format!("/lan/{year}") rel="external">
            {format!("Gå till länsplanen {year}")}
        </a>
    }
}
