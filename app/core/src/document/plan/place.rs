//! The rows and cells of an association's plan, and where each is kept.

use serde::{Deserialize, Serialize};

use super::schema;
use crate::document::tree::path::{Path, Slot};
use crate::domain::{EquivalentId, IncomeId, LineId, OutcomeId, SectionId, VersionId, Year};

/// A row of an association's plan that is added, moved, removed and brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RowRef {
    /// *Avsnitt*.
    Section(SectionId),
    /// *Budgetrad*.
    Line(LineId),
    /// *Intäkt*.
    Income(IncomeId),
    /// *Utfall*: all that is known through a date.
    Outcome(OutcomeId),
    /// *Helårsekvivalenter*: one area, year and sex.
    Equivalent(EquivalentId),
    /// *Version*: a named moment, which can be taken away until it is decided.
    Version(VersionId),
}

impl RowRef {
    /// The name of its table and of itself in the document.
    pub(super) fn place(self) -> (&'static str, String) {
        match self {
            Self::Section(id) => (schema::SECTIONS, id.to_string()),
            Self::Line(id) => (schema::LINES, id.to_string()),
            Self::Income(id) => (schema::INCOME, id.to_string()),
            Self::Outcome(id) => (schema::OUTCOMES, id.to_string()),
            Self::Equivalent(id) => (schema::EQUIVALENTS, id.to_string()),
            Self::Version(id) => (schema::VERSIONS, id.to_string()),
        }
    }

    /// What the row is called among those who are here, and in ids of elements.
    pub fn key(&self) -> String {
        self.place().1
    }

    pub(super) fn path(self) -> Path {
        let (table, id) = self.place();
        Path::row(table, id)
    }
}

/// A row that an outcome speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum BudgetRow {
    /// *Budgetrad*.
    Line(LineId),
    /// *Intäkt*.
    Income(IncomeId),
}

impl BudgetRow {
    /// The row itself.
    pub(super) fn row(self) -> RowRef {
        match self {
            Self::Line(id) => RowRef::Line(id),
            Self::Income(id) => RowRef::Income(id),
        }
    }

    /// Its name within an outcome: ids of lines and of income are random alike, and never meet.
    pub(super) fn name(self) -> String {
        self.row().key()
    }
}

/// *Belopp*: a cell that holds an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AmountCell {
    /// *Budget* or *utblick* of a line.
    Line(LineId, Year),
    /// *Budget* or *utblick* of a row of income.
    Income(IncomeId, Year),
    /// *Ingående eget kapital* of the first year.
    OpeningEquity,
    /// *Utfall*.
    Outcome(OutcomeId, BudgetRow),
    /// *Prognos*.
    Forecast(OutcomeId, BudgetRow),
}

impl AmountCell {
    /// The row of the budget that it stands in or speaks of; none for what belongs to the whole plan.
    pub fn budget_row(self) -> Option<BudgetRow> {
        match self {
            Self::Line(id, _) => Some(BudgetRow::Line(id)),
            Self::Income(id, _) => Some(BudgetRow::Income(id)),
            Self::OpeningEquity => None,
            Self::Outcome(_, row) | Self::Forecast(_, row) => Some(row),
        }
    }

    /// The row of the budget that an outcome speaks of here, if this is a cell of one.
    pub(super) fn speaks_of(self) -> Option<RowRef> {
        match self {
            Self::Outcome(_, row) | Self::Forecast(_, row) => Some(row.row()),
            Self::Line(..) | Self::Income(..) | Self::OpeningEquity => None,
        }
    }

    pub(super) fn slot(self) -> Slot {
        match self {
            Self::Line(id, year) => Path::row(schema::LINES, id).map(schema::AMOUNTS).slot(year),
            Self::Income(id, year) => Path::row(schema::INCOME, id).map(schema::AMOUNTS).slot(year),
            Self::OpeningEquity => Path::table(schema::SETTINGS).slot("opening_equity"),
            Self::Outcome(id, row) => Path::row(schema::OUTCOMES, id).map(schema::AMOUNTS).slot(row.name()),
            Self::Forecast(id, row) => Path::row(schema::OUTCOMES, id).map(schema::FORECASTS).slot(row.name()),
        }
    }
}

/// *Text*: a cell that colleagues edit letter by letter, so that what both write is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TextCell {
    /// *Namn* of a section, a line, a row of income or a version; *Område* of a row of full-year equivalents.
    Name(RowRef),
    /// *Anteckning* on a line or a version.
    Note(RowRef),
    /// *Kommentar* to an outcome.
    Comment(OutcomeId, BudgetRow),
    /// *Föreslagen åtgärd*.
    Action(OutcomeId, BudgetRow),
}

impl TextCell {
    /// The row of the budget that an outcome speaks of here, if this is a cell of one.
    pub(super) fn speaks_of(self) -> Option<RowRef> {
        match self {
            Self::Comment(_, row) | Self::Action(_, row) => Some(row.row()),
            Self::Name(_) | Self::Note(_) => None,
        }
    }

    /// Where it is kept; none where the row has no such text.
    pub(super) fn slot(self) -> Option<Slot> {
        match self {
            Self::Name(RowRef::Outcome(_)) => None,
            Self::Name(row @ RowRef::Equivalent(_)) => Some(row.path().slot("area")),
            Self::Name(row) => Some(row.path().slot("name")),
            Self::Note(row @ (RowRef::Line(_) | RowRef::Version(_))) => Some(row.path().slot("note")),
            Self::Note(_) => None,
            Self::Comment(id, row) => Some(Path::row(schema::OUTCOMES, id).map(schema::COMMENTS).slot(row.name())),
            Self::Action(id, row) => Some(Path::row(schema::OUTCOMES, id).map(schema::ACTIONS).slot(row.name())),
        }
    }
}
