//! Where in a document a row, a field or an amount stands.
//!
//! Every look-up checks the type it finds: a document written by others may hold anything anywhere.

use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};
use serde::{Deserialize, Serialize};

use super::command::{CommandError, Field, RowRef};
use super::schema;
use crate::domain::{AssociationId, ItemId, UserId};

/// A value in the document that is written whole, by what it is rather than by where automerge keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Slot {
    /// A column of a row.
    Field(RowRef, Field),
    /// A row's place among the others.
    Order(RowRef),
    /// When a row was removed.
    DeletedAt(RowRef),
    /// What an association pays of an item, by hand.
    Part(ItemId, AssociationId),
}

impl Slot {
    /// The row it belongs to.
    pub fn row(&self) -> RowRef {
        match self {
            Self::Field(row, _) | Self::Order(row) | Self::DeletedAt(row) => row.clone(),
            Self::Part(item, _) => RowRef::Item(*item),
        }
    }

    /// The map it stands in, and its name there.
    pub fn find(&self, doc: &AutoCommit) -> Result<(ObjId, String), CommandError> {
        let row = self.row();
        match self {
            Self::Field(RowRef::Contribution(association), _) => {
                let amounts = container(doc, schema::CONTRIBUTIONS).ok_or(CommandError::NotAPlan)?;
                Ok((amounts, association.to_string()))
            }
            Self::Field(_, field) => Ok((find_row(doc, &row)?, field.key().to_owned())),
            Self::Order(_) => Ok((find_row(doc, &row)?, schema::ORDER.to_owned())),
            Self::DeletedAt(_) => Ok((find_row(doc, &row)?, schema::DELETED_AT.to_owned())),
            Self::Part(_, association) => {
                let object = find_row(doc, &row)?;
                let parts = map_in(doc, &object, schema::PARTS).ok_or(CommandError::WrongField(row))?;
                Ok((parts, association.to_string()))
            }
        }
    }
}

/// A value written whole, as it stands in a document and in an undo step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Stored {
    /// Nothing was ever written, or it was taken away.
    Absent,
    /// Emptied.
    Empty,
    /// Öre or milliseconds.
    Int(i64),
    /// A word, a day, an order.
    Word(String),
}

impl Stored {
    /// What automerge found. What no version of ours writes counts as empty.
    pub fn of(value: &Value<'_>) -> Self {
        match value {
            Value::Scalar(scalar) => match scalar.as_ref() {
                ScalarValue::Int(int) => Self::Int(*int),
                ScalarValue::Uint(int) => i64::try_from(*int).map_or(Self::Empty, Self::Int),
                ScalarValue::Timestamp(at) => Self::Int(*at),
                ScalarValue::Str(word) => Self::Word(word.to_string()),
                // JavaScript writes a number as a float unless told otherwise; a whole one is what was meant.
                ScalarValue::F64(float) => whole(*float).map_or(Self::Empty, Self::Int),
                _ => Self::Empty,
            },
            Value::Object(_) => Self::Empty,
        }
    }

    /// As automerge keeps it; none where nothing is kept.
    pub fn scalar(&self) -> Option<ScalarValue> {
        match self {
            Self::Absent => None,
            Self::Empty => Some(ScalarValue::Null),
            Self::Int(int) => Some(ScalarValue::Int(*int)),
            Self::Word(word) => Some(ScalarValue::Str(word.as_str().into())),
        }
    }

    /// The integer, if it is one.
    pub fn int(&self) -> Option<i64> {
        match self {
            Self::Int(int) => Some(*int),
            _ => None,
        }
    }

    /// The word, if it is one.
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The integer a float stands for, if it stands for one that floats hold exactly.
fn whole(float: f64) -> Option<i64> {
    let exact = float.is_finite() && float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0;
    // Through text: the only conversion that cannot round.
    exact.then(|| format!("{float:.0}").parse().ok()).flatten()
}

/// One of the maps at the root.
pub(super) fn container(doc: &AutoCommit, name: &str) -> Option<ObjId> {
    map_in(doc, &ROOT, name)
}

/// A map within a map.
pub(super) fn map_in(doc: &AutoCommit, object: &ObjId, key: &str) -> Option<ObjId> {
    match doc.get(object, key) {
        Ok(Some((Value::Object(ObjType::Map), id))) => Some(id),
        _ => None,
    }
}

/// The map of an item or a commitment, removed or not.
pub(super) fn find_row(doc: &AutoCommit, row: &RowRef) -> Result<ObjId, CommandError> {
    let (name, id) = match row {
        RowRef::Item(id) => (schema::ITEMS, id),
        RowRef::Commitment(id) => (schema::COMMITMENTS, id),
        RowRef::Contribution(_) => return Err(CommandError::FixedRow(row.clone())),
    };
    let rows = container(doc, name).ok_or(CommandError::NotAPlan)?;
    map_in(doc, &rows, &id.to_string()).ok_or_else(|| CommandError::NoSuchRow(row.clone()))
}

/// The value that shows, and the operation that wrote it.
pub(super) fn stored(doc: &AutoCommit, object: &ObjId, key: &str) -> (Stored, Option<ObjId>) {
    match doc.get(object, key) {
        Ok(Some((value, operation))) => (Stored::of(&value), Some(operation)),
        _ => (Stored::Absent, None),
    }
}

/// Who wrote an operation, if its change says.
pub(super) fn author_of(doc: &AutoCommit, operation: &ObjId) -> Option<UserId> {
    match operation {
        ObjId::Id(_, actor, _) => UserId::from_author_bytes(doc.get_author_for_actor(actor)?.as_bytes()),
        ObjId::Root => None,
    }
}

/// When an operation was written, in milliseconds since 1970 by the writer's clock; nothing for one not committed.
pub(super) fn time_of(doc: &AutoCommit, operation: &ObjId) -> i64 {
    let change = doc.hash_for_opid(operation).and_then(|hash| ReadDoc::get_change_by_hash(doc, &hash));
    change.map_or(0, |change| change.timestamp().saturating_mul(1000))
}
