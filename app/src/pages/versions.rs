//! The versions of a plan: read one as it was, or compare two line by line. Made of links and a form, so that it works
//! without JavaScript; with it, the plan can be fixed as it stands.

pub mod comparison;
mod fix;
mod list;
pub mod reading;

use super::drawn::drawn;
use super::subpage::SubpageHead;
use crate::boot::{PageData, VersionsPage, use_boot};
use crate::components::document::{Notices, Tools};
use crate::components::unit::{UnitChoice, unit_signal};
use crate::document::plan::VersionView;
use crate::document::plan::moment::{ChangeMade, Moment, Shown};
use crate::domain::date::{swedish_day, swedish_time};
use crate::workspace::{PlanWorkspace, Workspace};
use comparison::ComparisonTable;
use fix::FixVersion;
use leptos::prelude::*;
use leptos_meta::Title;
use list::VersionList;
use reading::BudgetTable;

/// The page at `/budget/vasteras/2021/versioner`.
#[component]
pub fn VersionsRoute() -> impl IntoView {
    drawn(
        |page| match page {
            PageData::Versions(page) => Some(*page),
            _ => None,
        },
        |page| view! { <VersionsView page /> },
    )
}

#[component]
fn VersionsView(page: VersionsPage) -> impl IntoView {
    let VersionsPage { document, plan: now, versions, people } = page;
    let address = document.address().unwrap_or_default();
    let workspace = PlanWorkspace::from_boot(document, &now, people, use_boot().user);
    let unit = unit_signal();
    let tools = Tools::new(*workspace, unit);
    let names = Names { versions: versions.all.clone(), changes: versions.changes, workspace: *workspace };
    let shown = versions.shown.map(|shown| match shown {
        Shown::Read(moment, budget) => {
            let heading = format!("Budgeten: {}", names.of(moment));
            view! { <BudgetTable heading budget=*budget unit /> }.into_any()
        }
        Shown::Compared(moments) => {
            let [(from, earlier), (to, later)] = *moments;
            let heading = format!("{} jämfört med {}", names.of(to), names.in_a_sentence(from));
            view! { <ComparisonTable heading earlier later unit /> }.into_any()
        }
    });
    let chosen = match &shown_moments(use_boot().page) {
        Some((from, to)) => (Some(*from), Some(*to)),
        None => (None, None),
    };
    let is_empty = Memo::new(move |_| workspace.rest().with(|rest| rest.versions.is_empty()));
    let choose = (!versions.all.is_empty()).then(|| view! { <ChooseTwo names=names.clone() chosen /> });
    let shown = shown.map(|shown| {
        view! {
            <div class="plan-section">
                <UnitChoice unit />
                {shown}
            </div>
        }
    });
    view! {
        <Title text=format!("Versioner av {} – Samplan", versions.title) />
        <article class="page plan versions">
            <SubpageHead workspace=*workspace eyebrow=versions.title.clone() heading="Versioner" />
            // No row is removed here.
            <Notices tools restore=Callback::new(|_| ()) />
            {move || {
                if is_empty.get() {
                    view! { <NoVersions /> }.into_any()
                } else {
                    view! { <VersionList workspace tools plan=address.clone() /> }.into_any()
                }
            }}
            <FixVersion workspace tools />
            {choose}
            {shown}
        </article>
    }
}

/// The two that are compared, to be chosen in the form.
fn shown_moments(page: PageData) -> Option<(Moment, Moment)> {
    match page {
        PageData::Versions(page) => match page.versions.shown? {
            Shown::Compared(moments) => Some((moments[0].0, moments[1].0)),
            Shown::Read(..) => None,
        },
        _ => None,
    }
}

/// What moments are called.
#[derive(Clone)]
struct Names {
    versions: Vec<VersionView>,
    changes: Vec<ChangeMade>,
    workspace: Workspace,
}

impl Names {
    /// Within a sentence: what people have named a version stands as they wrote it.
    fn in_a_sentence(&self, moment: Moment) -> String {
        let name = self.of(moment);
        match moment {
            Moment::Version(_) => name,
            Moment::Now | Moment::Change(_) => name.replacen('P', "p", 1),
        }
    }

    fn of(&self, moment: Moment) -> String {
        match moment {
            Moment::Now => "Planen som den är nu".to_owned(),
            Moment::Version(id) => {
                let version = self.versions.iter().find(|view| view.id == id);
                version.map_or_else(|| "Okänd version".to_owned(), |view| view.version.name.clone())
            }
            Moment::Change(id) => {
                let change = self.changes.iter().find(|change| change.id == id);
                change.map_or_else(
                    || "Okänd tidpunkt".to_owned(),
                    |ChangeMade { by, at, .. }| {
                        let by = by.map(|by| format!(", efter en ändring av {}", self.workspace.name_of(by)));
                        let (day, time) = (swedish_day(*at), swedish_time(*at));
                        format!("Planen som den var {day} {time}{}", by.unwrap_or_default())
                    },
                )
            }
        }
    }
}

/// Chooses which two are compared: an ordinary form, sent with GET.
#[component]
fn ChooseTwo(names: Names, chosen: (Option<Moment>, Option<Moment>)) -> impl IntoView {
    let options = move |chosen: Option<Moment>| {
        let changes = names.changes.iter().map(|change| Moment::Change(change.id));
        let all = names.versions.iter().map(|view| Moment::Version(view.id)).chain(changes).chain([Moment::Now]);
        let option = |moment: Moment| {
            let name = names.of(moment);
            view! {
                <option value=moment.to_string() selected=chosen == Some(moment)>
                    {name}
                </option>
            }
        };
        all.map(option).collect::<Vec<_>>()
    };
    let (from, to) = (options(chosen.0), options(chosen.1));
    view! {
        <section class="plan-section" aria-labelledby="jamfor">
            <h2 id="jamfor">"Jämför"</h2>
            <form method="get" class="compare">
                <div class="field">
                    <label for="fran">"Från"</label>
                    <select id="fran" name="fran">
                        {from}
                    </select>
                </div>
                <div class="field">
                    <label for="till">"Till"</label>
                    <select id="till" name="till">
                        {to}
                    </select>
                </div>
                <button type="submit" class="button">
                    "Jämför versioner"
                </button>
            </form>
        </section>
    }
}

#[component]
fn NoVersions() -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">"Här finns inga versioner än"</p>
            <p>
                "En version är planen som den såg ut när den föreslogs, skickades på samråd eller beslutades. Den går att läsa och jämföra för alltid, vad som än ändras efteråt."
            </p>
        </div>
    }
}
