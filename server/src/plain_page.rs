//! Pages that the server draws alone, without the program in the browser (`app::pages::public`).

use app::pages::public::{Around, draw, message};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use leptos::prelude::AnyView;

use crate::{accounts::Account, state::AppState};

/// What stands around a plain page of this title, for whoever is signed in, or for the public.
pub fn around(state: &AppState, title: &str, account: Option<&Account>) -> Around {
    Around {
        title: title.to_owned(),
        css: state.assets.css.clone(),
        account: account.map(|account| account.name.clone()),
    }
}

/// A page that is drawn already: never kept, since it is about one moment and often about one person.
pub fn answer(status: StatusCode, html: String) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response()
}

/// Draws a page and answers with it.
pub fn plain_page(
    state: &AppState,
    status: StatusCode,
    title: &str,
    account: Option<&Account>,
    body: impl FnOnce() -> AnyView,
) -> Response {
    answer(status, draw(around(state, title, account), body))
}

/// The same answer for what does not exist, what is not public, and a link that is none.
pub fn not_found(state: &AppState, account: Option<&Account>) -> Response {
    plain_page(state, StatusCode::NOT_FOUND, "Sidan finns inte", account, || {
        message(
            "Sidan finns inte",
            "Det finns inget på den adressen, eller så har det tagits bort. Kontrollera att adressen är rätt skriven.",
            ("/anmalan", "Till kurser och träffar"),
        )
    })
}

/// Something of ours failed: the log gets the reason, whoever reads the page does not.
pub fn failed(state: &AppState, account: Option<&Account>, error: &dyn std::fmt::Debug) -> Response {
    tracing::error!(?error, "request failed");
    plain_page(state, StatusCode::INTERNAL_SERVER_ERROR, "Något gick fel", account, || {
        message(
            "Något gick fel hos oss",
            "Försök igen om en stund. Det som var sparat är kvar.",
            ("/anmalan", "Till kurser och träffar"),
        )
    })
}

/// Has no address told to where a link of the page leads: that of the page is secret.
pub fn without_referrer(mut response: Response) -> Response {
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
