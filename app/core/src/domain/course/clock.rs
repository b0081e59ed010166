//! A time of day, written `09:00`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// *Klockslag*: from 00:00 to 23:59, as a Swedish clock shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClockTime {
    minutes: u16,
}

/// Says how a time is written. Shown beside the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Skriv klockslaget som timme:minut, till exempel 09:00.")]
pub struct ClockError;

impl ClockTime {
    /// The hour, 0–23.
    pub fn hour(self) -> u16 {
        self.minutes / 60
    }

    /// The minute, 0–59.
    pub fn minute(self) -> u16 {
        self.minutes % 60
    }
}

impl FromStr for ClockTime {
    type Err = ClockError;

    fn from_str(text: &str) -> Result<Self, ClockError> {
        // People write 9.00 and 9:00 alike.
        let (hour, minute) = text.trim().split_once([':', '.']).ok_or(ClockError)?;
        let number = |part: &str, most: u16| {
            let is_number = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse().ok().filter(|number: &u16| is_number && *number <= most).ok_or(ClockError)
        };
        if minute.len() != 2 {
            return Err(ClockError);
        }
        Ok(Self { minutes: number(hour, 23)? * 60 + number(minute, 59)? })
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())
    }
}

impl TryFrom<String> for ClockTime {
    type Error = ClockError;

    fn try_from(text: String) -> Result<Self, ClockError> {
        text.parse()
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        time.to_string()
    }
}
