//! Initials of people, always together with their name in words.

use leptos::prelude::*;

/// "Anna-Karin Öberg" → "AÖ": the first letters of the first and the last name.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// The class that gives a person their colour, out of the eight there are.
pub fn person_class(color_index: usize) -> String {
    format!("person-{}", color_index % 8)
}

/// A disc with somebody's initials, and the name for those who cannot see it.
#[component]
pub fn Initials(
    /// Full name.
    name: String,
    /// Which of the colours for people.
    color_index: usize,
) -> impl IntoView {
    view! {
        <span class=format!("initials {}", person_class(color_index)) aria-hidden="true" title=name.clone()>
            {initials(&name)}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_taken_from_the_first_and_the_last_name() {
        for (name, expected) in [
            ("Anna-Karin Öberg", "AÖ"),
            ("Åsa af Ugglas Berg", "ÅB"),
            ("cher", "C"),
            ("", ""),
            ("Redaktör (Västerås)", "RV"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
