//! One registration: what it says, where it stands, and what can be done about it.

use super::approval::Approval;
use super::{Room, RoomDialog};
use crate::components::dialog::Dialog;
use crate::components::field::{FieldState, SelectField, TextField, go_to_errors};
use crate::components::icon::{Icon, IconView};
use crate::document::OccasionCommand;
use crate::document::occasion::PersonField;
use crate::domain::date::{swedish_day, swedish_time};
use crate::domain::{Party, Prerequisite, Registration, RegistrationId, Sex};
use leptos::prelude::*;

/// The dialog, while it is open.
#[component]
pub fn PersonDialog(
    /// The page's shared state.
    room: Room,
) -> impl IntoView {
    let open = Memo::new(move |_| match room.dialog.get() {
        Some(RoomDialog::Person(id)) => Some(id),
        _ => None,
    });
    move || {
        let id = open.get()?;
        let registration = room.workspace.registration(id)?;
        Some(view! { <PersonPanel room id person=registration.get_untracked() /> })
    }
}

/// The ids of the fields, in the order of [`PersonField::ALL`].
const IDS: [&str; 4] = ["person-namn", "person-epost", "person-arbetsgivare", "person-roll"];

fn of(person: &Registration, field: PersonField) -> &str {
    match field {
        PersonField::Name => &person.name,
        PersonField::Email => &person.email,
        PersonField::Employer => &person.employer,
        PersonField::Role => &person.role,
    }
}

#[component]
fn PersonPanel(room: Room, id: RegistrationId, person: Registration) -> impl IntoView {
    let close = Callback::new(move |()| room.dialog.set(None));
    let fields = PersonField::ALL.map(|field| (field, FieldState::new(of(&person, field).to_owned())));
    let party = RwSignal::new(person.party.as_word().to_owned());
    let sex = RwSignal::new(person.sex.as_word().to_owned());
    let readonly = !untrack(|| room.workspace.can_write());
    let before = StoredValue::new(person.clone());
    let name = fields[0].1;
    let check =
        move || name.check(|text| if text.is_empty() { Err("Fyll i namn.".to_owned()) } else { Ok(()) }).is_some();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !check() {
            go_to_errors(&[(IDS[0], "Fyll i namn.".to_owned())]);
            return;
        }
        let commands = before.with_value(|before| {
            let texts = fields.into_iter().filter_map(|(field, state)| {
                let value = state.text.get_untracked().trim().to_owned();
                (value != of(before, field)).then_some(OccasionCommand::SetPerson { id, field, value })
            });
            let mut commands: Vec<_> = texts.collect();
            let (party, sex) = (Party::from_word(&party.get_untracked()), Sex::from_word(&sex.get_untracked()));
            commands.extend((party != before.party).then_some(OccasionCommand::SetParty { id, party }));
            commands.extend((sex != before.sex).then_some(OccasionCommand::SetSex { id, sex }));
            commands
        });
        let label = "ändra anmälan".to_owned();
        if commands.is_empty() || room.run(OccasionCommand::Batch { commands, label }) {
            close.run(());
        }
    };
    let inputs: Vec<_> = fields
        .into_iter()
        .zip(IDS)
        .map(|((field, state), id)| {
            let leave = Callback::new(move |()| {
                if field == PersonField::Name {
                    check();
                }
            });
            view! { <TextField id label=field.label() field=state readonly on_leave=leave /> }
        })
        .collect();
    let options = |all: Vec<(&'static str, &'static str)>| {
        all.into_iter().map(|(word, label)| (word.to_owned(), label.to_owned())).collect::<Vec<_>>()
    };
    let parties = options(Party::ALL.iter().map(|party| (party.as_word(), party.label())).collect());
    let sexes = options(Sex::ALL.iter().map(|sex| (sex.as_word(), sex.label())).collect());
    view! {
        <Dialog title=Signal::stored(person.name.clone()) class="person" on_close=close>
            <Standing room id person=person.clone() />
            <form class="form" novalidate=true on:submit=save>
                {inputs}
                <SelectField id="person-part" label="Part" options=parties chosen=party />
                <SelectField id="person-kon" label="Kön, för statistik" options=sexes chosen=sex />
                <div class="panel-actions">
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        "Stäng"
                    </button>
                    {(!readonly)
                        .then(|| {
                            view! {
                                <button type="submit" class="button primary">
                                    "Spara uppgifter"
                                </button>
                            }
                        })}
                </div>
            </form>
            {(!readonly && person.is_live()).then(|| view! { <CancelPart room id /> })}
        </Dialog>
    }
}

/// Where the registration stands, what was answered, and whether prerequisites are there.
#[component]
fn Standing(room: Room, id: RegistrationId, person: Registration) -> impl IntoView {
    let came = format!(
        "{} {} kl. {}",
        person.source.label(),
        swedish_day(person.registered_at),
        swedish_time(person.registered_at)
    );
    let answers = room.workspace.facts().with_untracked(|facts| {
        let answer = |question: &crate::domain::Question| {
            let answer = person.answers.get(&question.id).filter(|answer| !answer.is_empty())?;
            Some((question.text.clone(), answer.clone()))
        };
        facts.questions.iter().filter_map(answer).collect::<Vec<_>>()
    });
    let answers: Vec<_> =
        answers.into_iter().map(|(question, answer)| view! { <dt>{question}</dt> <dd>{answer}</dd> }).collect();
    let prerequisite = (person.prerequisite != Prerequisite::NotNeeded).then(|| {
        let waits = person.prerequisite.waits_for_approval() && untrack(|| room.workspace.can_write());
        let name = person.name.clone();
        let done = Callback::new(move |()| room.dialog.set(None));
        let buttons = waits.then(|| view! { <Approval room id name done /> });
        view! {
            <dt>"Förkunskaper"</dt>
            <dd>{person.prerequisite.label()} {buttons}</dd>
        }
    });
    view! {
        <dl class="fact-list">
            <dt>"Besked"</dt>
            <dd>{person.decision.label().to_owned()}</dd>
            <dt>"Anmäld"</dt>
            <dd>{came}</dd>
            {prerequisite}
            {answers}
        </dl>
    }
}

/// *Avboka*, asked once more since it cannot be taken back.
#[component]
fn CancelPart(room: Room, id: RegistrationId) -> impl IntoView {
    let asks = RwSignal::new(false);
    let cancel = move |_| {
        if room.run(OccasionCommand::Cancel { id }) {
            room.dialog.set(None);
        }
    };
    move || {
        if asks.get() {
            view! {
                <div class="banner warning">
                    <IconView icon=Icon::Warning />
                    <p>"Platsen går till nästa på väntelistan. Det går inte att ångra."</p>
                    <span class="button-row">
                        <button type="button" class="button" on:click=cancel>
                            "Avboka"
                        </button>
                        <button type="button" class="button" on:click=move |_| asks.set(false)>
                            "Behåll anmälan"
                        </button>
                    </span>
                </div>
            }
            .into_any()
        } else {
            view! {
                <button type="button" class="button quiet" on:click=move |_| asks.set(true)>
                    <IconView icon=Icon::Remove />
                    "Avboka anmälan"
                </button>
            }
            .into_any()
        }
    }
}
