//! The form for one row, when one is asked for.

use super::desk::Desk;
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
        Some(view! { <RowForm grid row close /> })
    }
}
