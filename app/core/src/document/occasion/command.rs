//! What can be done to an occasion, as values that can be sent, stored and replayed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::{
    CourseId, Decision, IsoDate, LineId, Money, OccasionDay, Party, Prerequisite, QuestionId, RegistrationId,
    Sensitive, Sex, Source,
};

/// A fact that is a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fact {
    /// *Rubrik*.
    Title,
    /// *Om kursen*.
    About,
    /// *Målgrupp*.
    Audience,
    /// *Plats*.
    Place,
    /// *Videolänk*.
    Link,
    /// *Utbildare*.
    Trainers,
    /// *Kontakt*.
    Contact,
}

impl Fact {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 7] =
        [Self::Title, Self::About, Self::Audience, Self::Place, Self::Link, Self::Trainers, Self::Contact];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Title => "Rubrik",
            Self::About => "Om kursen",
            Self::Audience => "Målgrupp",
            Self::Place => "Plats",
            Self::Link => "Videolänk",
            Self::Trainers => "Utbildare",
            Self::Contact => "Kontakt",
        }
    }

    /// Its name in the document.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Title => super::schema::TITLE,
            Self::About => "about",
            Self::Audience => "audience",
            Self::Place => "place",
            Self::Link => "link",
            Self::Trainers => "trainers",
            Self::Contact => "contact",
        }
    }
}

/// A fact that is a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DayFact {
    /// *Anmälan öppnar*.
    Opens,
    /// *Sista anmälningsdag*.
    Closes,
}

impl DayFact {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Opens, Self::Closes];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Opens => "Anmälan öppnar",
            Self::Closes => "Sista anmälningsdag",
        }
    }

    /// Its name in the document.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Opens => "opens",
            Self::Closes => "closes",
        }
    }
}

/// A fact that is an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PriceFact {
    /// *Pris*.
    Price,
    /// *Avgift vid utebliven närvaro*.
    NoShowFee,
}

impl PriceFact {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Price, Self::NoShowFee];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Price => "Pris",
            Self::NoShowFee => "Avgift vid utebliven närvaro",
        }
    }

    /// Its name in the document.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::NoShowFee => "no_show_fee",
        }
    }
}

/// What is written of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PersonField {
    /// *Namn*.
    Name,
    /// *E-post*.
    Email,
    /// *Arbetsgivare*.
    Employer,
    /// *Yrkesroll*.
    Role,
}

impl PersonField {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Name, Self::Email, Self::Employer, Self::Role];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Namn",
            Self::Email => "E-post",
            Self::Employer => "Arbetsgivare",
            Self::Role => "Yrkesroll",
        }
    }

    /// Its name in the document.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Employer => "employer",
            Self::Role => "role",
        }
    }
}

/// *Ny anmälan*: all that a registration says from the start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRegistration {
    /// *Namn*.
    pub name: String,
    /// *E-post*.
    pub email: String,
    /// *Arbetsgivare*.
    pub employer: String,
    /// *Part*.
    pub party: Party,
    /// *Yrkesroll*.
    pub role: String,
    /// *Kön*.
    pub sex: Sex,
    /// Answers to the occasion's own questions.
    pub answers: BTreeMap<QuestionId, String>,
    /// *Förkunskaper*.
    pub prerequisite: Prerequisite,
    /// How it came.
    pub source: Source,
    /// When, in milliseconds since 1970.
    pub registered_at: i64,
}

/// One thing that is done. Applied by [`super::edit()`] as one change; what brings people in or out of the list, and
/// what the relay decides, is no undo step: a place that was given away cannot be undone back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OccasionCommand {
    /// Writes a text, by the least change that leads there.
    SetText {
        /// Which.
        fact: Fact,
        /// The whole new text.
        value: String,
    },
    /// *Kursdagar*: all of them; writes those that differ.
    SetDays {
        /// The days, in any order.
        days: Vec<OccasionDay>,
    },
    /// *Antal platser*.
    SetCapacity {
        /// None where there is no bound.
        capacity: Option<u32>,
    },
    /// *Anmälan öppnar*, *sista anmälningsdag*.
    SetDay {
        /// Which.
        fact: DayFact,
        /// The day.
        day: Option<IsoDate>,
    },
    /// *Pris*, *avgift*.
    SetPrice {
        /// Which.
        fact: PriceFact,
        /// The amount. Empty is not zero.
        amount: Option<Money>,
    },
    /// *Kostnadsrad i budgeten*.
    SetCostLine {
        /// The line, of the organiser's plan.
        line: Option<LineId>,
    },
    /// *Publicera*: shows it on the public list, or not.
    Publish {
        /// Whether it is shown.
        published: bool,
    },
    /// *Ställ in*, or take that back.
    CallOff {
        /// Whether it is off.
        called_off: bool,
    },
    /// *Förkunskaper*.
    SetRequires {
        /// The courses, each with its name.
        requires: BTreeMap<CourseId, String>,
    },
    /// Which sensitive things are asked.
    SetAsks {
        /// These, and no others.
        asks: BTreeSet<Sensitive>,
    },
    /// *Lägg till fråga*: an empty one, last.
    AddQuestion {
        /// Fresh random id.
        id: QuestionId,
        /// The question it comes after; none puts it first.
        after: Option<QuestionId>,
    },
    /// Words a question.
    SetQuestion {
        /// Which.
        id: QuestionId,
        /// The whole new text.
        text: String,
    },
    /// *Obligatorisk*.
    RequireQuestion {
        /// Which.
        id: QuestionId,
        /// Whether it must be answered.
        required: bool,
    },
    /// *Ta bort frågan*; answers stay.
    RemoveQuestion {
        /// Which.
        id: QuestionId,
    },
    /// *Anmäl*: a new registration, on the web or at the door.
    Register {
        /// Fresh and random, or worked out from the form, so that a form that is sent twice is one registration.
        id: RegistrationId,
        /// What it says.
        fields: Box<NewRegistration>,
    },
    /// Corrects what is written of a person.
    SetPerson {
        /// Whose registration.
        id: RegistrationId,
        /// Which of it.
        field: PersonField,
        /// The whole new text.
        value: String,
    },
    /// Corrects which of the parties the employer is.
    SetParty {
        /// Whose registration.
        id: RegistrationId,
        /// Which.
        party: Party,
    },
    /// Corrects the sex, for statistics.
    SetSex {
        /// Whose registration.
        id: RegistrationId,
        /// Which.
        sex: Sex,
    },
    /// Corrects an answer.
    SetAnswer {
        /// Whose registration.
        id: RegistrationId,
        /// To which question.
        question: QuestionId,
        /// The whole new text.
        value: String,
    },
    /// *Godkänn förkunskaperna*, or not.
    SetPrerequisite {
        /// Whose registration.
        id: RegistrationId,
        /// What holds.
        prerequisite: Prerequisite,
    },
    /// *Besked*, by the relay alone.
    Decide {
        /// Whose registration.
        id: RegistrationId,
        /// Where it stands.
        decision: Decision,
        /// Its number in the order of arrival.
        arrival: u64,
        /// Until when an offered place is kept, in milliseconds since 1970.
        offered_until_ms: Option<i64>,
    },
    /// *Närvaro* on a day.
    SetAttendance {
        /// Whose registration.
        id: RegistrationId,
        /// Which day.
        day: IsoDate,
        /// Whether the person was there.
        present: bool,
    },
    /// *Avboka*: for good. Whoever wants a place again registers again.
    Cancel {
        /// Whose registration.
        id: RegistrationId,
    },
    /// Several things as one. All are done, or none.
    Batch {
        /// In order; later ones see what earlier ones did.
        commands: Vec<OccasionCommand>,
        /// What undo calls it.
        label: String,
    },
}

impl OccasionCommand {
    /// What undo calls it.
    pub fn label(&self) -> &str {
        match self {
            Self::SetText { .. } => "ändra text",
            Self::SetDays { .. } => "ändra kursdagar",
            Self::SetCapacity { .. } => "ändra antal platser",
            Self::SetDay { .. } => "ändra anmälningstid",
            Self::SetPrice { .. } => "ändra belopp",
            Self::SetCostLine { .. } => "välj kostnadsrad",
            Self::Publish { .. } => "publicera",
            Self::CallOff { .. } => "ställ in",
            Self::SetRequires { .. } => "ändra förkunskaper",
            Self::SetAsks { .. } => "ändra vad som frågas",
            Self::AddQuestion { .. } => "lägg till fråga",
            Self::SetQuestion { .. } | Self::RequireQuestion { .. } => "ändra fråga",
            Self::RemoveQuestion { .. } => "ta bort frågan",
            Self::Register { .. } => "anmäl",
            Self::SetPerson { .. } | Self::SetParty { .. } | Self::SetSex { .. } | Self::SetAnswer { .. } => {
                "ändra anmälan"
            }
            Self::SetPrerequisite { .. } => "ändra förkunskaper",
            Self::Decide { .. } => "ge besked",
            Self::SetAttendance { .. } => "ändra närvaro",
            Self::Cancel { .. } => "avboka",
            Self::Batch { label, .. } => label,
        }
    }

    /// Whether it can be taken back: what may have given a place to somebody else cannot.
    pub fn can_be_undone(&self) -> bool {
        match self {
            Self::Register { .. } | Self::Decide { .. } | Self::Cancel { .. } | Self::SetPrerequisite { .. } => false,
            Self::Batch { commands, .. } => commands.iter().all(Self::can_be_undone),
            _ => true,
        }
    }
}
