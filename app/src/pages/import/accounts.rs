//! *Bokföring*: an accounting file, what it says of itself, and the day it is read through.

use super::Desk;
use super::accounts_desk::{AccountsDesk, Loaded};
use super::accounts_preview::AccountsPreview;
use super::accounts_rows::AccountRows;
use super::accounts_rules::RuleList;
use super::done::{Part, Summary};
use super::file_field::FileField;
use crate::components::icon::{Icon, IconView};
use crate::domain::ledger::Resolution;
use leptos::prelude::*;

/// The part of the page for accounting files.
#[component]
pub(super) fn AccountsPart(desk: Desk) -> impl IntoView {
    let accounts = AccountsDesk::new(desk);
    let on_file = Callback::new(move |picked| accounts.read(picked));
    let is_read = Memo::new(move |_| accounts.file.with(Option::is_some));
    view! {
        <section class="plan-section" aria-labelledby="bokforing">
            <h2 id="bokforing">"Bokföring (SIE)"</h2>
            <FileField
                id="sie-fil"
                label="SIE-fil"
                help="Filen som ekonomisystemet exporterar, av typ 1, 2, 3, 4E eller 4I. Den heter ofta något på .se eller .si."
                accept=".se,.si,.sie,.txt"
                error=accounts.error
                busy=accounts.busy
                on_file
            />
            {move || {
                is_read
                    .get()
                    .then(|| {
                        view! {
                            {move || accounts.file.get().map(|file| view! { <Facts file /> })}
                            <ThroughField accounts />
                            <AccountRows accounts />
                            <RuleList accounts />
                            <AccountsPreview accounts />
                        }
                    })
            }}
            <Summary desk part=Part::Accounts />
        </section>
    }
}

/// What the file says of itself, so that the user knows that it is the right one.
#[component]
fn Facts(file: Loaded) -> impl IntoView {
    let Loaded { name, ledger } = file;
    let or_unknown = |text: &str| if text.is_empty() { "Står inte i filen".to_owned() } else { text.to_owned() };
    let day =
        |day: Option<crate::domain::IsoDate>| day.map_or_else(|| "Står inte i filen".to_owned(), |it| it.to_string());
    let company = match &ledger.organisation_number {
        Some(number) => format!("{} ({number})", or_unknown(&ledger.company)),
        None => or_unknown(&ledger.company),
    };
    let year =
        ledger.year.map_or_else(|| "Står inte i filen".to_owned(), |(first, last)| format!("{first} till {last}"));
    let resolution = match ledger.resolution {
        Resolution::Day => "Varje verifikation, dag för dag",
        Resolution::Month => "Saldon månad för månad",
        Resolution::Year => "Ett saldo för året",
    };
    let facts = [
        ("Fil", name),
        ("Organisation", company),
        ("Räkenskapsår", year),
        ("Bokfört till och med", day(ledger.through)),
        ("Innehåll", resolution.to_owned()),
        ("Program", or_unknown(&ledger.program)),
        ("Skriven", day(ledger.written)),
        ("Teckenkodning", ledger.encoding.label().to_owned()),
    ];
    let notes: Vec<_> = ledger
        .notes
        .iter()
        .map(|note| {
            view! {
                <p class="finding">
                    <IconView icon=Icon::Warning />
                    <span>{note.clone()}</span>
                </p>
            }
        })
        .collect();
    view! {
        <dl class="file-facts" aria-label="Om filen">
            {facts
                .map(|(term, fact)| {
                    view! {
                        <div>
                            <dt>{term}</dt>
                            <dd>{fact}</dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
        {notes}
    }
}

#[component]
fn ThroughField(accounts: AccountsDesk) -> impl IntoView {
    let error = move || accounts.day.get().err();
    let reach = move || {
        let (asked, target) = (accounts.day.get().ok()?, accounts.target.get());
        let Some(target) = target else { return Some("Filen har inga belopp så tidigt på året.".to_owned()) };
        let place = match target.outcome {
            Some(_) => format!(
                "Utfallet till och med {} finns redan. De rader som filen har belopp för skrivs över.",
                target.through
            ),
            None => format!("Ett nytt utfall till och med {} läggs till.", target.through),
        };
        Some(match target.through == asked {
            true => place,
            false => {
                format!("Filen har hela perioder, och den sista som är slut då slutar {}. {place}", target.through)
            }
        })
    };
    view! {
        <div class="field">
            <label for="till-och-med">"Läs in till och med"</label>
            <p class="help" id="till-och-med-hjalp">
                "År-månad-dag, till exempel 2021-04-30"
            </p>
            <div id="till-och-med-fel" role="alert">
                {move || {
                    error()
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
            <input
                id="till-och-med"
                type="text"
                class="date"
                inputmode="numeric"
                autocomplete="off"
                prop:value=move || accounts.through.get()
                aria-describedby="till-och-med-hjalp till-och-med-fel till-och-med-utfall"
                aria-invalid=move || error().map(|_| "true")
                on:change=move |event| accounts.through.set(event_target_value(&event))
            />
            <p id="till-och-med-utfall">{reach}</p>
        </div>
    }
}
