//! The form for one row, when one is asked for: its cells, and of an income whose it is.

use super::desk::Desk;
use super::party::PartyFields;
use super::place::Place;
use crate::components::grid::RowForm;
use leptos::prelude::*;

/// The form of the row that was asked for, as a dialog.
#[component]
pub fn RowFormDialog(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let close = Callback::new(move |()| desk.form.set(None));
    move || {
        let (grid, row) = desk.form.get()?;
        let grid = desk.grid(grid);
        grid.row_of(&row)?;
        let income = match untrack(|| Place::find(desk.workspace, &row)) {
            Some(Place::Income(income)) => Some(income),
            _ => None,
        };
        let more = move || income.map(|income| view! { <PartyFields desk income /> });
        Some(view! { <RowForm grid row close more hides_actions=income.is_some() /> })
    }
}
