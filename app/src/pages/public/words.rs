//! Days and places in words, as the public reads them.

use crate::domain::IsoDate;
use crate::domain::course::{OccasionDay, PublicOccasion, SignUp};

/// *Månad*: what the months are called.
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
const WEEKDAYS: [&str; 7] = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"];

/// Year, month and day of a date, which is written 2021-03-26.
fn parts(date: IsoDate) -> (i64, usize, i64) {
    let text = date.to_string();
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<i64>().ok()).unwrap_or(1);
    (number(0..4), usize::try_from(number(5..7)).unwrap_or(1), number(8..10))
}

/// `måndag 26 mars`.
pub fn day(date: IsoDate) -> String {
    let (year, month, day) = parts(date);
    // Sakamoto's method: the weekday of any date of the calendar in use.
    const SHIFTS: [i64; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let shifted = if month < 3 { year - 1 } else { year };
    let from_sunday = shifted + shifted / 4 - shifted / 100 + shifted / 400 + SHIFTS[(month - 1) % 12] + day;
    let weekday = WEEKDAYS[usize::try_from((from_sunday + 6) % 7).unwrap_or(0)];
    format!("{weekday} {day} {}", MONTHS[(month - 1) % 12])
}

/// `26 mars 2021`.
pub fn date(date: IsoDate) -> String {
    let (year, month, day) = parts(date);
    format!("{day} {} {year}", MONTHS[(month - 1) % 12])
}

/// `mars 2021`, for a month written `2021-03`; the text itself where it is none.
pub fn month(text: &str) -> String {
    match format!("{text}-01").parse::<IsoDate>() {
        Ok(first) => {
            let (year, month, _) = parts(first);
            format!("{} {year}", MONTHS[(month - 1) % 12])
        }
        Err(_) => text.to_owned(),
    }
}

/// From the first day to the last, on one line.
pub fn days(days: &[OccasionDay]) -> String {
    match days {
        [] => "Datum kommer".to_owned(),
        [only] => format!("{} {}, {}–{}", day(only.date), only.date.year(), only.from, only.to),
        [first, .., last] => {
            let from = match first.date.year() {
                year if year == last.date.year() => day(first.date),
                year => format!("{} {year}", day(first.date)),
            };
            format!("{from} – {} {}, {} dagar", day(last.date), last.date.year(), days.len())
        }
    }
}

/// What there is to know of its places, and whether that is good news.
pub fn places(occasion: &PublicOccasion) -> (String, &'static str) {
    match (occasion.sign_up, occasion.places_left) {
        (SignUp::Open, Some(1)) => ("1 plats kvar".to_owned(), "few"),
        (SignUp::Open, Some(left)) => (format!("{left} platser kvar"), if left < 4 { "few" } else { "free" }),
        (SignUp::Open, None) => ("Platser finns".to_owned(), "free"),
        (SignUp::Full, _) => ("Fullt – du kan ställa dig i kö".to_owned(), "full"),
        (SignUp::NotYet, _) => match occasion.opens {
            Some(opens) => (format!("Anmälan öppnar {}", date(opens)), "none"),
            None => ("Anmälan har inte öppnat".to_owned(), "none"),
        },
        (SignUp::Closed, _) => ("Anmälan är stängd".to_owned(), "none"),
        (SignUp::CalledOff, _) => ("Inställt".to_owned(), "full"),
    }
}

/// *Måndag …* where a sentence begins.
pub fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a panic is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_told_with_its_weekday() {
        for (text, told) in [
            ("2021-03-26", "fredag 26 mars"),
            ("2024-02-29", "torsdag 29 februari"),
            ("2026-11-22", "söndag 22 november"),
            ("2027-01-04", "måndag 4 januari"),
        ] {
            assert_eq!(day(text.parse().unwrap()), told);
        }
        assert_eq!(month("2026-12"), "december 2026");
        assert_eq!(month("nonsens"), "nonsens");
    }
}
