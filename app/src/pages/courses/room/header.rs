//! The head of the room: what occasion it is, whether all is saved, who is here, and what can be done with the whole.

use super::files::ExportButton;
use super::{Room, RoomDialog};
use crate::boot::{CERTIFICATES, COURSES, EVALUATION};
use crate::components::document::toolbar::{UndoButtons, print};
use crate::components::document::{PeopleHere, ReadingNote};
use crate::components::icon::{Icon, IconView};
use crate::components::status_line::StatusLine;
use crate::pages::courses::parts::span;
use leptos::prelude::*;

/// The head of the page.
#[component]
pub fn RoomHeader(
    /// The page's shared state.
    room: Room,
) -> impl IntoView {
    let workspace = room.workspace;
    let facts = workspace.facts();
    let certificates = workspace.document().address().map(|address| format!("{address}{CERTIFICATES}"));
    let evaluation = workspace.document().address().map(|address| format!("{address}{EVALUATION}"));
    let at_the_door = move || {
        workspace.can_write().then(|| {
            view! {
                <button
                    type="button"
                    class="button primary at-the-door needs-script"
                    on:click=move |_| room.dialog.set(Some(RoomDialog::Door))
                >
                    <IconView icon=Icon::Plus />
                    "Registrera vid dörren"
                </button>
            }
        })
    };
    view! {
        <header class="plan-header">
            <div class="plan-title">
                <p class="eyebrow">
                    <a href=COURSES rel="external">
                        "Kurser"
                    </a>
                    {move || format!(" · {}", facts.with(|facts| facts.organiser.name.clone()))}
                </p>
                <h1>{move || facts.with(|facts| facts.title.clone())}</h1>
                <p class="muted">{move || facts.with(|facts| span(&facts.days))}</p>
            </div>
            <div class="plan-state">
                <StatusLine workspace=*workspace />
                <PeopleHere workspace=*workspace column_name=|_| None />
            </div>
            <div class="toolbar needs-script" role="group" aria-label="Verktyg för kurstillfället">
                <UndoButtons tools=room.tools />
                <div class="button-row files">
                    <ExportButton room />
                    <button type="button" class="button" title="Skriv ut listan" on:click=move |_| print()>
                        <IconView icon=Icon::Print />
                        <span class="button-words">"Skriv ut listan"</span>
                    </button>
                </div>
            </div>
            <nav class="local-nav" aria-label="Kurstillfällets delar">
                <ul>
                    <li>
                        <a href="#deltagare-rubrik" rel="external">
                            "Deltagare och närvaro"
                        </a>
                    </li>
                    <li>
                        <a href="#uppgifter-rubrik" rel="external">
                            "Uppgifter"
                        </a>
                    </li>
                </ul>
                <ul>
                    <li>
                        <a href=certificates rel="external">
                            "Intyg"
                        </a>
                    </li>
                    <li>
                        <a href=evaluation rel="external">
                            "Utvärdering"
                        </a>
                    </li>
                </ul>
            </nav>
            <ReadingNote workspace=*workspace what="listan" />
            {at_the_door}
        </header>
    }
}
