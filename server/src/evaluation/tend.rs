//! Asks whoever was there, the day after the last day.

use std::time::Duration;

use app::domain::{
    DocumentId, IsoDate,
    course::{Decision, Registration},
    date::swedish_day,
};
use tokio_util::sync::CancellationToken;

use super::store;
use crate::{
    clock,
    courses::{CourseError, token::Token},
    mail::{self, Letter, OccasionFacts, Occurrence},
    state::AppState,
    storage::document_id,
};

/// How often it is looked whether an occasion is over.
const LOOK: Duration = Duration::from_secs(15 * 60);
/// Who was at an occasion that ended longer ago than this is not asked any more, as after years of old courses are
/// brought in.
const ASKED_WITHIN_MS: i64 = 14 * 24 * 3_600 * 1_000;

/// Asks until `stop`.
pub async fn tend(state: AppState, stop: CancellationToken) {
    loop {
        if let Err(error) = ask(&state, clock::now_ms()).await {
            tracing::error!(%error, "participants were not asked for their evaluation");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Asks everybody who is to be asked now.
///
/// # Errors
/// If the database fails. One occasion that cannot be read is passed over.
pub async fn ask(state: &AppState, now_ms: i64) -> Result<(), sqlx::Error> {
    let rows: Vec<(Vec<u8>,)> =
        sqlx::query_as("SELECT document_id FROM occasions WHERE last_day < ? AND last_day >= ?")
            .bind(swedish_day(now_ms))
            .bind(swedish_day(now_ms.saturating_sub(ASKED_WITHIN_MS)))
            .fetch_all(state.database.pool())
            .await?;
    for (id,) in rows {
        let document = document_id(&id)?;
        if let Err(error) = ask_of(state, document, now_ms).await {
            tracing::warn!(%error, %document, "an occasion's participants were not asked");
        }
    }
    Ok(())
}

async fn ask_of(state: &AppState, document: DocumentId, now_ms: i64) -> Result<(), CourseError> {
    let (view, _) = state.courses.view(document).await?;
    let occasion = &view.facts;
    if occasion.is_called_off {
        return Ok(());
    }
    // Where nobody's attendance was ticked, whoever had a place was there as far as anybody knows.
    let is_ticked = view.registrations.iter().any(|registration| registration.attendance.values().any(|there| *there));
    let days: Vec<_> = occasion.days.iter().map(|day| day.date).collect();
    let to_ask = view.registrations.iter().filter(|registration| {
        let was_there =
            if is_ticked { was_there(registration, &days) } else { registration.decision == Decision::Confirmed };
        was_there && !registration.email.trim().is_empty()
    });
    let mut transaction = state.database.pool().begin_with("BEGIN IMMEDIATE").await?;
    let mut is_asked = false;
    for registration in to_ask {
        let token = Token::random();
        if !store::asked(&mut transaction, document, registration.id, &token.hash()).await? {
            continue;
        }
        let origin = state.origins.first().map_or("", String::as_str);
        let letter = Letter {
            document,
            registration: registration.id,
            to: registration.email.clone(),
            name: registration.name.clone(),
            occurrence: Occurrence::Evaluation { address: format!("{origin}{}", super::page::address(&token)) },
            facts: OccasionFacts::of(occasion),
            manage: None,
        };
        mail::queue(&mut transaction, &letter, now_ms).await?;
        is_asked = true;
    }
    if is_asked {
        transaction.commit().await?;
        state.post.wake();
    }
    Ok(())
}

fn was_there(registration: &Registration, days: &[IsoDate]) -> bool {
    registration.is_live() && days.iter().any(|day| registration.was_there(*day))
}
