//! The columns of a grid, as data: what they are called, and what stands in their cells.

use crate::domain::money::{AmountUnit, Money};
use std::sync::Arc;

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Text that colleagues may edit at the same time.
    Text,
    /// An amount that is typed.
    Amount,
    /// What is chosen in a dialog, not typed.
    Choice,
    /// A name that does not change here.
    Name,
    /// An amount that is worked out.
    Sum,
    /// A figure that is worked out and is no amount, such as a share of the whole.
    Share,
    /// How the row stands: words with an icon, worked out.
    Standing,
    /// Nothing at all: where a heading of rows has no figure to show.
    Nothing,
}

impl CellKind {
    /// Whether one types into it.
    pub fn is_typed(self) -> bool {
        matches!(self, Self::Text | Self::Amount)
    }

    /// Whether it can be changed at all: typed, or chosen in a dialog.
    pub fn can_change(self) -> bool {
        self.is_typed() || self == Self::Choice
    }

    /// Whether it can take this text.
    pub fn accepts(self, text: &str, unit: AmountUnit) -> bool {
        match self {
            Self::Text => true,
            Self::Amount => Money::parse_optional(text, unit).is_ok(),
            Self::Choice | Self::Name | Self::Sum | Self::Share | Self::Standing | Self::Nothing => false,
        }
    }
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the source and among those who are here. Columns that cannot be changed may share one.
    pub key: Arc<str>,
    /// The heading.
    pub heading: Arc<str>,
    /// What stands in its cells, where a row does not say otherwise.
    pub kind: CellKind,
    /// Its class, for width.
    pub class: &'static str,
    /// Whether it names the row for screen readers.
    pub is_row_header: bool,
    /// Whether its cells may carry a note under their text.
    pub has_notes: bool,
    /// What the row's form says under the label. A field that needs help takes one line.
    pub help: Option<&'static str>,
}

/// The columns of a grid, in reading order.
pub type Columns = Arc<[Column]>;

impl Column {
    /// A column.
    pub fn new(key: &str, heading: &str, kind: CellKind, class: &'static str) -> Self {
        Self {
            key: key.into(),
            heading: heading.into(),
            kind,
            class,
            is_row_header: false,
            has_notes: false,
            help: None,
        }
    }

    /// The same column, naming the row.
    #[must_use]
    pub fn row_header(self) -> Self {
        Self { is_row_header: true, ..self }
    }

    /// The same column, with help in the row's form.
    #[must_use]
    pub fn with_help(self, help: &'static str) -> Self {
        Self { help: Some(help), ..self }
    }

    /// The same column, with notes under its texts.
    #[must_use]
    pub fn with_notes(self) -> Self {
        Self { has_notes: true, ..self }
    }
}
