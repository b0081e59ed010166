//! Pictures of figures: stacked columns, lines and bars, drawn as SVG on the server as in the browser.
//!
//! Each stands in a [`Figure`] whose heading says what is to be seen, and which has the same figures as a table. Places
//! along the page are percentages and heights are pixels, so that a picture is as wide as there is room and its text
//! never shrinks. What differs does so by pattern, dash or shape too: colours are for those who see them.

mod axis;
mod bars;
mod figure;
mod key;
mod lines;
mod picture;
mod stack;

pub use axis::{chart_unit, in_whole};
pub use bars::{Bar, BarRow, Bars};
pub use figure::{Figure, FigureTable};
pub use key::Key;
pub use lines::Lines;
pub use stack::Stack;

use crate::domain::Money;

/// How many series are told apart; more would need more colours and patterns than people can.
pub const MOST_SERIES: usize = 6;

/// What a picture is about, for those who do not see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Unique on the page; the picture's own ids begin with it.
    pub id: &'static str,
    /// What it is a picture of.
    pub title: String,
    /// What is to be seen in it, in a sentence or two.
    pub description: String,
}

/// A row of amounts, one for each category. Empty is not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// *Namn*.
    pub name: String,
    /// One for each category.
    pub amounts: Vec<Option<Money>>,
}
