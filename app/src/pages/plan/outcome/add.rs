//! A new outcome, by its last day.

use super::through;
use crate::components::icon::{Icon, IconView};
use crate::document::plan::PlanCommand;
use crate::domain::date::DateError;
use crate::domain::{IsoDate, OutcomeId};
use crate::pages::plan::desk::Desk;
use leptos::html;
use leptos::prelude::*;

/// The day that was written, or why it cannot be the last day of an outcome of this plan.
pub fn day_of(desk: Desk, text: &str) -> Result<IsoDate, String> {
    if text.trim().is_empty() {
        return Err("Fyll i den sista dag som är bokförd, till exempel 2021-08-31.".to_owned());
    }
    let through: IsoDate = text.trim().parse().map_err(|error: DateError| error.to_string())?;
    let year = desk.workspace.header().with_untracked(|header| header.year);
    match year {
        Some(year) if year.number() != through.year() => Err(format!("Fyll i en dag under budgetåret {year}.")),
        _ => Ok(through),
    }
}

/// Adds an outcome by its last day.
#[component]
pub fn NewOutcome(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let error = RwSignal::new(None::<String>);
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked() else { return };
        let refuse = move |reason: String| {
            desk.tools.announcer.interrupt(reason.clone());
            error.set(Some(reason));
        };
        let through = match day_of(desk, &input.value()) {
            Ok(through) => through,
            Err(reason) => {
                // Only an element that has left the page takes no focus.
                let _ = input.focus();
                return refuse(reason);
            }
        };
        let outcomes = desk.workspace.outcomes().get_untracked();
        let is_there = |id: &OutcomeId| untrack(|| self::through(desk.workspace, *id)) == Some(through);
        if let Some(known) = outcomes.into_iter().find(is_there) {
            desk.picked.set(Some(known));
            return refuse(format!("Det finns redan ett utfall till och med {through}. Det visas nu."));
        }
        let id = OutcomeId::from_random(*desk.workspace.new_item_id().as_bytes());
        if desk.booked.run(PlanCommand::AddOutcome { id, through }) {
            desk.picked.set(Some(id));
            error.set(None);
            input.set_value("");
            desk.tools.announcer.say(format!("Utfall till och med {through} är tillagt"));
        }
    };
    let described = move || {
        if error.with(Option::is_some) { "utfall-datum-hjalp utfall-datum-fel" } else { "utfall-datum-hjalp" }
    };
    view! {
        <form class="new-outcome needs-script" on:submit=add novalidate>
            <div class="field">
                <label for="utfall-datum">"Nytt utfall till och med"</label>
                <p class="help" id="utfall-datum-hjalp">
                    "Den sista dag som är bokförd, till exempel 2021-08-31."
                </p>
                {move || {
                    error
                        .get()
                        .map(|reason| {
                            view! {
                                <p class="error-text" id="utfall-datum-fel">
                                    <IconView icon=Icon::Error />
                                    <span>{reason}</span>
                                </p>
                            }
                        })
                }}
                <input
                    node_ref=input
                    id="utfall-datum"
                    type="text"
                    autocomplete="off"
                    aria-describedby=described
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                />
            </div>
            <button type="submit" class="button">
                <IconView icon=Icon::Plus />
                "Lägg till utfall"
            </button>
        </form>
    }
}
