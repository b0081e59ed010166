//! *Spara som Excel*: a workbook that is made on this device and handed to the browser.

use super::{Message, Tools};
use crate::components::exchange::{XLSX, offer};
use crate::components::icon::{Icon, IconView};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button. It stays pressed, so to speak, until the file is there.
#[component]
pub fn SaveWorkbook<W, F>(
    /// Where it is told how that went.
    tools: Tools,
    /// What is told once it is there, before its name: “Listan är sparad”.
    saved: &'static str,
    /// Begins it: the file's name and its bytes, or why there are none. None where there is nothing to save.
    write: W,
) -> impl IntoView
where
    W: Fn() -> Option<(String, F)> + Send + Sync + 'static,
    F: Future<Output = Result<Vec<u8>, String>> + 'static,
{
    let busy = RwSignal::new(false);
    let save = move |_| {
        if busy.get_untracked() {
            return;
        }
        let Some((name, bytes)) = write() else { return };
        busy.set(true);
        tools.message.set(None);
        spawn_local(async move {
            let written = bytes.await;
            busy.set(false);
            match written {
                Ok(bytes) if offer(&name, XLSX, &bytes) => {
                    let text = format!("{saved} som {name}.");
                    tools.announcer.say(text.clone());
                    tools.message.set(Some(Message { text, undo: false }));
                }
                Ok(_) => tools.refuse("Webbläsaren ville inte spara filen. Försök igen.".to_owned()),
                Err(reason) => tools.refuse(reason),
            }
        });
    };
    view! {
        <button
            type="button"
            class="button"
            title="Spara som Excel"
            aria-disabled=move || busy.get().then_some("true")
            on:click=save
        >
            <IconView icon=Icon::Sheet />
            <span class="button-words">"Spara som Excel"</span>
        </button>
    }
}
