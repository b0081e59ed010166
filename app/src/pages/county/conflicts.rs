//! Amounts that were written at the same time: all are shown, with who wrote them, until someone picks.

use super::desk::Desk;
use super::source::key_of;
use crate::components::document::ConflictCard;
use crate::components::grid::keys::EditMode;
use crate::components::grid::place::Place;
use crate::components::grid::{CellKind, Column};
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
                <RowConflict desk row />
            </For>
        </div>
    }
}

#[component]
fn RowConflict(desk: Desk, row: RowRef) -> impl IntoView {
    let Some(view) = desk.view_of(&row) else { return ().into_any() };
    let name = view.clone();
    let name = Signal::derive(move || name.label());
    let parts = view.clone();
    let conflict = Signal::derive(move || view.conflict());
    let row = StoredValue::new(row);
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
    let settle = Callback::new(move |amount: Option<Money>| {
        desk.run(CountyCommand::SettleConflict { row: row.get_value(), amount });
    });
    let write_anew = Callback::new(move |()| write_anew(desk, &row.get_value()));
    view! { <ConflictCard tools=desk.tools name conflict settle write_anew more=parts /> }.into_any()
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
