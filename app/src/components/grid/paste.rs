//! What a paste would write, worked out before anything is written. Knows cells only as "takes this text or does not",
//! so that it can be tried without a document.

use super::clipboard::Block;
use super::place::{Area, Extent, Place};

/// How many of the cells that could not be read are named.
const TOLD: usize = 3;

/// One cell that a paste writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Which cell. A row at or past the last is one that the paste adds.
    pub place: Place,
    /// What is to stand there.
    pub text: String,
}

/// All that a paste does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PastePlan {
    /// The cells to write, row by row.
    pub writes: Vec<Write>,
    /// How many rows must be added at the end first.
    pub added_rows: usize,
    /// The cells that could not be read, with what stood there.
    pub refused: Vec<Write>,
    /// How many cells were left alone because nobody writes in them: sums and headings.
    pub locked: usize,
    /// How many columns of the clipboard fell outside the table.
    pub columns_outside: usize,
    /// How many rows of the clipboard fell outside the table.
    pub rows_outside: usize,
    /// The rectangle that was written, to be selected afterwards.
    pub area: Option<Area>,
}

/// What a cell makes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It takes it.
    Taken,
    /// It cannot read it.
    Refused,
    /// Nobody writes in it: it is worked out, or belongs to a heading.
    Locked,
}

/// What a grid lets a paste do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasteRules {
    /// The size of the table.
    pub extent: Extent,
    /// Whether a paste past the last row adds rows.
    pub may_add_rows: bool,
}

impl PastePlan {
    /// Works out a paste of `block` onto `selection`. A block whose size goes up evenly in the selection fills it;
    /// otherwise the block goes from the upper left corner. `fit` tells what a cell makes of a text.
    pub fn new(block: &Block, selection: Area, rules: PasteRules, fit: impl Fn(Place, &str) -> Fit) -> Self {
        let height = block.len();
        let width = block.iter().map(Vec::len).max().unwrap_or(0);
        let mut plan = Self::default();
        if height == 0 || width == 0 {
            return plan;
        }
        let repeats = selection.rows().is_multiple_of(height) && selection.columns().is_multiple_of(width);
        let (rows, columns) = if repeats { (selection.rows(), selection.columns()) } else { (height, width) };
        let fits = rules.extent.columns.saturating_sub(selection.from.column);
        plan.columns_outside = columns.saturating_sub(fits);
        let room = rules.extent.rows.saturating_sub(selection.from.row);
        plan.added_rows = if rules.may_add_rows { rows.saturating_sub(room) } else { 0 };
        plan.rows_outside = rows.saturating_sub(room + plan.added_rows);
        let rows = rows - plan.rows_outside;
        let columns = columns.min(fits);
        for row in 0..rows {
            for column in 0..columns {
                let Some(text) = block[row % height].get(column % width) else { continue };
                let place = Place::new(selection.from.row + row, selection.from.column + column);
                let write = Write { place, text: text.clone() };
                match fit(place, text) {
                    Fit::Taken => plan.writes.push(write),
                    Fit::Refused => plan.refused.push(write),
                    // Nothing is lost where nothing was to be written.
                    Fit::Locked => plan.locked += usize::from(!text.is_empty()),
                }
            }
        }
        if rows > 0 && columns > 0 {
            let to = Place::new(selection.from.row + rows - 1, selection.from.column + columns - 1);
            plan.area = Some(Area::between(selection.from, to));
        }
        plan
    }

    /// What the user is told: "24 belopp klistrades in. 1 kunde inte tolkas: rad 3 Kostnad (”tolv”)." `amounts` is how
    /// many of the written cells are amounts; where all are, they are called so. `name` says where a cell is.
    pub fn summary(&self, amounts: usize, name: impl Fn(Place) -> String) -> String {
        let written = self.writes.len();
        let mut text = match (written, written == amounts) {
            (0, _) => "Inget klistrades in.".to_owned(),
            (1, true) => "1 belopp klistrades in.".to_owned(),
            (1, false) => "1 cell klistrades in.".to_owned(),
            (_, true) => format!("{written} belopp klistrades in."),
            (_, false) => format!("{written} celler klistrades in."),
        };
        if self.added_rows > 0 {
            let rows = if self.added_rows == 1 { "rad lades till" } else { "rader lades till" };
            text.push_str(&format!(" {} {rows}.", self.added_rows));
        }
        if !self.refused.is_empty() {
            let told = self.refused.iter().take(TOLD);
            let cells: Vec<_> = told.map(|Write { place, text }| format!("{} ({})", name(*place), cut(text))).collect();
            let more = match self.refused.len().saturating_sub(TOLD) {
                0 => String::new(),
                more => format!(" och {more} till"),
            };
            text.push_str(&format!(" {} kunde inte tolkas: {}{more}.", self.refused.len(), cells.join(", ")));
        }
        if self.locked > 0 {
            let cells = if self.locked == 1 { "cell" } else { "celler" };
            text.push_str(&format!(" {} {cells} kan inte ändras.", self.locked));
        }
        if self.columns_outside > 0 {
            let columns = if self.columns_outside == 1 { "kolumn fick" } else { "kolumner fick" };
            text.push_str(&format!(" {} {columns} inte plats.", self.columns_outside));
        }
        if self.rows_outside > 0 {
            let rows = if self.rows_outside == 1 { "rad fick" } else { "rader fick" };
            text.push_str(&format!(" {} {rows} inte plats.", self.rows_outside));
        }
        text
    }
}

/// What stood on the clipboard, in quotation marks and short enough for a message.
fn cut(text: &str) -> String {
    const LONGEST: usize = 20;
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("”{shown}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: PasteRules = PasteRules { extent: Extent { rows: 4, columns: 3 }, may_add_rows: true };

    fn block(rows: &[&[&str]]) -> Block {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    fn area(from: (usize, usize), to: (usize, usize)) -> Area {
        Area::between(Place::new(from.0, from.1), Place::new(to.0, to.1))
    }

    fn named(place: Place) -> String {
        format!("rad {} kolumn {}", place.row + 1, place.column + 1)
    }

    fn written(plan: &PastePlan) -> Vec<(usize, usize, &str)> {
        plan.writes.iter().map(|write| (write.place.row, write.place.column, write.text.as_str())).collect()
    }

    #[test]
    fn a_block_goes_from_the_upper_left_corner_of_the_selection() {
        let plan = PastePlan::new(&block(&[&["a", "b"], &["c", "d"]]), area((1, 1), (1, 1)), RULES, |_, _| Fit::Taken);
        assert_eq!(written(&plan), [(1, 1, "a"), (1, 2, "b"), (2, 1, "c"), (2, 2, "d")]);
        assert_eq!(plan.area, Some(area((1, 1), (2, 2))));
    }

    #[test]
    fn one_cell_fills_the_whole_selection() {
        let plan = PastePlan::new(&block(&[&["x"]]), area((0, 0), (1, 1)), RULES, |_, _| Fit::Taken);
        assert_eq!(plan.writes.len(), 4);
        assert!(plan.writes.iter().all(|write| write.text == "x"));
    }

    #[test]
    fn rows_are_added_at_the_end_where_the_table_allows_it() {
        let rows = block(&[&["a"], &["b"], &["c"]]);
        let plan = PastePlan::new(&rows, area((3, 0), (3, 0)), RULES, |_, _| Fit::Taken);
        assert_eq!((plan.added_rows, plan.writes.len()), (2, 3));
        let fixed = PasteRules { may_add_rows: false, ..RULES };
        let plan = PastePlan::new(&rows, area((3, 0), (3, 0)), fixed, |_, _| Fit::Taken);
        assert_eq!((plan.added_rows, plan.rows_outside, plan.writes.len()), (0, 2, 1));
        assert_eq!(plan.summary(1, named), "1 belopp klistrades in. 2 rader fick inte plats.");
    }

    #[test]
    fn what_does_not_fit_or_cannot_be_read_is_told_and_not_written() {
        let plan = PastePlan::new(&block(&[&["1", "två"], &["3", "4"]]), area((0, 1), (0, 1)), RULES, |_, text| {
            if text.parse::<u8>().is_ok() { Fit::Taken } else { Fit::Refused }
        });
        assert_eq!(plan.refused.len(), 1);
        let told = "3 belopp klistrades in. 1 kunde inte tolkas: rad 1 kolumn 3 (”två”).";
        assert_eq!(plan.summary(3, named), told);
        let many =
            PastePlan::new(&block(&[&["a"], &["b"], &["c"], &["d"]]), area((0, 0), (0, 0)), RULES, |_, _| Fit::Refused);
        let told = "rad 1 kolumn 1 (”a”), rad 2 kolumn 1 (”b”), rad 3 kolumn 1 (”c”) och 1 till.";
        assert_eq!(many.summary(0, named), format!("Inget klistrades in. 4 kunde inte tolkas: {told}"));
        let wide = PastePlan::new(&block(&[&["1", "2", "3"]]), area((0, 1), (0, 1)), RULES, |_, _| Fit::Taken);
        assert_eq!(wide.summary(0, named), "2 celler klistrades in. 1 kolumn fick inte plats.");
    }

    #[test]
    fn sums_are_left_alone_and_told_of() {
        let rows = block(&[&["1"], &["2"], &["3"]]);
        let plan =
            PastePlan::new(
                &rows,
                area((0, 1), (0, 1)),
                RULES,
                |place, _| {
                    if place.row == 1 { Fit::Locked } else { Fit::Taken }
                },
            );
        assert_eq!(written(&plan), [(0, 1, "1"), (2, 1, "3")]);
        assert_eq!(plan.summary(2, named), "2 belopp klistrades in. 1 cell kan inte ändras.");
    }

    #[test]
    fn a_ragged_block_leaves_the_missing_cells_alone() {
        let plan = PastePlan::new(&block(&[&["a"], &["b", "c"]]), area((0, 0), (0, 0)), RULES, |_, _| Fit::Taken);
        assert_eq!(written(&plan), [(0, 0, "a"), (1, 0, "b"), (1, 1, "c")]);
    }

    #[test]
    fn an_empty_clipboard_does_nothing() {
        let plan = PastePlan::new(&Block::new(), area((0, 0), (0, 0)), RULES, |_, _| Fit::Taken);
        assert_eq!(plan, PastePlan::default());
        assert_eq!(plan.summary(0, named), "Inget klistrades in.");
    }
}
