//! The root component, its routes, and the document around them.
use leptos::prelude::*;
use serde::Deserialize;

use crate::boot::{BOOT_ELEMENT, use_boot};

/// Where the built files of this release lie: the content of `assets.json`, provided as context by the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The module which loads the other two and starts the app.
    pub start: String,
    /// The JavaScript around the wasm.
    pub js: String,
    /// The app itself.
    pub wasm: String,
    /// The hash of the build.
    pub build: String,
}

/// The whole HTML document around a page.
pub fn shell() -> impl IntoView {
    let boot = use_boot().to_script().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang="sv">
            <body>
                <App />
                <script type="application/json" id=BOOT_ELEMENT inner_html=boot></script>
            </body>
        </html>
    }
}

/// The document that the service worker keeps for starting without a network.
pub fn offline_shell(_: &Assets) -> String {
    String::new()
}

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
