//! `/kurser/gallring`, for those who run courses: the report beforehand, what is gone, and *Radera person*.
//!
//! What is looked for comes in the body of a request, never in an address: names stand in no log.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    document::occasion,
    domain::{
        date::swedish_day,
        ids::{DocumentId, RegistrationId},
    },
    pages::public::erasure::{ERASURE, ErasurePage, Found, Going, Gone, Hit, OwnerErasures},
};
use axum::{
    extract::{RawForm, RawQuery, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};

use super::EraseError;
use crate::{
    accounts::{Account, AuthSession},
    api::ApiError,
    clock, plain_page,
    state::AppState,
    storage::{content::LoadError, retention::Owner},
};

/// Fewer letters would find everybody.
const FEWEST_LETTERS: usize = 3;
/// More hits than this are no search for one person.
const MOST_HITS: usize = 50;

const TOO_SHORT: &str = "Skriv minst tre bokstäver av namnet eller e-postadressen.";
const TOO_MANY: &str = "Sökningen ger för många träffar. Skriv mer av namnet eller hela e-postadressen.";
const NONE_CHOSEN: &str = "Ingen anmälan var vald. Sök igen och välj minst en.";

impl From<EraseError> for ApiError {
    fn from(error: EraseError) -> Self {
        match error {
            EraseError::Missing => Self::NOT_FOUND,
            error => Self::internal(&error),
        }
    }
}

/// Somebody who runs courses, and whose.
struct Runner {
    account: Account,
    owners: Vec<Owner>,
}

/// `GET`: the page.
pub async fn page(
    State(state): State<AppState>,
    auth: AuthSession,
    RawQuery(query): RawQuery,
) -> Result<Response, Response> {
    let runner = runner(&state, auth).await?;
    let query = query.unwrap_or_default();
    let erased = pairs(query.as_bytes()).into_iter().find(|(name, _)| name == "raderade");
    let erased = erased.and_then(|(_, count)| count.parse().ok());
    draw(&state, &runner, ErasurePage { erased, ..ErasurePage::default() }).await
}

/// `POST …/sok`: looks for a person in all occasions that the user runs.
pub async fn search(
    State(state): State<AppState>,
    auth: AuthSession,
    RawForm(body): RawForm,
) -> Result<Response, Response> {
    let runner = runner(&state, auth).await?;
    let wanted = pairs(&body).into_iter().find(|(name, _)| name == "sok").map(|(_, value)| value).unwrap_or_default();
    let wanted = wanted.trim().to_owned();
    let refused =
        |problem: &str, hits| ErasurePage { problem: Some(problem.to_owned()), found: hits, ..ErasurePage::default() };
    if wanted.chars().count() < FEWEST_LETTERS {
        return draw(&state, &runner, refused(TOO_SHORT, None)).await;
    }
    let (hits, unread) = hits(&state, &runner, &wanted.to_lowercase()).await.map_err(IntoResponse::into_response)?;
    if hits.len() > MOST_HITS {
        return draw(&state, &runner, refused(TOO_MANY, None)).await;
    }
    draw(&state, &runner, ErasurePage { found: Some(Found { wanted, hits, unread }), ..ErasurePage::default() }).await
}

/// `POST …/radera`: erases what was chosen among the hits.
pub async fn erase(
    State(state): State<AppState>,
    auth: AuthSession,
    RawForm(body): RawForm,
) -> Result<Response, Response> {
    let runner = runner(&state, auth).await?;
    let mut chosen: BTreeMap<DocumentId, Vec<RegistrationId>> = BTreeMap::new();
    for (_, value) in pairs(&body).into_iter().filter(|(name, _)| name == "val") {
        let ids = value.split_once(':').and_then(|(document, id)| Some((document.parse().ok()?, id.parse().ok()?)));
        if let Some((document, registration)) = ids {
            chosen.entry(document).or_default().push(registration);
        }
    }
    if chosen.is_empty() {
        let page = ErasurePage { problem: Some(NONE_CHOSEN.to_owned()), ..ErasurePage::default() };
        return draw(&state, &runner, page).await;
    }
    let mut count = 0;
    for (document, registrations) in chosen {
        may_erase(&state, &runner, document).await.map_err(IntoResponse::into_response)?;
        let erased = state.erasures.erase_people(document, &registrations, clock::now_ms()).await;
        let new = erased.map_err(|error| ApiError::from(error).into_response())?;
        state.database.audit(Some(runner.account.id), "person_erased", &new.to_string()).await;
        count += registrations.len();
    }
    Ok(Redirect::to(&format!("{ERASURE}?raderade={count}")).into_response())
}

async fn runner(state: &AppState, auth: AuthSession) -> Result<Runner, Response> {
    let Some(account) = auth.user else {
        return Err(Redirect::to(&format!("/logga-in?next={ERASURE}")).into_response());
    };
    let owners = state.database.owners_run_by(account.id).await;
    let owners = owners.map_err(|error| ApiError::from(error).into_response())?;
    // As for what does not exist.
    if owners.is_empty() { Err(ApiError::NOT_FOUND.into_response()) } else { Ok(Runner { account, owners }) }
}

async fn may_erase(state: &AppState, runner: &Runner, document: DocumentId) -> Result<(), ApiError> {
    let owner = match state.database.owner_of(document).await {
        Err(sqlx::Error::RowNotFound) => return Err(ApiError::NOT_FOUND),
        owner => owner?,
    };
    runner.owners.iter().any(|one| one.key == owner).then_some(()).ok_or(ApiError::NOT_FOUND)
}

/// Who was found, and the occasions that could not be searched.
async fn hits(state: &AppState, runner: &Runner, wanted: &str) -> Result<(Vec<Hit>, Vec<String>), ApiError> {
    let mine: BTreeSet<&str> = runner.owners.iter().map(|owner| owner.key.as_str()).collect();
    let (mut hits, mut unread) = (Vec::new(), Vec::new());
    for kept in state.database.kept_occasions().await?.into_iter().filter(|kept| mine.contains(kept.owner.as_str())) {
        let view = match state.database.load_document(kept.document).await {
            Ok(stored) => occasion::read(&stored.document),
            Err(LoadError::Missing) => continue,
            Err(LoadError::Damaged) => {
                unread.push(kept.last_day.map_or(kept.title.clone(), |day| format!("{} {day}", kept.title)));
                continue;
            }
            Err(LoadError::Database(error)) => return Err(error.into()),
        };
        let day = view.facts.last_day().map(|day| format!(" {day}")).unwrap_or_default();
        let title = format!("{}{day}", view.facts.title);
        let found = view.registrations.into_iter().filter(|registration| {
            registration.name.to_lowercase().contains(wanted) || registration.email.to_lowercase().contains(wanted)
        });
        hits.extend(found.map(|registration| Hit {
            value: format!("{}:{}", kept.document, registration.id),
            decision: registration.decision.label().to_owned(),
            name: registration.name,
            email: registration.email,
            occasion: title.clone(),
        }));
    }
    Ok((hits, unread))
}

async fn draw(state: &AppState, runner: &Runner, page: ErasurePage) -> Result<Response, Response> {
    let owners = owners(state, runner).await.map_err(IntoResponse::into_response)?;
    let around = plain_page::around(state, "Gallring och radering", Some(&runner.account));
    let status = if page.problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(ErasurePage { around, owners, ..page }.draw())).into_response())
}

async fn owners(state: &AppState, runner: &Runner) -> Result<Vec<OwnerErasures>, ApiError> {
    let now_ms = clock::now_ms();
    let coming = state.erasures.coming().await?;
    let mut all = Vec::with_capacity(runner.owners.len());
    for owner in &runner.owners {
        let going = coming.iter().filter(|coming| coming.owner == owner.key).map(|coming| Going {
            title: coming.title.clone(),
            last_day: coming.last_day.map(|day| day.to_string()).unwrap_or_default(),
            people: coming.people,
            day: coming.goes_on(now_ms).to_string(),
            is_soon: coming.announced_at.is_some(),
        });
        let gone = state.database.erased_of(&owner.key).await?.into_iter().map(|row| Gone {
            day: swedish_day(row.at),
            title: row.title,
            last_day: row.last_day.unwrap_or_default(),
            people: row.people,
            is_part: row.is_part,
        });
        all.push(OwnerErasures {
            name: owner.name.clone(),
            retention_days: owner.retention_days,
            coming: going.collect(),
            gone: gone.collect(),
        });
    }
    Ok(all)
}

fn pairs(form: &[u8]) -> Vec<(String, String)> {
    serde_urlencoded::from_bytes(form).unwrap_or_default()
}
