//! *Kurstillfälle*: one occasion with those who have registered for it; typed commands in, a read model out.
//!
//! Readable by the organiser's course administrators alone. Diet, allergies and access needs are never in it. The relay
//! alone writes [`OccasionCommand::Decide`], and what participants send by form; everything else is written by people
//! who run courses, with or without a network.

mod carry;
pub mod command;
mod demo;
mod edit;
pub mod history;
mod of_course;
mod open;
mod read;
mod refresh;
mod rewrite;
pub mod schema;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use carry::{carried_over, unsent};
pub use command::{DayFact, Fact, NewRegistration, OccasionCommand, PersonField, PriceFact};
pub use demo::demo_occasions;
pub use edit::edit;
pub use of_course::{Draft, proposed_days};
pub use open::{NewOccasion, first_change, is_occasion, open};
pub use read::read;
pub use refresh::{refresh, track};
pub use rewrite::rewrite;

use crate::domain::course::places::taken;
use crate::domain::{Occasion, Registration, RegistrationId};

/// *Kurstillfälle*: what a page shows. Read once, then refreshed where it is touched.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OccasionView {
    /// The facts.
    pub facts: Occasion,
    /// Everybody who has registered, those who have cancelled too, by name and then by id.
    pub registrations: Vec<Registration>,
}

impl OccasionView {
    /// The registration of that id.
    pub fn registration(&self, id: RegistrationId) -> Option<&Registration> {
        self.registrations.iter().find(|registration| registration.id == id)
    }

    /// Adds somebody where they stand in the order of all others.
    pub fn insert(&mut self, registration: Registration) {
        let key = read::order(&registration);
        let at = self.registrations.partition_point(|one| read::order(one) < key);
        self.registrations.insert(at, registration);
    }

    /// How many places are taken, by what the relay has decided.
    pub fn taken(&self) -> u32 {
        taken(self.registrations.iter().map(|registration| &registration.decision))
    }
}

/// What a refresh changed in the read model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Any of the facts.
    pub facts: bool,
    /// Registrations that came or were changed.
    pub registrations: BTreeSet<RegistrationId>,
}

impl Touched {
    /// Whether nothing that shows has changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
