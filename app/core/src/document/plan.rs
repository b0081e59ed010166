//! *Verksamhetsplan och budget* of one association and year: typed commands in, a read model out.
//!
//! The read model, as pages see it, is here. [`command`] says what a user can do, [`place`] which rows and cells there
//! are, [`schema`] how it is kept, [`mod@edit`] what each command writes, [`read`] and [`refresh`] how it is read whole
//! and row by row.

pub mod command;
mod demo;
mod edit;
pub mod fill;
pub mod history;
pub mod import;
pub mod moment;
mod next_year;
mod open;
mod outcome;
pub mod place;
mod read;
mod refresh;
mod rows;
pub mod schema;
pub mod version;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use command::PlanCommand;
pub use demo::{demo_2019, demo_2021};
pub use edit::edit;
pub use next_year::open_next_year;
pub use open::{NewPlan, first_change, open};
pub use place::{AmountCell, BudgetRow, RowRef, TextCell};
pub use read::{read, read_at};
pub use refresh::{refresh, track};
pub use version::{Heads, VersionView};

pub use super::tree::conflict::{AmountConflict, Candidate};
use crate::domain::check::{self, CountyContribution, Finding};
use crate::domain::ledger::{Destination, Selector};
use crate::domain::{
    AssociationId, Budget, BudgetLine, CeilingRate, EquivalentId, EquivalentRow, Income, IncomeId, LineId, Money,
    Outcome, OutcomeId, Section, SectionId, StatedFigures, UserId, VersionId, Year,
};

/// *Verksamhetsplan*: what a page shows of it. Read once, then refreshed row by row.
///
/// Rows are sorted by their order and then by id, so that every replica shows them alike.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// Title, year and what holds for the whole plan.
    pub header: Header,
    /// *Avsnitt*.
    pub sections: Vec<SectionView>,
    /// *Budgetrader* of all sections that show.
    pub lines: Vec<LineView>,
    /// *Intäkter*.
    pub income: Vec<IncomeView>,
    /// *Utfall*, the earliest first.
    pub outcomes: Vec<OutcomeView>,
    /// *Helårsekvivalenter*.
    pub equivalents: Vec<EquivalentView>,
    /// Figures as the source prints them.
    pub stated: StatedFigures,
    /// *Koppling av konton*: where what is booked belongs.
    #[serde(with = "as_pairs")]
    pub accounts: BTreeMap<Selector, Destination<LineId, IncomeId>>,
    /// *Versioner*, the earliest first.
    pub versions: Vec<VersionView>,
    /// Rows that were removed and can be brought back, the latest first.
    pub removed: Vec<RemovedRow>,
}

/// What stands above the tables, and what holds for all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Header {
    /// Whose plan it is.
    pub association: Option<AssociationId>,
    /// *Budgetår*; none in a document that is not here yet.
    pub year: Option<Year>,
    /// *Rubrik*.
    pub title: String,
    /// *Diarienummer*.
    pub dnr: String,
    /// The years shown, the budget year among them, in order.
    pub years: Vec<Year>,
    /// *Ingående eget kapital* of the first year.
    pub opening_equity: Option<Money>,
    /// Amounts of it that were written at the same time, until someone picks.
    pub opening_conflict: Option<AmountConflict>,
    /// *Tak för eget kapital*.
    pub ceiling: CeilingRate,
}

/// A section and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionView {
    /// Which section this is.
    pub id: SectionId,
    /// *Namn*.
    pub name: String,
    /// Its place among the others.
    pub order: String,
}

/// A budget line and what the page must know beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineView {
    /// The line itself.
    pub line: BudgetLine,
    /// The section it stands in.
    pub section: SectionId,
    /// Its place among the others.
    pub order: String,
    /// Amounts written at the same time, by year, until someone picks.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub conflicts: BTreeMap<Year, AmountConflict>,
}

/// A row of income and what the page must know beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomeView {
    /// The row itself.
    pub income: Income,
    /// Its place among the others.
    pub order: String,
    /// Amounts written at the same time, by year, until someone picks.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub conflicts: BTreeMap<Year, AmountConflict>,
}

/// An outcome and what the page must know beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeView {
    /// The outcome itself.
    pub outcome: Outcome,
    /// Amounts written at the same time, by the row and whether it is the outcome or the forecast.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<(AmountCell, AmountConflict)>,
    /// Whether two people began the same comment or action without knowing of each other: both are read, and what is
    /// written in the one that automerge does not show comes without a patch.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_text_begun_twice: bool,
}

/// A row of full-year equivalents and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EquivalentView {
    /// The row itself.
    pub row: EquivalentRow,
    /// Its place among the others.
    pub order: String,
}

/// *Borttagen rad*: a row that can be brought back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedRow {
    /// Which row.
    pub row: RowRef,
    /// What the row was about.
    pub label: String,
    /// Who removed it, if the change says.
    pub by: Option<UserId>,
    /// When, in milliseconds since 1970, by the remover's clock.
    pub at: i64,
}

/// What a refresh changed in the read model: the view writes these signals and no others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Title, years or settings.
    pub header: bool,
    /// Sections that were changed, added, removed or moved.
    pub sections: BTreeSet<SectionId>,
    /// Lines that were.
    pub lines: BTreeSet<LineId>,
    /// Rows of income that were.
    pub income: BTreeSet<IncomeId>,
    /// Outcomes that were changed, added or removed.
    pub outcomes: BTreeSet<OutcomeId>,
    /// Rows of full-year equivalents that were.
    pub equivalents: BTreeSet<EquivalentId>,
    /// Versions that were.
    pub versions: BTreeSet<VersionId>,
    /// Whether stated figures changed.
    pub stated: bool,
    /// Whether the mapping of accounts changed.
    pub accounts: bool,
    /// Whether rows came, went or changed places in any table.
    pub order: bool,
    /// Whether the list of removed rows changed.
    pub removed: bool,
    /// Cells where a conflict arose, changed or was settled.
    pub conflicts: BTreeSet<AmountCell>,
}

impl Touched {
    /// Whether nothing that shows has changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Plan {
    /// The section of that id, unless removed.
    pub fn section(&self, id: SectionId) -> Option<&SectionView> {
        self.sections.iter().find(|view| view.id == id)
    }

    /// The line of that id, unless it or its section is removed.
    pub fn line(&self, id: LineId) -> Option<&LineView> {
        self.lines.iter().find(|view| view.line.id == id)
    }

    /// The row of income of that id, unless removed.
    pub fn income_of(&self, id: IncomeId) -> Option<&IncomeView> {
        self.income.iter().find(|view| view.income.id == id)
    }

    /// The outcome of that id, unless removed.
    pub fn outcome(&self, id: OutcomeId) -> Option<&OutcomeView> {
        self.outcomes.iter().find(|view| view.outcome.id == id)
    }

    /// The plan's figures as a budget: what sums, results and checks are worked out from. None where the document is
    /// not here yet.
    pub fn budget(&self) -> Option<Budget> {
        let year = self.header.year?;
        let lines_of = |section: SectionId| {
            let lines = self.lines.iter().filter(move |view| view.section == section);
            lines.map(|view| view.line.clone()).collect()
        };
        let section = |view: &SectionView| Section { id: view.id, name: view.name.clone(), lines: lines_of(view.id) };
        Some(Budget {
            year,
            years: self.header.years.clone(),
            income: self.income.iter().map(|view| view.income.clone()).collect(),
            sections: self.sections.iter().map(section).collect(),
            opening_equity: self.header.opening_equity,
            ceiling: self.header.ceiling,
        })
    }

    /// *Kontrollräkning*: what cannot be right in the plan, and which rules it does not keep to. `contributions` is what
    /// county plans say of its association.
    pub fn findings(&self, contributions: &[CountyContribution]) -> Vec<Finding> {
        let Some(budget) = self.budget() else { return Vec::new() };
        let outcomes: Vec<_> = self.outcomes.iter().map(|view| view.outcome.clone()).collect();
        let equivalents: Vec<_> = self.equivalents.iter().map(|view| view.row.clone()).collect();
        check::plan_findings(&budget, &outcomes, &equivalents, &self.stated, contributions)
    }

    /// The amounts at a cell that wait for someone to pick, if there are several.
    pub fn conflict_at(&self, cell: AmountCell) -> Option<&AmountConflict> {
        match cell {
            AmountCell::Line(id, year) => self.line(id)?.conflicts.get(&year),
            AmountCell::Income(id, year) => self.income_of(id)?.conflicts.get(&year),
            AmountCell::OpeningEquity => self.header.opening_conflict.as_ref(),
            AmountCell::Outcome(id, _) | AmountCell::Forecast(id, _) => {
                let conflicts = &self.outcome(id)?.conflicts;
                conflicts.iter().find(|(place, _)| *place == cell).map(|(_, conflict)| conflict)
            }
        }
    }

    /// Every cell whose amounts wait for someone to pick, in reading order.
    pub fn conflicts(&self) -> Vec<(AmountCell, &AmountConflict)> {
        let opening = self.header.opening_conflict.iter().map(|conflict| (AmountCell::OpeningEquity, conflict));
        let lines = self.lines.iter().flat_map(|view| {
            view.conflicts.iter().map(|(year, conflict)| (AmountCell::Line(view.line.id, *year), conflict))
        });
        let income = self.income.iter().flat_map(|view| {
            view.conflicts.iter().map(|(year, conflict)| (AmountCell::Income(view.income.id, *year), conflict))
        });
        let outcomes = self.outcomes.iter().flat_map(|view| view.conflicts.iter().map(|(cell, it)| (*cell, it)));
        opening.chain(lines).chain(income).chain(outcomes).collect()
    }
}

/// JSON has no keys but texts that serde writes for structs; a list of pairs needs no such care.
mod as_pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer, K: Serialize, V: Serialize>(
        map: &BTreeMap<K, V>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(map)
    }

    pub fn deserialize<'de, D: Deserializer<'de>, K: Deserialize<'de> + Ord, V: Deserialize<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<K, V>, D::Error> {
        Vec::<(K, V)>::deserialize(deserializer).map(|pairs| pairs.into_iter().collect())
    }
}
