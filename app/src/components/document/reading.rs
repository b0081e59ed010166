//! Why nothing can be changed here, where no status line says so: without JavaScript.

use crate::workspace::{Status, Workspace};
use leptos::prelude::*;

/// The sentence for those who read without JavaScript. With it, the status line tells readers.
#[component]
pub fn ReadingNote(
    /// The document.
    workspace: Workspace,
    /// What is read: *planen*, *budgeten*.
    what: &'static str,
) -> impl IntoView {
    let text = move || {
        if workspace.can_write() {
            format!("Här kan du läsa hela {what}. För att ändra i den behöver JavaScript vara på i webbläsaren.")
        } else {
            Status::ReadOnly.text()
        }
    };
    view! { <p class="banner only-without-script">{text}</p> }
}
