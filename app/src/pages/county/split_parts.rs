//! The parts of a divided cost: they are shown, and where they are written by hand, typed; with their sum and what is
//! left over.

use super::desk::Desk;
use super::split_dialog::current;
use crate::components::document::conflict::{QUESTION, labels, told};
use crate::components::icon::{Icon, IconView};
use crate::document::county::{AmountConflict, ItemView};
use crate::document::{CountyCommand, RowRef};
use crate::domain::split::{SplitKey, SplitProblem};
use crate::domain::{AssociationId, Money, Split};
use leptos::prelude::*;

/// The parts, as a table.
#[component]
pub fn Parts(
    /// The page's shared state.
    desk: Desk,
    /// The item.
    row: StoredValue<RowRef>,
    /// The item as it follows the plan.
    item: ArcRwSignal<ItemView>,
) -> impl IntoView {
    let split = {
        let item = item.clone();
        Memo::new(move |_| current(desk, &item))
    };
    let shown = item.clone();
    let by_hand = Memo::new(move |_| matches!(shown.read().item.split, Some(SplitKey::ByHand(_))));
    let associations = desk.workspace.contributions();
    let table = move || {
        let rows: Vec<_> = associations
            .get()
            .into_iter()
            .map(|association| view! { <Part desk row item=item.clone() split by_hand association /> })
            .collect();
        view! {
            <table class="parts">
                <caption>
                    {move || format!("Varje förbunds del. Belopp i {}.", desk.unit.get().label())}
                </caption>
                <thead>
                    <tr>
                        <th scope="col">"Förbund"</th>
                        <th scope="col" class="amount">
                            "Del"
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr class="sum">
                        <th scope="row">"Summa"</th>
                        <td class="amount number">{move || sum(split).map(|sum| sum.format(desk.unit.get()))}</td>
                    </tr>
                </tfoot>
            </table>
        }
    };
    let has_parts = Memo::new(move |_| split.with(|split| matches!(split, Some(Ok(_)))));
    view! {
        {move || has_parts.get().then(&table)}
        <Remark desk split />
    }
}

fn sum(split: Memo<Option<Result<Split, SplitProblem>>>) -> Option<Money> {
    split.with(|split| match split {
        Some(Ok(split)) => Some(split.parts.iter().map(|(_, amount)| amount).sum()),
        _ => None,
    })
}

/// One association's part: text, or an input where the parts are written by hand.
#[component]
fn Part(
    desk: Desk,
    row: StoredValue<RowRef>,
    item: ArcRwSignal<ItemView>,
    split: Memo<Option<Result<Split, SplitProblem>>>,
    by_hand: Memo<bool>,
    association: AssociationId,
) -> impl IntoView {
    let name = desk
        .workspace
        .contribution(&association)
        .map(|view| view.read_untracked().contribution.name.clone())
        .unwrap_or_default();
    let label = format!("Del för {name}, {}", desk.unit.get_untracked().label());
    let amount = {
        let association = association.clone();
        Memo::new(move |_| {
            split.with(|split| match split {
                Some(Ok(split)) => split.parts.iter().find(|(id, _)| *id == association).map(|(_, amount)| *amount),
                _ => None,
            })
        })
    };
    let conflict = {
        let (item, association) = (item.clone(), association.clone());
        Memo::new(move |_| item.read().part_conflicts.get(&association).cloned())
    };
    let settled = association.clone();
    let error = RwSignal::new(None::<String>);
    let write = Callback::new(move |typed: String| {
        let unit = desk.unit.get_untracked();
        let written = match Money::parse_optional(&typed, unit) {
            Ok(part) => {
                let mut parts = match &item.read_untracked().item.split {
                    Some(SplitKey::ByHand(parts)) => parts.clone(),
                    _ => return,
                };
                parts.insert(association.clone(), part.unwrap_or(Money::ZERO));
                let split = Some(SplitKey::ByHand(parts));
                desk.workspace
                    .edit(CountyCommand::SetSplit { row: row.get_value(), split })
                    .map_err(|error| error.to_string())
            }
            Err(reason) => Err(reason.to_string()),
        };
        error.set(written.err());
    });
    let cell = move || {
        if by_hand.get() && desk.workspace.can_write() {
            let value = move || amount.get().map(|amount| amount.to_clipboard(desk.unit.get())).unwrap_or_default();
            view! {
                <input
                    type="text"
                    inputmode="decimal"
                    class="amount"
                    autocomplete="off"
                    aria-label=label.clone()
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=value
                    on:change=move |event| write.run(event_target_value(&event))
                />
            }
            .into_any()
        } else {
            view! { {move || amount.get().map(|amount| amount.format(desk.unit.get()))} }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="amount number">
                {cell}
                {move || {
                    let association = settled.clone();
                    conflict.get().map(|conflict| view! { <PartConflict desk row association conflict /> })
                }}
                {move || {
                    error
                        .get()
                        .map(|reason| {
                            view! {
                                <span class="error-text">
                                    <IconView icon=Icon::Error />
                                    <span>{reason}</span>
                                </span>
                            }
                        })
                }}
            </td>
        </tr>
    }
}

/// Parts that were written at the same time, until someone picks.
#[component]
fn PartConflict(
    desk: Desk,
    row: StoredValue<RowRef>,
    association: AssociationId,
    conflict: AmountConflict,
) -> impl IntoView {
    let mut text = told(desk.tools, &conflict);
    if desk.workspace.can_write() {
        text = format!("{text} {QUESTION}");
    }
    let association = StoredValue::new(association);
    let settle = move |amount: Option<Money>| {
        desk.run(CountyCommand::SettlePart { row: row.get_value(), association: association.get_value(), amount });
    };
    let buttons: Vec<_> = labels(desk.tools, &conflict)
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
        <span class="part-conflict" role="group" aria-label="Två belopp">
            <span class="finding">
                <IconView icon=Icon::Warning />
                <span>{text}</span>
            </span>
            {desk.workspace.can_write().then(|| view! { <span class="button-row">{buttons}</span> })}
        </span>
    }
}

/// What is to be said of the parts: why there are none, what is left over, or where the last öre went.
#[component]
fn Remark(desk: Desk, split: Memo<Option<Result<Split, SplitProblem>>>) -> impl IntoView {
    let text = move || {
        split.with(|split| match split {
            None => None,
            Some(Err(problem)) => Some((Icon::Warning, problem.to_string())),
            Some(Ok(split)) if split.difference.is_negative() => {
                Some((Icon::Warning, format!("Delarna är {} mer än kostnaden.", desk.amount(split.difference.abs()))))
            }
            Some(Ok(split)) if !split.difference.is_zero() => {
                Some((Icon::Warning, format!("{} är inte fördelat.", desk.amount(split.difference))))
            }
            Some(Ok(split)) if split.rounded_up.is_empty() => {
                Some((Icon::Check, "Delarna blir precis kostnaden.".to_owned()))
            }
            Some(Ok(split)) => Some((
                Icon::Check,
                format!(
                    "Delarna blir precis kostnaden. Avrundat uppåt med ett öre: {}.",
                    split.rounded_up.iter().map(|id| name_of(desk, id)).collect::<Vec<_>>().join(", ")
                ),
            )),
        })
    };
    move || {
        text().map(|(icon, text)| {
            let class = if icon == Icon::Check { "finding good" } else { "finding" };
            view! {
                <p class=class>
                    <IconView icon />
                    <span>{text}</span>
                </p>
            }
        })
    }
}

fn name_of(desk: Desk, association: &AssociationId) -> String {
    desk.workspace
        .contribution(association)
        .map_or_else(|| association.to_string(), |view| view.read().contribution.name.clone())
}
