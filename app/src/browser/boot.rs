//! Starting without the server: what a page is drawn from when there is no network.
//!
//! The server's own [`Boot`] comes with the page; the one made here comes from what lies on this device. Both lead to the
//! same pages.

use super::account::{self, LEASE_MS};
use super::clock::now_ms;
use super::store::Store;
use super::store::records::DocumentRecord;
use crate::boot::{Boot, CountyPage, PageData, SignInPage, thousands_in_cookies};
use crate::document::county;
use wasm_bindgen::JsCast;

/// What a page is drawn from without a network: who was here last, the plans on this device, and the plan that the
/// address asks for.
pub async fn load() -> Boot {
    let in_thousands = thousands_in_cookies(&cookies());
    let nobody = |error: &str| Boot {
        page: PageData::SignIn(SignInPage { error: Some(error.to_owned()), ..SignInPage::default() }),
        in_thousands,
        ..Boot::default()
    };
    if account::is_sign_out_due() {
        return nobody("Du är utloggad. Du behöver vara uppkopplad för att logga in.");
    }
    let Some((store, account)) = account::open_last().await else {
        return nobody("Du är offline. Du behöver vara uppkopplad första gången du loggar in.");
    };
    if now_ms().saturating_sub(account.confirmed_ms) > LEASE_MS {
        // Nothing is removed: what was never sent is sent after the next sign-in.
        return nobody(
            "Det är mer än 30 dagar sedan du var uppkopplad. Anslut till nätet och logga in. \
             Dina ändringar finns kvar på den här datorn.",
        );
    }
    let mut records = store.documents().await.unwrap_or_default();
    records.sort_by_key(|record| (std::cmp::Reverse(record.info.year), record.info.title.clone()));
    Boot {
        user: Some(account.user),
        page: page(&store, &records, &path()).await,
        documents: records.into_iter().map(|record| record.info).collect(),
        in_thousands,
    }
}

/// The county plan of a year as it lies on this device: for going from page to page within the app.
pub async fn county(year: i32) -> Option<CountyPage> {
    let (store, _) = account::open_last().await?;
    let records = store.documents().await.ok()?;
    county_of(&store, &records, year).await
}

/// Notes what the server said with this page, so that the next start can do without it. Call once after the start.
pub async fn remember(boot: Boot) {
    if account::is_sign_out_due() && account::finish_sign_out().await {
        return account::leave_page();
    }
    let Some(user) = boot.user else { return };
    let store = match account::remember(&user).await {
        Ok(store) => store,
        // The engine of the open plan says so to the user.
        Err(error) => return leptos::logging::warn!("account: {error}"),
    };
    let known = store.documents().await.unwrap_or_default();
    for info in &boot.documents {
        let before = known.iter().find(|record| record.info.id == info.id);
        let people = before.map(|record| record.people.clone()).unwrap_or_default();
        if before.is_none_or(|record| record.info != *info) {
            let record = DocumentRecord { info: info.clone(), people };
            if let Err(error) = store.set_document(&record).await {
                leptos::logging::warn!("document: {error}");
            }
        }
    }
    let allowed: Vec<_> = boot.documents.iter().map(|info| info.id).collect();
    account::forget_others(&store, &allowed).await;
}

async fn page(store: &Store, records: &[DocumentRecord], path: &str) -> PageData {
    let county_year = path.strip_prefix("/lan/").and_then(|year| year.trim_end_matches('/').parse().ok());
    match (path, county_year) {
        (_, Some(year)) => match county_of(store, records, year).await {
            Some(page) => PageData::County(Box::new(page)),
            None => PageData::NotFound,
        },
        ("/logga-in", None) => PageData::SignIn(SignInPage {
            error: Some("Du är offline. Du behöver vara uppkopplad för att logga in.".to_owned()),
            ..SignInPage::default()
        }),
        _ => PageData::Home,
    }
}

async fn county_of(store: &Store, records: &[DocumentRecord], year: i32) -> Option<CountyPage> {
    let record = records.iter().find(|record| record.info.kind == "county" && record.info.year == Some(year))?;
    let (doc, _) = account::read_document(store, record.info.id).await.ok()?;
    if !county::is_county_plan(&doc) {
        return None;
    }
    Some(CountyPage { document: record.info.clone(), plan: county::read(&doc), people: record.people.clone() })
}

fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

fn cookies() -> String {
    web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.dyn_into::<web_sys::HtmlDocument>().ok())
        .and_then(|document| document.cookie().ok())
        .unwrap_or_default()
}
