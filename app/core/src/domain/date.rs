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

    /// The day that a moment falls on in Sweden, from milliseconds since 1970; none beyond the years 1000–9999.
    pub fn of_moment(at_ms: i64) -> Option<Self> {
        swedish_day(at_ms).parse().ok()
    }

    /// The day so many days later, or earlier where negative; none beyond the years 1000–9999.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let (year, month, day) = civil(self.days_since_1970().checked_add(days)?);
        let date =
            Self { year: u16::try_from(year).ok()?, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? };
        (1000..=9999).contains(&date.year).then_some(date)
    }

    /// *Veckodag*, such as `måndag`.
    pub fn weekday(self) -> &'static str {
        const WEEKDAYS: [&str; 7] = ["torsdag", "fredag", "lördag", "söndag", "måndag", "tisdag", "onsdag"];
        // Day 0 was a Thursday.
        let at = usize::try_from(self.days_since_1970().rem_euclid(7)).unwrap_or_default();
        WEEKDAYS.get(at).copied().unwrap_or_default()
    }

    /// As people say it: `tisdag 1 december 2026`.
    pub fn in_words(self) -> String {
        format!("{} {} {} {}", self.weekday(), self.day, self.month_name(), self.year)
    }

    /// *Månad*, such as `december`.
    pub fn month_name(self) -> &'static str {
        const MONTHS: [&str; 12] = [
            "januari",
            "februari",
            "mars",
            "april",
            "maj",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ];
        MONTHS.get(usize::from(self.month).saturating_sub(1)).copied().unwrap_or_default()
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The month, 1–12.
    pub fn month(self) -> u8 {
        self.month
    }

    fn days_since_1970(self) -> i64 {
        days_since_1970(i64::from(self.year), i64::from(self.month), i64::from(self.day))
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

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// The day that a moment falls on in Sweden, written 2021-03-26. Worked out here rather than asked of the browser, so that
/// server and browser show the same.
pub fn swedish_day(at_ms: i64) -> String {
    let (year, month, day) = civil(in_sweden(at_ms).div_euclid(DAY_MS));
    format!("{year:04}-{month:02}-{day:02}")
}

/// The time of day that a moment has in Sweden, written 09:05.
pub fn swedish_time(at_ms: i64) -> String {
    let minutes = in_sweden(at_ms).rem_euclid(DAY_MS) / 60_000;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// What a Swedish clock shows at a moment, as milliseconds since 1970 were the clock a universal one.
fn in_sweden(at_ms: i64) -> i64 {
    let (year, ..) = civil(at_ms.div_euclid(DAY_MS));
    // The whole union turns its clocks at one in the morning, universal time.
    let turn = |month| last_sunday(year, month) * DAY_MS + HOUR_MS;
    let is_summer = (turn(3)..turn(10)).contains(&at_ms);
    at_ms + if is_summer { 2 } else { 1 } * HOUR_MS
}

/// Days since 1970 of the last Sunday of a month that has 31 days.
fn last_sunday(year: i64, month: i64) -> i64 {
    let last = days_since_1970(year, month, 31);
    // Day 0 was a Thursday: four days after a Sunday.
    last - (last + 4).rem_euclid(7)
}

/// Year, month and day of days since 1970, after Howard Hinnant's `civil_from_days`.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

/// The inverse of [`civil`].
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_falls_on_the_day_it_has_in_sweden() {
        let at = |year, month, day, hour: i64, minute: i64| {
            swedish_day(days_since_1970(year, month, day) * 86_400_000 + (hour * 60 + minute) * 60_000)
        };
        assert_eq!(swedish_day(1_616_716_800_000), "2021-03-26");
        assert_eq!(swedish_day(0), "1970-01-01");
        // Winter: midnight is at 23 universal time. Summer: at 22.
        assert_eq!(at(2024, 2, 29, 22, 59), "2024-02-29");
        assert_eq!(at(2024, 2, 29, 23, 0), "2024-03-01");
        assert_eq!(at(2026, 7, 1, 21, 59), "2026-07-01");
        assert_eq!(at(2026, 7, 1, 22, 0), "2026-07-02");
        assert_eq!(at(2026, 12, 31, 23, 0), "2027-01-01");
        // Clocks go forward on 29 March 2026 and back on 25 October.
        assert_eq!(at(2026, 3, 28, 22, 30), "2026-03-28");
        assert_eq!(at(2026, 3, 29, 22, 30), "2026-03-30");
        assert_eq!(at(2026, 10, 24, 22, 30), "2026-10-25");
        assert_eq!(at(2026, 10, 25, 22, 30), "2026-10-25");
        assert_eq!(swedish_time(1_616_716_800_000), "01:00");
        assert_eq!(swedish_time(days_since_1970(2026, 7, 1) * 86_400_000 + 7 * HOUR_MS + 300_000), "09:05");
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years_and_have_their_weekday() {
        let day = |text: &str| text.parse::<IsoDate>().expect("a day");
        assert_eq!(day("2024-02-28").plus_days(2), Some(day("2024-03-01")));
        assert_eq!(day("2026-01-01").plus_days(-1), Some(day("2025-12-31")));
        assert_eq!(day("9999-12-31").plus_days(1), None);
        assert_eq!(day("2026-11-22").weekday(), "söndag");
        assert_eq!(day("2021-03-26").in_words(), "fredag 26 mars 2021");
        assert_eq!(IsoDate::of_moment(1_616_716_800_000), Some(day("2021-03-26")));
    }

    #[test]
    fn clocks_turn_on_the_last_sunday_of_the_month() {
        for (year, march, october) in [(2021, 28, 31), (2024, 31, 27), (2025, 30, 26), (2026, 29, 25)] {
            assert_eq!(civil(last_sunday(year, 3)), (year, 3, march));
            assert_eq!(civil(last_sunday(year, 10)), (year, 10, october));
        }
    }
}
