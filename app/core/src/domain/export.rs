//! What is written into files for other programs, as plain rows: a budget with its sums to come, and lists.
//!
//! It knows nothing of how files are made; `samplan-exchange` makes a workbook of it.

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::budget::{Amounts, Budget, Income, Section};
use super::date::IsoDate;
use super::money::{AmountUnit, Money};
use super::sheet::Cell;
use super::year::Year;

/// *Budget som kalkylblad*: the rows that people write. Sums, result, equity and ceiling become formulas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetExport {
    /// The heading: `Samordningsförbundet Exempel: budget 2021`.
    pub title: String,
    /// Below it: which version, when decided, registry number; may be empty.
    pub subtitle: String,
    /// What the figures are written in.
    pub unit: AmountUnit,
    /// The budget year and the outlook years after it.
    pub years: Vec<Year>,
    /// *Intäkter från parterna*, of which the ceiling for equity is a share.
    pub income: Vec<ExportRow>,
    /// *Övriga intäkter*, which no party pays.
    pub other_income: Vec<ExportRow>,
    /// Sections with their lines.
    pub sections: Vec<ExportSection>,
    /// *Ingående eget kapital* of the first year; none if it is not known.
    pub opening_equity: Option<Money>,
    /// *Tak för eget kapital*, in hundredths of a percent of the year's income: 2000 is 20 %.
    pub ceiling: u32,
    /// The day it is written, for the file's properties and its footer.
    pub written: IsoDate,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportSection {
    /// Its name.
    pub name: String,
    /// Its lines.
    pub lines: Vec<ExportRow>,
}

/// A row with an amount for each year, in the order of the years. What is missing at the end is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportRow {
    /// Its name.
    pub name: String,
    /// Its note; may be empty.
    pub note: String,
    /// The amounts; none where nothing is written, which is not zero.
    pub amounts: Vec<Option<Money>>,
}

/// *Lista som kalkylblad*: a plain list with headings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableExport {
    /// The heading.
    pub title: String,
    /// Below it; may be empty.
    pub subtitle: String,
    /// The headings of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// What the sums of a [`BudgetExport`] come to in one year. A sum of nothing but empty amounts is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExportSums {
    /// *Intäkter från parterna*.
    pub party_income: Option<Money>,
    /// *Summa intäkter*.
    pub income: Option<Money>,
    /// *Summa kostnader*.
    pub cost: Option<Money>,
    /// *Årets resultat*.
    pub net_result: Option<Money>,
    /// *Ingående eget kapital*.
    pub opening: Option<Money>,
    /// *Utgående eget kapital*.
    pub closing: Option<Money>,
    /// *Tak för eget kapital*, in whole öre.
    pub ceiling: Option<Money>,
    /// Closing equity less its ceiling: above zero is too much.
    pub over_ceiling: Option<Money>,
}

/// The sum of amounts in one year; none if all are empty.
pub fn sum_of(rows: &[ExportRow], year: usize) -> Option<Money> {
    rows.iter().map(|row| row.amounts.get(year).copied().flatten()).fold(None, added)
}

/// Empty and empty is empty; anything else counts an empty amount as nothing.
fn added(one: Option<Money>, other: Option<Money>) -> Option<Money> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one + other),
        (one, other) => one.or(other),
    }
}

impl BudgetExport {
    /// The rows of a budget.
    pub fn new(budget: &Budget, title: String, subtitle: String, unit: AmountUnit, written: IsoDate) -> Self {
        let row = |name: &str, note: &str, amounts: &Amounts| ExportRow {
            name: name.to_owned(),
            note: note.to_owned(),
            amounts: budget.years.iter().map(|year| amounts.get(year).copied()).collect(),
        };
        let income_row = |income: &&Income| row(&income.name, "", &income.amounts);
        let (from_parties, other): (Vec<_>, Vec<_>) = budget.income.iter().partition(|income| income.is_from_parties());
        let section = |section: &Section| ExportSection {
            name: section.name.clone(),
            lines: section.lines.iter().map(|line| row(&line.name, &line.note, &line.amounts)).collect(),
        };
        Self {
            title,
            subtitle,
            unit,
            years: budget.years.clone(),
            income: from_parties.iter().map(income_row).collect(),
            other_income: other.iter().map(income_row).collect(),
            sections: budget.sections.iter().map(section).collect(),
            opening_equity: budget.opening_equity,
            ceiling: budget.ceiling.hundredths().into(),
            written,
        }
    }

    /// What the formulas come to, year by year: written beside them for programs that do not calculate.
    pub fn sums(&self) -> Vec<ExportSums> {
        let mut opening = self.opening_equity;
        (0..self.years.len())
            .map(|year| {
                let party_income = sum_of(&self.income, year);
                let income = added(party_income, sum_of(&self.other_income, year));
                let cost = self.sections.iter().map(|section| sum_of(&section.lines, year)).fold(None, added);
                let net_result =
                    (income.is_some() || cost.is_some()).then(|| income.unwrap_or_default() - cost.unwrap_or_default());
                let closing = opening.zip(net_result).map(|(opening, result)| opening + result);
                let ceiling = party_income.map(|income| self.ceiling_of(income));
                let over_ceiling = closing.zip(ceiling).map(|(closing, ceiling)| closing - ceiling);
                let sums =
                    ExportSums { party_income, income, cost, net_result, opening, closing, ceiling, over_ceiling };
                opening = closing;
                sums
            })
            .collect()
    }

    /// The share of an income that the rate allows, to whole öre, halves away from zero.
    fn ceiling_of(&self, income: Money) -> Money {
        let ore = Decimal::from(income.ore()) * Decimal::from(self.ceiling) / Decimal::from(10_000);
        Money::from_ore(ore.round_dp_with_strategy(0, MidpointAwayFromZero).to_i64().unwrap_or_default())
    }
}
