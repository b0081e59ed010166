//! *Kursutvärdering*: whoever was there is asked by mail the day after, answers once through a link of their own, and is
//! not told apart from the others.
//!
//! A link and an answer are two rows that nothing joins: the link is marked as used in the transaction that keeps the
//! answer, and the answer has a random key and no time. Who has been asked is known; who has answered is not.

mod page;
mod store;
mod tend;

pub use page::{answer, form, result};
pub use store::Link;
pub use tend::{ask, tend};
