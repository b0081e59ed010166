//! What can be done with the whole document: take back, choose the unit, hand over, merge, print.

use super::tools::Tools;
use crate::components::icon::{Icon, IconView};
use crate::components::unit::UnitChoice;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::{File, HtmlInputElement};
use wasm_bindgen_futures::JsFuture;

/// The row of buttons under the heading.
#[component]
pub fn Toolbar(
    /// The page's shared state.
    tools: Tools,
    /// What this kind of document has besides, before what is done with files.
    #[prop(optional, into)]
    besides: ViewFn,
    /// What printing does, where there is more to it than to print.
    #[prop(optional)]
    on_print: Option<Callback<()>>,
    /// What this kind of document has beside that, before printing.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let workspace = tools.workspace;
    let more = children.map(|children| children());
    let print = move |_| match on_print {
        Some(on_print) => on_print.run(()),
        None => print(),
    };
    view! {
        <div class="toolbar needs-script" role="group" aria-label="Verktyg för planen">
            <UnitChoice unit=tools.unit />
            <UndoButtons tools />
            {besides.run()}
            <div class="button-row files">
                <button type="button" class="button" title="Lämna över som fil" on:click=move |_| workspace.export_file()>
                    <IconView icon=Icon::Download />
                    <span class="button-words">"Lämna över som fil"</span>
                </button>
                {move || workspace.can_write().then(|| view! { <MergeFile tools /> })}
                {more}
                <button type="button" class="button" title="Skriv ut" on:click=print>
                    <IconView icon=Icon::Print />
                    <span class="button-words">"Skriv ut"</span>
                </button>
            </div>
        </div>
    }
}

/// Undo and redo, for those who may write. They stay in place when there is nothing to take back, so that the focus
/// does not get lost.
#[component]
pub fn UndoButtons(
    /// The page's shared state.
    tools: Tools,
) -> impl IntoView {
    let workspace = tools.workspace;
    let off = |can: Signal<bool>| move || (!can.get()).then_some("true");
    move || {
        workspace.can_write().then(|| {
            view! {
                <div class="button-row">
                    <button
                        type="button"
                        class="button"
                        title="Ångra (Ctrl+Z)"
                        aria-disabled=off(workspace.can_undo())
                        on:click=move |_| workspace.undo()
                    >
                        <IconView icon=Icon::Undo />
                        <span class="button-words">"Ångra"</span>
                    </button>
                    <button
                        type="button"
                        class="button"
                        title="Gör om (Ctrl+Y)"
                        aria-disabled=off(workspace.can_redo())
                        on:click=move |_| workspace.redo()
                    >
                        <IconView icon=Icon::Redo />
                        <span class="button-words">"Gör om"</span>
                    </button>
                </div>
            }
        })
    }
}

#[component]
fn MergeFile(tools: Tools) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let merge = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.item(0)) {
            read(file, tools);
        }
        // So that the same file can be chosen again.
        HtmlInputElement::set_value(&input, "");
    };
    view! {
        <button type="button" class="button" title="Sammanfoga en fil" on:click=choose>
            <IconView icon=Icon::Upload />
            <span class="button-words">"Sammanfoga en fil"</span>
        </button>
        <input
            node_ref=input
            type="file"
            class="visually-hidden"
            tabindex="-1"
            aria-label="Fil att sammanfoga"
            data-testid="merge-file"
            on:change=merge
        />
    }
}

fn read(file: File, tools: Tools) {
    spawn_local(async move {
        if let Ok(buffer) = JsFuture::from(file.array_buffer()).await {
            tools.workspace.merge_file(js_sys::Uint8Array::new(&buffer).to_vec());
        }
    });
}

/// Prints the page.
pub fn print() {
    // A browser without printing does nothing.
    let _ = window().print();
}
