//! *Historik* of a county plan: what each place is called, how what stood there is brought back, and who last wrote an
//! amount.

use automerge::AutoCommit;
use serde::{Deserialize, Serialize};

use super::command::{CountyCommand, Field, RowRef};
use super::{read, schema, slot_of};
use crate::document::history::{Asked, Cell, Changed, Entry, History, Thing};
use crate::document::tree::history::{Held, Touch};
use crate::document::tree::path::Path;
use crate::document::tree::value::{author_of, stored, text, time_of};
use crate::domain::{AssociationId, UserId};

/// *Senast ändrat*: who wrote what shows at a place, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastChange {
    /// Who, if the change says.
    pub author: Option<UserId>,
    /// When, in milliseconds since 1970, by the writer's clock and to the second.
    pub at: i64,
}

/// Who last wrote an amount, a split, a day or a horizon; none where nothing was ever written.
///
/// Of a text, which many write in, it says who made the row.
pub fn last_change(doc: &AutoCommit, row: &RowRef, field: Field) -> Option<LastChange> {
    let slot = slot_of(row, field);
    let operation = stored(doc, &slot.map.find(doc)?, &slot.key).1?;
    Some(LastChange { author: author_of(doc, &operation), at: time_of(doc, &operation) })
}

/// The changes that are asked for, of the whole plan.
pub fn history(doc: &mut AutoCommit, asked: &Asked) -> History {
    let slot_of = |cell: &Cell| match cell {
        Cell::County(row, field) => Some(slot_of(row, *field)),
        Cell::Amount(_) | Cell::Text(_) => None,
    };
    History::read(doc, asked, slot_of, describe)
}

/// What was done at a place; none for what no page shows.
fn describe(doc: &AutoCommit, touch: &Touch) -> Option<Entry> {
    let names: Vec<&str> = touch.slot.map.names().iter().map(String::as_str).collect();
    let key = touch.slot.key.as_str();
    match names.as_slice() {
        [schema::CONTRIBUTIONS] => {
            let row = RowRef::Contribution(key.parse().ok()?);
            let write = |amount| CountyCommand::SetAmount { row: row.clone(), amount };
            let (changed, back) = Changed::amount(touch, write);
            Some(Entry { back, ..entry(doc, &row, Field::Amount.label(), changed) })
        }
        [table] => {
            let is_added = touch.before == Held::Nothing && touch.after == Held::Map;
            is_added.then(|| Some(entry(doc, &row_of(table, key)?, "", Changed::Added)))?
        }
        [table, id] => in_row(doc, row_of(table, id)?, key, touch),
        [schema::ITEMS, id, schema::PARTS] => {
            let row = RowRef::Item(id.parse().ok()?);
            let association: AssociationId = key.parse().ok()?;
            let place = format!("Del, {}", name_of(doc, &RowRef::Contribution(association.clone())));
            let write = |amount| CountyCommand::SettlePart { row: row.clone(), association, amount };
            let (changed, back) = Changed::amount(touch, write);
            Some(Entry { back, ..entry(doc, &row, &place, changed) })
        }
        _ => None,
    }
}

/// What stands in a row itself.
fn in_row(doc: &AutoCommit, row: RowRef, key: &str, touch: &Touch) -> Option<Entry> {
    let is_new = touch.before == Held::Nothing;
    match key {
        schema::DELETED_AT if is_new => {
            let back = Some(CountyCommand::Restore { row: row.clone() }.into());
            return Some(Entry { back, ..entry(doc, &row, "", Changed::Removed) });
        }
        schema::DELETED_AT => {
            return (touch.after == Held::Nothing).then(|| entry(doc, &row, "", Changed::Restored));
        }
        schema::ORDER => return (!is_new).then(|| entry(doc, &row, "", Changed::Moved)),
        _ => {}
    }
    let field = Field::of(row.kind()).iter().copied().find(|field| field.key() == key)?;
    let entry = |changed| entry(doc, &row, field.label(), changed);
    let (changed, back) = match field {
        Field::Cost => Changed::amount(touch, |amount| CountyCommand::SetAmount { row: row.clone(), amount }),
        Field::Split => {
            let split = |held: &Held| match held.word() {
                "" => "ingen".to_owned(),
                word => read::split_key(word).label().to_owned(),
            };
            (Changed::worded(touch, split), None)
        }
        Field::Horizon if is_new => return None,
        Field::Horizon => (Changed::worded(touch, |held| read::horizon(held.word()).label().to_owned()), None),
        _ => {
            let value = touch.before.word().to_owned();
            // An empty text is begun in every new row.
            if value == touch.after.word() {
                return None;
            }
            (Changed::text(touch), Some(CountyCommand::SetText { row: row.clone(), field, value }.into()))
        }
    };
    Some(Entry { back, ..entry(changed) })
}

fn entry(doc: &AutoCommit, row: &RowRef, place: &str, changed: Changed) -> Entry {
    Entry {
        row: Some(row.key()),
        name: name_of(doc, row),
        place: place.to_owned(),
        changed,
        thing: Thing::Row,
        back: None,
    }
}

fn row_of(table: &str, id: &str) -> Option<RowRef> {
    match table {
        schema::ITEMS => id.parse().ok().map(RowRef::Item),
        schema::COMMITMENTS => id.parse().ok().map(RowRef::Commitment),
        _ => None,
    }
}

/// What a row is called now, also where it is removed.
fn name_of(doc: &AutoCommit, row: &RowRef) -> String {
    let (path, key) = match row {
        RowRef::Item(id) => (Path::row(schema::ITEMS, id), Field::What.key()),
        RowRef::Commitment(id) => (Path::row(schema::COMMITMENTS, id), Field::Text.key()),
        RowRef::Contribution(association) => (Path::row(schema::ASSOCIATIONS, association), schema::NAME),
    };
    path.find(doc).map(|object| text(doc, &object, key)).unwrap_or_default()
}
