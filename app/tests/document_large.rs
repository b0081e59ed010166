//! A plan of 500 lines with a long history is opened, edited and refreshed at once.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a panic is a failed test, and figures are to be seen")]

mod support;

use std::time::{Duration, Instant};

use samplan_app::document::county::{self, refresh, sample, track};
use samplan_app::document::{self, CountyCommand, Field, RowRef, UndoStack};
use samplan_app::domain::Money;
use support::{context, run};

#[test]
fn the_same_seed_gives_the_same_plan() {
    let mut plans = [1, 1, 2].map(|seed| sample::generate_large(20, 100, seed).unwrap());
    let [first, again, other] = plans.each_mut().map(|doc| doc.get_heads());
    assert_eq!(first, again);
    assert_ne!(first, other);
    assert_eq!(county::read(&plans[0]).items.len(), 20);
}

/// Prints what an edit costs at full size: `cargo test --release … -- --ignored --nocapture`.
#[test]
#[ignore = "takes a while; run by those who measure"]
fn an_edit_of_a_plan_of_500_lines_and_100_000_changes_takes_no_time_to_speak_of() {
    let mut doc = timed("build", || sample::generate_large(500, 100_000, 1).unwrap());
    let bytes = timed("save", || doc.save());
    println!("  {} bytes, {} changes", bytes.len(), doc.get_changes(&[]).len());
    let mut doc = timed("load", || document::load_as(&bytes, [9; 16], Some(support::anna())).unwrap());
    let mut plan = timed("track", || track(&mut doc));
    let rows: Vec<RowRef> = plan.items.iter().map(|view| RowRef::Item(view.item.id)).collect();
    let mut stack = UndoStack::default();
    let (mut edits, mut refreshes) = (Vec::new(), Vec::new());
    for (at, row) in (0..200).zip(rows.iter().cycle().step_by(7)) {
        let amount = CountyCommand::SetAmount { row: row.clone(), amount: Some(Money::from_ore(at)) };
        let text = CountyCommand::SetText { row: row.clone(), field: Field::Comment, value: format!("Rad {at}") };
        let command = if at % 2 == 0 { amount } else { text };
        let start = Instant::now();
        let edited = run(&mut doc, command);
        edits.push(start.elapsed());
        stack.push(edited.step.unwrap());
        let start = Instant::now();
        assert_eq!(refresh(&mut doc, &mut plan).items.len(), 1);
        refreshes.push(start.elapsed());
    }
    show("edit", &mut edits);
    let slowest = show("refresh", &mut refreshes);
    timed("undo", || stack.undo(&mut doc, &context(0)).unwrap());
    timed("move", || run(&mut doc, CountyCommand::Move { row: rows[400].clone(), after: None }));
    timed("refresh after both", || refresh(&mut doc, &mut plan));
    assert_eq!(timed("read from scratch", || county::read(&doc)), plan);
    assert!(slowest < Duration::from_millis(2), "refreshing one row took {slowest:?}");
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    println!("  {what}: {:?}", start.elapsed());
    done
}

/// Prints the middle and the 95th percentile, and returns the latter.
fn show(what: &str, times: &mut [Duration]) -> Duration {
    times.sort();
    let slow = times[times.len() * 95 / 100];
    println!("  {what}: p50 {:?}, p95 {slow:?}", times[times.len() / 2]);
    slow
}
