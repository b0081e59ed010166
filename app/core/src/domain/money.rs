//! Money: exact decimals of whole öre, written and read the Swedish way.
//!
//! Kronor and thousands of kronor exist here alone, in parsing and formatting; everything else counts in öre.
//! No floats: 0,10 kr is ten öre, always.

mod parse;

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

pub use parse::AmountError;

/// Between groups of three digits, and between a figure and its unit: a break there would split the figure.
const NO_BREAK_SPACE: char = '\u{a0}';
/// What Swedish writes before a negative figure; a hyphen is shorter and breaks lines.
const MINUS: char = '\u{2212}';

/// *Belopp*: an amount of money in whole öre.
///
/// Ranges over what an `i64` of öre holds. What people may *write* is bounded more narrowly
/// ([`Money::MAX_ORE`]), so that no sum over a document can overflow.
///
/// ```
/// use samplan_core::domain::money::{AmountUnit, Money};
///
/// let cost = Money::parse("1 234,5 tkr", AmountUnit::Kronor)?;
/// assert_eq!(cost.ore(), 123_450_000);
/// assert_eq!(cost.format_with_unit(AmountUnit::Kronor), "1\u{a0}234\u{a0}500\u{a0}kr");
/// # Ok::<(), samplan_core::domain::money::AmountError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "i64", into = "i64")]
pub struct Money(Decimal);

/// *Visa belopp i*: the unit figures are shown in, and what a bare number typed by a user means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum AmountUnit {
    /// Kronor, `kr`.
    #[default]
    Kronor,
    /// Thousands of kronor, `tkr`.
    TusenKronor,
}

impl AmountUnit {
    /// The unit's sign as printed after a figure.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Kronor => "kr",
            Self::TusenKronor => "tkr",
        }
    }

    /// The unit in full, for labels: "Belopp i kronor".
    pub fn label(self) -> &'static str {
        match self {
            Self::Kronor => "kronor",
            Self::TusenKronor => "tusen kronor",
        }
    }

    /// How many decimals show an öre exactly.
    fn decimals(self) -> u32 {
        match self {
            Self::Kronor => 2,
            Self::TusenKronor => 5,
        }
    }
}

impl Money {
    /// Nothing. Not the same as an amount left empty.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The largest amount, either way, that may be written into a plan: just under 100 billion kronor, in öre.
    ///
    /// Far above any budget of the kind, exact in JavaScript's numbers, and so small that 500 000 of them,
    /// the most operations a document may hold, still sum within an `i64`.
    pub const MAX_ORE: i64 = 9_999_999_999_999;

    /// The amount of so many öre.
    pub fn from_ore(ore: i64) -> Self {
        Self(Decimal::new(ore, 2))
    }

    /// The amount of so many whole kronor.
    pub fn from_kronor(kronor: i32) -> Self {
        Self::from_ore(i64::from(kronor) * 100)
    }

    /// The amount of so many öre, if it is one that may be written into a plan.
    pub fn in_range(ore: i64) -> Option<Self> {
        (-Self::MAX_ORE..=Self::MAX_ORE).contains(&ore).then(|| Self::from_ore(ore))
    }

    /// Whole öre. A sum beyond what an `i64` holds stays at its end; see [`Money::MAX_ORE`] for why none comes there.
    pub fn ore(self) -> i64 {
        let ore = self.0 * Decimal::ONE_HUNDRED;
        ore.to_i64().unwrap_or(if ore.is_sign_negative() { i64::MIN } else { i64::MAX })
    }

    /// Kronor as an exact decimal, for arithmetic that is not done in öre.
    pub fn kronor(self) -> Decimal {
        self.0
    }

    /// Whether this is exactly nothing.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether this is less than nothing.
    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }

    /// The amount without its sign.
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Reads what people type and paste. A bare number is in `unit`; a suffix `kr`, `tkr` or `mnkr` overrides it.
    ///
    /// # Errors
    /// Whatever is not surely one amount, with a sentence that tells what to write instead.
    pub fn parse(text: &str, unit: AmountUnit) -> Result<Self, AmountError> {
        parse::parse(text, unit)
    }

    /// As [`Money::parse`], where an empty cell, or the dash that shows one, is no amount. Empty is not zero.
    ///
    /// # Errors
    /// As [`Money::parse`].
    pub fn parse_optional(text: &str, unit: AmountUnit) -> Result<Option<Self>, AmountError> {
        match text.trim() {
            "" | "-" | "–" => Ok(None),
            text => Self::parse(text, unit).map(Some),
        }
    }

    /// The figure in Swedish form without its unit: `1 234,5`, `−1 559`. Exact: never rounded.
    pub fn format(self, unit: AmountUnit) -> String {
        let (whole, decimals) = self.digits(unit);
        let mut text = String::with_capacity(whole.len() + whole.len() / 3 + decimals.len() + 4);
        if self.is_negative() {
            text.push(MINUS);
        }
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                text.push(NO_BREAK_SPACE);
            }
            text.push(digit);
        }
        if !decimals.is_empty() {
            text.push(',');
            text.push_str(&decimals);
        }
        text
    }

    /// The figure and its unit: `1 234,5 tkr`.
    pub fn format_with_unit(self, unit: AmountUnit) -> String {
        format!("{}{NO_BREAK_SPACE}{}", self.format(unit), unit.sign())
    }

    /// As Swedish Excel reads it from the clipboard: decimal comma, no grouping, a plain hyphen.
    pub fn to_clipboard(self, unit: AmountUnit) -> String {
        let (whole, decimals) = self.digits(unit);
        let sign = if self.is_negative() { "-" } else { "" };
        let comma = if decimals.is_empty() { "" } else { "," };
        format!("{sign}{whole}{comma}{decimals}")
    }

    /// Digits before and after the comma, without sign. Kronor show öre as two digits or not at all; thousands
    /// show as many decimals as the öre need.
    fn digits(self, unit: AmountUnit) -> (String, String) {
        let places = unit.decimals() as usize;
        let ore = format!("{:0width$}", self.ore().unsigned_abs(), width = places + 1);
        let (whole, decimals) = ore.split_at(ore.len() - places);
        let decimals = match unit {
            AmountUnit::Kronor if decimals == "00" => "",
            AmountUnit::Kronor => decimals,
            AmountUnit::TusenKronor => decimals.trim_end_matches('0'),
        };
        (whole.to_owned(), decimals.to_owned())
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Money({} kr)", self.to_clipboard(AmountUnit::Kronor))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format_with_unit(AmountUnit::Kronor))
    }
}

impl From<i64> for Money {
    fn from(ore: i64) -> Self {
        Self::from_ore(ore)
    }
}

impl From<Money> for i64 {
    fn from(money: Money) -> Self {
        money.ore()
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Self> for Money {
    fn sum<I: Iterator<Item = &'a Self>>(amounts: I) -> Self {
        amounts.copied().sum()
    }
}
