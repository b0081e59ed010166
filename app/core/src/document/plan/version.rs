//! *Version*: a moment of the plan with a name: proposed, consulted on, decided, revised.
//!
//! A version is the heads of the document at that moment, so that it can be read as it was for ever: nothing is
//! copied, and nothing that is written afterwards changes it. Whoever wrote it is the author of its change, which the
//! relay has checked; a decided version counts only if that person had the right to fix it.

use automerge::ChangeHash;
use serde::{Deserialize, Serialize};

use crate::domain::{NewVersion, UserId, VersionId};

/// A version as pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionView {
    /// Which version this is.
    pub id: VersionId,
    /// What it is.
    pub version: NewVersion,
    /// The moment it stands for.
    pub heads: Heads,
    /// Who made it, if the change says.
    pub by: Option<UserId>,
    /// When, in milliseconds since 1970, by the maker's clock.
    pub at: i64,
}

/// A moment of a document: the changes that nothing there builds on yet. As text, their hashes joined by `+`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Heads(Vec<ChangeHash>);

impl Heads {
    /// These heads.
    pub fn new(mut heads: Vec<ChangeHash>) -> Self {
        heads.sort_unstable();
        Self(heads)
    }

    /// The hashes themselves.
    pub fn hashes(&self) -> &[ChangeHash] {
        &self.0
    }
}

impl From<String> for Heads {
    /// What is no hash is left out.
    fn from(text: String) -> Self {
        Self::new(text.split('+').filter_map(|name| name.parse().ok()).collect())
    }
}

impl From<Heads> for String {
    fn from(heads: Heads) -> Self {
        heads.0.iter().map(ToString::to_string).collect::<Vec<_>>().join("+")
    }
}
