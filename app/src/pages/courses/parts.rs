//! Words and links that several of the pages need.

use crate::domain::{IsoDate, Occasion, OccasionDay};
use leptos::prelude::*;

/// A day and its hours: `tisdag 1 december 2026, 09:00–16:00`.
pub fn day_in_words(day: &OccasionDay) -> String {
    format!("{}, {}–{}", day.date.in_words(), day.from, day.to)
}

/// A day where there is little room: `tis 1 dec`.
pub fn short_day(date: IsoDate) -> String {
    let cut = |word: &str| word.chars().take(3).collect::<String>();
    format!("{} {} {}", cut(date.weekday()), date.day(), cut(date.month_name()))
}

/// The days of an occasion from first to last: `1–2 december 2026`, `1 december 2026–13 januari 2027`.
pub fn span(days: &[OccasionDay]) -> String {
    let words = |date: IsoDate| format!("{} {} {}", date.day(), date.month_name(), date.year());
    match (days.first().map(|day| day.date), days.last().map(|day| day.date)) {
        (Some(first), Some(last)) if first == last => words(first),
        (Some(first), Some(last)) if (first.year(), first.month()) == (last.year(), last.month()) => {
            format!("{}–{}", first.day(), words(last))
        }
        (Some(first), Some(last)) if first.year() == last.year() => {
            format!("{} {}–{}", first.day(), first.month_name(), words(last))
        }
        (Some(first), Some(last)) => format!("{}–{}", words(first), words(last)),
        _ => "Inga dagar än".to_owned(),
    }
}

/// A link of a local navigation. Outside the router, which would take a part of the page for a new page.
pub fn link(href: String, name: &'static str) -> impl IntoView {
    view! {
        <li>
            <a href=href rel="external">
                {name}
            </a>
        </li>
    }
}

/// How many places are taken: `12 av 18 platser`.
pub fn places(taken: u32, capacity: Option<u32>) -> String {
    match (capacity, taken) {
        (Some(capacity), taken) => format!("{taken} av {capacity} platser"),
        (None, 1) => "1 deltagare".to_owned(),
        (None, taken) => format!("{taken} deltagare"),
    }
}

/// Where an occasion is given, in a line: place, video, or both.
pub fn whereabouts(facts: &Occasion) -> String {
    let video = if facts.link.trim().is_empty() { "" } else { "på distans" };
    let parts: Vec<&str> = [facts.place.trim(), video].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" och ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_with_what_they_share_once() {
        let day = |date: &str| OccasionDay {
            date: date.parse().expect("a day"),
            from: "09:00".parse().expect("a time"),
            to: "16:00".parse().expect("a time"),
        };
        for (days, expected) in [
            (vec![], "Inga dagar än"),
            (vec!["2026-12-01"], "1 december 2026"),
            (vec!["2026-12-01", "2026-12-02"], "1–2 december 2026"),
            (vec!["2026-11-30", "2026-12-02"], "30 november–2 december 2026"),
            (vec!["2026-12-30", "2027-01-02"], "30 december 2026–2 januari 2027"),
        ] {
            let days: Vec<_> = days.into_iter().map(day).collect();
            assert_eq!(span(&days), expected);
        }
        assert_eq!(day_in_words(&day("2026-12-01")), "tisdag 1 december 2026, 09:00–16:00");
        assert_eq!(short_day(day("2026-12-01").date), "tis 1 dec");
    }
}
