//! How a catalogue begins: everywhere with the same first change, so that two replicas that open one each still share
//! its tables.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, AutomergeError, ROOT};

use super::schema;
use crate::document::tree::value::stored;
use crate::document::{EditContext, load_as};
use crate::domain::{Organiser, UserId};

/// The first change of every catalogue, as it was frozen. Never made anew: bytes that differ in one bit make another
/// change, with other tables.
static FIRST_CHANGE: &[u8] = include_bytes!("first_change.bin");

/// What is known of a catalogue when it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCatalogue {
    /// Whose it is.
    pub owner: Organiser,
    /// Its title.
    pub title: String,
}

/// The frozen bytes of the first change, for those who check or compare them.
pub fn first_change() -> &'static [u8] {
    FIRST_CHANGE
}

/// Opens a new catalogue: the frozen first change, and one by `author` that says whose it is.
///
/// `actor` must be fresh random bytes.
///
/// # Errors
/// None that a caller can cause; automerge's, should it refuse.
pub fn open(
    new: &NewCatalogue,
    actor: [u8; 16],
    author: Option<UserId>,
    context: &EditContext,
) -> Result<AutoCommit, AutomergeError> {
    let mut doc = load_as(FIRST_CHANGE, actor, author)?;
    if let Some(association) = &new.owner.association {
        doc.put(ROOT, schema::ASSOCIATION, association.as_str())?;
    }
    doc.put(ROOT, schema::ORGANISER, new.owner.name.as_str())?;
    doc.put(ROOT, schema::TITLE, new.title.as_str())?;
    doc.commit_with(CommitOptions::default().with_time(context.now_ms.div_euclid(1000)));
    Ok(doc)
}

/// Whether a document says that it is a catalogue.
pub fn is_catalogue(doc: &AutoCommit) -> bool {
    stored(doc, &ROOT, schema::KIND).0.word() == Some(schema::KIND_CATALOGUE)
}
