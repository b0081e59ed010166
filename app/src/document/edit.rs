//! Applies a command: touches what it names and nothing else, in one automerge change, all of it or nothing.

use std::collections::BTreeMap;

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ObjType, ReadDoc};

use super::command::{CommandError, CountyCommand, EditContext, Edited, Field, RowKind, RowRef};
use super::order;
use super::place::{Slot, Stored, container, find_row, map_in, stored};
use super::read;
use super::schema::{self, words};
use super::undo::{Entry, UndoStep, WrittenText, WrittenValue};
use super::write::{in_one_change, operation_at, write_slot, write_text};
use crate::domain::{AssociationId, Horizon, IsoDate, ItemId, Money, SplitKey};

/// Applies `command` to the plan in `doc`, as one automerge change by the document's author.
///
/// A command that changes nothing makes no change, so that nothing is sent and nothing is to undo.
///
/// # Errors
/// [`CommandError`], with the document as it was.
pub fn edit(doc: &mut AutoCommit, command: &CountyCommand, context: &EditContext) -> Result<Edited, CommandError> {
    in_one_change(doc, context, |doc| {
        let mut editor = Editor { doc, now_ms: context.now_ms, entries: Vec::new(), placed: BTreeMap::new() };
        editor.apply(command)?;
        Ok(editor.entries)
    })
    .map(|(entries, changed)| Edited {
        step: (changed && !entries.is_empty()).then(|| UndoStep::new(command.label(), entries)),
        changed,
    })
}

struct Editor<'a> {
    doc: &'a mut AutoCommit,
    now_ms: i64,
    /// How to take back what was done so far.
    entries: Vec<Entry>,
    /// The rows of a table with their keys in order, removed ones too, so that one brought back finds its place.
    /// Read once for each command: a paste of a hundred rows would otherwise read them all a hundred times.
    placed: BTreeMap<&'static str, Vec<(String, ItemId)>>,
}

impl Editor<'_> {
    fn apply(&mut self, command: &CountyCommand) -> Result<(), CommandError> {
        match command {
            CountyCommand::AddItem { id, after } => {
                let texts = [Field::When, Field::ForWhom, Field::What, Field::Theme, Field::Comment];
                let object = self.add(&RowRef::Item(*id), *after, &texts)?;
                self.doc.put_object(&object, schema::PARTS, ObjType::Map)?;
                Ok(())
            }
            CountyCommand::AddCommitment { id, horizon, after } => {
                let word = horizon_word(horizon)?;
                let object = self.add(&RowRef::Commitment(*id), *after, &[Field::Text, Field::Comment])?;
                self.doc.put(&object, Field::Horizon.key(), word)?;
                Ok(())
            }
            CountyCommand::Remove { row } => {
                let slot = Slot::DeletedAt(row.clone());
                match self.read(&slot)?.int() {
                    Some(_) => Ok(()),
                    None => self.write(slot, Stored::Int(self.now_ms)),
                }
            }
            CountyCommand::Restore { row } => self.write(Slot::DeletedAt(row.clone()), Stored::Absent),
            CountyCommand::Move { row, after } => self.move_row(row, *after),
            CountyCommand::SetText { row, field: Field::Decided, value } => self.set_decided(row, value),
            CountyCommand::SetText { row, field, value } => self.set_text(row, *field, value),
            CountyCommand::SetAmount { row, amount } | CountyCommand::SettleConflict { row, amount } => {
                self.set_amount(row, *amount)
            }
            CountyCommand::SetSplit { row, split } => self.set_split(row, split.as_ref()),
            CountyCommand::SettlePart { row: RowRef::Item(id), association, amount } => {
                let slot = Slot::Part(*id, association.clone());
                slot.find(self.doc)?;
                self.settle(slot, stored_amount(*amount)?)
            }
            CountyCommand::SettlePart { row, .. } => Err(CommandError::WrongField(row.clone())),
            CountyCommand::SetHorizon { row: RowRef::Commitment(id), horizon } => {
                let word = Stored::Word(horizon_word(horizon)?.to_owned());
                self.write(Slot::Field(RowRef::Commitment(*id), Field::Horizon), word)
            }
            CountyCommand::SetHorizon { row, .. } => Err(CommandError::WrongField(row.clone())),
            CountyCommand::Batch { commands, .. } => commands.iter().try_for_each(|command| self.apply(command)),
        }
    }

    /// A new row with its texts, which stand there from the start so that two people can begin to write at once.
    fn add(&mut self, row: &RowRef, after: Option<ItemId>, texts: &[Field]) -> Result<ObjId, CommandError> {
        let (table, id) = table_of(row)?;
        let rows = container(self.doc, table).ok_or(CommandError::NotAPlan)?;
        if matches!(self.doc.get(&rows, id.to_string()), Ok(Some(_))) {
            return Err(CommandError::RowExists(row.clone()));
        }
        let order = self.place_after(row, after)?;
        let object = self.doc.put_object(&rows, id.to_string(), ObjType::Map)?;
        self.doc.put(&object, schema::ORDER, order)?;
        for field in texts {
            self.doc.put_object(&object, field.key(), ObjType::Text)?;
        }
        self.entries.push(Entry::Added { row: row.clone(), removed_by: None });
        Ok(object)
    }

    fn move_row(&mut self, row: &RowRef, after: Option<ItemId>) -> Result<(), CommandError> {
        let (table, id) = table_of(row)?;
        find_row(self.doc, row)?;
        if after == Some(id) {
            return Ok(());
        }
        // Where it stands already, nothing is written.
        let placed = self.placed(table);
        let at = placed.iter().position(|(_, known)| *known == id);
        if at.and_then(|at| at.checked_sub(1)).map(|at| placed[at].1) == after {
            return Ok(());
        }
        let order = self.place_after(row, after)?;
        self.write(Slot::Order(row.clone()), Stored::Word(order))
    }

    /// A key for `row` right after another row of its table. Where that one shares its key with those that follow,
    /// since two people added a row at the same place, these are given keys of their own.
    fn place_after(&mut self, row: &RowRef, after: Option<ItemId>) -> Result<String, CommandError> {
        let (table, id) = table_of(row)?;
        let placed = self.placed(table);
        placed.retain(|(_, known)| *known != id);
        let at = match after {
            None => 0,
            Some(after) => {
                let found = placed.iter().position(|(_, known)| *known == after);
                found.ok_or_else(|| CommandError::NoSuchRow(same_kind(row, after)))? + 1
            }
        };
        let before = at.checked_sub(1).map(|at| placed[at].0.clone());
        let tied = placed[at..].iter().take_while(|(key, _)| Some(key) == before.as_ref()).count();
        let beyond = placed.get(at + tied).map(|(key, _)| key.clone());
        let mut keys = order::several_between(before.as_deref(), beyond.as_deref(), tied + 1).into_iter();
        let own = keys.next().unwrap_or_default();
        let mut moved = Vec::with_capacity(tied);
        for ((place, id), key) in placed[at..at + tied].iter_mut().zip(keys) {
            place.clone_from(&key);
            moved.push((*id, key));
        }
        placed.insert(at, (own.clone(), id));
        for (id, key) in moved {
            self.write(Slot::Order(same_kind(row, id)), Stored::Word(key))?;
        }
        Ok(own)
    }

    fn placed(&mut self, table: &'static str) -> &mut Vec<(String, ItemId)> {
        let Self { doc, placed, .. } = self;
        placed.entry(table).or_insert_with(|| keys(doc, table))
    }

    fn set_text(&mut self, row: &RowRef, field: Field, value: &str) -> Result<(), CommandError> {
        if !field.is_text() || !Field::of(row.kind()).contains(&field) {
            return Err(CommandError::WrongField(row.clone()));
        }
        let before = write_text(self.doc, row, field, value)?;
        if before != value {
            let written = WrittenText { row: row.clone(), field, before, after: value.to_owned() };
            self.entries.push(Entry::Text(written));
        }
        Ok(())
    }

    fn set_decided(&mut self, row: &RowRef, value: &str) -> Result<(), CommandError> {
        if row.kind() != RowKind::Item {
            return Err(CommandError::WrongField(row.clone()));
        }
        let day = match value.trim() {
            "" => Stored::Absent,
            day => Stored::Word(day.parse::<IsoDate>()?.to_string()),
        };
        self.write(Slot::Field(row.clone(), Field::Decided), day)
    }

    fn set_amount(&mut self, row: &RowRef, amount: Option<Money>) -> Result<(), CommandError> {
        let field = match row {
            RowRef::Item(_) => Field::Cost,
            RowRef::Contribution(_) => Field::Amount,
            RowRef::Commitment(_) => return Err(CommandError::WrongField(row.clone())),
        };
        if let RowRef::Contribution(association) = row
            && !read::associations(self.doc).contains(association)
        {
            return Err(CommandError::NoSuchRow(row.clone()));
        }
        self.settle(Slot::Field(row.clone(), field), stored_amount(amount)?)
    }

    /// Writes an amount, also where it shows already but others were written at the same time.
    fn settle(&mut self, slot: Slot, value: Stored) -> Result<(), CommandError> {
        let (object, key) = slot.find(self.doc)?;
        let now = stored(self.doc, &object, &key).0;
        let same = now == value || (now == Stored::Absent && value == Stored::Empty);
        if same && self.doc.get_all(&object, key.as_str())?.len() <= 1 { Ok(()) } else { self.put(slot, value) }
    }

    fn set_split(&mut self, row: &RowRef, split: Option<&SplitKey>) -> Result<(), CommandError> {
        let RowRef::Item(id) = row else { return Err(CommandError::WrongField(row.clone())) };
        let word = match split {
            None => Stored::Absent,
            Some(SplitKey::Equal) => Stored::Word(words::EQUAL.to_owned()),
            Some(SplitKey::ByContribution) => Stored::Word(words::BY_CONTRIBUTION.to_owned()),
            Some(SplitKey::ByHand(_)) => Stored::Word(words::BY_HAND.to_owned()),
            Some(SplitKey::Unknown(_)) => return Err(CommandError::UnknownValue),
        };
        self.write(Slot::Field(row.clone(), Field::Split), word)?;
        match split {
            Some(SplitKey::ByHand(parts)) => self.set_parts(*id, parts),
            _ => Ok(()),
        }
    }

    /// Writes the parts that differ, each for itself.
    fn set_parts(&mut self, item: ItemId, parts: &BTreeMap<AssociationId, Money>) -> Result<(), CommandError> {
        let object = find_row(self.doc, &RowRef::Item(item))?;
        if map_in(self.doc, &object, schema::PARTS).is_none() {
            self.doc.put_object(&object, schema::PARTS, ObjType::Map)?;
        }
        let known: Vec<AssociationId> = match map_in(self.doc, &object, schema::PARTS) {
            Some(map) => self.doc.keys(&map).filter_map(|key| read::id_in(&key)).collect(),
            None => Vec::new(),
        };
        for gone in known.into_iter().filter(|association| !parts.contains_key(association)) {
            self.write(Slot::Part(item, gone), Stored::Absent)?;
        }
        for (association, amount) in parts {
            self.write(Slot::Part(item, association.clone()), stored_amount(Some(*amount))?)?;
        }
        Ok(())
    }

    fn read(&self, slot: &Slot) -> Result<Stored, CommandError> {
        let (object, key) = slot.find(self.doc)?;
        Ok(stored(self.doc, &object, &key).0)
    }

    /// Writes a value, unless it stands there already.
    fn write(&mut self, slot: Slot, value: Stored) -> Result<(), CommandError> {
        if self.read(&slot)? == value { Ok(()) } else { self.put(slot, value) }
    }

    fn put(&mut self, slot: Slot, value: Stored) -> Result<(), CommandError> {
        let (before, before_by) = write_slot(self.doc, &slot, &value)?;
        let after_by = operation_at(self.doc, &slot)?;
        if before_by == after_by {
            // The value that showed was picked among several: automerge takes the others away and keeps its
            // operation, so there is nothing of ours to take back.
            return Ok(());
        }
        self.entries.push(Entry::Value(WrittenValue { slot, before, before_by, after: value, after_by }));
        Ok(())
    }
}

/// The rows of a table with their keys, in order.
fn keys(doc: &AutoCommit, table: &str) -> Vec<(String, ItemId)> {
    let Some(rows) = container(doc, table) else { return Vec::new() };
    let mut keys: Vec<(String, ItemId)> = doc
        .map_range(&rows, ..)
        .filter_map(|entry| {
            let id = read::id_in(&entry.key)?;
            let order = stored(doc, &entry.id(), schema::ORDER).0;
            Some((order.word().unwrap_or_default().to_owned(), id))
        })
        .collect();
    keys.sort();
    keys
}

fn stored_amount(amount: Option<Money>) -> Result<Stored, CommandError> {
    match amount.map(Money::ore) {
        None => Ok(Stored::Empty),
        Some(ore) => Money::in_range(ore).map(|_| Stored::Int(ore)).ok_or(CommandError::AmountOutOfRange),
    }
}

fn horizon_word(horizon: &Horizon) -> Result<&'static str, CommandError> {
    match horizon {
        Horizon::OneYear => Ok(words::ONE_YEAR),
        Horizon::ThreeYears => Ok(words::THREE_YEARS),
        Horizon::Unknown(_) => Err(CommandError::UnknownValue),
    }
}

fn table_of(row: &RowRef) -> Result<(&'static str, ItemId), CommandError> {
    match row {
        RowRef::Item(id) => Ok((schema::ITEMS, *id)),
        RowRef::Commitment(id) => Ok((schema::COMMITMENTS, *id)),
        RowRef::Contribution(_) => Err(CommandError::FixedRow(row.clone())),
    }
}

fn same_kind(row: &RowRef, id: ItemId) -> RowRef {
    match row {
        RowRef::Commitment(_) => RowRef::Commitment(id),
        _ => RowRef::Item(id),
    }
}
