//! From a document to the read model: the whole of it once, single rows afterwards.
//!
//! Total: whatever others have written where an amount or a text should be, it reads as empty and never panics.

use std::collections::BTreeMap;
use std::str::FromStr;

use automerge::iter::MapRangeItem;
use automerge::{AutoCommit, ObjId, ROOT, ReadDoc};

use super::place::RowRef;
use super::version::{Heads, VersionView};
use super::words::{destination_of, precision_of};
use super::{
    AmountConflict, EquivalentView, Header, IncomeView, LineView, Plan, RemovedRow, SectionView, outcome, schema,
};
use crate::document::tree::conflict::read_conflict;
use crate::document::tree::editor::{DELETED_AT, ORDER};
use crate::document::tree::path::container;
use crate::document::tree::table::{Gone, Read, ids, sort};
use crate::document::tree::value::{Stored, author_of, stored, text, text_of_entry, time_of};
use crate::domain::ledger::{Destination, Selector};
use crate::domain::{
    Amounts, Benefit, BudgetLine, CeilingRate, EquivalentId, EquivalentRow, Income, IncomeId, LineId, LineRole,
    NewVersion, PartyKind, PopulationGroup, SectionId, StatedFigures, VersionId, VersionStatus, Year,
};

/// Reads the whole plan. For the first paint, for versions and for tests; a page goes on with [`super::refresh()`].
pub fn read(doc: &AutoCommit) -> Plan {
    let mut plan = Plan { header: read_header(doc), ..Plan::default() };
    let removed = &mut plan.removed;
    plan.sections = all(doc, schema::SECTIONS, removed, RowRef::Section, read_section);
    plan.lines = all(doc, schema::LINES, removed, RowRef::Line, read_line);
    plan.income = all(doc, schema::INCOME, removed, RowRef::Income, read_income);
    plan.outcomes = all(doc, schema::OUTCOMES, removed, RowRef::Outcome, outcome::read_outcome);
    plan.equivalents = all(doc, schema::EQUIVALENTS, removed, RowRef::Equivalent, read_equivalent);
    plan.versions = all(doc, schema::VERSIONS, removed, RowRef::Version, read_version);
    plan.stated = read_stated(doc);
    plan.accounts = read_accounts(doc);
    sort_all(&mut plan);
    plan
}

/// Reads the plan as it was at `heads`, such as those of a version. None where this copy does not hold that moment.
///
/// Works on a copy, so that the document can be written in meanwhile.
pub fn read_at(doc: &AutoCommit, heads: &Heads) -> Option<Plan> {
    let mut then = doc.clone();
    let known = heads.hashes().iter().all(|head| then.get_change_meta_by_hash(head).is_some());
    if heads.hashes().is_empty() || !known {
        return None;
    }
    then.isolate(heads.hashes());
    Some(read(&then))
}

fn all<Id: FromStr + Copy, View>(
    doc: &AutoCommit,
    table: &str,
    removed: &mut Vec<RemovedRow>,
    row: fn(Id) -> RowRef,
    read: fn(&AutoCommit, Id) -> Option<Read<View>>,
) -> Vec<View> {
    let mut live = Vec::new();
    for id in ids(doc, table) {
        match read(doc, id) {
            Some(Read::Live(view)) => live.push(*view),
            Some(Read::Removed(gone)) => removed.push(removed_row(row(id), gone)),
            None => {}
        }
    }
    live
}

pub(super) fn removed_row(row: RowRef, Gone { label, by, at }: Gone) -> RemovedRow {
    RemovedRow { row, label, by, at }
}

/// Puts every table in its order, which every replica agrees on.
pub(super) fn sort_all(plan: &mut Plan) {
    sort(&mut plan.sections);
    sort(&mut plan.lines);
    sort(&mut plan.income);
    sort(&mut plan.equivalents);
    plan.outcomes.sort_by_key(|view| (view.outcome.through, view.outcome.id));
    plan.versions.sort_by_key(|view| (view.version.decided, view.at, view.id));
    plan.removed.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.row.cmp(&b.row)));
}

/// Title, years and settings.
pub(super) fn read_header(doc: &AutoCommit) -> Header {
    let word = |key: &str| stored(doc, &ROOT, key).0.word().unwrap_or_default().to_owned();
    let settings = container(doc, schema::SETTINGS);
    let setting = |key: &str| settings.as_ref().map_or(Stored::Absent, |map| stored(doc, map, key).0);
    let year = stored(doc, &ROOT, schema::YEAR).0.int().and_then(year_of);
    let mut years: Vec<Year> = container(doc, schema::YEARS)
        .map(|map| doc.keys(&map).filter_map(|key| key.parse().ok()).collect())
        .unwrap_or_default();
    // The budget year itself cannot be hidden.
    years.extend(year);
    years.sort_unstable();
    years.dedup();
    Header {
        association: word(schema::ASSOCIATION).parse().ok(),
        year,
        title: word(schema::TITLE),
        dnr: word(schema::DNR),
        years,
        opening_equity: setting("opening_equity").money(),
        opening_conflict: settings.as_ref().and_then(|map| read_conflict(doc, map, "opening_equity")),
        ceiling: setting("ceiling")
            .int()
            .and_then(|rate| u16::try_from(rate).ok())
            .and_then(CeilingRate::from_hundredths)
            .unwrap_or_default(),
    }
}

fn year_of(number: i64) -> Option<Year> {
    i32::try_from(number).ok().and_then(|number| Year::new(number).ok())
}

/// Figures as printed; what this version cannot read is left alone in the document.
pub(super) fn read_stated(doc: &AutoCommit) -> StatedFigures {
    let precision = container(doc, schema::SETTINGS).map(|map| stored(doc, &map, "precision").0);
    let figures = container(doc, schema::STATED).map(|map| {
        let figure =
            |entry: MapRangeItem<'_>| Some((entry.key.parse().ok()?, Stored::of_entry(&entry).word()?.parse().ok()?));
        doc.map_range(&map, ..).filter_map(figure).collect()
    });
    StatedFigures {
        amounts: precision_of(precision.as_ref().and_then(Stored::word).unwrap_or_default()),
        figures: figures.unwrap_or_default(),
    }
}

/// Where what is booked belongs.
pub(super) fn read_accounts(doc: &AutoCommit) -> BTreeMap<Selector, Destination<LineId, IncomeId>> {
    let Some(map) = container(doc, schema::ACCOUNTS) else { return BTreeMap::new() };
    let rule =
        |entry: MapRangeItem<'_>| Some((entry.key.parse().ok()?, destination_of(Stored::of_entry(&entry).word()?)?));
    doc.map_range(&map, ..).filter_map(rule).collect()
}

/// When a row was removed, and the operation that did.
pub(super) fn removal(entry: &MapRangeItem<'_>) -> Option<(i64, ObjId)> {
    Stored::of_entry(entry).int().map(|at| (at, entry.id()))
}

/// One section.
pub(super) fn read_section(doc: &AutoCommit, id: SectionId) -> Option<Read<SectionView>> {
    let object = RowRef::Section(id).path().find(doc)?;
    let (mut name, mut order, mut removed) = (String::new(), String::new(), None);
    for entry in doc.map_range(&object, ..) {
        match entry.key.as_ref() {
            "name" => name = text_of_entry(doc, &entry),
            ORDER => order = word_of(&entry),
            DELETED_AT => removed = removal(&entry),
            _ => {}
        }
    }
    Some(match removed {
        Some(removed) => Read::Removed(Gone::new(doc, name, removed)),
        None => Read::Live(Box::new(SectionView { id, name, order })),
    })
}

/// One budget line, in one pass over its map; none where the section it stands in does not show.
pub(super) fn read_line(doc: &AutoCommit, id: LineId) -> Option<Read<LineView>> {
    let object = RowRef::Line(id).path().find(doc)?;
    let (mut name, mut note, mut role, mut section) = (String::new(), String::new(), LineRole::default(), None);
    let (mut order, mut removed) = (String::new(), None);
    let (mut amounts, mut conflicts) = (Amounts::new(), BTreeMap::new());
    for entry in doc.map_range(&object, ..) {
        match entry.key.as_ref() {
            "name" => name = text_of_entry(doc, &entry),
            "note" => note = text_of_entry(doc, &entry),
            "role" => role = LineRole::from_word(&word_of(&entry)),
            "section" => section = word_of(&entry).parse::<SectionId>().ok(),
            schema::AMOUNTS => (amounts, conflicts) = read_amounts(doc, &entry),
            ORDER => order = word_of(&entry),
            DELETED_AT => removed = removal(&entry),
            _ => {}
        }
    }
    if let Some(removed) = removed {
        return Some(Read::Removed(Gone::new(doc, name, removed)));
    }
    let section = section.filter(|section| is_live(doc, RowRef::Section(*section)))?;
    let line = BudgetLine { id, name, note, role, amounts };
    Some(Read::Live(Box::new(LineView { line, section, order, conflicts })))
}

fn is_live(doc: &AutoCommit, row: RowRef) -> bool {
    row.path().find(doc).is_some_and(|object| stored(doc, &object, DELETED_AT).0.int().is_none())
}

/// One row of income, in one pass over its map.
pub(super) fn read_income(doc: &AutoCommit, id: IncomeId) -> Option<Read<IncomeView>> {
    let object = RowRef::Income(id).path().find(doc)?;
    let (mut name, mut party, mut weight) = (String::new(), PartyKind::Other, 1);
    let (mut order, mut removed) = (String::new(), None);
    let (mut amounts, mut conflicts) = (Amounts::new(), BTreeMap::new());
    for entry in doc.map_range(&object, ..) {
        match entry.key.as_ref() {
            "name" => name = text_of_entry(doc, &entry),
            "party" => party = PartyKind::from_word(&word_of(&entry)),
            "weight" => weight = Stored::of_entry(&entry).int().and_then(|it| u32::try_from(it).ok()).unwrap_or(1),
            schema::AMOUNTS => (amounts, conflicts) = read_amounts(doc, &entry),
            ORDER => order = word_of(&entry),
            DELETED_AT => removed = removal(&entry),
            _ => {}
        }
    }
    Some(match removed {
        Some(removed) => Read::Removed(Gone::new(doc, name, removed)),
        None => {
            let income = Income { id, name, party, weight: u64::from(weight), amounts };
            Read::Live(Box::new(IncomeView { income, order, conflicts }))
        }
    })
}

/// One row of full-year equivalents.
pub(super) fn read_equivalent(doc: &AutoCommit, id: EquivalentId) -> Option<Read<EquivalentView>> {
    let path = RowRef::Equivalent(id).path();
    let object = path.find(doc)?;
    let get = |key: &str| stored(doc, &object, key).0;
    let area = text(doc, &object, "area");
    if let (Stored::Int(at), Some(operation)) = stored(doc, &object, DELETED_AT) {
        return Some(Read::Removed(Gone::new(doc, area, (at, operation))));
    }
    let whole = |value: &Stored| value.int().and_then(|number| u32::try_from(number).ok());
    let counts = path.map(schema::COUNTS).find(doc).map(|map| {
        let count = |entry: MapRangeItem<'_>| {
            whole(&Stored::of_entry(&entry)).map(|count| (Benefit::from_word(&entry.key), count))
        };
        doc.map_range(&map, ..).filter_map(count).collect()
    });
    let row = EquivalentRow {
        id,
        area,
        year: get(schema::YEAR).int().and_then(year_of)?,
        group: PopulationGroup::from_word(get("group").word().unwrap_or_default()),
        counts: counts.unwrap_or_default(),
        population: whole(&get("population")),
    };
    Some(Read::Live(Box::new(EquivalentView { row, order: get(ORDER).word().unwrap_or_default().to_owned() })))
}

/// One version.
pub(super) fn read_version(doc: &AutoCommit, id: VersionId) -> Option<Read<VersionView>> {
    let object = RowRef::Version(id).path().find(doc)?;
    let get = |key: &str| stored(doc, &object, key).0.word().unwrap_or_default().to_owned();
    let (name, status) = (text(doc, &object, "name"), VersionStatus::from_word(&get("status")));
    // A decision stays for ever, whatever somebody writes beside it.
    if !status.is_decided()
        && let (Stored::Int(at), Some(operation)) = stored(doc, &object, DELETED_AT)
    {
        return Some(Read::Removed(Gone::new(doc, name, (at, operation))));
    }
    let (_, operation) = stored(doc, &object, "heads");
    let operation = operation?;
    let note = text(doc, &object, "note");
    let (decided, is_summary) = (get("decided").parse().ok(), get(schema::KNOWN) == schema::SUMMARY);
    let version = NewVersion { status, name, decided, dnr: get("dnr"), note, is_summary };
    let (by, at) = (author_of(doc, &operation), time_of(doc, &operation));
    Some(Read::Live(Box::new(VersionView { id, version, heads: Heads::from(get("heads")), by, at })))
}

/// Amounts by year, and those that wait for someone to pick.
fn read_amounts(doc: &AutoCommit, entry: &MapRangeItem<'_>) -> (Amounts, BTreeMap<Year, AmountConflict>) {
    let (mut amounts, mut conflicts) = (Amounts::new(), BTreeMap::new());
    let object = entry.id();
    for cell in doc.map_range(&object, ..) {
        let Ok(year) = cell.key.parse::<Year>() else { continue };
        if cell.conflict {
            conflicts.extend(read_conflict(doc, &object, &cell.key).map(|conflict| (year, conflict)));
        }
        amounts.extend(Stored::of_entry(&cell).money().map(|amount| (year, amount)));
    }
    (amounts, conflicts)
}

fn word_of(entry: &MapRangeItem<'_>) -> String {
    Stored::of_entry(entry).word().unwrap_or_default().to_owned()
}

/// A map within a row, by its name.
pub(super) fn map_of(doc: &AutoCommit, row: RowRef, name: &str) -> Option<ObjId> {
    row.path().map(name).find(doc)
}
