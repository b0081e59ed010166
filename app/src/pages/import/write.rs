//! The button that writes what the preview shows into the plan, and why it could not.

use crate::components::icon::{Icon, IconView};
use leptos::prelude::*;

/// The button, below the reason.
#[component]
pub(super) fn WriteButton(
    /// The id of the reason, unique on the page.
    id: &'static str,
    /// What the button says.
    name: &'static str,
    /// Why it could not be written the last time, if so.
    refusal: RwSignal<Option<String>>,
    /// The user wants it written.
    write: Callback<()>,
) -> impl IntoView {
    let reason = move || {
        refusal.get().map(|reason| {
            view! {
                <p class="error-text">
                    <IconView icon=Icon::Error />
                    <span>{reason}</span>
                </p>
            }
        })
    };
    view! {
        <div id=id role="alert">
            {reason}
        </div>
        <button type="button" class="button primary" aria-describedby=id on:click=move |_| write.run(())>
            {name}
        </button>
    }
}
