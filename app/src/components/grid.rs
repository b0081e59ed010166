//! The spreadsheet: a real table with `role="grid"`, in which every cell is text and one editor is made when editing.
//!
//! Pure parts, tried by native tests: [`place`] (cursor and selection), [`keys`] (which key does what),
//! [`clipboard`] (tab-separated text and html), [`paste`] (what a paste would write), [`rebase`] (a text editor and
//! what colleagues wrote meanwhile). The rest draws and listens: [`view`] the table, [`editor`] the one input,
//! [`menu`] every action by name, and [`state`] what they share. Listeners stand on the table, not on cells.

pub mod actions;
pub mod clipboard;
pub mod column;
pub mod editor;
pub mod events;
pub mod keys;
pub mod menu;
pub mod menu_clipboard;
pub mod paint;
pub mod paste;
pub mod place;
pub mod rebase;
pub mod row_view;
pub mod rows;
pub mod state;
pub mod transfer;
pub mod view;

pub use column::{Column, ColumnKind};
pub use state::Grid;
pub use view::GridTable;
