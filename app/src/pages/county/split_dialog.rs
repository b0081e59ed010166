//! *Fördelning*: how an item's cost is divided between the associations. A choice takes effect at once and can be
//! taken back.

use super::desk::Desk;
use super::row_view::RowView;
use super::split_parts::Parts;
use crate::components::dialog::Dialog;
use crate::document::county::ItemView;
use crate::document::{CountyCommand, RowRef};
use crate::domain::split::{Split, SplitKey, SplitProblem, split};
use crate::domain::{AssociationId, Money};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The split of the item that was asked for, as a dialog.
#[component]
pub fn SplitDialog(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    move || {
        let row = desk.split.get()?;
        match desk.view_of(&row)? {
            RowView::Item(item) => Some(view! { <SplitPanel desk row item /> }),
            RowView::Commitment(_) | RowView::Contribution(_) => None,
        }
    }
}

/// The contributions, in the order they are shown.
fn weights(desk: Desk) -> Vec<(AssociationId, Option<Money>)> {
    let amount = |id: &AssociationId| desk.workspace.contribution(id).and_then(|view| view.read().contribution.amount);
    desk.workspace.contributions().get().into_iter().map(|id| (id.clone(), amount(&id))).collect()
}

/// How the cost is divided now; none where there is no cost or no key.
pub fn current(desk: Desk, item: &ArcRwSignal<ItemView>) -> Option<Result<Split, SplitProblem>> {
    let item = item.read();
    Some(split(item.item.cost?, item.item.split.as_ref()?, &weights(desk)))
}

/// The key that a choice stands for. By hand starts from the parts as they are, so that nothing has to be retyped.
fn key_for(choice: &str, desk: Desk, item: &ArcRwSignal<ItemView>) -> Option<SplitKey> {
    match choice {
        "lika" => Some(SplitKey::Equal),
        "bidrag" => Some(SplitKey::ByContribution),
        "hand" => {
            let parts = current(desk, item).and_then(Result::ok).map(|split| split.parts).unwrap_or_default();
            Some(SplitKey::ByHand(parts.into_iter().collect::<BTreeMap<_, _>>()))
        }
        _ => None,
    }
}

fn choice_of(key: Option<&SplitKey>) -> &'static str {
    match key {
        None => "ingen",
        Some(SplitKey::Equal) => "lika",
        Some(SplitKey::ByContribution) => "bidrag",
        Some(SplitKey::ByHand(_)) => "hand",
        Some(SplitKey::Unknown(_)) => "okand",
    }
}

#[component]
fn SplitPanel(desk: Desk, row: RowRef, item: ArcRwSignal<ItemView>) -> impl IntoView {
    let close = Callback::new(move |()| desk.split.set(None));
    let name = RowView::Item(item.clone());
    let title = Signal::derive(move || format!("Fördela {}", name.short_label()));
    let shown = item.clone();
    let choice = Memo::new(move |_| choice_of(shown.read().item.split.as_ref()));
    let cost = item.clone();
    let row = StoredValue::new(row);
    let chosen = item.clone();
    let choose = Callback::new(move |value: &'static str| {
        let split = untrack(|| key_for(value, desk, &chosen));
        desk.run(CountyCommand::SetSplit { row: row.get_value(), split });
    });
    let can_write = desk.may_write();
    view! {
        <Dialog title class="split" on_close=close>
            <p>
                "Kostnad: "
                <strong class="number">{move || desk.tools.amount_or_empty(cost.read().item.cost)}</strong>
            </p>
            <fieldset class="plain-fieldset" disabled=!can_write>
                <legend>"Hur ska kostnaden fördelas?"</legend>
                <Key choice choose value="ingen" label="Ingen fördelning" help="Kostnaden delas inte upp." />
                <Key choice choose value="lika" label="Lika" help="Alla förbund betalar lika mycket." />
                <Key
                    choice
                    choose
                    value="bidrag"
                    label="Efter bidrag"
                    help="I proportion till vad varje förbund bidrar med."
                />
                <Key choice choose value="hand" label="För hand" help="Du fyller i varje förbunds del." />
            </fieldset>
            <Parts desk row item />
            <div class="panel-actions">
                <button type="button" class="button primary" on:click=move |_| close.run(())>
                    "Klar"
                </button>
            </div>
        </Dialog>
    }
}

#[component]
fn Key(
    choice: Memo<&'static str>,
    choose: Callback<&'static str>,
    value: &'static str,
    label: &'static str,
    help: &'static str,
) -> impl IntoView {
    view! {
        <label class="radio">
            <input
                type="radio"
                name="fordelning"
                value=value
                prop:checked=move || choice.get() == value
                on:change=move |_| choose.run(value)
            />
            <span>{label} <small>{help}</small></span>
        </label>
    }
}
