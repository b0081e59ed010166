//! *Kurskatalog*: the courses of one owner, an association or a county; typed commands in, a read model out.

pub mod command;
mod demo;
mod edit;
pub mod history;
mod open;
mod read;
mod refresh;
pub mod schema;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use command::{CatalogueCommand, CourseNumber, CourseText};
pub use demo::{demo_association, demo_county};
pub use edit::edit;
pub use open::{NewCatalogue, first_change, is_catalogue, open};
pub use read::read;
pub use refresh::{refresh, track};

use super::tree::table::TableRow;
use crate::domain::{Course, CourseId, Organiser, UserId};

/// *Kurskatalog*: what a page shows. Read once, then refreshed course by course.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Catalogue {
    /// Whose it is.
    pub owner: Organiser,
    /// Its title.
    pub title: String,
    /// The courses, in the order that every replica agrees on.
    pub courses: Vec<CourseView>,
    /// Courses that were removed and can be brought back, the latest first.
    pub removed: Vec<RemovedCourse>,
}

/// A course and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseView {
    /// The course itself.
    pub course: Course,
    /// Its place among the others.
    pub order: String,
}

/// *Borttagen kurs*: one that can be brought back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedCourse {
    /// Which.
    pub id: CourseId,
    /// What it was called.
    pub name: String,
    /// Who removed it, if the change says.
    pub by: Option<UserId>,
    /// When, in milliseconds since 1970, by the remover's clock.
    pub at: i64,
}

impl TableRow for CourseView {
    type Id = CourseId;

    fn id(&self) -> CourseId {
        self.course.id
    }

    fn order(&self) -> &str {
        &self.order
    }
}

impl Catalogue {
    /// The course of that id, unless removed.
    pub fn course(&self, id: CourseId) -> Option<&Course> {
        self.courses.iter().map(|view| &view.course).find(|course| course.id == id)
    }

    /// What a course requires, each with its short name. One that was removed is no longer required.
    pub fn required_by<'a>(&'a self, course: &'a Course) -> impl Iterator<Item = (CourseId, &'a str)> {
        course.requires.iter().filter_map(|id| Some((*id, self.course(*id)?.short_name())))
    }
}

/// What a refresh changed in the read model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Owner or title.
    pub header: bool,
    /// Courses that were changed, added, removed or moved.
    pub courses: BTreeSet<CourseId>,
    /// Whether courses came, went or changed places.
    pub order: bool,
    /// Whether the list of removed courses changed.
    pub removed: bool,
}

impl Touched {
    /// Whether nothing that shows has changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
