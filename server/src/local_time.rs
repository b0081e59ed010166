//! Swedish wall time (Europe/Stockholm): the moment at which a clock on the wall shows something, and moments in words. When
//! summer time holds is the domain's to say. Pure.

use app::domain::{
    IsoDate,
    course::ClockTime,
    date::{swedish_day, swedish_time},
};
use time::{Date, OffsetDateTime};

const HOUR_MS: i64 = 3_600_000;

/// The moment at which a clock in Sweden shows this. The hour that autumn has twice is taken as its second one.
pub fn moment(date: IsoDate, clock: ClockTime) -> i64 {
    let minutes = i64::from(clock.hour()) * 60 + i64::from(clock.minute());
    let wall = start_of(date).saturating_add(minutes * 60_000);
    let in_winter = wall - HOUR_MS;
    let shows = (swedish_day(in_winter), swedish_time(in_winter));
    if shows == (date.to_string(), clock.to_string()) { in_winter } else { in_winter - HOUR_MS }
}

/// When a day is over, everywhere in Sweden and at every time of the year.
pub fn end_of(date: IsoDate) -> i64 {
    start_of(date).saturating_add(23 * HOUR_MS)
}

/// The day that it is in Sweden.
pub fn today(at_ms: i64) -> Option<IsoDate> {
    swedish_day(at_ms).parse().ok()
}

/// `måndag 12 april 2021 kl. 09:00`.
pub fn moment_in_words(at_ms: i64) -> String {
    let day = today(at_ms).map(IsoDate::in_words).unwrap_or_default();
    format!("{day} kl. {}", swedish_time(at_ms))
}

/// `20210412T090000`, as calendars write it.
pub fn compact(date: IsoDate, clock: ClockTime) -> String {
    let day: String = date.to_string().split('-').collect();
    format!("{day}T{:02}{:02}00", clock.hour(), clock.minute())
}

/// `20210412T070000Z`, as calendars write a moment.
pub fn compact_utc(at_ms: i64) -> String {
    let utc = OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1_000)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (date, time) = (utc.date(), utc.time());
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        date.year(),
        u8::from(date.month()),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// Midnight at Greenwich, in milliseconds since 1970.
fn start_of(date: IsoDate) -> i64 {
    calendar(date).midnight().assume_utc().unix_timestamp().saturating_mul(1_000)
}

fn calendar(date: IsoDate) -> Date {
    Date::from_ordinal_date(date.year(), date.day_of_year()).unwrap_or(Date::MIN)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a panic is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn what_a_clock_shows_is_one_moment_in_winter_and_in_summer() {
        for (date, clock, utc) in [
            ("2021-03-27", "09:00", "20210327T080000Z"),
            ("2021-03-28", "01:59", "20210328T005900Z"),
            ("2021-03-28", "03:00", "20210328T010000Z"),
            ("2021-07-01", "00:15", "20210630T221500Z"),
            ("2021-10-31", "01:30", "20211030T233000Z"),
            ("2021-10-31", "03:00", "20211031T020000Z"),
            ("2026-12-31", "23:59", "20261231T225900Z"),
        ] {
            let at = moment(date.parse().unwrap(), clock.parse().unwrap());
            assert_eq!(compact_utc(at), utc, "{date} {clock}");
        }
    }

    #[test]
    fn moments_are_said_in_swedish() {
        let at = moment("2021-12-05".parse().unwrap(), "08:05".parse().unwrap());
        assert_eq!(moment_in_words(at), "söndag 5 december 2021 kl. 08:05");
    }
}
