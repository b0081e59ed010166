//! Who last wrote what: for "senast ändrat av" beside an amount.

use automerge::AutoCommit;
use serde::{Deserialize, Serialize};

use super::command::{Field, RowRef};
use super::slot_of;
use crate::document::tree::value::{author_of, stored, time_of};
use crate::domain::UserId;

/// *Senast ändrat*: who wrote what shows at a place, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastChange {
    /// Who, if the change says.
    pub author: Option<UserId>,
    /// When, in milliseconds since 1970, by the writer's clock and to the second.
    pub at: i64,
}

/// Who last wrote an amount, a split, a day or a horizon; none where nothing was ever written.
///
/// Of a text, which many write in, it says who made the row.
pub fn last_change(doc: &AutoCommit, row: &RowRef, field: Field) -> Option<LastChange> {
    let slot = slot_of(row, field);
    let operation = stored(doc, &slot.map.find(doc)?, &slot.key).1?;
    Some(LastChange { author: author_of(doc, &operation), at: time_of(doc, &operation) })
}
