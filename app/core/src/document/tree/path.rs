//! Where in a document something stands: the way through maps, by their names.
//!
//! Every look-up checks the type it finds: a document written by others may hold anything anywhere.

use std::fmt::Display;

use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc, Value};
use serde::{Deserialize, Serialize};

use crate::document::CommandError;

/// The way from the root to a map: the names of the maps passed on the way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(in crate::document) struct Path(Vec<String>);

impl Path {
    /// The root itself.
    pub fn root() -> Self {
        Self(Vec::new())
    }

    /// The way through these maps.
    pub fn of(names: Vec<String>) -> Self {
        Self(names)
    }

    /// The names of the maps passed on the way.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The last of the maps as a place in the one before it; none for the root.
    pub fn into_slot(mut self) -> Option<Slot> {
        let key = self.0.pop()?;
        Some(Slot { map: self, key })
    }

    /// A row of a table: a map in one of the maps at the root.
    pub fn row(table: &str, id: impl Display) -> Self {
        Self(vec![table.to_owned(), id.to_string()])
    }

    /// One of the maps at the root.
    pub fn table(name: &str) -> Self {
        Self(vec![name.to_owned()])
    }

    /// A map within this one.
    pub fn map(mut self, name: &str) -> Self {
        self.0.push(name.to_owned());
        self
    }

    /// A place in this map.
    pub fn slot(self, key: impl Display) -> Slot {
        Slot { map: self, key: key.to_string() }
    }

    /// Whether it is `other` or lies within it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    /// The map itself, if it is there.
    pub fn find(&self, doc: &AutoCommit) -> Option<ObjId> {
        self.0.iter().try_fold(ROOT, |map, name| map_in(doc, &map, name))
    }

    /// The map, or why a command cannot be done.
    pub fn found(&self, doc: &AutoCommit) -> Result<ObjId, CommandError> {
        self.find(doc).ok_or(if self.0.len() > 1 { CommandError::NoSuchRow } else { CommandError::NotAPlan })
    }
}

/// A place for a value that is written whole, or for a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(in crate::document) struct Slot {
    /// The map it stands in.
    pub map: Path,
    /// Its name there.
    pub key: String,
}

/// One of the maps at the root.
pub(in crate::document) fn container(doc: &AutoCommit, name: &str) -> Option<ObjId> {
    map_in(doc, &ROOT, name)
}

/// A map within a map.
pub(in crate::document) fn map_in(doc: &AutoCommit, object: &ObjId, key: &str) -> Option<ObjId> {
    match doc.get(object, key) {
        Ok(Some((Value::Object(ObjType::Map), id))) => Some(id),
        _ => None,
    }
}
