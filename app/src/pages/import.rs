//! Reads files of other programs into a plan: the outcome from an accounting file, the budget from a spreadsheet.
//!
//! Both go the same way: a file is read on this device, what it says is shown beside what the plan says, the user changes
//! what is wrong in how it was understood, and nothing is written before the button at the end.

mod accounts;
mod accounts_desk;
mod accounts_preview;
mod accounts_rows;
mod accounts_rules;
mod destinations;
mod done;
mod file_field;
mod sheet;
mod sheet_desk;
mod sheet_preview;
mod sheet_table;
mod write;

use super::drawn::drawn;
use super::plan::association_name;
use super::subpage::SubpageHead;
use crate::boot::{PageData, PlanPage, use_boot};
use crate::components::document::{Notices, Tools};
use crate::components::unit::{UnitChoice, unit_signal};
use crate::document::AnyRow;
use crate::document::plan::PlanCommand;
use crate::workspace::PlanWorkspace;
use accounts::AccountsPart;
use done::{Done, Part};
use leptos::prelude::*;
use leptos_meta::Title;
use sheet::SheetPart;

/// What the two parts of the page share. Cheap to copy.
#[derive(Clone, Copy)]
struct Desk {
    /// The plan.
    workspace: PlanWorkspace,
    /// What the page of every document shares.
    tools: Tools,
    /// What was read in last, if anything.
    done: RwSignal<Option<Done>>,
}

impl Desk {
    /// Another file is read in a part: what was read in there before is not the latest any more.
    fn begin(self, part: Part) {
        if self.done.with_untracked(|done| done.as_ref().is_some_and(|done| done.part == part)) {
            self.done.set(None);
        }
    }

    /// Does an import. If that cannot be done, nothing of it is, and the reason is given back.
    fn run(self, command: PlanCommand) -> Result<(), String> {
        self.done.set(None);
        self.tools.message.set(None);
        self.workspace.edit(command).map_err(|error| error.to_string())
    }
}

/// The page at `/budget/vasteras/2021/las-in`.
#[component]
pub fn ImportRoute() -> impl IntoView {
    drawn(
        |page| match page {
            PageData::Plan(page) => Some(*page),
            _ => None,
        },
        |page| view! { <ImportView page /> },
    )
}

#[component]
fn ImportView(page: PlanPage) -> impl IntoView {
    let boot = use_boot();
    let association = association_name(&boot, &page);
    let PlanPage { document, plan, people, .. } = page;
    let title = plan.header.title.clone();
    let workspace = PlanWorkspace::from_boot(document, &plan, people, boot.user);
    let desk = Desk { workspace, tools: Tools::new(*workspace, unit_signal()), done: RwSignal::new(None) };
    let restore = Callback::new(move |row: AnyRow| {
        if let AnyRow::Plan(row) = row {
            // A row that cannot be restored stays where it was told of.
            let _ = workspace.restore(row);
        }
    });
    view! {
        <Title text=format!("Läs in filer till {title} – Samplan") />
        <article class="page plan import">
            <SubpageHead workspace=*workspace eyebrow=format!("{association} · {title}") heading="Läs in filer">
                <p class="banner only-without-script">
                    "För att läsa in filer behöver JavaScript vara på i webbläsaren. Filerna läses på din egen dator."
                </p>
            </SubpageHead>
            <UnitChoice unit=desk.tools.unit />
            <Notices tools=desk.tools restore />
            {move || {
                if workspace.can_write() {
                    view! { <Parts desk /> }.into_any()
                } else {
                    view! { <p class="banner">"Du kan läsa planen men inte läsa in filer i den."</p> }.into_any()
                }
            }}
        </article>
    }
}

#[component]
fn Parts(desk: Desk) -> impl IntoView {
    view! {
        <div class="import-parts needs-script">
            <p class="lead">
                "Filen läses på din dator. Du ser vad den skulle ändra innan något skrivs i planen."
            </p>
            <AccountsPart desk />
            <SheetPart desk />
        </div>
    }
}
