//! How an occasion begins: everywhere with the same first change, so that two replicas that open one each still share
//! its tables.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, AutomergeError, ObjType, ROOT};

use super::command::Fact;
use super::schema;
use crate::document::tree::{path::container, value::stored};
use crate::document::{EditContext, load_as};
use crate::domain::{CourseId, Organiser, UserId};

/// The first change of every occasion, as it was frozen. Never made anew: bytes that differ in one bit make another
/// change, with other tables.
static FIRST_CHANGE: &[u8] = include_bytes!("first_change.bin");

/// What is known of an occasion when it is opened. Everything else follows as commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOccasion {
    /// Who gives it.
    pub organiser: Organiser,
    /// The year of its first day.
    pub year: i32,
    /// *Rubrik*.
    pub title: String,
    /// The course in the catalogue, if it stands there.
    pub course: Option<CourseId>,
    /// What the course is called.
    pub course_name: String,
}

/// The frozen bytes of the first change, for those who check or compare them.
pub fn first_change() -> &'static [u8] {
    FIRST_CHANGE
}

/// Opens a new occasion: the frozen first change, and one by `author` that says what it is.
///
/// `actor` must be fresh random bytes.
///
/// # Errors
/// None that a caller can cause; automerge's, should it refuse.
pub fn open(
    new: &NewOccasion,
    actor: [u8; 16],
    author: Option<UserId>,
    context: &EditContext,
) -> Result<AutoCommit, AutomergeError> {
    let mut doc = load_as(FIRST_CHANGE, actor, author)?;
    if let Some(association) = &new.organiser.association {
        doc.put(ROOT, schema::ASSOCIATION, association.as_str())?;
    }
    doc.put(ROOT, schema::ORGANISER, new.organiser.name.as_str())?;
    doc.put(ROOT, schema::YEAR, i64::from(new.year))?;
    doc.put(ROOT, schema::TITLE, new.title.as_str())?;
    if let Some(course) = new.course {
        doc.put(ROOT, schema::COURSE, course.to_string())?;
    }
    doc.put(ROOT, schema::COURSE_NAME, new.course_name.as_str())?;
    if let Some(facts) = container(&doc, schema::FACTS) {
        for fact in Fact::ALL.into_iter().filter(|fact| *fact != Fact::Title) {
            doc.put_object(&facts, fact.key(), ObjType::Text)?;
        }
    }
    doc.commit_with(CommitOptions::default().with_time(context.now_ms.div_euclid(1000)));
    Ok(doc)
}

/// Whether a document says that it is an occasion.
pub fn is_occasion(doc: &AutoCommit) -> bool {
    stored(doc, &ROOT, schema::KIND).0.word() == Some(schema::KIND_OCCASION)
}
