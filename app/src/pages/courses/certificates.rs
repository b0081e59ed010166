//! *Intyg*: one page of paper for each person who was there on all days.

use super::parts::day_in_words;
use crate::boot::{COURSES, OccasionPage};
use crate::components::clock::today;
use crate::components::document::toolbar::print;
use crate::components::icon::{Icon, IconView};
use crate::domain::{IsoDate, Occasion, OccasionDay, Registration};
use leptos::prelude::*;
use leptos_meta::Title;

/// The certificates.
#[component]
pub fn Certificates(
    /// The occasion.
    page: OccasionPage,
) -> impl IntoView {
    let OccasionPage { document, occasion, .. } = page;
    let facts = occasion.facts;
    let days = || facts.days.iter().map(|day| day.date);
    let earned: Vec<Registration> = occasion
        .registrations
        .into_iter()
        .filter(|person| person.is_live() && person.was_there_on_all(days()))
        .collect();
    let count = match earned.len() {
        0 => "Ingen har varit med alla dagar än. Intyg skapas här när närvaron är ifylld.".to_owned(),
        1 => "1 intyg, för den som varit med alla dagar.".to_owned(),
        count => format!("{count} intyg, för dem som varit med alla dagar."),
    };
    let has_earned = !earned.is_empty();
    let can_print = has_earned.then(|| {
        view! {
            <button type="button" class="button primary needs-script" on:click=move |_| print()>
                <IconView icon=Icon::Print />
                "Skriv ut intygen"
            </button>
        }
    });
    // The clock is the reader's: the server draws no day.
    let now = RwSignal::new(None);
    Effect::new(move |_| now.set(today()));
    let last = facts.last_day();
    let is_early = move || {
        let last = last.filter(|last| now.get().is_some_and(|today| today < *last))?;
        let text = format!("Sista kursdagen är {}. Vänta med intygen tills kursen är slut.", last.in_words());
        Some(view! {
            <div class="notice warning" role="status">
                <IconView icon=Icon::Warning />
                <div class="notice-body">
                    <p class="notice-title">"Det är kursdagar kvar"</p>
                    <p>{text}</p>
                </div>
            </div>
        })
    };
    let sheets: Vec<_> = earned.into_iter().map(|person| sheet(&facts, person.name, now.into())).collect();
    view! {
        <Title text=format!("Intyg, {} – Samplan", facts.title) />
        <div class="page certificates">
            <header class="start-header">
                <p class="eyebrow">
                    <a href=COURSES rel="external">
                        "Kurser"
                    </a>
                    " · "
                    <a href=document.address() rel="external">
                        {facts.title.clone()}
                    </a>
                </p>
                <h1>"Intyg"</h1>
                <p>{count}</p>
                {has_earned.then_some(is_early)}
                <div>{can_print}</div>
            </header>
            {sheets}
        </div>
    }
}

fn sheet(facts: &Occasion, name: String, now: Signal<Option<IsoDate>>) -> impl IntoView + use<> {
    let course = if facts.course_name.is_empty() { facts.title.clone() } else { facts.course_name.clone() };
    let days: Vec<_> = facts.days.iter().map(|day| view! { <li>{day_in_words(day)}</li> }).collect();
    let line = |text: String| (!text.trim().is_empty()).then(|| view! { <p>{text}</p> });
    let trainers = facts.trainers.trim();
    let trainers = if trainers.is_empty() { String::new() } else { format!("Utbildare: {trainers}") };
    let aim = (!facts.about.trim().is_empty()).then(|| view! { <p class="certificate-aim">{aim(&facts.about)}</p> });
    let issued =
        move || now.get().map(|day: IsoDate| format!("Utfärdat {} {} {}", day.day(), day.month_name(), day.year()));
    let label = format!("Intyg för {name}");
    view! {
        <section class="certificate" aria-label=label>
            <p class="certificate-kind">"Intyg"</p>
            <h2>{name}</h2>
            <p>"har deltagit i"</p>
            <p class="certificate-course">{course}</p>
            {aim}
            <p>{length(&facts.days)}</p>
            <ul class="plain-list">{days}</ul>
            {line(facts.place.clone())}
            {line(trainers)}
            <p>{issued}</p>
            <p class="certificate-sign">
                <span class="certificate-line"></span>
                {facts.organiser.name.clone()}
            </p>
        </section>
    }
}

/// *Syfte*: what the text about the course begins with.
fn aim(about: &str) -> String {
    about.trim().split("\n\n").next().unwrap_or_default().to_owned()
}

/// How long the course was: `4 kursdagar, sammanlagt 28 timmar`.
fn length(days: &[OccasionDay]) -> String {
    let minutes: u32 = days.iter().map(OccasionDay::minutes).sum();
    let count = if days.len() == 1 { "1 kursdag".to_owned() } else { format!("{} kursdagar", days.len()) };
    let hours = match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} minuter"),
        (1, 0) => "1 timme".to_owned(),
        (hours, 0) => format!("{hours} timmar"),
        (hours, minutes) => format!("{hours} timmar och {minutes} minuter"),
    };
    let all = if days.len() > 1 { "sammanlagt " } else { "" };
    format!("{count}, {all}{hours}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_says_how_long_the_course_was_and_what_for() {
        let day = |from: &str, to: &str| OccasionDay {
            date: "2026-12-01".parse().expect("a day"),
            from: from.parse().expect("a time"),
            to: to.parse().expect("a time"),
        };
        assert_eq!(length(&[day("09:00", "16:00"); 4]), "4 kursdagar, sammanlagt 28 timmar");
        assert_eq!(length(&[day("09:00", "12:30")]), "1 kursdag, 3 timmar och 30 minuter");
        assert_eq!(aim("Att kunna leda grupper.\n\nÖvningar."), "Att kunna leda grupper.");
    }
}
