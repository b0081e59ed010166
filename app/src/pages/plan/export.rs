//! *Spara som Excel*: the budget as a workbook with live formulas, made on this device.

use super::desk::Desk;
use crate::components::document::Message;
use crate::components::exchange::{XLSX, file_name, offer, today, write_budget};
use crate::components::icon::{Icon, IconView};
use crate::domain::export::BudgetExport;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button. It stays pressed, so to speak, until the file is there.
#[component]
pub fn ExportButton(
    /// The page's shared state.
    desk: Desk,
    /// The association's name.
    association: String,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let association = StoredValue::new(association);
    let save = move |_| {
        if busy.get_untracked() {
            return;
        }
        let Some(export) = association.with_value(|association| export_of(desk, association)) else { return };
        let year = export.years.first().map(ToString::to_string).unwrap_or_default();
        let name = association.with_value(|association| file_name(&["budget", &year, association], "xlsx"));
        busy.set(true);
        desk.tools.message.set(None);
        spawn_local(async move {
            let written = write_budget(&export).await;
            busy.set(false);
            match written {
                Ok(bytes) if offer(&name, XLSX, &bytes) => {
                    let text = format!("Budgeten är sparad som {name}.");
                    desk.tools.announcer.say(text.clone());
                    desk.tools.message.set(Some(Message { text, undo: false }));
                }
                Ok(_) => desk.tools.refuse("Webbläsaren ville inte spara filen. Försök igen.".to_owned()),
                Err(reason) => desk.tools.refuse(reason),
            }
        });
    };
    view! {
        <button
            type="button"
            class="button"
            title="Spara som Excel"
            aria-disabled=move || busy.get().then_some("true")
            on:click=save
        >
            <IconView icon=Icon::Sheet />
            <span class="button-words">"Spara som Excel"</span>
        </button>
    }
}

/// The budget as it stands on the page, in the unit that it is shown in.
fn export_of(desk: Desk, association: &str) -> Option<BudgetExport> {
    let workspace = desk.workspace;
    let budget = workspace.budget().get_untracked()?;
    let (title, dnr) = workspace.header().with_untracked(|header| (header.title.clone(), header.dnr.clone()));
    // Many titles begin with whose plan it is.
    let title = if title.contains(association) { title } else { format!("{association}: {title}") };
    let subtitle = if dnr.is_empty() { dnr } else { format!("Dnr {dnr}") };
    Some(BudgetExport::new(&budget, title, subtitle, desk.tools.unit.get_untracked(), today()?))
}
