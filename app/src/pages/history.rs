//! The history of a plan, a catalogue or an occasion: who changed what, from what to what, and when. Drawn by the server and read without
//! JavaScript; with it, the page follows what happens and brings old values back.

mod choose_row;
mod shown;

use super::drawn::drawn;
use super::subpage::SubpageHead;
use crate::boot::{HISTORY, HistoryPage, PageData, use_boot};
use crate::components::document::{ChangeList, Notices, Tools};
use crate::components::unit::{UnitChoice, unit_signal};
use crate::document::history::{Asked, ChangeId, History, PAGE, Scope};
use choose_row::ChooseRow;
use leptos::prelude::*;
use leptos_meta::Title;
use shown::Shown;

/// The page at `/budget/vasteras/2021/historik`, and under a catalogue and an occasion.
#[component]
pub fn HistoryRoute() -> impl IntoView {
    drawn(
        |page| match page {
            PageData::History(page) => Some(*page),
            _ => None,
        },
        |page| view! { <HistoryView page /> },
    )
}

#[component]
fn HistoryView(page: HistoryPage) -> impl IntoView {
    let HistoryPage { of, history: first, row, step, is_latest } = page;
    let Shown { workspace, restore, title, back, whole: whole_name, row_name, rows, nameless, has_amounts, note } =
        Shown::of(of, use_boot().user);
    let address = workspace.document().address().unwrap_or_default();
    let unit = unit_signal();
    let tools = Tools::new(workspace, unit);
    let scope = match (step, &row) {
        (Some(step), _) => Scope::Change(step),
        (None, Some((row, _))) => Scope::Row(row.clone()),
        (None, None) => Scope::Document,
    };
    let count = RwSignal::new(PAGE);
    let history = Memo::new(move |_| {
        let asked = Asked { scope: scope.clone(), before: None, count: count.get() };
        // An older page stays as it is; the latest changes follow what happens.
        let now = (is_latest && workspace.is_live()).then(|| workspace.history(&asked)).flatten();
        now.unwrap_or_else(|| first.clone())
    });
    let changes = Signal::derive(move || history.with(|history| history.changes.clone()));
    let is_empty = Memo::new(move |_| history.with(|history| history.changes.is_empty()));
    let about = row.as_ref().map(|(_, name)| {
        let name = if name.trim().is_empty() { nameless.to_owned() } else { name.clone() };
        let all = format!("{address}{HISTORY}");
        view! {
            <p>
                "Bara ändringar i " <strong>{name}</strong> ". " <a href=all rel="external">
                    "Visa alla ändringar"
                </a>
            </p>
        }
    });
    let whole = step.map(|_| {
        let all = format!("{address}{HISTORY}");
        view! {
            <p>
                "Ett steg i sin helhet. " <a href=all rel="external">
                    "Visa alla ändringar"
                </a>
            </p>
        }
    });
    let latest = (!is_latest).then(|| {
        let all = older_address(&address, row.as_ref(), None);
        view! {
            <p>
                <a href=all rel="external">
                    "Till de senaste ändringarna"
                </a>
            </p>
        }
    });
    let chosen = row.as_ref().map(|(row, _)| row.clone());
    let more = move || {
        let older = history.with(|history: &History| history.older)?;
        let address = older_address(&address, row.as_ref(), Some(older));
        let show_more = move |event: leptos::ev::MouseEvent| {
            if is_latest && untrack(|| workspace.is_live()) {
                event.prevent_default();
                count.update(|count| *count += PAGE);
            }
        };
        Some(view! {
            <p>
                <a class="button" href=address rel="external" on:click=show_more>
                    "Visa fler"
                </a>
            </p>
        })
    };
    view! {
        <Title text=format!("Historik för {title} – Samplan") />
        <article class="page plan history-page">
            <SubpageHead workspace eyebrow=title heading="Historik" back />
            <Notices tools restore />
            <div class="plan-section">
                <p>
                    "Här står vem som har ändrat vad, det senaste först. Tiderna är de som respektive dator visade."
                </p>
                {note.map(|note| view! { <p class="muted">{note}</p> })}
                <ChooseRow whole=whole_name row_name rows nameless chosen />
                {about} {whole}
                {latest}
                {has_amounts.then(|| view! { <UnitChoice unit /> })}
            </div>
            <div class="history-list">
                {move || is_empty.get().then(|| view! { <p class="empty">"Här finns inga ändringar."</p> })}
                <ChangeList tools changes level=2 whole=step.is_some() />
            </div>
            {more}
        </article>
    }
}

fn older_address(plan: &str, row: Option<&(String, String)>, before: Option<ChangeId>) -> String {
    let parts = [row.map(|(row, _)| format!("rad={row}")), before.map(|id| format!("fore={id}"))];
    let query: Vec<String> = parts.into_iter().flatten().collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{plan}{HISTORY}{mark}{}", query.join("&"))
}
