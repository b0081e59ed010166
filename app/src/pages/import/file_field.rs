//! The field that takes a file: chosen, or dropped on it.

use crate::components::icon::{Icon, IconView};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::{File, HtmlInputElement};
use wasm_bindgen_futures::JsFuture;

/// No file of the kind is as large; a reader's own limit is lower and says what to do.
const MOST_BYTES: f64 = 64.0 * 1024.0 * 1024.0;

/// A file that was chosen, read into memory.
pub(super) struct Picked {
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A field for one file. What is wrong with it stands between help and field.
#[component]
pub(super) fn FileField(
    /// The field's id.
    id: &'static str,
    /// Its label.
    label: &'static str,
    /// What it takes, below the label.
    help: &'static str,
    /// Endings of names that the dialog shows.
    accept: &'static str,
    /// What is wrong with the file that was chosen last.
    error: RwSignal<Option<String>>,
    /// Whether one is being read.
    busy: RwSignal<bool>,
    /// What to do with it.
    on_file: Callback<Picked>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let over = RwSignal::new(false);
    let take = move |file: File| {
        if busy.get_untracked() {
            return;
        }
        error.set(None);
        let name = file.name();
        if file.size() > MOST_BYTES {
            error.set(Some(format!("{name} är för stor för att läsas in. Exportera ett år i taget.")));
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => on_file.run(Picked { name, bytes: js_sys::Uint8Array::new(&buffer).to_vec() }),
                Err(_) => {
                    busy.set(false);
                    error.set(Some(format!("{name} gick inte att öppna. Kontrollera att den finns kvar.")));
                }
            }
        });
    };
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.item(0)) {
            take(file);
        }
        // So that the same file can be chosen again, when it has been mended.
        HtmlInputElement::set_value(&input, "");
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        let files = event.data_transfer().and_then(|transfer| transfer.files());
        if let Some(file) = files.and_then(|files| files.item(0)) {
            take(file);
        }
    };
    let (help_id, error_id) = (format!("{id}-hjalp"), format!("{id}-fel"));
    let described = {
        let (help_id, error_id) = (help_id.clone(), error_id.clone());
        move || if error.with(Option::is_some) { format!("{help_id} {error_id}") } else { help_id.clone() }
    };
    view! {
        <div
            class="field drop"
            class:over=move || over.get()
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <label for=id>{label}</label>
            <p class="help" id=help_id>
                {help}
            </p>
            <div id=error_id role="alert">
                {move || {
                    error
                        .get()
                        .map(|reason| {
                            view! {
                                <p class="error-text">
                                    <IconView icon=Icon::Error />
                                    <span>{reason}</span>
                                </p>
                            }
                        })
                }}
            </div>
            <input
                node_ref=input
                id=id
                type="file"
                accept=accept
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:change=chosen
            />
            <p class="progress" role="status">
                {move || busy.get().then(|| view! { <span class="late">"Läser filen…"</span> })}
            </p>
        </div>
    }
}
