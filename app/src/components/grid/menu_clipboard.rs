//! Copying and pasting from the menu, where there is no clipboard event to hang on to: by way of the asynchronous
//! clipboard, which the browser may refuse.

use super::clipboard;
use super::source::PageRequest;
use super::state::Grid;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

/// Copies what is selected, as text.
pub fn copy(grid: Grid) {
    let text = clipboard::write_text(&grid.selected_block());
    let promise = window().navigator().clipboard().write_text(&text);
    spawn_local(async move {
        if JsFuture::from(promise).await.is_err() {
            refused(grid, "Webbläsaren tillät inte kopiering härifrån. Tryck Ctrl+C i stället.");
        } else {
            grid.announcer.say("Kopierat");
        }
    });
}

/// Pastes text.
pub fn paste(grid: Grid) {
    let promise = window().navigator().clipboard().read_text();
    spawn_local(async move {
        match JsFuture::from(promise).await.ok().and_then(|text| text.as_string()) {
            Some(text) => grid.paste_text(&text),
            None => refused(grid, "Webbläsaren tillät inte inklistring härifrån. Tryck Ctrl+V i stället."),
        }
    });
}

fn refused(grid: Grid, text: &str) {
    grid.announcer.say(text);
    grid.source().ask(PageRequest::Message { text: text.to_owned(), undo: false });
}
