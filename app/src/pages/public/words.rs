//! Days and places in words, as the public reads them.

use crate::domain::IsoDate;
use crate::domain::course::{OccasionDay, PublicOccasion, SignUp};

/// `måndag 26 mars`.
pub fn day(date: IsoDate) -> String {
    format!("{} {} {}", date.weekday(), date.day(), date.month_name())
}

/// `26 mars 2021`.
pub fn date(date: IsoDate) -> String {
    format!("{} {} {}", date.day(), date.month_name(), date.year())
}

/// `mars 2021`, for a month written `2021-03`; the text itself where it is none.
pub fn month(text: &str) -> String {
    match format!("{text}-01").parse::<IsoDate>() {
        Ok(first) => format!("{} {}", first.month_name(), first.year()),
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
