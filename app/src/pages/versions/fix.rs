//! *Fastställ version*: names the plan as it stands, and asks once before it is decided.

mod ask;
mod fields;

use crate::components::document::{Message, Tools};
use crate::components::field::{FieldState, go_to_errors};
use crate::document::plan::{PlanCommand, VersionView};
use crate::domain::date::DateError;
use crate::domain::{IsoDate, NewVersion, VersionId, VersionStatus};
use crate::workspace::PlanWorkspace;
use ask::AskOnce;
use fields::{DateField, NameField, NoteField, NumberField, StatusField, SummaryField};
use leptos::prelude::*;

/// What is typed, and what is wrong with it.
#[derive(Clone, Copy)]
struct Form {
    workspace: PlanWorkspace,
    status: RwSignal<VersionStatus>,
    name: FieldState,
    decided: FieldState,
    dnr: FieldState,
    note: RwSignal<String>,
    /// Whether only the summary is known.
    is_summary: RwSignal<bool>,
    /// What is to be decided, while the user is asked.
    asking: RwSignal<Option<NewVersion>>,
}

impl Form {
    fn new(workspace: PlanWorkspace) -> Self {
        let dnr = workspace.header().with_untracked(|header| header.dnr.clone());
        Self {
            workspace,
            status: RwSignal::new(VersionStatus::Proposed),
            name: FieldState::new(String::new()),
            decided: FieldState::new(String::new()),
            dnr: FieldState::new(dnr),
            note: RwSignal::new(String::new()),
            is_summary: RwSignal::new(false),
            asking: RwSignal::new(None),
        }
    }

    fn name(self) -> Option<String> {
        self.name.check(|name| match name {
            "" => Err("Fyll i versionens namn.".to_owned()),
            name if self.is_taken(name) => {
                Err(format!("Det finns redan en version som heter {name}. Skriv ett annat namn."))
            }
            name => Ok(name.to_owned()),
        })
    }

    /// Whether a version is called that already: nobody could tell the two apart.
    fn is_taken(self, name: &str) -> bool {
        let name = name.to_lowercase();
        let is_same = |view: &VersionView| view.version.name.trim().to_lowercase() == name;
        self.workspace.rest().with_untracked(|rest| rest.versions.iter().any(is_same))
    }

    fn decided(self) -> Option<Option<IsoDate>> {
        let is_needed = self.status.with_untracked(VersionStatus::is_decided);
        self.decided.check(|day| match day {
            "" if is_needed => Err("Fyll i beslutsdatum.".to_owned()),
            "" => Ok(None),
            day => day.parse().map(Some).map_err(|error: DateError| error.to_string()),
        })
    }

    /// The version that is asked for, or the first field to be put right.
    fn read(self) -> Result<NewVersion, &'static str> {
        // Both are checked, so that each error shows.
        let (name, decided) = (self.name(), self.decided());
        let (name, decided) = (name.ok_or(fields::NAME)?, decided.ok_or(fields::DECIDED)?);
        let trimmed = |text: RwSignal<String>| text.with_untracked(|text| text.trim().to_owned());
        let (status, dnr, note) = (self.status.get_untracked(), trimmed(self.dnr.text), trimmed(self.note));
        Ok(NewVersion { status, name, decided, dnr, note, is_summary: self.is_summary.get_untracked() })
    }

    fn clear(self) {
        for text in [self.name.text, self.decided.text, self.note] {
            text.set(String::new());
        }
        self.status.set(VersionStatus::Proposed);
        self.is_summary.set(false);
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
    let form = Form::new(workspace);
    let save = Callback::new(move |version: NewVersion| save(workspace, tools, form, version));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match form.read() {
            Ok(version) if version.status.is_decided() => form.asking.set(Some(version)),
            Ok(version) => save.run(version),
            Err(field) => go_to_errors(&[(field, String::new())]),
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
                                <SummaryField form />
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
