//! A sheet being filled, which knows how large it may get.

use samplan_core::domain::sheet::{Cell, Sheet};

use super::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, MAX_TEXT, MAX_TEXTS, SheetError};

/// All sheets of a file.
#[derive(Default)]
pub(super) struct Grids {
    sheets: Vec<Sheet>,
    cells: usize,
    texts: usize,
}

impl Grids {
    /// Begins the next sheet.
    pub(super) fn begin(&mut self, name: &str) -> Result<(), SheetError> {
        if self.sheets.len() >= MAX_SHEETS {
            return Err(SheetError::too_large(MAX_SHEETS, "blad"));
        }
        self.sheets.push(Sheet { name: name.chars().take(200).collect(), rows: Vec::new() });
        Ok(())
    }

    /// Puts a cell into the sheet that was begun last. Empty cells take no room, wherever they are.
    pub(super) fn put(&mut self, row: usize, column: usize, cell: Cell) -> Result<(), SheetError> {
        if cell.is_empty() {
            return Ok(());
        }
        if row >= MAX_ROWS {
            return Err(SheetError::too_large(MAX_ROWS, "rader"));
        }
        if column >= MAX_COLUMNS {
            return Err(SheetError::too_large(MAX_COLUMNS, "kolumner"));
        }
        self.cells += 1;
        if self.cells > MAX_CELLS {
            return Err(SheetError::too_large(MAX_CELLS, "ifyllda celler"));
        }
        let cell = match cell {
            Cell::Text(text) => {
                let text: String = text.chars().take(MAX_TEXT).collect();
                self.texts += text.len();
                Cell::Text(text)
            }
            cell => cell,
        };
        if self.texts > MAX_TEXTS {
            return Err(SheetError::too_large(MAX_TEXTS / 1024 / 1024, "MB text"));
        }
        if let Some(sheet) = self.sheets.last_mut() {
            if sheet.rows.len() <= row {
                sheet.rows.resize_with(row + 1, Vec::new);
            }
            let cells = &mut sheet.rows[row];
            if cells.len() <= column {
                cells.resize_with(column + 1, Cell::default);
            }
            cells[column] = cell;
        }
        Ok(())
    }

    pub(super) fn into_sheets(self) -> Vec<Sheet> {
        self.sheets
    }
}
