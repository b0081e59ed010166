//! The rows of a grid, as data: what each is called, what part it plays, and where rows may be added and moved to.
//! Knows nothing of what stands in them.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A row's short name: in the ids of elements, and among those who are here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RowKey(Arc<str>);

impl RowKey {
    /// The key of a name that holds nothing but letters, digits and hyphens.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }
}

impl Deref for RowKey {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RowKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self)
    }
}

/// What part a row plays in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowRole {
    /// A row that users add, move and remove.
    Line,
    /// A row that is always there and whose cells may be written.
    Fixed,
    /// The heading of a section: of the rows down to the next heading.
    Heading {
        /// Whether the section takes lines that users add.
        open: bool,
    },
    /// The sum of a section. It stays with its section in print.
    Sum,
    /// A sum of the whole table, or what follows from it.
    Total,
}

impl RowRole {
    /// Whether all of the row is worked out, so that it is neither numbered nor shown as a form.
    pub fn is_computed(self) -> bool {
        matches!(self, Self::Sum | Self::Total)
    }

    /// The class of the row.
    pub fn class(self) -> Option<&'static str> {
        match self {
            Self::Line | Self::Fixed => None,
            Self::Heading { .. } => Some("section"),
            Self::Sum => Some("sum"),
            Self::Total => Some("sum total"),
        }
    }
}

/// One row in the order they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its key.
    pub key: RowKey,
    /// Its part.
    pub role: RowRole,
}

impl Row {
    /// A row.
    pub fn new(key: &str, role: RowRole) -> Self {
        Self { key: RowKey::new(key), role }
    }
}

/// Where a new row goes that is wanted in front of `rows[wanted]`: there, or the nearest place above it in the same
/// section. The index of the row it is put in front of; nothing where users add no rows. `open` tells whether rows
/// outside of all sections are the users' own.
pub fn gap(rows: &[Row], wanted: usize, open: bool) -> Option<usize> {
    for gap in (1..=wanted.min(rows.len())).rev() {
        match rows[gap - 1].role {
            RowRole::Line | RowRole::Heading { open: true } => return Some(gap),
            RowRole::Heading { open: false } => return None,
            RowRole::Fixed | RowRole::Sum | RowRole::Total => {}
        }
    }
    open.then_some(0)
}

/// Where a line goes when it is moved one place: within its section, and from its edge over to the neighbouring
/// section that takes lines. The index of the row it is put in front of; nothing at the edge of the table.
pub fn step(rows: &[Row], index: usize, up: bool) -> Option<usize> {
    let is_line = |row: &Row| row.role == RowRole::Line;
    let takes = |row: &Row| matches!(row.role, RowRole::Line | RowRole::Heading { open: true });
    if up {
        let above = index.checked_sub(1)?;
        if is_line(rows.get(above)?) {
            return Some(above);
        }
        let heading = heading_of(rows, index)?;
        rows[..heading].iter().rposition(takes).map(|last| last + 1)
    } else {
        let below = index + 1;
        if is_line(rows.get(below)?) {
            return Some(below + 1);
        }
        let found = rows[below..].iter().position(|row| row.role == RowRole::Heading { open: true });
        found.map(|heading| below + heading + 1)
    }
}

/// The index of the heading above a row, if it stands in a section.
pub fn heading_of(rows: &[Row], index: usize) -> Option<usize> {
    rows.get(..index)?.iter().rposition(|row| matches!(row.role, RowRole::Heading { .. }))
}

/// The number of a line among those of its section, from 1, and how many these are.
pub fn place_among(rows: &[Row], index: usize) -> (usize, usize) {
    let start = heading_of(rows, index).map_or(0, |heading| heading + 1);
    let is_heading = |row: &Row| matches!(row.role, RowRole::Heading { .. });
    let end = rows[index..].iter().position(is_heading).map_or(rows.len(), |next| index + next);
    let lines = |rows: &[Row]| rows.iter().filter(|row| row.role == RowRole::Line).count();
    (lines(&rows[start..=index]), lines(&rows[start..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table written as letters: `l` line, `f` fixed, `H` heading of an open section, `h` of a closed one, `s` sum,
    /// `t` total.
    fn table(letters: &str) -> Vec<Row> {
        let role = |letter| match letter {
            'l' => RowRole::Line,
            'f' => RowRole::Fixed,
            'H' => RowRole::Heading { open: true },
            'h' => RowRole::Heading { open: false },
            's' => RowRole::Sum,
            't' => RowRole::Total,
            other => panic!("no such row: {other}"),
        };
        letters.chars().enumerate().map(|(index, letter)| Row::new(&index.to_string(), role(letter))).collect()
    }

    #[test]
    fn in_a_plain_table_rows_go_where_they_are_wanted() {
        for wanted in 0..=3 {
            assert_eq!(gap(&table("lll"), wanted, true), Some(wanted));
        }
        assert_eq!(gap(&[], 0, true), Some(0));
        assert_eq!(gap(&table("fff"), 3, false), None);
    }

    #[test]
    fn a_row_wanted_under_a_sum_goes_last_in_the_section_above_it() {
        let rows = table("HllsHlst");
        assert_eq!(gap(&rows, 4, false), Some(3));
        assert_eq!(gap(&rows, 8, false), Some(6));
        assert_eq!(gap(&rows, 1, false), Some(1));
        assert_eq!(gap(&rows, 0, false), None);
        assert_eq!(gap(&table("Hlshffs"), 7, false), None);
    }

    #[test]
    fn a_line_moves_within_its_section_and_over_to_the_next() {
        let rows = table("HllsHlst");
        assert_eq!(step(&rows, 1, false), Some(3));
        assert_eq!(step(&rows, 2, true), Some(1));
        assert_eq!(step(&rows, 2, false), Some(5));
        assert_eq!(step(&rows, 5, true), Some(3));
        assert_eq!((step(&rows, 1, true), step(&rows, 5, false)), (None, None));
    }

    #[test]
    fn a_line_jumps_a_closed_section_and_enters_an_empty_one() {
        let rows = table("HlshfsHs");
        assert_eq!(step(&rows, 1, false), Some(7));
        let moved = table("HshfsHls");
        assert_eq!(step(&moved, 6, true), Some(1));
    }

    #[test]
    fn a_place_is_counted_among_the_lines_of_the_section() {
        let rows = table("HllsHlst");
        assert_eq!(place_among(&rows, 2), (2, 2));
        assert_eq!(place_among(&rows, 5), (1, 1));
        assert_eq!(place_among(&table("lll"), 1), (2, 3));
    }
}
