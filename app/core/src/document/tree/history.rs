//! What each change did, read from the document itself: which places it touched, what stood there before and after.
//!
//! Nothing is kept beside the document for this. Changes are numbered in an order that every replica agrees on and in
//! which each comes after those it builds on; pages of them are read from the latest backwards. What stood at a place
//! is asked of the document at the heads before and after the change: just what its author saw.

use std::collections::{HashMap, HashSet};

use automerge::legacy::{Key, ObjectId, OpId};
use automerge::{ActorId, AutoCommit, Change, ChangeHash, ExpandedChange, ObjId, ObjType, Prop, ROOT, ReadDoc, Value};

use super::path::{Path, Slot};
use super::value::Stored;
use crate::domain::{Money, UserId};

/// So many changes are looked through at first for those that touch a place; then four times as many, and so on.
const FIRST_WINDOW: usize = 1_000;
/// Up to so many changes are fetched one by one; beyond it, all at once is quicker.
const FEW: usize = 64;
/// More places than this of one change are not told of among others: a whole budget that was pasted is one thing to its
/// reader, who can ask for all of that change alone.
const MOST_PLACES: usize = 200;

/// One change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) struct Made {
    /// Its hash: also the moment right after it.
    pub hash: ChangeHash,
    /// Who made it, if it says.
    pub by: Option<UserId>,
    /// When, in milliseconds since 1970, by the writer's clock and to the second.
    pub at: i64,
}

/// What stood at a place at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::document) enum Held {
    /// Nothing.
    Nothing,
    /// A value; several where people wrote at once, the one that showed first.
    Values(Vec<Stored>),
    /// A text.
    Text(String),
    /// A map, such as a row.
    Map,
}

impl Held {
    /// A text, or a value that is one word; nothing for what is neither.
    pub fn word(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Values(values) => values.first().and_then(Stored::word).unwrap_or_default(),
            Self::Nothing | Self::Map => "",
        }
    }

    /// A whole number, if it is one.
    pub fn int(&self) -> Option<i64> {
        match self {
            Self::Values(values) => values.first().and_then(Stored::int),
            _ => None,
        }
    }

    /// The amounts that stood there: several where people had written at once. Empty is not zero.
    pub fn amounts(&self) -> Vec<Option<Money>> {
        match self {
            Self::Values(values) => values.iter().map(Stored::money).collect(),
            _ => vec![None],
        }
    }
}

/// A place that a change touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::document) struct Touch {
    /// Where.
    pub slot: Slot,
    /// What its author saw there before.
    pub before: Held,
    /// What its author saw there afterwards.
    pub after: Held,
}

/// A change and what is told of it.
pub(in crate::document) struct Told<T> {
    /// The change.
    pub made: Made,
    /// What it did, in the order it was done.
    pub entries: Vec<T>,
    /// Whether it did more than what is told of.
    pub more: bool,
}

/// Reads up to `count` changes of which `describe` has something to tell, the latest first: those before the change
/// `before`, or the latest of all. `is_meant` chooses the places; without it all are meant. Says also from which change
/// to go on, if there may be older ones.
pub(in crate::document) fn changes<T>(
    doc: &mut AutoCommit,
    before: Option<ChangeHash>,
    count: usize,
    is_meant: Option<&dyn Fn(&Slot) -> bool>,
    mut describe: impl FnMut(&AutoCommit, &Made, Touch) -> Option<T>,
) -> (Vec<Told<T>>, Option<ChangeHash>) {
    let order = order(doc);
    let mut end = match before {
        // A moment that this copy does not hold has nothing before it.
        Some(hash) => order.iter().position(|known| known.made.hash == hash).unwrap_or_default(),
        None => order.len(),
    };
    let mut window = if is_meant.is_some() { FIRST_WINDOW } else { count.max(1) };
    let mut told = Vec::new();
    let mut places = Places::default();
    while end > 0 {
        let start = end.saturating_sub(window);
        let fetched = fetch(doc, &order, start, end);
        for known in order[start..end].iter().rev() {
            let Some(change) = fetched.get(&known.made.hash) else { continue };
            let slots = places.touched(doc, change, is_meant);
            let Some(one) = tell(doc, known.made, change.deps(), slots, MOST_PLACES, &mut describe) else { continue };
            told.push(one);
            if told.len() == count {
                let last = order.first().is_some_and(|first| first.made.hash == known.made.hash);
                return (told, (!last).then_some(known.made.hash));
            }
        }
        end = start;
        window = if is_meant.is_some() { window * 4 } else { window };
    }
    (told, None)
}

/// Reads one change, and all of what it did that `describe` has something to tell of.
pub(in crate::document) fn one_change<T>(
    doc: &mut AutoCommit,
    hash: ChangeHash,
    mut describe: impl FnMut(&AutoCommit, &Made, Touch) -> Option<T>,
) -> (Vec<Told<T>>, Option<ChangeHash>) {
    let known = order(doc).into_iter().find(|known| known.made.hash == hash);
    let Some((known, change)) = known.zip(doc.get_change_by_hash(&hash)) else { return (Vec::new(), None) };
    let slots = Places::default().touched(doc, &change, None);
    let told = tell(doc, known.made, change.deps(), slots, usize::MAX, &mut describe);
    (told.into_iter().collect(), None)
}

/// What a change did, at most at so many places.
fn tell<T>(
    doc: &AutoCommit,
    made: Made,
    deps: &[ChangeHash],
    slots: Vec<Slot>,
    most: usize,
    describe: &mut impl FnMut(&AutoCommit, &Made, Touch) -> Option<T>,
) -> Option<Told<T>> {
    let touch = |slot: Slot| {
        let object = object_of(doc, &slot)?;
        // Nothing stood anywhere before the first change: automerge would take no heads at all for the present.
        let before = if deps.is_empty() { Held::Nothing } else { held(doc, &object, &slot.key, deps) };
        let after = held(doc, &object, &slot.key, &[made.hash]);
        (before != after).then_some(Touch { slot, before, after })
    };
    // Places of which there is nothing to tell are not counted, or they would hide those after them.
    let mut touches = slots.into_iter().filter_map(touch).filter_map(|touch| describe(doc, &made, touch));
    let entries: Vec<T> = touches.by_ref().take(most).collect();
    let more = touches.next().is_some();
    (!entries.is_empty()).then_some(Told { made, entries, more })
}

/// A change and its place among all.
struct Known {
    start: u64,
    actor: ActorId,
    made: Made,
}

/// All changes, each after those it builds on, and in the same order on every replica.
fn order(doc: &mut AutoCommit) -> Vec<Known> {
    let all = doc.get_changes_meta(&[]);
    let mut order: Vec<Known> = all
        .iter()
        .map(|change| Known {
            start: change.start_op,
            actor: change.actor.as_ref().clone(),
            made: Made {
                hash: change.hash,
                by: change.author.as_ref().and_then(|author| UserId::from_author_bytes(author.as_bytes())),
                at: change.timestamp.saturating_mul(1000),
            },
        })
        .collect();
    // A change counts its operations on from all it has seen.
    order.sort_by(|a, b| (a.start, &a.actor).cmp(&(b.start, &b.actor)));
    order
}

/// The changes from `start` to `end` themselves, by their hashes.
fn fetch(doc: &mut AutoCommit, order: &[Known], start: usize, end: usize) -> HashMap<ChangeHash, Change> {
    if end - start <= FEW {
        let wanted = order[start..end].iter();
        return wanted.filter_map(|known| Some((known.made.hash, doc.get_change_by_hash(&known.made.hash)?))).collect();
    }
    // Each actor's last change before them builds on all its earlier ones: together they stand for what comes before.
    let mut last: HashMap<&ActorId, ChangeHash> = HashMap::new();
    for known in &order[..start] {
        last.insert(&known.actor, known.made.hash);
    }
    let have: Vec<ChangeHash> = last.into_values().collect();
    doc.get_changes(&have).into_iter().map(|change| (change.hash(), change)).collect()
}

/// Where objects stand, found once for each.
#[derive(Default)]
struct Places {
    known: HashMap<OpId, Option<Place>>,
}

#[derive(Clone)]
struct Place {
    path: Path,
    is_text: bool,
}

impl Places {
    /// The places that a change touched, each once, in the order it touched them.
    fn touched(&mut self, doc: &AutoCommit, change: &Change, is_meant: Option<&dyn Fn(&Slot) -> bool>) -> Vec<Slot> {
        let ExpandedChange { operations, .. } = change.decode();
        let (mut seen, mut slots) = (HashSet::new(), Vec::new());
        let mut last: Option<(ObjectId, Key)> = None;
        for operation in operations {
            let Some(Place { path, is_text }) = self.place(doc, &operation.obj) else { continue };
            // The letters of one text are one place, and come one after the other.
            let this = (operation.obj, if is_text { Key::head() } else { operation.key });
            if last.as_ref() == Some(&this) {
                continue;
            }
            let slot = match (&this.1, is_text) {
                (_, true) => path.into_slot(),
                (Key::Map(key), false) => Some(path.slot(key)),
                (Key::Seq(_), false) => None,
            };
            last = Some(this);
            let slot = slot.filter(|slot| is_meant.is_none_or(|is_meant| is_meant(slot)));
            slots.extend(slot.filter(|slot| seen.insert(slot.clone())));
        }
        slots
    }

    fn place(&mut self, doc: &AutoCommit, object: &ObjectId) -> Option<Place> {
        match object {
            ObjectId::Root => Some(Place { path: Path::root(), is_text: false }),
            ObjectId::Id(id) => self.known.entry(id.clone()).or_insert_with(|| find(doc, id)).clone(),
        }
    }
}

/// Where an object stands; none within lists, which no kind of ours has.
fn find(doc: &AutoCommit, id: &OpId) -> Option<Place> {
    let id = ObjId::Id(id.counter(), id.actor().clone(), 0);
    let is_text = match doc.object_type(&id).ok()? {
        ObjType::Text => true,
        ObjType::Map => false,
        _ => return None,
    };
    let names = doc.parents(&id).ok()?.path().into_iter().map(|(_, prop)| match prop {
        Prop::Map(name) => Some(name.to_string()),
        Prop::Seq(_) => None,
    });
    Some(Place { path: Path::of(names.collect::<Option<_>>()?), is_text })
}

/// The map that a place is in, also where a row was put in its way since.
fn object_of(doc: &AutoCommit, slot: &Slot) -> Option<ObjId> {
    if slot.map == Path::root() { Some(ROOT) } else { slot.map.find(doc) }
}

/// What stood at a place at a moment.
fn held(doc: &AutoCommit, object: &ObjId, key: &str, heads: &[ChangeHash]) -> Held {
    let values = doc.get_all_at(object, key, heads).unwrap_or_default();
    let mut texts = Vec::new();
    let mut written = Vec::new();
    for (value, id) in values.iter().rev() {
        match value {
            Value::Object(ObjType::Map) => return Held::Map,
            Value::Object(ObjType::Text) => texts.push(doc.text_at(id, heads).unwrap_or_default()),
            value => written.push(Stored::of(value)),
        }
    }
    if !texts.is_empty() {
        // As a text that two people began at once is read.
        texts.reverse();
        texts.retain(|text| !text.is_empty());
        return Held::Text(texts.join("\n"));
    }
    if written.is_empty() { Held::Nothing } else { Held::Values(written) }
}
