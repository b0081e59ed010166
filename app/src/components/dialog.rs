//! A dialog over the page. The browser's own `<dialog>` keeps the focus inside and gives it back afterwards.

use crate::components::icon::{Icon, IconView};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// A modal dialog that is open for as long as it exists: put it in a `Show`.
#[component]
pub fn Dialog(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// A class for its size.
    #[prop(optional)]
    class: &'static str,
    /// The user wants it closed, by Escape, the cross or a press outside.
    on_close: Callback<()>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    give_focus_back();
    Effect::new(move |_| {
        if let Some(dialog) = element.get().filter(|dialog| !dialog.open()) {
            // Fails only for a dialog that is open or out of the page, and then there is nothing to show.
            let _ = dialog.show_modal();
        }
    });
    // A dialog that is only taken out of the page leaves the focus nowhere; one that is closed gives it back.
    on_cleanup(move || {
        if let Some(dialog) = element.try_get_untracked().flatten() {
            dialog.close();
        }
    });
    let close_outside = move |event: leptos::ev::MouseEvent| {
        // A press on the backdrop has the dialog itself as its target; everything in it lies in `.panel-body`.
        if element.get_untracked().is_some_and(|dialog| event.target() == Some((**dialog).clone().into())) {
            on_close.run(());
        }
    };
    view! {
        <dialog
            node_ref=element
            class=format!("panel {class}")
            aria-labelledby="dialog-title"
            on:cancel=move |event: leptos::ev::Event| {
                event.prevent_default();
                on_close.run(());
            }
            on:mousedown=close_outside
        >
            <div class="panel-body">
                <header class="panel-header">
                    <h2 id="dialog-title">{move || title.get()}</h2>
                    <button
                        type="button"
                        class="button quiet icon-only"
                        aria-label="Stäng"
                        on:click=move |_| on_close.run(())
                    >
                        <IconView icon=Icon::Close />
                    </button>
                </header>
                {children()}
            </div>
        </dialog>
    }
}

/// Once the dialog is gone, the focus goes to where it was before.
fn give_focus_back() {
    let before = StoredValue::new_local(None::<HtmlElement>);
    Effect::new(move |_| {
        before.set_value(document().active_element().and_then(|element| element.dyn_into().ok()));
    });
    on_cleanup(move || {
        if let Some(element) = before.try_get_value().flatten() {
            request_animation_frame(move || {
                // What has left the page meanwhile takes no focus.
                let _ = element.focus();
            });
        }
    });
}
