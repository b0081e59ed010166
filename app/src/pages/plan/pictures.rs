//! *Diagram*: costs by section, equity against the ceiling, outcome against budget. They follow what anybody writes.

mod conclusion;
mod costs;
mod equity;
mod outcome;

use super::desk::Desk;
use super::settled::settled;
use crate::domain::{Budget, Outcome};
use leptos::prelude::*;

/// The pictures of a plan.
#[component]
pub fn Pictures(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let workspace = desk.workspace;
    let budget: Signal<Option<Budget>> = settled(workspace.budget().into());
    let chosen: Signal<Option<Outcome>> = settled(Signal::derive(move || {
        workspace.outcome(desk.chosen.get()?).map(|view| view.with(|view| view.outcome.clone()))
    }));
    let unit = desk.tools.unit;
    let has_outcome = Memo::new(move |_| chosen.with(Option::is_some));
    view! {
        <section class="plan-section pictures" aria-labelledby="diagram-rubrik">
            <h2 id="diagram-rubrik">"Diagram"</h2>
            <div class="chart-row">
                <costs::CostsFigure budget unit />
                <equity::EquityFigure budget unit />
                {move || has_outcome.get().then(|| view! { <outcome::OutcomeFigure budget chosen unit /> })}
            </div>
        </section>
    }
}
