//! A figure in a finding: an amount, a percentage or a count, or an empty cell.

use serde::{Deserialize, Serialize};

use crate::domain::money::{AmountUnit, Money};
use crate::domain::ratio::written;
use crate::domain::stated::{Stated, StatedUnit};

/// *Siffra*: what was stated, or what the figures give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    /// An amount, in öre.
    Money(Money),
    /// Hundredths of a percent.
    Percent(i64),
    /// A count of whole ones.
    Count(i64),
    /// An empty cell, which is not a zero.
    Empty,
}

impl Figure {
    /// The figure in its smallest unit; none where it is empty.
    pub fn value(self) -> Option<i64> {
        match self {
            Self::Money(money) => Some(money.ore()),
            Self::Percent(value) | Self::Count(value) => Some(value),
            Self::Empty => None,
        }
    }

    /// The figure in Swedish form with its unit; amounts in `unit`.
    pub fn format(self, unit: AmountUnit) -> String {
        match self {
            Self::Money(money) => money.format_with_unit(unit),
            Self::Percent(hundredths) => format!("{}\u{a0}%", percent(hundredths)),
            Self::Count(count) => written(count.into(), 0),
            Self::Empty => "–".to_owned(),
        }
    }

    /// The figure of the kind that `unit` measures.
    pub(super) fn of(value: i128, unit: StatedUnit) -> Self {
        let value = i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX });
        match unit {
            StatedUnit::Percent => Self::Percent(value),
            StatedUnit::Count => Self::Count(value),
            StatedUnit::Kronor | StatedUnit::TusenKronor | StatedUnit::MiljonerKronor => {
                Self::Money(Money::from_ore(value))
            }
        }
    }
}

impl From<Stated> for Figure {
    fn from(stated: Stated) -> Self {
        Self::of(stated.value().into(), stated.unit())
    }
}

/// Hundredths of a percent with as many decimals as they need.
pub(super) fn percent(hundredths: i64) -> String {
    let hundredths = i128::from(hundredths);
    match (hundredths % 100, hundredths % 10) {
        (0, _) => written(hundredths / 100, 0),
        (_, 0) => written(hundredths / 10, 1),
        _ => written(hundredths, 2),
    }
}

/// The unit that amounts are shown in beside a figure stated in `unit`.
pub(super) fn shown_in(unit: StatedUnit) -> AmountUnit {
    match unit {
        StatedUnit::TusenKronor | StatedUnit::MiljonerKronor => AmountUnit::TusenKronor,
        StatedUnit::Kronor | StatedUnit::Percent | StatedUnit::Count => AmountUnit::Kronor,
    }
}
