//! Reads accounting files, SIE types 1 to 4 (*Standard Import Export*, edition 4B), into a [`Ledger`].
//!
//! In reading order: [`text`] finds out how the letters are written, [`fields`] takes a line apart, `records` understands
//! the labels, and `collect` adds up what is booked so that nothing is counted twice.
//!
//! What is read strictly and what is not: everything that an amount depends on must be right, or the file is refused with
//! the line and what to do about it. Labels that are not known are skipped, as the format asks of readers.

mod collect;
pub mod fields;
mod records;
pub mod text;

use samplan_core::domain::ledger::Ledger;
use serde::{Deserialize, Serialize};

/// Bytes of a file. That of a small public body is some hundred kilobytes a year.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;
/// Characters of one line.
pub const MAX_LINE: usize = 16 * 1024;
/// Accounts, and also objects, and also different bookings once added up.
pub const MAX_ROWS: usize = 250_000;
/// What an import of a broken file should try first.
const ASK_AGAIN: &str = "Gör om exporten i ekonomisystemet, eller be den som sköter bokföringen om en ny fil.";

/// Why a file cannot be read: where, and what to do about it. Shown to the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{}{reason}", self.place())]
pub struct SieError {
    /// The line, counted from 1; none where the whole file is meant.
    pub line: Option<usize>,
    /// A Swedish sentence or two.
    pub reason: String,
}

impl SieError {
    fn of_file(reason: impl Into<String>) -> Self {
        Self { line: None, reason: reason.into() }
    }

    fn at(line: usize, reason: impl Into<String>) -> Self {
        Self { line: Some(line), reason: reason.into() }
    }

    fn place(&self) -> String {
        self.line.map(|line| format!("Rad {line}: ")).unwrap_or_default()
    }
}

/// Reads a file, whatever it is called.
///
/// # Errors
/// A file that is not SIE, is larger than the limits, or has a line with an amount, date or account that cannot be read.
pub fn read(bytes: &[u8]) -> Result<Ledger, SieError> {
    if bytes.len() > MAX_BYTES {
        return Err(SieError::of_file(format!(
            "Filen är större än {} MB. Exportera ett räkenskapsår i taget.",
            MAX_BYTES / 1024 / 1024
        )));
    }
    let (text, encoding) = text::decode(bytes);
    let mut reader = records::Reader::default();
    // Old systems end lines by a carriage return alone.
    let end = if text.contains('\n') { '\n' } else { '\r' };
    for (index, line) in text.split(end).enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        reader.line(index + 1, line.trim_end_matches('\r'))?;
    }
    reader.finish().map(|ledger| Ledger { encoding, ..ledger })
}
