//! Samplan: the pages of plans, budgets and courses of samordningsförbund, edited together with and without a network.
//!
//! Read the modules in this order; each may use only those above it (`tests/layering.rs` holds them to it):
//!
//! In the crate of their own that relay, browser and readers of files share, `core`:
//!
//! 1. [`domain`]: money, items, contributions and the rules between them. Pure.
//! 2. [`limits`]: every bound that protects relay and browser, with its reason. Pure.
//! 3. [`sync`]: the automerge-repo protocol as a machine without IO, and the guard in front of automerge.
//! 4. [`document`]: the county plan as an automerge document: typed commands in, a read model out.
//!
//! Here:
//!
//! 5. [`boot`]: what the server hands to the first paint.
//! 6. [`workspace`]: what pages hold: the read model as signals, `edit(command)`, undo, status.
//! 7. `browser`: IndexedDB, socket, tabs and clock; carries out the effects (in the browser alone).
//! 8. [`components`] and [`pages`]: what people see.

pub use samplan_core::{document, domain, limits, sync};

pub mod app;
pub mod boot;
#[cfg(feature = "hydrate")]
pub mod browser;
pub mod components;
pub mod pages;
pub mod workspace;

/// Starts the page in the browser: takes over what the server rendered, or mounts the app into the offline shell.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    browser::panic::install();
    app::start();
}
