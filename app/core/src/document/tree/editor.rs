//! Applies what a command asks for: touches what it names and nothing else, and notes how to take it back.

use std::collections::BTreeMap;

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ObjType, ReadDoc};

use super::order;
use super::path::{Path, Slot, container};
use super::undo::{Entry, UndoStep, WrittenText, WrittenValue};
use super::value::{Stored, stored};
use super::write::{in_one_change, operation_at, write_slot, write_text};
use crate::document::{CommandError, EditContext, Edited};
use crate::domain::{ItemId, Money};

/// Row: fractional order among the rows of its table.
pub(in crate::document) const ORDER: &str = "order";
/// Row: when it was removed, in milliseconds since 1970. A row is never taken from its map, so that what a colleague
/// writes in it meanwhile can be brought back.
pub(in crate::document) const DELETED_AT: &str = "deleted_at";

/// Does `work` as one automerge change by the document's author: all of it, or nothing.
///
/// Work that changes nothing makes no change, so that nothing is sent and nothing is to undo.
pub(in crate::document) fn edit_as_one(
    doc: &mut AutoCommit,
    label: &str,
    context: &EditContext,
    work: impl FnOnce(&mut Editor<'_>) -> Result<(), CommandError>,
) -> Result<Edited, CommandError> {
    in_one_change(doc, context, |doc| {
        let mut editor = Editor { doc, now_ms: context.now_ms, entries: Vec::new(), placed: BTreeMap::new() };
        work(&mut editor)?;
        Ok(editor.entries)
    })
    .map(|(entries, changed)| Edited {
        step: (changed && !entries.is_empty()).then(|| UndoStep::new(label, entries)),
        changed,
    })
}

/// A document in the middle of an edit.
pub(in crate::document) struct Editor<'a> {
    /// What is edited.
    pub doc: &'a mut AutoCommit,
    now_ms: i64,
    /// How to take back what was done so far.
    entries: Vec<Entry>,
    /// The rows of a table with their keys in order, removed ones too, so that one brought back finds its place.
    /// Read once for each command: a paste of a hundred rows would otherwise read them all a hundred times.
    placed: BTreeMap<&'static str, Vec<(String, String)>>,
}

impl Editor<'_> {
    /// A new row with its texts, which stand there from the start so that two people can begin to write at once.
    pub fn add_row(
        &mut self,
        table: &'static str,
        id: &str,
        after: Option<&str>,
        texts: &[&str],
    ) -> Result<ObjId, CommandError> {
        let rows = container(self.doc, table).ok_or(CommandError::NotAPlan)?;
        if matches!(self.doc.get(&rows, id), Ok(Some(_))) {
            return Err(CommandError::RowExists);
        }
        let order = self.place_after(table, id, after)?;
        let object = self.doc.put_object(&rows, id, ObjType::Map)?;
        self.doc.put(&object, ORDER, order)?;
        for text in texts {
            self.doc.put_object(&object, *text, ObjType::Text)?;
        }
        self.entries.push(Entry::Added { row: Path::row(table, id), removed_by: None });
        Ok(object)
    }

    /// Marks a row as removed, unless it is.
    pub fn remove_row(&mut self, row: Path) -> Result<(), CommandError> {
        let slot = row.slot(DELETED_AT);
        match self.read(&slot)?.int() {
            Some(_) => Ok(()),
            None => self.write(slot, Stored::Int(self.now_ms)),
        }
    }

    /// Brings a removed row back.
    pub fn restore_row(&mut self, row: Path) -> Result<(), CommandError> {
        self.write(row.slot(DELETED_AT), Stored::Absent)
    }

    /// Moves a row right after another of its table, or first.
    pub fn move_row(&mut self, table: &'static str, id: &str, after: Option<&str>) -> Result<(), CommandError> {
        Path::row(table, id).found(self.doc)?;
        if after == Some(id) {
            return Ok(());
        }
        // Where it stands already, nothing is written.
        let placed = self.placed(table);
        let at = placed.iter().position(|(_, known)| known == id);
        if at.and_then(|at| at.checked_sub(1)).map(|at| placed[at].1.as_str()) == after {
            return Ok(());
        }
        let order = self.place_after(table, id, after)?;
        self.write(Path::row(table, id).slot(ORDER), Stored::Word(order))
    }

    /// A key for a row right after another row of its table. Where that one shares its key with those that follow,
    /// since two people added a row at the same place, these are given keys of their own.
    fn place_after(&mut self, table: &'static str, id: &str, after: Option<&str>) -> Result<String, CommandError> {
        let placed = self.placed(table);
        placed.retain(|(_, known)| known != id);
        let at = match after {
            None => 0,
            Some(after) => placed.iter().position(|(_, known)| known == after).ok_or(CommandError::NoSuchRow)? + 1,
        };
        let before = at.checked_sub(1).map(|at| placed[at].0.clone());
        let tied = placed[at..].iter().take_while(|(key, _)| Some(key) == before.as_ref()).count();
        let beyond = placed.get(at + tied).map(|(key, _)| key.clone());
        let mut keys = order::several_between(before.as_deref(), beyond.as_deref(), tied + 1).into_iter();
        let own = keys.next().unwrap_or_default();
        let mut moved = Vec::with_capacity(tied);
        for ((place, id), key) in placed[at..at + tied].iter_mut().zip(keys) {
            place.clone_from(&key);
            moved.push((id.clone(), key));
        }
        placed.insert(at, (own.clone(), id.to_owned()));
        for (id, key) in moved {
            self.write(Path::row(table, id).slot(ORDER), Stored::Word(key))?;
        }
        Ok(own)
    }

    fn placed(&mut self, table: &'static str) -> &mut Vec<(String, String)> {
        let Self { doc, placed, .. } = self;
        placed.entry(table).or_insert_with(|| keys(doc, table))
    }

    /// Leads a text to `value` by the least change.
    pub fn set_text(&mut self, slot: Slot, value: &str) -> Result<(), CommandError> {
        let before = write_text(self.doc, &slot, value)?;
        if before != value {
            self.entries.push(Entry::Text(WrittenText { slot, before, after: value.to_owned() }));
        }
        Ok(())
    }

    /// Writes an amount, also where it shows already but others were written at the same time.
    pub fn set_amount(&mut self, slot: Slot, amount: Option<Money>) -> Result<(), CommandError> {
        let value = Stored::amount(amount).ok_or(CommandError::AmountOutOfRange)?;
        let object = slot.map.found(self.doc)?;
        let now = stored(self.doc, &object, &slot.key).0;
        let same = now == value || (now == Stored::Absent && value == Stored::Empty);
        if same && self.doc.get_all(&object, slot.key.as_str())?.len() <= 1 { Ok(()) } else { self.put(slot, value) }
    }

    /// Writes a value, unless it stands there already.
    pub fn write(&mut self, slot: Slot, value: Stored) -> Result<(), CommandError> {
        if self.read(&slot)? == value { Ok(()) } else { self.put(slot, value) }
    }

    /// Makes sure that a map is there, in one that is.
    pub fn ensure_map(&mut self, map: &Path, name: &str) -> Result<(), CommandError> {
        if map.clone().map(name).find(self.doc).is_none() {
            let parent = map.found(self.doc)?;
            self.doc.put_object(&parent, name, ObjType::Map)?;
        }
        Ok(())
    }

    fn read(&self, slot: &Slot) -> Result<Stored, CommandError> {
        Ok(stored(self.doc, &slot.map.found(self.doc)?, &slot.key).0)
    }

    fn put(&mut self, slot: Slot, value: Stored) -> Result<(), CommandError> {
        let (before, before_by) = write_slot(self.doc, &slot, &value)?;
        if before == value {
            // The value that showed was picked among several: it would still show if that was taken back.
            return Ok(());
        }
        let after_by = operation_at(self.doc, &slot)?;
        self.entries.push(Entry::Value(WrittenValue { slot, before, before_by, after: value, after_by }));
        Ok(())
    }
}

/// The rows of a table with their keys, in order.
fn keys(doc: &AutoCommit, table: &str) -> Vec<(String, String)> {
    let Some(rows) = container(doc, table) else { return Vec::new() };
    // Ties are broken by the id itself, as in the read models; what is no id is no row.
    let mut keys: Vec<(String, ItemId)> = doc
        .map_range(&rows, ..)
        .filter_map(|entry| {
            let id = entry.key.parse().ok()?;
            let order = stored(doc, &entry.id(), ORDER).0;
            Some((order.word().unwrap_or_default().to_owned(), id))
        })
        .collect();
    keys.sort();
    keys.into_iter().map(|(order, id)| (order, id.to_string())).collect()
}
