//! What each command writes.

use std::collections::BTreeMap;

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjType, ReadDoc};

use super::command::{CountyCommand, Field, RowKind, RowRef};
use super::schema::{self, words};
use super::{read, row_path, slot_of};
use crate::document::tree::editor::{Editor, edit_as_one};
use crate::document::tree::path::{Path, Slot};
use crate::document::tree::value::Stored;
use crate::document::{CommandError, EditContext, Edited};
use crate::domain::{AssociationId, Horizon, IsoDate, ItemId, Money, SplitKey};

/// Applies `command` to the plan in `doc`, as one automerge change by the document's author.
///
/// A command that changes nothing makes no change, so that nothing is sent and nothing is to undo.
///
/// # Errors
/// [`CommandError`], with the document as it was.
pub fn edit(doc: &mut AutoCommit, command: &CountyCommand, context: &EditContext) -> Result<Edited, CommandError> {
    edit_as_one(doc, command.label(), context, |editor| apply(editor, command))
}

fn apply(editor: &mut Editor<'_>, command: &CountyCommand) -> Result<(), CommandError> {
    match command {
        CountyCommand::AddItem { id, after } => {
            let texts = [Field::When, Field::ForWhom, Field::What, Field::Theme, Field::Comment].map(Field::key);
            let object = editor.add_row(schema::ITEMS, &id.to_string(), text_of(*after).as_deref(), &texts)?;
            editor.doc.put_object(&object, schema::PARTS, ObjType::Map)?;
            Ok(())
        }
        CountyCommand::AddCommitment { id, horizon, after } => {
            let word = horizon_word(horizon)?;
            let texts = [Field::Text, Field::Comment].map(Field::key);
            let object = editor.add_row(schema::COMMITMENTS, &id.to_string(), text_of(*after).as_deref(), &texts)?;
            editor.doc.put(&object, Field::Horizon.key(), word)?;
            Ok(())
        }
        CountyCommand::Remove { row } => editor.remove_row(row_path(row)?),
        CountyCommand::Restore { row } => editor.restore_row(row_path(row)?),
        CountyCommand::Move { row, after } => {
            let (table, id) = table_of(row)?;
            editor.move_row(table, &id.to_string(), text_of(*after).as_deref())
        }
        CountyCommand::SetText { row, field: Field::Decided, value } => set_decided(editor, row, value),
        CountyCommand::SetText { row, field, value } => {
            if !field.is_text() || !Field::of(row.kind()).contains(field) {
                return Err(CommandError::WrongField);
            }
            editor.set_text(row_path(row)?.slot(field.key()), value)
        }
        CountyCommand::SetAmount { row, amount } | CountyCommand::SettleConflict { row, amount } => {
            set_amount(editor, row, *amount)
        }
        CountyCommand::SetSplit { row, split } => set_split(editor, row, split.as_ref()),
        CountyCommand::SettlePart { row: RowRef::Item(id), association, amount } => {
            let slot = part(*id, association);
            if slot.map.find(editor.doc).is_none() {
                row_path(&RowRef::Item(*id))?.found(editor.doc)?;
                return Err(CommandError::WrongField);
            }
            editor.set_amount(slot, *amount)
        }
        CountyCommand::SetHorizon { row: row @ RowRef::Commitment(_), horizon } => {
            let word = Stored::Word(horizon_word(horizon)?.to_owned());
            editor.write(slot_of(row, Field::Horizon), word)
        }
        CountyCommand::SettlePart { .. } | CountyCommand::SetHorizon { .. } => Err(CommandError::WrongField),
        CountyCommand::Batch { commands, .. } => commands.iter().try_for_each(|command| apply(editor, command)),
    }
}

fn set_decided(editor: &mut Editor<'_>, row: &RowRef, value: &str) -> Result<(), CommandError> {
    if row.kind() != RowKind::Item {
        return Err(CommandError::WrongField);
    }
    let day = match value.trim() {
        "" => Stored::Absent,
        day => Stored::Word(day.parse::<IsoDate>()?.to_string()),
    };
    editor.write(slot_of(row, Field::Decided), day)
}

fn set_amount(editor: &mut Editor<'_>, row: &RowRef, amount: Option<Money>) -> Result<(), CommandError> {
    let field = match row {
        RowRef::Item(_) => Field::Cost,
        RowRef::Contribution(_) => Field::Amount,
        RowRef::Commitment(_) => return Err(CommandError::WrongField),
    };
    if let RowRef::Contribution(association) = row
        && !read::associations(editor.doc).contains(association)
    {
        return Err(CommandError::NoSuchRow);
    }
    editor.set_amount(slot_of(row, field), amount)
}

fn set_split(editor: &mut Editor<'_>, row: &RowRef, split: Option<&SplitKey>) -> Result<(), CommandError> {
    let RowRef::Item(id) = row else { return Err(CommandError::WrongField) };
    let word = match split {
        None => Stored::Absent,
        Some(SplitKey::Equal) => Stored::Word(words::EQUAL.to_owned()),
        Some(SplitKey::ByContribution) => Stored::Word(words::BY_CONTRIBUTION.to_owned()),
        Some(SplitKey::ByHand(_)) => Stored::Word(words::BY_HAND.to_owned()),
        Some(SplitKey::Unknown(_)) => return Err(CommandError::UnknownValue),
    };
    editor.write(slot_of(row, Field::Split), word)?;
    match split {
        Some(SplitKey::ByHand(parts)) => set_parts(editor, *id, parts),
        _ => Ok(()),
    }
}

/// Writes the parts that differ, each for itself.
fn set_parts(
    editor: &mut Editor<'_>,
    item: ItemId,
    parts: &BTreeMap<AssociationId, Money>,
) -> Result<(), CommandError> {
    editor.ensure_map(&Path::row(schema::ITEMS, item), schema::PARTS)?;
    let map = Path::row(schema::ITEMS, item).map(schema::PARTS).found(editor.doc)?;
    let known: Vec<AssociationId> = editor.doc.keys(&map).filter_map(|key| key.parse().ok()).collect();
    for gone in known.iter().filter(|association| !parts.contains_key(association)) {
        editor.write(part(item, gone), Stored::Absent)?;
    }
    for (association, amount) in parts {
        let amount = Stored::amount(Some(*amount)).ok_or(CommandError::AmountOutOfRange)?;
        editor.write(part(item, association), amount)?;
    }
    Ok(())
}

/// What an association pays of an item, by hand.
fn part(item: ItemId, association: &AssociationId) -> Slot {
    Path::row(schema::ITEMS, item).map(schema::PARTS).slot(association)
}

fn text_of(id: Option<ItemId>) -> Option<String> {
    id.map(|id| id.to_string())
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
        RowRef::Contribution(_) => Err(CommandError::FixedRow),
    }
}
