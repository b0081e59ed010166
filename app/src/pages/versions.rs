//! The versions of a plan: read one as it was, or compare two line by line. Made of links and a form, so that it works
//! without JavaScript.

pub mod comparison;
mod reading;

use super::{NotFoundPage, SignInRoute};
use crate::boot::{PageData, Person, VERSIONS, VersionsPage, use_boot};
use crate::components::unit::{UnitChoice, unit_signal};
use crate::document::plan::VersionView;
use crate::document::plan::moment::{Moment, Shown};
use comparison::ComparisonTable;
use leptos::prelude::*;
use leptos_meta::Title;
use reading::BudgetTable;

/// The page at `/budget/vasteras/2021/versioner`.
#[component]
pub fn VersionsRoute() -> impl IntoView {
    match use_boot().page {
        PageData::Versions(page) => view! { <VersionsView page=*page /> }.into_any(),
        // Without a network nobody may be signed in on this device: the form says what to do.
        PageData::SignIn(_) => view! { <SignInRoute /> }.into_any(),
        PageData::Home | PageData::County(_) | PageData::Plan(_) | PageData::NotFound => {
            view! { <NotFoundPage /> }.into_any()
        }
    }
}

#[component]
fn VersionsView(page: VersionsPage) -> impl IntoView {
    let VersionsPage { document, versions, people } = page;
    let plan = document.address().unwrap_or_default();
    let unit = unit_signal();
    let names = versions.all.clone();
    let shown = versions.shown.map(|shown| match shown {
        Shown::Read(moment, budget) => {
            let heading = format!("Budgeten: {}", name_of(&names, moment));
            view! { <BudgetTable heading budget=*budget unit /> }.into_any()
        }
        Shown::Compared(moments) => {
            let [(from, earlier), (to, later)] = *moments;
            let heading = format!("{} jämfört med {}", name_of(&names, to), lower_first(&name_of(&names, from)));
            view! { <ComparisonTable heading earlier later unit /> }.into_any()
        }
    });
    let chosen = match &shown_moments(use_boot().page) {
        Some((from, to)) => (Some(*from), Some(*to)),
        None => (None, None),
    };
    let content = if versions.all.is_empty() {
        view! { <NoVersions /> }.into_any()
    } else {
        view! {
            <VersionList plan=plan.clone() versions=versions.all.clone() people />
            <ChooseTwo versions=versions.all chosen />
            <div class="plan-section">
                <UnitChoice unit />
                {shown}
            </div>
        }
        .into_any()
    };
    view! {
        <Title text=format!("Versioner av {} – Samplan", versions.title) />
        <article class="page plan versions">
            <header class="plan-header">
                <div class="plan-title">
                    <p class="eyebrow">{versions.title.clone()}</p>
                    <h1>"Versioner"</h1>
                    <p>
                        <a href=plan rel="external">
                            "Till planen"
                        </a>
                    </p>
                </div>
            </header>
            {content}
        </article>
    }
}

/// The two that are compared, to be chosen in the form.
fn shown_moments(page: PageData) -> Option<(Moment, Moment)> {
    match page {
        PageData::Versions(page) => match page.versions.shown? {
            Shown::Compared(moments) => Some((moments[0].0, moments[1].0)),
            Shown::Read(..) => None,
        },
        _ => None,
    }
}

/// What a moment is called.
fn name_of(versions: &[VersionView], moment: Moment) -> String {
    match moment {
        Moment::Now => "Planen som den är nu".to_owned(),
        Moment::Version(id) => versions
            .iter()
            .find(|view| view.id == id)
            .map_or_else(|| "Okänd version".to_owned(), |view| view.version.name.clone()),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[component]
fn VersionList(plan: String, versions: Vec<VersionView>, people: Vec<Person>) -> impl IntoView {
    let author = |view: &VersionView| {
        let person = view.by.and_then(|by| people.iter().find(|person| person.id == by));
        person.map_or_else(|| "–".to_owned(), |person| person.name.clone())
    };
    let rows: Vec<_> = versions
        .iter()
        .rev()
        .map(|view| {
            let version = view.version.clone();
            let decided = version.decided.map_or_else(|| "–".to_owned(), |day| day.to_string());
            let dnr = if version.dnr.is_empty() { "–".to_owned() } else { version.dnr };
            let address = format!("{plan}{VERSIONS}?las={}", view.id);
            let read = format!("Läs {}", version.name);
            view! {
                <tr>
                    <th scope="row">
                        {version.name}
                        {(!version.note.is_empty()).then(|| view! { <span class="cell-note">{version.note}</span> })}
                    </th>
                    <td>{version.status.label().to_owned()}</td>
                    <td class="number">{decided}</td>
                    <td class="number">{dnr}</td>
                    <td>{author(view)}</td>
                    <td>
                        <a href=address rel="external" aria-label=read>
                            "Läs"
                        </a>
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="plan-section" aria-labelledby="alla-versioner">
            <h2 id="alla-versioner">"Alla versioner"</h2>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="alla-versioner">
                <table class="plain">
                    <thead>
                        <tr>
                            <th scope="col">"Version"</th>
                            <th scope="col">"Status"</th>
                            <th scope="col">"Beslutad"</th>
                            <th scope="col">"Diarienummer"</th>
                            <th scope="col">"Sparad av"</th>
                            <th scope="col">
                                <span class="visually-hidden">"Öppna"</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

/// Chooses which two are compared: an ordinary form, sent with GET.
#[component]
fn ChooseTwo(versions: Vec<VersionView>, chosen: (Option<Moment>, Option<Moment>)) -> impl IntoView {
    let options = move |chosen: Option<Moment>| {
        let all = versions.iter().map(|view| Moment::Version(view.id)).chain([Moment::Now]);
        let option = |moment: Moment| {
            let name = name_of(&versions, moment);
            view! {
                <option value=moment.to_string() selected=chosen == Some(moment)>
                    {name}
                </option>
            }
        };
        all.map(option).collect::<Vec<_>>()
    };
    let (from, to) = (options(chosen.0), options(chosen.1));
    view! {
        <section class="plan-section" aria-labelledby="jamfor">
            <h2 id="jamfor">"Jämför"</h2>
            <form method="get" class="compare">
                <div class="field">
                    <label for="fran">"Från"</label>
                    <select id="fran" name="fran">
                        {from}
                    </select>
                </div>
                <div class="field">
                    <label for="till">"Till"</label>
                    <select id="till" name="till">
                        {to}
                    </select>
                </div>
                <button type="submit" class="button">
                    "Jämför versioner"
                </button>
            </form>
        </section>
    }
}

#[component]
fn NoVersions() -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">"Här finns inga versioner än"</p>
            <p>
                "En version är planen som den såg ut när den föreslogs, skickades på samråd eller beslutades. Den går att läsa och jämföra för alltid, vad som än ändras efteråt."
            </p>
        </div>
    }
}
