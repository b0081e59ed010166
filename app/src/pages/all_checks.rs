//! *Kontrollräkning* of all plans at hand: what cannot be right, and which rules are not kept to, plan by plan. Drawn by
//! the server and read without JavaScript; without a network it is drawn from what lies on the device.

mod section;
mod summary;

use super::drawn::drawn;
use crate::boot::{CheckedDocument, ChecksPage, PageData};
use crate::components::icon::{Icon, IconView};
use crate::components::sign_out::unsent_changes;
use crate::components::unit::{UnitChoice, unit_signal};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use section::CheckedSection;
use summary::{Tally, in_all, unsent};

/// The page at `/kontroll`.
#[component]
pub fn ChecksRoute() -> impl IntoView {
    drawn(
        |page| match page {
            PageData::Checks(page) => Some(*page),
            _ => None,
        },
        |page| view! { <ChecksView page /> },
    )
}

#[component]
fn ChecksView(page: ChecksPage) -> impl IntoView {
    let ChecksPage { documents, of_device } = page;
    let unit = unit_signal();
    let told = in_all(documents.iter().map(|document| Tally::of(&document.checked)));
    let source = if of_device {
        "Du är offline. Här är planerna som de är på den här datorn."
    } else {
        "Här är de planer som du kan läsa, som de är på servern."
    };
    let content = if documents.is_empty() {
        view! { <NoPlans /> }.into_any()
    } else {
        let section = |document: CheckedDocument| view! { <CheckedSection document unit /> };
        documents.into_iter().map(section).collect_view().into_any()
    };
    view! {
        <Title text="Kontrollräkning – Samplan" />
        <div class="page plan all-checks">
            <header class="plan-header">
                <div class="plan-title">
                    <h1>"Kontrollräkning av alla planer"</h1>
                    <p>
                        <a href="/" rel="external">
                            "Till dina planer"
                        </a>
                    </p>
                </div>
            </header>
            <div class="plan-section">
                <p data-testid="in-all">{told}</p>
                <p class="muted">
                    {source}
                    " En siffra ur ett tryckt dokument är ett fel bara om den ligger utanför vad avrundningen tillåter."
                </p>
                {(!of_device).then(|| view! { <Unsent /> })}
                <UnitChoice unit />
            </div>
            {content}
        </div>
    }
}

/// What lies on this device alone is not among what the server has checked.
#[component]
fn Unsent() -> impl IntoView {
    let count = RwSignal::new(0_usize);
    Effect::new(move |_| {
        spawn_local(async move {
            let unsent = unsent_changes().await;
            // Whoever has left the page meanwhile is told nothing.
            count.try_set(unsent);
        });
    });
    move || {
        unsent(count.get()).map(|text| {
            view! {
                <p class="finding" role="status">
                    <IconView icon=Icon::Warning />
                    <span>{text}</span>
                </p>
            }
        })
    }
}

#[component]
fn NoPlans() -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">"Här finns inga planer att kontrollräkna än"</p>
            <p>
                "Planer som ditt förbund lägger upp eller får ta del av kontrollräknas här. " <a href="/" rel="external">
                    "Till startsidan"
                </a>
            </p>
        </div>
    }
}
