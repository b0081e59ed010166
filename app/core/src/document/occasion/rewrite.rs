//! *Radera*: the occasion as it is now, told anew without those who were erased.
//!
//! A document keeps what is deleted in it, so whoever is erased cannot be taken out: the document is written once more,
//! under another id, by another actor and no author. Nothing of the old bytes is in it. What only a newer version knows
//! is copied with the rest, and so is what is marked as removed.

use std::collections::BTreeSet;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, AutomergeError, ObjId, ObjType, ROOT, ReadDoc, Value};

use super::open::first_change;
use super::schema;
use crate::document::tree::path::container;
use crate::document::{EditContext, load_as};
use crate::domain::RegistrationId;

/// So many registrations go into one change: well within what a client takes at once.
const ROWS_IN_A_CHANGE: usize = 25;

/// Writes the occasion in `old` anew, without these registrations.
///
/// `actor` must be fresh random bytes.
///
/// # Errors
/// None that a caller can cause; automerge's, should it refuse.
pub fn rewrite(
    old: &AutoCommit,
    without: &BTreeSet<RegistrationId>,
    actor: [u8; 16],
    context: &EditContext,
) -> Result<AutoCommit, AutomergeError> {
    let mut new = load_as(first_change(), actor, None)?;
    let done = || CommitOptions::default().with_time(context.now_ms.div_euclid(1000));
    for key in old.keys(&ROOT) {
        if key != schema::REGISTRATIONS {
            copy(old, &ROOT, &mut new, &ROOT, &key)?;
        }
    }
    new.commit_with(done());
    let (Some(from), Some(to)) = (container(old, schema::REGISTRATIONS), container(&new, schema::REGISTRATIONS)) else {
        return Ok(new);
    };
    let erased: BTreeSet<String> = without.iter().map(ToString::to_string).collect();
    let kept: Vec<String> = old.keys(&from).filter(|id| !erased.contains(id)).collect();
    for rows in kept.chunks(ROWS_IN_A_CHANGE) {
        for id in rows {
            copy(old, &from, &mut new, &to, id)?;
        }
        new.commit_with(done());
    }
    Ok(new)
}

/// Copies what stands at a key of a map: of several values at once, the one that everybody reads.
fn copy(old: &AutoCommit, from: &ObjId, new: &mut AutoCommit, to: &ObjId, key: &str) -> Result<(), AutomergeError> {
    let Some((value, source)) = old.get(from, key)? else { return Ok(()) };
    let there = new.get(to, key)?;
    match value {
        Value::Scalar(scalar) => {
            if there.is_none_or(|(value, _)| value.as_scalar() != Some(scalar.as_ref())) {
                new.put(to, key, scalar.into_owned())?;
            }
        }
        Value::Object(ObjType::Text) => {
            let text = new.put_object(to, key, ObjType::Text)?;
            new.splice_text(&text, 0, 0, &old.text(&source)?)?;
        }
        Value::Object(ObjType::Map | ObjType::Table) => {
            // The maps of the first change are there already, and shared by all.
            let map = match there {
                Some((Value::Object(ObjType::Map), map)) => map,
                _ => new.put_object(to, key, ObjType::Map)?,
            };
            for key in old.keys(&source) {
                copy(old, &source, new, &map, &key)?;
            }
        }
        // No version has ever written one.
        Value::Object(ObjType::List) => {}
    }
    Ok(())
}
