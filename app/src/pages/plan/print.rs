//! *Skriv ut*: the budget as a clean table, with the parts below it on pages of their own, or left out by choice.

use super::desk::{Desk, PlanDialog};
use crate::components::dialog::Dialog;
use crate::components::document::toolbar::print;
use leptos::prelude::*;

/// What can be left out: the id of its heading, as `print.css` knows it, and what it is called.
const PARTS: [(&str, &str); 5] = [
    ("utfall-rubrik", "Utfall"),
    ("kurser-rubrik", "Kurser"),
    ("diagram-rubrik", "Diagram"),
    ("kontroll-rubrik", "Kontrollräkning"),
    ("helar-rubrik", "Helårsekvivalenter"),
];

/// The dialog, while it is open.
#[component]
pub fn PrintDialog(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let is_open = Memo::new(move |_| desk.dialog.get() == Some(PlanDialog::Print));
    move || is_open.get().then(|| view! { <PrintPanel desk /> })
}

#[component]
fn PrintPanel(desk: Desk) -> impl IntoView {
    let close = Callback::new(move |()| desk.dialog.set(None));
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        close.run(());
        // The dialog leaves the page before it is printed.
        request_animation_frame(print);
    };
    let has_equivalents = desk.workspace.equivalents().with_untracked(|rows| !rows.is_empty());
    let choices: Vec<_> = PARTS
        .into_iter()
        .filter(|(id, _)| has_equivalents || *id != "helar-rubrik")
        .map(|(id, name)| {
            let is_in = move || desk.left_out.with(|left_out| !left_out.contains(&id));
            let choose = move |event: leptos::ev::Event| {
                let is_in = event_target_checked(&event);
                desk.left_out.update(|left_out| {
                    left_out.retain(|part| *part != id);
                    if !is_in {
                        left_out.push(id);
                    }
                });
            };
            view! {
                <label class="radio">
                    <input type="checkbox" prop:checked=is_in on:change=choose />
                    <span>{name}</span>
                </label>
            }
        })
        .collect();
    let title = Signal::stored("Skriv ut".to_owned());
    view! {
        <Dialog title class="print" on_close=close>
            <form class="form" on:submit=go>
                <fieldset class="plain-fieldset">
                    <legend>"Vad ska med utöver budgeten?"</legend>
                    {choices}
                </fieldset>
                <p class="muted">"A4 liggande. Välj ”Spara som PDF” i nästa steg för att få en fil."</p>
                <div class="panel-actions">
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        "Avbryt"
                    </button>
                    <button type="submit" class="button primary">
                        "Skriv ut"
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// What only paper says: which version the plan was last decided or sent out as.
#[component]
pub fn PrintedVersion(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let text = move || {
        desk.workspace.rest().with(|rest| {
            rest.versions.last().map_or_else(
                || "Arbetsmaterial: ingen version är sparad.".to_owned(),
                |view| format!("Senaste version: {}", view.version.name),
            )
        })
    };
    view! { <p class="only-on-paper">{text}</p> }
}
