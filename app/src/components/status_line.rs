//! Where the user's changes are, in words and with an icon.

use super::icon::{Icon, IconView};
use crate::workspace::{Status, Workspace};
use leptos::prelude::*;

/// The icon and the tone of a status; the words carry the meaning alone.
fn look(status: Status) -> (Option<Icon>, &'static str) {
    match status {
        Status::Starting | Status::Loading => (None, "calm"),
        Status::Saving | Status::SavedHere | Status::Waiting { .. } => (Some(Icon::Sending), "calm"),
        Status::SavedOnServer | Status::BackOnline => (Some(Icon::Check), "good"),
        Status::Offline { .. } | Status::SignedOut { .. } => (Some(Icon::Offline), "warning"),
        Status::CannotSave { .. } | Status::NoLongerAllowed { .. } => (Some(Icon::Error), "bad"),
        Status::ReadOnly => (Some(Icon::Lock), "calm"),
    }
}

/// The status line. It is not a live region: what matters in it is announced by itself.
#[component]
pub fn StatusLine(
    /// Whose status.
    workspace: Workspace,
) -> impl IntoView {
    let status = workspace.status();
    let icon = Memo::new(move |_| look(status.get()).0);
    let class = move || format!("status {}", look(status.get()).1);
    let waiting = move || {
        status
            .get()
            .waiting()
            .filter(|count| *count > 0)
            .map(|count| view! { <span class="waiting">{waiting_text(count)}</span> })
    };
    let rescue = move || {
        matches!(status.get(), Status::NoLongerAllowed { unsent } if unsent > 0).then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| workspace.export_my_changes()>
                    <IconView icon=Icon::Download />
                    "Ladda ned mina ändringar"
                </button>
            }
        })
    };
    let sign_in = move || {
        matches!(status.get(), Status::SignedOut { .. }).then(|| {
            view! {
                <a class="button" href="/logga-in" rel="external">
                    "Logga in"
                </a>
            }
        })
    };
    view! {
        <div class=class data-testid="status">
            {move || icon.get().map(|icon| view! { <IconView icon /> })}
            <span>{move || status.get().text()}</span>
            {waiting}
            {rescue}
            {sign_in}
        </div>
    }
}

fn waiting_text(count: usize) -> String {
    match count {
        1 => "1 ändring väntar på att skickas".to_owned(),
        _ => format!("{count} ändringar väntar på att skickas"),
    }
}
