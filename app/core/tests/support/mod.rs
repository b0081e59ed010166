//! What the document tests share: two colleagues with one demo plan each.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use automerge::AutoCommit;
use samplan_core::document::{self, CountyCommand, EditContext, Edited, RowRef, county};
use samplan_core::domain::{ItemId, Money, UserId};

/// A time, in milliseconds since 1970.
pub fn context(now_ms: i64) -> EditContext {
    EditContext { now_ms }
}

/// The demo plan numbers its rows so: items 1–4, commitments 5 and 6.
pub fn item_id(number: u8) -> ItemId {
    ItemId::from_random([number; 16])
}

/// An item of the demo plan.
pub fn item(number: u8) -> RowRef {
    RowRef::Item(item_id(number))
}

/// The first colleague.
pub fn anna() -> UserId {
    UserId::from_random([0xa; 16])
}

/// The second colleague.
pub fn bo() -> UserId {
    UserId::from_random([0xb; 16])
}

/// The demo plan on the screens of Anna and Bo.
pub fn demo_pair() -> (AutoCommit, AutoCommit) {
    let mut annas = county::demo_2021([1; 16], Some(anna()), &context(0)).unwrap();
    let mut bos = document::load(&annas.save()).unwrap();
    document::write_as(&mut bos, [2; 16], Some(bo()));
    (annas, bos)
}

/// Runs a command that is to succeed.
pub fn run(doc: &mut AutoCommit, command: CountyCommand) -> Edited {
    county::edit(doc, &command, &context(1_000_000)).unwrap()
}

/// Writes an amount in kronor.
pub fn set_kronor(doc: &mut AutoCommit, row: RowRef, kronor: i32) -> Edited {
    run(doc, CountyCommand::SetAmount { row, amount: Some(Money::from_kronor(kronor)) })
}

/// Gives each what the other has.
pub fn exchange(one: &mut AutoCommit, other: &mut AutoCommit) {
    one.merge(other).unwrap();
    other.merge(one).unwrap();
}

/// Each test file is a crate of its own and uses its part of these; here all of them are used.
const _: fn() = || {
    let _ = (context, item_id, item, anna, bo, demo_pair, run, set_kronor, exchange);
};
