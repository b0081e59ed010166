//! All versions of a plan, with who made them and whether they count.

use crate::boot::VERSIONS;
use crate::components::icon::{Icon, IconView};
use crate::document::plan::VersionView;
use crate::domain::Standing;
use crate::workspace::PlanWorkspace;
use leptos::prelude::*;

/// The table of all versions, the latest first.
#[component]
pub fn VersionList(
    /// The plan.
    workspace: PlanWorkspace,
    /// The plan's address.
    plan: String,
) -> impl IntoView {
    let rows = move || {
        let versions = workspace.rest().with(|rest| rest.versions.clone());
        versions.iter().rev().map(|view| row(workspace, view, &plan)).collect_view()
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

fn row(workspace: PlanWorkspace, view: &VersionView, plan: &str) -> impl IntoView + use<> {
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
            </td>
        </tr>
    }
}
