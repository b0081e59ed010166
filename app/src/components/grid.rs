//! The spreadsheet: a real table with `role="grid"`, in which every cell is text and one editor is made when editing.
//!
//! It knows no document. A page gives it rows ([`row`]) and columns ([`column`]) as data, and a [`source`] that says
//! what stands in a cell and does what the user asks for.
//!
//! Pure parts, tried by native tests: [`place`] (cursor and selection), [`row`] (sections, and where rows may go),
//! [`keys`] (which key does what), [`clipboard`] (tab-separated text and html), [`paste`] (what a paste would write),
//! [`rebase`] (a text editor and what colleagues wrote meanwhile). The rest draws and listens: [`view`] the table,
//! [`editor`] the one input, [`row_form`] a row as a form, [`menu`] every action by name, and [`state`] what they share. Listeners stand on the
//! table, not on cells.

pub mod actions;
pub mod cell;
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
pub mod row;
pub mod row_form;
pub mod rows;
pub mod source;
pub mod state;
pub mod transfer;
pub mod view;

pub use column::{CellKind, Column};
pub use row_form::RowForm;
pub use state::Grid;
pub use view::GridTable;
