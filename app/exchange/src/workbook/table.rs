//! A plain list as a workbook: headings, rows, filters.

use rust_xlsxwriter::{ExcelDateTime, Format};
use samplan_core::domain::export::TableExport;
use samplan_core::domain::sheet::Cell;

use super::formats::Formats;
use super::{WriteError, cut, described, for_print};

/// The row with the headings.
const HEADING: u32 = 3;
const MAX_ROWS: usize = 100_000;
const MAX_COLUMNS: usize = 200;
/// Widths of columns, in characters.
const NARROWEST: usize = 8;
const WIDEST: usize = 60;

/// The workbook of a list.
///
/// # Errors
/// A list with more rows or columns than a workbook of the kind can hold.
pub fn write_table(table: &TableExport) -> Result<Vec<u8>, WriteError> {
    if table.rows.len() > MAX_ROWS || table.columns.len() > MAX_COLUMNS {
        return Err(WriteError("listan har för många rader eller kolumner".to_owned()));
    }
    let formats = Formats::new(0);
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let mut workbook = described(&table.title, None)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("Lista")?;
    sheet.write_string_with_format(0, 0, cut(&table.title), &formats.title)?;
    sheet.write_string_with_format(1, 0, cut(&table.subtitle), &formats.subtitle)?;
    let columns = || (0_u16..).zip(&table.columns);
    for (column, heading) in columns() {
        sheet.write_string_with_format(HEADING, column, cut(heading), &formats.heading)?;
        let texts = table.rows.iter().filter_map(|row| row.get(usize::from(column))).map(Cell::text);
        let widest = texts.chain([heading.clone()]).map(|text| text.chars().count()).max().unwrap_or_default();
        let width = u32::try_from(widest.clamp(NARROWEST, WIDEST) + 2).unwrap_or_default();
        sheet.set_column_width(column, width)?;
    }
    for (row, cells) in (HEADING + 1..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells.iter().take(table.columns.len())) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) | Cell::Fault(text) => {
                    sheet.write_string_with_format(row, column, cut(text), &formats.name)?;
                }
                Cell::Number(number) => {
                    sheet.write_number(row, column, number.to_string().parse::<f64>().unwrap_or_default())?;
                }
                Cell::Date(date) => {
                    let date = ExcelDateTime::parse_from_str(&date.to_string())?;
                    sheet.write_datetime_with_format(row, column, &date, &day)?;
                }
            }
        }
    }
    if let (Some(last), Ok(rows)) = (columns().last(), u32::try_from(table.rows.len())) {
        sheet.autofilter(HEADING, 0, HEADING + rows, last.0)?;
    }
    sheet.set_freeze_panes(HEADING + 1, 0)?;
    sheet.set_repeat_rows(HEADING, HEADING)?;
    for_print(sheet, &table.title);
    Ok(workbook.save_to_buffer()?)
}
