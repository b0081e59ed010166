//! What the pages of courses are drawn from.

use crate::boot::{DocumentInfo, Person};
use crate::document::catalogue::Catalogue;
use crate::document::occasion::OccasionView;
use crate::domain::{Decision, Occasion};
use serde::{Deserialize, Serialize};

/// The address of the courses; under it lie the catalogues and the occasions, by their documents' ids.
pub const COURSES: &str = "/kurser";

/// What follows an occasion's address on the page of the certificates.
pub const CERTIFICATES: &str = "/intyg";

/// *Kurser*: what the user may read of catalogues and occasions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CoursesPage {
    /// The catalogues.
    pub catalogues: Vec<(DocumentInfo, Catalogue)>,
    /// The occasions, with how many places are taken and how many registrations wait for an answer.
    pub occasions: Vec<OccasionLine>,
}

/// An occasion in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OccasionLine {
    /// Which document.
    pub document: DocumentInfo,
    /// The facts.
    pub facts: Occasion,
    /// How many places are taken.
    pub taken: u32,
    /// How many wait for a place.
    pub waiting: u32,
}

/// A catalogue of courses, as the server has it stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CataloguePage {
    /// Which document.
    pub document: DocumentInfo,
    /// Its content.
    pub catalogue: Catalogue,
    /// Everybody who may read it.
    pub people: Vec<Person>,
}

/// An occasion, as the server has it stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OccasionPage {
    /// Which document.
    pub document: DocumentInfo,
    /// Its content.
    pub occasion: OccasionView,
    /// Everybody who may read it.
    pub people: Vec<Person>,
}

impl CoursesPage {
    /// Adds an occasion, after those that come before it.
    pub fn add(&mut self, document: DocumentInfo, occasion: OccasionView) {
        let waiting = occasion.registrations.iter().filter(|one| one.decision == Decision::Waiting).count();
        let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
        self.occasions.push(OccasionLine { document, taken: occasion.taken(), waiting, facts: occasion.facts });
        self.occasions.sort_by_key(|line| (line.facts.first_day().is_none(), line.facts.first_day(), line.document.id));
    }
}
