//! Changes of a document, the latest first, by day and person: who changed what, from what to what.

use super::tools::Tools;
use crate::boot::{DocumentInfo, HISTORY, VERSIONS};
use crate::components::icon::{Icon, IconView};
use crate::document::history::{Change, Changed, Entry, Thing};
use crate::domain::date::{swedish_day, swedish_time};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// So many things that one change did are shown at once; the others are folded away.
const SHOWN: usize = 6;
/// What empties a place in which nothing stood before: where there are tables, a cell.
fn empty_again(tools: Tools) -> &'static str {
    match tools.workspace.document().kind.as_str() {
        "catalogue" | "occasion" => "Töm igen",
        _ => "Töm cellen igen",
    }
}

/// A text longer than this is cut: who wants all of it reads the plan as it was then.
const LONGEST: usize = 240;

/// Changes that follow on each other by one person on one day.
#[derive(Clone, PartialEq)]
struct Sitting {
    day: String,
    who: String,
    changes: Vec<Change>,
}

/// Where more is told of a change; none for a kind of document that has no such page.
#[derive(Clone)]
struct Pages {
    history: Option<String>,
    versions: Option<String>,
}

impl Pages {
    fn of(document: &DocumentInfo) -> Self {
        let page = |kinds: &[&str], path: &str| {
            let address = document.address().filter(|_| kinds.contains(&document.kind.as_str()));
            address.map(|address| format!("{address}{path}"))
        };
        Self { history: page(&["plan", "catalogue", "occasion"], HISTORY), versions: page(&["plan"], VERSIONS) }
    }
}

/// The changes.
#[component]
pub fn ChangeList(
    /// What the page shares.
    tools: Tools,
    /// The changes, the latest first.
    changes: Signal<Vec<Change>>,
    /// How far down the page's headings are: 2 or 3.
    level: u8,
    /// Whether nothing is folded away.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    let pages = Pages::of(&tools.workspace.document());
    move || {
        let sittings = sittings(tools, changes.get());
        let pages = pages.clone();
        sittings
            .into_iter()
            .map(|sitting| view! { <SittingView tools sitting pages=pages.clone() level whole /> })
            .collect_view()
    }
}

fn sittings(tools: Tools, changes: Vec<Change>) -> Vec<Sitting> {
    let mut all: Vec<Sitting> = Vec::new();
    for change in changes {
        let day = swedish_day(change.at);
        let who = change.by.map_or_else(|| "Samplan".to_owned(), |by| tools.workspace.name_of(by));
        match all.last_mut().filter(|last| last.day == day && last.who == who) {
            Some(last) => last.changes.push(change),
            None => all.push(Sitting { day, who, changes: vec![change] }),
        }
    }
    all
}

#[component]
fn SittingView(tools: Tools, sitting: Sitting, pages: Pages, level: u8, whole: bool) -> impl IntoView {
    let Sitting { day, who, changes } = sitting;
    let words = view! {
        <span>{who}</span>
        <span class="history-day number">{day}</span>
    };
    let heading = match level {
        2 => view! { <h2 class="history-heading" tabindex="-1">{words}</h2> }.into_any(),
        _ => view! { <h3 class="history-heading" tabindex="-1">{words}</h3> }.into_any(),
    };
    let changes: Vec<_> =
        changes.into_iter().map(|change| view! { <ChangeView tools change pages=pages.clone() whole /> }).collect();
    view! {
        <section class="history-sitting">
            {heading}
            <ol class="history">{changes}</ol>
        </section>
    }
}

#[component]
fn ChangeView(tools: Tools, change: Change, pages: Pages, whole: bool) -> impl IntoView {
    let Change { id, at, entries, more, .. } = change;
    let time = swedish_time(at);
    let name = format!("Läs planen som den var då, {} {time}", swedish_day(at));
    let then = pages.versions.as_ref().map(|versions| {
        view! {
            <a class="history-then" href=format!("{versions}?las={id}") rel="external" aria-label=name>
                "Läs planen som den var då"
            </a>
        }
    });
    let count = entries.len();
    let mut views: Vec<_> =
        entries.into_iter().map(|entry| view! { <EntryView tools entry pages=pages.clone() /> }).collect();
    let folded = (!whole && count > SHOWN + 1).then(|| {
        let rest: Vec<_> = views.drain(SHOWN..).collect();
        view! {
            <details>
                <summary>{format!("Visa {} ändringar till i samma steg", rest.len())}</summary>
                <ul>{rest}</ul>
            </details>
        }
    });
    let more = more.then(|| {
        let all = pages.history.as_ref().map(|history| {
            view! {
                <a href=format!("{history}?steg={id}") rel="external">
                    "Visa hela steget"
                </a>
            }
        });
        view! { <p class="cell-note">"Steget ändrade mer än vad som visas här. " {all}</p> }
    });
    view! {
        <li>
            <time class="number">{time}</time>
            <div class="history-what">
                <ul>{views}</ul>
                {folded}
                {more}
                {then}
            </div>
        </li>
    }
}

#[component]
fn EntryView(tools: Tools, entry: Entry, pages: Pages) -> impl IntoView {
    let Entry { row, name, place, changed, thing, back } = entry;
    let called = if row.is_some() && name.trim().is_empty() { thing.nameless().to_owned() } else { name };
    let about =
        [called.as_str(), place.as_str()].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
    let named = match (row, pages.history) {
        (Some(row), Some(history)) => {
            view! { <a href=format!("{history}?rad={row}") rel="external">{called}</a> }.into_any()
        }
        _ => called.into_any(),
    };
    let separator = if place.is_empty() { "" } else { " " };
    let back = back.map(|command| {
        let label = {
            let changed = changed.clone();
            move || match &changed {
                Changed::Amount { before, .. } => match before.first().copied().flatten() {
                    Some(amount) => format!("Ta tillbaka {}", tools.amount(amount)),
                    None => empty_again(tools).to_owned(),
                },
                Changed::Removed => thing.restore().to_owned(),
                Changed::Text { before, .. } if before.trim().is_empty() => empty_again(tools).to_owned(),
                _ => "Ta tillbaka texten".to_owned(),
            }
        };
        let aria = {
            let (label, about) = (label.clone(), about.clone());
            move || format!("{}: {about}", label())
        };
        let command = StoredValue::new(command);
        view! {
            {move || {
                let (label, aria) = (label.clone(), aria.clone());
                tools
                    .workspace
                    .can_write()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button small needs-script"
                                aria-label=aria
                                on:click=move |_| {
                                    tools.bring_back(command.get_value());
                                    focus_newest();
                                }
                            >
                                <IconView icon=Icon::Undo />
                                {label}
                            </button>
                        }
                    })
            }}
        }
    });
    view! {
        <li>
            <p>
                <span class="history-row">{named}</span>
                {separator}
                <span class="history-place">{place}</span>
                " "
                <What tools changed thing />
            </p>
            {back}
        </li>
    }
}

/// The button that was pressed is drawn anew with the list: the focus goes to what now stands first in it.
fn focus_newest() {
    request_animation_frame(|| {
        let first = document().query_selector("dialog[open] .history-heading, .history-page .history-heading");
        if let Some(heading) = first.ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            // What has left the page meanwhile takes no focus.
            let _ = heading.focus();
        }
    });
}

/// What was done, in words and figures.
#[component]
fn What(tools: Tools, changed: Changed, thing: Thing) -> impl IntoView {
    match changed {
        Changed::Added => thing.added().into_any(),
        Changed::Removed => thing.removed().into_any(),
        Changed::Restored => thing.restored().into_any(),
        Changed::Moved => thing.moved().into_any(),
        Changed::Amount { before, after } => {
            let before =
                move || before.iter().map(|amount| tools.amount_or_empty(*amount)).collect::<Vec<_>>().join(" och ");
            view! { <FromTo before=Signal::derive(before) after=Signal::derive(move || tools.amount_or_empty(after)) /> }
                .into_any()
        }
        Changed::Text { before, after } => {
            let (before, after) = (shortened(before), shortened(after));
            view! { <FromTo before=Signal::stored(before) after=Signal::stored(after) /> }.into_any()
        }
    }
}

#[component]
fn FromTo(before: Signal<String>, after: Signal<String>) -> impl IntoView {
    view! {
        <span class="history-change">
            <span class="visually-hidden">"från "</span>
            <del>{before}</del>
            <span aria-hidden="true">" → "</span>
            <span class="visually-hidden">" till "</span>
            <ins>{after}</ins>
        </span>
    }
}

fn shortened(text: String) -> String {
    if text.trim().is_empty() {
        return "tomt".to_owned();
    }
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{} …", text[..cut].trim_end()),
        None => text,
    }
}
