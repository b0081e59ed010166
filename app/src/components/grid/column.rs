//! The columns of a grid: what stands in them, and how a text becomes a command.

use super::rebase::rebase;
use super::row_view::RowView;
use crate::document::{CountyCommand, Field, RowRef};
use crate::domain::money::{AmountUnit, Money};

/// What kind of thing stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text that colleagues may edit at the same time.
    Text,
    /// An amount.
    Amount,
    /// How the cost is divided: chosen in a dialog, not typed.
    Split,
    /// The name of the row, which does not change here.
    Name,
    /// A share of the whole, worked out.
    Share,
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Which field of the row.
    pub field: Field,
    /// The heading.
    pub heading: &'static str,
    /// What stands there.
    pub kind: ColumnKind,
    /// Whether it names the row for screen readers.
    pub is_row_header: bool,
    /// Its class, for width.
    pub class: &'static str,
}

impl Column {
    /// A column with the heading that the field has.
    pub const fn new(field: Field, heading: &'static str, kind: ColumnKind, class: &'static str) -> Self {
        Self { field, heading, kind, is_row_header: false, class }
    }

    /// The same column, naming the row.
    pub const fn row_header(self) -> Self {
        Self { is_row_header: true, ..self }
    }

    /// Whether one types into it.
    pub fn is_typed(&self) -> bool {
        matches!(self.kind, ColumnKind::Text | ColumnKind::Amount)
    }

    /// Whether it can be changed at all: typed, or chosen in a dialog.
    pub fn can_change(&self) -> bool {
        self.is_typed() || self.kind == ColumnKind::Split
    }

    /// Whether it can take this text.
    pub fn accepts(&self, text: &str, unit: AmountUnit) -> bool {
        match self.kind {
            ColumnKind::Text => true,
            ColumnKind::Amount => Money::parse_optional(text, unit).is_ok(),
            ColumnKind::Split | ColumnKind::Name | ColumnKind::Share => false,
        }
    }

    /// What the editor starts with and what is copied: amounts without groups, as Swedish Excel reads them.
    pub fn raw(&self, row: &RowView, unit: AmountUnit) -> String {
        match self.kind {
            ColumnKind::Amount => row.amount().map(|amount| amount.to_clipboard(unit)).unwrap_or_default(),
            ColumnKind::Text => row.text(self.field),
            ColumnKind::Split => row.split_label(),
            ColumnKind::Name => row.label(),
            ColumnKind::Share => String::new(),
        }
    }

    /// The command that puts `text` into the cell; none if it stands there already. `base` is the text the editor
    /// was opened on, so that a colleague's words since then are kept.
    ///
    /// # Errors
    /// A Swedish sentence that says why the text was refused.
    pub fn command(
        &self,
        row: &RowRef,
        view: &RowView,
        text: &str,
        base: Option<&str>,
        unit: AmountUnit,
    ) -> Result<Option<CountyCommand>, String> {
        let row = row.clone();
        match self.kind {
            ColumnKind::Amount => {
                let amount = Money::parse_optional(text, unit).map_err(|error| error.to_string())?;
                if view.conflict().is_some() {
                    return Ok(Some(CountyCommand::SettleConflict { row, amount }));
                }
                Ok((amount != view.amount()).then_some(CountyCommand::SetAmount { row, amount }))
            }
            ColumnKind::Text => {
                let present = view.text(self.field);
                let text = text.replace("\r\n", "\n");
                let value = rebase(base.unwrap_or(&present), &text, &present);
                Ok((value != present).then_some(CountyCommand::SetText { row, field: self.field, value }))
            }
            ColumnKind::Split | ColumnKind::Name | ColumnKind::Share => Ok(None),
        }
    }

    /// The command that puts `text` into a cell of a row that is still to be added; none for an empty text or one
    /// that cannot be read.
    pub fn command_for_new(&self, row: &RowRef, text: &str, unit: AmountUnit) -> Option<CountyCommand> {
        let row = row.clone();
        match self.kind {
            ColumnKind::Amount => {
                let amount = Money::parse_optional(text, unit).ok().flatten()?;
                Some(CountyCommand::SetAmount { row, amount: Some(amount) })
            }
            ColumnKind::Text if !text.is_empty() => {
                Some(CountyCommand::SetText { row, field: self.field, value: text.to_owned() })
            }
            _ => None,
        }
    }
}
