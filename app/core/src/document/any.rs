//! A document of whichever kind, for those who hold one without caring which: the engine, the hand-over file.
//!
//! The one place that lists the kinds. Each kind brings its commands, its read model and what a refresh touched.

use automerge::{AutoCommit, ROOT};
use serde::{Deserialize, Serialize};

use super::catalogue::{self, Catalogue, CatalogueCommand};
use super::county::{self, CountyCommand, CountyPlan};
use super::history::{Asked, History};
use super::occasion::{self, OccasionCommand, OccasionView};
use super::plan::{self, Plan, PlanCommand};
use super::tree::conflict::AmountConflict;
use super::tree::value::stored;
use super::{CommandError, EditContext, Edited};
use crate::domain::{CourseId, UserId};

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
    /// *Kurskatalog*.
    Catalogue,
    /// *Kurstillfälle*.
    Occasion,
}

/// The title that a document of any kind says it has; none where it says none.
pub fn title(doc: &AutoCommit) -> Option<String> {
    let (title, _) = stored(doc, &ROOT, TITLE);
    title.word().map(str::trim).filter(|title| !title.is_empty()).map(str::to_owned)
}

impl Kind {
    /// The kind by the name it has in lists of documents and in addresses of programs; none for what is not drawn.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "county" => Some(Self::County),
            "plan" => Some(Self::Plan),
            "catalogue" => Some(Self::Catalogue),
            "occasion" => Some(Self::Occasion),
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
            Self::Catalogue => catalogue::schema::KIND_CATALOGUE,
            Self::Occasion => occasion::schema::KIND_OCCASION,
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
    /// *Kurskatalog*.
    Catalogue(Catalogue),
    /// *Kurstillfälle*.
    Occasion(Box<OccasionView>),
}

/// One thing a user does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// To a county plan.
    County(CountyCommand),
    /// To an association's plan.
    Plan(PlanCommand),
    /// To a catalogue.
    Catalogue(CatalogueCommand),
    /// To an occasion.
    Occasion(OccasionCommand),
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
    /// Of a catalogue.
    Catalogue(catalogue::Touched),
    /// Of an occasion.
    Occasion(occasion::Touched),
}

/// A row of any kind of document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnyRow {
    /// Of a county plan.
    County(county::RowRef),
    /// Of an association's plan.
    Plan(plan::RowRef),
    /// Of a catalogue.
    Course(CourseId),
}

impl Content {
    /// Reads the document and has automerge note changes from here on; see [`county::track`].
    pub fn track(kind: Kind, doc: &mut AutoCommit) -> Self {
        match kind {
            Kind::County => Self::County(county::track(doc)),
            Kind::Plan => Self::Plan(Box::new(plan::track(doc))),
            Kind::Catalogue => Self::Catalogue(catalogue::track(doc)),
            Kind::Occasion => Self::Occasion(Box::new(occasion::track(doc))),
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
            Self::Catalogue(catalogue) => {
                let touched = catalogue::refresh(doc, catalogue);
                if touched.is_empty() { Touched::Nothing } else { Touched::Catalogue(touched) }
            }
            Self::Occasion(occasion) => {
                let touched = occasion::refresh(doc, occasion);
                if touched.is_empty() { Touched::Nothing } else { Touched::Occasion(touched) }
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
            Self::Catalogue(catalogue) => {
                let gone = catalogue.removed.iter().find(|gone| gone.id.to_string() == key)?;
                Some((AnyRow::Course(gone.id), gone.by))
            }
            // A registration is never removed.
            Self::Occasion(_) => None,
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
            Self::Catalogue(touched) => touched.order,
            // The list is sorted by name, and whoever comes is shown in it.
            Self::Occasion(_) => false,
        }
    }

    /// Whether the list of removed rows changed.
    pub fn removes_rows(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::County(touched) => touched.removed,
            Self::Plan(touched) => touched.removed,
            Self::Catalogue(touched) => touched.removed,
            Self::Occasion(_) => false,
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

impl From<CatalogueCommand> for Command {
    fn from(command: CatalogueCommand) -> Self {
        Self::Catalogue(command)
    }
}

impl From<OccasionCommand> for Command {
    fn from(command: OccasionCommand) -> Self {
        Self::Occasion(command)
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
        Command::Catalogue(command) => catalogue::edit(doc, command, context),
        Command::Occasion(command) => occasion::edit(doc, command, context),
    }
}

/// Who changed what, from what to what, and when: the changes that are asked for, of a document of a kind.
pub fn history(kind: Kind, doc: &mut AutoCommit, asked: &Asked) -> History {
    match kind {
        Kind::County => county::history::history(doc, asked),
        Kind::Plan => plan::history::history(doc, asked),
        Kind::Catalogue => catalogue::history::history(doc, asked),
        Kind::Occasion => occasion::history::history(doc, asked),
    }
}
