//! *Kurser*: the occasions at hand by date, and the catalogues.

use super::catalogue::{facts, name_of, required};
use super::new_occasion::NewOccasion;
use super::parts::{link, places, span, whereabouts};
use crate::boot::courses::{DONE, REMOVED};
use crate::boot::{COURSES, CoursesPage, DocumentInfo, DocumentRights, Membership, OccasionLine, use_boot};
use crate::components::clock::today;
use crate::components::icon::{Icon, IconView};
use crate::document::catalogue::{Catalogue, CourseView};
use crate::domain::IsoDate;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Pages for those who run courses that the server draws alone: where each lies and what it is called.
const SERVER_PAGES: [(&str, &str); 3] =
    [("/kurser/brev", "Brev"), ("/kurser/statistik", "Statistik"), ("/kurser/gallring", "Gallring")];

/// The overview.
#[component]
pub fn Overview(
    /// What the user may read.
    page: CoursesPage,
) -> impl IntoView {
    let CoursesPage { catalogues, occasions, today, going } = page;
    let done = use_query_map().with_untracked(|query| query.get(DONE)).filter(|done| done == REMOVED);
    let done = done.map(|_| {
        view! {
            <p class="banner" role="status">
                "Kurstillfället är borttaget."
            </p>
        }
    });
    let going = (going > 0).then(|| view! { <Going count=going /> });
    let may_run: Vec<_> =
        catalogues.iter().filter(|(document, _)| document.rights == DocumentRights::Write).cloned().collect();
    let runs = !may_run.is_empty() || !occasions.is_empty();
    let new_occasion = (!may_run.is_empty()).then(|| view! { <NewOccasion catalogues=may_run /> });
    let pages = runs.then(|| SERVER_PAGES.map(|(address, name)| link(address.to_owned(), name)).collect_view());
    let is_empty = catalogues.is_empty();
    let owners: Vec<_> = catalogues.iter().filter_map(|(document, _)| document.association.clone()).collect();
    let lacking = use_boot().user.into_iter().flat_map(|user| user.associations);
    let lacking = lacking.filter(|membership| membership.may_run_courses && !owners.contains(&membership.id));
    let first_catalogues: Vec<_> = lacking.map(|membership| view! { <FirstCatalogue membership /> }).collect();
    let list: Vec<_> =
        catalogues.into_iter().map(|(document, catalogue)| view! { <CatalogueList document catalogue /> }).collect();
    view! {
        <Title text="Kurser – Samplan" />
        <div class="page start courses-page">
            <header class="start-header">
                <h1>"Kurser"</h1>
                <nav class="local-nav" aria-label="Kursernas delar">
                    <ul>
                        {link("/anmalan".to_owned(), "Sidan för anmälan")} {pages}
                    </ul>
                </nav>
            </header>
            {done}
            {going}
            {runs.then(|| view! { <Occasions occasions drawn_on=today /> })}
            {new_occasion}
            {list}
            {first_catalogues}
            {is_empty
                .then(|| {
                    view! {
                        <div class="empty">
                            <p class="empty-title">"Här finns ingen kurskatalog än"</p>
                            <p>"Den som är kursadministratör i ditt förbund lägger upp den."</p>
                        </div>
                    }
                })}
        </div>
    }
}

/// *Gallras snart*: said beforehand, where those who run courses come anyway.
#[component]
fn Going(count: u32) -> impl IntoView {
    let text = match count {
        1 => "1 kurstillfälle gallras snart: namn och uppgifter om deltagarna tas bort för gott. ".to_owned(),
        count => format!("{count} kurstillfällen gallras snart: namn och uppgifter om deltagarna tas bort för gott. "),
    };
    view! {
        <p class="banner">
            {text}
            <a href="/kurser/gallring" rel="external">
                "Se vilka och när"
            </a>
        </p>
    }
}

/// The occasions: those to come, then those that are over, folded away.
#[component]
fn Occasions(occasions: Vec<OccasionLine>, drawn_on: Option<IsoDate>) -> impl IntoView {
    // The first frame goes by the day that came with the page, as the server's did; then the reader's clock says.
    let now = RwSignal::new(drawn_on);
    Effect::new(move |_| now.set(today()));
    let occasions = StoredValue::new(occasions);
    let part = move |is_over: bool| {
        let today = now.get();
        let in_it = |line: &&OccasionLine| today.is_some_and(|today| line.facts.is_over(today)) == is_over;
        let mut lines = occasions.with_value(|all| all.iter().filter(in_it).cloned().collect::<Vec<_>>());
        if is_over {
            lines.reverse();
        }
        lines
    };
    let upcoming = move || {
        let lines = part(false);
        if lines.is_empty() {
            return view! { <p class="muted">"Inga kurstillfällen är planerade."</p> }.into_any();
        }
        let lines: Vec<_> = lines.into_iter().map(|line| view! { <OccasionLink line /> }).collect();
        view! { <ul class="documents occasions">{lines}</ul> }.into_any()
    };
    let over = move || {
        let lines = part(true);
        (!lines.is_empty()).then(|| {
            let title = format!("Avslutade kurstillfällen ({})", lines.len());
            let lines: Vec<_> = lines.into_iter().map(|line| view! { <OccasionLink line /> }).collect();
            view! {
                <details class="course-fold">
                    <summary>{title}</summary>
                    <ul class="documents occasions">{lines}</ul>
                </details>
            }
        })
    };
    view! {
        <section class="stack" aria-labelledby="tillfallen-rubrik">
            <h2 id="tillfallen-rubrik">"Kurstillfällen"</h2>
            {upcoming}
            {over}
        </section>
    }
}

#[component]
fn OccasionLink(line: OccasionLine) -> impl IntoView {
    let OccasionLine { document, facts, taken, waiting } = line;
    let mut note = vec![span(&facts.days), whereabouts(&facts), places(taken, facts.capacity)];
    note.retain(|part| !part.is_empty());
    if waiting > 0 {
        note.push(format!("{waiting} på väntelista"));
    }
    let badge = match (facts.is_called_off, facts.is_published) {
        (true, _) => Some("Inställt"),
        (false, false) => Some("Inte publicerat"),
        (false, true) => None,
    };
    view! {
        <li>
            <a class="document" href=document.address() rel="external">
                <span class="document-title">
                    {format!("{} ", facts.title)} {badge.map(|badge| view! { <span class="badge">{badge}</span> })}
                </span>
                <span class="document-note">{format!("{} · {}", note.join(" · "), facts.organiser.name)}</span>
                <IconView icon=Icon::Forward />
            </a>
        </li>
    }
}

/// The button that opens an association's catalogue. Sent as a form, so that it works without JavaScript.
#[component]
fn FirstCatalogue(membership: Membership) -> impl IntoView {
    view! {
        <form method="post" action=COURSES>
            <input type="hidden" name="catalogue" value=membership.id />
            <button type="submit" class="button">
                {format!("Lägg upp en kurskatalog för {}", membership.name)}
            </button>
        </form>
    }
}

/// A catalogue: its courses, folded to their names.
#[component]
fn CatalogueList(document: DocumentInfo, catalogue: Catalogue) -> impl IntoView {
    let heading = format!("katalog-{}", document.id);
    let names: Vec<_> =
        catalogue.courses.iter().map(|view| (view.course.id, view.course.short_name().to_owned())).collect();
    let courses: Vec<_> = catalogue
        .courses
        .into_iter()
        .map(|CourseView { course, .. }| {
            let rows = facts(&course).into_iter();
            let rows: Vec<_> = rows.map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> }).collect();
            let required = required(&course, &names);
            let required = (!required.is_empty()).then(|| view! { <dt>"Förkunskaper"</dt> <dd>{required}</dd> });
            view! {
                <li>
                    <details class="course-fold">
                        <summary>{name_of(&course)}</summary>
                        <dl class="fact-list">{rows} {required}</dl>
                    </details>
                </li>
            }
        })
        .collect();
    let words = if document.rights == DocumentRights::Write { "Ändra kurskatalogen" } else { "Öppna kurskatalogen" };
    let is_empty = courses.is_empty();
    view! {
        <section class="stack" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{format!("{}, {}", catalogue.title, catalogue.owner.name)}</h2>
            {is_empty.then(|| view! { <p class="muted">"Inga kurser än."</p> })}
            <ul class="plain-list">{courses}</ul>
            <p>
                <a class="button" href=document.address() rel="external">
                    {words}
                </a>
            </p>
        </section>
    }
}
