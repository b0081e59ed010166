//! Which row's changes are shown: an ordinary form, sent with GET.

use crate::document::plan::Plan;
use leptos::prelude::*;

/// The form.
#[component]
pub fn ChooseRow(
    /// The plan as it is now.
    plan: Plan,
    /// The row that is chosen, if any.
    chosen: Option<String>,
) -> impl IntoView {
    let option = |key: String, name: &str| {
        let name = if name.trim().is_empty() { "Rad utan namn".to_owned() } else { name.to_owned() };
        let selected = chosen.as_ref() == Some(&key);
        view! {
            <option value=key selected=selected>
                {name}
            </option>
        }
    };
    let sections: Vec<_> = plan
        .sections
        .iter()
        .map(|section| {
            let lines = plan.lines.iter().filter(|view| view.section == section.id);
            let lines: Vec<_> = lines.map(|view| option(view.line.id.to_string(), &view.line.name)).collect();
            view! { <optgroup label=section.name.clone()>{lines}</optgroup> }
        })
        .collect();
    let income: Vec<_> = plan.income.iter().map(|view| option(view.income.id.to_string(), &view.income.name)).collect();
    view! {
        <form method="get" class="compare">
            <div class="field">
                <label for="rad">"Rad"</label>
                <select id="rad" name="rad">
                    <option value="">"Hela planen"</option>
                    {sections}
                    <optgroup label="Intäkter">{income}</optgroup>
                </select>
            </div>
            <button type="submit" class="button">
                "Visa ändringar"
            </button>
        </form>
    }
}
