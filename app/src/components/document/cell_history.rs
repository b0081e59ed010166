//! The changes of one cell, as a dialog: opened from the menu of a table.

use super::changes::ChangeList;
use super::tools::Tools;
use crate::boot::HISTORY;
use crate::components::dialog::Dialog;
use crate::document::history::{Asked, Cell, History, Scope};
use crate::workspace::Workspace;
use leptos::prelude::*;

/// So many changes are shown at first, and so many more at a time.
const STEP: usize = 10;

/// The cell that is asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct CellHistory {
    /// Which cell.
    pub cell: Cell,
    /// What it is called: its row and its column.
    pub title: String,
    /// Where all changes of its row can be read.
    pub more: Option<String>,
}

impl CellHistory {
    /// A cell of a plan, whose row has a history of its own.
    pub fn of_row(workspace: Workspace, cell: Cell, title: String, row: &str) -> Self {
        let more = workspace.document().address().map(|plan| format!("{plan}{HISTORY}?rad={row}"));
        Self { cell, title, more }
    }
}

/// The dialog, where a cell is asked about.
#[component]
pub fn CellHistoryDialog(
    /// What the page shares.
    tools: Tools,
) -> impl IntoView {
    move || tools.history.get().map(|asked| view! { <CellHistoryPanel tools asked /> })
}

#[component]
fn CellHistoryPanel(tools: Tools, asked: CellHistory) -> impl IntoView {
    let CellHistory { cell, title, more } = asked;
    let close = Callback::new(move |()| tools.history.set(None));
    let count = RwSignal::new(STEP);
    let found = Memo::new(move |_| {
        let asked = Asked { scope: Scope::Cell(cell.clone()), before: None, count: count.get() };
        tools.workspace.history(&asked)
    });
    let changes = Signal::derive(move || found.get().map(|History { changes, .. }| changes).unwrap_or_default());
    let is_empty = Memo::new(move |_| found.with(|found| found.as_ref().map(|found| found.changes.is_empty())));
    let has_older = Memo::new(move |_| found.with(|found| found.as_ref().is_some_and(|found| found.older.is_some())));
    let title = format!("Ändringar i {title}");
    view! {
        <Dialog title class="cell-history" on_close=close>
            {move || match is_empty.get() {
                Some(true) => Some("Ingen har skrivit här än."),
                Some(false) => None,
                None => Some("Planen hämtas till den här datorn. Stäng och öppna igen om en stund."),
            }
                .map(|text| view! { <p>{text}</p> })}
            <div>
                <ChangeList tools changes level=3 />
            </div>
            <div class="panel-actions">
                {move || {
                    has_older
                        .get()
                        .then(|| {
                            view! {
                                <button type="button" class="button" on:click=move |_| count.update(|count| *count += STEP)>
                                    "Visa fler"
                                </button>
                            }
                        })
                }}
                {more
                    .map(|more| {
                        view! {
                            <a class="button" href=more rel="external">
                                "Alla ändringar i raden"
                            </a>
                        }
                    })}
                <button type="button" class="button primary" on:click=move |_| close.run(())>
                    "Stäng"
                </button>
            </div>
        </Dialog>
    }
}
