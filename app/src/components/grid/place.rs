//! Where the cursor stands in a grid, what is selected, and how both move. Knows nothing of cells, keys or screens.

/// One cell, by position: the first body row and the first column are 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// Which body row.
    pub row: usize,
    /// Which column.
    pub column: usize,
}

impl Place {
    /// The cell at `row` and `column`.
    pub fn new(row: usize, column: usize) -> Self {
        Self { row, column }
    }
}

/// How many rows and columns there are to move among.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Body rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
}

impl Extent {
    /// Whether there is no cell at all.
    pub fn is_empty(self) -> bool {
        self.rows == 0 || self.columns == 0
    }

    /// The last cell, or the first where there is none.
    pub fn last(self) -> Place {
        Place::new(self.rows.saturating_sub(1), self.columns.saturating_sub(1))
    }

    /// The nearest cell that exists.
    pub fn clamp(self, place: Place) -> Place {
        let last = self.last();
        Place::new(place.row.min(last.row), place.column.min(last.column))
    }
}

/// A movement of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One cell up.
    Up,
    /// One cell down.
    Down,
    /// One cell to the left.
    Left,
    /// One cell to the right.
    Right,
    /// To the first cell of the row.
    RowStart,
    /// To the last cell of the row.
    RowEnd,
    /// To the first cell of the table.
    TableStart,
    /// To the last cell of the table.
    TableEnd,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// To the next cell, and from the end of a row to the next row.
    Next,
    /// To the cell before, and from the start of a row to the row before.
    Previous,
}

impl Motion {
    /// Where the cursor comes from `place`; it stops at the edges. `page` is how many rows a screen holds.
    pub fn from(self, place: Place, extent: Extent, page: usize) -> Place {
        let Place { row, column } = extent.clamp(place);
        let last = extent.last();
        match self {
            Self::Up => Place::new(row.saturating_sub(1), column),
            Self::Down => Place::new((row + 1).min(last.row), column),
            Self::Left => Place::new(row, column.saturating_sub(1)),
            Self::Right => Place::new(row, (column + 1).min(last.column)),
            Self::RowStart => Place::new(row, 0),
            Self::RowEnd => Place::new(row, last.column),
            Self::TableStart => Place::default(),
            Self::TableEnd => last,
            Self::PageUp => Place::new(row.saturating_sub(page.max(1)), column),
            Self::PageDown => Place::new((row + page.max(1)).min(last.row), column),
            Self::Next if column < last.column => Place::new(row, column + 1),
            Self::Next if row < last.row => Place::new(row + 1, 0),
            Self::Next => last,
            Self::Previous if column > 0 => Place::new(row, column - 1),
            Self::Previous if row > 0 => Place::new(row - 1, last.column),
            Self::Previous => Place::default(),
        }
    }
}

/// A rectangle of cells, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The upper left corner.
    pub from: Place,
    /// The lower right corner.
    pub to: Place,
}

impl Area {
    /// The rectangle between any two corners.
    pub fn between(one: Place, other: Place) -> Self {
        Self {
            from: Place::new(one.row.min(other.row), one.column.min(other.column)),
            to: Place::new(one.row.max(other.row), one.column.max(other.column)),
        }
    }

    /// How many rows it covers.
    pub fn rows(self) -> usize {
        self.to.row - self.from.row + 1
    }

    /// How many columns it covers.
    pub fn columns(self) -> usize {
        self.to.column - self.from.column + 1
    }

    /// Whether it is more than one cell.
    pub fn is_range(self) -> bool {
        self.from != self.to
    }

    /// Whether a cell lies in it.
    pub fn contains(self, place: Place) -> bool {
        (self.from.row..=self.to.row).contains(&place.row)
            && (self.from.column..=self.to.column).contains(&place.column)
    }

    /// Every cell in it, row by row.
    pub fn places(self) -> impl Iterator<Item = Place> {
        (self.from.row..=self.to.row)
            .flat_map(move |row| (self.from.column..=self.to.column).map(move |column| Place::new(row, column)))
    }

    /// The part of it that exists, or nothing where the grid is empty.
    pub fn within(self, extent: Extent) -> Option<Self> {
        (!extent.is_empty()).then(|| Self::between(extent.clamp(self.from), extent.clamp(self.to)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENT: Extent = Extent { rows: 4, columns: 3 };

    fn check(motion: Motion, from: (usize, usize), expected: (usize, usize)) {
        let place = motion.from(Place::new(from.0, from.1), EXTENT, 2);
        assert_eq!(place, Place::new(expected.0, expected.1), "{motion:?} from {from:?}");
    }

    #[test]
    fn arrows_move_one_cell_and_stop_at_the_edge() {
        check(Motion::Up, (1, 1), (0, 1));
        check(Motion::Up, (0, 1), (0, 1));
        check(Motion::Down, (3, 1), (3, 1));
        check(Motion::Left, (2, 0), (2, 0));
        check(Motion::Right, (2, 1), (2, 2));
        check(Motion::Right, (2, 2), (2, 2));
    }

    #[test]
    fn home_and_end_go_to_row_ends_and_with_control_to_table_ends() {
        check(Motion::RowStart, (2, 2), (2, 0));
        check(Motion::RowEnd, (2, 0), (2, 2));
        check(Motion::TableStart, (2, 2), (0, 0));
        check(Motion::TableEnd, (0, 0), (3, 2));
        check(Motion::PageDown, (0, 1), (2, 1));
        check(Motion::PageDown, (3, 1), (3, 1));
        check(Motion::PageUp, (1, 1), (0, 1));
    }

    #[test]
    fn tab_wraps_from_row_to_row_and_stops_at_the_ends() {
        check(Motion::Next, (0, 2), (1, 0));
        check(Motion::Next, (3, 2), (3, 2));
        check(Motion::Previous, (1, 0), (0, 2));
        check(Motion::Previous, (0, 0), (0, 0));
    }

    #[test]
    fn a_cursor_that_stood_outside_a_shrunk_table_comes_back_in() {
        check(Motion::Down, (9, 9), (3, 2));
        check(Motion::Left, (9, 1), (3, 0));
        let empty = Extent { rows: 0, columns: 3 };
        assert_eq!(Motion::Down.from(Place::new(2, 2), empty, 1).row, 0);
    }

    #[test]
    fn an_area_is_the_same_from_whichever_corner() {
        let area = Area::between(Place::new(2, 0), Place::new(1, 2));
        assert_eq!(area, Area::between(Place::new(1, 2), Place::new(2, 0)));
        assert_eq!((area.rows(), area.columns()), (2, 3));
        assert_eq!(area.places().count(), 6);
        assert!(area.contains(Place::new(1, 1)) && !area.contains(Place::new(0, 1)));
    }

    #[test]
    fn an_empty_table_has_no_area() {
        let area = Area::between(Place::default(), Place::default());
        assert_eq!(area.within(Extent { rows: 0, columns: 3 }), None);
        assert_eq!(area.within(EXTENT), Some(area));
    }
}
