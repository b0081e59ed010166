//! Keeps the read model up to date from automerge's patches: reads again the registrations they touch, and no others.

use std::collections::BTreeSet;

use automerge::{AutoCommit, Patch};

use super::{OccasionView, Touched, read, schema};
use crate::document::tree::ways::way;
use crate::domain::RegistrationId;

/// Reads the occasion and has automerge note changes from here on, so that the first [`refresh`] is as cheap as the
/// others.
pub fn track(doc: &mut AutoCommit) -> OccasionView {
    doc.update_diff_cursor();
    read::read(doc)
}

/// Brings `view` up to what `doc` holds, and says what that touched.
///
/// `view` must be what [`track`] or the last refresh of this document left. A document that was exchanged for another,
/// as after a reload from storage, is compared registration by registration.
pub fn refresh(doc: &mut AutoCommit, view: &mut OccasionView) -> Touched {
    if doc.diff_cursor().is_empty() {
        let fresh = track(doc);
        return exchange(view, fresh);
    }
    let mut stale = Stale::default();
    for patch in &doc.diff_incremental() {
        stale.note(patch);
    }
    if stale.everything {
        let fresh = read::read(doc);
        return exchange(view, fresh);
    }
    let mut touched = Touched::default();
    if stale.facts {
        let facts = read::read_facts(doc);
        touched.facts = facts != view.facts;
        view.facts = facts;
    }
    for id in stale.registrations {
        let fresh = read::read_registration(doc, id);
        let at = view.registrations.iter().position(|known| known.id == id);
        if at.map(|at| &view.registrations[at]) == fresh.as_ref() {
            continue;
        }
        touched.registrations.insert(id);
        if let Some(at) = at {
            view.registrations.remove(at);
        }
        view.registrations.extend(fresh);
    }
    if !touched.registrations.is_empty() {
        read::sort(view);
    }
    touched
}

/// What patches say must be read again.
#[derive(Default)]
struct Stale {
    everything: bool,
    facts: bool,
    registrations: BTreeSet<RegistrationId>,
}

impl Stale {
    fn note(&mut self, patch: &Patch) {
        let mut way = way(patch);
        match (way.next(), way.next()) {
            (Some(schema::REGISTRATIONS), Some(id)) => self.registrations.extend(id.parse::<RegistrationId>()),
            // A whole table came, went or was exchanged.
            (Some(name), None) if schema::CONTAINERS.contains(&name) => self.everything = true,
            (Some(_), _) => self.facts = true,
            _ => {}
        }
    }
}

/// Takes over an occasion read from scratch and says what differs.
fn exchange(view: &mut OccasionView, fresh: OccasionView) -> Touched {
    let all = view.registrations.iter().chain(&fresh.registrations).map(|registration| registration.id);
    let differs = |id: &RegistrationId| view.registration(*id) != fresh.registration(*id);
    let touched = Touched {
        facts: view.facts != fresh.facts,
        registrations: all.collect::<BTreeSet<_>>().into_iter().filter(differs).collect(),
    };
    *view = fresh;
    touched
}
