//! The fields of the form: label, help, error, and the field itself.

use super::Form;
use crate::components::field::TextField;
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
    let on_leave = Callback::new(move |()| {
        form.name();
    });
    view! { <TextField id=NAME label="Namn" help field=form.name on_leave /> }
}

/// *Beslutsdatum*: needed of a decision, otherwise as one likes.
#[component]
pub fn DateField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let label = Signal::derive(move || match form.status.get().is_decided() {
        true => "Beslutsdatum".to_owned(),
        false => "Datum (Valfritt)".to_owned(),
    });
    let on_leave = Callback::new(move |()| {
        form.decided();
    });
    view! { <TextField id=DECIDED label help="Till exempel 2021-03-26." field=form.decided on_leave /> }
}

/// *Diarienummer*.
#[component]
pub fn NumberField(
    /// The form.
    form: Form,
) -> impl IntoView {
    view! {
        <TextField
            id="version-dnr"
            label="Diarienummer (Valfritt)"
            field=form.dnr
            on_leave=Callback::new(|()| {})
        />
    }
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

/// *Bara sammanfattningen är känd*: of an old decision that is written into the plan afterwards.
#[component]
pub fn SummaryField(
    /// The form.
    form: Form,
) -> impl IntoView {
    view! {
        <label class="radio">
            <input
                type="checkbox"
                prop:checked=move || form.is_summary.get()
                on:change=move |event| form.is_summary.set(event_target_checked(&event))
            />
            <span>
                "Bara sammanfattningen är känd (Valfritt)"
                <small>
                    "Till ett äldre beslut där budgetens rader inte finns kvar. Det som inte är ifyllt visas då som inte känt när versionen läses och jämförs."
                </small>
            </span>
        </label>
    }
}
