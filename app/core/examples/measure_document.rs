//! What the document costs the processor at full size, without browser or disk: one JSON object with microseconds.
//! Run by `make bench`.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a panic ends a measurement, and figures are to be seen")]

use std::time::{Duration, Instant};

use samplan_core::document::county::{self, history, refresh, sample, track};
use samplan_core::document::history::{Asked, Cell, PAGE, Scope};
use samplan_core::document::{self, CountyCommand, EditContext, Field, RowRef, UndoStack};
use samplan_core::domain::{Money, UserId};

/// Lines and changes of the plan, as in the browser's measurement.
const SIZE: (usize, usize) = (500, 100_000);
/// Edits measured.
const EDITS: i64 = 200;

fn main() {
    let context = EditContext { now_ms: 1_000_000 };
    let bytes = sample::generate_large(SIZE.0, SIZE.1, 1).unwrap().save();
    let author = Some(UserId::from_random([0xa; 16]));
    let (load, mut doc) = timed(|| document::load_as(&bytes, [9; 16], author).unwrap());
    let (read, mut plan) = timed(|| track(&mut doc));
    let rows: Vec<RowRef> = plan.items.iter().map(|view| RowRef::Item(view.item.id)).collect();
    let mut stack = UndoStack::default();
    let (mut edits, mut refreshes) = (Vec::new(), Vec::new());
    for (at, row) in (0..EDITS).zip(rows.iter().cycle().step_by(7)) {
        let command = match at % 2 {
            0 => CountyCommand::SetAmount { row: row.clone(), amount: Some(Money::from_ore(at)) },
            _ => CountyCommand::SetText { row: row.clone(), field: Field::Comment, value: format!("Rad {at}") },
        };
        let (took, edited) = timed(|| county::edit(&mut doc, &command, &context).unwrap());
        edits.push(took);
        stack.push(edited.step.unwrap());
        let (took, touched) = timed(|| refresh(&mut doc, &mut plan));
        refreshes.push(took);
        assert_eq!(touched.items.len(), 1, "an edit of one row touches that row");
    }
    let (history_page, page) =
        timed(|| history::history(&mut doc, &Asked { scope: Scope::Document, before: None, count: PAGE }));
    assert_eq!(page.changes.len(), PAGE);
    let cell = Scope::Cell(Cell::County(rows[0].clone(), Field::Cost));
    // More than there are: all changes are looked through.
    let (history_cell, _) = timed(|| history::history(&mut doc, &Asked { scope: cell, before: None, count: SIZE.1 }));
    let (undo, _) = timed(|| stack.undo(&mut doc, &context).unwrap());
    refresh(&mut doc, &mut plan);
    assert_eq!(county::read(&doc), plan, "what is kept up to date is what is read from scratch");
    let [edit, refresh] = [&mut edits, &mut refreshes].map(|times| {
        times.sort_unstable();
        (times[times.len() / 2], times[times.len() * 95 / 100])
    });
    println!(
        r#"{{"saved":{},"load":{},"read":{},"edit_p50":{},"edit_p95":{},"refresh_p50":{},"refresh_p95":{},"undo":{},"history_page":{},"history_cell":{}}}"#,
        bytes.len(),
        load.as_micros(),
        read.as_micros(),
        edit.0.as_micros(),
        edit.1.as_micros(),
        refresh.0.as_micros(),
        refresh.1.as_micros(),
        undo.as_micros(),
        history_page.as_micros(),
        history_cell.as_micros(),
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed(), done)
}
