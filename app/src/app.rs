//! The root component, its routes, and the document around them.
use leptos::prelude::*;

/// The root component.
#[component]
pub fn App() -> impl IntoView {
    view! { <main><h1>"Samplan"</h1></main> }
}

/// Mounts the app: hydrates a server page, or mounts into the emptied offline shell.
#[cfg(feature = "hydrate")]
pub fn start() {
    leptos::mount::hydrate_body(App);
}
