//! What stays until it is answered (a colleague removed my row, a new version of the app) and the message at the lower
//! edge after an edit that one might want to take back.

use super::tools::{Message, Tools};
use crate::components::icon::{Icon, IconView};
use crate::document::AnyRow;
use crate::workspace::{Notice, NoticeKind};
use leptos::prelude::*;

/// Notices and the message.
#[component]
pub fn Notices(
    /// The page's shared state.
    tools: Tools,
    /// Brings a removed row back.
    restore: Callback<AnyRow>,
) -> impl IntoView {
    let workspace = tools.workspace;
    view! {
        <NewVersion tools />
        <div class="notices" data-testid="notices">
            <For each=move || workspace.notices().get() key=|notice| notice.id let:notice>
                <NoticeView tools notice restore />
            </For>
        </div>
        <MessageBar tools />
    }
}

#[component]
fn NoticeView(tools: Tools, notice: Notice, restore: Callback<AnyRow>) -> impl IntoView {
    let workspace = tools.workspace;
    let Notice { id, kind } = notice;
    let text = kind.text();
    let (icon, tone) = match &kind {
        NoticeKind::RowRestored { .. } | NoticeKind::FileMerged { .. } => (Icon::Check, "notice good"),
        NoticeKind::FileRefused { .. } | NoticeKind::CopyBroken => (Icon::Error, "notice bad"),
        _ => (Icon::Warning, "notice warning"),
    };
    let action = match kind {
        NoticeKind::RowRemoved { row, .. } => view! {
            <button
                type="button"
                class="button"
                on:click=move |_| restore.run(row.clone())
            >
                "Återställ raden"
            </button>
        }
        .into_any(),
        NoticeKind::RowRestored { .. } => view! {
            <button
                type="button"
                class="button"
                on:click=move |_| {
                    workspace.undo();
                    workspace.dismiss(id);
                }
            >
                "Ångra"
            </button>
        }
        .into_any(),
        _ => ().into_any(),
    };
    view! {
        <div class=tone>
            <IconView icon />
            <p class="notice-body">{text}</p>
            {action}
            <button
                type="button"
                class="button quiet icon-only"
                aria-label="Stäng meddelandet"
                on:click=move |_| workspace.dismiss(id)
            >
                <IconView icon=Icon::Close />
            </button>
        </div>
    }
}

#[component]
fn NewVersion(tools: Tools) -> impl IntoView {
    let workspace = tools.workspace;
    let later = RwSignal::new(false);
    move || {
        (workspace.new_version().get() && !later.get()).then(|| {
            view! {
                <div class="notice calm">
                    <p class="notice-body">"Det finns en ny version av tjänsten. Dina ändringar är sparade."</p>
                    <button type="button" class="button primary" on:click=move |_| workspace.update_now()>
                        "Uppdatera nu"
                    </button>
                    <button type="button" class="button" on:click=move |_| later.set(true)>
                        "Senare"
                    </button>
                </div>
            }
        })
    }
}

/// The sentence at the lower edge after an edit. It covers nothing that has the focus and goes with the next edit.
#[component]
fn MessageBar(tools: Tools) -> impl IntoView {
    let workspace = tools.workspace;
    move || {
        tools.message.get().map(|Message { text, undo }| {
            let undo = undo.then(|| {
                view! {
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| {
                            workspace.undo();
                            tools.message.set(None);
                        }
                    >
                        "Ångra"
                    </button>
                }
            });
            view! {
                <div class="message" data-testid="message">
                    <p>{text}</p>
                    {undo}
                    <button
                        type="button"
                        class="button quiet icon-only"
                        aria-label="Stäng meddelandet"
                        on:click=move |_| tools.message.set(None)
                    >
                        <IconView icon=Icon::Close />
                    </button>
                </div>
            }
        })
    }
}
