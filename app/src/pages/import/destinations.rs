//! The choice of where booked amounts belong: lines of the budget by section, rows of income, or nowhere.

use crate::document::plan::BudgetRow;
use crate::domain::ledger::Destination;
use crate::domain::{Budget, IncomeId, LineId};
use leptos::prelude::*;

/// Where an account belongs.
pub(super) type To = Destination<LineId, IncomeId>;

/// What is said of a row that has no name.
const NO_NAME: &str = "Rad utan namn";

/// The value of an option.
fn value_of(to: To) -> String {
    match to {
        Destination::Line(id) => format!("rad:{id}"),
        Destination::Income(id) => format!("intakt:{id}"),
        Destination::LeaveOut => "utanfor".to_owned(),
    }
}

/// The other way; none for "Inte kopplad".
pub(super) fn destination(value: &str) -> Option<To> {
    match value.split_once(':') {
        Some(("rad", id)) => id.parse().ok().map(Destination::Line),
        Some(("intakt", id)) => id.parse().ok().map(Destination::Income),
        _ => (value == "utanfor").then_some(Destination::LeaveOut),
    }
}

/// What a destination is called.
pub(super) fn name_of(budget: &Budget, to: To) -> String {
    match to {
        Destination::Line(id) => row_name(budget, BudgetRow::Line(id)),
        Destination::Income(id) => row_name(budget, BudgetRow::Income(id)),
        Destination::LeaveOut => "Lämnas utanför".to_owned(),
    }
}

/// What a row of the budget is called.
pub(super) fn row_name(budget: &Budget, row: BudgetRow) -> String {
    let name = match row {
        BudgetRow::Line(id) => budget.line(id).map(|line| line.name.clone()),
        BudgetRow::Income(id) => budget.income.iter().find(|row| row.id == id).map(|row| row.name.clone()),
    };
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| NO_NAME.to_owned())
}

/// The rows that amounts can belong to, in groups as the page shows them.
pub(super) type Groups = Vec<(String, Vec<(To, String)>)>;

/// The options of a choice, with the one that holds chosen. They follow the budget's rows.
#[component]
pub(super) fn Destinations(names: Memo<Groups>, chosen: Signal<Option<To>>) -> impl IntoView {
    let option = move |value: Option<To>, name: String| {
        view! {
            <option value=value.map(value_of).unwrap_or_default() prop:selected=move || chosen.get() == value>
                {name}
            </option>
        }
    };
    move || {
        let groups = names.get().into_iter().map(|(group, rows)| {
            let rows: Vec<_> = rows.into_iter().map(|(to, name)| option(Some(to), name)).collect();
            view! { <optgroup label=group>{rows}</optgroup> }
        });
        view! {
            {option(None, "Inte kopplad".to_owned())}
            {groups.collect_view()}
            {option(Some(Destination::LeaveOut), "Lämnas utanför".to_owned())}
        }
    }
}

/// The rows of a budget, by section.
pub(super) fn named_rows(budget: &Budget) -> Groups {
    let named = |name: &str| if name.is_empty() { NO_NAME.to_owned() } else { name.to_owned() };
    let section = |section: &crate::domain::Section| {
        let lines = section.lines.iter().map(|line| (Destination::Line(line.id), named(&line.name)));
        (named(&section.name), lines.collect::<Vec<_>>())
    };
    let income = budget.income.iter().map(|row| (Destination::Income(row.id), named(&row.name))).collect();
    let groups = budget.sections.iter().map(section).chain([("Intäkter".to_owned(), income)]);
    groups.filter(|(_, rows)| !rows.is_empty()).collect()
}
