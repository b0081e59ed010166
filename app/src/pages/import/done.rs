//! What was read in, with a way back.

use super::Desk;
use crate::components::icon::{Icon, IconView};
use leptos::prelude::*;

/// The two parts of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// *Bokföring*.
    Accounts,
    /// *Kalkylark*.
    Sheet,
}

/// An import that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Done {
    /// Where.
    pub part: Part,
    /// What was written, in a sentence or two.
    pub text: String,
    /// Where on the plan's page it can be seen: what follows its address.
    pub place: String,
    /// Whether the user has taken it back.
    pub is_undone: bool,
}

/// The summary after an import. There from the start, so that a screen reader hears what comes into it.
#[component]
pub(super) fn Summary(desk: Desk, part: Part) -> impl IntoView {
    let shown = move || desk.done.get().filter(|done| done.part == part);
    let undo = move |_| {
        desk.workspace.undo();
        desk.done.update(|done| {
            if let Some(done) = done {
                done.is_undone = true;
            }
        });
    };
    view! {
        <div class="import-done" role="status">
            {move || {
                shown()
                    .map(|done| {
                        if done.is_undone {
                            return view! { <p>"Inläsningen är ångrad. Planen är som den var före."</p> }.into_any();
                        }
                        let address = desk.workspace.document().address().unwrap_or_default();
                        view! {
                            <div class="notice good">
                                <IconView icon=Icon::Check />
                                <p class="notice-body">{done.text}</p>
                                <a class="button" href=format!("{address}{}", done.place) rel="external">
                                    "Visa i planen"
                                </a>
                                <button type="button" class="button" on:click=undo>
                                    <IconView icon=Icon::Undo />
                                    "Ångra inläsningen"
                                </button>
                            </div>
                        }
                            .into_any()
                    })
            }}
        </div>
    }
}
