//! The names in an occasion's document. Only ever added to: a name is never reused or given another type.
//!
//! ```text
//! kind: "course-occasion"   schema: 1   year: int   title: str
//! association: slug, none for the county   organiser: str   course: <id>   course_name: str
//! facts         { about, audience, place, link, trainers, contact: text; capacity: int, opens, closes: "2026-12-01",
//!                 published, called_off: 0 | 1, price, no_show_fee: öre, cost_line: <id> }
//! days          { "2026-12-01": "09:00-16:00" }           flat, so that two who add a day each keep both
//! requires      { <course id>: name }
//! questions     { <id>: { order: str, text: text, required: 0 | 1, deleted_at: ms } }
//! asks          { diet, allergy, access: 0 | 1 }
//! registrations { <id>: { name, email, employer, role: str, party, sex, source, prerequisite: str,
//!                         answers: { <question>: str }, registered_at: ms, cancelled_at: ms,
//!                         decision: str, arrival: int, offered_until: ms,
//!                         attendance: { "2026-12-01": 0 | 1 } } }
//! ```
//!
//! Who writes what: `decision`, `arrival` and `offered_until` are the relay's alone; `cancelled_at` and everything else
//! are people's (and the relay's, in the name of whoever registered). So the two never compete for one place: whoever
//! has cancelled has cancelled, whatever was decided meanwhile. A registration is never taken from its map.

pub use crate::document::any::{KIND, TITLE, YEAR};

/// What every occasion's `kind` says.
pub const KIND_OCCASION: &str = "course-occasion";
/// The version the frozen first change writes.
pub const SCHEMA_VERSION: i64 = 1;

/// Root: version of the schema it was opened with.
pub const SCHEMA: &str = "schema";
/// Root: the organising association; none for the county.
pub const ASSOCIATION: &str = "association";
/// Root: the organiser's name in full.
pub const ORGANISER: &str = "organiser";
/// Root: the course in the catalogue.
pub const COURSE: &str = "course";
/// Root: what the course was called then.
pub const COURSE_NAME: &str = "course_name";
/// Root: what holds for the occasion.
pub const FACTS: &str = "facts";
/// Root: hours by date.
pub const DAYS: &str = "days";
/// Root: courses that must have been completed.
pub const REQUIRES: &str = "requires";
/// Root: own questions by id.
pub const QUESTIONS: &str = "questions";
/// Root: which sensitive things are asked.
pub const ASKS: &str = "asks";
/// Root: registrations by id.
pub const REGISTRATIONS: &str = "registrations";

/// The maps that the frozen first change makes.
pub const CONTAINERS: [&str; 6] = [ASKS, DAYS, FACTS, QUESTIONS, REGISTRATIONS, REQUIRES];

pub(super) use crate::document::tree::editor::{DELETED_AT, ORDER};

/// Facts: number of places.
pub const CAPACITY: &str = "capacity";
/// Facts: whether the public list shows it.
pub const PUBLISHED: &str = "published";
/// Facts: whether it will not be given.
pub const CALLED_OFF: &str = "called_off";
/// Facts: line of the budget.
pub const COST_LINE: &str = "cost_line";

/// Question: the question itself.
pub const TEXT: &str = "text";
/// Question: whether it must be answered.
pub const REQUIRED: &str = "required";

/// Registration: text by question.
pub const ANSWERS: &str = "answers";
/// Registration: presence by date.
pub const ATTENDANCE: &str = "attendance";
/// Registration: which of the parties the employer is.
pub const PARTY: &str = "party";
/// Registration: for statistics.
pub const SEX: &str = "sex";
/// Registration: how it came.
pub const SOURCE: &str = "source";
/// Registration: whether what is required is there.
pub const PREREQUISITE: &str = "prerequisite";
/// Registration: when it was made.
pub const REGISTERED_AT: &str = "registered_at";
/// Registration: when it was cancelled.
pub const CANCELLED_AT: &str = "cancelled_at";
/// Registration: where it stands, by the relay.
pub const DECISION: &str = "decision";
/// Registration: its number in the order of arrival, by the relay.
pub const ARRIVAL: &str = "arrival";
/// Registration: until when an offer stands, by the relay.
pub const OFFERED_UNTIL: &str = "offered_until";
