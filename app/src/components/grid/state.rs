//! What the parts of one grid share: where the cursor stands, what is selected, and the open editor.

use super::cell::Cell;
use super::column::Columns;
use super::keys::EditMode;
use super::place::{Area, Extent, Place};
use super::row::{Row, RowKey};
use super::source::{GridRow, GridSource};
use crate::components::announce::Announcer;
use crate::domain::money::AmountUnit;
use leptos::html;
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// A place that follows its row when rows come, go or change places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cursor {
    /// The row, if there was one.
    pub row: Option<RowKey>,
    /// Where it was last seen.
    pub place: Place,
}

/// The open editor.
#[derive(Clone, Debug, PartialEq)]
pub struct Editing {
    /// The row that is edited.
    pub row: RowKey,
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

/// The grid whose editor is open, of all on the page: there is one editor at a time.
#[derive(Clone, Copy)]
pub struct OpenEditor(StoredValue<Option<Grid>>);

impl OpenEditor {
    /// The one of this page.
    fn from_context() -> Self {
        use_context().unwrap_or_else(|| {
            let open = Self(StoredValue::new(None));
            provide_context(open);
            open
        })
    }

    /// The grid, if any.
    pub fn get(self) -> Option<Grid> {
        self.0.get_value()
    }

    /// Notes whose editor is open now.
    pub fn set(self, grid: Option<Grid>) {
        self.0.set_value(grid);
    }
}

/// One grid. Cheap to copy; all its parts are signals.
#[derive(Clone, Copy)]
pub struct Grid {
    /// The start of every id in the grid.
    pub id: &'static str,
    /// The columns, in reading order. There is at least one. They may change while the grid is shown.
    pub columns: Signal<Columns>,
    /// The rows, in order.
    pub rows: Signal<Vec<Row>>,
    /// Whether users add rows outside of all sections.
    pub open: bool,
    /// The unit amounts are shown and typed in.
    pub unit: Signal<AmountUnit>,
    /// What is shown and edited.
    source: StoredValue<Arc<dyn GridSource>>,
    /// The cell that takes what is typed.
    pub cursor: RwSignal<Cursor>,
    /// The free corner of the selection; the cursor is the other.
    pub corner: RwSignal<Cursor>,
    /// The open editor, if any. Written by [`Grid::set_editing`] alone.
    pub editing: RwSignal<Option<Editing>>,
    /// For each row the column that is edited in it: one signal for all would wake all rows whenever an editor opens.
    editors: StoredValue<HashMap<RowKey, ArcRwSignal<Option<usize>>>>,
    /// Which grid of the page has an open editor.
    pub open_editor: OpenEditor,
    /// What is typed in it.
    pub typed: RwSignal<String>,
    /// Why what was typed is refused.
    pub refused: RwSignal<Option<String>>,
    /// The cells that the last paste left alone because it could not read their text, until they are written.
    pub not_read: RwSignal<Vec<(RowKey, usize)>>,
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
    /// The columns, in reading order. There is at least one.
    pub columns: Signal<Columns>,
    /// The rows, in order. Best a memo: they are looked up with every key.
    pub rows: Signal<Vec<Row>>,
    /// Whether users add rows outside of all sections.
    pub open: bool,
    /// The unit amounts are shown and typed in.
    pub unit: Signal<AmountUnit>,
}

impl Grid {
    /// A grid with the cursor in its first cell.
    pub fn new(options: GridOptions, source: Arc<dyn GridSource>) -> Self {
        let GridOptions { id, columns, rows, open, unit } = options;
        let row = rows.with_untracked(|rows| rows.first().map(|row| row.key.clone()));
        let first = Cursor { row, place: Place::default() };
        Self {
            id,
            columns,
            rows,
            open,
            unit,
            source: StoredValue::new(source),
            cursor: RwSignal::new(first.clone()),
            corner: RwSignal::new(first),
            editing: RwSignal::new(None),
            editors: StoredValue::default(),
            open_editor: OpenEditor::from_context(),
            typed: RwSignal::new(String::new()),
            refused: RwSignal::new(None),
            not_read: RwSignal::new(Vec::new()),
            menu: RwSignal::new(None),
            has_focus: RwSignal::new(false),
            dragging: StoredValue::new(false),
            rows_moved: StoredValue::new(false),
            table: NodeRef::new(),
            announcer: Announcer::from_context(),
        }
    }

    /// What is shown and edited.
    pub fn source(self) -> Arc<dyn GridSource> {
        self.source.get_value()
    }

    /// Whether the user may change anything. Followed when read in a view.
    pub fn can_write(self) -> bool {
        self.source.with_value(|source| source.can_write())
    }

    /// The size of the table now.
    pub fn extent(self) -> Extent {
        let columns = self.columns.with_untracked(|columns| columns.len());
        Extent { rows: self.rows.with_untracked(Vec::len), columns }
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
    pub fn row_at(self, index: usize) -> Option<RowKey> {
        self.rows.with_untracked(|rows| rows.get(index).map(|row| row.key.clone()))
    }

    /// The index of a row.
    pub fn index_of(self, row: &str) -> Option<usize> {
        self.rows.with_untracked(|rows| rows.iter().position(|other| *other.key == *row))
    }

    /// The row the cursor stands in.
    pub fn current_row(self) -> Option<RowKey> {
        self.row_at(self.place().row)
    }

    /// What stands in a row.
    pub fn row_of(self, row: &RowKey) -> Option<Arc<dyn GridRow>> {
        self.source.with_value(|source| source.row(row))
    }

    /// The cell of a row at a column.
    pub fn cell_of(self, row: &RowKey, column: usize) -> Option<Cell> {
        Cell::new(self.row_of(row)?, self.columns.get_untracked(), column)
    }

    /// The cell at a place.
    pub fn cell_at(self, place: Place) -> Option<Cell> {
        self.cell_of(&self.row_at(place.row)?, place.column)
    }

    /// The column that is edited in a row, if any.
    pub fn editing_in(self, row: &RowKey) -> ArcRwSignal<Option<usize>> {
        let open = || {
            self.editing.with_untracked(|editing| {
                editing.as_ref().filter(|editing| editing.row == *row).map(|editing| editing.column)
            })
        };
        self.editors
            .try_update_value(|editors| editors.entry(row.clone()).or_insert_with(|| ArcRwSignal::new(open())).clone())
            .unwrap_or_default()
    }

    /// Opens an editor or closes the one that is open.
    pub fn set_editing(self, editing: Option<Editing>) {
        let after = editing.as_ref().map(|editing| (editing.row.clone(), editing.column));
        let before = self.editing.with_untracked(|editing| editing.as_ref().map(|editing| editing.row.clone()));
        self.open_editor.set(editing.as_ref().map(|_| self));
        self.editing.set(editing);
        if let Some(row) = before.filter(|row| after.as_ref().is_none_or(|(next, _)| next != row)) {
            self.editing_in(&row).set(None);
        }
        if let Some((row, column)) = after {
            self.editing_in(&row).maybe_update(|shown| shown.replace(column) != Some(column));
        }
    }

    /// The DOM id of a cell.
    pub fn cell_id(self, row: &RowKey, column: usize) -> String {
        format!("{}-{row}-{column}", self.id)
    }

    /// The DOM id of the editor.
    pub fn editor_id(self) -> String {
        format!("{}-editor", self.id)
    }

    /// The DOM id of the reason why what was typed is refused.
    pub fn reason_id(self) -> String {
        format!("{}-editor-error", self.id)
    }
}
