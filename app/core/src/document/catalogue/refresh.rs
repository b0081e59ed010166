//! Keeps the read model up to date from automerge's patches: reads again the courses they touch, and no others.

use std::collections::BTreeSet;

use automerge::{AutoCommit, Patch};

use super::{Catalogue, Touched, read, schema};
use crate::document::tree::table::{Read, differing, exchange};
use crate::document::tree::ways::way;
use crate::domain::CourseId;

/// Reads the catalogue and has automerge note changes from here on, so that the first [`refresh`] is as cheap as the
/// others.
pub fn track(doc: &mut AutoCommit) -> Catalogue {
    doc.update_diff_cursor();
    read::read(doc)
}

/// Brings `catalogue` up to what `doc` holds, and says which courses that touched.
///
/// `catalogue` must be what [`track`] or the last refresh of this document left. A document that was exchanged for
/// another, as after a reload from storage, is compared course by course.
pub fn refresh(doc: &mut AutoCommit, catalogue: &mut Catalogue) -> Touched {
    if doc.diff_cursor().is_empty() {
        let fresh = track(doc);
        return take_over(catalogue, fresh);
    }
    let (mut everything, mut header, mut courses) = (false, false, BTreeSet::new());
    for patch in &doc.diff_incremental() {
        let patch: &Patch = patch;
        let mut way = way(patch);
        match (way.next(), way.next()) {
            (Some(schema::COURSES), Some(id)) => courses.extend(id.parse::<CourseId>()),
            (Some(schema::COURSES), None) => everything = true,
            (Some(_), _) => header = true,
            _ => {}
        }
    }
    if everything {
        let fresh = read::read(doc);
        return take_over(catalogue, fresh);
    }
    let mut touched = Touched::default();
    if header {
        let (owner, title) = read::read_header(doc);
        touched.header = (&owner, &title) != (&catalogue.owner, &catalogue.title);
        (catalogue.owner, catalogue.title) = (owner, title);
    }
    let before = catalogue.removed.clone();
    for id in courses {
        let (live, gone) = match read::read_course(doc, id) {
            Some(Read::Live(view)) => (Some(*view), None),
            Some(Read::Removed(gone)) => (None, Some(gone)),
            None => (None, None),
        };
        let exchanged = exchange(&mut catalogue.courses, id, live);
        if exchanged.row {
            touched.courses.insert(id);
        }
        touched.order |= exchanged.order;
        catalogue.removed.retain(|known| known.id != id);
        catalogue.removed.extend(gone.map(|gone| read::removed(id, gone)));
    }
    read::sort(catalogue);
    touched.removed = before != catalogue.removed;
    touched
}

/// Takes over a catalogue read from scratch and says which courses differ.
fn take_over(catalogue: &mut Catalogue, fresh: Catalogue) -> Touched {
    let order = |catalogue: &Catalogue| catalogue.courses.iter().map(|view| view.course.id).collect::<Vec<_>>();
    let touched = Touched {
        header: (&catalogue.owner, &catalogue.title) != (&fresh.owner, &fresh.title),
        courses: differing(&catalogue.courses, &fresh.courses),
        order: order(catalogue) != order(&fresh),
        removed: catalogue.removed != fresh.removed,
    };
    *catalogue = fresh;
    touched
}
