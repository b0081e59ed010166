//! The head of a page that lies under a document's own: of which document, what page, and the way back.

use crate::components::status_line::StatusLine;
use crate::workspace::Workspace;
use leptos::prelude::*;

/// The head.
#[component]
pub fn SubpageHead(
    /// The document.
    workspace: Workspace,
    /// Whose it is, and what it is called.
    eyebrow: String,
    /// The page's own heading.
    heading: &'static str,
    /// The words of the way back.
    #[prop(default = "Till planen")]
    back: &'static str,
    /// What else is said of the page's state.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let address = workspace.document().address().unwrap_or_default();
    view! {
        <header class="plan-header">
            <div class="plan-title">
                <p class="eyebrow">{eyebrow}</p>
                <h1>{heading}</h1>
                <p>
                    <a href=address rel="external">
                        {back}
                    </a>
                </p>
            </div>
            <div class="plan-state needs-script">
                <StatusLine workspace />
            </div>
            {children.map(|children| children())}
        </header>
    }
}
