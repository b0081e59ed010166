//! A field of a form: label above, help under it, the error between help and field. Checked on leaving it.

use super::icon::{Icon, IconView};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// From so many errors on a summary leads to them.
const MANY: usize = 3;
/// The id of the summary.
const SUMMARY: &str = "fel-sammanfattning";

/// What a field of one line holds, and what is wrong with it.
#[derive(Clone, Copy)]
pub struct FieldState {
    /// What is typed.
    pub text: RwSignal<String>,
    /// Why it cannot be used, if so.
    pub error: RwSignal<Option<String>>,
}

impl FieldState {
    /// A field that holds `text`, which is right.
    pub fn new(text: String) -> Self {
        Self { text: RwSignal::new(text), error: RwSignal::new(None) }
    }

    /// Reads the field, and notes why it cannot be read.
    pub fn check<T>(self, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let read = self.text.with_untracked(|text| read(text.trim()));
        self.error.set(read.as_ref().err().cloned());
        read.ok()
    }
}

/// A field of one line.
#[component]
pub fn TextField(
    /// Unique on the page.
    id: &'static str,
    /// What it is, with its unit.
    #[prop(into)]
    label: Signal<String>,
    /// What it holds.
    field: FieldState,
    /// What to know before filling it in.
    #[prop(optional, into)]
    help: Option<String>,
    /// Whether it holds a figure.
    #[prop(optional)]
    is_figure: bool,
    /// Whether it can only be read.
    #[prop(optional)]
    readonly: bool,
    /// The user has left it after a change.
    on_leave: Callback<()>,
) -> impl IntoView {
    let (help_id, error_id) = (format!("{id}-hjalp"), format!("{id}-fel"));
    let described = {
        let help_id = help.is_some().then(|| help_id.clone());
        let error_id = error_id.clone();
        move || {
            let error = field.error.with(Option::is_some).then(|| error_id.clone());
            let ids: Vec<String> = help_id.iter().cloned().chain(error).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let entered = StoredValue::new(field.text.get_untracked());
    // Who goes on to the button that sends the form has it checked there: an error that came now would move the button
    // away from under the pointer.
    let leave = move |event: leptos::ev::FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<leptos::web_sys::Element>().ok());
        let sends = to.is_some_and(|element| element.matches("[type=submit]").unwrap_or_default());
        let now = field.text.get_untracked();
        if !sends && entered.with_value(|entered| *entered != now) {
            entered.set_value(now);
            on_leave.run(());
        }
    };
    view! {
        <div class="field">
            <label for=id>{move || label.get()}</label>
            {help
                .map(|help| {
                    view! {
                        <p class="help" id=help_id>
                            {help}
                        </p>
                    }
                })}
            <FieldError id=error_id error=field.error />
            <input
                id=id
                type="text"
                class=if is_figure { "amount" } else { "" }
                inputmode=is_figure.then_some("decimal")
                autocomplete="off"
                readonly=readonly
                prop:value=move || field.text.get()
                aria-describedby=described
                aria-invalid=move || field.error.with(Option::is_some).then_some("true")
                on:input=move |event| field.text.set(event_target_value(&event))
                on:blur=leave
            />
        </div>
    }
}

/// A field of several lines. What is typed is kept as it is.
#[component]
pub fn TextArea(
    /// Unique on the page.
    id: &'static str,
    /// What it is.
    #[prop(into)]
    label: String,
    /// What it holds.
    field: FieldState,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <textarea
                id=id
                rows="2"
                prop:value=move || field.text.get()
                on:input=move |event| field.text.set(event_target_value(&event))
            ></textarea>
        </div>
    }
}

/// A choice among few.
#[component]
pub fn SelectField(
    /// Unique on the page.
    id: &'static str,
    /// What it is.
    #[prop(into)]
    label: String,
    /// The words that are kept and what they are called.
    options: Vec<(String, String)>,
    /// The word that is chosen.
    chosen: RwSignal<String>,
) -> impl IntoView {
    let first = chosen.get_untracked();
    let options: Vec<_> = options
        .into_iter()
        .map(|(word, label)| {
            let selected = word == first;
            view! {
                <option value=word selected=selected>
                    {label}
                </option>
            }
        })
        .collect();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=id on:change=move |event| chosen.set(event_target_value(&event))>
                {options}
            </select>
        </div>
    }
}

/// Why a field cannot be used, where it is so.
#[component]
pub fn FieldError(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The sentence.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    move || {
        let id = id.clone();
        error.get().map(|reason| {
            view! {
                <p class="error-text" id=id>
                    <IconView icon=Icon::Error />
                    <span>{reason}</span>
                </p>
            }
        })
    }
}

/// From three errors: a summary with links, which takes the focus.
#[component]
pub fn ErrorSummary(
    /// The fields by id, label and error.
    errors: Signal<Vec<(&'static str, String)>>,
) -> impl IntoView {
    move || {
        let errors = errors.get();
        (errors.len() >= MANY).then(|| {
            let count = errors.len();
            let links: Vec<_> = errors
                .into_iter()
                .map(|(id, reason)| {
                    view! {
                        <li>
                            <a href=format!("#{id}") rel="external">
                                {reason}
                            </a>
                        </li>
                    }
                })
                .collect();
            view! {
                <div id=SUMMARY class="error-summary" tabindex="-1" role="group" aria-labelledby="fel-rubrik">
                    <h3 id="fel-rubrik">{format!("Du behöver rätta {count} uppgifter")}</h3>
                    <ul>{links}</ul>
                </div>
            }
        })
    }
}

/// Takes the focus to what is to be corrected: the summary, or the only fields there are.
pub fn go_to_errors(errors: &[(&'static str, String)]) {
    let Some((first, _)) = errors.first() else { return };
    let id = if errors.len() >= MANY { SUMMARY } else { first };
    // The summary comes with the next drawing.
    request_animation_frame(move || {
        let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if let Some(element) = element {
            // What has left the page meanwhile takes no focus.
            let _ = element.focus();
        }
    });
}
