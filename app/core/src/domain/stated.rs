//! Figures as a source prints them, kept beside those that are worked out.
//!
//! A printed figure is a rounded one: it carries its unit and its decimals, and stands for all that rounds to it.
//! Whether a stated figure can be right is decided by `check`.

mod key;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use key::{StatedKey, StatedKeyError};

use super::money::{AmountError, AmountUnit, Money};
use super::ratio::written;

/// *Angiven siffra*: a figure with the unit and the decimals it was printed with.
///
/// As text: `-1486 tkr`, `0.5 tkr`, `15.2 %`, `13198 st`. `0.50` and `0.5` are different figures, since they are
/// rounded differently.
///
/// ```
/// use samplan_core::domain::{Stated, StatedUnit};
///
/// let printed = Stated::read("−1 486", StatedUnit::TusenKronor)?;
/// assert_eq!(printed.to_string(), "-1486 tkr");
/// assert_eq!(printed.step(), 100_000, "in öre: it is rounded to whole thousands of kronor");
/// # Ok::<(), samplan_core::domain::StatedError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Stated {
    /// The digits, without the decimal sign.
    digits: i64,
    /// How many of the digits are decimals; at most what the unit has.
    decimals: u8,
    unit: StatedUnit,
}

/// *Enhet* of a stated figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatedUnit {
    /// Kronor, `kr`.
    Kronor,
    /// Thousands of kronor, `tkr`.
    TusenKronor,
    /// Millions of kronor, `mnkr`.
    MiljonerKronor,
    /// Percent, `%`.
    Percent,
    /// *Antal*: people, places; `st`.
    Count,
}

impl StatedUnit {
    /// The unit's sign.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Kronor => "kr",
            Self::TusenKronor => "tkr",
            Self::MiljonerKronor => "mnkr",
            Self::Percent => "%",
            Self::Count => "st",
        }
    }

    /// How many decimals a figure of this unit may have: down to the öre, and to hundredths of a percent.
    fn most_decimals(self) -> u8 {
        match self {
            Self::Kronor | Self::Percent => 2,
            Self::TusenKronor => 5,
            Self::MiljonerKronor => 8,
            Self::Count => 0,
        }
    }

    fn is_money(self) -> bool {
        matches!(self, Self::Kronor | Self::TusenKronor | Self::MiljonerKronor)
    }
}

impl From<AmountUnit> for StatedUnit {
    fn from(unit: AmountUnit) -> Self {
        match unit {
            AmountUnit::Kronor => Self::Kronor,
            AmountUnit::TusenKronor => Self::TusenKronor,
        }
    }
}

/// Why a text is no stated figure. `Display` is Swedish and tells what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatedError {
    /// No amount.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// No percentage.
    #[error("Skriv andelen i procent med högst två decimaler, till exempel 43 eller 15,2.")]
    Percent,
    /// No count.
    #[error("Skriv antalet som ett helt tal, till exempel 13 198.")]
    Count,
}

impl Stated {
    /// Reads what people type and paste; a bare figure is in `unit`, and a sign after it overrides that.
    ///
    /// # Errors
    /// Whatever is not surely one figure, with a sentence that tells what to write instead.
    pub fn read(text: &str, unit: StatedUnit) -> Result<Self, StatedError> {
        let (figure, unit) = take_unit(text.trim(), unit);
        let money = match unit {
            // Read as an amount too: digits, spaces and signs are written alike.
            StatedUnit::Kronor | StatedUnit::Percent | StatedUnit::Count => Money::parse(figure, AmountUnit::Kronor),
            StatedUnit::TusenKronor => Money::parse(figure, AmountUnit::TusenKronor),
            StatedUnit::MiljonerKronor => Money::parse(&format!("{figure} mnkr"), AmountUnit::Kronor),
        };
        let decimals = figure.rsplit_once([',', '.']).map_or(0, |(_, decimals)| decimals.len());
        let decimals = u8::try_from(decimals).ok().filter(|decimals| *decimals <= unit.most_decimals());
        match (money, decimals) {
            (Ok(money), Some(decimals)) => {
                let places = if unit.is_money() { unit.most_decimals() } else { 2 };
                Ok(Self { digits: money.ore() / 10_i64.pow(u32::from(places - decimals)), decimals, unit })
            }
            _ if unit == StatedUnit::Percent => Err(StatedError::Percent),
            (Ok(_), None) | (Err(_), _) if unit == StatedUnit::Count => Err(StatedError::Count),
            (Err(error), _) => Err(error.into()),
            (Ok(_), None) => {
                Err(AmountError::TooManyDecimals { unit: unit.sign(), most: usize::from(unit.most_decimals()) }.into())
            }
        }
    }

    /// Reads a figure that measures what `unit` does: an amount in any unit of money, a percentage, or a count.
    ///
    /// # Errors
    /// As [`Stated::read`], and where the sign after the figure says that it measures something else.
    pub fn read_as(text: &str, unit: StatedUnit) -> Result<Self, StatedError> {
        let figure = Self::read(text, unit)?;
        match unit {
            _ if figure.unit == unit || (figure.unit.is_money() && unit.is_money()) => Ok(figure),
            StatedUnit::Percent => Err(StatedError::Percent),
            StatedUnit::Count => Err(StatedError::Count),
            _ => Err(AmountError::NotAnAmount(text.trim().to_owned()).into()),
        }
    }

    /// The figure with its unit, as people write it: `−1 486 tkr`.
    pub fn format(self) -> String {
        format!("{}\u{a0}{}", written(self.digits.into(), self.decimals.into()), self.unit.sign())
    }

    /// A whole figure, as a program that holds it as a number hands it over. None beyond what may be written.
    pub fn whole(figure: i64, unit: StatedUnit) -> Option<Self> {
        Self::read(&figure.to_string(), unit).ok()
    }

    /// The figure's unit.
    pub fn unit(self) -> StatedUnit {
        self.unit
    }

    /// The figure in its smallest unit: öre, hundredths of a percent, or whole ones of a count.
    pub fn value(self) -> i64 {
        self.digits * self.step()
    }

    /// What one in the last printed digit means, in the smallest unit. What was printed stands for half of it more
    /// and half of it less.
    pub fn step(self) -> i64 {
        10_i64.pow(u32::from(self.unit.most_decimals() - self.decimals))
    }

    /// The amount, if it is one.
    pub fn money(self) -> Option<Money> {
        self.unit.is_money().then(|| Money::from_ore(self.value()))
    }
}

/// The figure without the unit's sign, and the unit. Longest sign first, since `kr` ends three of them.
fn take_unit(text: &str, unit: StatedUnit) -> (&str, StatedUnit) {
    let units = [
        StatedUnit::MiljonerKronor,
        StatedUnit::TusenKronor,
        StatedUnit::Kronor,
        StatedUnit::Percent,
        StatedUnit::Count,
    ];
    units
        .into_iter()
        .find_map(|unit| {
            let start = text.len().checked_sub(unit.sign().len())?;
            let (figure, sign) = text.split_at_checked(start)?;
            sign.eq_ignore_ascii_case(unit.sign()).then(|| (figure.trim_end(), unit))
        })
        .unwrap_or((text, unit))
}

impl FromStr for Stated {
    type Err = StatedError;

    /// A bare figure is in kronor.
    fn from_str(text: &str) -> Result<Self, StatedError> {
        // The text form has a decimal point, which people's figures leave open to doubt before three digits.
        Self::read(&text.replace('.', ","), StatedUnit::Kronor)
    }
}

impl fmt::Display for Stated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = usize::from(self.decimals);
        let digits = format!("{:0width$}", self.digits.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let sign = if self.digits < 0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction} {}", self.unit.sign())
    }
}

impl TryFrom<String> for Stated {
    type Error = StatedError;

    fn try_from(text: String) -> Result<Self, StatedError> {
        text.parse()
    }
}

impl From<Stated> for String {
    fn from(stated: Stated) -> Self {
        stated.to_string()
    }
}

/// *Noggrannhet*: how exactly a plan's amounts are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// *Exakta*: to the öre, as they were written in Samplan.
    #[default]
    Exact,
    /// *Avskrivna*: from a document that prints them in this unit, each rounded to its own decimals.
    Printed(AmountUnit),
}

impl Precision {
    /// What one in the last printed digit of `amount` means, in öre; none where it is known exactly.
    ///
    /// A whole number of thousands was rounded to thousands, 0,5 tkr to hundreds. A figure printed with a zero last
    /// (1,0 tkr) cannot be told from one without, and is taken for the less exact.
    pub fn step(self, amount: Money) -> Option<i64> {
        let Self::Printed(unit) = self else { return None };
        let most = StatedUnit::from(unit).most_decimals();
        let steps = (0..=u32::from(most)).rev().map(|power| 10_i64.pow(power));
        steps.into_iter().find(|step| amount.ore() % step == 0).filter(|step| *step > 1)
    }
}

/// *Angivna siffror*: what a plan's source prints, by what each figure is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedFigures {
    /// How exactly the amounts that the figures were worked out from are known.
    pub amounts: Precision,
    /// The figures.
    pub figures: BTreeMap<StatedKey, Stated>,
}

impl StatedFigures {
    /// The figure stated for `key`.
    pub fn get(&self, key: StatedKey) -> Option<Stated> {
        self.figures.get(&key).copied()
    }
}
