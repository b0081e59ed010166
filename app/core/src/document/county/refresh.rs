//! Keeps the read model up to date from automerge's patches: reads again the rows they touch, and no others.

use std::collections::BTreeSet;

use automerge::{AutoCommit, Patch};

use super::command::RowRef;
use super::read::{self, Row};
use super::schema;
use super::{AmountConflict, ContributionView, CountyPlan, ItemView, RemovedRow, Touched};
use crate::document::tree::ways::way;
use crate::domain::{AssociationId, ItemId};

/// Reads the plan and has automerge note changes from here on, so that the first [`refresh`] is as cheap as the
/// others.
pub fn track(doc: &mut AutoCommit) -> CountyPlan {
    doc.update_diff_cursor();
    read::read(doc)
}

/// Brings `plan` up to what `doc` holds, and says which rows that touched.
///
/// `plan` must be what [`track`] or the last refresh of this document left. A document that was exchanged for
/// another, as after a reload from storage, is compared row by row.
pub fn refresh(doc: &mut AutoCommit, plan: &mut CountyPlan) -> Touched {
    if doc.diff_cursor().is_empty() {
        let fresh = track(doc);
        return exchange(plan, fresh);
    }
    let mut stale = Stale::default();
    for patch in &doc.diff_incremental() {
        stale.note(patch);
    }
    if stale.everything {
        let fresh = read::read(doc);
        return exchange(plan, fresh);
    }
    // Settling on the amount that shows anyway takes the others away without a patch.
    stale.items.extend(plan.items.iter().filter(|view| view.has_conflict()).map(|view| view.item.id));
    let competing = plan.contributions.iter().filter(|view| view.conflict.is_some());
    stale.contributions.extend(competing.map(|view| view.contribution.association.clone()));
    let mut touched = Touched::default();
    stale.reread(doc, plan, &mut touched);
    touched
}

/// What patches say must be read again.
#[derive(Default)]
struct Stale {
    everything: bool,
    header: bool,
    items: BTreeSet<ItemId>,
    commitments: BTreeSet<ItemId>,
    contributions: BTreeSet<AssociationId>,
}

impl Stale {
    /// The first two names on the way to what a patch changed say which row it is.
    fn note(&mut self, patch: &Patch) {
        let mut way = way(patch);
        match (way.next(), way.next()) {
            (Some(schema::YEAR | schema::TITLE | schema::STATED), _) => self.header = true,
            (Some(schema::ITEMS), Some(id)) => self.items.extend(read::id_in::<ItemId>(id)),
            (Some(schema::COMMITMENTS), Some(id)) => self.commitments.extend(read::id_in::<ItemId>(id)),
            (Some(schema::CONTRIBUTIONS | schema::ASSOCIATIONS), Some(id)) => {
                self.contributions.extend(read::id_in::<AssociationId>(id));
            }
            // A whole table came, went or was exchanged.
            (Some(name), None) if schema::CONTAINERS.contains(&name) => self.everything = true,
            _ => {}
        }
    }

    fn reread(&self, doc: &AutoCommit, plan: &mut CountyPlan, touched: &mut Touched) {
        if self.header {
            let before = (plan.year, plan.title.clone(), plan.stated);
            read::read_header(doc, plan);
            touched.header = before != (plan.year, plan.title.clone(), plan.stated);
        }
        for id in &self.items {
            let (live, removed) = parts(read::read_item(doc, *id));
            let at = plan.items.iter().position(|view| view.item.id == *id);
            let was = at.map(|at| &plan.items[at]);
            let row = RowRef::Item(*id);
            if conflicts_of(was) != conflicts_of(live.as_ref()) {
                touched.conflicts.insert(row.clone());
            }
            touched.order |= was.map(|view| &view.order) != live.as_ref().map(|view| &view.order);
            if was != live.as_ref() {
                touched.items.insert(*id);
            }
            put(&mut plan.items, at, live);
            touched.removed |= put_removed(plan, &row, removed);
        }
        for id in &self.commitments {
            let (live, removed) = parts(read::read_commitment(doc, *id));
            let at = plan.commitments.iter().position(|view| view.commitment.id == *id);
            let was = at.map(|at| &plan.commitments[at]);
            touched.order |= was.map(|view| &view.order) != live.as_ref().map(|view| &view.order);
            if was != live.as_ref() {
                touched.commitments.insert(*id);
            }
            put(&mut plan.commitments, at, live);
            touched.removed |= put_removed(plan, &RowRef::Commitment(*id), removed);
        }
        for association in &self.contributions {
            let live = read::read_contribution(doc, association);
            let at = plan.contributions.iter().position(|view| view.contribution.association == *association);
            let was = at.map(|at| &plan.contributions[at]);
            if conflict_of(was) != conflict_of(live.as_ref()) {
                touched.conflicts.insert(RowRef::Contribution(association.clone()));
            }
            touched.order |= was.map(|view| &view.order) != live.as_ref().map(|view| &view.order);
            if was != live.as_ref() {
                touched.contributions.insert(association.clone());
            }
            put(&mut plan.contributions, at, live);
        }
        if touched.order || touched.removed {
            read::sort(plan);
        }
    }
}

fn conflicts_of(view: Option<&ItemView>) -> Vec<&AmountConflict> {
    view.map(ItemView::conflicts).unwrap_or_default()
}

fn conflict_of(view: Option<&ContributionView>) -> Option<&AmountConflict> {
    view.and_then(|view| view.conflict.as_ref())
}

fn parts<View>(row: Option<Row<View>>) -> (Option<View>, Option<RemovedRow>) {
    match row {
        Some(Row::Live(view)) => (Some(*view), None),
        Some(Row::Removed(removed)) => (None, Some(removed)),
        None => (None, None),
    }
}

/// Writes, adds or takes away a row; sorting follows once for all.
fn put<View>(rows: &mut Vec<View>, at: Option<usize>, live: Option<View>) {
    match (at, live) {
        (Some(at), Some(view)) => rows[at] = view,
        (Some(at), None) => drop(rows.remove(at)),
        (None, Some(view)) => rows.push(view),
        (None, None) => {}
    }
}

fn put_removed(plan: &mut CountyPlan, row: &RowRef, removed: Option<RemovedRow>) -> bool {
    let at = plan.removed.iter().position(|known| known.row == *row);
    if at.map(|at| &plan.removed[at]) == removed.as_ref() {
        return false;
    }
    put(&mut plan.removed, at, removed);
    true
}

/// Takes over a plan read from scratch and says which rows differ.
fn exchange(plan: &mut CountyPlan, fresh: CountyPlan) -> Touched {
    let mut touched = Touched {
        header: (plan.year, &plan.title, plan.stated) != (fresh.year, &fresh.title, fresh.stated),
        removed: plan.removed != fresh.removed,
        ..Touched::default()
    };
    let items = |plan: &CountyPlan| plan.items.iter().map(|view| view.item.id).collect::<Vec<_>>();
    let commitments = |plan: &CountyPlan| plan.commitments.iter().map(|view| view.commitment.id).collect::<Vec<_>>();
    let contributions = |plan: &CountyPlan| {
        plan.contributions.iter().map(|view| view.contribution.association.clone()).collect::<Vec<_>>()
    };
    touched.order = items(plan) != items(&fresh)
        || commitments(plan) != commitments(&fresh)
        || contributions(plan) != contributions(&fresh);
    for id in items(plan).into_iter().chain(items(&fresh)) {
        let (was, is) = (plan.item(id), fresh.item(id));
        if was != is {
            touched.items.insert(id);
        }
        if conflicts_of(was) != conflicts_of(is) {
            touched.conflicts.insert(RowRef::Item(id));
        }
    }
    for id in commitments(plan).into_iter().chain(commitments(&fresh)) {
        if plan.commitment(id) != fresh.commitment(id) {
            touched.commitments.insert(id);
        }
    }
    for association in contributions(plan).into_iter().chain(contributions(&fresh)) {
        let (was, is) = (plan.contribution(&association), fresh.contribution(&association));
        if conflict_of(was) != conflict_of(is) {
            touched.conflicts.insert(RowRef::Contribution(association.clone()));
        }
        if was != is {
            touched.contributions.insert(association);
        }
    }
    *plan = fresh;
    touched
}
