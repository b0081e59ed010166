//! The names in an association's plan. Only ever added to: a name is never reused or given another type.
//!
//! ```text
//! kind: "association-plan"   schema: 1   association: slug   year: int   title: str   dnr: str
//! settings      { opening_equity: öre | null, ceiling: hundredths of a percent, precision: str }
//! years         { "2021": 1 }                             the budget year and those of outlook
//! sections      { <id>: { order: str, name: text, deleted_at: ms } }
//! lines         { <id>: { order: str, section: <id>, name, note: text, role: str,
//!                         amounts: { "2021": öre | null }, deleted_at: ms } }
//! income        { <id>: { order: str, name: text, party: str, weight: int,
//!                         amounts: { "2021": öre | null }, deleted_at: ms } }
//! outcomes      { <id>: { order: str, through: "2019-08-31", amounts, forecasts: { <row>: öre | null },
//!                         comments, actions: { <row>: text }, deleted_at: ms } }
//! stated        { <key>: "17035 tkr" }                    figures as the source prints them
//! accounts      { <selector>: "line/<id>" | "income/<id>" | "leave-out" }
//! versions      { <id>: { order: str, status: str, name, note: text, decided: "2020-11-13", dnr: str,
//!                         heads: "<hash>+<hash>", known: str, fixed_at: ms, deleted_at: ms } }
//! equivalents   { <id>: { order: str, area: text, year: int, group: str, counts: { <benefit>: int },
//!                         population: int, deleted_at: ms } }
//! ```
//!
//! Öre and milliseconds are integers. A row is removed by `deleted_at`, never from its map, so that what a colleague
//! writes in it meanwhile can be brought back. What two people may begin to write at the same time stands in a map
//! that is there from the row's beginning, or flat in one: a map that each of them made would lose one of the two.

pub use crate::document::any::{KIND, TITLE, YEAR};

/// What every association plan's `kind` says.
pub const KIND_PLAN: &str = "association-plan";
/// The version the frozen first change writes.
pub const SCHEMA_VERSION: i64 = 1;

/// Root: version of the schema it was opened with.
pub const SCHEMA: &str = "schema";
/// Root: whose plan it is.
pub const ASSOCIATION: &str = "association";
/// Root: registry number.
pub const DNR: &str = "dnr";
/// Root: what holds for the whole plan.
pub const SETTINGS: &str = "settings";
/// Root: the years shown.
pub const YEARS: &str = "years";
/// Root: sections by id.
pub const SECTIONS: &str = "sections";
/// Root: budget lines by id.
pub const LINES: &str = "lines";
/// Root: rows of income by id.
pub const INCOME: &str = "income";
/// Root: outcomes by id.
pub const OUTCOMES: &str = "outcomes";
/// Root: figures as printed.
pub const STATED: &str = "stated";
/// Root: where what is booked belongs.
pub const ACCOUNTS: &str = "accounts";
/// Root: versions by id.
pub const VERSIONS: &str = "versions";
/// Root: rows of full-year equivalents by id.
pub const EQUIVALENTS: &str = "equivalents";

/// The maps that the frozen first change makes.
pub const CONTAINERS: [&str; 10] =
    [ACCOUNTS, EQUIVALENTS, INCOME, LINES, OUTCOMES, SECTIONS, SETTINGS, STATED, VERSIONS, YEARS];

/// Version: how much of it is known; absent where all is.
pub const KNOWN: &str = "known";
/// What [`KNOWN`] says of a version of which only the summary is known.
pub const SUMMARY: &str = "summary";

/// Line, income, outcome: öre by year, or by row.
pub const AMOUNTS: &str = "amounts";
/// Outcome: öre by row.
pub const FORECASTS: &str = "forecasts";
/// Outcome: text by row.
pub const COMMENTS: &str = "comments";
/// Outcome: text by row.
pub const ACTIONS: &str = "actions";
/// Equivalents: whole numbers by benefit.
pub const COUNTS: &str = "counts";
