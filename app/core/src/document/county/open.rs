//! How a county plan begins: everywhere with the same first change, so that two replicas that open one each still
//! share its tables.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, AutomergeError, ObjType, ROOT};

use super::schema;
use crate::document::tree::{order, path::container, value::stored};
use crate::document::{EditContext, load_as};
use crate::domain::{AssociationId, StatedTotals, UserId};

/// The first change of every county plan, as it was frozen. Never made anew: bytes that differ in one bit make
/// another change, with other tables.
static FIRST_CHANGE: &[u8] = include_bytes!("first_change.bin");

/// What is known of a plan when it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    /// The budget year.
    pub year: i32,
    /// The plan's title.
    pub title: String,
    /// The county's associations with their names in full, in the order they are shown.
    pub associations: Vec<(AssociationId, String)>,
    /// Sums as a source prints them, if the plan is taken over from one.
    pub stated: StatedTotals,
}

/// The frozen bytes of the first change, for those who check or compare them.
pub fn first_change() -> &'static [u8] {
    FIRST_CHANGE
}

/// Opens a new county plan: the frozen first change, and one by `author` that says what plan it is.
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
    doc.put(ROOT, schema::YEAR, i64::from(new.year))?;
    doc.put(ROOT, schema::TITLE, new.title.as_str())?;
    if let Some(associations) = container(&doc, schema::ASSOCIATIONS) {
        let keys = order::several_between(None, None, new.associations.len());
        for ((id, name), order) in new.associations.iter().zip(keys) {
            let about = doc.put_object(&associations, id.as_str(), ObjType::Map)?;
            doc.put(&about, schema::NAME, name.as_str())?;
            doc.put(&about, schema::ORDER, order)?;
        }
    }
    if let Some(stated) = container(&doc, schema::STATED) {
        for (key, amount) in [("items", new.stated.items), ("contributions", new.stated.contributions)] {
            if let Some(amount) = amount {
                doc.put(&stated, key, amount.ore())?;
            }
        }
    }
    doc.commit_with(CommitOptions::default().with_time(context.now_ms.div_euclid(1000)));
    Ok(doc)
}

/// Whether a document says that it is a county plan.
pub fn is_county_plan(doc: &AutoCommit) -> bool {
    stored(doc, &ROOT, schema::KIND).0.word() == Some(schema::KIND_COUNTY_PLAN)
}
