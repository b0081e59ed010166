//! `/utvardering/…`: what participants are asked afterwards. `/kurser/…/utvardering`: what their answers come to.

use leptos::prelude::*;

use super::field::{Field, Filled, choice, long_field, summary};
use super::{Around, draw};
use crate::domain::course::evaluation::{CHOICES, Count, ENOUGH, Evaluation, OPEN, OpenQuestion};

/// The form.
pub struct EvaluationForm {
    /// What stands around it.
    pub around: Around,
    /// Which occasion it is about.
    pub occasion: String,
    /// Where it is sent.
    pub action: String,
    /// What was typed, and what is wrong with it.
    pub filled: Filled,
}

impl EvaluationForm {
    /// The page as HTML.
    pub fn draw(self) -> String {
        let Self { around, occasion, action, filled } = self;
        draw(around, move || {
            let choices: Vec<_> = CHOICES
                .iter()
                .map(|question| {
                    let options: Vec<_> = question
                        .options
                        .iter()
                        .map(|(word, label)| ((*word).to_owned(), (*label).to_owned()))
                        .collect();
                    choice(&Field::required(question.name, question.text), &options, &filled)
                })
                .collect();
            let open: Vec<_> = OPEN
                .iter()
                .map(|question| long_field(&Field::optional(question.name, question.text), &filled))
                .collect();
            view! {
                <div class="page public">
                    <div class="public-header">
                        <h1>"Vad tyckte du?"</h1>
                        <p class="lead">{occasion}</p>
                        <p>
                            "Svaren sparas utan namn, och den som ordnade kursen ser dem först när minst "
                            {ENOUGH} " har svarat. Skriv inte namn på personer."
                        </p>
                    </div>
                    <form class="sign-up" method="post" action=action novalidate>
                        {summary(&filled)}
                        {choices}
                        {open}
                        <div class="button-row">
                            <button type="submit" class="button primary">
                                "Skicka svaren"
                            </button>
                        </div>
                    </form>
                </div>
            }
            .into_any()
        })
    }
}

/// What the answers come to.
pub struct EvaluationPage {
    /// What stands around it.
    pub around: Around,
    /// The occasion, and where its page is.
    pub occasion: (String, String),
    /// How many have been asked.
    pub asked: usize,
    /// The answers.
    pub evaluation: Evaluation,
}

impl EvaluationPage {
    /// The page as HTML.
    pub fn draw(self) -> String {
        let Self { around, occasion: (title, address), asked, evaluation } = self;
        draw(around, move || {
            let answered = evaluation.answered;
            let told = format!("{answered} av {asked} har svarat.");
            let body = if evaluation.is_enough() {
                let counts: Vec<_> = evaluation.counts.iter().map(|count| table(count, answered)).collect();
                let written: Vec<_> = evaluation.written.iter().map(texts).collect();
                view! {
                    {counts}
                    {written}
                }
                .into_any()
            } else if asked == 0 {
                nothing("Ingen är tillfrågad än", "Deltagarna får en länk med e-post dagen efter den sista kursdagen.")
            } else {
                let text = format!("Svaren visas när minst {ENOUGH} har svarat, så att ingen kan kännas igen.");
                nothing("För få svar än", &text)
            };
            view! {
                <div class="page public evaluation">
                    <div class="public-header">
                        <h1>"Utvärdering"</h1>
                        <p class="lead">
                            <a href=address>{title}</a>
                        </p>
                        <p>{told}</p>
                    </div>
                    {body}
                </div>
            }
            .into_any()
        })
    }
}

fn nothing(title: &'static str, text: &str) -> AnyView {
    let text = text.to_owned();
    view! {
        <div class="empty public-empty">
            <p class="empty-title">{title}</p>
            <p>{text}</p>
        </div>
    }
    .into_any()
}

fn table(count: &Count, answered: usize) -> AnyView {
    let rows: Vec<_> = count
        .chosen
        .iter()
        .map(|(label, chosen)| {
            let percent = chosen * 100 / answered.max(1);
            view! {
                <tr>
                    <th scope="row">{*label}</th>
                    <td class="evaluation-bar">
                        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                            <rect width=percent height="10" />
                        </svg>
                    </td>
                    <td class="evaluation-count">{*chosen}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="plain evaluation-table">
            <caption>{count.question.text}</caption>
            <thead>
                <tr>
                    <th scope="col">"Svar"</th>
                    <th scope="col">
                        <span class="visually-hidden">"Andel"</span>
                    </th>
                    <th scope="col" class="evaluation-count">
                        "Antal"
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn texts((question, texts): &(OpenQuestion, Vec<String>)) -> AnyView {
    let id = format!("svar-{}", question.name);
    let texts: Vec<_> = texts.iter().map(|text| view! { <li>{text.clone()}</li> }).collect();
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{question.text}</h2>
            <ul class="evaluation-texts">{texts}</ul>
        </section>
    }
    .into_any()
}
