//! Amounts that were written at the same time: all are shown, with who wrote them, until someone picks.

use super::tools::Tools;
use crate::components::icon::{Icon, IconView};
use crate::document::county::{AmountConflict, Candidate};
use crate::domain::money::Money;
use leptos::prelude::*;

/// One cell whose amounts wait for someone to pick.
#[component]
pub fn ConflictCard(
    /// The page's shared state.
    tools: Tools,
    /// What the cell is called.
    name: Signal<String>,
    /// What was written there; nothing once someone has picked.
    conflict: Signal<Option<AmountConflict>>,
    /// Picks an amount.
    settle: Callback<Option<Money>>,
    /// Opens the cell to write another amount.
    write_anew: Callback<()>,
    /// What else there is to pick in the row.
    #[prop(optional, into)]
    more: ViewFn,
) -> impl IntoView {
    let card = move || {
        let conflict = conflict.get()?;
        let told = told(tools, &conflict);
        let can_write = tools.workspace.can_write();
        let question = can_write.then(|| view! { <span class="needs-script">" " {QUESTION}</span> });
        let buttons = can_write.then(|| view! { <Choices tools conflict settle write_anew /> });
        Some(view! {
            <p>{told} {question}</p>
            {buttons}
        })
    };
    view! {
        <section class="notice warning conflict" aria-label="Två belopp">
            <IconView icon=Icon::Warning />
            <div class="notice-body">
                <p class="notice-title">{move || name.get()}</p>
                {card}
                {more.run()}
            </div>
        </section>
    }
}

#[component]
fn Choices(
    tools: Tools,
    conflict: AmountConflict,
    settle: Callback<Option<Money>>,
    write_anew: Callback<()>,
) -> impl IntoView {
    let buttons: Vec<_> = labels(tools, &conflict)
        .into_iter()
        .zip(conflict.candidates)
        .map(|(label, candidate)| {
            view! {
                <button type="button" class="button" on:click=move |_| settle.run(candidate.amount)>
                    {label}
                </button>
            }
        })
        .collect();
    view! {
        <div class="button-row needs-script">
            {buttons}
            <button type="button" class="button quiet" on:click=move |_| write_anew.run(())>
                "Skriv ett nytt belopp"
            </button>
        </div>
    }
}

fn is_mine(tools: Tools, candidate: &Candidate) -> bool {
    tools.workspace.me().is_some_and(|me| candidate.author == Some(me.id))
}

fn author(tools: Tools, candidate: &Candidate) -> String {
    candidate.author.map_or_else(|| "En kollega".to_owned(), |author| tools.workspace.name_of(author))
}

/// What is asked of those who can pick.
pub const QUESTION: &str = "Vilket ska gälla?";

/// What has happened, in the words that fit who wrote what.
pub fn told(tools: Tools, conflict: &AmountConflict) -> String {
    let (mine, others): (Vec<_>, Vec<_>) = conflict.candidates.iter().partition(|candidate| is_mine(tools, candidate));
    let amount = |candidate: &Candidate| tools.amount_or_empty(candidate.amount);
    match (mine.as_slice(), others.as_slice()) {
        ([mine], [other]) => format!(
            "Du och en kollega ({}) har ändrat samma belopp. Ditt: {}. Kollegans: {}.",
            author(tools, other),
            amount(mine),
            amount(other),
        ),
        (mine, []) => {
            let amounts: Vec<_> = mine.iter().map(|candidate| amount(candidate)).collect();
            format!("Du har skrivit olika belopp på olika enheter: {}.", amounts.join(" och "))
        }
        (mine, others) => {
            let mine = mine.iter().map(|mine| format!("Ditt: {}.", amount(mine)));
            let theirs = others.iter().map(|other| format!("{}: {}.", author(tools, other), amount(other)));
            let amounts: Vec<_> = mine.chain(theirs).collect();
            format!("Flera har ändrat samma belopp samtidigt. {}", amounts.join(" "))
        }
    }
}

/// What the buttons say, one for each candidate, no two the same.
pub fn labels(tools: Tools, conflict: &AmountConflict) -> Vec<String> {
    let mine = conflict.candidates.iter().filter(|candidate| is_mine(tools, candidate)).count();
    let simple = mine == 1 && conflict.candidates.len() == 2;
    let label = |candidate: &Candidate| {
        let amount = || tools.amount_or_empty(candidate.amount);
        match is_mine(tools, candidate) {
            true if mine == 1 => "Behåll mitt".to_owned(),
            true => format!("Behåll {}", amount()),
            false if simple => "Använd kollegans".to_owned(),
            false => format!("Använd {} ({})", amount(), author(tools, candidate)),
        }
    };
    conflict.candidates.iter().map(label).collect()
}
