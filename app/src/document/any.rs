//! A document of whichever kind, for those who hold one without caring which: the engine, the hand-over file.
//!
//! The one place that lists the kinds. Each kind brings its commands, its read model and what a refresh touched.

use automerge::{AutoCommit, ROOT};
use serde::{Deserialize, Serialize};

use super::county::{self, CountyCommand, CountyPlan};
use super::history::{Asked, History};
use super::plan::{self, Plan, PlanCommand};
use super::tree::conflict::AmountConflict;
use super::tree::value::stored;
use super::{CommandError, EditContext, Edited};
use crate::domain::UserId;

/// Root of every document: which kind it is.
pub const KIND: &str = "kind";
/// Root of every document that is drawn: the budget year.
pub const YEAR: &str = "year";
/// Root of every document that is drawn: its title.
pub const TITLE: &str = "title";

/// *Slag*: what a document is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// *Länsgemensam plan*.
    County,
    /// *Ett förbunds plan och budget*.
    Plan,
}

impl Kind {
    /// The kind by the name it has in lists of documents and in addresses of programs; none for what is not drawn.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "county" => Some(Self::County),
            "plan" => Some(Self::Plan),
            _ => None,
        }
    }

    /// Whether a document says that it is of this kind.
    pub fn is_in(self, doc: &AutoCommit) -> bool {
        stored(doc, &ROOT, KIND).0.word() == Some(self.word())
    }

    /// What the document's own `kind` says.
    pub fn word(self) -> &'static str {
        match self {
            Self::County => county::schema::KIND_COUNTY_PLAN,
            Self::Plan => plan::schema::KIND_PLAN,
        }
    }
}

/// The read model of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// *Länsgemensam plan*.
    County(CountyPlan),
    /// *Ett förbunds plan och budget*.
    Plan(Box<Plan>),
}

/// One thing a user does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// To a county plan.
    County(CountyCommand),
    /// To an association's plan.
    Plan(PlanCommand),
}

/// What a refresh changed in the read model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Touched {
    /// Nothing that shows.
    #[default]
    Nothing,
    /// Of a county plan.
    County(county::Touched),
    /// Of an association's plan.
    Plan(plan::Touched),
}

/// A row of any kind of document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnyRow {
    /// Of a county plan.
    County(county::RowRef),
    /// Of an association's plan.
    Plan(plan::RowRef),
}

impl Content {
    /// Reads the document and has automerge note changes from here on; see [`county::track`].
    pub fn track(kind: Kind, doc: &mut AutoCommit) -> Self {
        match kind {
            Kind::County => Self::County(county::track(doc)),
            Kind::Plan => Self::Plan(Box::new(plan::track(doc))),
        }
    }

    /// Brings the read model up to what `doc` holds; see [`county::refresh`].
    pub fn refresh(&mut self, doc: &mut AutoCommit) -> Touched {
        match self {
            Self::County(plan) => {
                let touched = county::refresh(doc, plan);
                if touched.is_empty() { Touched::Nothing } else { Touched::County(touched) }
            }
            Self::Plan(plan) => {
                let touched = plan::refresh(doc, plan);
                if touched.is_empty() { Touched::Nothing } else { Touched::Plan(touched) }
            }
        }
    }

    /// The removed row that goes by a name among those who are here, and whoever removed it.
    pub fn removed_row(&self, key: &str) -> Option<(AnyRow, Option<UserId>)> {
        match self {
            Self::County(plan) => {
                let gone = plan.removed.iter().find(|gone| gone.row.key() == key)?;
                Some((AnyRow::County(gone.row.clone()), gone.by))
            }
            Self::Plan(plan) => {
                let gone = plan.removed.iter().find(|gone| gone.row.key() == key)?;
                Some((AnyRow::Plan(gone.row), gone.by))
            }
        }
    }

    /// The amounts that wait for someone to pick, at the places that `touched` names.
    pub fn conflicts_in(&self, touched: &Touched) -> Vec<&AmountConflict> {
        match (self, touched) {
            (Self::County(plan), Touched::County(touched)) => {
                touched.conflicts.iter().flat_map(|row| plan.conflicts_at(row)).collect()
            }
            (Self::Plan(plan), Touched::Plan(touched)) => {
                touched.conflicts.iter().filter_map(|cell| plan.conflict_at(*cell)).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Touched {
    /// Whether nothing that shows has changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::Nothing
    }

    /// Whether rows came, went or changed places.
    pub fn moves_rows(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::County(touched) => touched.order,
            Self::Plan(touched) => touched.order,
        }
    }

    /// Whether the list of removed rows changed.
    pub fn removes_rows(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::County(touched) => touched.removed,
            Self::Plan(touched) => touched.removed,
        }
    }
}

impl From<CountyCommand> for Command {
    fn from(command: CountyCommand) -> Self {
        Self::County(command)
    }
}

impl From<PlanCommand> for Command {
    fn from(command: PlanCommand) -> Self {
        Self::Plan(command)
    }
}

/// Applies a command, as [`county::edit`] does.
///
/// # Errors
/// [`CommandError`], with the document as it was; also where the command is for another kind of document.
pub fn edit(doc: &mut AutoCommit, command: &Command, context: &EditContext) -> Result<Edited, CommandError> {
    match command {
        Command::County(command) => county::edit(doc, command, context),
        Command::Plan(command) => plan::edit(doc, command, context),
    }
}

/// Who changed what, from what to what, and when: the changes that are asked for, of a document of a kind.
pub fn history(kind: Kind, doc: &mut AutoCommit, asked: &Asked) -> History {
    match kind {
        Kind::County => county::history::history(doc, asked),
        Kind::Plan => plan::history::history(doc, asked),
    }
}
