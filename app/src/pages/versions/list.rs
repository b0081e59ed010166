//! All versions of a plan, with who made them and whether they count.

use crate::boot::VERSIONS;
use crate::components::document::{Message, Tools};
use crate::components::icon::{Icon, IconView};
use crate::document::plan::{PlanCommand, RowRef, VersionView};
use crate::domain::{Standing, VersionId};
use crate::workspace::PlanWorkspace;
use leptos::prelude::*;

/// The table of all versions, the latest first.
#[component]
pub fn VersionList(
    /// The plan.
    workspace: PlanWorkspace,
    /// What the page shares.
    tools: Tools,
    /// The plan's address.
    plan: String,
) -> impl IntoView {
    let rows = move || {
        let versions = workspace.rest().with(|rest| rest.versions.clone());
        versions.iter().rev().map(|view| row(workspace, tools, view, &plan)).collect_view()
    };
    view! {
        <section class="plan-section" aria-labelledby="alla-versioner">
            <h2 id="alla-versioner">"Alla versioner"</h2>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="alla-versioner">
                <table class="plain">
                    <thead>
                        <tr>
                            <th scope="col">"Version"</th>
                            <th scope="col">"Status"</th>
                            <th scope="col">"Beslutad"</th>
                            <th scope="col">"Diarienummer"</th>
                            <th scope="col">"Sparad av"</th>
                            <th scope="col">
                                <span class="visually-hidden">"Öppna"</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(workspace: PlanWorkspace, tools: Tools, view: &VersionView, plan: &str) -> impl IntoView + use<> {
    let version = view.version.clone();
    let standing = workspace.standing(view);
    let known = view.by.filter(|by| workspace.decides(*by).is_some()).map(|by| workspace.name_of(by));
    let note = standing.note(known.as_deref());
    let author = known.unwrap_or_else(|| "–".to_owned());
    let decided = version.decided.map_or_else(|| "–".to_owned(), |day| day.to_string());
    let dnr = if version.dnr.is_empty() { "–".to_owned() } else { version.dnr };
    let address = format!("{plan}{VERSIONS}?las={}", view.id);
    let read = format!("Läs {}", version.name);
    let status = if standing == Standing::NotDecided { "Inte fastställd" } else { version.status.label() }.to_owned();
    let tone = if standing == Standing::NotDecided { "finding" } else { "cell-note" };
    let note = note.map(|note| {
        let icon = (standing == Standing::NotDecided).then(|| view! { <IconView icon=Icon::Warning /> });
        view! { <span class=tone>{icon} <span>{note}</span></span> }
    });
    let remove = (!version.status.is_decided() && workspace.can_write()).then(|| {
        let (id, name) = (view.id, version.name.clone());
        let label = format!("Ta bort {name}");
        let remove = move |_| remove(workspace, tools, id, &name);
        view! {
            <button type="button" class="button small needs-script" aria-label=label on:click=remove>
                "Ta bort"
            </button>
        }
    });
    view! {
        <tr>
            <th scope="row">
                {version.name}
                {(!version.note.is_empty()).then(|| view! { <span class="cell-note">{version.note}</span> })}
                {note}
            </th>
            <td>{status}</td>
            <td class="number">{decided}</td>
            <td class="number">{dnr}</td>
            <td>{author}</td>
            <td>
                <a href=address rel="external" aria-label=read>
                    "Läs"
                </a>
                " "
                {remove}
            </td>
        </tr>
    }
}

/// Takes away what was not decided. It can be brought back, so nothing is asked first.
fn remove(workspace: PlanWorkspace, tools: Tools, id: VersionId, name: &str) {
    match workspace.edit(PlanCommand::Remove { row: RowRef::Version(id) }) {
        Ok(()) => {
            let text = format!("{name} är borttagen.");
            tools.announcer.say(text.clone());
            tools.message.set(Some(Message { text, undo: true }));
        }
        Err(error) => tools.refuse(error.to_string()),
    }
}
