//! `/kurser/brev`: what became of each letter, for those who run the courses, and what they do about it.

use app::{
    boot::DocumentInfo,
    domain::{
        DocumentId,
        date::{swedish_day, swedish_time},
    },
    pages::public::letters::{LETTERS, LetterRow, LettersPage, Standing},
};
use axum::{
    Form,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::invite::Invite;
use super::outbox::{self, Listed, reason};
use crate::{
    accounts::{Account, AuthSession},
    api::ApiError,
    clock, plain_page,
    state::AppState,
};

/// Letters of one occasion that are shown at most: the newest.
const AT_MOST: u32 = 500;

/// What is shown, in an address and in a form.
#[derive(Debug, Default, Deserialize)]
pub struct Shown {
    #[serde(default)]
    visa: String,
    /// How many letters were just tried again.
    igen: Option<u64>,
}

/// What is to be done about a letter.
#[derive(Debug, Deserialize)]
pub struct Answer {
    #[serde(default)]
    gor: String,
    #[serde(default)]
    visa: String,
}

/// The letters of every occasion that the user runs.
pub async fn letters(State(state): State<AppState>, auth: AuthSession, Query(shown): Query<Shown>) -> Response {
    let Some(account) = auth.user else { return Redirect::to("/logga-in?next=/kurser/brev").into_response() };
    match page(&state, &account, &shown).await {
        Ok(None) => plain_page::not_found(&state, Some(&account)),
        Ok(Some(page)) => plain_page::answer(StatusCode::OK, page.draw()),
        Err(error) => plain_page::failed(&state, Some(&account), &error),
    }
}

/// Does what the user wants with a letter, and shows the list again.
pub async fn answer(
    State(state): State<AppState>,
    auth: AuthSession,
    Path(number): Path<i64>,
    Form(answer): Form<Answer>,
) -> Response {
    let Some(account) = auth.user else { return ApiError::SIGNED_OUT.into_response() };
    match act(&state, &account, number, &answer.gor).await {
        Ok(false) => plain_page::not_found(&state, Some(&account)),
        Ok(true) if answer.visa == "alla" => {
            Redirect::to(&format!("{LETTERS}?visa=alla#brev-{number}")).into_response()
        }
        Ok(true) => Redirect::to(LETTERS).into_response(),
        Err(error) => plain_page::failed(&state, Some(&account), &error),
    }
}

/// `POST /kurser/brev/alla`: tries everything again that was given up.
pub async fn retry_all(State(state): State<AppState>, auth: AuthSession) -> Response {
    let Some(account) = auth.user else { return ApiError::SIGNED_OUT.into_response() };
    let done = async {
        let mut count = 0;
        for occasion in runs(&state, &account).await? {
            let tried = state.database.retry_letters_of(occasion.id, clock::now_ms()).await?;
            if tried > 0 {
                state.database.audit(Some(account.id), "letters_retried", &occasion.id.to_string()).await;
            }
            count += tried;
        }
        Ok::<_, sqlx::Error>(count)
    };
    match done.await {
        Ok(count) => {
            state.post.hurry();
            Redirect::to(&format!("{LETTERS}?igen={count}")).into_response()
        }
        Err(error) => plain_page::failed(&state, Some(&account), &error),
    }
}

/// `GET /kurser/brev/{number}/kalender`: the invitation of a letter that somebody sends themselves, to be attached.
pub async fn invite(State(state): State<AppState>, auth: AuthSession, Path(number): Path<i64>) -> Response {
    let Some(account) = auth.user else { return ApiError::SIGNED_OUT.into_response() };
    match invite_of(&state, &account, number).await {
        Ok(None) => plain_page::not_found(&state, Some(&account)),
        Ok(Some(calendar)) => {
            let headers = [
                (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"kurs.ics\""),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, calendar).into_response()
        }
        Err(error) => plain_page::failed(&state, Some(&account), &error),
    }
}

/// The calendar, sent by whoever sends the letter; none where there is no such letter for this user, or nothing with it.
async fn invite_of(state: &AppState, account: &Account, number: i64) -> Result<Option<String>, sqlx::Error> {
    if occasion_of(state, account, number).await?.is_none() {
        return Ok(None);
    }
    let Some(json) = state.database.invite_of_letter(number).await? else { return Ok(None) };
    let invite: Invite = serde_json::from_str(&json).map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    let sender = state.database.address_of(account.id).await?;
    Ok(Some(invite.calendar(&sender)))
}

/// The occasion that a letter is of. A letter of somebody else's is not told from one that does not exist.
async fn occasion_of(state: &AppState, account: &Account, number: i64) -> Result<Option<DocumentId>, sqlx::Error> {
    let Some(document) = state.database.occasion_of_letter(number).await? else { return Ok(None) };
    let is_run = runs(state, account).await?.iter().any(|occasion| occasion.id == document);
    Ok(is_run.then_some(document))
}

/// Does it; false where there is no such letter for this user.
async fn act(state: &AppState, account: &Account, number: i64, what: &str) -> Result<bool, sqlx::Error> {
    let Some(document) = occasion_of(state, account, number).await? else { return Ok(false) };
    let (now, subject) = (clock::now_ms(), document.to_string());
    match what {
        "igen" if state.database.retry_letter(number, now).await? => {
            state.database.audit(Some(account.id), "letter_retried", &subject).await;
            state.post.hurry();
        }
        "skickat" => {
            state.database.letter_sent_by_hand(number, now).await?;
            state.database.audit(Some(account.id), "letter_sent_by_hand", &subject).await;
        }
        _ => {}
    }
    Ok(true)
}

/// The occasions that the user runs; nobody else may read one.
async fn runs(state: &AppState, account: &Account) -> Result<Vec<DocumentInfo>, sqlx::Error> {
    let mut readable = state.database.readable_documents(account.id).await?;
    readable.retain(|document| document.kind == "occasion");
    Ok(readable)
}

/// The page; none for those who run no courses, as for what does not exist.
async fn page(state: &AppState, account: &Account, shown: &Shown) -> Result<Option<LettersPage>, sqlx::Error> {
    if state.database.owners_run_by(account.id).await?.is_empty() {
        return Ok(None);
    }
    let shows_all = shown.visa == "alla";
    let is_set_up = state.post.is_set_up();
    let mut occasions = Vec::new();
    for occasion in runs(state, account).await? {
        let letters = match shows_all {
            true => state.database.letters_of(occasion.id, AT_MOST).await?,
            false => state.database.unsent_letters_of(occasion.id, AT_MOST).await?,
        };
        let rows = letters.into_iter().map(|letter| row(letter, is_set_up));
        let rows: Vec<_> = rows.filter(|row| shows_all || row.standing != Standing::Out).collect();
        if !rows.is_empty() {
            occasions.push((occasion.title, rows));
        }
    }
    let around = plain_page::around(state, "Brev", Some(account));
    let tried = shown.igen.map(tried_again);
    Ok(Some(LettersPage { around, notice: notice(state), tried, is_set_up, shows_all, occasions }))
}

fn tried_again(count: u64) -> String {
    match count {
        0 => "Det finns inget brev att försöka med igen.".to_owned(),
        1 => "1 brev skickas nu. Ladda om sidan om en stund för att se om det kom fram.".to_owned(),
        count => format!("{count} brev skickas nu. Ladda om sidan om en stund för att se om de kom fram."),
    }
}

fn notice(state: &AppState) -> Option<(String, String)> {
    if !state.post.is_set_up() {
        return Some((
            "Breven skickas inte av sig själva".to_owned(),
            "Ingen e-postserver är inställd. Breven sparas här. Skicka dem själv, med kalenderbokningen bifogad där det finns \
             en, och markera dem som skickade, eller be den som sköter Samplan att ställa in en e-postserver."
                .to_owned(),
        ));
    }
    state.post.away_since().map(|since| {
        (
            "E-postservern svarar inte".to_owned(),
            format!("Den har inte svarat sedan {}. Breven väntar och skickas när den är tillbaka.", when(since)),
        )
    })
}

fn row(letter: Listed, is_set_up: bool) -> LetterRow {
    let (standing, state) = match &letter.state {
        outbox::State::Sent { at_ms } => (Standing::Out, format!("Skickat {}", when(*at_ms))),
        outbox::State::SentByHand { at_ms } => (Standing::Out, format!("Skickat för hand {}", when(*at_ms))),
        outbox::State::Waiting { .. } if !is_set_up => (Standing::Waiting, "Inte skickat".to_owned()),
        outbox::State::Waiting { attempts: 0, .. } => (Standing::Waiting, "På väg".to_owned()),
        outbox::State::Waiting { attempts, next_ms } => {
            let times = if *attempts == 1 { "1 försök".to_owned() } else { format!("{attempts} försök") };
            (Standing::Waiting, format!("{times}, nästa {}", when(*next_ms)))
        }
        outbox::State::Failed { reason } => (Standing::Stuck, why(reason)),
    };
    let is_too_late = matches!(&letter.state, outbox::State::Failed { reason } if reason == reason::TOO_LATE);
    let can_retry = is_set_up && !is_too_late && !letter.is_overtaken;
    let state = if letter.is_overtaken { format!("{state}. Ett senare brev har gått iväg") } else { state };
    LetterRow {
        number: letter.position,
        to: (letter.name, letter.recipient),
        subject: letter.subject,
        text: letter.text,
        written: when(letter.created_at),
        standing,
        can_retry,
        can_send: !is_too_late,
        has_invite: letter.has_invite && !is_too_late,
        state,
    }
}

fn why(reason: &str) -> String {
    match reason {
        reason::BAD_ADDRESS => "Adressen stämmer inte".to_owned(),
        reason::GAVE_UP => "Gick inte att skicka".to_owned(),
        reason::TOO_LATE => "För sent att skicka".to_owned(),
        reason::UNREADABLE => "Brevet är skadat".to_owned(),
        code => format!("E-postservern sa nej ({})", code.trim_start_matches("smtp_")),
    }
}

fn when(at_ms: i64) -> String {
    format!("{} {}", swedish_day(at_ms), swedish_time(at_ms))
}
