//! An association's plan of a year: the budget with its outlook.

use super::{NotFoundPage, SignInRoute};
use crate::boot::{PageData, PlanPage, use_boot};
use crate::workspace::PlanWorkspace;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page at `/budget/vasteras/2021`.
#[component]
pub fn PlanRoute() -> impl IntoView {
    match use_boot().page {
        PageData::Plan(page) => view! { <PlanView page=*page /> }.into_any(),
        // Without a network nobody may be signed in on this device: the form says what to do.
        PageData::SignIn(_) => view! { <SignInRoute /> }.into_any(),
        PageData::Home | PageData::County(_) | PageData::Versions(_) | PageData::NotFound => {
            view! { <NotFoundPage /> }.into_any()
        }
    }
}

#[component]
fn PlanView(page: PlanPage) -> impl IntoView {
    let PlanPage { document, plan, people, county: _ } = page;
    let title = plan.header.title.clone();
    let workspace = PlanWorkspace::from_boot(document, &plan, people, use_boot().user);
    view! {
        <Title text=format!("{title} – Samplan") />
        <article class="page plan">
            <h1>{move || workspace.header().with(|header| header.title.clone())}</h1>
        </article>
    }
}
