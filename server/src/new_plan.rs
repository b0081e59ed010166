//! `POST /planer`: the form on the start page with which an editor opens a plan of a year. Works without JavaScript.

use app::{
    boot::{DocumentInfo, NEW_PLAN_PROBLEM},
    domain::ids::DocumentId,
};
use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    accounts::AuthSession,
    api::{ApiError, NewDocument, register_for},
    state::AppState,
    storage::documents::Kind,
};

/// The fields of the form, as they were typed.
#[derive(Deserialize)]
pub struct NewPlanForm {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    association: String,
    #[serde(default)]
    year: String,
}

/// Opens the plan and goes to it; to the one that is there already if there is one; or back to the form with the reason.
pub async fn create(State(state): State<AppState>, auth: AuthSession, Form(form): Form<NewPlanForm>) -> Response {
    let Some(account) = auth.user else { return Redirect::to("/logga-in").into_response() };
    let Some(year) = form.year.trim().parse::<i32>().ok() else { return problem("invalid_year") };
    let kind = if form.kind == Kind::County.as_str() { Kind::County } else { Kind::Plan };
    let title = match kind {
        Kind::County => format!("Länsgemensam plan {year}"),
        _ => format!("Budget {year}"),
    };
    let new = NewDocument {
        id: DocumentId::from_random(rand::random()).to_string(),
        kind: kind.as_str().to_owned(),
        association: form.association.clone(),
        of_county: false,
        year: Some(year),
        title,
        copy_of: None,
    };
    let is_there = |document: &DocumentInfo| {
        let own = kind == Kind::County || document.association.as_deref() == Some(form.association.as_str());
        document.kind == kind.as_str() && document.year == Some(year) && own
    };
    let document = match register_for(&state, &account, new).await {
        Ok(document) => Some(document),
        Err(error) if error.code() == "exists" => match state.database.readable_documents(account.id).await {
            Ok(documents) => documents.into_iter().find(is_there),
            Err(error) => return ApiError::from(error).into_response(),
        },
        Err(error) => return problem(error.code()),
    };
    match document.and_then(|document| document.address()) {
        Some(address) => Redirect::to(&address).into_response(),
        None => problem("exists"),
    }
}

fn problem(code: &str) -> Response {
    Redirect::to(&format!("/?{NEW_PLAN_PROBLEM}={code}")).into_response()
}
