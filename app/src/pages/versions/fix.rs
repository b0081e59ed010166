//! *Fastställ version*: names the plan as it stands, and asks once before it is decided.

mod ask;
mod fields;

use crate::components::document::{Message, Tools};
use crate::document::plan::PlanCommand;
use crate::domain::{IsoDate, NewVersion, VersionId, VersionStatus};
use crate::workspace::PlanWorkspace;
use ask::AskOnce;
use fields::{DateField, NameField, NoteField, NumberField, StatusField};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// What is typed, and what is wrong with it.
#[derive(Clone, Copy)]
struct Form {
    status: RwSignal<VersionStatus>,
    name: RwSignal<String>,
    decided: RwSignal<String>,
    dnr: RwSignal<String>,
    note: RwSignal<String>,
    name_error: RwSignal<Option<String>>,
    decided_error: RwSignal<Option<String>>,
    /// What is to be decided, while the user is asked.
    asking: RwSignal<Option<NewVersion>>,
}

impl Form {
    fn new(dnr: String) -> Self {
        Self {
            status: RwSignal::new(VersionStatus::Proposed),
            name: RwSignal::new(String::new()),
            decided: RwSignal::new(String::new()),
            dnr: RwSignal::new(dnr),
            note: RwSignal::new(String::new()),
            name_error: RwSignal::new(None),
            decided_error: RwSignal::new(None),
            asking: RwSignal::new(None),
        }
    }

    /// The version that is asked for, or the name of the first field to be put right.
    fn read(self) -> Result<NewVersion, &'static str> {
        let status = self.status.get_untracked();
        let name = self.name.with_untracked(|name| name.trim().to_owned());
        self.name_error.set(name.is_empty().then(|| "Fyll i versionens namn.".to_owned()));
        let (decided, error) = match (self.decided.with_untracked(|day| day.trim().to_owned()), status.is_decided()) {
            (day, true) if day.is_empty() => (None, Some("Fyll i beslutsdatum.".to_owned())),
            (day, false) if day.is_empty() => (None, None),
            (day, _) => match day.parse::<IsoDate>() {
                Ok(day) => (Some(day), None),
                Err(error) => (None, Some(error.to_string())),
            },
        };
        let is_day_wrong = error.is_some();
        self.decided_error.set(error);
        if name.is_empty() {
            return Err(fields::NAME);
        }
        if is_day_wrong {
            return Err(fields::DECIDED);
        }
        let trimmed = |text: RwSignal<String>| text.with_untracked(|text| text.trim().to_owned());
        Ok(NewVersion { status, name, decided, dnr: trimmed(self.dnr), note: trimmed(self.note) })
    }

    fn clear(self) {
        for text in [self.name, self.decided, self.note] {
            text.set(String::new());
        }
        self.status.set(VersionStatus::Proposed);
    }
}

/// The form, for those who may write.
#[component]
pub fn FixVersion(
    /// The plan.
    workspace: PlanWorkspace,
    /// What the page shares.
    tools: Tools,
) -> impl IntoView {
    let form = Form::new(workspace.header().with_untracked(|header| header.dnr.clone()));
    let save = Callback::new(move |version: NewVersion| save(workspace, tools, form, version));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match form.read() {
            Ok(version) if version.status.is_decided() => form.asking.set(Some(version)),
            Ok(version) => save.run(version),
            Err(field) => focus(field),
        }
    };
    view! {
        {move || {
            workspace
                .can_write()
                .then(|| {
                    view! {
                        <section class="plan-section needs-script" aria-labelledby="faststall">
                            <h2 id="faststall">"Fastställ version"</h2>
                            <p>
                                "En version är planen som den är just nu. Den går att läsa och jämföra för alltid, vad som än ändras efteråt."
                            </p>
                            <form class="form fix-version" novalidate on:submit=submit>
                                <StatusField form workspace=*workspace />
                                <NameField form />
                                <DateField form />
                                <NumberField form />
                                <NoteField form />
                                <div class="button-row">
                                    <button type="submit" class="button primary">
                                        {move || if form.status.get().is_decided() { "Fastställ version" } else { "Spara version" }}
                                    </button>
                                </div>
                            </form>
                        </section>
                    }
                })
        }}
        <AskOnce form workspace tools save />
    }
}

fn save(workspace: PlanWorkspace, tools: Tools, form: Form, version: NewVersion) {
    form.asking.set(None);
    let is_decided = version.status.is_decided();
    if is_decided && !untrack(|| workspace.may_decide()) {
        return tools.refuse("Du har inte längre behörighet att fastställa. Versionen är inte sparad.".to_owned());
    }
    let id = VersionId::from_random(*workspace.new_item_id().as_bytes());
    match workspace.edit(PlanCommand::AddVersion { id, version }) {
        Ok(()) => {
            let text = if is_decided { "Versionen är fastställd." } else { "Versionen är sparad." }.to_owned();
            tools.announcer.say(text.clone());
            tools.message.set(Some(Message { text, undo: !is_decided }));
            form.clear();
        }
        Err(error) => tools.refuse(error.to_string()),
    }
}

fn focus(field: &str) {
    let element = document().get_element_by_id(field).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        // What is not on the page takes no focus.
        let _ = element.focus();
    }
}
