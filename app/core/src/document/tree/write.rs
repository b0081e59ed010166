//! How a change is written: all of it or nothing, small enough to be sent, and each value with what it replaced.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, ObjType, ReadDoc, Value};

use super::path::Slot;
use super::value::{Stored, stored, text};
use crate::document::{CommandError, EditContext, MAX_TEXT};
use crate::limits::Limits;

/// Runs `work` and commits what it wrote, or takes all of it back. Says whether anything was written.
pub(super) fn in_one_change<T>(
    doc: &mut AutoCommit,
    context: &EditContext,
    work: impl FnOnce(&mut AutoCommit) -> Result<T, CommandError>,
) -> Result<(T, bool), CommandError> {
    if doc.pending_ops() > 0 {
        // Somebody wrote without committing: theirs is a change of its own.
        doc.commit();
    }
    match work(doc) {
        Ok(_) if !passes_the_relay(doc) => {
            doc.rollback();
            Err(CommandError::TooMuch)
        }
        Ok(done) if doc.pending_ops() > 0 => {
            // Whole seconds, as every other automerge program reads them.
            let options = CommitOptions::default().with_time(context.now_ms.div_euclid(1000));
            Ok((done, doc.commit_with(options).is_some()))
        }
        Ok(done) => Ok((done, false)),
        Err(refused) => {
            doc.rollback();
            Err(refused)
        }
    }
}

/// Whether what is written so far fits in one change that the relay takes. One it refuses could never be sent, nor
/// anything after it.
fn passes_the_relay(doc: &AutoCommit) -> bool {
    let (written, limits) = (doc.pending_ops(), Limits::default());
    if written < OPERATIONS_SURELY_SMALL {
        return true;
    }
    if written as u64 > limits.change_operations {
        return false;
    }
    // How large a change is shows only when it is made, and what is made cannot be taken back: so in a copy.
    let mut copy = doc.clone();
    copy.commit();
    copy.get_last_local_change().is_none_or(|change| change.raw_bytes().len() <= limits.change_bytes)
}

/// So many operations take at most some fifty bytes each.
const OPERATIONS_SURELY_SMALL: usize = 2_000;

/// Writes a value whole. Returns what stood there, and the operation that wrote it.
pub(super) fn write_slot(
    doc: &mut AutoCommit,
    slot: &Slot,
    value: &Stored,
) -> Result<(Stored, Option<String>), CommandError> {
    let object = slot.map.found(doc)?;
    let (before, operation) = stored(doc, &object, &slot.key);
    match value.scalar() {
        Some(scalar) => {
            // The one that shows, picked among several: automerge would take the others away and write nothing, so that
            // what a colleague picks meanwhile would win unseen. Written anew, both picks are shown.
            if before == *value && doc.get_all(&object, slot.key.as_str())?.len() > 1 {
                doc.delete(&object, slot.key.as_str())?;
            }
            doc.put(&object, slot.key.as_str(), scalar)?;
        }
        None if operation.is_some() => doc.delete(&object, slot.key.as_str())?,
        None => {}
    }
    Ok((before, operation.map(|operation| operation.to_string())))
}

/// The operation that wrote what shows at a place, by its name.
pub(super) fn operation_at(doc: &AutoCommit, slot: &Slot) -> Result<Option<String>, CommandError> {
    let object = slot.map.found(doc)?;
    Ok(stored(doc, &object, &slot.key).1.map(|operation| operation.to_string()))
}

/// Leads a text to `value` by the least change, so that what colleagues write in it meanwhile is kept. Returns what
/// it was.
pub(super) fn write_text(doc: &mut AutoCommit, slot: &Slot, value: &str) -> Result<String, CommandError> {
    if value.encode_utf16().count() > MAX_TEXT {
        return Err(CommandError::TextTooLong);
    }
    let object = slot.map.found(doc)?;
    let before = text(doc, &object, &slot.key);
    if before == value {
        return Ok(before);
    }
    let mut values = doc.get_all(&object, slot.key.as_str())?;
    let text = match (values.pop(), values.is_empty()) {
        (Some((Value::Object(ObjType::Text), text)), true) => text,
        // Missing, a plain string by another program, or begun by two people at once: from here on it is one.
        _ => doc.put_object(&object, slot.key.as_str(), ObjType::Text)?,
    };
    doc.update_text(&text, value)?;
    Ok(before)
}
