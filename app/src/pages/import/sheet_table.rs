//! The sheet as it is, with what each column and row is taken for. All of it can be changed.

use super::sheet_desk::{ColumnRole, SheetDesk};
use crate::domain::Year;
use crate::domain::sheet::{Cell, RowRole, Sheet};
use leptos::prelude::*;
use std::sync::Arc;

/// Rows that show until all are asked for.
const FIRST_ROWS: usize = 25;
/// Columns that show; none further to the right can be of a budget.
const MOST_COLUMNS: usize = 30;

const ROLES: [(RowRole, &str, &str); 6] = [
    (RowRole::Skip, "hoppa", "Hoppas över"),
    (RowRole::Section, "avsnitt", "Avsnitt"),
    (RowRole::Line, "rad", "Budgetrad"),
    (RowRole::Income, "intakt", "Intäkt"),
    (RowRole::Sum, "summa", "Summa"),
    (RowRole::OpeningEquity, "ingaende", "Ingående eget kapital"),
];

/// The sheet's rows.
#[component]
pub(super) fn SheetTable(sheet: SheetDesk, content: Sheet) -> impl IntoView {
    let all = RwSignal::new(false);
    let columns = content.width().min(MOST_COLUMNS);
    let used: Vec<usize> =
        (0..content.rows.len()).filter(|row| content.rows[*row].iter().any(|cell| !cell.is_empty())).collect();
    let count = used.len();
    let content = Arc::new(content);
    let headings: Vec<_> = (0..columns).map(|column| view! { <ColumnHeading sheet column /> }).collect();
    let rows = move || {
        let shown = if all.get() { count } else { FIRST_ROWS.min(count) };
        let row = |row: &usize| {
            let cells: Vec<_> = (0..columns).map(|column| cell(content.cell(*row, column))).collect();
            view! { <SheetRow sheet row=*row cells /> }
        };
        used.iter().take(shown).map(row).collect_view()
    };
    view! {
        <h3 id="sa-lases-bladet">"Så läses bladet"</h3>
        <p>"Rätta det som har blivit fel: vilken kolumn som är namn och vilka som är år, och vad varje rad är."</p>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="sa-lases-bladet">
            <table class="plain sheet-rows">
                <caption class="visually-hidden">"Bladets rader, med vad varje kolumn och rad läses som"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Rad"</th>
                        <th scope="col">"Läses som"</th>
                        {headings}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {move || {
            (count > FIRST_ROWS && !all.get())
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=move |_| all.set(true)>
                            {format!("Visa alla {count} rader")}
                        </button>
                    }
                })
        }}
    }
}

fn cell(cell: &Cell) -> impl IntoView + use<> {
    let class = if matches!(cell, Cell::Number(_)) { "amount number" } else { "" };
    view! { <td class=class>{cell.text()}</td> }
}

#[component]
fn ColumnHeading(sheet: SheetDesk, column: usize) -> impl IntoView {
    let name = Sheet::column_name(column);
    let label = format!("Kolumn {name} läses som");
    let option = move |role: ColumnRole, value: String, words: String| {
        view! {
            <option value=value prop:selected=move || sheet.column(column) == role>
                {words}
            </option>
        }
    };
    let years = sheet.years();
    let years = years.into_iter().map(|year| option(ColumnRole::Year(year), year.to_string(), year.to_string()));
    let years: Vec<_> = years.collect();
    view! {
        <th scope="col">
            <span>{name}</span>
            <select
                aria-label=label
                on:change=move |event| sheet.set_column(column, column_role(&event_target_value(&event)))
            >
                {option(ColumnRole::None, String::new(), "Används inte".to_owned())}
                {option(ColumnRole::Name, "namn".to_owned(), "Namn".to_owned())}
                {option(ColumnRole::Note, "anteckning".to_owned(), "Anteckning".to_owned())}
                {years}
            </select>
        </th>
    }
}

fn column_role(value: &str) -> ColumnRole {
    match value {
        "namn" => ColumnRole::Name,
        "anteckning" => ColumnRole::Note,
        year => year.parse::<Year>().map_or(ColumnRole::None, ColumnRole::Year),
    }
}

#[component]
fn SheetRow<V: IntoView + 'static>(sheet: SheetDesk, row: usize, cells: Vec<V>) -> impl IntoView {
    let role = Memo::new(move |_| {
        sheet.choices.with(|choices| {
            let choices = choices.as_ref()?;
            choices.roles.get(&row).copied().filter(|_| row >= choices.first_row)
        })
    });
    let role = move || role.get().unwrap_or(RowRole::Skip);
    let options = ROLES.map(|(known, value, words)| {
        view! {
            <option value=value prop:selected=move || role() == known>
                {words}
            </option>
        }
    });
    let class = move || match role() {
        RowRole::Section => "section",
        RowRole::Sum => "sum",
        RowRole::Skip => "skipped",
        RowRole::Line | RowRole::Income | RowRole::OpeningEquity => "",
    };
    view! {
        <tr class=class>
            <th scope="row" class="number">
                {row + 1}
            </th>
            <td>
                <select
                    aria-label=format!("Rad {} läses som", row + 1)
                    on:change=move |event| {
                        let value = event_target_value(&event);
                        if let Some((role, ..)) = ROLES.iter().find(|(_, known, _)| *known == value) {
                            sheet.set_row(row, *role);
                        }
                    }
                >
                    {options}
                </select>
            </td>
            {cells}
        </tr>
    }
}
