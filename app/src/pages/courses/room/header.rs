//! The head of the room: what occasion it is, whether all is saved, who is here, and what can be done with the whole.

use super::files::ExportButton;
use super::{Room, RoomDialog};
use crate::boot::{CERTIFICATES, COURSES, EVALUATION, HISTORY};
use crate::components::document::toolbar::{UndoButtons, print};
use crate::components::document::{PeopleHere, ReadingNote};
use crate::components::icon::{Icon, IconView};
use crate::components::status_line::StatusLine;
use crate::pages::courses::parts::{link, span};
use leptos::prelude::*;

/// The pages under the room's own: what follows its address, and what each is called.
const SUBPAGES: [(&str, &str); 3] = [(CERTIFICATES, "Intyg"), (EVALUATION, "Utvärdering"), (HISTORY, "Historik")];

/// The head of the page.
#[component]
pub fn RoomHeader(
    /// The page's shared state.
    room: Room,
) -> impl IntoView {
    let workspace = room.workspace;
    let facts = workspace.facts();
    let address = workspace.document().address().unwrap_or_default();
    let pages = SUBPAGES.map(|(path, name)| link(format!("{address}{path}"), name)).collect_view();
    let asks = Memo::new(move |_| facts.with(|facts| !facts.asks.is_empty()));
    let needs = move || asks.get().then(|| link(format!("{address}/behov"), "Kost och behov"));
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
                    {link("#deltagare-rubrik".to_owned(), "Deltagare och närvaro")}
                    {link("#uppgifter-rubrik".to_owned(), "Uppgifter")}
                </ul>
                <ul>{pages} {needs}</ul>
            </nav>
            <ReadingNote workspace=*workspace what="listan" />
            {at_the_door}
        </header>
    }
}
