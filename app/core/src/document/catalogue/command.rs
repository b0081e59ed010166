//! What a user can do to a catalogue, as values that can be sent, stored and replayed.

use serde::{Deserialize, Serialize};

use crate::domain::{Course, CourseId};

/// A text of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CourseText {
    /// *Namn*.
    Name,
    /// *Kortnamn*.
    Short,
    /// *Syfte*.
    Purpose,
    /// *Innehåll*.
    Contents,
    /// *Målgrupp*.
    Audience,
    /// *Ges*.
    Terms,
    /// *Utbildare*.
    Trainers,
    /// *Anmärkning*.
    Note,
}

impl CourseText {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Short,
        Self::Purpose,
        Self::Contents,
        Self::Audience,
        Self::Terms,
        Self::Trainers,
        Self::Note,
    ];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Namn",
            Self::Short => "Kortnamn",
            Self::Purpose => "Syfte",
            Self::Contents => "Innehåll",
            Self::Audience => "Målgrupp",
            Self::Terms => "Ges",
            Self::Trainers => "Utbildare",
            Self::Note => "Anmärkning",
        }
    }

    /// What a course says there.
    pub fn of(self, course: &Course) -> &str {
        match self {
            Self::Name => &course.name,
            Self::Short => &course.short,
            Self::Purpose => &course.purpose,
            Self::Contents => &course.contents,
            Self::Audience => &course.audience,
            Self::Terms => &course.terms,
            Self::Trainers => &course.trainers,
            Self::Note => &course.note,
        }
    }

    /// The same, to be written.
    pub(super) fn of_mut(self, course: &mut Course) -> &mut String {
        match self {
            Self::Name => &mut course.name,
            Self::Short => &mut course.short,
            Self::Purpose => &mut course.purpose,
            Self::Contents => &mut course.contents,
            Self::Audience => &mut course.audience,
            Self::Terms => &mut course.terms,
            Self::Trainers => &mut course.trainers,
            Self::Note => &mut course.note,
        }
    }

    /// Its name in the document.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Short => "short",
            Self::Purpose => "purpose",
            Self::Contents => "contents",
            Self::Audience => "audience",
            Self::Terms => "terms",
            Self::Trainers => "trainers",
            Self::Note => "note",
        }
    }
}

/// A number of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CourseNumber {
    /// *Antal dagar*.
    Days,
    /// *Antal platser*.
    Capacity,
}

impl CourseNumber {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Days, Self::Capacity];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Days => "Antal dagar",
            Self::Capacity => "Antal platser",
        }
    }

    /// What a course says there.
    pub fn of(self, course: &Course) -> Option<u32> {
        match self {
            Self::Days => course.days,
            Self::Capacity => course.capacity,
        }
    }

    /// Its name in the document.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Capacity => "capacity",
        }
    }
}

/// One thing a user does. Applied by [`super::edit()`] as one change and one undo step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CatalogueCommand {
    /// *Lägg till kurs*: an empty one.
    AddCourse {
        /// Fresh random id.
        id: CourseId,
        /// The course it comes after; none puts it first.
        after: Option<CourseId>,
    },
    /// Writes a text, by the least change that leads there.
    SetText {
        /// Which course.
        course: CourseId,
        /// Which text of it.
        field: CourseText,
        /// The whole new text.
        value: String,
    },
    /// Writes a number. Empty is not zero.
    SetNumber {
        /// Which course.
        course: CourseId,
        /// Which number of it.
        field: CourseNumber,
        /// The number.
        value: Option<u32>,
    },
    /// *Förkunskaper*: whether a course must have been completed before another.
    Require {
        /// Which course.
        course: CourseId,
        /// The one that must have been completed.
        other: CourseId,
        /// Whether it must.
        required: bool,
    },
    /// *Ta bort kursen*. It can be brought back.
    Remove {
        /// Which course.
        course: CourseId,
    },
    /// *Återställ kursen*.
    Restore {
        /// Which course.
        course: CourseId,
    },
    /// *Flytta kursen*.
    Move {
        /// Which course.
        course: CourseId,
        /// The course it comes after; none puts it first.
        after: Option<CourseId>,
    },
    /// Several things as one. All are done, or none.
    Batch {
        /// In order; later ones see what earlier ones did.
        commands: Vec<CatalogueCommand>,
        /// What undo calls it.
        label: String,
    },
}

impl CatalogueCommand {
    /// What undo calls it.
    pub fn label(&self) -> &str {
        match self {
            Self::AddCourse { .. } => "lägg till kurs",
            Self::SetText { .. } => "ändra text",
            Self::SetNumber { .. } => "ändra antal",
            Self::Require { .. } => "ändra förkunskaper",
            Self::Remove { .. } => "ta bort kursen",
            Self::Restore { .. } => "återställ kursen",
            Self::Move { .. } => "flytta kursen",
            Self::Batch { label, .. } => label,
        }
    }
}
