//! A spreadsheet of another program as a plain grid of cells, and what of a budget can be read out of it.
//!
//! `samplan-exchange` makes a [`Sheet`] of a file; [`guess`] proposes which columns and rows are what, the user changes
//! what is wrong, [`interpret`] reads the sheet by those [`Choices`], and [`mod@changes`] compares that with a budget.
//! Nothing here knows file formats, and nothing writes into a budget.

pub mod changes;
mod guess;
mod interpret;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::date::IsoDate;
use super::money::AmountUnit;
use super::year::Year;

pub use changes::{AmountChange, BudgetChanges, RowChange, RowFate, SectionChange, SumDifference, changes};
pub use guess::{Guess, guess, guess_roles};
pub use interpret::{ImportPreview, ImportRow, ImportSection, Refused, interpret};

/// *Kalkylblad*: a grid of cells. Rows may differ in length; what is not there is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// What the sheet is called in its file.
    pub name: String,
    /// The cells, row by row.
    pub rows: Vec<Vec<Cell>>,
}

/// *Cell*. Of cells that are merged the first holds what they show and the others are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Letters.
    Text(String),
    /// A figure, exactly as a decimal, whatever unit it is meant in.
    Number(Decimal),
    /// A day.
    Date(IsoDate),
    /// What a formula could not work out, such as `#REF!`.
    Fault(String),
}

/// *Rad i kalkylbladet*: what a row is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowRole {
    /// *Hoppas över*.
    Skip,
    /// *Rubrik*: begins a section of the budget.
    Section,
    /// *Budgetrad*: a cost.
    Line,
    /// *Intäkt*.
    Income,
    /// *Summa*: kept beside the sums that the program works out, not imported.
    Sum,
    /// *Ingående eget kapital*.
    OpeningEquity,
}

/// How a sheet is to be read. All of it can be changed by the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The first row that is part of the budget, below headings.
    pub first_row: usize,
    /// Which column holds the names.
    pub name_column: usize,
    /// Which column holds notes, if any does.
    pub note_column: Option<usize>,
    /// Which column holds the amounts of which year.
    pub year_columns: BTreeMap<usize, Year>,
    /// What a figure without a unit means.
    pub unit: AmountUnit,
    /// What each row is; one that is not mentioned is skipped.
    pub roles: BTreeMap<usize, RowRole>,
}

impl Sheet {
    /// The cell at a place; empty outside the grid.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        const EMPTY: &Cell = &Cell::Empty;
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(EMPTY)
    }

    /// How many columns the longest row has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// The name of a place as spreadsheets write it: `C7`.
    pub fn place(row: usize, column: usize) -> String {
        format!("{}{}", Self::column_name(column), row + 1)
    }

    /// The letters of a column, counted from 0: `A`, `Z`, `AA`.
    pub fn column_name(column: usize) -> String {
        let mut letters = Vec::new();
        let mut rest = column + 1;
        while rest > 0 {
            let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
            letters.push(char::from(b'A' + letter));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl Cell {
    /// A cell of what somebody typed or pasted: empty if there is nothing but space in it.
    pub fn from_text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Empty,
            text => Self::Text(text.to_owned()),
        }
    }

    /// What the cell shows, in words; empty for an empty one.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            // Headings are broken over lines, and cells pasted from documents are full of spaces.
            Self::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Self::Number(number) => number.to_string().replace('.', ","),
            Self::Date(date) => date.to_string(),
            Self::Fault(fault) => fault.clone(),
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) | Self::Date(_) | Self::Fault(_) => false,
        }
    }
}
