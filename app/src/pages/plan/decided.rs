//! Which decision the plan goes on from: what was decided is read among the versions, and stays as it was.

use super::desk::Desk;
use crate::boot::VERSIONS;
use leptos::prelude::*;

/// The line, where something is decided.
#[component]
pub fn DecidedLine(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let workspace = desk.workspace;
    let decided = Memo::new(move |_| {
        workspace
            .rest()
            .with(|rest| rest.versions.iter().rev().find(|view| workspace.standing(view).is_decided()).cloned())
    });
    move || {
        let version = decided.get()?;
        let plan = workspace.document().address()?;
        let status = version.version.status.label().to_lowercase();
        let day = version.version.decided.map(|day| format!(" {day}")).unwrap_or_default();
        let text =
            format!("Planen är {status}{day}. Det som ändras nu är arbete efter beslutet, som står kvar som det var. ");
        let read = format!("{plan}{VERSIONS}?las={}", version.id);
        Some(view! {
            <p class="decided">
                {text} <a href=read rel="external">
                    "Läs det som beslutades"
                </a>
            </p>
        })
    }
}
