//! `/anmalan`: the occasions that one can sign up for, with a filter.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::words::{capitalised, days, month, places};
use super::{Around, SIGN_UP, draw};
use crate::domain::course::PublicOccasion;

/// What the list is narrowed to; empty is all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// *Kurs*: its name.
    pub course: String,
    /// *Förbund*: its short name. What the county arranges is for all of its associations.
    pub association: String,
    /// *Månad*, as `2026-12`.
    pub month: String,
}

impl Chosen {
    /// Whether anything is left out.
    pub fn is_narrow(&self) -> bool {
        *self != Self::default()
    }
}

/// The list.
pub struct ListPage {
    /// What stands around it.
    pub around: Around,
    /// What the filter lets through, by day.
    pub occasions: Vec<PublicOccasion>,
    /// What can be chosen: courses by name.
    pub courses: BTreeSet<String>,
    /// Associations: short name and name.
    pub associations: Vec<(String, String)>,
    /// Months, as `2026-12`.
    pub months: BTreeSet<String>,
    /// What is chosen.
    pub chosen: Chosen,
}

impl ListPage {
    /// The page as HTML.
    pub fn draw(self) -> String {
        let Self { around, occasions, courses, associations, months, chosen } = self;
        draw(around, move || {
            let is_narrow = chosen.is_narrow();
            let has_any = !courses.is_empty() || !months.is_empty();
            let form = has_any.then(|| filter(&courses, &associations, &months, &chosen));
            let count = match occasions.len() {
                1 => "1 tillfälle".to_owned(),
                count => format!("{count} tillfällen"),
            };
            let list = if occasions.is_empty() {
                empty(is_narrow)
            } else {
                let items: Vec<_> = occasions.iter().map(entry).collect();
                view! {
                    <p class="muted">{count}</p>
                    <ul class="occasions">{items}</ul>
                }
                .into_any()
            };
            view! {
                <div class="page public">
                    <div class="public-header">
                        <h1>"Kurser och träffar"</h1>
                        <p class="lead">
                            "För dig som arbetar hos Arbetsförmedlingen, Försäkringskassan, regionen eller kommunen. Du behöver inget konto för att anmäla dig."
                        </p>
                    </div>
                    {form}
                    {list}
                </div>
            }
            .into_any()
        })
    }
}

fn filter(
    courses: &BTreeSet<String>,
    associations: &[(String, String)],
    months: &BTreeSet<String>,
    chosen: &Chosen,
) -> AnyView {
    let courses: Vec<_> = courses.iter().map(|name| (name.clone(), name.clone())).collect();
    let months: Vec<_> = months.iter().map(|it| (it.clone(), capitalised(&month(it)))).collect();
    view! {
        <form class="filter" method="get" action=SIGN_UP role="search" aria-label="Urval">
            {select("kurs", "Kurs", "Alla kurser", &courses, &chosen.course)}
            {select("forbund", "Förbund", "Alla förbund", associations, &chosen.association)}
            {select("manad", "Månad", "Alla månader", &months, &chosen.month)}
            <button type="submit" class="button">
                "Visa"
            </button>
        </form>
    }
    .into_any()
}

fn select(
    name: &'static str,
    label: &'static str,
    all: &'static str,
    options: &[(String, String)],
    chosen: &str,
) -> AnyView {
    let options: Vec<_> = options
        .iter()
        .map(|(word, label)| {
            view! {
                <option value=word.clone() selected=word == chosen>
                    {label.clone()}
                </option>
            }
        })
        .collect();
    let id = format!("urval-{name}");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id name=name>
                <option value="">{all}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn entry(occasion: &PublicOccasion) -> AnyView {
    let (left, mood) = places(occasion);
    let place =
        if occasion.place.is_empty() && occasion.is_online { "På distans".to_owned() } else { occasion.place.clone() };
    let place = (!place.is_empty()).then(|| view! { <span>{place}</span> });
    view! {
        <li>
            <a class="occasion" href=format!("{SIGN_UP}/{}", occasion.document)>
                <span class="occasion-title">{occasion.title.clone()}</span>
                <span class="occasion-facts">
                    <span>{capitalised(&days(&occasion.days))}</span>
                    {place}
                    <span>{occasion.organiser.name.clone()}</span>
                </span>
                <span class=format!("places {mood}")>{left}</span>
            </a>
        </li>
    }
    .into_any()
}

fn empty(is_narrow: bool) -> AnyView {
    let (title, text) = if is_narrow {
        ("Inga tillfällen passar urvalet", "Välj ett annat urval, eller visa alla tillfällen.")
    } else {
        ("Inga kurser är öppna just nu", "Nya tillfällen brukar läggas upp inför våren och hösten. Titta in igen då.")
    };
    let all = is_narrow.then(|| view! { <p><a href=SIGN_UP>"Visa alla tillfällen"</a></p> });
    view! {
        <div class="empty public-empty">
            <p class="empty-title">{title}</p>
            <p>{text}</p>
            {all}
        </div>
    }
    .into_any()
}
