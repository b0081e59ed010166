//! One row of the budget's table, as signals: what stands in its cells.

use super::figures::Figures;
use super::place::{NAME, Place};
use crate::components::grid::source::GridRow;
use crate::components::grid::{CellKind, Column};
use crate::document::plan::{AmountCell, AmountConflict};
use crate::domain::check::CountyContribution;
use crate::domain::{LineRole, Money, Year};
use crate::workspace::PlanWorkspace;
use leptos::prelude::*;

/// A row that follows the document. Reading it in a view makes the view follow too.
pub struct BudgetRow {
    /// Which row.
    pub place: Place,
    /// The plan it stands in.
    pub workspace: PlanWorkspace,
    /// What is worked out.
    pub figures: Memo<Figures>,
    /// What county plans say of the association.
    pub contributions: RwSignal<Vec<CountyContribution>>,
}

impl BudgetRow {
    fn first_year(&self) -> Option<Year> {
        self.workspace.header().with_untracked(|header| header.years.first().copied())
    }

    fn name(&self) -> String {
        name_of(self.workspace, self.place)
    }
}

impl GridRow for BudgetRow {
    fn label(&self) -> String {
        let name = self.name();
        match self.place {
            _ if !name.trim().is_empty() => name,
            Place::Section(_) => "Avsnitt utan namn".to_owned(),
            _ => "Rad utan namn".to_owned(),
        }
    }

    fn kind(&self, column: &Column) -> CellKind {
        self.place.kind(&column.key, self.first_year())
    }

    fn text(&self, column: &Column) -> String {
        match (&*column.key, self.place) {
            (NAME, _) => self.name(),
            (_, Place::Line(id)) => {
                self.workspace.line(id).map(|view| view.with(|view| view.line.note.clone())).unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    fn amount(&self, column: &Column) -> Option<Money> {
        let year = column.key.parse().ok()?;
        match self.place {
            Place::Line(id) => self.workspace.line(id)?.with(|view| view.line.amounts.get(&year).copied()),
            Place::Income(id) => self.workspace.income_row(id)?.with(|view| view.income.amounts.get(&year).copied()),
            Place::Opening if self.first_year() == Some(year) => {
                self.workspace.header().with(|header| header.opening_equity)
            }
            place => self.figures.with(|figures| figures.get(place, year)),
        }
    }

    fn has_conflict(&self, column: &Column) -> bool {
        let cell = column.key.parse().ok().and_then(|year| self.place.amount(year, self.first_year()));
        cell.is_some_and(|cell| conflict_at(self.workspace, cell).is_some())
    }

    fn note(&self, _column: &Column) -> Option<String> {
        match self.place {
            Place::Line(id) => {
                let role = self.workspace.line(id)?.with(|view| view.line.role.clone());
                // Where no county plan is at hand there is no such contribution to speak of.
                let is_there = role == LineRole::CountyTraining && !self.contributions.with(Vec::is_empty);
                is_there.then(|| "Samma pengar som bidraget i länsplanen".to_owned())
            }
            Place::Income(id) => Some(self.workspace.income_row(id)?.with(|view| view.income.party.label().to_owned())),
            _ => None,
        }
    }
}

/// What a row is called; empty where nobody has named it yet.
pub fn name_of(workspace: PlanWorkspace, place: Place) -> String {
    let section = |id| workspace.section(id).map(|view| view.with(|view| view.name.clone())).unwrap_or_default();
    match place {
        Place::Section(id) => section(id),
        Place::Line(id) => workspace.line(id).map(|view| view.with(|view| view.line.name.clone())).unwrap_or_default(),
        Place::Income(id) => {
            workspace.income_row(id).map(|view| view.with(|view| view.income.name.clone())).unwrap_or_default()
        }
        Place::Sum(id) => format!("Summa {}", section(id)),
        Place::TotalCost => "Summa kostnader".to_owned(),
        Place::IncomeHeading => "Intäkter".to_owned(),
        Place::TotalIncome => "Summa intäkter".to_owned(),
        Place::NetResult => "Årets resultat".to_owned(),
        Place::Opening => "Ingående eget kapital".to_owned(),
        Place::Closing => "Utgående eget kapital".to_owned(),
        Place::Ceiling => "Tak för eget kapital".to_owned(),
    }
}

/// The amounts at a cell that wait for someone to pick, if there are several.
pub fn conflict_at(workspace: PlanWorkspace, cell: AmountCell) -> Option<AmountConflict> {
    match cell {
        AmountCell::Line(id, year) => workspace.line(id)?.with(|view| view.conflicts.get(&year).cloned()),
        AmountCell::Income(id, year) => workspace.income_row(id)?.with(|view| view.conflicts.get(&year).cloned()),
        AmountCell::OpeningEquity => workspace.header().with(|header| header.opening_conflict.clone()),
        AmountCell::Outcome(id, _) | AmountCell::Forecast(id, _) => workspace
            .outcome(id)?
            .with(|view| view.conflicts.iter().find(|(place, _)| *place == cell).map(|(_, conflict)| conflict.clone())),
    }
}
