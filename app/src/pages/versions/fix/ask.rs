//! Asks once before a version is decided: it can be neither changed nor removed.

use super::Form;
use crate::components::dialog::Dialog;
use crate::components::document::Tools;
use crate::components::icon::{Icon, IconView};
use crate::domain::{Budget, Money, NewVersion, Year};
use crate::pages::plan::conflicts::waiting;
use crate::workspace::{PlanWorkspace, Status};
use leptos::prelude::*;

/// The question, while it waits for an answer.
#[component]
pub fn AskOnce(
    /// The form.
    form: Form,
    /// The plan.
    workspace: PlanWorkspace,
    /// What the page shares.
    tools: Tools,
    /// Saves the version.
    save: Callback<NewVersion>,
) -> impl IntoView {
    move || form.asking.get().map(|version| view! { <Question form workspace tools save version /> })
}

#[component]
fn Question(
    form: Form,
    workspace: PlanWorkspace,
    tools: Tools,
    save: Callback<NewVersion>,
    version: NewVersion,
) -> impl IntoView {
    let close = Callback::new(move |()| form.asking.set(None));
    let day = version.decided.map(|day| format!(", beslutad {day}")).unwrap_or_default();
    let what = format!("{}{day}", version.name);
    let title = format!("Fastställa {}?", version.name);
    let figures = move || {
        let budget = workspace.budget().get()?;
        let year = budget.year;
        let figure = |name: &str, of: fn(&Budget, Year) -> Option<Money>| {
            let amount = of(&budget, year);
            view! {
                <div>
                    <dt>{format!("{name} {year}")}</dt>
                    <dd class="number">{move || tools.amount_or_empty(amount)}</dd>
                </div>
            }
        };
        Some(view! {
            <dl class="fixed-figures">
                {figure("Summa kostnader", Budget::total_cost)} {figure("Summa intäkter", Budget::total_income)}
                {figure("Årets resultat", Budget::net_result)}
            </dl>
        })
    };
    let offline = move || {
        matches!(workspace.status().get(), Status::Offline { .. }).then(|| {
            view! {
                <p class="banner">
                    "Du är offline. Versionen gäller planen som den är på den här datorn."
                </p>
            }
        })
    };
    let conflicts = move || {
        let where_several = match waiting(workspace).len() {
            0 => return None,
            1 => "I 1 cell".to_owned(),
            count => format!("I {count} celler"),
        };
        Some(view! {
            <p class="finding">
                <IconView icon=Icon::Warning />
                <span>
                    {where_several}
                    " står flera belopp, och ingen har valt vilket som gäller. Versionen får det som syns i planen."
                </span>
            </p>
        })
    };
    view! {
        <Dialog title on_close=close>
            <p>
                <strong>{what}</strong>
                " gäller planen som den är nu. Det som fastställs går att läsa för alltid, och går inte att ändra eller ta bort. Du kan arbeta vidare i planen efteråt."
            </p>
            {figures}
            {conflicts}
            {offline}
            <div class="panel-actions">
                <button type="button" class="button" on:click=move |_| close.run(())>
                    "Nej, gå tillbaka"
                </button>
                <button type="button" class="button primary" on:click=move |_| save.run(version.clone())>
                    "Ja, fastställ"
                </button>
            </div>
        </Dialog>
    }
}
