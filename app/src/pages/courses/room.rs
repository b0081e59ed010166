//! *Kurstillfälle*, the room: who has registered, who is there, who comes to the door. All of it works without a network,
//! and with several administrators at once.

mod approval;
mod door;
mod facts;
mod facts_form;
mod files;
mod header;
mod people;
mod person;
mod questions;
mod remove;

use crate::boot::{OccasionPage, use_boot};
use crate::components::document::{Notices, Tools};
use crate::components::exchange;
use crate::components::unit::unit_signal;
use crate::document::OccasionCommand;
use crate::domain::{IsoDate, LineId, Registration, RegistrationId};
use crate::workspace::OccasionWorkspace;
use leptos::prelude::*;
use leptos_meta::Title;

/// A dialog of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomDialog {
    /// *Ändra uppgifter*.
    Facts,
    /// *Frågor vid anmälan*.
    Questions,
    /// *Registrera vid dörren*.
    Door,
    /// *Ta bort tillfället*.
    Remove,
    /// One registration.
    Person(RegistrationId),
}

/// The page's shared state. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Room {
    /// The occasion.
    pub workspace: OccasionWorkspace,
    /// What the page of every document shares.
    pub tools: Tools,
    /// The day whose attendance is shown.
    pub day: RwSignal<Option<IsoDate>>,
    /// The dialog that is open, if any.
    pub dialog: RwSignal<Option<RoomDialog>>,
    /// The lines of the organiser's budget, by name, as they were when the page came.
    pub cost_lines: StoredValue<Vec<(LineId, String)>>,
}

impl Room {
    /// Does what the user asked for, or says why not.
    pub fn run(self, command: OccasionCommand) -> bool {
        match self.workspace.edit(command) {
            Ok(()) => true,
            Err(error) => {
                self.tools.refuse(error.to_string());
                false
            }
        }
    }

    /// How many sit in the room or are expected there.
    pub fn expected(self) -> u32 {
        let is_in = self.workspace.of_all(Registration::is_expected);
        u32::try_from(is_in.into_iter().filter(|is_in| *is_in).count()).unwrap_or(u32::MAX)
    }
}

/// The room.
#[component]
pub fn RoomView(
    /// The occasion.
    page: OccasionPage,
) -> impl IntoView {
    let OccasionPage { document, occasion, people, cost_lines } = page;
    let first = occasion.facts.title.clone();
    let workspace = OccasionWorkspace::from_boot(document, &occasion, people, use_boot().user);
    let room = Room {
        workspace,
        tools: Tools::new(*workspace, unit_signal()),
        day: RwSignal::new(occasion.facts.first_day()),
        dialog: RwSignal::new(None),
        cost_lines: StoredValue::new(cost_lines),
    };
    choose_today(room);
    // In a room without a network it is too late to fetch what writes the list as a workbook.
    Effect::new(|_| exchange::read_ahead());
    let facts = workspace.facts();
    let title = move || {
        // The server puts the title in once the page's signals may be gone already.
        format!("{} – Samplan", facts.try_with(|facts| facts.title.clone()).unwrap_or_else(|| first.clone()))
    };
    // Registrations are never removed, so that there is nothing to bring back.
    let restore = Callback::new(|_| ());
    view! {
        <Title text=title />
        <article class="page plan room">
            <header::RoomHeader room />
            <Notices tools=room.tools restore />
            <people::People room />
            <facts::Facts room />
            <files::PrintedList room />
        </article>
        <door::DoorDialog room />
        <person::PersonDialog room />
        <facts_form::FactsDialog room />
        <questions::QuestionsDialog room />
        <remove::RemoveDialog room />
    }
}

/// On a day of the course its own attendance is shown from the start; where the chosen day goes, the first one.
fn choose_today(room: Room) {
    let today = RwSignal::new(None);
    Effect::new(move |_| today.set(crate::components::clock::today()));
    Effect::new(move |was: Option<bool>| {
        let days: Vec<IsoDate> = room.workspace.facts().with(|facts| facts.days.iter().map(|day| day.date).collect());
        let chosen = room.day.get_untracked();
        let now = today.get().filter(|today| days.contains(today));
        let was_chosen = was.unwrap_or(false);
        if let Some(now) = now.filter(|_| !was_chosen) {
            room.day.set(Some(now));
            return true;
        }
        if chosen.is_none_or(|chosen| !days.contains(&chosen)) {
            room.day.set(days.first().copied());
        }
        was_chosen
    });
}
