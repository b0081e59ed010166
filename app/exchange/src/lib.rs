//! Files of other programs: accounting files (SIE 4) and spreadsheets, read into plain values of the domain, and
//! spreadsheets written from plain rows.
//!
//! Bytes in, values out: no IO, no clock. Whatever the bytes are, nothing here panics, and memory and time are bounded by
//! limits that stand beside each reader. Compiled into the relay's tests natively, and for the browser as a wasm of its
//! own, which a page fetches when somebody imports or exports (`browser`).
//!
//! - [`sie`]: the accounting file, into a [`Ledger`](samplan_core::domain::ledger::Ledger).
//! - [`spreadsheet`]: `.xlsx` and `.ods`, into [`Sheet`](samplan_core::domain::sheet::Sheet)s.
//! - [`workbook`]: a budget with live formulas, and lists, out to `.xlsx`.

pub mod browser;
pub mod sie;
pub mod spreadsheet;
pub mod workbook;
