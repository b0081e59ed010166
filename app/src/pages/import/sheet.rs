//! *Kalkylark*: a budget in a spreadsheet, which of its sheets, and how its figures are meant.

use super::Desk;
use super::done::{Part, Summary};
use super::file_field::FileField;
use super::sheet_desk::{SheetDesk, Workbook};
use super::sheet_preview::SheetPreview;
use super::sheet_table::SheetTable;
use crate::components::icon::{Icon, IconView};
use crate::domain::money::AmountUnit;
use leptos::prelude::*;

/// The part of the page for spreadsheets.
#[component]
pub(super) fn SheetPart(desk: Desk) -> impl IntoView {
    let sheet = SheetDesk::new(desk);
    let on_file = Callback::new(move |picked| sheet.read(picked));
    let doubts = move || {
        let doubt = |text: String| {
            view! {
                <p class="finding">
                    <IconView icon=Icon::Warning />
                    <span>{text}</span>
                </p>
            }
        };
        sheet.doubts.get().into_iter().map(doubt).collect_view()
    };
    view! {
        <section class="plan-section" aria-labelledby="kalkylark">
            <h2 id="kalkylark">"Kalkylark (Excel)"</h2>
            <FileField
                id="kalkylark-fil"
                label="Kalkylark med budgeten"
                help="En fil av typen .xlsx eller .ods, till exempel förra årets budget i Excel."
                accept=".xlsx,.ods,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/vnd.oasis.opendocument.spreadsheet"
                error=sheet.error
                busy=sheet.busy
                on_file
            />
            {move || {
                sheet
                    .file
                    .get()
                    .map(|file| {
                        view! {
                            <SheetChoice sheet file />
                            <Unit sheet />
                            {doubts}
                            {move || {
                                sheet.sheet.get().map(|content| view! { <SheetTable sheet content /> })
                            }}
                            <SheetPreview sheet />
                        }
                    })
            }}
            <Summary desk part=Part::Sheet />
        </section>
    }
}

#[component]
fn SheetChoice(sheet: SheetDesk, file: Workbook) -> impl IntoView {
    let option = |(index, name): (usize, String)| {
        view! {
            <option value=index.to_string() prop:selected=move || sheet.chosen.get() == index>
                {name}
            </option>
        }
    };
    let names: Vec<_> = file.sheets.iter().map(|sheet| sheet.name.clone()).enumerate().collect();
    view! {
        <p>{format!("Fil: {}", file.name)}</p>
        <div class="field">
            <label for="blad">"Blad"</label>
            <select
                id="blad"
                on:change=move |event| {
                    if let Ok(index) = event_target_value(&event).parse() {
                        sheet.choose(index);
                    }
                }
            >
                {names.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}

/// What figures without a unit mean.
#[component]
fn Unit(sheet: SheetDesk) -> impl IntoView {
    let choice = move |unit: AmountUnit, words: &'static str| {
        let is_it = move || sheet.choices.with(|choices| choices.as_ref().is_some_and(|it| it.unit == unit));
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name="bladets-enhet"
                    prop:checked=is_it
                    on:change=move |_| sheet.set_unit(unit)
                />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="plain-fieldset">
            <legend>"Beloppen i bladet är i"</legend>
            {choice(AmountUnit::Kronor, "kronor")} {choice(AmountUnit::TusenKronor, "tusen kronor (tkr)")}
        </fieldset>
    }
}
