//! What stands at a place: a value, who wrote it, or a text.

use automerge::iter::MapRangeItem;
use automerge::{AutoCommit, ObjId, ObjType, ReadDoc, ScalarValue, Value};
use serde::{Deserialize, Serialize};

use crate::domain::{Money, UserId};

/// A value written whole, as it stands in a document and in an undo step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::document) enum Stored {
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

    /// What stands in one entry of a map.
    pub fn of_entry(entry: &MapRangeItem<'_>) -> Self {
        Self::of(&entry.value.clone().into_value())
    }

    /// An amount to be written; none where it is beyond what may be.
    pub fn amount(amount: Option<Money>) -> Option<Self> {
        match amount.map(Money::ore) {
            None => Some(Self::Empty),
            Some(ore) => Money::in_range(ore).map(|_| Self::Int(ore)),
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

    /// The amount, if it is one: öre within range.
    pub fn money(&self) -> Option<Money> {
        self.int().and_then(Money::in_range)
    }
}

/// The integer a float stands for, if it stands for one that floats hold exactly.
fn whole(float: f64) -> Option<i64> {
    let exact = float.is_finite() && float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0;
    // Through text: the only conversion that cannot round.
    exact.then(|| format!("{float:.0}").parse().ok()).flatten()
}

/// The value that shows, and the operation that wrote it.
pub(in crate::document) fn stored(doc: &AutoCommit, object: &ObjId, key: &str) -> (Stored, Option<ObjId>) {
    match doc.get(object, key) {
        Ok(Some((value, operation))) => (Stored::of(&value), Some(operation)),
        _ => (Stored::Absent, None),
    }
}

/// A text, whether kept as automerge text or, by another program, as a plain string.
///
/// Two people who began the same text without knowing of each other made one each: both are read, on a line each.
pub(in crate::document) fn text(doc: &AutoCommit, object: &ObjId, key: &str) -> String {
    let values = doc.get_all(object, key).unwrap_or_default();
    let mut texts: Vec<String> = values.into_iter().map(|(value, id)| text_in(doc, &value, id)).collect();
    if texts.len() > 1 {
        texts.retain(|text| !text.is_empty());
    }
    texts.join("\n")
}

fn text_in(doc: &AutoCommit, value: &Value<'_>, id: ObjId) -> String {
    match value {
        Value::Object(ObjType::Text) => doc.text(id).unwrap_or_default(),
        value => Stored::of(value).word().unwrap_or_default().to_owned(),
    }
}

/// As [`text`], for one entry of a map in which nobody begins a text: it stands there from the row's beginning.
pub(in crate::document) fn text_of_entry(doc: &AutoCommit, entry: &MapRangeItem<'_>) -> String {
    text_in(doc, &entry.value.clone().into_value(), entry.id())
}

/// Who wrote an operation, if its change says.
pub(in crate::document) fn author_of(doc: &AutoCommit, operation: &ObjId) -> Option<UserId> {
    match operation {
        ObjId::Id(_, actor, _) => UserId::from_author_bytes(doc.get_author_for_actor(actor)?.as_bytes()),
        ObjId::Root => None,
    }
}

/// When an operation was written, in milliseconds since 1970 by the writer's clock; nothing for one not committed.
pub(in crate::document) fn time_of(doc: &AutoCommit, operation: &ObjId) -> i64 {
    let change = doc.hash_for_opid(operation).and_then(|hash| ReadDoc::get_change_by_hash(doc, &hash));
    change.map_or(0, |change| change.timestamp().saturating_mul(1000))
}
