//! IndexedDB, socket, tabs and clock: carries out what the workspace and sync ask for, in the browser alone.

pub mod clock;
pub mod download;
pub mod engine;
pub mod listen;
pub mod socket;
pub mod updates;
