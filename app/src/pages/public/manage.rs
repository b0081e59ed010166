//! `/anmalan/min/{token}`: somebody's own registration: where it stands, and what can be done with it. Also the receipt
//! after signing up.

use leptos::prelude::*;

use super::field::summary;
use super::occasion::facts;
use super::sign_up::{SignUpForm, answers, person, sensitive};
use super::{Around, SIGN_UP, draw};
use crate::components::icon::{Icon, IconView};
use crate::domain::course::{Decision, PublicOccasion};

/// What the buttons say that is wanted; the value of the field `gor`.
pub mod wishes {
    /// The field.
    pub const FIELD: &str = "gor";
    /// *Ändra uppgifter*.
    pub const CHANGE: &str = "andra";
    /// *Avboka*; asks once.
    pub const CANCEL: &str = "avboka";
    /// *Ja, avboka*.
    pub const SURELY_CANCEL: &str = "ja-avboka";
    /// *Tacka ja*.
    pub const ACCEPT: &str = "tacka-ja";
    /// *Tacka nej*.
    pub const DECLINE: &str = "tacka-nej";
}

/// What was just done, told at the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// The registration was made.
    SignedUp,
    /// What was changed is saved.
    Changed,
    /// What was wished could not be done any more.
    TooLate,
}

/// Somebody's own registration.
pub struct ManagePage {
    /// What stands around it.
    pub around: Around,
    /// The address of the page itself.
    pub address: String,
    /// Of which occasion.
    pub occasion: PublicOccasion,
    /// *Videolänk*, for those who have a place.
    pub link: Option<String>,
    /// *Namn*.
    pub name: String,
    /// Where it stands.
    pub decision: Decision,
    /// *Plats i kön*, for those who wait.
    pub queue: Option<u32>,
    /// Until when an offer stands, in words.
    pub until: Option<String>,
    /// Whether the occasion is over, so that nothing can be changed.
    pub is_over: bool,
    /// What stands in the form.
    pub form: SignUpForm,
    /// What was just done.
    pub done: Option<Done>,
    /// Whether to ask if it is really to be cancelled.
    pub asks_to_cancel: bool,
}

impl ManagePage {
    /// The page as HTML.
    pub fn draw(self) -> String {
        let around = self.around.clone();
        draw(around, move || self.view())
    }

    fn view(&self) -> AnyView {
        let is_live = !matches!(self.decision, Decision::Cancelled | Decision::Declined);
        let can_change = is_live && !self.is_over;
        let (offer, cancel) = match &self.decision {
            Decision::Offered if can_change => (Some(self.offer()), None),
            _ if can_change && !self.asks_to_cancel => (None, Some(self.cancel())),
            _ => (None, None),
        };
        let ask = (can_change && self.asks_to_cancel).then(|| self.ask());
        let change = (can_change && !self.asks_to_cancel).then(|| self.change());
        let link = self.link.clone().map(|link| {
            view! {
                <p>
                    "Länk till kursen: " <a href=link.clone()>{link.clone()}</a>
                </p>
            }
        });
        let again = (!is_live && !self.is_over).then(|| {
            view! {
                <p>
                    <a href=format!("{SIGN_UP}/{}", self.occasion.document)>"Anmäl dig igen"</a>
                    ", eller "
                    <a href=SIGN_UP>"se alla kurser"</a>
                    "."
                </p>
            }
        });
        view! {
            <div class="page public">
                <div class="public-header">
                    <p class="muted">{format!("Anmälan för {}", self.name)}</p>
                    <h1>{self.occasion.title.clone()}</h1>
                </div>
                {self.told()}
                {self.standing()}
                {offer}
                {ask}
                {link}
                {again}
                <h2>"Om tillfället"</h2>
                {facts(&self.occasion, Vec::new())}
                {change}
                {cancel}
            </div>
        }
        .into_any()
    }

    fn told(&self) -> Option<AnyView> {
        let (mood, icon, text) = match self.done? {
            Done::SignedUp => (
                "good",
                Icon::Check,
                "Tack, din anmälan är mottagen. Den här sidan är din egen: spara adressen om du vill kunna ändra eller avboka.",
            ),
            Done::Changed => ("good", Icon::Check, "Dina uppgifter är sparade."),
            Done::TooLate => ("warning", Icon::Warning, "Det gick inte längre. Så här ser din anmälan ut nu."),
        };
        Some(
            view! {
                <div class=format!("notice {mood}") role="status">
                    <IconView icon=icon />
                    <p class="notice-body">{text}</p>
                </div>
            }
            .into_any(),
        )
    }

    fn standing(&self) -> AnyView {
        let queue = self.queue.map(|place| format!("Du är nummer {place} i kön. ")).unwrap_or_default();
        let until = self.until.clone().unwrap_or_default();
        let (heading, text) = match &self.decision {
            Decision::Confirmed | Decision::OverCapacity => ("Du har en plats", "Välkommen!".to_owned()),
            Decision::Waiting => {
                ("Du står i kö", format!("{queue}Blir en plats ledig får du ett erbjudande med e-post."))
            }
            Decision::Offered => ("Du är erbjuden en plats", format!("Svara senast {until}, annars går den till nästa i kön.")),
            Decision::Preliminary | Decision::Unknown(_) => (
                "Din anmälan är preliminär",
                "Kursadministratören går igenom dina förkunskaper. Du behåller din tur under tiden, och får besked med e-post.".to_owned(),
            ),
            Decision::Cancelled => ("Din anmälan är avbokad", "Du har ingen plats.".to_owned()),
            Decision::Declined => {
                ("Du har ingen plats", "Tiden för att svara har gått ut, eller så räckte förkunskaperna inte till.".to_owned())
            }
        };
        view! {
            <div class="place-standing" data-decision=self.decision.as_word().to_owned()>
                <h2>{heading}</h2>
                <p>{text}</p>
            </div>
        }
        .into_any()
    }

    fn button(&self, wish: &'static str, class: &'static str, label: &'static str) -> AnyView {
        view! {
            <form method="post" action=self.address.clone()>
                <button type="submit" class=class name=wishes::FIELD value=wish>
                    {label}
                </button>
            </form>
        }
        .into_any()
    }

    fn offer(&self) -> AnyView {
        view! {
            <div class="button-row">
                {self.button(wishes::ACCEPT, "button primary", "Ja, jag tar platsen")}
                {self.button(wishes::DECLINE, "button", "Nej, jag avstår")}
            </div>
        }
        .into_any()
    }

    fn cancel(&self) -> AnyView {
        view! {
            <section class="place-actions" aria-labelledby="avboka">
                <h2 id="avboka">"Kan du inte komma?"</h2>
                <p>"Avboka så snart du vet, så får någon annan platsen."</p>
                {self.button(wishes::CANCEL, "button danger", "Avboka")}
            </section>
        }
        .into_any()
    }

    fn ask(&self) -> AnyView {
        view! {
            <div class="notice warning" role="alert">
                <IconView icon=Icon::Warning />
                <p class="notice-body">"Vill du avboka? Det går inte att ångra: platsen går till nästa i kön."</p>
                <div class="button-row">
                    {self.button(wishes::SURELY_CANCEL, "button danger", "Ja, avboka")}
                    <a class="button" href=self.address.clone()>
                        "Nej, behåll"
                    </a>
                </div>
            </div>
        }
        .into_any()
    }

    fn change(&self) -> AnyView {
        view! {
            <details class="change" open=self.form.filled.is_refused()>
                <summary>"Ändra dina uppgifter"</summary>
                <form class="form" method="post" action=self.address.clone() novalidate>
                    {summary(&self.form.filled)}
                    {person(&self.form.filled)}
                    {answers(&self.form)}
                    {sensitive(&self.form)}
                    <div>
                        <button type="submit" class="button primary" name=wishes::FIELD value=wishes::CHANGE>
                            "Spara ändringarna"
                        </button>
                    </div>
                </form>
            </details>
        }
        .into_any()
    }
}
