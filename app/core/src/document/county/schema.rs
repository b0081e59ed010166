//! The names in a county plan's document. Only ever added to: a name is never reused or given another type.
//!
//! ```text
//! kind: "county-plan"   schema: 1   year: int   title: str
//! stated        { items: öre, contributions: öre }        sums as the source prints them
//! associations  { <slug>: { name: str, order: str } }
//! contributions { <slug>: öre | null }                    flat, so that two first writes are a conflict, not a loss
//! items         { <id>: { order: str, when, for_whom, what, theme, comment: text, cost: öre | null,
//!                         split: str, parts: { <slug>: öre }, decided: str, deleted_at: ms } }
//! commitments   { <id>: { order: str, text, comment: text, horizon: str, deleted_at: ms } }
//! ```
//!
//! Öre and milliseconds are integers. A row is removed by `deleted_at`, never from its map, so that what a
//! colleague writes in it meanwhile can be brought back.

pub use crate::document::any::{KIND, TITLE, YEAR};

/// What every county plan's `kind` says.
pub const KIND_COUNTY_PLAN: &str = "county-plan";
/// The version the frozen first change writes.
pub const SCHEMA_VERSION: i64 = 1;

/// Root: version of the schema it was opened with.
pub const SCHEMA: &str = "schema";
/// Root: sums as printed.
pub const STATED: &str = "stated";
/// Root: the associations of the county.
pub const ASSOCIATIONS: &str = "associations";
/// Root: amounts by association.
pub const CONTRIBUTIONS: &str = "contributions";
/// Root: items by id.
pub const ITEMS: &str = "items";
/// Root: commitments by id.
pub const COMMITMENTS: &str = "commitments";

pub(super) use crate::document::tree::editor::{DELETED_AT, ORDER};

/// Item: öre by association, for a split by hand.
pub const PARTS: &str = "parts";
/// Association: name in full.
pub const NAME: &str = "name";

/// The maps that the frozen first change makes.
pub const CONTAINERS: [&str; 5] = [ASSOCIATIONS, COMMITMENTS, CONTRIBUTIONS, ITEMS, STATED];

/// Stored names of split keys and horizons.
pub(super) mod words {
    pub const EQUAL: &str = "equal";
    pub const BY_CONTRIBUTION: &str = "by-contribution";
    pub const BY_HAND: &str = "by-hand";
    pub const ONE_YEAR: &str = "one-year";
    pub const THREE_YEARS: &str = "three-years";
}
