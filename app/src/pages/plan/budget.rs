//! *Budget och utblick*: sections and lines, income, result and equity, in one table.

use super::desk::{Desk, PlanDialog};
use super::law::LawShares;
use super::place::Place;
use crate::components::grid::GridTable;
use crate::components::icon::{Icon, IconView};
use crate::document::plan::PlanCommand;
use crate::domain::SectionId;
use leptos::prelude::*;

/// The budget.
#[component]
pub fn BudgetView(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let workspace = desk.workspace;
    let is_empty = Memo::new(move |_| workspace.sections().with(Vec::is_empty));
    let add_section = move |_| {
        let id = SectionId::from_random(*workspace.new_item_id().as_bytes());
        let after = workspace.sections().with_untracked(|sections| sections.last().copied());
        if desk.source.run(PlanCommand::AddSection { id, after })
            && let Some(index) = desk.budget.index_of(&Place::Section(id).key())
        {
            desk.budget.go_to(crate::components::grid::place::Place::new(index, 0));
            desk.budget.focus_cursor_soon();
            desk.tools.announcer.say("Nytt avsnitt");
        }
    };
    view! {
        <section class="plan-section" aria-labelledby="budget-rubrik">
            <h2 id="budget-rubrik">"Budget och utblick"</h2>
            <GridTable
                grid=desk.budget
                caption="Budget och utblick: kostnader i avsnitt, intäkter, årets resultat och eget kapital."
                has_amounts=true
            />
            {move || {
                is_empty
                    .get()
                    .then(|| view! { <p class="empty">"Budgeten har inga avsnitt än. Lägg till ett avsnitt och sedan rader i det."</p> })
            }}
            {move || {
                workspace
                    .can_write()
                    .then(|| {
                        view! {
                            <div class="button-row needs-script">
                                <button
                                    type="button"
                                    class="button"
                                    on:click=move |_| desk.budget.add_row(true)
                                >
                                    <IconView icon=Icon::Plus />
                                    "Lägg till rad"
                                </button>
                                <button type="button" class="button" on:click=add_section>
                                    <IconView icon=Icon::Plus />
                                    "Lägg till avsnitt"
                                </button>
                                <button
                                    type="button"
                                    class="button"
                                    on:click=move |_| desk.dialog.set(Some(PlanDialog::AddIncome))
                                >
                                    <IconView icon=Icon::Plus />
                                    "Lägg till intäkt"
                                </button>
                            </div>
                        }
                    })
            }}
            <LawShares desk />
        </section>
    }
}
