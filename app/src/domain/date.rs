//! A day in the calendar, written `2021-03-26` as Swedish authorities do.
//!
//! Only what the plan needs: a valid day that sorts. It knows no clock and no time zone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// *Datum*: a day of the years 1000–9999, such as the day a commitment was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IsoDate {
    year: u16,
    month: u8,
    day: u8,
}

impl IsoDate {
    /// The year's number.
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// *Dag på året*: 1 for the first of January.
    pub fn day_of_year(self) -> u16 {
        let before = (1..self.month).map(|month| u16::from(days_in(self.year, month))).sum::<u16>();
        before + u16::from(self.day)
    }
}

/// How many days a month has; none where there is no such month.
fn days_in(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Says how a date is written. Shown beside the cell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not of the form year-month-day.
    #[error("Skriv datumet som år-månad-dag, till exempel 2021-03-26.")]
    Form,
    /// The right form, but no such day.
    #[error("Datumet {0} finns inte. Kontrollera månad och dag.")]
    NoSuchDay(String),
}

impl FromStr for IsoDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes
                .iter()
                .enumerate()
                .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
        if !shaped {
            return Err(DateError::Form);
        }
        let year: u16 = text[0..4].parse().map_err(|_| DateError::Form)?;
        let month: u8 = text[5..7].parse().map_err(|_| DateError::Form)?;
        let day: u8 = text[8..10].parse().map_err(|_| DateError::Form)?;
        if year < 1000 || day == 0 || day > days_in(year, month) {
            return Err(DateError::NoSuchDay(text.to_owned()));
        }
        Ok(Self { year, month, day })
    }
}

impl fmt::Display for IsoDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl TryFrom<String> for IsoDate {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<IsoDate> for String {
    fn from(date: IsoDate) -> Self {
        date.to_string()
    }
}
