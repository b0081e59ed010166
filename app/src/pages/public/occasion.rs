//! `/anmalan/{occasion}`: what there is to know of an occasion, and the form to sign up.

use leptos::prelude::*;

use super::sign_up::{SignUpForm, form};
use super::words::{capitalised, date, day};
use super::{Around, SIGN_UP, draw};
use crate::domain::course::{PublicOccasion, SignUp};

/// The page of an occasion.
pub struct OccasionPage {
    /// What stands around it.
    pub around: Around,
    /// What the public may know of it.
    pub occasion: PublicOccasion,
    /// *Pris* and the fee for those who do not come, in words; empty where there are none.
    pub costs: Vec<String>,
    /// The form, where one can sign up.
    pub form: Option<SignUpForm>,
}

impl OccasionPage {
    /// The page as HTML.
    pub fn draw(self) -> String {
        let Self { around, occasion, costs, form: asked, .. } = self;
        draw(around, move || {
            let sign_up = match asked {
                Some(asked) => form(&occasion, &asked),
                None => closed(&occasion),
            };
            view! {
                <div class="page public">
                    <div class="public-header">
                        <p>
                            <a href=SIGN_UP>"Alla kurser och träffar"</a>
                        </p>
                        <h1>{occasion.title.clone()}</h1>
                    </div>
                    {facts(&occasion, costs)}
                    {sign_up}
                </div>
            }
            .into_any()
        })
    }
}

/// What there is to know: as a list of terms.
pub fn facts(occasion: &PublicOccasion, costs: Vec<String>) -> AnyView {
    let about = paragraph(&occasion.about);
    let days: Vec<_> = occasion
        .days
        .iter()
        .map(|it| {
            let when = format!("{} {}, {}–{}", capitalised(&day(it.date)), it.date.year(), it.from, it.to);
            view! { <li>{when}</li> }
        })
        .collect();
    let days = if days.is_empty() { None } else { Some(view! { <ul class="days">{days}</ul> }.into_any()) };
    let days = days.or_else(|| Some(text("Datum kommer")));
    let place = match (occasion.place.is_empty(), occasion.is_online) {
        (true, true) => Some("På distans. Länken får du i bekräftelsen.".to_owned()),
        (false, true) => Some(format!("{}, eller på distans med länken i bekräftelsen", occasion.place)),
        (false, false) => Some(occasion.place.clone()),
        (true, false) => None,
    };
    let given = |value: &str| (!value.trim().is_empty()).then(|| text(value));
    let course = (occasion.course != occasion.title).then(|| given(&occasion.course)).flatten();
    let capacity = occasion.capacity.map(|capacity| text(&of_places(capacity, occasion)));
    let costs = (!costs.is_empty()).then(|| text(&costs.join(" ")));
    let closes = occasion.closes.map(|closes| text(&capitalised(&date(closes))));
    let rows: Vec<_> = [
        ("Kurs", course),
        ("Dagar", days),
        ("Plats", place.as_deref().map(text)),
        ("För vem", given(&occasion.audience)),
        ("Förkunskaper", given(&occasion.requires)),
        ("Utbildare", given(&occasion.trainers)),
        ("Antal platser", capacity),
        ("Kostnad", costs),
        ("Sista anmälningsdag", closes),
        ("Arrangör", given(&occasion.organiser.name)),
        ("Kontakt", given(&occasion.contact)),
    ]
    .into_iter()
    .filter_map(|(term, value)| value.map(|value| (term, value)))
    .map(|(term, value)| {
        view! {
            <div>
                <dt>{term}</dt>
                <dd>{value}</dd>
            </div>
        }
    })
    .collect();
    view! {
        {about}
        <dl class="public-facts">{rows}</dl>
    }
    .into_any()
}

fn of_places(capacity: u32, occasion: &PublicOccasion) -> String {
    match (occasion.sign_up, occasion.places_left) {
        (SignUp::Open, Some(1)) => format!("{capacity}, varav 1 ledig"),
        (SignUp::Open, Some(left)) => format!("{capacity}, varav {left} lediga"),
        (SignUp::Full, _) => format!("{capacity}, alla tagna"),
        _ => capacity.to_string(),
    }
}

fn text(value: &str) -> AnyView {
    view! { <span>{value.to_owned()}</span> }.into_any()
}

fn paragraph(value: &str) -> Vec<AnyView> {
    let lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| view! { <p>{line.to_owned()}</p> }.into_any()).collect()
}

fn closed(occasion: &PublicOccasion) -> AnyView {
    let (title, text) = match occasion.sign_up {
        SignUp::CalledOff => {
            ("Tillfället är inställt", "Det går inte att anmäla sig. Se om det finns ett annat tillfälle.")
        }
        SignUp::NotYet => ("Anmälan har inte öppnat", "Kom tillbaka när anmälan har öppnat."),
        _ => ("Anmälan är stängd", "Det går inte längre att anmäla sig. Hör av dig till kontakten om du undrar något."),
    };
    let opens = match (occasion.sign_up, occasion.opens) {
        (SignUp::NotYet, Some(opens)) => Some(view! { <p>{format!("Den öppnar {}.", date(opens))}</p> }),
        _ => None,
    };
    view! {
        <div class="empty public-empty">
            <h2 class="empty-title">{title}</h2>
            {opens}
            <p>{text}</p>
        </div>
    }
    .into_any()
}
