//! What Samplan is about: money, items, contributions, and the rules between them.
//!
//! Pure values and functions: no clock, no randomness, no IO, and no knowledge of documents, networks or pages.
//! Identifiers are English; each type opens with the Swedish word its users say.

pub mod county;
pub mod date;
pub mod ids;
pub mod money;
pub mod split;

pub use county::{Balance, BalanceState, Commitment, Contribution, CountyItem, Horizon, StatedTotals};
pub use date::IsoDate;
pub use ids::{AssociationId, DocumentId, IdError, ItemId, UserId};
pub use money::{AmountError, AmountUnit, Money};
pub use split::{Split, SplitKey, SplitProblem, split, split_by_weights};
