//! Undo and redo of one's own edits, on top of what colleagues have written since, and kept over a reload.
//!
//! An amount, a choice, a place or a removal is taken back only while the value there is the very one that the
//! edit wrote. A text is taken back letter by letter, and leaves what others have written in it.

use std::collections::BTreeSet;

use automerge::{AutoCommit, ObjId, ObjType, ReadDoc, Value};
use serde::{Deserialize, Serialize};

use super::editor::DELETED_AT;
use super::merge_text::carry_over;
use super::path::{Path, Slot};
use super::value::{Stored, text};
use super::write::{in_one_change, operation_at, write_slot, write_text};
use crate::document::{CommandError, EditContext};

/// How many steps are kept. Older ones fall away.
pub const MOST_STEPS: usize = 200;

/// *Ångra*: how to take back one edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoStep {
    label: String,
    entries: Vec<Entry>,
}

impl UndoStep {
    pub(super) fn new(label: &str, entries: Vec<Entry>) -> Self {
        Self { label: label.to_owned(), entries }
    }

    /// What the step is called, as in "Ångra: ta bort raden".
    pub fn label(&self) -> &str {
        &self.label
    }
}

/// One thing an edit wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Entry {
    /// A new row, and the operation of ours that removed it when that was undone.
    Added { row: Path, removed_by: Option<String> },
    /// A value written whole.
    Value(WrittenValue),
    /// A text written by its least change.
    Text(WrittenText),
}

/// A value before and after, each with the name of the operation that wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WrittenValue {
    pub slot: Slot,
    pub before: Stored,
    pub before_by: Option<String>,
    pub after: Stored,
    pub after_by: Option<String>,
}

/// A text before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WrittenText {
    pub slot: Slot,
    pub before: String,
    pub after: String,
}

impl Entry {
    /// The map it was written in.
    fn map(&self) -> &Path {
        match self {
            Self::Added { row, .. } => row,
            Self::Value(value) => &value.slot.map,
            Self::Text(text) => &text.slot.map,
        }
    }
}

/// What an undo or a redo did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undone {
    /// What the step is called.
    pub label: String,
    /// Whether the document changed.
    pub changed: bool,
    /// What was left as it is: why, for each place.
    pub skipped: Vec<SkipReason>,
}

/// Why an undo left something as it is. `Display` is Swedish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SkipReason {
    /// Somebody has written there since.
    #[error("En kollega har ändrat där sedan dess.")]
    ChangedSince,
    /// The row is not in the plan any more.
    #[error("Raden finns inte längre.")]
    RowGone,
}

/// *Ångra och gör om*: one user's own edits in one plan. Serializable, to be kept over a reload.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UndoStack {
    done: Vec<UndoStep>,
    undone: Vec<UndoStep>,
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Back,
    Forth,
}

impl UndoStack {
    /// Notes an edit. What could be redone no longer can.
    pub fn push(&mut self, step: UndoStep) {
        self.undone.clear();
        self.keep(step);
    }

    fn keep(&mut self, step: UndoStep) {
        self.done.push(step);
        if self.done.len() > MOST_STEPS {
            self.done.remove(0);
        }
    }

    /// The step that undo would take back.
    pub fn next_undo(&self) -> Option<&UndoStep> {
        self.done.last()
    }

    /// The step that redo would do again.
    pub fn next_redo(&self) -> Option<&UndoStep> {
        self.undone.last()
    }

    /// Takes back the latest step; none if there is none. A step nothing of which can be taken back is dropped.
    ///
    /// # Errors
    /// [`CommandError`], with document and stack as they were.
    pub fn undo(&mut self, doc: &mut AutoCommit, context: &EditContext) -> Result<Option<Undone>, CommandError> {
        let mut stack = self.clone();
        let Some(step) = stack.done.pop() else { return Ok(None) };
        let (step, undone) = stack.run(doc, context, step, Direction::Back)?;
        stack.undone.extend(step);
        *self = stack;
        Ok(Some(undone))
    }

    /// Does again what was taken back last; none if there is nothing.
    ///
    /// # Errors
    /// [`CommandError`], with document and stack as they were.
    pub fn redo(&mut self, doc: &mut AutoCommit, context: &EditContext) -> Result<Option<Undone>, CommandError> {
        let mut stack = self.clone();
        let Some(step) = stack.undone.pop() else { return Ok(None) };
        let (step, undone) = stack.run(doc, context, step, Direction::Forth)?;
        if let Some(step) = step {
            stack.keep(step);
        }
        *self = stack;
        Ok(Some(undone))
    }

    /// Runs a step in one change. Returns what of it can be run the other way.
    fn run(
        &mut self,
        doc: &mut AutoCommit,
        context: &EditContext,
        mut step: UndoStep,
        direction: Direction,
    ) -> Result<(Option<UndoStep>, Undone), CommandError> {
        let order: Vec<usize> = match direction {
            Direction::Back => (0..step.entries.len()).rev().collect(),
            Direction::Forth => (0..step.entries.len()).collect(),
        };
        // A row that the step itself made is hidden and shown as it is, with all that was written in it.
        let made: BTreeSet<Path> = step
            .entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Added { row, .. } => Some(row.clone()),
                _ => None,
            })
            .collect();
        let ((skipped, dropped), changed) = in_one_change(doc, context, |doc| {
            let (mut skipped, mut dropped) = (Vec::new(), BTreeSet::new());
            for at in order {
                let map = step.entries[at].map();
                let is_within_made = made.iter().any(|row| map.is_within(row));
                if is_within_made && !matches!(step.entries[at], Entry::Added { .. }) {
                    continue;
                }
                match run_entry(doc, context, &mut step.entries[at], direction)? {
                    Outcome::Done { was: Some(was), is: Some(is) } => self.rename(&mut step, &was, &is),
                    Outcome::Done { .. } => {}
                    Outcome::Skipped(reason) => {
                        dropped.insert(at);
                        skipped.push(reason);
                    }
                }
            }
            Ok((skipped, dropped))
        })?;
        let undone = Undone { label: step.label.clone(), changed, skipped };
        let mut at = 0;
        step.entries.retain(|_| {
            at += 1;
            !dropped.contains(&(at - 1))
        });
        Ok((changed.then_some(step), undone))
    }

    /// An operation's value was written again by another operation of ours: what was ours by the old name is so by
    /// the new.
    fn rename(&mut self, running: &mut UndoStep, was: &str, is: &str) {
        let steps = self.done.iter_mut().chain(&mut self.undone).chain([running]);
        for entry in steps.flat_map(|step| &mut step.entries) {
            let names: &mut [&mut Option<String>] = match entry {
                Entry::Value(value) => &mut [&mut value.before_by, &mut value.after_by],
                Entry::Added { removed_by, .. } => &mut [removed_by],
                Entry::Text(_) => &mut [],
            };
            for name in names.iter_mut().filter(|name| name.as_deref() == Some(was)) {
                **name = Some(is.to_owned());
            }
        }
    }
}

enum Outcome {
    /// Written; an operation by the first name is now one by the second.
    Done {
        was: Option<String>,
        is: Option<String>,
    },
    Skipped(SkipReason),
}

fn run_entry(
    doc: &mut AutoCommit,
    context: &EditContext,
    entry: &mut Entry,
    direction: Direction,
) -> Result<Outcome, CommandError> {
    // A removed row is written in as any other: whoever brings it back finds it as its writers left it.
    if entry.map().find(doc).is_none() {
        return Ok(Outcome::Skipped(SkipReason::RowGone));
    }
    match entry {
        Entry::Added { row, removed_by } => run_added(doc, context, row, removed_by, direction),
        Entry::Value(value) => run_value(doc, value, direction),
        Entry::Text(text) => run_text(doc, text, direction),
    }
}

fn run_value(doc: &mut AutoCommit, value: &mut WrittenValue, direction: Direction) -> Result<Outcome, CommandError> {
    let (expected, target) = match direction {
        Direction::Back => (&value.after_by, &value.before),
        Direction::Forth => (&value.before_by, &value.after),
    };
    if operations_at(doc, &value.slot)? != expected.iter().cloned().collect::<Vec<_>>() {
        return Ok(Outcome::Skipped(SkipReason::ChangedSince));
    }
    write_slot(doc, &value.slot, target)?;
    let is = operation_at(doc, &value.slot)?;
    let name = match direction {
        Direction::Back => &mut value.before_by,
        Direction::Forth => &mut value.after_by,
    };
    let was = std::mem::replace(name, is.clone());
    Ok(Outcome::Done { was, is })
}

fn run_text(doc: &mut AutoCommit, written: &WrittenText, direction: Direction) -> Result<Outcome, CommandError> {
    let object = written.slot.map.found(doc)?;
    let current = text(doc, &object, &written.slot.key);
    let (base, goal) = match direction {
        Direction::Back => (&written.after, &written.before),
        Direction::Forth => (&written.before, &written.after),
    };
    let next = carry_over(base, goal, &current);
    if next == current {
        return Ok(Outcome::Skipped(SkipReason::ChangedSince));
    }
    match write_text(doc, &written.slot, &next) {
        Ok(_) => Ok(Outcome::Done { was: None, is: None }),
        Err(CommandError::TextTooLong) => Ok(Outcome::Skipped(SkipReason::ChangedSince)),
        Err(refused) => Err(refused),
    }
}

/// Undoing a new row removes it, unless a colleague has written in it: that is not ours to take away.
fn run_added(
    doc: &mut AutoCommit,
    context: &EditContext,
    row: &Path,
    removed_by: &mut Option<String>,
    direction: Direction,
) -> Result<Outcome, CommandError> {
    let slot = row.clone().slot(DELETED_AT);
    let here = operations_at(doc, &slot)?;
    match direction {
        Direction::Back => {
            if !here.is_empty() {
                // Removed already: as undo would have it.
                return Ok(Outcome::Done { was: None, is: None });
            }
            if !written_by_me_alone(doc, &row.found(doc)?) {
                return Ok(Outcome::Skipped(SkipReason::ChangedSince));
            }
            write_slot(doc, &slot, &Stored::Int(context.now_ms))?;
            *removed_by = operation_at(doc, &slot)?;
        }
        Direction::Forth => {
            if removed_by.is_none() {
                return Ok(Outcome::Done { was: None, is: None });
            }
            if here != removed_by.iter().cloned().collect::<Vec<_>>() {
                return Ok(Outcome::Skipped(SkipReason::ChangedSince));
            }
            write_slot(doc, &slot, &Stored::Absent)?;
            *removed_by = None;
        }
    }
    Ok(Outcome::Done { was: None, is: None })
}

/// The names of all operations that wrote what stands at a place: more than one where people wrote at once.
fn operations_at(doc: &AutoCommit, slot: &Slot) -> Result<Vec<String>, CommandError> {
    let object = slot.map.found(doc)?;
    Ok(doc.get_all(&object, slot.key.as_str())?.into_iter().map(|(_, operation)| operation.to_string()).collect())
}

/// Whether all that stands in an object, and in those within it, is by the document's author.
fn written_by_me_alone(doc: &AutoCommit, object: &ObjId) -> bool {
    let mine = |operation: &ObjId| match (operation, doc.get_author()) {
        (ObjId::Id(_, actor, _), Some(me)) => {
            actor == doc.get_actor() || doc.get_author_for_actor(actor).as_ref() == Some(me)
        }
        (ObjId::Id(_, actor, _), None) => actor == doc.get_actor(),
        (ObjId::Root, _) => true,
    };
    doc.keys(object).all(|key| {
        let values = doc.get_all(object, key.as_str()).unwrap_or_default();
        values.iter().all(|(value, operation)| {
            mine(operation)
                && match value {
                    Value::Object(ObjType::Text) => doc.list_range(operation, ..).all(|letter| mine(&letter.id())),
                    Value::Object(ObjType::Map) => written_by_me_alone(doc, operation),
                    _ => true,
                }
        })
    })
}
