//! The county plan of a year: items, contributions, the balance between them, and commitments.

mod balance;
mod commitments;
mod conflicts;
mod contributions;
mod desk;
mod header;
mod items;
mod notices;
mod removed;
mod row_form;
mod row_view;
mod source;
mod split_dialog;
mod split_parts;
mod toolbar;

use super::{NotFoundPage, SignInRoute};
use crate::boot::{CountyPage, PageData, use_boot};
use crate::components::announce::Announcer;
use crate::components::unit::unit_signal;
use crate::workspace::CountyWorkspace;
use desk::Desk;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page at `/lan/2021`.
#[component]
pub fn CountyRoute() -> impl IntoView {
    match use_boot().page {
        PageData::County(page) => view! { <CountyPlanView page=*page /> }.into_any(),
        // Without a network nobody may be signed in on this device: the form says what to do.
        PageData::SignIn(_) => view! { <SignInRoute /> }.into_any(),
        PageData::Home | PageData::Plan(_) | PageData::Versions(_) | PageData::NotFound => {
            view! { <NotFoundPage /> }.into_any()
        }
    }
}

#[component]
fn CountyPlanView(page: CountyPage) -> impl IntoView {
    let CountyPage { document, plan, people } = page;
    let workspace = CountyWorkspace::from_boot(document, plan, people, use_boot().user);
    let desk = Desk::new(workspace, unit_signal());
    speak_for(workspace);
    // The server puts the title in once the page's signals may be gone already; there it is what it was to begin with.
    let header = workspace.header();
    let first = header.with_untracked(|header| header.title.clone());
    let title = move || {
        format!("{} – Samplan", header.try_with(|header| header.title.clone()).unwrap_or_else(|| first.clone()))
    };
    view! {
        <Title text=title />
        <article class="page plan" on:keydown=move |event| desk.on_keydown(&event)>
            <header::PlanHeader desk />
            <notices::Notices desk />
            <conflicts::Conflicts desk />
            <balance::BalanceView desk />
            <items::Items desk />
            <contributions::Contributions desk />
            <commitments::Commitments desk />
            <removed::RemovedRows desk />
        </article>
        <row_form::RowFormDialog desk />
        <split_dialog::SplitDialog desk />
    }
}

/// Passes on what the workspace wants said to screen readers.
fn speak_for(workspace: CountyWorkspace) {
    let announcer = Announcer::from_context();
    Effect::new(move |_| {
        if let Some(announcement) = workspace.announcement().get() {
            if announcement.assertive {
                announcer.interrupt(announcement.text);
            } else {
                announcer.say(announcement.text);
            }
        }
    });
}
