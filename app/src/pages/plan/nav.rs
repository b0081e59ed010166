//! The page's local navigation: its parts, and the pages that lie under it. Plain links, so that they work without
//! JavaScript.

use super::desk::Desk;
use crate::boot::{HISTORY, IMPORT, VERSIONS};
use leptos::prelude::*;

/// The parts of the page that are always there, in reading order: where each begins, and what it is called.
const PARTS: [(&str, &str); 5] = [
    ("#budget-rubrik", "Budget och utblick"),
    ("#utfall-rubrik", "Utfall"),
    ("#kurser-rubrik", "Kurser"),
    ("#diagram-rubrik", "Diagram"),
    ("#kontroll-rubrik", "Kontrollräkning"),
];

/// The pages under the plan's own: what follows its address, and what each is called.
const SUBPAGES: [(&str, &str); 3] = [(VERSIONS, "Versioner"), (HISTORY, "Historik"), (IMPORT, "Läs in filer")];

/// Links to the parts of the page and to the pages under it.
#[component]
pub fn LocalNav(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let address = desk.workspace.document().address().unwrap_or_default();
    let parts = PARTS.map(|(href, name)| link(href.to_owned(), name));
    let workspace = desk.workspace;
    let has_equivalents =
        Memo::new(move |_| workspace.can_write() || workspace.equivalents().with(|rows| !rows.is_empty()));
    let equivalents = move || has_equivalents.get().then(|| link("#helar-rubrik".to_owned(), "Helårsekvivalenter"));
    let pages = SUBPAGES.map(|(path, name)| link(format!("{address}{path}"), name));
    view! {
        <nav class="local-nav" aria-label="Planens delar">
            <ul>{parts.into_iter().collect_view()} {equivalents}</ul>
            <ul>{pages.into_iter().collect_view()}</ul>
        </nav>
    }
}

/// The router would take a link to a part of the page for a new page.
fn link(href: String, name: &'static str) -> impl IntoView {
    view! {
        <li>
            <a href=href rel="external">
                {name}
            </a>
        </li>
    }
}
