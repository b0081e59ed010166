//! *Kurser*: what is taught, when it is given, who has registered, and who gets a place.
//!
//! A [`Course`] stands in an owner's catalogue. An [`Occasion`] is one time it is given, with its days and its own
//! facts, copied from the course so that a later change there does not alter what people have registered for.
//! [`places`] decides who gets a place. Diet, allergies and access needs are no part of a [`Registration`]: they are kept
//! apart, by the relay alone.

pub mod clock;
pub mod evaluation;
pub mod follow_up;
pub mod places;
pub mod public;
pub mod registration;
pub mod requires;
pub mod statistics;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use clock::{ClockError, ClockTime};
pub use public::{PublicOccasion, SignUp};
pub use registration::{Decision, Party, Prerequisite, Registration, Sex, Source, is_web_address, tidy};

use super::{AssociationId, CourseId, IsoDate, LineId, Money, QuestionId};

/// *Kurs*: what is taught, as the catalogue says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Its id, the same in every occasion.
    pub id: CourseId,
    /// *Namn*.
    pub name: String,
    /// *Kortnamn*, such as Grund.
    pub short: String,
    /// *Syfte*.
    pub purpose: String,
    /// *Innehåll*.
    pub contents: String,
    /// *Målgrupp*.
    pub audience: String,
    /// *När*: the terms it is usually given, such as Vår och höst.
    pub terms: String,
    /// *Utbildare*.
    pub trainers: String,
    /// *Anmärkning*.
    pub note: String,
    /// *Antal dagar*.
    pub days: Option<u32>,
    /// *Antal platser*; none where there is no bound.
    pub capacity: Option<u32>,
    /// *Förkunskaper*: courses that must have been completed before.
    pub requires: BTreeSet<CourseId>,
}

impl Course {
    /// A course of which nothing is known yet.
    pub fn empty(id: CourseId) -> Self {
        Self {
            id,
            name: String::new(),
            short: String::new(),
            purpose: String::new(),
            contents: String::new(),
            audience: String::new(),
            terms: String::new(),
            trainers: String::new(),
            note: String::new(),
            days: None,
            capacity: None,
            requires: BTreeSet::new(),
        }
    }

    /// What it is called where there is little room.
    pub fn short_name(&self) -> &str {
        if self.short.is_empty() { &self.name } else { &self.short }
    }
}

/// *Arrangör*: whose catalogue or occasion it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organiser {
    /// Name in full.
    pub name: String,
    /// The association; none for the county.
    pub association: Option<AssociationId>,
}

/// *Kursdag*: a day of an occasion and its hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OccasionDay {
    /// The day.
    pub date: IsoDate,
    /// *Från*.
    pub from: ClockTime,
    /// *Till*; later than the beginning.
    pub to: ClockTime,
}

impl OccasionDay {
    /// How long it is, breaks among it.
    pub fn minutes(&self) -> u32 {
        let minutes = |time: ClockTime| u32::from(time.hour()) * 60 + u32::from(time.minute());
        minutes(self.to).saturating_sub(minutes(self.from))
    }
}

/// *Egen fråga*: what an occasion asks of those who register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its id, under which answers are kept.
    pub id: QuestionId,
    /// The question itself.
    pub text: String,
    /// *Obligatorisk*.
    pub is_required: bool,
}

/// *Känsliga uppgifter*: what an occasion may ask that never enters a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sensitive {
    /// *Specialkost*.
    Diet,
    /// *Allergi*.
    Allergy,
    /// *Tillgänglighet*.
    Access,
}

impl Sensitive {
    /// All of them, in the order they are asked.
    pub const ALL: [Self; 3] = [Self::Diet, Self::Allergy, Self::Access];

    /// The word it is kept by.
    pub fn as_word(self) -> &'static str {
        match self {
            Self::Diet => "diet",
            Self::Allergy => "allergy",
            Self::Access => "access",
        }
    }

    /// The one that goes by a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_word() == word)
    }

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Diet => "Specialkost",
            Self::Allergy => "Allergi",
            Self::Access => "Behov av anpassning i lokalen",
        }
    }
}

/// *Kurstillfälle*: one time a course is given. The facts alone; registrations stand beside them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occasion {
    /// *Rubrik*.
    pub title: String,
    /// *År*.
    pub year: i32,
    /// *Arrangör*.
    pub organiser: Organiser,
    /// The course that is given, if it stands in a catalogue.
    pub course: Option<CourseId>,
    /// What that course was called when the occasion was opened.
    pub course_name: String,
    /// *Om kursen*.
    pub about: String,
    /// *Målgrupp*.
    pub audience: String,
    /// *Plats*.
    pub place: String,
    /// *Videolänk*: told to those who have a place, never to the public.
    pub link: String,
    /// *Utbildare*.
    pub trainers: String,
    /// *Kontakt*.
    pub contact: String,
    /// *Kursdagar*, by date.
    pub days: Vec<OccasionDay>,
    /// *Antal platser*; none where there is no bound.
    pub capacity: Option<u32>,
    /// *Anmälan öppnar*.
    pub opens: Option<IsoDate>,
    /// *Sista anmälningsdag*.
    pub closes: Option<IsoDate>,
    /// *Publicerat*: whether the public list shows it.
    pub is_published: bool,
    /// *Inställt*.
    pub is_called_off: bool,
    /// *Pris*.
    pub price: Option<Money>,
    /// *Avgift vid utebliven närvaro*.
    pub no_show_fee: Option<Money>,
    /// *Kostnadsrad i budgeten*.
    pub cost_line: Option<LineId>,
    /// *Förkunskaper*: courses that must have been completed, each with its name.
    pub requires: BTreeMap<CourseId, String>,
    /// *Egna frågor*, in the order they are asked.
    pub questions: Vec<Question>,
    /// Which sensitive things are asked.
    pub asks: BTreeSet<Sensitive>,
}

impl Occasion {
    /// The first day.
    pub fn first_day(&self) -> Option<IsoDate> {
        self.days.first().map(|day| day.date)
    }

    /// The last day.
    pub fn last_day(&self) -> Option<IsoDate> {
        self.days.last().map(|day| day.date)
    }

    /// Whether the last day has passed.
    pub fn is_over(&self, today: IsoDate) -> bool {
        self.last_day().is_some_and(|last| last < today)
    }

    /// Whether a participant must have completed another course before.
    pub fn has_prerequisite(&self) -> bool {
        !self.requires.is_empty()
    }

    /// *Förkunskaper* in words, such as “Grund och Gruppledare”; empty where there are none.
    pub fn prerequisites(&self) -> String {
        let names: Vec<&str> = self.requires.values().map(String::as_str).collect();
        names.join(" och ")
    }

    /// Whether one can register on a day, with so many places taken.
    pub fn sign_up(&self, today: IsoDate, taken: u32) -> SignUp {
        let closes = self.closes.or(self.first_day());
        if self.is_called_off {
            SignUp::CalledOff
        } else if closes.is_none_or(|closes| closes < today) {
            SignUp::Closed
        } else if self.opens.is_some_and(|opens| today < opens) {
            SignUp::NotYet
        } else if self.capacity.is_some_and(|capacity| capacity <= taken) {
            SignUp::Full
        } else {
            SignUp::Open
        }
    }
}
