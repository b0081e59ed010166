//! Reads spreadsheets, `.xlsx` and `.ods`, into plain grids of cells.
//!
//! In reading order: [`package`] opens the file, which is a zip of XML parts, and refuses what would grow beyond bounds;
//! `xlsx` leaves the reading to calamine, cell by cell; `ods` reads by itself, since calamine's reader of that format
//! never ends on a part that is cut short and lays out grids of a hundred million cells. Both put what they find
//! into a `grid` that knows how large it may get.

mod grid;
mod ods;
pub mod package;
mod xlsx;

use samplan_core::domain::sheet::Sheet;
use serde::{Deserialize, Serialize};

use package::{Kind, Package};

/// Bytes of a file.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Bytes of all parts that are read, once inflated.
pub const MAX_INFLATED: usize = 64 * 1024 * 1024;
/// Rows of a sheet.
pub const MAX_ROWS: usize = 5_000;
/// Columns of a sheet.
pub const MAX_COLUMNS: usize = 256;
/// Cells with something in them, of all sheets together.
pub const MAX_CELLS: usize = 200_000;
/// Characters of a cell; the rest is cut.
pub const MAX_TEXT: usize = 2_000;
/// Characters of all cells together.
pub const MAX_TEXTS: usize = 8 * 1024 * 1024;
/// Sheets of a file.
pub const MAX_SHEETS: usize = 60;

/// Why a spreadsheet cannot be read. Shown to the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetError {
    /// Some other file.
    #[error("Filen är inget kalkylblad av typen .xlsx eller .ods. Spara det som .xlsx och försök igen.")]
    NotASpreadsheet,
    /// A file of Excel's old format, or one with a password, which look alike from outside.
    #[error("Filen är i det gamla formatet .xls, eller skyddad med lösenord. Spara den som .xlsx utan lösenord.")]
    OldOrProtected,
    /// Larger than one of the limits; which, in words.
    #[error(
        "Kalkylbladet är för stort: {0}. Ta bort det som inte hör till budgeten, eller kopiera och klistra in den."
    )]
    TooLarge(String),
    /// It began as a spreadsheet and then did not hold together.
    #[error("Kalkylbladet går inte att läsa ({0}). Öppna det i kalkylprogrammet, spara det på nytt och försök igen.")]
    Broken(String),
}

impl SheetError {
    /// An error of a library, whose own words nobody here could act on.
    fn broken(_: impl std::fmt::Display) -> Self {
        Self::Broken("filen är skadad".to_owned())
    }

    fn too_large(count: usize, of: &str) -> Self {
        Self::TooLarge(format!("mer än {count} {of}"))
    }
}

/// Reads all sheets of a file, in their order. What the file is called does not matter, only what it is.
///
/// # Errors
/// A file that is no spreadsheet, is damaged, or is larger than the limits of this module.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, SheetError> {
    let mut package = Package::open(bytes)?;
    match package.kind() {
        Kind::Excel => xlsx::read(package, bytes),
        Kind::OpenDocument => ods::read(&package.part("content.xml")?),
    }
}
