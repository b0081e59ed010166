//! Files of other programs: asks the wasm that reads and writes them, which is fetched when it is first needed, or ahead of that.
//!
//! `start.js` knows where it lies (its name changes with its content) and puts a function for it on the window;
//! `app/exchange/src/browser.rs` is the other side. Between them go bytes and JSON.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::domain::export::{BudgetExport, TableExport};
use crate::domain::ledger::Ledger;
use crate::domain::sheet::Sheet;

/// What is said where the module cannot be had: it was never fetched, and there is no network.
const NOT_FETCHED: &str = "Den del av programmet som läser och skriver filer är inte hämtad än. \
    Försök igen när du har kontakt med nätet.";
/// What is said where it broke while working.
const FAILED: &str =
    "Programmet klarade inte av filen. Ladda om sidan och försök igen, eller spara filen på nytt först.";

/// Reads an accounting file (SIE).
///
/// # Errors
/// A Swedish text for the user: what is wrong with the file, or that the module cannot be had.
pub async fn read_sie(bytes: &[u8]) -> Result<Ledger, String> {
    read("read_sie", bytes).await
}

/// Reads the sheets of a spreadsheet.
///
/// # Errors
/// As [`read_sie`].
pub async fn read_sheet(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    read("read_sheets", bytes).await
}

/// Writes a budget as a workbook.
///
/// # Errors
/// A Swedish text for the user.
pub async fn write_budget(export: &BudgetExport) -> Result<Vec<u8>, String> {
    write("write_budget", export).await
}

/// Writes a list as a workbook.
///
/// # Errors
/// A Swedish text for the user.
pub async fn write_table(export: &TableExport) -> Result<Vec<u8>, String> {
    write("write_table", export).await
}

/// Fetches the module, for when there may be no network later on. Whoever needs it meanwhile waits for the same.
pub fn read_ahead() {
    wasm_bindgen_futures::spawn_local(async {
        // What could not be fetched is tried again when it is needed.
        let _ = module().await;
    });
}

async fn read<T: DeserializeOwned>(function: &str, bytes: &[u8]) -> Result<T, String> {
    let answer = call(function, &Uint8Array::from(bytes)).await?;
    let json = answer.as_string().ok_or(FAILED)?;
    serde_json::from_str(&json).map_err(|_| FAILED.to_owned())
}

async fn write(function: &str, export: &impl Serialize) -> Result<Vec<u8>, String> {
    let json = serde_json::to_string(export).map_err(|_| FAILED)?;
    let answer = call(function, &JsValue::from(json)).await?;
    answer.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).map_err(|_| FAILED.to_owned())
}

async fn call(function: &str, argument: &JsValue) -> Result<JsValue, String> {
    let module = module().await.ok_or(NOT_FETCHED)?;
    let function: Function = get(&module, function).ok_or(FAILED)?;
    // What it throws as a text is for the user; anything else is a trap.
    function.call1(&module, argument).map_err(|thrown| thrown.as_string().unwrap_or_else(|| FAILED.to_owned()))
}

/// The module, fetched if it has not been.
async fn module() -> Option<JsValue> {
    let window = web_sys::window()?;
    let load: Function = get(&window, "samplanExchange")?;
    let promise: Promise = load.call0(&window).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

fn get<T: JsCast>(object: &JsValue, name: &str) -> Option<T> {
    Reflect::get(object, &JsValue::from_str(name)).ok()?.dyn_into().ok()
}
