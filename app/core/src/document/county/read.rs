//! From a document to the read model: the whole of it once, single rows afterwards.
//!
//! Total: whatever others have written where an amount or a text should be, it reads as empty and never panics.

use std::collections::BTreeMap;
use std::str::FromStr;

use automerge::iter::MapRangeItem;
use automerge::{AutoCommit, ROOT, ReadDoc};

use super::command::{Field, RowRef};
use super::schema::{self, words};
use super::{AmountConflict, CommitmentView, ContributionView, CountyPlan, ItemView, RemovedRow};
use crate::document::tree::conflict::read_conflict;
use crate::document::tree::path::{container, map_in};
use crate::document::tree::value::{Stored, author_of, stored, text, text_of_entry};
use crate::domain::{
    AssociationId, Commitment, Contribution, CountyItem, Horizon, ItemId, Money, SplitKey, StatedTotals,
};

/// Reads the whole plan. For the first paint and for tests; a page goes on with [`super::refresh()`].
pub fn read(doc: &AutoCommit) -> CountyPlan {
    let mut plan = CountyPlan::default();
    read_header(doc, &mut plan);
    for id in ids(doc, schema::ITEMS) {
        match read_item(doc, id) {
            Some(Row::Live(view)) => plan.items.push(*view),
            Some(Row::Removed(removed)) => plan.removed.push(removed),
            None => {}
        }
    }
    for id in ids(doc, schema::COMMITMENTS) {
        match read_commitment(doc, id) {
            Some(Row::Live(view)) => plan.commitments.push(*view),
            Some(Row::Removed(removed)) => plan.removed.push(removed),
            None => {}
        }
    }
    plan.contributions = associations(doc).iter().filter_map(|id| read_contribution(doc, id)).collect();
    sort(&mut plan);
    plan
}

/// What a row turned out to be.
pub(super) enum Row<View> {
    /// It shows.
    Live(Box<View>),
    /// It can be brought back.
    Removed(RemovedRow),
}

/// Puts every table in its order, which every replica agrees on.
pub(super) fn sort(plan: &mut CountyPlan) {
    plan.items.sort_by(|a, b| (&a.order, a.item.id).cmp(&(&b.order, b.item.id)));
    plan.commitments.sort_by(|a, b| (&a.order, a.commitment.id).cmp(&(&b.order, b.commitment.id)));
    plan.contributions
        .sort_by(|a, b| (&a.order, &a.contribution.association).cmp(&(&b.order, &b.contribution.association)));
    plan.removed.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.row.cmp(&b.row)));
}

/// Year, title and the sums that the source prints.
pub(super) fn read_header(doc: &AutoCommit, plan: &mut CountyPlan) {
    let year = stored(doc, &ROOT, schema::YEAR).0.int();
    plan.year = year.and_then(|year| i32::try_from(year).ok()).unwrap_or_default();
    plan.title = text(doc, &ROOT, schema::TITLE);
    plan.stated = match container(doc, schema::STATED) {
        Some(stated) => StatedTotals {
            items: stored(doc, &stated, "items").0.money(),
            contributions: stored(doc, &stated, "contributions").0.money(),
        },
        None => StatedTotals::default(),
    };
}

/// The ids of all rows of a table, removed ones too. Keys that are no ids are passed over.
pub(super) fn ids(doc: &AutoCommit, table: &str) -> Vec<ItemId> {
    let rows = container(doc, table);
    rows.map(|rows| doc.keys(&rows).filter_map(|key| key.parse().ok()).collect()).unwrap_or_default()
}

/// Every association with a name or a contribution.
pub(super) fn associations(doc: &AutoCommit) -> Vec<AssociationId> {
    let mut found: Vec<AssociationId> = [schema::ASSOCIATIONS, schema::CONTRIBUTIONS]
        .iter()
        .filter_map(|name| container(doc, name))
        .flat_map(|map| doc.keys(&map).filter_map(|key| key.parse().ok()).collect::<Vec<_>>())
        .collect();
    found.sort();
    found.dedup();
    found
}

/// One item, in one pass over its map.
pub(super) fn read_item(doc: &AutoCommit, id: ItemId) -> Option<Row<ItemView>> {
    let object = map_in(doc, &container(doc, schema::ITEMS)?, &id.to_string())?;
    let mut item = CountyItem {
        id,
        when: String::new(),
        for_whom: String::new(),
        what: String::new(),
        theme: String::new(),
        comment: String::new(),
        cost: None,
        split: None,
        decided: None,
    };
    let (mut order, mut removed, mut conflict) = (String::new(), None, None);
    let (mut parts, mut part_conflicts) = (BTreeMap::new(), BTreeMap::new());
    for entry in doc.map_range(&object, ..) {
        match entry.key.as_ref() {
            "when" => item.when = text_of_entry(doc, &entry),
            "for_whom" => item.for_whom = text_of_entry(doc, &entry),
            "what" => item.what = text_of_entry(doc, &entry),
            "theme" => item.theme = text_of_entry(doc, &entry),
            "comment" => item.comment = text_of_entry(doc, &entry),
            "cost" => {
                item.cost = Stored::of_entry(&entry).money();
                conflict = entry.conflict.then(|| read_conflict(doc, &object, Field::Cost.key())).flatten();
            }
            "split" => item.split = Stored::of_entry(&entry).word().map(split_key),
            "decided" => item.decided = Stored::of_entry(&entry).word().and_then(|day| day.parse().ok()),
            schema::PARTS => (parts, part_conflicts) = read_parts(doc, &entry),
            schema::ORDER => order = Stored::of_entry(&entry).word().unwrap_or_default().to_owned(),
            schema::DELETED_AT => removed = Stored::of_entry(&entry).int().map(|at| (at, entry.id())),
            _ => {}
        }
    }
    if let Some(SplitKey::ByHand(by_hand)) = &mut item.split {
        *by_hand = parts;
    } else {
        // What nobody sees is not asked about; it shows again should someone divide by hand again.
        part_conflicts.clear();
    }
    Some(match removed {
        Some((at, operation)) => Row::Removed(RemovedRow {
            row: RowRef::Item(id),
            label: item.what,
            amount: item.cost,
            by: author_of(doc, &operation),
            at,
        }),
        None => Row::Live(Box::new(ItemView { item, order, conflict, part_conflicts })),
    })
}

/// One commitment, in one pass over its map.
pub(super) fn read_commitment(doc: &AutoCommit, id: ItemId) -> Option<Row<CommitmentView>> {
    let object = map_in(doc, &container(doc, schema::COMMITMENTS)?, &id.to_string())?;
    let mut commitment =
        Commitment { id, text: String::new(), comment: String::new(), horizon: Horizon::Unknown(String::new()) };
    let (mut order, mut removed) = (String::new(), None);
    for entry in doc.map_range(&object, ..) {
        match entry.key.as_ref() {
            "text" => commitment.text = text_of_entry(doc, &entry),
            "comment" => commitment.comment = text_of_entry(doc, &entry),
            "horizon" => commitment.horizon = horizon(Stored::of_entry(&entry).word().unwrap_or_default()),
            schema::ORDER => order = Stored::of_entry(&entry).word().unwrap_or_default().to_owned(),
            schema::DELETED_AT => removed = Stored::of_entry(&entry).int().map(|at| (at, entry.id())),
            _ => {}
        }
    }
    Some(match removed {
        Some((at, operation)) => Row::Removed(RemovedRow {
            row: RowRef::Commitment(id),
            label: commitment.text,
            amount: None,
            by: author_of(doc, &operation),
            at,
        }),
        None => Row::Live(Box::new(CommitmentView { commitment, order })),
    })
}

/// One association's contribution; none if the document knows no such association.
pub(super) fn read_contribution(doc: &AutoCommit, association: &AssociationId) -> Option<ContributionView> {
    let key = association.as_str();
    let about = container(doc, schema::ASSOCIATIONS).and_then(|map| map_in(doc, &map, key));
    let amounts = container(doc, schema::CONTRIBUTIONS);
    let value = amounts.as_ref().map_or(Stored::Absent, |map| stored(doc, map, key).0);
    if about.is_none() && value == Stored::Absent {
        return None;
    }
    let field = |name: &str| about.as_ref().map(|map| text(doc, map, name)).unwrap_or_default();
    let name = Some(field(schema::NAME)).filter(|name| !name.is_empty()).unwrap_or_else(|| key.to_owned());
    Some(ContributionView {
        contribution: Contribution { association: association.clone(), name, amount: value.money() },
        order: field(schema::ORDER),
        conflict: amounts.and_then(|map| read_conflict(doc, &map, key)),
    })
}

/// Amounts and conflicts by association.
type Parts = (BTreeMap<AssociationId, Money>, BTreeMap<AssociationId, AmountConflict>);

fn read_parts(doc: &AutoCommit, entry: &MapRangeItem<'_>) -> Parts {
    let (mut parts, mut conflicts) = Parts::default();
    let object = entry.id();
    for part in doc.map_range(&object, ..) {
        let Some(association) = id_in::<AssociationId>(&part.key) else { continue };
        if part.conflict {
            let found = read_conflict(doc, &object, &part.key).map(|conflict| (association.clone(), conflict));
            conflicts.extend(found);
        }
        parts.extend(Stored::of_entry(&part).money().map(|amount| (association, amount)));
    }
    (parts, conflicts)
}

/// A horizon as kept.
pub(super) fn horizon(word: &str) -> Horizon {
    match word {
        words::ONE_YEAR => Horizon::OneYear,
        words::THREE_YEARS => Horizon::ThreeYears,
        other => Horizon::Unknown(other.to_owned()),
    }
}

/// A split key as kept; parts by hand are read beside it.
pub(super) fn split_key(word: &str) -> SplitKey {
    match word {
        words::EQUAL => SplitKey::Equal,
        words::BY_CONTRIBUTION => SplitKey::ByContribution,
        words::BY_HAND => SplitKey::ByHand(BTreeMap::new()),
        other => SplitKey::Unknown(other.to_owned()),
    }
}

/// The id in a document's key, if it is one.
pub(super) fn id_in<Id: FromStr>(key: &str) -> Option<Id> {
    key.parse().ok()
}
