//! Text in which a day such as 2021-03-26 is never broken at its hyphens.

use crate::domain::IsoDate;
use leptos::prelude::*;

/// The text, its days each held together.
pub fn unbroken(text: &str) -> Vec<AnyView> {
    let piece = |piece: Piece| match piece {
        Piece::Text(text) => text.into_any(),
        Piece::Day(day) => view! { <span class="unbroken">{day}</span> }.into_any(),
    };
    pieces(text).into_iter().map(piece).collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Day(String),
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut before = String::new();
    for word in text.split_inclusive(' ') {
        let day = word.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        if day.len() != 10 || day.parse::<IsoDate>().is_err() {
            before.push_str(word);
            continue;
        }
        if !before.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut before)));
        }
        pieces.push(Piece::Day(day.to_owned()));
        before.push_str(&word[day.len()..]);
    }
    if !before.is_empty() {
        pieces.push(Piece::Text(before));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_held_together_and_nothing_is_lost() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let day = |text: &str| Piece::Day(text.to_owned());
        assert_eq!(
            pieces("6 073 tkr är bokfört till och med 2019-08-31, 40 % av budgeten"),
            [text("6 073 tkr är bokfört till och med "), day("2019-08-31"), text(", 40 % av budgeten")]
        );
        assert_eq!(pieces("2019-08-31"), [day("2019-08-31")]);
        assert_eq!(pieces("Utfall 2019-02-30 och 2020–2021"), [text("Utfall 2019-02-30 och 2020–2021")]);
        assert_eq!(pieces(""), []);
    }
}
