//! The head of a page that lies under a plan: which plan, what page, and the way back.

use crate::components::status_line::StatusLine;
use crate::workspace::Workspace;
use leptos::prelude::*;

/// The head.
#[component]
pub fn SubpageHead(
    /// The plan.
    workspace: Workspace,
    /// Whose plan it is, and what it is called.
    eyebrow: String,
    /// The page's own heading.
    heading: &'static str,
    /// What else is said of the page's state.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let plan = workspace.document().address().unwrap_or_default();
    view! {
        <header class="plan-header">
            <div class="plan-title">
                <p class="eyebrow">{eyebrow}</p>
                <h1>{heading}</h1>
                <p>
                    <a href=plan rel="external">
                        "Till planen"
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
