//! An open occasion: its facts and registrations as signals, beside what every [`Workspace`] has.

use super::rows::{Rows, set_if_new};
use super::{Screen, Workspace, platform};
use crate::boot::{DocumentInfo, Person, SignedIn};
use crate::document::occasion::{OccasionView, Touched};
use crate::domain::{Occasion, QuestionId, Registration, RegistrationId};
use leptos::prelude::*;
use std::ops::Deref;

/// One open occasion. What is the same for every document is reached through it: see [`Workspace`].
#[derive(Clone, Copy)]
pub struct OccasionWorkspace {
    workspace: Workspace,
    model: Model,
}

/// All signals of one occasion.
#[derive(Clone, Copy)]
pub struct Model {
    facts: RwSignal<Occasion>,
    registrations: Rows<RegistrationId, Registration>,
    /// Told when any registration may have changed: counts follow this, not every single one.
    people: RwSignal<()>,
}

impl Deref for OccasionWorkspace {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        &self.workspace
    }
}

impl OccasionWorkspace {
    /// A workspace that shows `occasion`. Call it while rendering, with the same content on both sides; in the browser
    /// the document itself takes over after hydration.
    pub fn from_boot(
        document: DocumentInfo,
        occasion: &OccasionView,
        people: Vec<Person>,
        me: Option<SignedIn>,
    ) -> Self {
        let model = Model::new(occasion);
        Self { workspace: Workspace::open(Screen::Occasion(model), document, people, me), model }
    }

    /// The facts.
    pub fn facts(self) -> Signal<Occasion> {
        self.model.facts.into()
    }

    /// Everybody who has registered, in the order they are shown.
    pub fn registrations(self) -> Signal<Vec<RegistrationId>> {
        self.model.registrations.order()
    }

    /// One registration, which changes only when that one does.
    pub fn registration(self, id: RegistrationId) -> Option<ArcRwSignal<Registration>> {
        self.model.registrations.row(&id)
    }

    /// Reads something of all registrations, in the order they are shown. Followed when read reactively.
    pub fn of_all<T>(self, read: impl Fn(&Registration) -> T) -> Vec<T> {
        self.model.people.track();
        self.model.registrations.collect_untracked(read)
    }

    /// A fresh id for a question.
    pub fn new_question_id(self) -> QuestionId {
        QuestionId::from_random(platform::random_bytes())
    }

    /// A fresh id for a registration at the door.
    pub fn new_registration_id(self) -> RegistrationId {
        RegistrationId::from_random(platform::random_bytes())
    }
}

impl Model {
    fn new(occasion: &OccasionView) -> Self {
        let registrations = occasion.registrations.iter().map(|registration| (registration.id, registration.clone()));
        Self {
            facts: RwSignal::new(occasion.facts.clone()),
            registrations: Rows::new(registrations),
            people: RwSignal::new(()),
        }
    }

    /// Shows what `touched` says has changed in `occasion`.
    pub fn show(&self, occasion: &OccasionView, touched: &Touched) {
        if touched.facts {
            set_if_new(self.facts, occasion.facts.clone());
        }
        for id in &touched.registrations {
            self.registrations.show_row(*id, occasion.registration(*id));
        }
        if !touched.registrations.is_empty() {
            self.show_order(occasion);
        }
    }

    /// Shows all of `occasion`. Still writes only what differs.
    pub fn show_all(&self, occasion: &OccasionView) {
        set_if_new(self.facts, occasion.facts.clone());
        for registration in &occasion.registrations {
            self.registrations.show_row(registration.id, Some(registration));
        }
        self.show_order(occasion);
    }

    fn show_order(&self, occasion: &OccasionView) {
        self.registrations.show_order(occasion.registrations.iter().map(|registration| registration.id).collect());
        self.people.notify();
    }
}
