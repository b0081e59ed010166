//! `/anmalan` and `/anmalan/{occasion}`: the public list, and the page with the form. No account, no JavaScript.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use app::{
    domain::{Money, Occasion, course::PublicOccasion, ids::DocumentId, money::AmountUnit},
    pages::public::{
        SIGN_UP,
        field::Filled,
        list::{Chosen, ListPage},
        occasion::OccasionPage,
        sign_up::{SignUpForm, names},
    },
};
use axum::{
    extract::{ConnectInfo, Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::{
    form,
    listing::{self, Filter, Known},
    personal::ADDRESS,
    rate::TooMany,
    registering::SignedUp,
    token::FormKey,
};
use crate::{
    accounts::address::client_address,
    clock,
    plain_page::{answer, around, failed, not_found},
    state::AppState,
};

/// What the address of the list says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    kurs: String,
    #[serde(default)]
    forbund: String,
    #[serde(default)]
    manad: String,
}

/// `GET /anmalan`.
pub async fn list(State(state): State<AppState>, Query(asked): Query<Asked>) -> Response {
    match list_page(&state, asked).await {
        Ok(page) => answer(StatusCode::OK, page.draw()),
        Err(error) => failed(&state, None, &error),
    }
}

async fn list_page(state: &AppState, asked: Asked) -> Result<ListPage, sqlx::Error> {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let all = listing::listed(&state.database, &Filter::default()).await?;
    let filter = Filter { course: given(&asked.kurs), association: given(&asked.forbund), month: given(&asked.manad) };
    let occasions = listing::listed(&state.database, &filter).await?;
    let course_of = |occasion: &PublicOccasion| given(&occasion.course);
    let months = all.iter().flat_map(|occasion| &occasion.days).map(|day| day.date.to_string()[..7].to_owned());
    Ok(ListPage {
        around: around(state, "Kurser och träffar", None),
        months: months.collect(),
        courses: all.iter().filter_map(course_of).collect(),
        associations: listing::associations(&state.database).await?,
        occasions,
        chosen: Chosen { course: asked.kurs, association: asked.forbund, month: asked.manad },
    })
}

/// `GET /anmalan/{occasion}`.
pub async fn occasion(State(state): State<AppState>, Path(id): Path<String>) -> Response {
    match known(&state, &id).await {
        Ok(Some((_, known))) => show(&state, known, FormKey::random().to_text(), Filled::default(), StatusCode::OK),
        Ok(None) => gone_on(&state, &id).await,
        Err(error) => failed(&state, None, &error),
    }
}

/// `POST /anmalan/{occasion}`: signs somebody up and goes to their page, or shows the form again with what is wrong.
pub async fn sign_up(
    State(state): State<AppState>,
    Path(id): Path<String>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let (document, known) = match known(&state, &id).await {
        Ok(Some(found)) => found,
        Ok(None) => return gone_on(&state, &id).await,
        Err(error) => return failed(&state, None, &error),
    };
    let now_ms = clock::now_ms();
    let values = form::fields(&body);
    let key = values.get(names::KEY).and_then(|key| FormKey::parse(key)).unwrap_or_else(FormKey::random);
    let again = |known: Known, filled: Filled, status: StatusCode| show(&state, known, key.to_text(), filled, status);
    if values.get(names::TRAP).is_some_and(|trap| !trap.is_empty()) {
        let mut filled = Filled { values, ..Filled::default() };
        filled.values.remove(names::TRAP);
        filled.refused = Some("Anmälan togs inte emot, eftersom ett dolt fält var ifyllt. Försök igen.".to_owned());
        return again(known, filled, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let refused = |text: String| Filled { values: values.clone(), problems: Vec::new(), refused: Some(text) };
    let (sent, denied) = match form::read(values.clone(), &known.facts, true, now_ms) {
        Ok(sent) => (sent, None),
        Err(filled) => match denied(filled, &known.facts, now_ms) {
            Ok((sent, filled)) => (sent, Some(filled)),
            Err(filled) => return again(known, filled, StatusCode::UNPROCESSABLE_ENTITY),
        },
    };
    match state.courses.is_known(key.registration(document, &sent.fields.email)).await {
        Ok(true) => {}
        Ok(false) => {
            let address = client_address(peer.ip(), &headers, &state.config.proxies);
            if let Err(too_many) = state.sign_ups.count(address, document, Instant::now()) {
                let (text, wait) = told(too_many);
                let mut response = again(known, refused(text), StatusCode::TOO_MANY_REQUESTS);
                response.headers_mut().insert(header::RETRY_AFTER, (wait.as_secs() + 1).into());
                return response;
            }
        }
        Err(error) => return failed(&state, None, &error),
    }
    if let Some(filled) = denied
        && !state.courses.has_completed(document, &known.facts, &sent.fields.email).await.unwrap_or(false)
    {
        return again(known, filled, StatusCode::UNPROCESSABLE_ENTITY);
    }
    match state.courses.sign_up(document, &known.facts, &key, sent, now_ms).await {
        Ok(SignedUp::Registered(token)) => Redirect::to(&format!("{ADDRESS}/{}?ny=1", token.to_text())).into_response(),
        Ok(SignedUp::Twice) => {
            let text = "Det finns redan en anmälan med samma namn och e-postadress. Vill du ändra den, följ länken i \
                        bekräftelsen som du har fått med e-post.";
            again(known, refused(text.to_owned()), StatusCode::CONFLICT)
        }
        Ok(SignedUp::Closed) => again(known, refused("Anmälan har stängt.".to_owned()), StatusCode::CONFLICT),
        Err(error) => {
            tracing::error!(%document, %error, "sign-up failed");
            let text = "Anmälan gick inte att spara just nu. Det du har skrivit står kvar: försök igen om en stund.";
            again(known, refused(text.to_owned()), StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// The form of somebody who says no to what is required and has nothing else wrong in it: they may have taken it all the
/// same, and have forgotten, or not know it by that name. As if they had said yes, and the form with what is wrong with no.
fn denied(filled: Filled, facts: &Occasion, now_ms: i64) -> Result<(form::Sent, Filled), Filled> {
    let is_denied = filled.values.get(names::HAS_COMPLETED).is_some_and(|answer| answer.trim() == "nej");
    if !is_denied || filled.problems.iter().any(|(field, _)| field != names::HAS_COMPLETED) {
        return Err(filled);
    }
    let mut values = filled.values.clone();
    values.insert(names::HAS_COMPLETED.to_owned(), "ja".to_owned());
    form::read(values, facts, true, now_ms).map(|sent| (sent, filled))
}

async fn known(state: &AppState, id: &str) -> Result<Option<(DocumentId, Known)>, sqlx::Error> {
    let Ok(document) = id.parse::<DocumentId>() else { return Ok(None) };
    Ok(listing::published(&state.database, document).await?.map(|known| (document, known)))
}

/// There is nothing public of this id: it may have gone on under another, since somebody was erased from it. Then what was
/// sent goes there, too.
async fn gone_on(state: &AppState, id: &str) -> Response {
    let Ok(document) = id.parse::<DocumentId>() else { return not_found(state, None) };
    match state.database.became_of(document).await {
        Ok(became) => match became.and_then(|became| became.replaced_by) {
            Some(new) => Redirect::temporary(&format!("{SIGN_UP}/{new}")).into_response(),
            None => not_found(state, None),
        },
        Err(error) => failed(state, None, &error),
    }
}

fn show(state: &AppState, known: Known, key: String, filled: Filled, status: StatusCode) -> Response {
    let Known { facts, public } = known;
    let title = if filled.is_refused() { format!("Fel: {}", public.title) } else { public.title.clone() };
    // With something to answer, the form is there even where signing up has just closed.
    let has_form = public.sign_up.takes_registrations() || filled.is_refused();
    let form = has_form.then(|| SignUpForm {
        key,
        questions: facts.questions.clone(),
        asks: facts.asks.iter().copied().collect(),
        filled,
    });
    let page = OccasionPage { around: around(state, &title, None), occasion: public, costs: costs(&facts), form };
    answer(status, page.draw())
}

/// *Pris* and the fee for those who do not come, in words.
fn costs(facts: &Occasion) -> Vec<String> {
    let kronor = |amount: Money| amount.format_with_unit(AmountUnit::Kronor);
    let price = facts.price.map(|price| match price.ore() {
        0 => "Kostnadsfritt.".to_owned(),
        _ => format!("{}.", kronor(price)),
    });
    let fee = facts.no_show_fee.filter(|fee| fee.ore() > 0);
    let fee = fee.map(|fee| format!("{} för den som uteblir utan att avboka.", kronor(fee)));
    price.into_iter().chain(fee).collect()
}

fn told(too_many: TooMany) -> (String, Duration) {
    let minutes = |wait: Duration| match wait.as_secs().div_ceil(60).max(1) {
        1 => "1 minut".to_owned(),
        minutes => format!("{minutes} minuter"),
    };
    match too_many {
        TooMany::FromAddress(wait) => (
            format!(
                "Det har kommit många anmälningar från ert nätverk. Vänta {} och skicka sedan igen. Det du har skrivit står kvar.",
                minutes(wait)
            ),
            wait,
        ),
        TooMany::ForOccasion(wait) => (
            format!(
                "Många anmäler sig till tillfället just nu. Vänta {} och skicka sedan igen. Det du har skrivit står kvar.",
                minutes(wait)
            ),
            wait,
        ),
    }
}
