//! Reads a sheet by the user's choices. Every row with something in it ends in exactly one place of the preview.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::{Cell, Choices, RowRole, Sheet};
use crate::domain::money::{AmountUnit, Money};
use crate::domain::year::Year;

/// *Förhandsgranskning*: what an import would write, and what it would not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPreview {
    /// Sections with their lines. Lines before the first heading stand in a section without a name.
    pub sections: Vec<ImportSection>,
    /// Income rows.
    pub income: Vec<ImportRow>,
    /// The first row that tells the opening equity, if one does.
    pub opening_equity: Option<ImportRow>,
    /// Sums that the sheet states, with the section that they stand in or below.
    pub sums: Vec<(Option<usize>, ImportRow)>,
    /// Rows that are left out because of their role, with what stands there.
    pub skipped: Vec<(usize, String)>,
    /// Rows that cannot be taken over, each with the cell and the reason.
    pub refused: Vec<Refused>,
    /// How many amounts had parts of an öre, as results of a formula have, and were rounded.
    pub rounded: usize,
}

/// A section with its lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSection {
    /// The row of its heading; none for lines before the first.
    pub row: Option<usize>,
    /// The heading.
    pub name: String,
    /// Its lines.
    pub lines: Vec<ImportRow>,
}

/// A row with amounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// Which row of the sheet it is, from 0.
    pub row: usize,
    /// Its name.
    pub name: String,
    /// Its note; empty if there is none.
    pub note: String,
    /// The amounts. A year whose cell is empty or a dash is not in here: empty is not zero.
    pub amounts: BTreeMap<Year, Money>,
}

/// A row that cannot be taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Which row of the sheet it is, from 0.
    pub row: usize,
    /// The cell, such as `C7`.
    pub place: String,
    /// What is wrong, and what to do, in Swedish.
    pub reason: String,
}

/// Reads a sheet.
pub fn interpret(sheet: &Sheet, choices: &Choices) -> ImportPreview {
    let mut preview = ImportPreview::default();
    for (index, cells) in sheet.rows.iter().enumerate() {
        if cells.iter().all(Cell::is_empty) {
            continue;
        }
        let role = match choices.roles.get(&index) {
            Some(role) if index >= choices.first_row => *role,
            _ => RowRole::Skip,
        };
        let name = sheet.cell(index, choices.name_column).text();
        match role {
            RowRole::Skip => preview.skipped.push((index, shown(cells))),
            RowRole::Section => {
                preview.sections.push(ImportSection { row: Some(index), name, lines: Vec::new() });
            }
            RowRole::Line | RowRole::Income | RowRole::Sum | RowRole::OpeningEquity => {
                match read_row(sheet, choices, index, name, role, &mut preview.rounded) {
                    Ok(row) => preview.place(role, row),
                    Err(refused) => preview.refused.push(refused),
                }
            }
        }
    }
    preview
}

impl ImportPreview {
    fn place(&mut self, role: RowRole, row: ImportRow) {
        match role {
            RowRole::Income => self.income.push(row),
            RowRole::Sum => self.sums.push((self.sections.len().checked_sub(1), row)),
            RowRole::OpeningEquity if self.opening_equity.is_none() => self.opening_equity = Some(row),
            RowRole::OpeningEquity | RowRole::Skip | RowRole::Section => self.skipped.push((row.row, row.name)),
            RowRole::Line => match self.sections.last_mut() {
                Some(section) => section.lines.push(row),
                None => self.sections.push(ImportSection { lines: vec![row], ..ImportSection::default() }),
            },
        }
    }
}

fn read_row(
    sheet: &Sheet,
    choices: &Choices,
    index: usize,
    name: String,
    role: RowRole,
    rounded: &mut usize,
) -> Result<ImportRow, Refused> {
    let refused = |column, reason| Refused { row: index, place: Sheet::place(index, column), reason };
    if name.is_empty() && role != RowRole::Sum {
        return Err(refused(
            choices.name_column,
            "Raden har inget namn. Skriv ett, eller välj att hoppa över den.".into(),
        ));
    }
    let mut amounts = BTreeMap::new();
    let mut parts = 0;
    for (column, year) in &choices.year_columns {
        match amount(sheet.cell(index, *column), choices.unit) {
            Ok(None) => {}
            Ok(Some((amount, was_rounded))) => {
                parts += usize::from(was_rounded);
                amounts.insert(*year, amount);
            }
            Err(reason) => return Err(refused(*column, reason)),
        }
    }
    *rounded += parts;
    let note = choices.note_column.map(|column| sheet.cell(index, column).text()).unwrap_or_default();
    Ok(ImportRow { row: index, name, note, amounts })
}

/// The amount of a cell and whether it had to be rounded; none if the cell is empty or shows a dash.
pub(super) fn amount(cell: &Cell, unit: AmountUnit) -> Result<Option<(Money, bool)>, String> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Text(text) => {
            // A typeset minus alone is a dash too, and so is the longest one.
            let text = match text.trim() {
                "−" | "—" => "",
                text => text,
            };
            Money::parse_optional(text, unit)
                .map(|read| read.map(|amount| (amount, false)))
                .map_err(|error| error.to_string())
        }
        Cell::Number(number) => in_ore(*number, unit).map(Some).ok_or_else(|| "Beloppet är för stort.".to_owned()),
        Cell::Date(date) => Err(format!("Cellen innehåller datumet {date}, inte ett belopp.")),
        Cell::Fault(fault) => {
            Err(format!("Formeln i cellen går inte att räkna ut ({fault}). Rätta den i kalkylbladet."))
        }
    }
}

fn in_ore(number: Decimal, unit: AmountUnit) -> Option<(Money, bool)> {
    let per_unit = match unit {
        AmountUnit::Kronor => Decimal::ONE_HUNDRED,
        AmountUnit::TusenKronor => Decimal::from(100_000),
    };
    let exact = number.checked_mul(per_unit)?;
    let whole = exact.round_dp_with_strategy(0, MidpointAwayFromZero);
    Some((Money::in_range(whole.to_i64()?)?, whole != exact))
}

/// What stands in a row, for a list of rows that are not imported.
fn shown(cells: &[Cell]) -> String {
    let texts: Vec<_> = cells.iter().filter(|cell| !cell.is_empty()).map(Cell::text).collect();
    texts.join(" · ").chars().take(200).collect()
}
