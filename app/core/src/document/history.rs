//! *Historik*: who changed what, from what to what, and when, of a document of whichever kind.
//!
//! What changes did is read by `tree`; each kind says what its places are called and how a value is brought back. Times
//! are shown to people and sort nothing.

mod thing;

use std::fmt;
use std::str::FromStr;

use automerge::{AutoCommit, ChangeHash};
use serde::{Deserialize, Serialize};
pub use thing::Thing;

use super::any::Command;
use super::tree::history::{Held, Made, Told, Touch, changes, one_change};
use super::tree::path::Slot;
use super::{Field, county, plan};
use crate::domain::{Money, UserId};

/// So many changes make a page.
pub const PAGE: usize = 40;

/// *Ändringens nummer*: a change, and the moment right after it. As text, its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChangeId(ChangeHash);

impl ChangeId {
    /// The hash itself.
    pub fn hash(self) -> ChangeHash {
        self.0
    }
}

impl From<ChangeHash> for ChangeId {
    fn from(hash: ChangeHash) -> Self {
        Self(hash)
    }
}

impl FromStr for ChangeId {
    type Err = automerge::ParseChangeHashError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl fmt::Display for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for ChangeId {
    type Error = automerge::ParseChangeHashError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ChangeId> for String {
    fn from(id: ChangeId) -> Self {
        id.to_string()
    }
}

/// Which changes are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What they touched.
    pub scope: Scope,
    /// Only those before this one; none for the latest.
    pub before: Option<ChangeId>,
    /// How many.
    pub count: usize,
}

/// What the changes asked for touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// *Hela planen*.
    #[default]
    Document,
    /// *En rad*, by the name it has among those who are here.
    Row(String),
    /// *En cell*.
    Cell(Cell),
    /// *Ett steg*: one change, and all that it did.
    Change(ChangeId),
}

/// A cell of any kind of document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// An amount of an association's plan.
    Amount(plan::AmountCell),
    /// A text of an association's plan.
    Text(plan::TextCell),
    /// A cell of a county plan.
    County(county::RowRef, Field),
}

impl Asked {
    /// What the query of an address asks for: `rad`, a row; `fore`, a change to go on from; `steg`, one
    /// change. Others are passed over.
    pub fn in_query(query: &str) -> Self {
        let mut asked = Self { scope: Scope::Document, before: None, count: PAGE };
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "rad" if !value.is_empty() => asked.scope = Scope::Row(value.to_owned()),
                "fore" => asked.before = value.parse().ok(),
                "steg" => asked.scope = value.parse().map_or(Scope::Document, Scope::Change),
                _ => {}
            }
        }
        asked
    }
}

/// A page of the history, the latest change first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// The changes.
    pub changes: Vec<Change>,
    /// The change to go on from, where there may be older ones.
    pub older: Option<ChangeId>,
}

/// One change: what somebody did at one stroke.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Which change, and the moment right after it.
    pub id: ChangeId,
    /// Who made it, if it says.
    pub by: Option<UserId>,
    /// When, in milliseconds since 1970, by the writer's clock and to the second.
    pub at: i64,
    /// What it did, in the order it was done.
    pub entries: Vec<Entry>,
    /// Whether it did more than what is told of here.
    pub more: bool,
}

/// One thing that a change did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The row, by the name it has among those who are here; none for what belongs to the whole plan.
    pub row: Option<String>,
    /// What the row is called now.
    pub name: String,
    /// Which of its cells, such as “Budget 2021”; empty where it is about the row itself.
    pub place: String,
    /// What was done.
    pub changed: Changed,
    /// What the row is.
    #[serde(default)]
    pub thing: Thing,
    /// What brings back what stood there before, where that can be done.
    pub back: Option<Command>,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Changed {
    /// A row was added.
    Added,
    /// A row was removed.
    Removed,
    /// A removed row was brought back.
    Restored,
    /// A row was moved.
    Moved,
    /// An amount was written.
    Amount {
        /// What stood there: several where people had written at once. Empty is not zero.
        before: Vec<Option<Money>>,
        /// What was written.
        after: Option<Money>,
    },
    /// A text, a word or a day was written.
    Text {
        /// What stood there.
        before: String,
        /// What stood there afterwards.
        after: String,
    },
}

impl Entry {
    /// The entry, unless something was written for the first time that reads as nothing did there: what holds where
    /// nothing is chosen, or an empty amount.
    pub(super) fn worth_telling(self, before: &Held) -> Option<Self> {
        let is_same = *before == Held::Nothing
            && match &self.changed {
                Changed::Amount { before, after } => before.as_slice() == [*after],
                Changed::Text { before, after } => before == after,
                Changed::Added | Changed::Removed | Changed::Restored | Changed::Moved => false,
            };
        (!is_same).then_some(self)
    }
}

impl Changed {
    /// An amount, and the command that writes again what stood there: none where that was for somebody to pick.
    pub(super) fn amount<C: Into<Command>>(
        touch: &Touch,
        write: impl FnOnce(Option<Money>) -> C,
    ) -> (Self, Option<Command>) {
        let before = touch.before.amounts();
        let back = match before.as_slice() {
            [amount] => Some(write(*amount).into()),
            _ => None,
        };
        let after = touch.after.amounts().first().copied().flatten();
        (Self::Amount { before, after }, back)
    }

    /// A text as it was and as it became.
    pub(super) fn text(touch: &Touch) -> Self {
        Self::worded(touch, |held| held.word().to_owned())
    }

    /// Something that is shown as words.
    pub(super) fn worded(touch: &Touch, words: impl Fn(&Held) -> String) -> Self {
        Self::Text { before: words(&touch.before), after: words(&touch.after) }
    }
}

impl History {
    /// Reads the changes asked for. `slot_of` says where a cell of this kind of document stands, none for one of another
    /// kind; `describe` what was done at a place, none for what no page shows.
    pub(super) fn read(
        doc: &mut AutoCommit,
        asked: &Asked,
        slot_of: impl FnOnce(&Cell) -> Option<Slot>,
        mut describe: impl FnMut(&AutoCommit, &Touch) -> Option<Entry>,
    ) -> Self {
        let before = asked.before.map(ChangeId::hash);
        let told = |doc: &AutoCommit, _: &Made, touch: Touch| describe(doc, &touch)?.worth_telling(&touch.before);
        let (told, older) = match &asked.scope {
            Scope::Document => changes(doc, before, asked.count, None, told),
            Scope::Row(row) => {
                let is_meant = |slot: &Slot| slot.key == *row || slot.map.names().get(1) == Some(row);
                changes(doc, before, asked.count, Some(&is_meant), told)
            }
            Scope::Cell(cell) => {
                let Some(slot) = slot_of(cell) else { return Self::default() };
                changes(doc, before, asked.count, Some(&|touched: &Slot| *touched == slot), told)
            }
            Scope::Change(id) => one_change(doc, id.hash(), told),
        };
        let changes = told.into_iter().map(|Told { made, entries, more }| Change {
            id: made.hash.into(),
            by: made.by,
            at: made.at,
            entries,
            more,
        });
        Self { changes: changes.collect(), older: older.map(ChangeId) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_for_a_row_and_for_what_came_before_a_change() {
        let hash = "ab".repeat(32);
        let asked = Asked::in_query(&format!("rad=8C2k&fore={hash}&annat=1"));
        assert_eq!(asked.scope, Scope::Row("8C2k".to_owned()));
        assert_eq!(asked.before.map(|id| id.to_string()), Some(hash));
        let hash = "cd".repeat(32);
        let asked = Asked::in_query(&format!("steg={hash}"));
        let Scope::Change(id) = asked.scope else { panic!("{:?}", asked.scope) };
        assert_eq!(id.to_string(), hash);
        for query in ["", "rad=&fore=nej", "rad&fore", "steg=nej"] {
            let asked = Asked::in_query(query);
            assert_eq!((asked.scope, asked.before, asked.count), (Scope::Document, None, PAGE), "{query}");
        }
    }
}
