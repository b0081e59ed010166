//! From a document to the read model: the whole of it once, single courses afterwards.
//!
//! Total: whatever others have written where a text or a number should be, it reads as empty and never panics.

use automerge::{AutoCommit, ROOT, ReadDoc};

use super::command::{CourseNumber, CourseText};
use super::{Catalogue, CourseView, RemovedCourse, schema};
use crate::document::tree::path::{container, map_in};
use crate::document::tree::table::{self, Gone, Read, ids};
use crate::document::tree::value::{Stored, stored, text};
use crate::domain::{Course, CourseId, Organiser};

/// Reads the whole catalogue. For the first paint and for tests; a page goes on with [`super::refresh()`].
pub fn read(doc: &AutoCommit) -> Catalogue {
    let (owner, title) = read_header(doc);
    let mut catalogue = Catalogue { owner, title, ..Catalogue::default() };
    for id in ids::<CourseId>(doc, schema::COURSES) {
        match read_course(doc, id) {
            Some(Read::Live(view)) => catalogue.courses.push(*view),
            Some(Read::Removed(gone)) => catalogue.removed.push(removed(id, gone)),
            None => {}
        }
    }
    sort(&mut catalogue);
    catalogue
}

/// Puts courses and removed courses in the order that every replica agrees on.
pub(super) fn sort(catalogue: &mut Catalogue) {
    table::sort(&mut catalogue.courses);
    catalogue.removed.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
}

/// Whose it is, and its title.
pub(super) fn read_header(doc: &AutoCommit) -> (Organiser, String) {
    let association = stored(doc, &ROOT, schema::ASSOCIATION).0.word().and_then(|slug| slug.parse().ok());
    (Organiser { name: text(doc, &ROOT, schema::ORGANISER), association }, text(doc, &ROOT, schema::TITLE))
}

/// One course.
pub(super) fn read_course(doc: &AutoCommit, id: CourseId) -> Option<Read<CourseView>> {
    let object = map_in(doc, &container(doc, schema::COURSES)?, &id.to_string())?;
    let mut course = Course::empty(id);
    for field in CourseText::ALL {
        *field.of_mut(&mut course) = text(doc, &object, field.key());
    }
    let number = |field: CourseNumber| {
        let number = stored(doc, &object, field.key()).0.int();
        number.and_then(|number| u32::try_from(number).ok())
    };
    course.days = number(CourseNumber::Days);
    course.capacity = number(CourseNumber::Capacity);
    if let Some(requires) = map_in(doc, &object, schema::REQUIRES) {
        let required = doc.map_range(&requires, ..).filter(|entry| Stored::of_entry(entry).int().unwrap_or(0) != 0);
        course.requires = required.filter_map(|entry| entry.key.parse().ok()).collect();
    }
    if let (Stored::Int(at), Some(operation)) = stored(doc, &object, schema::DELETED_AT) {
        return Some(Read::Removed(Gone::new(doc, course.name, (at, operation))));
    }
    let order = stored(doc, &object, schema::ORDER).0.word().unwrap_or_default().to_owned();
    Some(Read::Live(Box::new(CourseView { course, order })))
}

/// A removed course as it is listed.
pub(super) fn removed(id: CourseId, gone: Gone) -> RemovedCourse {
    RemovedCourse { id, name: gone.label, by: gone.by, at: gone.at }
}
