//! The large plans that are measured with are the same each time; `make bench` measures what they cost.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use samplan_core::document::county::{self, sample};

#[test]
fn the_same_seed_gives_the_same_plan() {
    let mut plans = [1, 1, 2].map(|seed| sample::generate_large(20, 100, seed).unwrap());
    let [first, again, other] = plans.each_mut().map(|doc| doc.get_heads());
    assert_eq!(first, again);
    assert_ne!(first, other);
    assert_eq!(county::read(&plans[0]).items.len(), 20);
}
