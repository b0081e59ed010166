//! *Frågor vid anmälan*: the occasion's own questions, and which sensitive things are asked. Answers to the latter are
//! kept apart and never come to this device.

use super::{Room, RoomDialog};
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, IconView};
use crate::document::OccasionCommand;
use crate::domain::{Question, QuestionId, Sensitive};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The dialog, while it is open.
#[component]
pub fn QuestionsDialog(
    /// The page's shared state.
    room: Room,
) -> impl IntoView {
    let is_open = Memo::new(move |_| room.dialog.get() == Some(RoomDialog::Questions));
    move || is_open.get().then(|| view! { <QuestionsPanel room /> })
}

/// A question as it is typed.
#[derive(Clone, Copy, PartialEq)]
struct Row {
    id: QuestionId,
    text: RwSignal<String>,
    required: RwSignal<bool>,
}

impl Row {
    fn new(question: &Question) -> Self {
        let (text, required) = (RwSignal::new(question.text.clone()), RwSignal::new(question.is_required));
        Self { id: question.id, text, required }
    }
}

#[component]
fn QuestionsPanel(room: Room) -> impl IntoView {
    let close = Callback::new(move |()| room.dialog.set(None));
    let before = StoredValue::new(room.workspace.facts().with_untracked(|facts| facts.questions.clone()));
    let asks_before = StoredValue::new(room.workspace.facts().with_untracked(|facts| facts.asks.clone()));
    let asks = RwSignal::new(asks_before.get_value());
    let rows = RwSignal::new(before.with_value(|before| before.iter().map(Row::new).collect::<Vec<_>>()));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut commands = before.with_value(|before| commands(before, &rows.get_untracked()));
        let asks = asks.get_untracked();
        if asks_before.with_value(|before| *before != asks) {
            commands.push(OccasionCommand::SetAsks { asks });
        }
        let label = "ändra frågor vid anmälan".to_owned();
        if commands.is_empty() || room.run(OccasionCommand::Batch { commands, label }) {
            close.run(());
        }
    };
    let add = move |_| {
        let id = room.workspace.new_question_id();
        rows.update(|rows| rows.push(Row { id, text: RwSignal::new(String::new()), required: RwSignal::new(false) }));
    };
    let row = move |row: Row| {
        view! {
            <li class="question-row">
                <input
                    type="text"
                    aria-label="Fråga"
                    prop:value=move || row.text.get()
                    on:input=move |event| row.text.set(event_target_value(&event))
                />
                <label class="radio">
                    <input
                        type="checkbox"
                        prop:checked=move || row.required.get()
                        on:change=move |event| row.required.set(event_target_checked(&event))
                    />
                    <span>"Måste besvaras"</span>
                </label>
                <button
                    type="button"
                    class="button quiet icon-only"
                    aria-label=move || format!("Ta bort frågan {}", row.text.get())
                    on:click=move |_| rows.update(|rows| rows.retain(|known| known.id != row.id))
                >
                    <IconView icon=Icon::Remove />
                </button>
            </li>
        }
    };
    view! {
        <Dialog title=Signal::stored("Frågor vid anmälan".to_owned()) class="settings" on_close=close>
            <form class="form" novalidate=true on:submit=save>
                <fieldset class="plain-fieldset">
                    <legend>"Egna frågor"</legend>
                    <ul class="plain-list">
                        <For each=move || rows.get() key=|row| row.id children=row />
                    </ul>
                    <div>
                        <button type="button" class="button" on:click=add>
                            <IconView icon=Icon::Plus />
                            "Lägg till fråga"
                        </button>
                    </div>
                </fieldset>
                <Asked asks />
                <div class="panel-actions">
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        "Avbryt"
                    </button>
                    <button type="submit" class="button primary">
                        "Spara frågor"
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// Which sensitive things are asked.
#[component]
fn Asked(asks: RwSignal<BTreeSet<Sensitive>>) -> impl IntoView {
    let choice = move |what: Sensitive| {
        let choose = move |event: leptos::ev::Event| {
            let is_asked = event_target_checked(&event);
            asks.update(|asks| {
                if is_asked {
                    asks.insert(what);
                } else {
                    asks.remove(&what);
                }
            });
        };
        view! {
            <label class="radio">
                <input type="checkbox" prop:checked=move || asks.with(|asks| asks.contains(&what)) on:change=choose />
                <span>{what.label()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="plain-fieldset">
            <legend>"Fråga också om"</legend>
            {Sensitive::ALL.map(choice).into_iter().collect_view()}
            <p class="muted">
                "Svaren sparas åtskilda på servern, kommer aldrig till den här listan och gallras först."
            </p>
        </fieldset>
    }
}

/// What differs, as commands. A question without words is none.
fn commands(before: &[Question], rows: &[Row]) -> Vec<OccasionCommand> {
    let mut commands = Vec::new();
    let read = |row: &Row| (row.id, row.text.get_untracked().trim().to_owned(), row.required.get_untracked());
    let now: Vec<_> = rows.iter().map(read).filter(|(_, text, _)| !text.is_empty()).collect();
    for gone in before.iter().filter(|question| now.iter().all(|(id, ..)| *id != question.id)) {
        commands.push(OccasionCommand::RemoveQuestion { id: gone.id });
    }
    let mut after = None;
    for (id, text, required) in now {
        let known = before.iter().find(|question| question.id == id);
        if known.is_none() {
            commands.push(OccasionCommand::AddQuestion { id, after });
        }
        if known.is_none_or(|known| known.text != text) {
            commands.push(OccasionCommand::SetQuestion { id, text });
        }
        if known.map_or(required, |known| known.is_required != required) {
            commands.push(OccasionCommand::RequireQuestion { id, required });
        }
        after = Some(id);
    }
    commands
}
