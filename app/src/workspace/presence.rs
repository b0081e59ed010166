//! Who else is here, and in which cell.

use crate::document::command::{Field, RowRef};
use crate::domain::ids::UserId;

/// A cell of a document's table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CellRef {
    /// The row: an item, a commitment or an association.
    pub row: String,
    /// The field within the row.
    pub field: String,
}

/// How many colours there are for people; see the tokens of the design.
pub const COLORS: usize = 8;

/// Somebody who has the plan open in a tab of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonHere {
    /// Who.
    pub user: UserId,
    /// Full name.
    pub name: String,
    /// Which of the colours for people; the same for one person in all places of a screen.
    pub color_index: usize,
    /// The cell the person is in.
    pub cell: Option<CellRef>,
    /// Tells two tabs of one person apart.
    pub tab: String,
}

impl PersonHere {
    /// Whether the person is in that cell.
    pub fn is_in(&self, row: &RowRef, field: Field) -> bool {
        self.cell.as_ref().is_some_and(|cell| *cell == super::cell_ref(row, field))
    }
}
