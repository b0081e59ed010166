//! The functions that the browser calls: bytes in and JSON out, or JSON in and bytes out.
//!
//! What goes wrong is thrown as a text, in Swedish, for the user. The types on the other side are the domain's own;
//! `app/src/browser/exchange.rs` turns the JSON back into them. Compiled natively too, so that tests reach it.

use samplan_core::domain::export::{BudgetExport, TableExport};
use serde::Serialize;
use serde::de::DeserializeOwned;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{sie, spreadsheet, workbook};

/// An accounting file as the JSON of a [`Ledger`](samplan_core::domain::ledger::Ledger).
///
/// # Errors
/// What is wrong with the file and what to do, for the user.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn read_sie(bytes: &[u8]) -> Result<String, String> {
    sie::read(bytes).map_err(|error| error.to_string()).and_then(|ledger| json(&ledger))
}

/// A spreadsheet as the JSON of a list of [`Sheet`](samplan_core::domain::sheet::Sheet)s.
///
/// # Errors
/// What is wrong with the file and what to do, for the user.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn read_sheets(bytes: &[u8]) -> Result<String, String> {
    spreadsheet::read(bytes).map_err(|error| error.to_string()).and_then(|sheets| json(&sheets))
}

/// The workbook of a [`BudgetExport`], given as JSON.
///
/// # Errors
/// Why it cannot be written, for the user.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn write_budget(export: &str) -> Result<Vec<u8>, String> {
    workbook::write_budget(&value::<BudgetExport>(export)?).map_err(|error| error.to_string())
}

/// The workbook of a [`TableExport`], given as JSON.
///
/// # Errors
/// Why it cannot be written, for the user.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn write_table(export: &str) -> Result<Vec<u8>, String> {
    workbook::write_table(&value::<TableExport>(export)?).map_err(|error| error.to_string())
}

fn json(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(value).map_err(internal)
}

fn value<T: DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(internal)
}

/// The two halves of the program do not agree, which a new build of both mends.
fn internal(error: serde_json::Error) -> String {
    format!("Något gick fel i programmet ({error}). Ladda om sidan och försök igen.")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a panic is a failed test")]
mod tests {
    use samplan_core::domain::sheet::{Cell, Sheet};

    use super::*;

    #[test]
    fn values_go_through_json_and_errors_are_texts_for_the_user() {
        let table = TableExport {
            columns: vec!["Namn".into()],
            rows: vec![vec![Cell::Text("A".into())]],
            ..TableExport::default()
        };
        let bytes = write_table(&serde_json::to_string(&table).unwrap()).unwrap();
        let sheets: Vec<Sheet> = serde_json::from_str(&read_sheets(&bytes).unwrap()).unwrap();
        assert_eq!(sheets[0].rows[4], table.rows[0]);
        assert!(read_sheets(b"x").unwrap_err().starts_with("Filen är inget kalkylblad"));
        assert!(read_sie(b"#VER A 1 x\n").unwrap_err().starts_with("Rad 1: "));
        assert!(write_budget("{}").unwrap_err().contains("Ladda om"));
    }
}
