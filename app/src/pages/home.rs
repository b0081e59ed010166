//! The start page: what the user may read, and a form for editors to open a plan.

mod new_plan;

use crate::boot::{CHECKS, COURSES, DocumentInfo, DocumentRights, SignedIn, use_boot};
use crate::components::icon::{Icon, IconView};
use leptos::prelude::*;
use leptos_meta::Title;
use new_plan::NewPlan;

/// The start page, for who is signed in and for who is not.
#[component]
pub fn HomePage() -> impl IntoView {
    let boot = use_boot();
    let content = match boot.user {
        Some(user) => view! { <MyDocuments user documents=boot.documents /> }.into_any(),
        None => view! { <Welcome /> }.into_any(),
    };
    view! {
        <Title text="Samplan" />
        <div class="page start">{content}</div>
    }
}

#[component]
fn MyDocuments(user: SignedIn, documents: Vec<DocumentInfo>) -> impl IntoView {
    let mut documents: Vec<_> = documents.into_iter().filter(|document| document.address().is_some()).collect();
    let has_courses = documents.iter().any(is_of_courses);
    documents.retain(|document| !is_of_courses(document));
    documents.sort_by(|one, other| other.year.cmp(&one.year).then_with(|| one.title.cmp(&other.title)));
    let places: Vec<_> = user.associations.iter().map(|membership| membership.name.clone()).collect();
    let mut edits = user.associations;
    edits.retain(|membership| membership.role == "editor");
    edits.dedup_by(|one, other| one.id == other.id);
    let next = documents.iter().filter_map(|document| document.year).max().map(|year| year + 1);
    let is_empty = documents.is_empty();
    let new_plan = (!edits.is_empty()).then(|| view! { <NewPlan associations=edits year=next open=is_empty /> });
    let list = if documents.is_empty() {
        view! { <NoDocuments /> }.into_any()
    } else {
        let items: Vec<_> = documents.into_iter().map(|document| view! { <DocumentLink document /> }).collect();
        view! {
            <ul class="documents">{items}</ul>
            <p>
                <a href=CHECKS rel="external">
                    "Kontrollräkna alla planer"
                </a>
            </p>
        }
        .into_any()
    };
    view! {
        <header class="start-header">
            <h1>"Dina planer"</h1>
            <p class="muted">{places.join(", ")}</p>
        </header>
        {list}
        {new_plan}
        {has_courses
            .then(|| {
                view! {
                    <ul class="documents">
                        <li>
                            <a class="document" href=COURSES rel="external">
                                <span class="document-title">"Kurser"</span>
                                <span class="document-note">"Kurskatalog, kurstillfällen och anmälningar"</span>
                                <IconView icon=Icon::Forward />
                            </a>
                        </li>
                    </ul>
                }
            })}
    }
}

/// Whether a document has its place among the courses rather than among the plans.
fn is_of_courses(document: &DocumentInfo) -> bool {
    matches!(document.kind.as_str(), "catalogue" | "occasion")
}

#[component]
fn DocumentLink(document: DocumentInfo) -> impl IntoView {
    let year = document.year.map(|year| year.to_string()).unwrap_or_default();
    let rights = match document.rights {
        DocumentRights::Write => "Du kan ändra",
        DocumentRights::Read => "Du kan läsa",
    };
    let address = document.address();
    view! {
        <li>
            <a class="document" href=address rel="external">
                <span class="document-year number">{year}</span>
                <span class="document-title">{document.title}</span>
                <span class="document-note">{rights}</span>
                <IconView icon=Icon::Forward />
            </a>
        </li>
    }
}

#[component]
fn NoDocuments() -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">"Här finns inga planer än"</p>
            <p>
                "Planer som ditt förbund lägger upp eller får ta del av visas här. Den som är redaktör kan lägga upp årets plan."
            </p>
        </div>
    }
}

#[component]
fn Welcome() -> impl IntoView {
    view! {
        <div class="welcome">
            <h1>"Planera och budgetera tillsammans"</h1>
            <p class="lead">
                "Samplan är till för samordningsförbund. Flera förbund arbetar i samma plan på samma gång, ser varandras ändringar direkt och kan fortsätta utan nät. Ingenting ni skriver går förlorat."
            </p>
            <p>
                <a class="button primary" href="/logga-in" rel="external">
                    "Logga in"
                </a>
            </p>
        </div>
    }
}
