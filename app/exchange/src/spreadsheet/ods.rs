//! The OpenDocument format: `content.xml`, which holds all sheets, as a stream of elements.
//!
//! Figures are taken from `office:value`, decimal as they are written there. A cell or row that stands for many is
//! repeated only where there is something in it, and then within the limits.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rust_decimal::Decimal;
use samplan_core::domain::sheet::{Cell, Sheet};

use super::grid::Grids;
use super::{MAX_COLUMNS, MAX_ROWS, MAX_TEXT, SheetError};

/// Where the reader is.
#[derive(Default)]
struct Place {
    grids: Grids,
    /// How deep in tables: a sheet is one, and a cell may hold another, which is not read.
    tables: usize,
    row: usize,
    column: usize,
    /// The row being read: its cells, and how often it stands.
    cells: Vec<(usize, Cell)>,
    repeat_row: usize,
    cell: Option<OpenCell>,
    /// How deep in a comment, whose text is not the cell's.
    comments: usize,
}

struct OpenCell {
    repeat: usize,
    value: Option<Cell>,
    text: String,
}

pub(super) fn read(content: &[u8]) -> Result<Vec<Sheet>, SheetError> {
    let text = str::from_utf8(content).map_err(SheetError::broken)?;
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut place = Place::default();
    loop {
        match reader.read_event().map_err(SheetError::broken)? {
            Event::Start(element) => place.start(&element)?,
            Event::End(element) => place.end(element.name().as_ref())?,
            Event::Text(text) => place.text(&text.xml10_content()),
            Event::CData(text) => place.text(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let character = match entity.as_ref() {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    _ => entity.resolve_char_ref().map_err(SheetError::broken)?.unwrap_or(char::REPLACEMENT_CHARACTER),
                };
                place.text(character.encode_utf8(&mut [0; 4]));
            }
            Event::Eof if place.tables > 0 => return Err(SheetError::Broken("filen är avklippt".into())),
            Event::Eof => return Ok(place.grids.into_sheets()),
            _ => {}
        }
    }
}

impl Place {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), SheetError> {
        match element.name().as_ref() {
            "table:table" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.grids.begin(&attribute(element, "table:name")?.unwrap_or_default())?;
                    (self.row, self.column) = (0, 0);
                }
            }
            "office:annotation" => self.comments += 1,
            _ if self.tables != 1 || self.comments > 0 => {}
            "table:table-row" => {
                self.column = 0;
                self.cells.clear();
                self.repeat_row = repeated(element, "table:number-rows-repeated")?;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let repeat = repeated(element, "table:number-columns-repeated")?;
                self.cell = Some(OpenCell { repeat, value: value(element)?, text: String::new() });
            }
            "text:p" if self.cell.as_ref().is_some_and(|cell| !cell.text.is_empty()) => self.text("\n"),
            "text:s" | "text:tab" | "text:line-break" => self.text(" "),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), SheetError> {
        match name {
            "table:table" => self.tables = self.tables.saturating_sub(1),
            "office:annotation" => self.comments = self.comments.saturating_sub(1),
            _ if self.tables != 1 || self.comments > 0 => {}
            "table:table-cell" | "table:covered-table-cell" => {
                let Some(cell) = self.cell.take() else { return Ok(()) };
                let value = cell.value.unwrap_or_else(|| Cell::from_text(&cell.text));
                if !value.is_empty() {
                    let end = self.column.saturating_add(cell.repeat);
                    if end > MAX_COLUMNS {
                        return Err(SheetError::too_large(MAX_COLUMNS, "kolumner"));
                    }
                    self.cells.extend((self.column..end).map(|column| (column, value.clone())));
                }
                self.column = self.column.saturating_add(cell.repeat);
            }
            "table:table-row" => {
                let end = self.row.saturating_add(self.repeat_row);
                if !self.cells.is_empty() && end > MAX_ROWS {
                    return Err(SheetError::too_large(MAX_ROWS, "rader"));
                }
                if !self.cells.is_empty() {
                    for row in self.row..end {
                        for (column, cell) in &self.cells {
                            self.grids.put(row, *column, cell.clone())?;
                        }
                    }
                }
                self.row = end;
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.comments > 0 || self.tables != 1 {
            return;
        }
        if let Some(cell) = &mut self.cell {
            // A character takes at most four bytes, so that no text which would fit is cut here.
            if cell.text.len() < MAX_TEXT * 4 {
                cell.text.push_str(text);
            }
        }
    }
}

/// What a cell's attributes say that it holds; none if its text does.
fn value(element: &BytesStart<'_>) -> Result<Option<Cell>, SheetError> {
    let get = |name| attribute(element, name);
    if get("calcext:value-type")?.as_deref() == Some("error") {
        return Ok(Some(Cell::Fault("fel i formeln".into())));
    }
    Ok(match get("office:value-type")?.as_deref() {
        Some("float" | "currency" | "percentage") => {
            let text = get("office:value")?.unwrap_or_default();
            let number = text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&text));
            // Formulas leave binary fractions here too: 0.30000000000000004.
            match (number, text.parse::<f64>()) {
                (Ok(number), Ok(binary)) if number.scale() > 12 => Some(super::xlsx::figure(binary)),
                (Ok(number), _) => Some(Cell::Number(number.normalize())),
                (Err(_), _) => Some(Cell::Text(text)),
            }
        }
        Some("date") => {
            let text = get("office:date-value")?.unwrap_or_default();
            let day = text.get(..10).and_then(|day| day.parse().ok());
            Some(day.map_or_else(|| Cell::from_text(&text), Cell::Date))
        }
        _ => None,
    })
}

fn repeated(element: &BytesStart<'_>, name: &str) -> Result<usize, SheetError> {
    match attribute(element, name)? {
        Some(count) => count.parse().map_err(SheetError::broken),
        None => Ok(1),
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, SheetError> {
    let Some(found) = element.try_get_attribute(name).map_err(SheetError::broken)? else { return Ok(None) };
    found.normalized_value(XmlVersion::Implicit1_0).map(|value| Some(value.into_owned())).map_err(SheetError::broken)
}
