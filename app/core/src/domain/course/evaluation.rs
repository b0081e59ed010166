//! *Kursutvärdering*: the questions that participants are asked afterwards, and what their answers come to.
//!
//! Answers have neither name nor time nor order. What they come to is told only once there are enough of them, since two
//! participants who know their own answers know each other's.

use std::collections::BTreeMap;

/// So many answers are needed before any of them is shown.
pub const ENOUGH: usize = 3;
/// Characters of a written answer.
const LONGEST: usize = 2_000;

/// *Fråga* with a choice of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChoiceQuestion {
    /// Its name in the form and among the answers.
    pub name: &'static str,
    /// The question.
    pub text: &'static str,
    /// The answers: the word each is kept by, and what it is called.
    pub options: &'static [(&'static str, &'static str)],
}

/// *Fråga* that is answered in writing, by choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenQuestion {
    /// Its name in the form and among the answers.
    pub name: &'static str,
    /// The question.
    pub text: &'static str,
}

/// What is asked with a choice of answers. A name or word that has been used never gets another meaning.
pub const CHOICES: [ChoiceQuestion; 4] = [
    ChoiceQuestion {
        name: "helhet",
        text: "Hur nöjd är du med kursen som helhet?",
        options: &[
            ("5", "Mycket nöjd"),
            ("4", "Nöjd"),
            ("3", "Varken nöjd eller missnöjd"),
            ("2", "Missnöjd"),
            ("1", "Mycket missnöjd"),
        ],
    },
    ChoiceQuestion {
        name: "nytta",
        text: "Har du nytta av kursen i ditt arbete?",
        options: &[
            ("4", "Ja, stor nytta"),
            ("3", "Ja, viss nytta"),
            ("2", "Nej, liten nytta"),
            ("1", "Nej, ingen nytta"),
        ],
    },
    ChoiceQuestion {
        name: "niva",
        text: "Hur var nivån?",
        options: &[("1", "För lätt"), ("2", "Lagom"), ("3", "För svår")],
    },
    ChoiceQuestion {
        name: "rekommendera",
        text: "Skulle du rekommendera kursen till en kollega?",
        options: &[("ja", "Ja"), ("nej", "Nej"), ("vet-inte", "Vet inte")],
    },
];

/// What is asked in writing.
pub const OPEN: [OpenQuestion; 2] = [
    OpenQuestion { name: "bast", text: "Vad var bäst?" },
    OpenQuestion { name: "battre", text: "Vad kan bli bättre?" },
];

/// One participant's answers by question.
pub type Answers = BTreeMap<String, String>;

/// What of a form is kept.
///
/// # Errors
/// What is to be put right, by question, in their order.
pub fn read(form: &BTreeMap<String, String>) -> Result<Answers, Vec<(String, String)>> {
    let mut answers = Answers::new();
    let mut problems = Vec::new();
    for question in CHOICES {
        let given = form.get(question.name).map(String::as_str).unwrap_or_default();
        if question.options.iter().any(|(word, _)| *word == given) {
            answers.insert(question.name.to_owned(), given.to_owned());
        } else {
            // Told beside the question and in a list of all that is missing, where it has to say which.
            problems.push((question.name.to_owned(), format!("Välj ett svar: {}", question.text)));
        }
    }
    for question in OPEN {
        let given = form.get(question.name).map(|text| text.trim()).unwrap_or_default();
        if given.chars().count() > LONGEST {
            problems.push((question.name.to_owned(), format!("Skriv högst {LONGEST} tecken.")));
        } else if !given.is_empty() {
            answers.insert(question.name.to_owned(), given.to_owned());
        }
    }
    if problems.is_empty() { Ok(answers) } else { Err(problems) }
}

/// What the answers to one question come to: how many chose each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The question.
    pub question: ChoiceQuestion,
    /// Each answer as it is called, and how many gave it.
    pub chosen: Vec<(&'static str, usize)>,
}

/// What all answers come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// How many have answered.
    pub answered: usize,
    /// By question; empty until enough have answered.
    pub counts: Vec<Count>,
    /// What was written, by question, sorted by what it says; empty until enough have answered.
    pub written: Vec<(OpenQuestion, Vec<String>)>,
}

impl Evaluation {
    /// Adds up.
    pub fn of(answers: &[Answers]) -> Self {
        let answered = answers.len();
        if answered < ENOUGH {
            return Self { answered, counts: Vec::new(), written: Vec::new() };
        }
        let given = |name: &'static str| answers.iter().filter_map(move |all| all.get(name));
        let counts = CHOICES.map(|question| {
            let chosen = question
                .options
                .iter()
                .map(|(word, label)| (*label, given(question.name).filter(|answer| answer.as_str() == *word).count()));
            Count { question, chosen: chosen.collect() }
        });
        let written = OPEN.map(|question| {
            let mut texts: Vec<String> = given(question.name).cloned().collect();
            texts.sort();
            (question, texts)
        });
        let written = written.into_iter().filter(|(_, texts)| !texts.is_empty()).collect();
        Self { answered, counts: counts.into(), written }
    }

    /// Whether so many have answered that it can be shown.
    pub fn is_enough(&self) -> bool {
        self.answered >= ENOUGH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    const FILLED: [(&str, &str); 5] =
        [("helhet", "4"), ("nytta", "3"), ("niva", "2"), ("rekommendera", "ja"), ("bast", "  Övningarna ")];

    #[test]
    fn what_was_chosen_and_written_is_kept_and_nothing_else() {
        let mut filled = form(&FILLED);
        filled.insert("namn".into(), "Någon".into());
        filled.insert("battre".into(), "   ".into());
        let answers = read(&filled).expect("all is answered");
        assert_eq!(answers.keys().collect::<Vec<_>>(), ["bast", "helhet", "niva", "nytta", "rekommendera"]);
        assert_eq!(answers["bast"], "Övningarna");
    }

    #[test]
    fn a_question_without_an_answer_that_exists_is_to_be_put_right() {
        let mut filled = form(&FILLED);
        filled.insert("niva".into(), "9".into());
        filled.remove("helhet");
        filled.insert("bast".into(), "x".repeat(2_001));
        let problems = read(&filled).expect_err("three are wrong");
        assert_eq!(problems.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["helhet", "niva", "bast"]);
    }

    #[test]
    fn nothing_is_shown_before_three_have_answered() {
        let answers = read(&form(&FILLED)).expect("all is answered");
        let two = Evaluation::of(&[answers.clone(), answers.clone()]);
        assert_eq!((two.answered, two.is_enough()), (2, false));
        assert!(two.counts.is_empty() && two.written.is_empty());
        let three = Evaluation::of(&[answers.clone(), answers.clone(), answers]);
        assert_eq!(three.counts[0].chosen[1], ("Nöjd", 3));
        assert_eq!(three.written.len(), 1);
    }
}
