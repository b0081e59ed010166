//! How an association's plan begins: everywhere with the same first change, so that two replicas that open one each
//! still share its tables.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, AutomergeError, ROOT};

use super::schema;
use crate::document::tree::path::container;
use crate::document::{EditContext, load_as};
use crate::domain::{AssociationId, UserId, Year};

/// The first change of every association's plan, as it was frozen. Never made anew: bytes that differ in one bit make
/// another change, with other tables.
static FIRST_CHANGE: &[u8] = include_bytes!("first_change.bin");

/// What is known of a plan when it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    /// Whose plan it is.
    pub association: AssociationId,
    /// *Budgetår*.
    pub year: Year,
    /// How many years of outlook follow.
    pub outlook_years: usize,
    /// *Rubrik*.
    pub title: String,
    /// *Diarienummer*.
    pub dnr: String,
}

/// The frozen bytes of the first change, for those who check or compare them.
pub fn first_change() -> &'static [u8] {
    FIRST_CHANGE
}

/// Opens a new plan: the frozen first change, and one by `author` that says what plan it is.
///
/// `actor` must be fresh random bytes.
///
/// # Errors
/// None that a caller can cause; automerge's, should it refuse.
pub fn open(
    new: &NewPlan,
    actor: [u8; 16],
    author: Option<UserId>,
    context: &EditContext,
) -> Result<AutoCommit, AutomergeError> {
    let mut doc = load_as(FIRST_CHANGE, actor, author)?;
    doc.put(ROOT, schema::ASSOCIATION, new.association.as_str())?;
    doc.put(ROOT, schema::YEAR, i64::from(new.year.number()))?;
    doc.put(ROOT, schema::TITLE, new.title.as_str())?;
    doc.put(ROOT, schema::DNR, new.dnr.as_str())?;
    if let Some(years) = container(&doc, schema::YEARS) {
        for year in new.year.following(new.outlook_years + 1) {
            doc.put(&years, year.to_string(), 1)?;
        }
    }
    doc.commit_with(CommitOptions::default().with_time(context.now_ms.div_euclid(1000)));
    Ok(doc)
}
