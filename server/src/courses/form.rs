//! What somebody typed into a form, read: what can be used, and what is wrong with the rest. Everything that was typed is
//! kept, so that it stands in the form again.

use std::collections::BTreeMap;

use app::{
    document::occasion::NewRegistration,
    domain::{Occasion, Party, Prerequisite, Sensitive, Sex, Source, course::tidy},
    pages::public::{field::Filled, sign_up::names},
};
use unicode_normalization::UnicodeNormalization;

/// The longest name, workplace and role, in characters.
const LONGEST_LINE: usize = 120;
/// The longest answer to a question, and the longest need.
const LONGEST_ANSWER: usize = 1_000;
/// The longest e-mail address there is.
const LONGEST_ADDRESS: usize = 254;

/// What a form says, once all of it can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The registration. Its prerequisites are as the person states them.
    pub fields: NewRegistration,
    /// Diet, allergies and access needs, those that were asked and told.
    pub needs: BTreeMap<Sensitive, String>,
}

/// The fields of a form by their names; of two with the same name the last.
pub fn fields(body: &str) -> BTreeMap<String, String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(body).unwrap_or_default();
    pairs.into_iter().map(|(name, value)| (name, value.replace("\r\n", "\n"))).collect()
}

/// Reads a form to sign up, or one that changes a registration, which does not ask for prerequisites anew.
pub fn read(values: BTreeMap<String, String>, facts: &Occasion, is_new: bool, now_ms: i64) -> Result<Sent, Filled> {
    let mut reading = Reading { values: &values, problems: Vec::new() };
    let name = reading.line(names::NAME, Some("Fyll i ditt namn."));
    let email = reading.email();
    let party = match Party::from_word(&reading.text(names::PARTY)) {
        Party::NotSaid => {
            reading.wrong(names::PARTY, "Välj var du arbetar.");
            Party::NotSaid
        }
        party => party,
    };
    let employer = reading.line(names::EMPLOYER, None);
    let role = reading.line(names::ROLE, None);
    let sex = Sex::from_word(&reading.text(names::SEX));
    let prerequisite = if is_new { reading.prerequisite(facts) } else { Prerequisite::NotNeeded };
    let mut answers = BTreeMap::new();
    for question in &facts.questions {
        let field = format!("{}{}", names::QUESTION, question.id);
        // In the list of errors it stands apart from its field, and there may be several.
        let required = format!("Svara på frågan: {}", question.text);
        let answer = reading.long(&field, question.is_required.then_some(required.as_str()));
        if !answer.is_empty() || !is_new {
            answers.insert(question.id, answer);
        }
    }
    let mut needs = BTreeMap::new();
    for kind in &facts.asks {
        let need = reading.long(kind.as_word(), None);
        if !need.is_empty() {
            needs.insert(*kind, need);
        }
    }
    let problems = reading.problems;
    if !problems.is_empty() {
        return Err(Filled { values, problems, refused: None });
    }
    let fields = NewRegistration {
        name,
        email,
        employer,
        party,
        role,
        sex,
        answers,
        prerequisite,
        source: Source::Web,
        registered_at: now_ms,
    };
    Ok(Sent { fields, needs })
}

struct Reading<'a> {
    values: &'a BTreeMap<String, String>,
    problems: Vec<(String, String)>,
}

impl Reading<'_> {
    fn wrong(&mut self, field: &str, text: &str) {
        self.problems.push((field.to_owned(), text.to_owned()));
    }

    fn text(&self, field: &str) -> String {
        self.values.get(field).map(|value| value.trim().to_owned()).unwrap_or_default()
    }

    /// A field of one line; `missing` says what is wrong where it is empty.
    fn line(&mut self, field: &str, missing: Option<&str>) -> String {
        // The same name in another form of Unicode is the same name.
        let text: String = tidy(&self.text(field)).nfc().collect();
        self.bounded(field, text, missing, LONGEST_LINE)
    }

    fn long(&mut self, field: &str, missing: Option<&str>) -> String {
        let text = self.text(field);
        self.bounded(field, text, missing, LONGEST_ANSWER)
    }

    fn bounded(&mut self, field: &str, text: String, missing: Option<&str>, longest: usize) -> String {
        match missing {
            Some(missing) if text.is_empty() => self.wrong(field, missing),
            _ if text.chars().count() > longest => {
                self.wrong(field, &format!("Texten är för lång. Korta den till högst {longest} tecken."));
            }
            _ => {}
        }
        text
    }

    fn email(&mut self) -> String {
        let text = self.text(names::EMAIL);
        if text.is_empty() {
            self.wrong(names::EMAIL, "Fyll i din e-postadress.");
        } else if !is_address(&text) {
            self.wrong(names::EMAIL, "Skriv e-postadressen som namn@exempel.se.");
        }
        text
    }

    fn prerequisite(&mut self, facts: &Occasion) -> Prerequisite {
        if !facts.has_prerequisite() {
            return Prerequisite::NotNeeded;
        }
        match self.text(names::HAS_COMPLETED).as_str() {
            "ja" => {}
            "nej" => {
                let text = format!("Gå {} först. Kursen bygger vidare på den.", facts.prerequisites());
                self.wrong(names::HAS_COMPLETED, &text);
            }
            _ => self.wrong(names::HAS_COMPLETED, "Svara ja eller nej."),
        }
        Prerequisite::Stated
    }
}

/// Whether a text can be an e-mail address: one at-sign, a host with a point, and nothing that a letter's head could
/// stumble on.
fn is_address(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let is_plain = |it: char| !it.is_whitespace() && !it.is_control() && !"<>()[],;:\\\"".contains(it);
    let labels: Vec<&str> = host.split('.').collect();
    text.len() <= LONGEST_ADDRESS
        && !name.is_empty()
        && !name.contains('@')
        && labels.len() > 1
        && labels.iter().all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
        && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn an_empty_form_says_what_to_fill_in_and_keeps_what_was_typed() {
        let typed = values(&[(names::ROLE, " Handläggare "), (names::EMAIL, "anna")]);
        let filled = read(typed.clone(), &Occasion::default(), true, 0).expect_err("most is missing");
        let wrong: Vec<&str> = filled.problems.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(wrong, [names::NAME, names::EMAIL, names::PARTY]);
        assert_eq!(filled.values, typed);
    }

    #[test]
    fn a_name_reads_the_same_however_it_was_typed() {
        let named = |name| values(&[(names::NAME, name), (names::EMAIL, "a@b.se"), (names::PARTY, "region")]);
        for name in ["Åsa Öberg", " Åsa  Öberg", "A\u{30a}sa O\u{308}berg", "Åsa\nÖberg"] {
            let sent = read(named(name), &Occasion::default(), true, 0).expect("it is a name");
            assert_eq!(sent.fields.name, "Åsa Öberg", "{name:?}");
        }
        let empty = read(named("\u{200b}\u{200b}"), &Occasion::default(), true, 0).expect_err("nobody is called so");
        assert_eq!(empty.problems, [(names::NAME.to_owned(), "Fyll i ditt namn.".to_owned())]);
    }

    #[test]
    fn addresses_that_no_letter_reaches_are_refused() {
        for text in
            ["a@b", "a b@c.se", "@c.se", "a@.se", "a@c.se, d@e.se", "a@@c.se", "a@c.se\r\nBcc: x@y.se", "<a@c.se>"]
        {
            assert!(!is_address(text), "{text}");
        }
        for text in ["a@b.se", "anna.o'neil+kurs@forsakringskassan.se", "åsa@kommun.se"] {
            assert!(is_address(text), "{text}");
        }
    }
}
