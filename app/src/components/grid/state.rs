//! What the parts of one grid share: where the cursor stands, what is selected, and the open editor.

use super::column::Column;
use super::keys::EditMode;
use super::place::{Area, Extent, Place};
use super::row_view::RowView;
use crate::components::announce::Announcer;
use crate::document::{RowKind, RowRef};
use crate::domain::county::Horizon;
use crate::domain::money::AmountUnit;
use crate::workspace::CountyWorkspace;
use leptos::html;
use leptos::prelude::*;

/// A place that follows its row when rows come, go or change places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cursor {
    /// The row, if there was one.
    pub row: Option<RowRef>,
    /// Where it was last seen.
    pub place: Place,
}

/// The open editor.
#[derive(Clone, Debug, PartialEq)]
pub struct Editing {
    /// The row that is edited.
    pub row: RowRef,
    /// The column that is edited.
    pub column: usize,
    /// How the editor was opened.
    pub mode: EditMode,
    /// What stood in the cell when it was opened.
    pub base: String,
}

/// Where the menu is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MenuPoint {
    /// From the left of the window, in CSS pixels.
    pub left: i32,
    /// From the top of the window, in CSS pixels.
    pub top: i32,
}

/// What the page around the grid shows on its behalf.
#[derive(Clone, Debug, PartialEq)]
pub enum PageRequest {
    /// How an item's cost is divided.
    Split(RowRef),
    /// The form for one row.
    RowForm(RowRef),
    /// Take the message away: something else has been edited since.
    NoMessage,
    /// A sentence, and whether the last edit can be taken back from it.
    Message {
        /// The sentence.
        text: String,
        /// Offer `[Ångra]`.
        undo: bool,
    },
}

/// One grid. Cheap to copy; all its parts are signals.
#[derive(Clone, Copy)]
pub struct Grid {
    /// The start of every id in the grid.
    pub id: &'static str,
    /// Which table it shows.
    pub kind: RowKind,
    /// The columns, in reading order.
    pub columns: &'static [Column],
    /// The rows, in order.
    pub rows: Signal<Vec<RowRef>>,
    /// The unit amounts are shown and typed in.
    pub unit: Signal<AmountUnit>,
    /// For new commitments.
    pub horizon: StoredValue<Option<Horizon>>,
    /// What is edited.
    pub workspace: CountyWorkspace,
    /// Asks the page around the grid to show something.
    pub ask: Callback<PageRequest>,
    /// The cell that takes what is typed.
    pub cursor: RwSignal<Cursor>,
    /// The free corner of the selection; the cursor is the other.
    pub corner: RwSignal<Cursor>,
    /// The open editor, if any.
    pub editing: RwSignal<Option<Editing>>,
    /// What is typed in it.
    pub typed: RwSignal<String>,
    /// Why what was typed is refused.
    pub refused: RwSignal<Option<String>>,
    /// The menu, if open.
    pub menu: RwSignal<Option<MenuPoint>>,
    /// Whether the focus is in the grid.
    pub has_focus: RwSignal<bool>,
    /// Whether cells are being selected with the mouse.
    pub dragging: StoredValue<bool>,
    /// Whether rows changed places since the last frame.
    pub rows_moved: StoredValue<bool>,
    /// The table.
    pub table: NodeRef<html::Table>,
    /// Speaks to screen readers.
    pub announcer: Announcer,
}

/// What a [`Grid`] is made from.
pub struct GridOptions {
    /// The start of every id in the grid.
    pub id: &'static str,
    /// Which table it shows.
    pub kind: RowKind,
    /// The columns, in reading order.
    pub columns: &'static [Column],
    /// The rows, in order.
    pub rows: Signal<Vec<RowRef>>,
    /// The unit amounts are shown and typed in.
    pub unit: Signal<AmountUnit>,
    /// For new commitments.
    pub horizon: Option<Horizon>,
}

impl Grid {
    /// A grid with the cursor in its first cell.
    pub fn new(options: GridOptions, workspace: CountyWorkspace, ask: Callback<PageRequest>) -> Self {
        let GridOptions { id, kind, columns, rows, unit, horizon } = options;
        let first = Cursor { row: rows.with_untracked(|rows| rows.first().cloned()), place: Place::default() };
        Self {
            id,
            kind,
            columns,
            rows,
            unit,
            horizon: StoredValue::new(horizon),
            workspace,
            ask,
            cursor: RwSignal::new(first.clone()),
            corner: RwSignal::new(first),
            editing: RwSignal::new(None),
            typed: RwSignal::new(String::new()),
            refused: RwSignal::new(None),
            menu: RwSignal::new(None),
            has_focus: RwSignal::new(false),
            dragging: StoredValue::new(false),
            rows_moved: StoredValue::new(false),
            table: NodeRef::new(),
            announcer: Announcer::from_context(),
        }
    }

    /// Whether the user may change anything.
    pub fn can_write(self) -> bool {
        self.workspace.can_write()
    }

    /// Whether users add, remove and move the rows.
    pub fn has_free_rows(self) -> bool {
        self.kind != RowKind::Contribution
    }

    /// The size of the table now.
    pub fn extent(self) -> Extent {
        Extent { rows: self.rows.with_untracked(Vec::len), columns: self.columns.len() }
    }

    /// Where a cursor stands now.
    pub fn locate(self, cursor: &Cursor) -> Place {
        let found = cursor.row.as_ref().and_then(|row| self.index_of(row));
        let place = Place::new(found.unwrap_or(cursor.place.row), cursor.place.column);
        self.extent().clamp(place)
    }

    /// Where the cursor stands now.
    pub fn place(self) -> Place {
        self.cursor.with_untracked(|cursor| self.locate(cursor))
    }

    /// What is selected now; nothing where the table is empty.
    pub fn selection(self) -> Option<Area> {
        let corner = self.corner.with_untracked(|corner| self.locate(corner));
        Area::between(self.place(), corner).within(self.extent())
    }

    /// The cursor for a place.
    pub fn cursor_at(self, place: Place) -> Cursor {
        let place = self.extent().clamp(place);
        Cursor { row: self.row_at(place.row), place }
    }

    /// The row at an index.
    pub fn row_at(self, index: usize) -> Option<RowRef> {
        self.rows.with_untracked(|rows| rows.get(index).cloned())
    }

    /// The index of a row.
    pub fn index_of(self, row: &RowRef) -> Option<usize> {
        self.rows.with_untracked(|rows| rows.iter().position(|other| other == row))
    }

    /// The row the cursor stands in.
    pub fn current_row(self) -> Option<RowRef> {
        self.row_at(self.place().row)
    }

    /// The column the cursor stands in.
    pub fn current_column(self) -> Column {
        self.columns[self.place().column.min(self.columns.len() - 1)]
    }

    /// What stands in a row.
    pub fn view_of(self, row: &RowRef) -> Option<RowView> {
        RowView::find(self.workspace, row)
    }

    /// The DOM id of a cell.
    pub fn cell_id(self, row: &RowRef, column: usize) -> String {
        format!("{}-{}-{column}", self.id, row_key(row))
    }
}

/// A row's key in the DOM.
pub fn row_key(row: &RowRef) -> String {
    match row {
        RowRef::Item(id) | RowRef::Commitment(id) => id.to_string(),
        RowRef::Contribution(id) => id.to_string(),
    }
}
