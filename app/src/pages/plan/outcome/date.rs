//! *Ändra datum*: moves the shown outcome to another last day, with all that is written in it.

use super::add::day_of;
use super::through;
use crate::components::dialog::Dialog;
use crate::components::document::Message;
use crate::components::field::{FieldState, TextField, go_to_errors};
use crate::document::plan::PlanCommand;
use crate::domain::{IsoDate, OutcomeId};
use crate::pages::plan::desk::{Desk, PlanDialog};
use leptos::prelude::*;

const FIELD: &str = "utfall-nytt-datum";

/// The dialog, while it is open.
#[component]
pub fn MoveOutcomeDialog(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let is_open = Memo::new(move |_| desk.dialog.get() == Some(PlanDialog::MoveOutcome));
    move || {
        // The outcome that was shown when it opened, whatever comes meanwhile.
        let id = is_open.get().then(|| desk.chosen.get_untracked())?;
        id.map(|id| view! { <MoveOutcomePanel desk id /> })
    }
}

/// The day that was written, or why this outcome cannot be moved there.
fn read(desk: Desk, id: OutcomeId, text: &str) -> Result<IsoDate, String> {
    let day = day_of(desk, text)?;
    let mut others = desk.workspace.outcomes().get_untracked().into_iter().filter(|other| *other != id);
    match others.any(|other| untrack(|| through(desk.workspace, other)) == Some(day)) {
        true => Err(format!("Det finns redan ett utfall till och med {day}.")),
        false => Ok(day),
    }
}

#[component]
fn MoveOutcomePanel(desk: Desk, id: OutcomeId) -> impl IntoView {
    let close = Callback::new(move |()| desk.dialog.set(None));
    let before = untrack(|| through(desk.workspace, id));
    let field = FieldState::new(before.map(|day| day.to_string()).unwrap_or_default());
    let check = move || field.check(|text| read(desk, id, text));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(day) = check() else { return go_to_errors(&[(FIELD, String::new())]) };
        if Some(day) == before {
            return close.run(());
        }
        // It stays the one that is shown, also where another is now the latest.
        desk.picked.set(Some(id));
        if desk.booked.run(PlanCommand::SetThrough { id, through: day }) {
            let text = format!("Utfallet gäller nu till och med {day}.");
            desk.tools.announcer.say(text.clone());
            desk.tools.message.set(Some(Message { text, undo: true }));
            close.run(());
        }
    };
    view! {
        <Dialog title="Ändra utfallets datum" on_close=close>
            <form class="form" novalidate=true on:submit=save>
                <TextField
                    id=FIELD
                    label="Bokfört till och med"
                    help="Den sista dag som är bokförd, till exempel 2021-08-31. Beloppen, prognoserna och kommentarerna följer med."
                    field
                    on_leave=Callback::new(move |()| { check(); })
                />
                <div class="panel-actions">
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        "Avbryt"
                    </button>
                    <button type="submit" class="button primary">
                        "Ändra datum"
                    </button>
                </div>
            </form>
        </Dialog>
    }
}
