//! Signing out: a plain form, which works without scripts.

use leptos::prelude::*;

/// The button that signs out.
#[component]
pub fn SignOut() -> impl IntoView {
    view! {
        <form method="post" action="/logga-ut">
            <button type="submit" class="button">
                "Logga ut"
            </button>
        </form>
    }
}
