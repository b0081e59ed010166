//! `/anmalan/min/{token}`: somebody's own registration. Whoever has the link may see, change and cancel it.

use std::collections::BTreeMap;

use app::{
    domain::{
        Decision, Registration, Sensitive,
        date::{swedish_day, swedish_time},
        ids::{DocumentId, RegistrationId},
    },
    pages::public::{
        field::Filled,
        manage::{Done, ManagePage, wishes},
        sign_up::{SignUpForm, names},
        words,
    },
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::{
    CourseError, form,
    listing::{self, Known},
    places::today,
    registering::Wish,
    token::Token,
};
use crate::{
    clock,
    plain_page::{answer, around, failed, not_found, without_referrer},
    state::AppState,
};

/// What personal links begin with.
pub const ADDRESS: &str = "/anmalan/min";

/// For so long somebody has just signed up.
const NEW_MS: i64 = 10 * 60 * 1000;

/// What follows the link: what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    ny: Option<String>,
    #[serde(default)]
    sparat: Option<String>,
    #[serde(default)]
    sent: Option<String>,
}

/// One registration, with all that its page shows.
struct Found {
    document: DocumentId,
    known: Known,
    registration: Registration,
    queue: Option<u32>,
    needs: BTreeMap<Sensitive, String>,
}

/// `GET /anmalan/min/{token}`.
pub async fn page(State(state): State<AppState>, Path(token): Path<String>, Query(asked): Query<Asked>) -> Response {
    let done = match asked {
        Asked { ny: Some(_), .. } => Some(Done::SignedUp),
        Asked { sparat: Some(_), .. } => Some(Done::Changed),
        Asked { sent: Some(_), .. } => Some(Done::TooLate),
        _ => None,
    };
    let response = match find(&state, &token).await {
        Ok(Some(found)) => {
            let filled = Filled { values: values_of(&found), ..Filled::default() };
            // People keep the address they came to: thanks are for whoever has just signed up.
            let is_new = clock::now_ms().saturating_sub(found.registration.registered_at) < NEW_MS;
            let done = done.filter(|done| *done != Done::SignedUp || is_new);
            show(&state, &token, found, filled, done, false)
        }
        Ok(None) => not_found(&state, None),
        Err(error) => failed(&state, None, &error),
    };
    without_referrer(response)
}

/// `POST /anmalan/min/{token}`: does what the button says, and goes back to the page.
pub async fn act(State(state): State<AppState>, Path(token): Path<String>, body: String) -> Response {
    let response = match find(&state, &token).await {
        Ok(Some(found)) => match carry_out(&state, &token, found, form::fields(&body)).await {
            Ok(response) => response,
            Err(error) => failed(&state, None, &error),
        },
        Ok(None) => not_found(&state, None),
        Err(error) => failed(&state, None, &error),
    };
    without_referrer(response)
}

async fn carry_out(
    state: &AppState,
    token: &str,
    found: Found,
    values: BTreeMap<String, String>,
) -> Result<Response, CourseError> {
    let now_ms = clock::now_ms();
    let (document, id) = (found.document, found.registration.id);
    let wish = match values.get(wishes::FIELD).map(String::as_str) {
        Some(wishes::ACCEPT) => Wish::Accept,
        Some(wishes::SURELY_CANCEL) => Wish::Cancel,
        Some(wishes::DECLINE) => Wish::Decline,
        Some(wishes::CANCEL) => {
            let filled = Filled { values: values_of(&found), ..Filled::default() };
            return Ok(show(state, token, found, filled, None, true));
        }
        Some(wishes::CHANGE) => return change(state, token, found, values, now_ms).await,
        _ => return Ok(Redirect::to(&format!("{ADDRESS}/{token}")).into_response()),
    };
    let done = state.courses.fulfil(document, id, wish, now_ms).await?;
    let told = if done { "" } else { "?sent=1" };
    Ok(Redirect::to(&format!("{ADDRESS}/{token}{told}")).into_response())
}

async fn change(
    state: &AppState,
    token: &str,
    found: Found,
    values: BTreeMap<String, String>,
    now_ms: i64,
) -> Result<Response, CourseError> {
    let is_over = today(now_ms).is_none_or(|day| found.known.facts.is_over(day));
    if is_over || !found.registration.is_live() {
        return Ok(Redirect::to(&format!("{ADDRESS}/{token}?sent=1")).into_response());
    }
    match form::read(values, &found.known.facts, false, now_ms) {
        Ok(sent) => {
            state.courses.change(found.document, found.registration.id, sent, now_ms).await?;
            Ok(Redirect::to(&format!("{ADDRESS}/{token}?sparat=1")).into_response())
        }
        Err(filled) => Ok(show(state, token, found, filled, None, false)),
    }
}

async fn find(state: &AppState, token: &str) -> Result<Option<Found>, CourseError> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let Some((document, id)) = state.courses.holder(&token).await? else { return Ok(None) };
    let (view, _) = state.courses.view(document).await?;
    let Some(registration) = view.registration(id).cloned() else { return Ok(None) };
    let Some(known) = listing::of_document(&state.database, document).await? else { return Ok(None) };
    let queue = (registration.decision == Decision::Waiting).then(|| {
        let before = |one: &&Registration| one.decision == Decision::Waiting && one.arrival <= registration.arrival;
        u32::try_from(view.registrations.iter().filter(before).count()).unwrap_or(u32::MAX)
    });
    let needs = state.courses.needs(RegistrationId::from_random(*id.as_bytes())).await?;
    Ok(Some(Found { document, known, registration, queue, needs }))
}

/// What stands in the form before anything is changed.
fn values_of(found: &Found) -> BTreeMap<String, String> {
    let one = &found.registration;
    let mut values: BTreeMap<String, String> = [
        (names::NAME, one.name.as_str()),
        (names::EMAIL, &one.email),
        (names::PARTY, one.party.as_word()),
        (names::EMPLOYER, &one.employer),
        (names::ROLE, &one.role),
        (names::SEX, one.sex.as_word()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect();
    values.extend(one.answers.iter().map(|(id, answer)| (format!("{}{id}", names::QUESTION), answer.clone())));
    values.extend(found.needs.iter().map(|(kind, need)| (kind.as_word().to_owned(), need.clone())));
    values
}

fn show(
    state: &AppState,
    token: &str,
    found: Found,
    filled: Filled,
    done: Option<Done>,
    asks_to_cancel: bool,
) -> Response {
    let Found { known: Known { facts, public }, registration, queue, .. } = found;
    let is_over = today(clock::now_ms()).is_none_or(|day| facts.is_over(day));
    let has_place = matches!(registration.decision, Decision::Confirmed | Decision::OverCapacity);
    let link = Some(facts.link.trim().to_owned()).filter(|link| has_place && is_web(link));
    let title =
        if filled.is_refused() { format!("Fel: {}", public.title) } else { format!("Din anmälan: {}", public.title) };
    let status = if filled.is_refused() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = ManagePage {
        around: around(state, &title, None),
        address: format!("{ADDRESS}/{token}"),
        occasion: public,
        link,
        name: registration.name,
        until: registration.offered_until.map(moment),
        decision: registration.decision,
        queue,
        is_over,
        form: SignUpForm {
            key: String::new(),
            questions: facts.questions.clone(),
            asks: facts.asks.iter().copied().collect(),
            filled,
        },
        done,
        asks_to_cancel,
    };
    answer(status, page.draw())
}

/// A link that a browser may follow, and no script.
fn is_web(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}

/// `måndag 26 mars klockan 12:00`.
fn moment(at_ms: i64) -> String {
    let day = swedish_day(at_ms).parse().map(words::day).unwrap_or_else(|_| swedish_day(at_ms));
    format!("{day} klockan {}", swedish_time(at_ms))
}
