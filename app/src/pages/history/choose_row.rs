//! Which row's changes are shown: an ordinary form, sent with GET.

use leptos::prelude::*;

/// Rows to choose among, in groups that may have a name: each row's key in an address, and what it is called.
pub type Rows = Vec<(Option<String>, Vec<(String, String)>)>;

/// The form.
#[component]
pub fn ChooseRow(
    /// What the choice of all is called.
    whole: &'static str,
    /// What a row is called.
    row_name: &'static str,
    /// The rows there are.
    rows: Rows,
    /// What one without a name is called.
    nameless: &'static str,
    /// The row that is chosen, if any.
    chosen: Option<String>,
) -> impl IntoView {
    let option = |(key, name): (String, String)| {
        let name = if name.trim().is_empty() { nameless.to_owned() } else { name };
        let selected = chosen.as_ref() == Some(&key);
        view! {
            <option value=key selected=selected>
                {name}
            </option>
        }
    };
    let groups: Vec<_> = rows
        .into_iter()
        .map(|(group, rows)| {
            let options: Vec<_> = rows.into_iter().map(option).collect();
            match group {
                Some(name) => view! { <optgroup label=name>{options}</optgroup> }.into_any(),
                None => options.into_any(),
            }
        })
        .collect();
    view! {
        <form method="get" class="compare">
            <div class="field">
                <label for="rad">{row_name}</label>
                <select id="rad" name="rad">
                    <option value="">{whole}</option>
                    {groups}
                </select>
            </div>
            <button type="submit" class="button">
                "Visa ändringar"
            </button>
        </form>
    }
}
