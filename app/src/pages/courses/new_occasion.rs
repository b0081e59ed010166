//! *Nytt kurstillfälle*: the form that opens one of a course. Sent as any form, so that it works without JavaScript; the
//! server answers with the occasion, or with the form as it was sent and what is wrong with it.

use crate::boot::courses::{SENT_COURSE, SENT_DAY};
use crate::boot::{COURSES, DocumentInfo, NEW_PLAN_PROBLEM};
use crate::components::clock::today;
use crate::components::icon::{Icon, IconView};
use crate::document::catalogue::Catalogue;
use crate::domain::IsoDate;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

const DAY: &str = "nytt-tillfalle-dag";
const DAY_ERROR: &str = "nytt-tillfalle-dag-fel";
const COURSE: &str = "nytt-tillfalle-kurs";
const COURSE_ERROR: &str = "nytt-tillfalle-kurs-fel";

const NO_DAY: &str = "Skriv första kursdagen som år-månad-dag, till exempel 2026-12-01.";
const PAST_DAY: &str = "Den dagen har redan varit. Ändra dagen, eller kryssa i att det stämmer.";

/// What is wrong with what was sent.
#[derive(Clone, Copy, Default)]
struct Problem {
    course: Option<&'static str>,
    day: Option<&'static str>,
    whole: Option<&'static str>,
    /// Whether the day has been, which can be meant.
    is_past: bool,
}

impl Problem {
    /// By the code of the interface.
    fn of(code: &str) -> Self {
        let none = Self::default();
        match code {
            "invalid_date" => Self { day: Some(NO_DAY), ..none },
            "past_date" => Self { day: Some(PAST_DAY), is_past: true, ..none },
            "no_course" => Self { course: Some("Välj en kurs ur katalogen."), ..none },
            "not_an_editor" | "not_allowed" => {
                Self { whole: Some("Bara den som är kursadministratör kan lägga upp kurstillfällen."), ..none }
            }
            _ => Self { whole: Some("Kurstillfället gick inte att lägga upp. Försök igen om en stund."), ..none },
        }
    }

    /// What can be told before it is sent.
    fn before_sending(day: &str, is_meant: bool) -> Option<Self> {
        let none = Self::default();
        let Ok(date) = day.trim().parse::<IsoDate>() else { return Some(Self { day: Some(NO_DAY), ..none }) };
        let is_past = today().is_some_and(|today| date < today);
        (is_past && !is_meant).then_some(Self { day: Some(PAST_DAY), is_past, ..none })
    }
}

/// The form.
#[component]
pub fn NewOccasion(
    /// The catalogues whose owners the user runs courses for.
    catalogues: Vec<(DocumentInfo, Catalogue)>,
) -> impl IntoView {
    let asked = use_query_map().get_untracked();
    let code = asked.get(NEW_PLAN_PROBLEM);
    let open = code.is_some();
    let problem = RwSignal::new(code.as_deref().map(Problem::of).unwrap_or_default());
    let (sent_course, sent_day) = (asked.get(SENT_COURSE), asked.get(SENT_DAY));
    let day = NodeRef::<html::Input>::new();
    let meant = NodeRef::<html::Input>::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        let typed = day.get_untracked().map(|day| day.value()).unwrap_or_default();
        let is_meant = meant.get_untracked().is_some_and(|meant| meant.checked());
        let mut wrong = Problem::before_sending(&typed, is_meant);
        if wrong.is_none() && !window().navigator().on_line() {
            let text = "Du är offline. Kurstillfällen läggs upp på servern: försök igen när du är uppkopplad.";
            wrong = Some(Problem { whole: Some(text), ..Problem::default() });
        }
        let Some(wrong) = wrong else { return };
        event.prevent_default();
        problem.set(wrong);
        if let Some(day) = day.get_untracked().filter(|_| wrong.day.is_some()) {
            // What has left the page meanwhile takes no focus.
            let _ = day.focus();
        }
    };
    let whole = move || {
        problem.with(|problem| problem.whole).map(|text| {
            view! {
                <p class="error-text" role="alert">
                    <IconView icon=Icon::Error />
                    <span>{text}</span>
                </p>
            }
        })
    };
    let beside = |id: &'static str, text: Option<&'static str>| {
        text.map(|text| {
            view! {
                <p class="error-text" id=id>
                    <IconView icon=Icon::Error />
                    <span>{text}</span>
                </p>
            }
        })
    };
    let course_error = move || problem.with(|problem| problem.course);
    let day_error = move || problem.with(|problem| problem.day);
    let confirm = move || {
        problem.with(|problem| problem.is_past).then(|| {
            view! {
                <label class="radio">
                    <input type="checkbox" name="past" value="ja" node_ref=meant />
                    <span>"Det stämmer: kursen har redan varit"</span>
                </label>
            }
        })
    };
    let groups: Vec<_> = catalogues
        .into_iter()
        .map(|(document, catalogue)| {
            let options: Vec<_> = catalogue
                .courses
                .into_iter()
                .map(|view| {
                    let value = format!("{}/{}", document.id, view.course.id);
                    let selected = sent_course.as_ref() == Some(&value);
                    view! {
                        <option value=value selected=selected>
                            {view.course.name}
                        </option>
                    }
                })
                .collect();
            view! { <optgroup label=catalogue.owner.name>{options}</optgroup> }
        })
        .collect();
    view! {
        <details class="new-plan" open=open>
            <summary>"Nytt kurstillfälle"</summary>
            <form class="form" method="post" action=COURSES novalidate=true on:submit=send>
                {whole}
                <div class="field">
                    <label for=COURSE>"Kurs"</label>
                    {move || beside(COURSE_ERROR, course_error())}
                    <select
                        id=COURSE
                        name="course"
                        aria-invalid=move || course_error().map(|_| "true")
                        aria-describedby=move || course_error().map(|_| COURSE_ERROR)
                    >
                        {groups}
                    </select>
                </div>
                <div class="field">
                    <label for=DAY>"Första kursdag"</label>
                    {move || beside(DAY_ERROR, day_error())}
                    <input
                        id=DAY
                        name="first"
                        type="date"
                        value=sent_day
                        node_ref=day
                        aria-invalid=move || day_error().map(|_| "true")
                        aria-describedby=move || day_error().map(|_| DAY_ERROR)
                    />
                </div>
                {confirm}
                <p class="muted">"Övriga dagar, plats, utbildare och anmälningstid fyller du i på nästa sida."</p>
                <div>
                    <button type="submit" class="button primary">
                        "Lägg upp kurstillfället"
                    </button>
                </div>
            </form>
        </details>
    }
}
