//! What holds for every kind of document: values and texts at the end of a [`Path`] through maps.
//!
//! Each kind names its tables and columns, and says what a command means; how a value is written, who wrote it, what
//! competes with it, how it is taken back and where a row stands among the others is the same for all, and is here.
//! Knows no kind.

pub(super) mod conflict;
pub(super) mod editor;
pub(super) mod history;
pub(super) mod merge_text;
pub(super) mod order;
pub(super) mod path;
pub(super) mod table;
pub mod undo;
pub(super) mod value;
pub(super) mod ways;
pub(super) mod write;
