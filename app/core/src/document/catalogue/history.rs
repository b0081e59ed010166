//! *Historik* of a catalogue: what each place is called, and how what stood there is brought back.

use automerge::AutoCommit;

use super::command::{CatalogueCommand, CourseNumber, CourseText};
use super::schema;
use crate::document::history::{Asked, Changed, Entry, History, Thing};
use crate::document::tree::history::{Held, Touch};
use crate::document::tree::path::Path;
use crate::document::tree::value::text;
use crate::domain::CourseId;

/// The changes that are asked for. No cell has a history of its own here.
pub fn history(doc: &mut AutoCommit, asked: &Asked) -> History {
    History::read(doc, asked, |_| None, describe)
}

/// What was done at a place; none for what no page shows.
fn describe(doc: &AutoCommit, touch: &Touch) -> Option<Entry> {
    let names: Vec<&str> = touch.slot.map.names().iter().map(String::as_str).collect();
    let key = touch.slot.key.as_str();
    match names.as_slice() {
        [schema::COURSES] => {
            let is_added = touch.before == Held::Nothing && touch.after == Held::Map;
            is_added.then(|| Some(entry(doc, key.parse().ok()?, "", Changed::Added)))?
        }
        [schema::COURSES, id] => in_course(doc, id.parse().ok()?, key, touch),
        [schema::COURSES, id, schema::REQUIRES] => {
            let other: CourseId = key.parse().ok()?;
            let place = format!("Kräver {}", name_of(doc, other));
            let is_set = |held: &Held| held.int().unwrap_or(0) != 0;
            let changed = Changed::worded(touch, |held| if is_set(held) { "ja" } else { "nej" }.to_owned());
            let course = id.parse().ok()?;
            let back = Some(CatalogueCommand::Require { course, other, required: is_set(&touch.before) }.into());
            Some(Entry { back, ..entry(doc, course, &place, changed) })
        }
        _ => None,
    }
}

/// What stands in a course itself.
fn in_course(doc: &AutoCommit, course: CourseId, key: &str, touch: &Touch) -> Option<Entry> {
    let is_new = touch.before == Held::Nothing;
    match key {
        schema::DELETED_AT if is_new => {
            let back = Some(CatalogueCommand::Restore { course }.into());
            return Some(Entry { back, ..entry(doc, course, "", Changed::Removed) });
        }
        schema::DELETED_AT => {
            return (touch.after == Held::Nothing).then(|| entry(doc, course, "", Changed::Restored));
        }
        schema::ORDER => return (!is_new).then(|| entry(doc, course, "", Changed::Moved)),
        _ => {}
    }
    if let Some(field) = CourseText::ALL.into_iter().find(|field| field.key() == key) {
        let value = touch.before.word().to_owned();
        // An empty text is begun in every new course.
        if value == touch.after.word() {
            return None;
        }
        // It is never without a name again.
        let can_be = field != CourseText::Name || !value.trim().is_empty();
        let back = can_be.then(|| CatalogueCommand::SetText { course, field, value }.into());
        return Some(Entry { back, ..entry(doc, course, field.label(), Changed::text(touch)) });
    }
    let field = CourseNumber::ALL.into_iter().find(|field| field.key() == key)?;
    let number = |held: &Held| held.int().map(|number| number.to_string()).unwrap_or_default();
    let value = touch.before.int().and_then(|number| u32::try_from(number).ok());
    let back = Some(CatalogueCommand::SetNumber { course, field, value }.into());
    Some(Entry { back, ..entry(doc, course, field.label(), Changed::worded(touch, number)) })
}

fn entry(doc: &AutoCommit, course: CourseId, place: &str, changed: Changed) -> Entry {
    let (row, name) = (Some(course.to_string()), name_of(doc, course));
    Entry { row, name, place: place.to_owned(), changed, thing: Thing::Course, back: None }
}

/// What a course is called now, also where it is removed.
fn name_of(doc: &AutoCommit, course: CourseId) -> String {
    let object = Path::row(schema::COURSES, course).find(doc);
    object.map(|object| text(doc, &object, CourseText::Name.key())).unwrap_or_default()
}
