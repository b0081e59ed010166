//! `/kurser/statistik`, for those who run courses: counted from the occasions that are here, and from what was kept of those
//! that were erased. The same counts stand beside each association's plan.

use app::{
    boot::{DocumentInfo, courses},
    document::{county, occasion, plan},
    domain::{
        Year,
        course::{
            follow_up::{CourseFollowUp, LineCost, Tally, item_costs, line_costs},
            statistics::Statistics,
        },
    },
    pages::public::statistics::{STATISTICS, StatisticsPage},
};
use axum::{
    extract::{RawQuery, State},
    response::{Html, IntoResponse, Redirect, Response},
};

use crate::{
    accounts::AuthSession, api::ApiError, erasure::counts, plain_page, state::AppState, storage::content::LoadError,
};

/// All that was counted of an owner.
#[derive(Debug, Default)]
pub struct Counted {
    /// By course, party, sex and year.
    pub statistics: Statistics,
    /// Occasion by occasion.
    pub follow_up: CourseFollowUp,
}

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
    let year: Option<i32> = asked("ar").and_then(|year| year.parse().ok());
    let Counted { statistics, follow_up } = counted(&state, &owner).await?;
    let readable = state.database.readable_documents(account.id).await?;
    let years = statistics.years().into_iter().filter(|of| year.is_none_or(|year| year == *of));
    let mut costs = Vec::new();
    for of in years {
        let own = CourseFollowUp { erased: state.database.erased_by_line(&owner, of).await?, ..follow_up.clone() };
        let own = own.of_year(of);
        costs.push((of, costs_of(&state, &own, budget_of(&owner, of, &readable), of).await));
    }
    let around = plain_page::around(&state, "Statistik över kurser", Some(&account));
    let owners = owners.into_iter().map(|owner| (owner.key, owner.name)).collect();
    Ok(Html(StatisticsPage { around, owners, owner, statistics, costs, year }.draw()).into_response())
}

/// All that was counted of an owner.
///
/// # Errors
/// If the database does not answer.
pub async fn counted(state: &AppState, owner: &str) -> Result<Counted, ApiError> {
    let mut counted = Counted::default();
    counts::add(&mut counted.statistics, &state.database.course_counts(owner).await?);
    counted.follow_up.add_erased(&counted.statistics);
    for kept in state.database.kept_occasions().await?.into_iter().filter(|kept| kept.owner == owner) {
        match state.database.load_document(kept.document).await {
            Ok(stored) => {
                let view = occasion::read(&stored.document);
                counted.statistics.count(&view.facts, &view.registrations);
                counted.follow_up.tallies.push(Tally::of(kept.document, &view.facts, &view.registrations));
            }
            // One that cannot be read is no reason to show nothing.
            Err(LoadError::Missing | LoadError::Damaged) => {}
            Err(LoadError::Database(error)) => return Err(error.into()),
        }
    }
    Ok(counted)
}

/// What stands beside an association's plan of a year.
///
/// # Errors
/// If the database does not answer.
pub async fn beside_plan(state: &AppState, association: &str, year: i32) -> Result<CourseFollowUp, ApiError> {
    let mut follow_up = counted(state, association).await?.follow_up.of_year(year);
    follow_up.erased = state.database.erased_by_line(association, year).await?;
    Ok(follow_up)
}

/// The plan of the year that says what the owner's courses cost, if the user may read it.
fn budget_of<'a>(owner: &str, year: i32, readable: &'a [DocumentInfo]) -> Option<&'a DocumentInfo> {
    let county = owner.strip_prefix("county/");
    let association = county.is_none().then_some(owner);
    courses::budget_of(association, county, Some(year), readable)
}

/// What participants cost. A plan that cannot be read leaves the cost unknown.
async fn costs_of(
    state: &AppState,
    follow_up: &CourseFollowUp,
    budget: Option<&DocumentInfo>,
    year: i32,
) -> Vec<LineCost> {
    let participants = follow_up.participants();
    let open = match budget {
        Some(info) => state.hub.open(info.id).await.ok().map(|open| (open, info)),
        None => None,
    };
    match open {
        Some((open, info)) if info.association.is_none() => {
            let plan = open.read(county::read).await;
            item_costs(&participants, plan.items.iter().map(|view| &view.item))
        }
        Some((open, _)) => {
            let plan = open.read(plan::read).await;
            let Some((budget, year)) = plan.budget().zip(Year::new(year).ok()) else { return Vec::new() };
            line_costs(&participants, &budget, year, plan.outcomes.last().map(|view| &view.outcome))
        }
        None => item_costs(&participants, []),
    }
}
