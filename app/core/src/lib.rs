//! The core of Samplan: what relay, browser and readers of other programs' files do the same. No IO, no clock, no
//! randomness and no framework: what it needs of them comes as an argument.
//!
//! Read the modules in this order; each may use only those above it (`app/tests/layering.rs` holds them to it):
//!
//! 1. [`domain`]: money, items, contributions and the rules between them. Pure.
//! 2. [`limits`]: every bound that protects relay and browser, with its reason. Pure.
//! 3. [`sync`]: the automerge-repo protocol as a machine without IO, and the guard in front of automerge.
//! 4. [`document`]: plans, budgets and courses as automerge documents: typed commands in, a read model out.

pub mod document;
pub mod domain;
pub mod limits;
pub mod sync;
