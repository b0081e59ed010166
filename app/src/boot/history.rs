//! What the page of a document's history is drawn from.

use super::{CataloguePage, OccasionPage, PageData, PlanPage};
use crate::document::history::{Asked, ChangeId, Entry, History, Scope};
use serde::{Deserialize, Serialize};

/// What follows a document's address on the page of its history.
pub const HISTORY: &str = "/historik";

/// The history of a document: who changed what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryPage {
    /// The document, as its own page shows it.
    pub of: HistoryOf,
    /// The changes that are asked for.
    pub history: History,
    /// The row they are about, and what it is called; none for all of the document.
    pub row: Option<(String, String)>,
    /// The one change that is shown whole, if it is asked for.
    #[serde(default)]
    pub step: Option<ChangeId>,
    /// Whether these are the latest changes.
    pub is_latest: bool,
}

/// Whose history it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HistoryOf {
    /// An association's plan.
    Plan(Box<PlanPage>),
    /// A catalogue of courses.
    Catalogue(Box<CataloguePage>),
    /// An occasion.
    Occasion(Box<OccasionPage>),
}

impl HistoryOf {
    /// The document of a page; none where it has no page of its history.
    pub fn page(page: PageData) -> Option<Self> {
        match page {
            PageData::Plan(page) => Some(Self::Plan(page)),
            PageData::Catalogue(page) => Some(Self::Catalogue(page)),
            PageData::Occasion(page) => Some(Self::Occasion(page)),
            _ => None,
        }
    }
}

impl HistoryPage {
    /// The page that answers what is asked.
    pub fn new(of: HistoryOf, history: History, asked: &Asked) -> Self {
        let row = match &asked.scope {
            Scope::Row(row) => {
                let own = |entry: &&Entry| entry.row.as_ref() == Some(row);
                let name = history.changes.iter().flat_map(|change| &change.entries).find(own);
                Some((row.clone(), name.map(|entry| entry.name.clone()).unwrap_or_default()))
            }
            Scope::Document | Scope::Cell(_) | Scope::Change(_) => None,
        };
        let step = if let Scope::Change(id) = asked.scope { Some(id) } else { None };
        Self { of, history, row, step, is_latest: asked.before.is_none() }
    }
}
