//! The rows of a read model: read one by one, put in their order, and exchanged for what they are now.

use std::collections::BTreeSet;

use automerge::{AutoCommit, ObjId, ReadDoc};

use super::path::container;
use super::value::author_of;
use crate::domain::UserId;

/// A row of a read model.
pub(in crate::document) trait TableRow: PartialEq {
    /// What names it.
    type Id: Copy + Ord;

    /// Which row it is.
    fn id(&self) -> Self::Id;

    /// Its place among the others, which every replica agrees on together with the id.
    fn order(&self) -> &str;

    /// Whether it stands where `other` does.
    fn stands_with(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

/// What a row turned out to be.
pub(in crate::document) enum Read<View> {
    /// It shows.
    Live(Box<View>),
    /// It was removed and can be brought back.
    Removed(Gone),
}

/// A row that was removed.
pub(in crate::document) struct Gone {
    /// What the row was about.
    pub label: String,
    /// Who removed it, if the change says.
    pub by: Option<UserId>,
    /// When, in milliseconds since 1970, by the remover's clock.
    pub at: i64,
}

impl Gone {
    /// A row that `operation` removed at a time.
    pub fn new(doc: &AutoCommit, label: String, (at, operation): (i64, ObjId)) -> Self {
        Self { label, by: author_of(doc, &operation), at }
    }
}

/// What exchanging a row changed.
#[derive(Default)]
pub(in crate::document) struct Exchanged {
    /// Whether the row differs at all.
    pub row: bool,
    /// Whether it came, went or changed places.
    pub order: bool,
}

/// Writes, adds or takes away a row; [`sort`] follows once for all.
pub(in crate::document) fn exchange<View: TableRow>(
    rows: &mut Vec<View>,
    id: View::Id,
    live: Option<View>,
) -> Exchanged {
    let at = rows.iter().position(|view| view.id() == id);
    let was = at.map(|at| &rows[at]);
    let order = match (was, &live) {
        (Some(was), Some(is)) => !was.stands_with(is),
        (was, is) => was.is_some() != is.is_some(),
    };
    let row = was != live.as_ref();
    match (at, live) {
        (Some(at), Some(view)) => rows[at] = view,
        (Some(at), None) => drop(rows.remove(at)),
        (None, Some(view)) => rows.push(view),
        (None, None) => {}
    }
    Exchanged { row, order }
}

/// Puts rows in the order that every replica agrees on.
pub(in crate::document) fn sort<View: TableRow>(rows: &mut [View]) {
    rows.sort_by(|a, b| (a.order(), a.id()).cmp(&(b.order(), b.id())));
}

/// The ids of rows that differ between two readings.
pub(in crate::document) fn differing<View: TableRow>(was: &[View], is: &[View]) -> BTreeSet<View::Id> {
    let all: BTreeSet<View::Id> = was.iter().chain(is).map(View::id).collect();
    let find = |rows: &[View], id| rows.iter().position(|view| view.id() == id);
    all.into_iter().filter(|id| find(was, *id).map(|at| &was[at]) != find(is, *id).map(|at| &is[at])).collect()
}

/// The ids of all rows of a table, removed ones too. Keys that are no ids are passed over.
pub(in crate::document) fn ids<Id: std::str::FromStr>(doc: &AutoCommit, table: &str) -> Vec<Id> {
    let rows = container(doc, table);
    rows.map(|rows| doc.keys(&rows).filter_map(|key| key.parse().ok()).collect()).unwrap_or_default()
}
