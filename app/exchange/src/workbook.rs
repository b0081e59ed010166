//! Writes workbooks (`.xlsx`): a budget whose sums are formulas, and plain lists.
//!
//! Beside each formula stands what it comes to, so that a program which does not calculate shows the right figure too.
//! [`budget`] lays the rows out and is tested against LibreOffice, which calculates for itself.

pub mod budget;
mod formats;
mod table;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use samplan_core::domain::IsoDate;

pub use budget::write_budget;
pub use table::write_table;

/// A workbook that could not be written. Shown to the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Kalkylbladet gick inte att skapa ({0}).")]
pub struct WriteError(String);

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        Self(error.to_string())
    }
}

/// Characters that a cell may hold, less than Excel's own 32 767.
const MAX_TEXT: usize = 32_000;
/// A4, as Excel numbers paper.
const A4: u8 = 9;

/// What a cell may hold of a text.
fn cut(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}

/// A4 across, as many pages as it takes in height and one in width, with the page's number below.
fn for_print(sheet: &mut Worksheet, footer: &str) {
    // `&` begins a code there.
    let footer = footer.replace('&', "&&");
    sheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3)
        .set_footer(format!("&L{footer}&RSida &P av &N"));
}

/// The workbook's properties, with its day as an argument: a clock is not to be had everywhere.
fn described(title: &str, written: Option<IsoDate>) -> Result<Workbook, WriteError> {
    let mut workbook = Workbook::new();
    let mut properties = DocProperties::new().set_title(cut(title)).set_author("Samplan");
    if let Some(day) = written {
        properties = properties.set_creation_datetime(&ExcelDateTime::parse_from_str(&day.to_string())?);
    }
    workbook.set_properties(&properties);
    Ok(workbook)
}
