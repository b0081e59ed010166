//! Excel's format, read by calamine one cell at a time: its grids of a whole sheet are as large as the farthest cell.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx};
use rust_decimal::Decimal;
use samplan_core::domain::sheet::{Cell, Sheet};

use super::SheetError;
use super::grid::Grids;
use super::package::Package;

pub(super) fn read(mut package: Package<'_>, bytes: &[u8]) -> Result<Vec<Sheet>, SheetError> {
    package.weigh()?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(SheetError::broken)?;
    let is_grid = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
    let names: Vec<_> = workbook.sheets_metadata().iter().filter(is_grid).map(|sheet| sheet.name.clone()).collect();
    let mut grids = Grids::default();
    for name in names {
        grids.begin(&name)?;
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(SheetError::broken)?;
        while let Some(cell) = cells.next_cell().map_err(SheetError::broken)? {
            let (row, column) = cell.get_position();
            grids.put(row as usize, column as usize, plain(cell.get_value()))?;
        }
    }
    Ok(grids.into_sheets())
}

fn plain(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::from_text(text),
        DataRef::SharedString(text) => Cell::from_text(text),
        DataRef::Int(number) => Cell::Number(Decimal::from(*number)),
        DataRef::Float(number) => figure(*number),
        DataRef::Bool(true) => Cell::Text("SANT".into()),
        DataRef::Bool(false) => Cell::Text("FALSKT".into()),
        DataRef::DateTime(moment) => date(moment),
        DataRef::DateTimeIso(text) => {
            text.get(..10).and_then(|day| day.parse().ok()).map_or(Cell::from_text(text), Cell::Date)
        }
        DataRef::DurationIso(text) => Cell::from_text(text),
        DataRef::Error(fault) => Cell::Fault(fault.to_string()),
    }
}

fn date(moment: &ExcelDateTime) -> Cell {
    if moment.is_duration() {
        return figure(moment.as_f64());
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}").parse().map_or_else(|_| figure(moment.as_f64()), Cell::Date)
}

/// The decimal that a spreadsheet means by a binary number: fifteen digits are what these programs show and keep, so that
/// 0.1 + 0.2 is 0.3 there too.
pub(super) fn figure(number: f64) -> Cell {
    let text = format!("{number:.14e}");
    match Decimal::from_scientific(&text) {
        Ok(decimal) => Cell::Number(decimal.normalize()),
        Err(_) => Cell::Text(text),
    }
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn a_binary_number_becomes_the_decimal_that_was_meant() {
        for (number, text) in [
            (17_035.0, "17035"),
            (0.1 + 0.2, "0,3"),
            (1_234.560_000_000_000_2, "1234,56"),
            (-5_196.0, "-5196"),
            (0.0, "0"),
            (1e300, "1.00000000000000e300"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(figure(number).text(), text);
        }
    }
}
