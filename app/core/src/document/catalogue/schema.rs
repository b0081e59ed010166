//! The names in a catalogue's document. Only ever added to: a name is never reused or given another type.
//!
//! ```text
//! kind: "course-catalogue"   schema: 1   title: str
//! association: slug, none for the county   organiser: str
//! courses { <id>: { order: str, name, short, purpose, contents, audience, terms, trainers, note: text,
//!                   days, capacity: int, requires: { <course id>: 0 | 1 }, deleted_at: ms } }
//! ```
//!
//! A course is removed by `deleted_at`, never from its map, so that what a colleague writes in it meanwhile can be
//! brought back.

pub use crate::document::any::{KIND, TITLE};

/// What every catalogue's `kind` says.
pub const KIND_CATALOGUE: &str = "course-catalogue";
/// The version the frozen first change writes.
pub const SCHEMA_VERSION: i64 = 1;

/// Root: version of the schema it was opened with.
pub const SCHEMA: &str = "schema";
/// Root: the association whose it is; none for the county.
pub const ASSOCIATION: &str = "association";
/// Root: the owner's name in full.
pub const ORGANISER: &str = "organiser";
/// Root: courses by id.
pub const COURSES: &str = "courses";

/// The maps that the frozen first change makes.
pub const CONTAINERS: [&str; 1] = [COURSES];

pub(super) use crate::document::tree::editor::{DELETED_AT, ORDER};

/// Course: courses that must have been completed.
pub const REQUIRES: &str = "requires";
