//! Amounts that were written at the same time: all are shown, with who wrote them, until someone picks.

use super::desk::Desk;
use super::source::key_of;
use crate::components::grid::keys::EditMode;
use crate::components::grid::place::Place;
use crate::components::grid::{CellKind, Column};
use crate::components::icon::{Icon, IconView};
use crate::document::county::{AmountConflict, Candidate};
use crate::document::{CountyCommand, RowRef};
use crate::domain::money::Money;
use leptos::prelude::*;

/// Every amount that waits for someone to pick.
#[component]
pub fn Conflicts(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let items = desk.workspace.items().get().into_iter().map(RowRef::Item);
        let all = items.chain(desk.workspace.contributions().get().into_iter().map(RowRef::Contribution));
        let has_conflict =
            |row: &RowRef| desk.view_of(row).is_some_and(|view| view.conflict().is_some() || view.has_part_conflict());
        all.filter(has_conflict).collect::<Vec<_>>()
    });
    view! {
        <div id="konflikter" class="conflicts" data-testid="conflicts">
            <For each=move || rows.get() key=|row| row.clone() let:row>
                <ConflictCard desk row />
            </For>
        </div>
    }
}

#[component]
fn ConflictCard(desk: Desk, row: RowRef) -> impl IntoView {
    let Some(view) = desk.view_of(&row) else { return ().into_any() };
    let name = view.clone();
    let row = StoredValue::new(row);
    let parts = view.clone();
    let parts = move || {
        parts.has_part_conflict().then(|| {
            view! {
                <p>"Delar av kostnaden har fått två belopp samtidigt. Öppna fördelningen och välj vilket som ska gälla."</p>
                <div class="button-row needs-script">
                    <button type="button" class="button" on:click=move |_| desk.split.set(Some(row.get_value()))>
                        "Öppna fördelningen"
                    </button>
                </div>
            }
        })
    };
    let card = move || {
        let conflict = view.conflict()?;
        let text = question(desk, &conflict);
        let buttons = desk.workspace.can_write().then(|| view! { <Choices desk row conflict /> });
        Some(view! {
            <p>{text}</p>
            {buttons}
        })
    };
    view! {
        <section class="notice warning conflict" aria-label="Två belopp">
            <IconView icon=Icon::Warning />
            <div class="notice-body">
                <p class="notice-title">{move || name.label()}</p>
                {card}
                {parts}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Choices(desk: Desk, row: StoredValue<RowRef>, conflict: AmountConflict) -> impl IntoView {
    let settle = move |amount: Option<Money>| {
        desk.run(CountyCommand::SettleConflict { row: row.get_value(), amount });
    };
    let buttons: Vec<_> = labels(desk, &conflict)
        .into_iter()
        .zip(conflict.candidates)
        .map(|(label, candidate)| {
            view! {
                <button type="button" class="button" on:click=move |_| settle(candidate.amount)>
                    {label}
                </button>
            }
        })
        .collect();
    view! {
        <div class="button-row needs-script">
            {buttons}
            <button type="button" class="button quiet" on:click=move |_| write_anew(desk, &row.get_value())>
                "Skriv ett nytt belopp"
            </button>
        </div>
    }
}

/// Goes to the amount in its table and opens the editor there.
fn write_anew(desk: Desk, row: &RowRef) {
    let grid = desk.grid_of(row);
    let is_amount = |column: &Column| column.kind == CellKind::Amount;
    let column = grid.columns.with_untracked(|columns| columns.iter().position(is_amount));
    if let (Some(index), Some(column)) = (grid.index_of(&key_of(row)), column) {
        grid.go_to(Place::new(index, column));
        grid.edit(EditMode::Revise, None);
    }
}

fn is_mine(desk: Desk, candidate: &Candidate) -> bool {
    desk.workspace.me().is_some_and(|me| candidate.author == Some(me.id))
}

fn author(desk: Desk, candidate: &Candidate) -> String {
    candidate.author.map_or_else(|| "En kollega".to_owned(), |author| desk.workspace.name_of(author))
}

/// The question, in the words that fit who wrote what.
pub fn question(desk: Desk, conflict: &AmountConflict) -> String {
    let mine = conflict.candidates.iter().find(|candidate| is_mine(desk, candidate));
    let others: Vec<_> = conflict.candidates.iter().filter(|candidate| !is_mine(desk, candidate)).collect();
    match (mine, others.as_slice()) {
        (Some(mine), [other]) => format!(
            "Du och en kollega ({}) har ändrat samma belopp. Ditt: {}. Kollegans: {}. Vilket ska gälla?",
            author(desk, other),
            desk.amount_or_empty(mine.amount),
            desk.amount_or_empty(other.amount),
        ),
        (mine, others) => {
            let mine = mine.map(|mine| format!("Ditt: {}.", desk.amount_or_empty(mine.amount)));
            let theirs =
                others.iter().map(|other| format!("{}: {}.", author(desk, other), desk.amount_or_empty(other.amount)));
            let amounts: Vec<_> = mine.into_iter().chain(theirs).collect();
            format!("Flera har ändrat samma belopp samtidigt. {} Vilket ska gälla?", amounts.join(" "))
        }
    }
}

/// What the buttons say, one for each candidate.
pub fn labels(desk: Desk, conflict: &AmountConflict) -> Vec<String> {
    let has_mine = conflict.candidates.iter().any(|candidate| is_mine(desk, candidate));
    let simple = has_mine && conflict.candidates.len() == 2;
    let label = |candidate: &Candidate| {
        if is_mine(desk, candidate) {
            "Behåll mitt".to_owned()
        } else if simple {
            "Använd kollegans".to_owned()
        } else {
            format!("Använd {} ({})", desk.amount_or_empty(candidate.amount), author(desk, candidate))
        }
    };
    conflict.candidates.iter().map(label).collect()
}
