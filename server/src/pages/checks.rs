//! The page of all checks: every plan at hand, checked as it is stored.

use app::{
    boot::{Checked, CheckedDocument, ChecksPage, DocumentInfo, PageData},
    document::{Kind, county, plan},
};
use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{county_link, render};
use crate::{accounts::Account, api::ApiError, relay::OpenError, state::AppState};

/// The page, for somebody who is signed in.
pub async fn page(state: &AppState, request: Request, user: Account) -> Response {
    let readable = match state.database.readable_documents(user.id).await {
        Ok(documents) => documents,
        Err(error) => return ApiError::from(error).into_response(),
    };
    match checks(state, &readable).await {
        Ok(page) => render(state, request, Some(&user), PageData::Checks(Box::new(page)), StatusCode::OK).await,
        Err(error) => ApiError::internal(&error).into_response(),
    }
}

/// Every plan that the user may read. One that is damaged is told of and hides no other.
async fn checks(state: &AppState, readable: &[DocumentInfo]) -> Result<ChecksPage, OpenError> {
    let mut documents = Vec::new();
    for info in readable.iter().filter(|info| info.has_checks()) {
        let open = match state.hub.open(info.id).await {
            Ok(open) => open,
            Err(OpenError::Quarantined) => {
                documents.push(CheckedDocument { document: info.clone(), checked: Checked::Unreadable });
                continue;
            }
            // Removed since it was listed.
            Err(OpenError::Missing) => continue,
            Err(error) => return Err(error),
        };
        documents.push(match Kind::from_name(&info.kind) {
            Some(Kind::County) => CheckedDocument::of_county(info.clone(), &open.read(county::read).await),
            _ => {
                let county = county_link(state, info, readable).await;
                CheckedDocument::of_plan(info.clone(), &open.read(plan::read).await, county.as_ref())
            }
        });
    }
    Ok(ChecksPage { documents, of_device: false })
}
