//! Files of other programs, for pages: read and written in the browser, and nowhere else.

#[cfg(feature = "hydrate")]
pub use browser::{offer, read_ahead, read_sheet, read_sie, today, write_budget, write_table};
#[cfg(not(feature = "hydrate"))]
pub use server::{offer, read_ahead, read_sheet, read_sie, today, write_budget, write_table};

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A name for a file: the words of `parts` in small letters without å, ä and ö, joined by hyphens.
pub fn file_name(parts: &[&str], extension: &str) -> String {
    let plain = |letter: char| match letter {
        'å' | 'ä' | 'á' | 'à' => 'a',
        'ö' | 'ø' => 'o',
        'é' | 'è' | 'ë' => 'e',
        'ü' => 'u',
        letter => letter,
    };
    let letters: String = parts.join(" ").to_lowercase().chars().map(plain).collect();
    let words: Vec<_> = letters.split(|it: char| !it.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(100).collect();
    format!("{}.{extension}", if name.is_empty() { "samplan" } else { &name })
}

#[cfg(not(feature = "hydrate"))]
mod server {
    use crate::domain::IsoDate;
    use crate::domain::export::{BudgetExport, TableExport};
    use crate::domain::ledger::Ledger;
    use crate::domain::sheet::Sheet;

    /// The server draws pages and reads no files.
    const NOT_HERE: &str = "Filer läses och skrivs i webbläsaren.";

    /// Reads nothing.
    ///
    /// # Errors
    /// Always: files are read and written in the browser.
    pub async fn read_sie(_bytes: &[u8]) -> Result<Ledger, String> {
        Err(NOT_HERE.to_owned())
    }

    /// Reads nothing.
    ///
    /// # Errors
    /// Always: files are read and written in the browser.
    pub async fn read_sheet(_bytes: &[u8]) -> Result<Vec<Sheet>, String> {
        Err(NOT_HERE.to_owned())
    }

    /// Writes nothing.
    ///
    /// # Errors
    /// Always: files are read and written in the browser.
    pub async fn write_budget(_export: &BudgetExport) -> Result<Vec<u8>, String> {
        Err(NOT_HERE.to_owned())
    }

    /// Writes nothing.
    ///
    /// # Errors
    /// Always: files are read and written in the browser.
    pub async fn write_table(_export: &TableExport) -> Result<Vec<u8>, String> {
        Err(NOT_HERE.to_owned())
    }

    /// Nothing is fetched here.
    pub fn read_ahead() {}

    /// Nobody is here to be offered anything.
    pub fn offer(_name: &str, _media_type: &str, _bytes: &[u8]) -> bool {
        false
    }

    /// No day: the clock that is shown is the reader's.
    pub fn today() -> Option<IsoDate> {
        None
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::browser::clock::now_ms;
    use crate::domain::IsoDate;
    use crate::domain::date::swedish_day;

    pub use crate::browser::download::offer;
    pub use crate::browser::exchange::{read_ahead, read_sheet, read_sie, write_budget, write_table};

    /// The day it is in Sweden, by this device's clock: for what is printed on files, and nothing else.
    pub fn today() -> Option<IsoDate> {
        swedish_day(now_ms()).parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_is_named_in_letters_that_every_system_knows() {
        assert_eq!(
            file_name(&["Budget 2021", "Samordningsförbundet Västerås"], "xlsx"),
            "budget-2021-samordningsforbundet-vasteras.xlsx"
        );
        assert_eq!(file_name(&["../..", "°"], "xlsx"), "samplan.xlsx");
    }
}
