//! A calendar year, which is also the budget year of every association.
//!
//! Knows nothing of days; those are `date`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// *År*: one of 1990–2200.
///
/// The bounds catch what is no year of a budget (a day, an amount, two digits) and keep every table finite; the law
/// that the associations rest on is of 2003.
///
/// ```
/// use samplan_core::domain::Year;
///
/// let year: Year = "2021".parse()?;
/// assert_eq!(year.next().map(Year::number), Some(2022));
/// # Ok::<(), samplan_core::domain::YearError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct Year(i32);

/// Says which years there are. Shown beside the cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Skriv ett årtal mellan 1990 och 2200, till exempel 2021.")]
pub struct YearError;

impl Year {
    /// The first year.
    pub const FIRST: Self = Self(1990);
    /// The last year.
    pub const LAST: Self = Self(2200);

    /// The year of this number.
    ///
    /// # Errors
    /// [`YearError`] outside 1990–2200.
    pub fn new(number: i32) -> Result<Self, YearError> {
        if (Self::FIRST.0..=Self::LAST.0).contains(&number) { Ok(Self(number)) } else { Err(YearError) }
    }

    /// The year's number.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The year after; none after the last.
    pub fn next(self) -> Option<Self> {
        Self::new(self.0 + 1).ok()
    }

    /// The year before; none before the first.
    pub fn previous(self) -> Option<Self> {
        Self::new(self.0 - 1).ok()
    }

    /// This year and those after it, `count` in all; fewer where the years end.
    pub fn following(self, count: usize) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |year| year.next()).take(count)
    }

    /// How many days the year has.
    pub fn days(self) -> u16 {
        let leap = self.0 % 4 == 0 && (self.0 % 100 != 0 || self.0 % 400 == 0);
        if leap { 366 } else { 365 }
    }
}

impl FromStr for Year {
    type Err = YearError;

    fn from_str(text: &str) -> Result<Self, YearError> {
        let text = text.trim();
        // Four digits and nothing else: `i32` would read "+2021" too.
        if text.len() != 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(YearError);
        }
        text.parse().map_err(|_| YearError).and_then(Self::new)
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<i32> for Year {
    type Error = YearError;

    fn try_from(number: i32) -> Result<Self, YearError> {
        Self::new(number)
    }
}

impl From<Year> for i32 {
    fn from(year: Year) -> Self {
        year.0
    }
}
