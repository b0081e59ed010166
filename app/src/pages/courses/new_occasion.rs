//! *Nytt kurstillfälle*: the form that opens one of a course. Sent as any form, so that it works without JavaScript; the
//! server answers with the occasion.

use crate::boot::{COURSES, DocumentInfo, NEW_PLAN_PROBLEM};
use crate::components::icon::{Icon, IconView};
use crate::document::catalogue::Catalogue;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What is wrong with what was sent, by the code of the interface.
fn sentence(code: &str) -> &'static str {
    match code {
        "invalid_date" => "Skriv första kursdagen som år-månad-dag, till exempel 2026-12-01.",
        "no_course" => "Välj en kurs ur katalogen.",
        "not_an_editor" | "not_allowed" => "Bara den som är kursadministratör kan lägga upp kurstillfällen.",
        _ => "Kurstillfället gick inte att lägga upp. Försök igen om en stund.",
    }
}

/// The form.
#[component]
pub fn NewOccasion(
    /// The catalogues whose owners the user runs courses for.
    catalogues: Vec<(DocumentInfo, Catalogue)>,
) -> impl IntoView {
    let code = use_query_map().with_untracked(|query| query.get(NEW_PLAN_PROBLEM));
    let open = code.is_some();
    let error = RwSignal::new(code.as_deref().map(sentence));
    let day_invalid = (code.as_deref() == Some("invalid_date")).then_some("true");
    let send = move |event: leptos::ev::SubmitEvent| {
        if !window().navigator().on_line() {
            event.prevent_default();
            error.set(Some("Du är offline. Kurstillfällen läggs upp på servern: försök igen när du är uppkopplad."));
        }
    };
    let told = move || {
        error.get().map(|text| {
            view! {
                <p class="error-text" id="nytt-tillfalle-fel" role="alert">
                    <IconView icon=Icon::Error />
                    <span>{text}</span>
                </p>
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
                    view! { <option value=value>{view.course.name}</option> }
                })
                .collect();
            view! { <optgroup label=catalogue.owner.name>{options}</optgroup> }
        })
        .collect();
    view! {
        <details class="new-plan" open=open>
            <summary>"Nytt kurstillfälle"</summary>
            <form class="form" method="post" action=COURSES on:submit=send>
                {told}
                <div class="field">
                    <label for="nytt-tillfalle-kurs">"Kurs"</label>
                    <select id="nytt-tillfalle-kurs" name="course">
                        {groups}
                    </select>
                </div>
                <div class="field">
                    <label for="nytt-tillfalle-dag">"Första kursdag"</label>
                    <input
                        id="nytt-tillfalle-dag"
                        name="first"
                        type="date"
                        required
                        aria-invalid=day_invalid
                        aria-describedby=day_invalid.map(|_| "nytt-tillfalle-fel")
                    />
                </div>
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
