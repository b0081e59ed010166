//! The choice between kronor and thousands of kronor, kept on the device in a cookie so that the server's first
//! paint is right too.

use crate::boot::{UNIT_COOKIE, use_boot};
use crate::domain::money::AmountUnit;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlDocument;

/// The unit of this device, as it was when the page came.
pub fn unit_signal() -> RwSignal<AmountUnit> {
    RwSignal::new(use_boot().unit())
}

/// Two radio buttons: kr and tkr.
#[component]
pub fn UnitChoice(
    /// What is chosen.
    unit: RwSignal<AmountUnit>,
) -> impl IntoView {
    let choice = move |value: AmountUnit, word: &'static str, name: &'static str| {
        view! {
            <label>
                <input
                    type="radio"
                    name="enhet"
                    value=word
                    aria-label=name
                    prop:checked=move || unit.get() == value
                    checked=unit.get_untracked() == value
                    on:change=move |_| {
                        keep(word);
                        unit.set(value);
                    }
                />
                <span aria-hidden="true">{word}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choices needs-script">
            <legend>"Visa belopp i"</legend>
            {choice(AmountUnit::Kronor, "kr", "kr, kronor")}
            {choice(AmountUnit::TusenKronor, "tkr", "tkr, tusen kronor")}
        </fieldset>
    }
}

fn keep(word: &str) {
    let year = 365 * 24 * 60 * 60;
    if let Ok(document) = document().dyn_into::<HtmlDocument>() {
        // Where cookies are refused the choice lasts as long as the page.
        let _ = document.set_cookie(&format!("{UNIT_COOKIE}={word}; Path=/; Max-Age={year}; SameSite=Lax"));
    }
}
