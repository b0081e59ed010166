//! *Utfall*: what is booked through a date against the budget, and what the year is expected to end at.

mod add;
mod choice;
mod comparison;
mod date;
mod forecast;
mod pace;
pub mod place;
mod source;

use super::desk::{Desk, PlanDialog};
use crate::components::document::Message;
use crate::components::grid::GridTable;
use crate::components::icon::{Icon, IconView};
use crate::components::unbroken::unbroken;
use crate::document::plan::{PlanCommand, RowRef};
pub use date::MoveOutcomeDialog;
use leptos::prelude::*;
pub use source::{OutcomeSource, through};

/// What the address calls the last day of the outcome that is shown.
pub const SHOWN: &str = "utfall";
/// What the address calls the last day of the outcome that it is compared with.
pub const COMPARED: &str = "jamfor";

/// The outcomes: one of them as a table, the choice among several, two compared, and a new one.
#[component]
pub fn OutcomeView(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let is_any = Memo::new(move |_| desk.chosen.get().is_some());
    let heading = move || match desk.booked.through() {
        Some(date) => format!("Utfall till och med {date}"),
        None => "Utfall".to_owned(),
    };
    let table = move || {
        if is_any.get() {
            view! { <Shown desk /> }.into_any()
        } else {
            view! { <p class="empty">"Inget utfall är inlagt än. Lägg till ett med den dag som det är bokfört till och med."</p> }
                .into_any()
        }
    };
    view! {
        <section class="plan-section" aria-labelledby="utfall-rubrik" data-testid="outcome">
            <h2 id="utfall-rubrik">{move || unbroken(&heading())}</h2>
            {table}
            {move || desk.workspace.can_write().then(|| view! { <add::NewOutcome desk /> })}
        </section>
    }
}

/// The chosen outcome.
#[component]
fn Shown(desk: Desk) -> impl IntoView {
    let remove = move |_| {
        let Some((id, through)) = untrack(|| desk.chosen.get().zip(desk.booked.through())) else { return };
        if desk.booked.run(PlanCommand::Remove { row: RowRef::Outcome(id) }) {
            let text = format!("Utfallet till och med {through} är borttaget.");
            desk.tools.announcer.say(text.clone());
            desk.tools.message.set(Some(Message { text, undo: true }));
        }
    };
    let tools = move || {
        desk.workspace.can_write().then(|| {
            view! {
                <div class="button-row needs-script">
                    <button type="button" class="button" on:click=move |_| desk.dialog.set(Some(PlanDialog::MoveOutcome))>
                        "Ändra datum"
                    </button>
                    <button type="button" class="button danger" on:click=remove>
                        <IconView icon=Icon::Remove />
                        "Ta bort utfallet"
                    </button>
                </div>
            }
        })
    };
    view! {
        <choice::OutcomeChoice desk />
        <pace::PaceRule desk />
        {move || desk.workspace.can_write().then(|| view! { <forecast::ForecastTools desk /> })}
        <GridTable
            grid=desk.outcome
            caption="Utfall mot budget: utfall, andel av budget, prognos, avvikelse, kommentar och åtgärd."
            has_amounts=true
        />
        <forecast::MissingForecasts desk />
        {tools}
        <comparison::OutcomeComparison desk />
    }
}
