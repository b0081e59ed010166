//! IndexedDB, socket, tabs and clock: carries out what the workspace and sync ask for, in the browser alone.
//!
//! In reading order: [`engine`] works on one open plan; [`store`] is the disk, [`socket`] and [`api`] the server,
//! [`tabs`] the other tabs; [`boot`] starts without a network and [`read_ahead`] hands on what it read, [`account`] signs
//! out; `erased` removes what is no more; [`updates`] and [`panic`] speak with `start.js`, which watches over the whole; [`exchange`] reads and writes files
//! of other programs.

pub mod account;
pub mod api;
pub mod boot;
pub mod clock;
pub mod county_beside;
pub mod download;
pub mod engine;
mod erased;
pub mod exchange;
pub mod listen;
pub mod locks;
pub mod panic;
pub mod read_ahead;
pub mod socket;
pub mod store;
pub mod tabs;
pub mod updates;
