//! *Intyg*: one page of paper for each person who was there on all days.

use super::parts::day_in_words;
use crate::boot::{COURSES, OccasionPage};
use crate::components::document::toolbar::print;
use crate::components::icon::{Icon, IconView};
use crate::domain::{Occasion, Registration};
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
    let can_print = (!earned.is_empty()).then(|| {
        view! {
            <button type="button" class="button primary needs-script" on:click=move |_| print()>
                <IconView icon=Icon::Print />
                "Skriv ut intygen"
            </button>
        }
    });
    let sheets: Vec<_> = earned.into_iter().map(|person| sheet(&facts, person.name)).collect();
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
                <div>{can_print}</div>
            </header>
            {sheets}
        </div>
    }
}

fn sheet(facts: &Occasion, name: String) -> impl IntoView + use<> {
    let course = if facts.course_name.is_empty() { facts.title.clone() } else { facts.course_name.clone() };
    let days: Vec<_> = facts.days.iter().map(|day| view! { <li>{day_in_words(day)}</li> }).collect();
    let place = (!facts.place.trim().is_empty()).then(|| view! { <p>{facts.place.clone()}</p> });
    let trainers = (!facts.trainers.trim().is_empty()).then(|| {
        let text = format!("Utbildare: {}", facts.trainers);
        view! { <p>{text}</p> }
    });
    let label = format!("Intyg för {name}");
    view! {
        <section class="certificate" aria-label=label>
            <p class="certificate-kind">"Intyg"</p>
            <h2>{name}</h2>
            <p>"har deltagit i"</p>
            <p class="certificate-course">{course}</p>
            <ul class="plain-list">{days}</ul>
            {place}
            {trainers}
            <p class="certificate-sign">
                <span class="certificate-line"></span>
                {facts.organiser.name.clone()}
            </p>
        </section>
    }
}
