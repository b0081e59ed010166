//! One cell: a row's content at one column.

use super::column::{CellKind, Column, Columns};
use super::source::GridRow;
use crate::components::icon::Icon;
use crate::domain::money::{AmountUnit, Money};
use std::sync::Arc;

/// A cell that follows its row. Cheap to clone.
#[derive(Clone)]
pub struct Cell {
    /// The row.
    pub row: Arc<dyn GridRow>,
    columns: Columns,
    index: usize,
}

impl Cell {
    /// The cell of a row at a column; nothing past the last column.
    pub fn new(row: Arc<dyn GridRow>, columns: Columns, index: usize) -> Option<Self> {
        (index < columns.len()).then_some(Self { row, columns, index })
    }

    /// Its column.
    pub fn column(&self) -> &Column {
        &self.columns[self.index]
    }

    /// What stands in it.
    pub fn kind(&self) -> CellKind {
        self.row.kind(self.column())
    }

    /// Its text.
    pub fn text(&self) -> String {
        self.row.text(self.column())
    }

    /// Its amount.
    pub fn amount(&self) -> Option<Money> {
        self.row.amount(self.column())
    }

    /// Whether several amounts were written at the same time.
    pub fn has_conflict(&self) -> bool {
        self.row.has_conflict(self.column())
    }

    /// The icon beside its words.
    pub fn icon(&self) -> Option<Icon> {
        self.row.icon(self.column())
    }

    /// The note under its text.
    pub fn note(&self) -> Option<String> {
        self.row.note(self.column())
    }

    /// What the editor starts with and what is copied: amounts without groups, as Swedish Excel reads them.
    pub fn raw(&self, unit: AmountUnit) -> String {
        match self.kind() {
            CellKind::Amount | CellKind::Sum => {
                self.amount().map(|amount| amount.to_clipboard(unit)).unwrap_or_default()
            }
            CellKind::Text | CellKind::Choice | CellKind::Name => self.text(),
            CellKind::Standing => self.text(),
            CellKind::Share | CellKind::Nothing => String::new(),
        }
    }
}

/// What a row is called, short enough to be spoken: at most some sixty characters.
pub fn short_label(row: &dyn GridRow) -> String {
    shorten(&row.label())
}

/// A text cut at a word, with an ellipsis, if it is longer than some sixty characters.
pub fn shorten(text: &str) -> String {
    shorten_to(text, 60)
}

/// A text cut at a word, with an ellipsis, if it is longer than so many characters.
pub fn shorten_to(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let cut: String = text.chars().take(longest).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{cut} …")
}

/// A part of a whole in percent with one decimal, rounded half up; a dash where there is nothing to share.
pub fn share(part: Option<Money>, whole: Money) -> String {
    let (Some(part), whole) = (part.map(Money::ore), whole.ore()) else { return "–".to_owned() };
    if whole <= 0 || part < 0 {
        return "–".to_owned();
    }
    let tenths = (i128::from(part) * 2000 + i128::from(whole)) / (i128::from(whole) * 2);
    format!("{},{}\u{a0}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_at_a_word() {
        assert_eq!(shorten("Kort"), "Kort");
        let long = shorten("Medarbetare som arbetar med arbetslivsinriktad rehabilitering inom parterna");
        assert_eq!(long, "Medarbetare som arbetar med arbetslivsinriktad …");
    }

    #[test]
    fn shares_are_shown_with_one_decimal_and_nothing_is_shared_of_nothing() {
        let kronor = Money::from_kronor;
        assert_eq!(share(Some(kronor(125_000)), kronor(625_000)), "20,0\u{a0}%");
        assert_eq!(share(Some(kronor(1)), kronor(3)), "33,3\u{a0}%");
        assert_eq!(share(Some(kronor(2)), kronor(3)), "66,7\u{a0}%");
        assert_eq!(share(None, kronor(3)), "–");
        assert_eq!(share(Some(kronor(0)), Money::ZERO), "–");
    }
}
