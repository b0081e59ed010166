//! What the public may know of an occasion: no link, and no person.

use serde::{Deserialize, Serialize};

use super::{Occasion, OccasionDay, Organiser};
use crate::domain::{DocumentId, IsoDate};

/// *Anmälan*: whether one can register now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignUp {
    /// *Öppen*.
    Open,
    /// *Fullt*: one can be put on the waiting list.
    Full,
    /// *Stängd*.
    Closed,
    /// *Har inte öppnat*.
    NotYet,
    /// *Inställt*.
    CalledOff,
}

impl SignUp {
    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Öppen för anmälan",
            Self::Full => "Fullt, väntelista",
            Self::Closed => "Anmälan är stängd",
            Self::NotYet => "Anmälan har inte öppnat",
            Self::CalledOff => "Inställt",
        }
    }

    /// Whether the form is there: for a place, or for one on the waiting list.
    pub fn takes_registrations(self) -> bool {
        matches!(self, Self::Open | Self::Full)
    }
}

/// What the public list shows of an occasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicOccasion {
    /// The occasion's document, which is also its address.
    pub document: DocumentId,
    /// *Rubrik*.
    pub title: String,
    /// *Kurs*.
    pub course: String,
    /// *Arrangör*.
    pub organiser: Organiser,
    /// *Kursdagar*.
    pub days: Vec<OccasionDay>,
    /// *Plats*.
    pub place: String,
    /// *På distans*: whether there is a video link, which those who have a place are told.
    pub is_online: bool,
    /// *Om kursen*.
    pub about: String,
    /// *Målgrupp*.
    pub audience: String,
    /// *Utbildare*.
    pub trainers: String,
    /// *Kontakt*.
    pub contact: String,
    /// *Förkunskaper* in words; empty where there are none.
    pub requires: String,
    /// *Antal platser*; none where there is no bound.
    pub capacity: Option<u32>,
    /// *Lediga platser*; none where there is no bound.
    pub places_left: Option<u32>,
    /// *Anmälan öppnar*.
    pub opens: Option<IsoDate>,
    /// *Sista anmälningsdag*.
    pub closes: Option<IsoDate>,
    /// Whether one can register today.
    pub sign_up: SignUp,
}

impl PublicOccasion {
    /// What the public may know, on a day and with so many places taken.
    pub fn of(document: DocumentId, occasion: &Occasion, taken: u32, today: IsoDate) -> Self {
        Self {
            document,
            title: occasion.title.clone(),
            course: occasion.course_name.clone(),
            organiser: occasion.organiser.clone(),
            days: occasion.days.clone(),
            place: occasion.place.clone(),
            is_online: !occasion.link.trim().is_empty(),
            about: occasion.about.clone(),
            audience: occasion.audience.clone(),
            trainers: occasion.trainers.clone(),
            contact: occasion.contact.clone(),
            requires: occasion.prerequisites(),
            capacity: occasion.capacity,
            places_left: occasion.capacity.map(|capacity| capacity.saturating_sub(taken)),
            opens: occasion.opens,
            closes: occasion.closes,
            sign_up: occasion.sign_up(today, taken),
        }
    }
}
