//! Which of several outcomes is shown, and which it is compared with. A form with an address for each answer, so that
//! it works without JavaScript; with it, every choice shows at once.

use super::{COMPARED, SHOWN, through};
use crate::domain::OutcomeId;
use crate::pages::plan::desk::Desk;
use leptos::prelude::*;

/// The two choices; nothing where there is but one outcome.
#[component]
pub fn OutcomeChoice(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let several = Memo::new(move |_| desk.workspace.outcomes().with(|outcomes| outcomes.len() > 1));
    let action = format!("{}#utfall-rubrik", desk.workspace.document().address().unwrap_or_default());
    move || {
        several.get().then(|| {
            let compared = Signal::derive(move || desk.compared.get());
            view! {
                <form class="compare" method="get" action=action.clone()>
                    <div class="field">
                        <label for="utfall-val">"Visa utfall till och med"</label>
                        <select id="utfall-val" name=SHOWN on:change=move |event| desk.picked.set(chosen(desk, &event))>
                            <Days desk is=desk.chosen />
                        </select>
                    </div>
                    <div class="field">
                        <label for="utfall-jamfor">"Jämför med"</label>
                        <select
                            id="utfall-jamfor"
                            name=COMPARED
                            on:change=move |event| desk.compared.set(chosen(desk, &event))
                        >
                            <option value="">"Inget annat utfall"</option>
                            <Days desk is=compared />
                        </select>
                    </div>
                    <button type="submit" class="button only-without-script">
                        "Visa utfallet"
                    </button>
                </form>
            }
        })
    }
}

/// The outcomes by their last days; `is` says which of them is chosen.
#[component]
fn Days(desk: Desk, is: Signal<Option<OutcomeId>>) -> impl IntoView {
    move || {
        let option = |id: OutcomeId| {
            let day = through(desk.workspace, id).map(|day| day.to_string()).unwrap_or_default();
            let name = day.clone();
            view! {
                <option
                    value=day
                    selected=untrack(|| is.get()) == Some(id)
                    prop:selected=move || is.get() == Some(id)
                >
                    {name}
                </option>
            }
        };
        desk.workspace.outcomes().get().into_iter().map(option).collect_view()
    }
}

/// The outcome of the day that was chosen.
fn chosen(desk: Desk, event: &leptos::ev::Event) -> Option<OutcomeId> {
    let day = event_target_value(event).parse().ok()?;
    let all = desk.workspace.outcomes().get_untracked();
    all.into_iter().find(|id| untrack(|| through(desk.workspace, *id)) == Some(day))
}
