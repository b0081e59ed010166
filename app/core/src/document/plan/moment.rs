//! Moments of a plan that people read and compare: each version, and now.

use std::fmt;
use std::str::FromStr;

use automerge::{AutoCommit, ReadDoc};
use serde::{Deserialize, Serialize};

use super::{Heads, Plan, VersionView, read, read_at};
use crate::document::history::ChangeId;
use crate::domain::budget::known::KnownBudget;
use crate::domain::{UserId, VersionId};

/// *Tidpunkt*: a version, the plan as it is now, or as it was right after a change. As text in addresses: a version's
/// id, `nu`, or the change's hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Moment {
    /// *Nu*: the plan as it stands.
    Now,
    /// As it was when the version was made.
    Version(VersionId),
    /// As whoever made the change saw it.
    Change(ChangeId),
}

impl FromStr for Moment {
    type Err = crate::domain::IdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            _ if text == "nu" => Ok(Self::Now),
            Ok(change) => Ok(Self::Change(change)),
            Err(_) => text.parse().map(Self::Version),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now => f.write_str("nu"),
            Self::Version(id) => id.fmt(f),
            Self::Change(id) => id.fmt(f),
        }
    }
}

impl TryFrom<String> for Moment {
    type Error = crate::domain::IdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

/// What a user asks to see of a plan's versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// The earlier of two that are compared.
    pub from: Option<Moment>,
    /// The later of two.
    pub to: Option<Moment>,
    /// One that is read as it was.
    pub read: Option<Moment>,
}

impl Asked {
    /// What the query of an address asks for: `fran`, `till` and `las`, each a [`Moment`]. Others are passed over.
    pub fn in_query(query: &str) -> Self {
        let mut asked = Self::default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let moment = value.parse().ok();
            match name {
                "fran" => asked.from = moment,
                "till" => asked.to = moment,
                "las" => asked.read = moment,
                _ => {}
            }
        }
        asked
    }
}

/// What is shown of a plan's versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// *Rubrik* of the plan as it is now.
    pub title: String,
    /// All versions, the earliest first.
    pub all: Vec<VersionView>,
    /// What is read or compared; none where there is nothing to show.
    pub shown: Option<Shown>,
    /// The changes after which it is read or compared, if it is asked for by them.
    pub changes: Vec<ChangeMade>,
}

/// Who made a change that is named as a moment, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeMade {
    /// Which change.
    pub id: ChangeId,
    /// Who made it, if it says.
    pub by: Option<UserId>,
    /// When, in milliseconds since 1970, by the maker's clock.
    pub at: i64,
}

/// A moment that is read, or two that are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// *Läs*: the budget as it was.
    Read(Moment, Box<KnownBudget>),
    /// *Jämför*: two budgets, the earlier first.
    Compared(Box<[(Moment, KnownBudget); 2]>),
}

/// Answers what is asked. Without a question the last two moments are compared: the last two versions, or the only
/// one with now. A version that is not there, or whose changes this copy lacks, is not shown.
pub fn versions(doc: &AutoCommit, asked: Asked) -> Versions {
    let plan = read(doc);
    let last = |nth: usize| plan.versions.iter().rev().nth(nth).map(|view| Moment::Version(view.id));
    let shown = match asked.read {
        Some(moment) => budget_at(doc, &plan, moment).map(|budget| Shown::Read(moment, Box::new(budget))),
        None => {
            let to = asked.to.or_else(|| if plan.versions.len() > 1 { last(0) } else { Some(Moment::Now) });
            let from = asked.from.or_else(|| last(usize::from(plan.versions.len() > 1)));
            let at = |moment: Moment| Some((moment, budget_at(doc, &plan, moment)?));
            from.zip(to).and_then(|(from, to)| Some(Shown::Compared(Box::new([at(from)?, at(to)?]))))
        }
    };
    let changes = [asked.from, asked.to, asked.read].into_iter().filter_map(|moment| made(doc, moment?)).collect();
    Versions { title: plan.header.title.clone(), all: plan.versions, shown, changes }
}

fn budget_at(doc: &AutoCommit, plan: &Plan, moment: Moment) -> Option<KnownBudget> {
    match moment {
        Moment::Now => plan.budget().map(KnownBudget::from),
        Moment::Version(id) => {
            let view = plan.versions.iter().find(|view| view.id == id)?;
            let then = read_at(doc, &view.heads)?;
            let budget = then.budget()?;
            Some(KnownBudget { budget, summary: view.version.is_summary.then_some(then.stated) })
        }
        Moment::Change(id) => read_at(doc, &Heads::new(vec![id.hash()]))?.budget().map(KnownBudget::from),
    }
}

fn made(doc: &AutoCommit, moment: Moment) -> Option<ChangeMade> {
    let Moment::Change(id) = moment else { return None };
    let change = ReadDoc::get_change_by_hash(doc, &id.hash())?;
    // A change says its author only where its actor is new: the document knows whom each actor belongs to.
    let by = doc.get_author_for_actor(change.actor_id());
    let by = by.and_then(|author| UserId::from_author_bytes(author.as_bytes()));
    Some(ChangeMade { id, by, at: change.timestamp().saturating_mul(1000) })
}
