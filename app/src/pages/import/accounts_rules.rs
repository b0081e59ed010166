//! All rules from accounts to rows of the budget, and a form for one by hand.

use super::accounts_desk::AccountsDesk;
use super::accounts_rows::words;
use super::destinations::{Destinations, To, destination, name_of};
use crate::components::icon::{Icon, IconView};
use crate::domain::ledger::{AccountRange, Selector};
use leptos::prelude::*;

/// The rules, behind a heading that tells how many there are.
#[component]
pub(super) fn RuleList(accounts: AccountsDesk) -> impl IntoView {
    let rules = Memo::new(move |_| {
        accounts.rules.with(|rules| rules.rules().map(|(selector, to)| (selector.clone(), *to)).collect::<Vec<_>>())
    });
    let heading = move || match rules.with(Vec::len) {
        0 => "Kopplingar".to_owned(),
        count => format!("Kopplingar ({count})"),
    };
    let rows = move || {
        let budget = accounts.desk.workspace.budget().get();
        let row = |(selector, to): (Selector, To)| {
            let name = budget.as_ref().map(|budget| name_of(budget, to)).unwrap_or_default();
            view! { <RuleRow accounts selector name /> }
        };
        rules.get().into_iter().map(row).collect_view()
    };
    view! {
        <details class="rules">
            <summary>{heading}</summary>
            <p>
                "Den koppling som säger mest gäller: projekt och kostnadsställe går före konto, och ett konto före ett intervall."
            </p>
            <table class="plain" aria-label="Kopplingar">
                <thead>
                    <tr>
                        <th scope="col">"Gäller"</th>
                        <th scope="col">"Hör till"</th>
                        <th scope="col">
                            <span class="visually-hidden">"Ta bort"</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <NewRule accounts />
        </details>
    }
}

#[component]
fn RuleRow(accounts: AccountsDesk, selector: Selector, name: String) -> impl IntoView {
    let said = words(&selector);
    let label = format!("Ta bort kopplingen för {said}");
    let changed = {
        let selector = selector.clone();
        move || accounts.changed.with(|changed| changed.contains_key(&selector))
    };
    view! {
        <tr>
            <th scope="row">
                {said} {move || changed().then(|| view! { <span class="cell-note">"Sparas när du läser in"</span> })}
            </th>
            <td>{name}</td>
            <td>
                <button
                    type="button"
                    class="button quiet icon-only"
                    aria-label=label
                    on:click=move |_| accounts.set_rule(selector.clone(), None)
                >
                    <IconView icon=Icon::Remove />
                </button>
            </td>
        </tr>
    }
}

/// A rule by hand: accounts, an interval of them, cost centre, project.
#[component]
fn NewRule(accounts: AccountsDesk) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let centre = RwSignal::new(String::new());
    let project = RwSignal::new(String::new());
    let to = RwSignal::new(None::<To>);
    let error = RwSignal::new(None::<String>);
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let read = rule(&typed.get_untracked(), &centre.get_untracked(), &project.get_untracked(), to.get_untracked());
        match read {
            Ok((selector, to)) => {
                accounts.desk.tools.announcer.say(format!("Koppling tillagd: {}", words(&selector)));
                accounts.set_rule(selector, Some(to));
                error.set(None);
                for field in [typed, centre, project] {
                    field.set(String::new());
                }
            }
            Err(reason) => error.set(Some(reason)),
        }
    };
    let field = move |id: &'static str, label: &'static str, value: RwSignal<String>, optional: bool| {
        view! {
            <div class="field">
                <label for=id>{label} {optional.then_some(" (Valfritt)")}</label>
                <input
                    id=id
                    type="text"
                    autocomplete="off"
                    prop:value=move || value.get()
                    aria-describedby="ny-koppling-fel"
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </div>
        }
    };
    view! {
        <form class="new-rule" aria-label="Ny koppling" on:submit=add>
            {field("koppla-konton", "Konto eller intervall, till exempel 4000-4999", typed, true)}
            {field("koppla-stalle", "Kostnadsställe", centre, true)} {field("koppla-projekt", "Projekt", project, true)}
            <div class="field">
                <label for="koppla-till">"Hör till"</label>
                <select
                    id="koppla-till"
                    aria-describedby="ny-koppling-fel"
                    on:change=move |event| to.set(destination(&event_target_value(&event)))
                >
                    <Destinations names=accounts.names chosen=to.into() />
                </select>
            </div>
            <div id="ny-koppling-fel" role="alert">
                {move || {
                    error
                        .get()
                        .map(|reason| {
                            view! {
                                <p class="error-text">
                                    <IconView icon=Icon::Error />
                                    <span>{reason}</span>
                                </p>
                            }
                        })
                }}
            </div>
            <button type="submit" class="button">
                <IconView icon=Icon::Plus />
                "Lägg till koppling"
            </button>
        </form>
    }
}

/// The rule that the form says.
fn rule(accounts: &str, centre: &str, project: &str, to: Option<To>) -> Result<(Selector, To), String> {
    let code = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let accounts: Option<AccountRange> = match accounts.trim() {
        "" => None,
        text => Some(text.parse().map_err(|error: crate::domain::ledger::SelectorError| error.to_string())?),
    };
    let selector = Selector { accounts, cost_centre: code(centre), project: code(project) };
    if selector == Selector::default() {
        return Err("Fyll i konto, kostnadsställe eller projekt.".to_owned());
    }
    let to = to.ok_or("Välj vilken rad i budgeten kopplingen hör till.")?;
    Ok((selector, to))
}
