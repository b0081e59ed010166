//! The form that participants fill in, and what their answers come to for those who run the course.

use std::collections::BTreeMap;

use app::{
    domain::course::evaluation::{self, Evaluation},
    pages::public::{
        SIGN_UP,
        evaluation::{EvaluationForm, EvaluationPage},
        field::Filled,
        message,
    },
};
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::store::Link;
use crate::{
    accounts::AuthSession,
    courses::{listing, token::Token},
    plain_page::{self, around, failed, not_found, plain_page, without_referrer},
    state::AppState,
};

/// `GET /utvardering/{token}`.
pub async fn form(State(state): State<AppState>, Path(token): Path<String>) -> Response {
    let answer = match link(&state, &token).await {
        Ok(Some((_, link))) if link.is_used => thanks(&state),
        Ok(Some((token, link))) => shown(&state, &token, link, Filled::default(), StatusCode::OK).await,
        Ok(None) => unknown(&state),
        Err(error) => failed(&state, None, &error),
    };
    without_referrer(answer)
}

/// `POST /utvardering/{token}`.
pub async fn answer(
    State(state): State<AppState>,
    Path(token): Path<String>,
    Form(values): Form<BTreeMap<String, String>>,
) -> Response {
    let answer = match link(&state, &token).await {
        Ok(Some((_, link))) if link.is_used => thanks(&state),
        Ok(Some((token, link))) => keep(&state, &token, link, values).await,
        Ok(None) => unknown(&state),
        Err(error) => failed(&state, None, &error),
    };
    without_referrer(answer)
}

async fn keep(state: &AppState, token: &Token, link: Link, values: BTreeMap<String, String>) -> Response {
    let answers = match evaluation::read(&values) {
        Ok(answers) => answers,
        Err(problems) => {
            let filled = Filled { values, problems, refused: None };
            return shown(state, token, link, filled, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    // Whoever sends it twice has answered once.
    match state.database.keep_evaluation(&token.hash(), &answers).await {
        Ok(_) => Redirect::to(&address(token)).into_response(),
        Err(error) => failed(state, None, &error),
    }
}

/// `GET /kurser/{id}/utvardering`.
pub async fn result(State(state): State<AppState>, auth: AuthSession, Path(id): Path<String>) -> Response {
    let Some(account) = auth.user else { return Redirect::to("/logga-in").into_response() };
    let found = async {
        let Ok(document) = id.parse() else { return Ok(None) };
        let info = state.database.readable_document(account.id, document).await?;
        // Nobody but those who run it may read an occasion.
        let Some(info) = info.filter(|info| info.kind == "occasion") else { return Ok(None) };
        let (answers, asked) = state.database.evaluations(document).await?;
        Ok::<_, sqlx::Error>(Some((info, Evaluation::of(&answers), asked)))
    };
    match found.await {
        Ok(Some((info, evaluation, asked))) => {
            let around = around(&state, "Utvärdering", Some(&account));
            let occasion = (info.title, format!("/kurser/{}", info.id));
            plain_page::answer(StatusCode::OK, EvaluationPage { around, occasion, asked, evaluation }.draw())
        }
        Ok(None) => not_found(&state, Some(&account)),
        Err(error) => failed(&state, Some(&account), &error),
    }
}

/// Where the form of a link is.
pub fn address(token: &Token) -> String {
    format!("/utvardering/{}", token.to_text())
}

async fn link(state: &AppState, token: &str) -> Result<Option<(Token, Link)>, sqlx::Error> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    Ok(state.database.evaluation_link(&token.hash()).await?.map(|link| (token, link)))
}

async fn shown(state: &AppState, token: &Token, link: Link, filled: Filled, status: StatusCode) -> Response {
    let occasion = match listing::of_document(&state.database, link.document).await {
        Ok(known) => known.map(|known| known.facts.title).unwrap_or_default(),
        Err(error) => return failed(state, None, &error),
    };
    let form =
        EvaluationForm { around: around(state, "Vad tyckte du?", None), occasion, action: address(token), filled };
    plain_page::answer(status, form.draw())
}

fn thanks(state: &AppState) -> Response {
    let text = "Dina svar är sparade, utan namn. Länken går inte att använda en gång till.";
    told(state, StatusCode::OK, "Tack för dina svar", text)
}

fn unknown(state: &AppState) -> Response {
    let text = "Länken är fel eller för gammal. Kontrollera att hela länken kom med från mejlet.";
    told(state, StatusCode::NOT_FOUND, "Länken går inte att använda", text)
}

fn told(state: &AppState, status: StatusCode, heading: &'static str, text: &'static str) -> Response {
    plain_page(state, status, heading, None, || message(heading, text, (SIGN_UP, "Se kurser och träffar")))
}
