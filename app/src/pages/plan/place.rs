//! The rows and columns of the budget's table, by name.

use super::outcome::place as outcome_place;
use crate::components::grid::column::Columns;
use crate::components::grid::row::{Row, RowKey, RowRole};
use crate::components::grid::{CellKind, Column};
use crate::document::plan::{AmountCell, RowRef, TextCell};
use crate::domain::{IncomeId, LineId, SectionId, Year};
use crate::workspace::PlanWorkspace;
use leptos::prelude::*;
use std::sync::Arc;

/// The column of names.
pub const NAME: &str = "Name";
/// The column of notes.
pub const NOTE: &str = "Note";

/// A row of the budget's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The heading of a section.
    Section(SectionId),
    /// *Budgetrad*.
    Line(LineId),
    /// The sum of a section.
    Sum(SectionId),
    /// *Summa kostnader*.
    TotalCost,
    /// The heading above the income.
    IncomeHeading,
    /// *Intäkt*.
    Income(IncomeId),
    /// *Summa intäkter*.
    TotalIncome,
    /// *Årets resultat*.
    NetResult,
    /// *Ingående eget kapital*.
    Opening,
    /// *Utgående eget kapital*.
    Closing,
    /// *Tak för eget kapital*.
    Ceiling,
}

impl Place {
    /// What the row is called in its grid, in ids of elements, and among those who are here.
    pub fn key(self) -> RowKey {
        match self {
            Self::Section(id) => RowKey::new(&id.to_string()),
            Self::Line(id) => RowKey::new(&id.to_string()),
            Self::Income(id) => RowKey::new(&id.to_string()),
            Self::Sum(id) => RowKey::new(&format!("sum-{id}")),
            Self::TotalCost => RowKey::new("total-cost"),
            Self::IncomeHeading => RowKey::new("income"),
            Self::TotalIncome => RowKey::new("total-income"),
            Self::NetResult => RowKey::new("result"),
            Self::Opening => RowKey::new("opening"),
            Self::Closing => RowKey::new("closing"),
            Self::Ceiling => RowKey::new("ceiling"),
        }
    }

    /// The row of a key. Ids of sections, lines and income are random alike: the plan tells them apart.
    pub fn find(workspace: PlanWorkspace, key: &str) -> Option<Self> {
        let fixed = [
            Self::TotalCost,
            Self::IncomeHeading,
            Self::TotalIncome,
            Self::NetResult,
            Self::Opening,
            Self::Closing,
            Self::Ceiling,
        ];
        if let Some(place) = fixed.into_iter().find(|place| *place.key() == *key) {
            return Some(place);
        }
        if let Some(section) = key.strip_prefix("sum-") {
            return section.parse().ok().map(Self::Sum);
        }
        let line = key.parse().ok().filter(|id| workspace.line(*id).is_some()).map(Self::Line);
        let section = || key.parse().ok().filter(|id| workspace.section(*id).is_some()).map(Self::Section);
        let income = || key.parse().ok().filter(|id| workspace.income_row(*id).is_some()).map(Self::Income);
        line.or_else(section).or_else(income)
    }

    /// The row of the document, if it is one.
    pub fn row(self) -> Option<RowRef> {
        match self {
            Self::Section(id) => Some(RowRef::Section(id)),
            Self::Line(id) => Some(RowRef::Line(id)),
            Self::Income(id) => Some(RowRef::Income(id)),
            _ => None,
        }
    }

    /// The amount that is typed at a year, if one is. Equity opens once; the other years follow from it.
    pub fn amount(self, year: Year, first: Option<Year>) -> Option<AmountCell> {
        match self {
            Self::Line(id) => Some(AmountCell::Line(id, year)),
            Self::Income(id) => Some(AmountCell::Income(id, year)),
            Self::Opening => (first == Some(year)).then_some(AmountCell::OpeningEquity),
            _ => None,
        }
    }

    /// The text that is typed at a column, if one is.
    pub fn text(self, column: &str) -> Option<TextCell> {
        match (column, self) {
            (NAME, _) => self.row().map(TextCell::Name),
            (NOTE, Self::Line(id)) => Some(TextCell::Note(RowRef::Line(id))),
            _ => None,
        }
    }

    /// What stands in one of its cells.
    pub fn kind(self, column: &str, first: Option<Year>) -> CellKind {
        if column == NAME {
            return if self.row().is_some() { CellKind::Text } else { CellKind::Name };
        }
        match (column.parse::<Year>(), self) {
            (Err(_), Self::Line(_)) => CellKind::Text,
            (Err(_), _) | (Ok(_), Self::Section(_) | Self::IncomeHeading) => CellKind::Nothing,
            (Ok(year), _) if self.amount(year, first).is_some() => CellKind::Amount,
            (Ok(_), _) => CellKind::Sum,
        }
    }
}

/// The rows of the budget's table, in order.
pub fn rows(workspace: PlanWorkspace) -> Vec<Row> {
    let row = |place: Place, role| Row { key: place.key(), role };
    let lines = workspace.lines().get();
    let mut rows = Vec::with_capacity(lines.len() + 16);
    for section in workspace.sections().get() {
        rows.push(row(Place::Section(section), RowRole::Heading { open: true }));
        let own = lines.iter().filter(|(of, _)| *of == section);
        rows.extend(own.map(|(_, line)| row(Place::Line(*line), RowRole::Line)));
        rows.push(row(Place::Sum(section), RowRole::Sum));
    }
    rows.push(row(Place::TotalCost, RowRole::Total));
    rows.push(row(Place::IncomeHeading, RowRole::Heading { open: true }));
    rows.extend(workspace.income().get().into_iter().map(|id| row(Place::Income(id), RowRole::Line)));
    rows.push(row(Place::TotalIncome, RowRole::Sum));
    rows.push(row(Place::NetResult, RowRole::Total));
    rows.push(row(Place::Opening, RowRole::Fixed));
    rows.push(row(Place::Closing, RowRole::Total));
    rows.push(row(Place::Ceiling, RowRole::Total));
    rows
}

/// The columns of the budget's table: the name, a column for each year, the note.
pub fn columns(budget_year: Option<Year>, years: &[Year]) -> Columns {
    let year = |year: &Year| {
        let heading = format!("{} {year}", if Some(*year) > budget_year { "Utblick" } else { "Budget" });
        Column::new(&year.to_string(), &heading, CellKind::Amount, "amount")
    };
    let name = Column::new(NAME, "Benämning", CellKind::Text, "what").row_header().with_notes();
    let note = Column::new(NOTE, "Anteckning", CellKind::Text, "comment");
    let all: Vec<Column> = [name].into_iter().chain(years.iter().map(year)).chain([note]).collect();
    Arc::from(all)
}

/// Which of [`columns`] holds a year's amounts, counted from 0; none for a year that does not show.
pub fn column_of(year: Year, years: &[Year]) -> Option<usize> {
    // After the names.
    years.iter().position(|shown| *shown == year).map(|at| at + 1)
}

/// What a column is called to people, from its name among those who are here.
pub fn column_name(key: &str) -> Option<String> {
    match key {
        NAME => Some("Benämning".to_owned()),
        NOTE => Some("Anteckning".to_owned()),
        year if year.parse::<Year>().is_ok() => Some(year.to_owned()),
        other => outcome_place::column_name(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(number: i32) -> Year {
        Year::new(number).expect("is a year")
    }

    #[test]
    fn a_column_for_each_year_stands_between_names_and_notes() {
        let columns = columns(Some(year(2021)), &[year(2021), year(2022)]);
        let headings: Vec<_> = columns.iter().map(|column| column.heading.to_string()).collect();
        assert_eq!(headings, ["Benämning", "Budget 2021", "Utblick 2022", "Anteckning"]);
        let years = [year(2021), year(2022)];
        for year in years {
            let at = column_of(year, &years).expect("shows");
            assert_eq!(*columns[at].key, *year.to_string());
        }
        assert_eq!(column_of(year(2023), &years), None);
    }

    #[test]
    fn only_the_first_year_opens_with_what_someone_typed() {
        let first = Some(year(2021));
        assert_eq!(Place::Opening.kind("2021", first), CellKind::Amount);
        assert_eq!(Place::Opening.kind("2022", first), CellKind::Sum);
        assert_eq!(Place::Opening.kind(NOTE, first), CellKind::Nothing);
    }

    #[test]
    fn sums_and_headings_are_not_typed() {
        let section = SectionId::from_random([1; 16]);
        assert_eq!(Place::Sum(section).kind("2021", None), CellKind::Sum);
        assert_eq!(Place::Section(section).kind("2021", None), CellKind::Nothing);
        assert_eq!(Place::Section(section).kind(NAME, None), CellKind::Text);
        assert_eq!(Place::IncomeHeading.kind(NAME, None), CellKind::Name);
    }
}
