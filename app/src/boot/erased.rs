//! What a device is told of documents that were erased, and what it brings of them.

use crate::domain::ids::{DocumentId, RegistrationId};
use serde::{Deserialize, Serialize};

/// What became of a document that was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Became {
    /// The document, which goes from every device.
    pub id: DocumentId,
    /// Where the rest of it went on, if the user may read that.
    #[serde(default)]
    pub replaced_by: Option<DocumentId>,
    /// Whose registrations were left out: nothing of theirs is carried over.
    #[serde(default)]
    pub registrations: Vec<RegistrationId>,
}

/// What came of edits that were brought from an old copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedOver {
    /// How many of them fitted.
    pub done: usize,
}
