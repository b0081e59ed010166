//! *Registrera vid dörren*: somebody who has come without having registered. Works without a network; the relay decides
//! about the place afterwards and takes nobody's away.

use super::{Room, RoomDialog};
use crate::components::clock::{now_ms, today};
use crate::components::dialog::Dialog;
use crate::components::document::Message;
use crate::components::field::{FieldState, SelectField, TextField, go_to_errors};
use crate::document::OccasionCommand;
use crate::document::occasion::NewRegistration;
use crate::domain::course::tidy;
use crate::domain::{Party, Prerequisite, Registration, Sex, Source};
use crate::pages::courses::parts::short_day;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use std::collections::BTreeMap;

/// The dialog, while it is open.
#[component]
pub fn DoorDialog(
    /// The page's shared state.
    room: Room,
) -> impl IntoView {
    let is_open = Memo::new(move |_| room.dialog.get() == Some(RoomDialog::Door));
    move || is_open.get().then(|| view! { <DoorPanel room /> })
}

#[component]
fn DoorPanel(room: Room) -> impl IntoView {
    let close = Callback::new(move |()| room.dialog.set(None));
    let field = || FieldState::new(String::new());
    let (name, employer, role, email) = (field(), field(), field(), field());
    let party = RwSignal::new(Party::NotSaid.as_word().to_owned());
    let sex = RwSignal::new(Sex::NotSaid.as_word().to_owned());
    let requires = room.workspace.facts().with_untracked(|facts| facts.prerequisites());
    let needs = !requires.is_empty();
    let has = RwSignal::new(false);
    // Whoever stands at the door is there; one who is noted beforehand is not, yet.
    let day = room.day.get_untracked();
    let is_here = RwSignal::new(day.zip(today()).is_some_and(|(day, today)| day <= today));
    focus_on_name();
    let check = move || {
        name.check(|text| match tidy(text) {
            text if text.is_empty() => Err("Fyll i namn.".to_owned()),
            text => Ok(text),
        })
    };
    let known = Memo::new(move |_| {
        let (name, email) = (name.text.get(), email.text.get());
        room.workspace.of_all(|one| one.is_same_person(&name, &email).then(|| hint(one))).into_iter().flatten().next()
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(person) = check() else {
            go_to_errors(&[("dorr-namn", "Fyll i namn.".to_owned())]);
            return;
        };
        let text = |field: FieldState| field.text.get_untracked().trim().to_owned();
        let fields = NewRegistration {
            name: person.clone(),
            email: text(email),
            employer: text(employer),
            party: Party::from_word(&party.get_untracked()),
            role: text(role),
            sex: Sex::from_word(&sex.get_untracked()),
            answers: BTreeMap::new(),
            prerequisite: match (needs, has.get_untracked()) {
                (false, _) => Prerequisite::NotNeeded,
                (true, true) => Prerequisite::Approved,
                (true, false) => Prerequisite::Stated,
            },
            source: Source::Door,
            registered_at: now_ms(),
        };
        let id = room.workspace.new_registration_id();
        let day = day.filter(|_| is_here.get_untracked());
        let mut commands = vec![OccasionCommand::Register { id, fields: Box::new(fields) }];
        commands.extend(day.map(|day| OccasionCommand::SetAttendance { id, day, present: true }));
        if room.run(OccasionCommand::Batch { commands, label: "registrera vid dörren".to_owned() }) {
            close.run(());
            let text = format!("{person} är registrerad.");
            room.tools.announcer.say(text.clone());
            room.tools.message.set(Some(Message { text, undo: false }));
        }
    };
    let options = |all: Vec<(&'static str, &'static str)>| {
        all.into_iter().map(|(word, label)| (word.to_owned(), label.to_owned())).collect::<Vec<_>>()
    };
    let parties = options(Party::ALL.iter().map(|party| (party.as_word(), party.label())).collect());
    let sexes = options(Sex::ALL.iter().map(|sex| (sex.as_word(), sex.label())).collect());
    let nothing = Callback::new(|()| ());
    let prerequisite = needs.then(|| {
        view! {
            <label class="radio">
                <input type="checkbox" on:change=move |event| has.set(event_target_checked(&event)) />
                <span>
                    {format!("Har gått {requires}")} <small>"Annars väntar anmälan på att någon godkänner."</small>
                </span>
            </label>
        }
    });
    let here = day.map(|day| {
        view! {
            <label class="radio">
                <input
                    type="checkbox"
                    prop:checked=is_here
                    on:change=move |event| is_here.set(event_target_checked(&event))
                />
                <span>{format!("Är här {}", short_day(day))}</span>
            </label>
        }
    });
    view! {
        <Dialog title=Signal::stored("Registrera vid dörren".to_owned()) class="door" on_close=close>
            <form class="form" novalidate=true on:submit=save>
                <TextField id="dorr-namn" label="Namn" field=name on_leave=Callback::new(move |()| { check(); }) />
                <div role="status">{move || known.get().map(|text| view! { <p class="banner">{text}</p> })}</div>
                <TextField id="dorr-arbetsgivare" label="Arbetsgivare (Valfritt)" field=employer on_leave=nothing />
                <SelectField id="dorr-part" label="Part" options=parties chosen=party />
                <TextField id="dorr-roll" label="Yrkesroll (Valfritt)" field=role on_leave=nothing />
                <TextField
                    id="dorr-epost"
                    label="E-post (Valfritt)"
                    help="Behövs för att kunna skicka utvärdering."
                    field=email
                    on_leave=nothing
                />
                <SelectField id="dorr-kon" label="Kön, för statistik (Valfritt)" options=sexes chosen=sex />
                {prerequisite}
                {here}
                <div class="panel-actions">
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        "Avbryt"
                    </button>
                    <button type="submit" class="button primary">
                        "Registrera"
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// That somebody may be in the list already: whoever is registered twice counts twice.
fn hint(one: &Registration) -> String {
    let what = if one.is_live() { "Bocka av närvaron där i stället" } else { "Den anmälan är avbokad" };
    let employer = if one.employer.is_empty() { String::new() } else { format!(", {}", one.employer) };
    format!("{}{employer} finns redan i listan. Är det samma person? {what}.", one.name)
}

/// The dialog opens with the focus on its cross; who comes to the door is written down at once.
fn focus_on_name() {
    Effect::new(move |_| {
        request_animation_frame(|| {
            let name = document().get_element_by_id("dorr-namn");
            if let Some(name) = name.and_then(|name| name.dyn_into::<HtmlElement>().ok()) {
                // What has left the page meanwhile takes no focus.
                let _ = name.focus();
            }
        });
    });
}
