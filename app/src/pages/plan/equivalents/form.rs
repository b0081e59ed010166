//! The form of a row of full-year equivalents: adds one, writes one, or takes it away.

use super::entered::Entered;
use super::fields::{Form, PrintedFields, RowFields};
use super::gives::Gives;
use crate::components::dialog::Dialog;
use crate::components::document::Message;
use crate::components::field::{ErrorSummary, go_to_errors};
use crate::components::icon::{Icon, IconView};
use crate::document::plan::{PlanCommand, RowRef};
use crate::domain::{EquivalentId, EquivalentRow};
use crate::pages::plan::checks::findings::equivalents;
use crate::pages::plan::desk::{Desk, PlanDialog};
use crate::pages::plan::source::as_one;
use leptos::prelude::*;

/// The dialog, while it is open.
#[component]
pub fn EquivalentsDialog(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let open = Memo::new(move |_| match desk.dialog.get() {
        Some(PlanDialog::Equivalents(row)) => Some(row),
        _ => None,
    });
    move || {
        let row = open.get()?;
        let stated = desk.workspace.rest().with_untracked(|rest| rest.stated.clone());
        let view = row.and_then(|id| desk.workspace.equivalent(id));
        let before = view.map(|view| Entered::of(view.with_untracked(|view| view.row.clone()), &stated));
        // A colleague may have removed the row just now.
        (row.is_none() || before.is_some()).then(|| view! { <EquivalentsPanel desk before /> })
    }
}

#[component]
fn EquivalentsPanel(desk: Desk, before: Option<Entered>) -> impl IntoView {
    let close = Callback::new(move |()| desk.dialog.set(None));
    let form = Form::new(desk, before.as_ref());
    let is_new = before.is_none();
    let before = StoredValue::new(before);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(entered) = before.with_value(|before| form.entered(before.as_ref())) else {
            go_to_errors(&untrack(|| form.errors()));
            return;
        };
        let label = if is_new { "lägg till rad" } else { "ändra raden" };
        let after = untrack(|| below(&equivalents(desk.workspace), &entered.row.area));
        let commands = before.with_value(|before| entered.commands(before.as_ref(), after));
        if as_one(commands, label).is_none_or(|command| desk.source.run(command)) {
            close.run(());
        }
    };
    let remove = move |_| {
        if desk.source.run(PlanCommand::Remove { row: RowRef::Equivalent(form.id) }) {
            let text = "Raden med helårsekvivalenter är borttagen.".to_owned();
            desk.tools.announcer.say(text.clone());
            desk.tools.message.set(Some(Message { text, undo: true }));
            close.run(());
        }
    };
    let errors = Signal::derive(move || form.errors());
    let title =
        Signal::stored(if is_new { "Lägg till helårsekvivalenter" } else { "Ändra helårsekvivalenter" }.to_owned());
    let save_name = if is_new { "Lägg till rad" } else { "Spara raden" };
    let remove = (!is_new).then(|| {
        view! {
            <button type="button" class="button danger" on:click=remove>
                <IconView icon=Icon::Remove />
                "Ta bort raden"
            </button>
        }
    });
    view! {
        <Dialog title class="equivalents" on_close=close>
            <form class="form" novalidate=true on:submit=save>
                <ErrorSummary errors />
                <RowFields form />
                <Gives desk form />
                <PrintedFields form />
                <div class="panel-actions">
                    {remove}
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        "Avbryt"
                    </button>
                    <button type="submit" class="button primary">
                        {save_name}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// The row that a new one comes below: the last of its area, or the last of all.
fn below(rows: &[EquivalentRow], area: &str) -> Option<EquivalentId> {
    let of_area = rows.iter().rfind(|row| row.area == area);
    of_area.or(rows.last()).map(|row| row.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PopulationGroup, Year};

    #[test]
    fn a_new_row_comes_below_those_of_its_area() {
        let of = |number: u8, area: &str| EquivalentRow {
            id: EquivalentId::from_random([number; 16]),
            area: area.to_owned(),
            year: Year::FIRST,
            group: PopulationGroup::Everyone,
            counts: Default::default(),
            population: None,
        };
        let rows = [of(1, "Västerås"), of(2, "Västerås"), of(3, "Riket")];
        assert_eq!(below(&rows, "Västerås"), Some(rows[1].id));
        assert_eq!(below(&rows, "Sala"), Some(rows[2].id));
        assert_eq!(below(&[], "Sala"), None);
    }
}
