//! What a grid asks of the page around it. The grid knows rows by their keys and columns as data; what stands in them,
//! and what an edit does, is the source's affair. So one grid serves every kind of document.

use super::column::{CellKind, Column};
use super::keys::Action;
use super::row::{Row, RowKey};
use crate::components::icon::Icon;
use crate::domain::money::Money;
use crate::workspace::{CellRef, PersonHere};
use leptos::prelude::Signal;
use std::sync::Arc;

/// One row's content. What is read in a view makes the view follow.
pub trait GridRow: Send + Sync {
    /// What the row is called.
    fn label(&self) -> String;

    /// What stands in one of its cells. It stays so for as long as the row is shown.
    fn kind(&self, column: &Column) -> CellKind {
        column.kind
    }

    /// A text as it stands there; empty for amounts.
    fn text(&self, column: &Column) -> String;

    /// An amount, typed or worked out. Empty is not zero.
    fn amount(&self, column: &Column) -> Option<Money>;

    /// Whether several amounts were written at the same time and nobody has picked one yet.
    fn has_conflict(&self, _column: &Column) -> bool {
        false
    }

    /// The icon beside the words of a cell that says how the row stands.
    fn icon(&self, _column: &Column) -> Option<Icon> {
        None
    }

    /// A note under the text, in a column that has notes.
    fn note(&self, _column: &Column) -> Option<String> {
        None
    }
}

/// What the user does to the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GridEdit {
    /// Puts a text into a cell.
    Write {
        /// The row, which an edit before this one may have added.
        row: RowKey,
        /// The key of the column.
        column: Arc<str>,
        /// What is to stand there.
        text: String,
        /// The text the editor was opened on, so that a colleague's words since then are kept.
        base: Option<String>,
    },
    /// Adds an empty row.
    Add {
        /// Its key, from [`GridSource::new_row`].
        row: RowKey,
        /// The row above it; none puts it first.
        after: Option<RowKey>,
    },
    /// Removes a row.
    Remove {
        /// The row.
        row: RowKey,
    },
    /// Moves a row.
    Move {
        /// The row.
        row: RowKey,
        /// The row above its new place, which may be the heading of a section; none puts it first.
        after: Option<RowKey>,
    },
}

/// The amount in the open editor, so that sums can follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellDraft {
    /// The row.
    pub row: RowKey,
    /// The key of the column.
    pub column: Arc<str>,
    /// What the editor holds, if it can be read as an amount.
    pub amount: Option<Money>,
}

/// What the page around the grid shows on its behalf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageRequest {
    /// The dialog in which the content of a cell is chosen.
    Choose {
        /// The row.
        row: RowKey,
        /// The key of the column.
        column: Arc<str>,
    },
    /// The form for one row.
    RowForm(RowKey),
    /// Who changed a cell, from what to what.
    History {
        /// The row.
        row: RowKey,
        /// The key of the column.
        column: Arc<str>,
    },
    /// A sentence, and whether the last edit can be taken back from it.
    Message {
        /// The sentence.
        text: String,
        /// Offer `[Ångra]`.
        undo: bool,
    },
}

/// Something more that the menu offers for a row.
pub struct RowAction {
    /// What the entry says.
    pub label: &'static str,
    /// The key that does it too, where the row has no such action of its own.
    pub key: Option<Action>,
    /// What it does.
    pub run: Arc<dyn Fn() + Send + Sync>,
}

/// The document behind a grid.
pub trait GridSource: Send + Sync {
    /// A row's content, unless it is gone.
    fn row(&self, row: &RowKey) -> Option<Arc<dyn GridRow>>;

    /// Whether the user may change anything. Followed when read in a view.
    fn can_write(&self) -> bool;

    /// A fresh key for a row that is to be added.
    fn new_row(&self) -> RowKey;

    /// Does all of `edits` as one undo step called `label`, or nothing of it. What stands there already is not
    /// written again.
    ///
    /// # Errors
    /// A Swedish sentence that says why it was refused.
    fn edit(&self, label: &str, edits: Vec<GridEdit>) -> Result<(), String>;

    /// Takes back the user's own latest edit.
    fn undo(&self);

    /// Does again what was taken back.
    fn redo(&self);

    /// Where a row goes when it is moved one place: the index in `rows` of the row that it is put in front of, or
    /// their number for the end; nothing at the edge.
    fn step(&self, rows: &[Row], index: usize, up: bool) -> Option<usize> {
        super::row::step(rows, index, up)
    }

    /// Tells which amount is being typed; none when the editor closes.
    fn set_draft(&self, draft: Option<CellDraft>);

    /// Who else is here, and in which cells.
    fn presence(&self) -> Signal<Vec<PersonHere>>;

    /// Tells the others which cell this user is in.
    fn set_my_cell(&self, cell: Option<CellRef>);

    /// Shows something beside the grid.
    fn ask(&self, request: PageRequest);

    /// What of a row has no column in the table, and is written in the row's form alone.
    fn form_columns(&self, _row: &RowKey) -> Vec<Column> {
        Vec::new()
    }

    /// Whether it can be told who changed a cell, and from what to what.
    fn has_history(&self, _row: &RowKey, _column: &str) -> bool {
        false
    }

    /// What else the menu and the row's form offer for a row.
    fn row_actions(&self, _row: &RowKey) -> Vec<RowAction> {
        Vec::new()
    }
}
