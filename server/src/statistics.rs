//! `/kurser/statistik`, for those who run courses: counted from the occasions that are here, and from what was kept of those
//! that were erased.

use app::{
    document::occasion,
    domain::course::statistics::Statistics,
    pages::public::{
        Around,
        statistics::{STATISTICS, StatisticsPage},
    },
};
use axum::{
    extract::{RawQuery, State},
    response::{Html, IntoResponse, Redirect, Response},
};

use crate::{accounts::AuthSession, api::ApiError, erasure::counts, state::AppState, storage::content::LoadError};

/// `GET`: the page.
pub async fn page(
    State(state): State<AppState>,
    auth: AuthSession,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let Some(account) = auth.user else {
        return Ok(Redirect::to(&format!("/logga-in?next={STATISTICS}")).into_response());
    };
    let owners = state.database.owners_run_by(account.id).await?;
    let asked: Vec<(String, String)> = serde_urlencoded::from_str(&query.unwrap_or_default()).unwrap_or_default();
    let asked = |name: &str| asked.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let chosen = asked("arrangor").and_then(|key| owners.iter().find(|owner| owner.key == key));
    // As for what does not exist, to those who run no courses.
    let owner = chosen.or(owners.first()).ok_or(ApiError::NOT_FOUND)?.key.clone();
    let year = asked("ar").and_then(|year| year.parse().ok());
    let statistics = of_owner(&state, &owner).await?;
    let around = Around {
        title: "Statistik över kurser".to_owned(),
        css: state.assets.css.clone(),
        account: Some(account.name),
    };
    let owners = owners.into_iter().map(|owner| (owner.key, owner.name)).collect();
    Ok(Html(StatisticsPage { around, owners, owner, statistics, year }.draw()).into_response())
}

/// All that was counted of an owner.
///
/// # Errors
/// If the database does not answer.
pub async fn of_owner(state: &AppState, owner: &str) -> Result<Statistics, ApiError> {
    let mut statistics = Statistics::default();
    counts::add(&mut statistics, &state.database.course_counts(owner).await?);
    for kept in state.database.kept_occasions().await?.into_iter().filter(|kept| kept.owner == owner) {
        match state.database.load_document(kept.document).await {
            Ok(stored) => {
                let view = occasion::read(&stored.document);
                statistics.count(&view.facts, &view.registrations);
            }
            // One that cannot be read is no reason to show nothing.
            Err(LoadError::Missing | LoadError::Damaged) => {}
            Err(LoadError::Database(error)) => return Err(error.into()),
        }
    }
    Ok(statistics)
}
