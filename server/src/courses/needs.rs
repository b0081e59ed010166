//! `/kurser/{occasion}/behov`: what those who come have told of diet, allergies and access. For whoever runs the course.

use app::{
    domain::{Decision, ids::DocumentId},
    pages::public::needs::{NeedsPage, NeedsRow},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::CourseError;
use crate::{
    accounts::{Account, AuthSession},
    plain_page::{answer, around, failed, not_found},
    state::AppState,
};

/// `GET /kurser/{occasion}/behov`.
pub async fn page(State(state): State<AppState>, auth: AuthSession, Path(id): Path<String>) -> Response {
    // Only what reads as an id goes back into an address.
    let Ok(document) = id.parse::<DocumentId>() else { return not_found(&state, auth.user.as_ref()) };
    let Some(account) = auth.user else {
        return Redirect::to(&format!("/logga-in?next=/kurser/{document}/behov")).into_response();
    };
    match needs_page(&state, &account, document).await {
        Ok(Some(page)) => {
            state.database.audit(Some(account.id), "needs_read", &document.to_string()).await;
            answer(StatusCode::OK, page.draw())
        }
        Ok(None) => not_found(&state, Some(&account)),
        Err(error) => failed(&state, Some(&account), &error),
    }
}

async fn needs_page(
    state: &AppState,
    account: &Account,
    document: DocumentId,
) -> Result<Option<NeedsPage>, CourseError> {
    // An occasion is read by those alone who run it.
    let info = state.database.readable_document(account.id, document).await?;
    if info.is_none_or(|info| info.kind != "occasion") {
        return Ok(None);
    }
    let (view, _) = state.courses.view(document).await?;
    let mut rows = Vec::new();
    for one in &view.registrations {
        if matches!(one.decision, Decision::Cancelled | Decision::Declined) {
            continue;
        }
        let needs = state.courses.needs(one.id).await?;
        if !needs.is_empty() {
            let needs = needs.into_iter().map(|(what, told)| (what.label(), told)).collect();
            rows.push(NeedsRow { name: one.name.clone(), needs });
        }
    }
    let title = view.facts.title;
    let around = around(state, &format!("Särskilda behov: {title}"), Some(account));
    Ok(Some(NeedsPage { around, title, room: format!("/kurser/{document}"), rows }))
}
