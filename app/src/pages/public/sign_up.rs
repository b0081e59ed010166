//! The form with which somebody signs up, and with which they change what they said.

use leptos::prelude::*;

use super::SIGN_UP;
use super::field::{Field, Filled, choice, id_of, long_field, summary, text_field};
use crate::domain::course::{Party, PublicOccasion, Question, Sensitive, Sex, SignUp};

/// Names of the fields.
pub mod names {
    /// *Namn*.
    pub const NAME: &str = "namn";
    /// *E-post*.
    pub const EMAIL: &str = "epost";
    /// *Part*.
    pub const PARTY: &str = "part";
    /// *Arbetsgivare*.
    pub const EMPLOYER: &str = "arbetsgivare";
    /// *Yrkesroll*.
    pub const ROLE: &str = "yrkesroll";
    /// *Kön*.
    pub const SEX: &str = "kon";
    /// *Förkunskaper*: `ja` or `nej`.
    pub const HAS_COMPLETED: &str = "forkunskaper";
    /// A field that people do not see: whoever fills it in is none.
    pub const TRAP: &str = "webbplats";
    /// What makes a form that is sent twice one registration.
    pub const KEY: &str = "nyckel";
    /// Before the id of an occasion's own question.
    pub const QUESTION: &str = "fraga-";
}

/// What a form asks, and what stands in it.
#[derive(Clone, Debug, Default)]
pub struct SignUpForm {
    /// What makes a form that is sent twice one registration.
    pub key: String,
    /// *Egna frågor*.
    pub questions: Vec<Question>,
    /// Which sensitive things are asked.
    pub asks: Vec<Sensitive>,
    /// What was typed, and what is wrong with it.
    pub filled: Filled,
}

/// The form to sign up.
pub fn form(occasion: &PublicOccasion, asked: &SignUpForm) -> AnyView {
    let filled = &asked.filled;
    let is_full = occasion.sign_up == SignUp::Full;
    let intro = if is_full {
        "Alla platser är tagna. Anmäl dig så ställs du i kö. Blir en plats ledig får du ett erbjudande med e-post."
    } else {
        "Du får besked med e-post."
    };
    let prerequisite = (!occasion.requires.is_empty()).then(|| {
        let field = Field::required(names::HAS_COMPLETED, &format!("Har du gått {}?", occasion.requires))
            .help("Finns det inte i vår närvaro från tidigare kurser får kursadministratören godkänna ditt svar.");
        let options = [("ja", "Ja"), ("nej", "Nej")].map(|(word, label)| (word.to_owned(), label.to_owned()));
        choice(&field, &options, filled)
    });
    view! {
        <section class="sign-up" aria-labelledby="anmal-dig">
            <h2 id="anmal-dig">{if is_full { "Ställ dig i kö" } else { "Anmäl dig" }}</h2>
            <p>{intro}</p>
            <form class="form" method="post" action=format!("{SIGN_UP}/{}", occasion.document) novalidate>
                {summary(filled)}
                <input type="hidden" name=names::KEY value=asked.key.clone() />
                {person(filled)}
                {prerequisite}
                {answers(asked)}
                {sensitive(asked)}
                <div class="trap" aria-hidden="true">
                    <label for=id_of(names::TRAP)>"Lämna det här fältet tomt"</label>
                    <input
                        id=id_of(names::TRAP)
                        name=names::TRAP
                        type="text"
                        tabindex="-1"
                        autocomplete="off"
                        value=filled.value(names::TRAP)
                    />
                </div>
                <p class="muted">
                    {format!(
                        "{} använder uppgifterna för att ordna kursen. De tas bort när de inte längre behövs.",
                        occasion.organiser.name,
                    )}
                </p>
                <div>
                    <button type="submit" class="button primary">
                        {if is_full { "Ställ mig i kö" } else { "Anmäl mig" }}
                    </button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// Who somebody is.
pub fn person(filled: &Filled) -> AnyView {
    let options = |all: Vec<(&str, &str)>| -> Vec<(String, String)> {
        all.into_iter().map(|(word, label)| (word.to_owned(), label.to_owned())).collect()
    };
    let parties = Party::ALL.iter().filter(|party| **party != Party::NotSaid);
    let parties = options(parties.map(|party| (party.as_word(), party.label())).collect());
    let sexes = options(
        Sex::ALL
            .iter()
            .map(|sex| (sex.as_word(), if *sex == Sex::NotSaid { "Vill inte svara" } else { sex.label() }))
            .collect(),
    );
    let email = Field::required(names::EMAIL, "E-postadress")
        .filled_by_browser("email", "email")
        .help("Hit skickas besked och kallelse.");
    let sex = Field::optional(names::SEX, "Kön").help("Bara för statistik.");
    let employer = Field::optional(names::EMPLOYER, "Arbetsplats")
        .filled_by_browser("text", "organization")
        .help("Till exempel enhet eller kontor.");
    let role = Field::optional(names::ROLE, "Yrkesroll").filled_by_browser("text", "organization-title");
    view! {
        {text_field(&Field::required(names::NAME, "Namn").filled_by_browser("text", "name"), filled)}
        {text_field(&email, filled)}
        {choice(&Field::required(names::PARTY, "Var arbetar du?"), &parties, filled)}
        {text_field(&employer, filled)}
        {text_field(&role, filled)}
        {choice(&sex, &sexes, filled)}
    }
    .into_any()
}

/// *Egna frågor*.
pub fn answers(asked: &SignUpForm) -> Vec<AnyView> {
    let field = |question: &Question| Field {
        is_optional: !question.is_required,
        ..Field::required(&format!("{}{}", names::QUESTION, question.id), &question.text)
    };
    asked.questions.iter().map(|question| long_field(&field(question), &asked.filled)).collect()
}

/// Diet, allergies and access needs, where the occasion asks.
pub fn sensitive(asked: &SignUpForm) -> Option<AnyView> {
    if asked.asks.is_empty() {
        return None;
    }
    let fields: Vec<_> = asked
        .asks
        .iter()
        .map(|kind| text_field(&Field::optional(kind.as_word(), kind.label()), &asked.filled))
        .collect();
    Some(
        view! {
            <fieldset class="field plain-fieldset sensitive">
                <legend class="label">"Om du har särskilda behov"</legend>
                <p class="help">"Uppgifterna sparas för sig, och tas bort först av allt."</p>
                {fields}
            </fieldset>
        }
        .into_any(),
    )
}
