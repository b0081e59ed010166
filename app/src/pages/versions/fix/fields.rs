//! The fields of the form: label, help, error, and the field itself.

use super::Form;
use crate::components::icon::{Icon, IconView};
use crate::domain::VersionStatus;
use crate::workspace::Workspace;
use leptos::prelude::*;

/// The field of the name.
pub const NAME: &str = "version-namn";
/// The field of the day.
pub const DECIDED: &str = "version-datum";

/// *Status*: what the plan is. To decide is for those who may.
#[component]
pub fn StatusField(
    /// The form.
    form: Form,
    /// The plan.
    workspace: Workspace,
) -> impl IntoView {
    let help = |status: &VersionStatus| match status {
        VersionStatus::Proposed => "Ett förslag att arbeta vidare med. Det går att ta bort.",
        VersionStatus::Consultation => "Skickad till medlemmarna. Den går att ta bort.",
        VersionStatus::Adopted => "Beslutad av styrelsen. Den går inte att ändra eller ta bort.",
        VersionStatus::Revised => "Beslutad på nytt under året. Den går inte att ändra eller ta bort.",
        VersionStatus::Unknown(_) => "",
    };
    let choices = move || {
        let may = workspace.may_decide();
        let offered = VersionStatus::ALL.into_iter().filter(|status| may || !status.is_decided());
        let choice = |status: VersionStatus| {
            let (label, help, word) = (status.label().to_owned(), help(&status), status.as_word().to_owned());
            let (shown, chosen) = (status.clone(), status);
            view! {
                <label class="radio">
                    <input
                        type="radio"
                        name="version-status"
                        value=word
                        prop:checked=move || form.status.get() == shown
                        on:change=move |_| form.status.set(chosen.clone())
                    />
                    <span>{label} <small>{help}</small></span>
                </label>
            }
        };
        offered.map(choice).collect_view()
    };
    view! {
        <fieldset class="plain-fieldset">
            <legend>"Status"</legend>
            {move || {
                (!workspace.may_decide())
                    .then(|| {
                        view! {
                            <p class="help">
                                "Du kan spara förslag och samråd. För att fastställa behövs behörighet att fastställa, som den som sköter kontona kan ge."
                            </p>
                        }
                    })
            }}
            {choices}
        </fieldset>
    }
}

/// *Namn*.
#[component]
pub fn NameField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let help = "Till exempel Styrelsens beslut eller Förslag efter planeringsdagarna.";
    view! { <TextField id=NAME label="Namn" help value=form.name error=form.name_error /> }
}

/// *Beslutsdatum*: needed of a decision, otherwise as one likes.
#[component]
pub fn DateField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let label = Signal::derive(move || match form.status.get().is_decided() {
        true => "Beslutsdatum",
        false => "Datum (Valfritt)",
    });
    view! { <TextField id=DECIDED label help="Till exempel 2021-03-26." value=form.decided error=form.decided_error /> }
}

/// *Diarienummer*.
#[component]
pub fn NumberField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let error = RwSignal::new(None);
    view! { <TextField id="version-dnr" label="Diarienummer (Valfritt)" help="" value=form.dnr error /> }
}

/// *Anteckning*.
#[component]
pub fn NoteField(
    /// The form.
    form: Form,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for="version-anteckning">"Anteckning (Valfritt)"</label>
            <textarea
                id="version-anteckning"
                rows="2"
                prop:value=move || form.note.get()
                on:input=move |event| form.note.set(event_target_value(&event))
            ></textarea>
        </div>
    }
}

#[component]
fn TextField(
    id: &'static str,
    #[prop(into)] label: Signal<&'static str>,
    help: &'static str,
    value: RwSignal<String>,
    error: RwSignal<Option<String>>,
) -> impl IntoView {
    let (help_id, error_id) = (format!("{id}-hjalp"), format!("{id}-fel"));
    let described = {
        let (help_id, error_id) = (help_id.clone(), error_id.clone());
        move || {
            let parts =
                [(!help.is_empty()).then(|| help_id.clone()), error.with(Option::is_some).then(|| error_id.clone())];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        }
    };
    view! {
        <div class="field">
            <label for=id>{move || label.get()}</label>
            {(!help.is_empty())
                .then(|| {
                    view! {
                        <p class="help" id=help_id>
                            {help}
                        </p>
                    }
                })}
            {move || {
                let error_id = error_id.clone();
                error
                    .get()
                    .map(|reason| {
                        view! {
                            <p class="error-text" id=error_id>
                                <IconView icon=Icon::Error />
                                <span>{reason}</span>
                            </p>
                        }
                    })
            }}
            <input
                id=id
                type="text"
                autocomplete="off"
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || value.get()
                on:input=move |event| {
                    value.set(event_target_value(&event));
                    error.set(None);
                }
            />
        </div>
    }
}
