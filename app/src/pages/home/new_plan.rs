//! The form with which an editor opens a plan of a year.

use crate::boot::{Membership, NEW_PLAN_PROBLEM};
use crate::components::icon::{Icon, IconView};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What is wrong with what was sent, by the code of the interface.
fn sentence(code: &str) -> &'static str {
    match code {
        "invalid_year" => "Fyll i ett år mellan 2000 och 2100.",
        "no_county" => "Förbundet hör inte till något län med gemensam plan. Välj förbundets budget.",
        "not_an_editor" => "Bara den som är redaktör i förbundet kan lägga upp en plan åt det.",
        "exists" => "Det finns redan en plan för det året, som du inte har behörighet till.",
        _ => "Planen gick inte att lägga upp. Försök igen om en stund.",
    }
}

/// The form. It is sent as any form, so that it works without JavaScript; the server answers with the plan.
#[component]
pub fn NewPlan(
    /// Where the user is an editor: one association or more.
    associations: Vec<Membership>,
    /// The year that is proposed, if one is.
    year: Option<i32>,
    /// Whether the form is shown from the start.
    open: bool,
) -> impl IntoView {
    let code = use_query_map().with_untracked(|query| query.get(NEW_PLAN_PROBLEM));
    let open = open || code.is_some();
    let year_invalid = (code.as_deref() == Some("invalid_year")).then_some("true");
    let error = RwSignal::new(code.as_deref().map(sentence));
    let send = move |event: leptos::ev::SubmitEvent| {
        if !window().navigator().on_line() {
            event.prevent_default();
            error.set(Some("Du är offline. Planen läggs upp på servern: försök igen när du är uppkopplad."));
        }
    };
    let year = year.map(|year| year.to_string());
    let told = move || {
        error.get().map(|text| {
            view! {
                <p class="error-text" id="ny-plan-fel" role="alert">
                    <IconView icon=Icon::Error />
                    <span>{text}</span>
                </p>
            }
        })
    };
    view! {
        <details class="new-plan" open=open>
            <summary>"Lägg upp en plan"</summary>
            <form class="form" method="post" action="/planer" on:submit=send>
                {told}
                <fieldset class="field">
                    <legend class="label">"Vad"</legend>
                    <label>
                        <input type="radio" name="kind" value="plan" checked />
                        " Förbundets budget"
                    </label>
                    <label>
                        <input type="radio" name="kind" value="county" />
                        " Länsgemensam plan"
                    </label>
                </fieldset>
                <Whose associations />
                <div class="field">
                    <label for="ny-plan-ar">"År"</label>
                    <input
                        id="ny-plan-ar"
                        name="year"
                        type="text"
                        inputmode="numeric"
                        class="year"
                        required
                        value=year
                        aria-invalid=year_invalid
                        aria-describedby=year_invalid.map(|_| "ny-plan-fel")
                    />
                </div>
                <div>
                    <button type="submit" class="button primary">
                        "Lägg upp planen"
                    </button>
                </div>
            </form>
        </details>
    }
}

/// Whose the plan is: asked where there is a choice.
#[component]
fn Whose(associations: Vec<Membership>) -> impl IntoView {
    if let [only] = associations.as_slice() {
        return view! { <input type="hidden" name="association" value=only.id.clone() /> }.into_any();
    }
    let options: Vec<_> = associations.into_iter().map(|it| view! { <option value=it.id>{it.name}</option> }).collect();
    view! {
        <div class="field">
            <label for="ny-plan-forbund">"Förbund"</label>
            <select id="ny-plan-forbund" name="association">
                {options}
            </select>
        </div>
    }
    .into_any()
}
