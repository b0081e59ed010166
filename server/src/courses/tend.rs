//! What time and other people's writing bring about: documents with news are looked at, offers run out, reminders go out.

use std::time::Duration;

use app::domain::ids::DocumentId;
use tokio_util::sync::CancellationToken;

use super::{CourseError, Courses, letters::Telling, places::today};
use crate::{clock, storage::document_id};

/// How often offers are looked at.
const EVERY: Duration = Duration::from_secs(20);
/// What is written at one go is looked at together.
const GATHER: Duration = Duration::from_millis(150);

/// Who has a place is reminded so many days before the first day, at the latest.
const REMIND_DAYS: i64 = 2;
const DAY_MS: i64 = 24 * 3_600_000;

/// Looks after the occasions until the relay stops.
pub async fn tend(courses: Courses, stop: CancellationToken) {
    courses.catch_up().await;
    let changed = courses.hub.changed().clone();
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = every.tick() => {
                courses.views.forget();
                courses.look_at_time(clock::now_ms()).await;
            }
            mut documents = changed.next() => {
                tokio::time::sleep(GATHER).await;
                documents.append(&mut changed.take());
                for document in documents {
                    courses.look_at(document, clock::now_ms()).await;
                }
            }
        }
    }
}

impl Courses {
    /// Completes what a crash left: looks at each occasion whose document is not the one that was last looked at.
    pub async fn catch_up(&self) {
        let rows = sqlx::query_as(
            "SELECT d.id FROM documents d LEFT JOIN occasions o ON o.document_id = d.id
             WHERE d.kind = 'occasion' AND (o.heads IS NULL OR o.heads <> d.heads)",
        )
        .fetch_all(self.database.pool());
        self.look_at_all(rows.await, clock::now_ms()).await;
    }

    /// Ends the offers that have run out by now, and offers the places to the next.
    pub async fn look_at_time(&self, now_ms: i64) {
        let rows = sqlx::query_as("SELECT DISTINCT document_id FROM places WHERE offered_until <= ?")
            .bind(now_ms)
            .fetch_all(self.database.pool());
        self.look_at_all(rows.await, now_ms).await;
        self.remind(now_ms).await;
    }

    /// Does what is still to be done for an occasion; the log is told where it cannot be done.
    pub async fn look_at(&self, document: DocumentId, now_ms: i64) {
        match self.is_occasion(document).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => return tracing::error!(%document, %error, "occasion not looked at"),
        }
        if let Err(error) = self.reconcile(document, now_ms).await {
            tracing::error!(%document, %error, "occasion not looked at");
        }
    }

    async fn look_at_all(&self, rows: Result<Vec<(Vec<u8>,)>, sqlx::Error>, now_ms: i64) {
        let ids = |rows: Vec<(Vec<u8>,)>| rows.into_iter().map(|(id,)| document_id(&id)).collect();
        match rows.and_then(ids) {
            Ok(documents) => {
                let documents: Vec<DocumentId> = documents;
                for document in documents {
                    self.look_at(document, now_ms).await;
                }
            }
            Err(error) => tracing::error!(%error, "occasions not looked at"),
        }
    }

    async fn is_occasion(&self, document: DocumentId) -> Result<bool, CourseError> {
        let row: Option<(i64,)> = sqlx::query_as("SELECT 1 FROM documents WHERE id = ? AND kind = 'occasion'")
            .bind(document.as_bytes().as_slice())
            .fetch_optional(self.database.pool())
            .await?;
        Ok(row.is_some())
    }
}

impl Courses {
    /// Reminds those who have a place of what is soon, once.
    pub async fn remind(&self, now_ms: i64) {
        let days = (today(now_ms), today(now_ms.saturating_add(REMIND_DAYS * DAY_MS)));
        let (Some(today), Some(soon)) = days else { return };
        let rows = sqlx::query_as(
            "SELECT o.document_id FROM occasions o WHERE o.first_day > ? AND o.first_day <= ? AND EXISTS (
                 SELECT 1 FROM places p
                 WHERE p.document_id = o.document_id AND p.state = 'confirmed' AND p.reminded_at IS NULL)",
        )
        .bind(today.to_string())
        .bind(soon.to_string())
        .fetch_all(self.database.pool());
        let ids = |rows: Vec<(Vec<u8>,)>| rows.into_iter().map(|(id,)| document_id(&id)).collect();
        let documents: Result<Vec<DocumentId>, sqlx::Error> = rows.await.and_then(ids);
        let documents = match documents {
            Ok(documents) => documents,
            Err(error) => return tracing::error!(%error, "nobody is reminded"),
        };
        for document in documents {
            if let Err(error) = self.remind_of(document, now_ms).await {
                tracing::error!(%document, %error, "not reminded");
            }
        }
    }

    async fn remind_of(&self, document: DocumentId, now_ms: i64) -> Result<(), CourseError> {
        let (view, _) = self.view(document).await?;
        let _turn = self.turn.lock().await;
        let mut transaction = self.database.pool().begin_with("BEGIN IMMEDIATE").await?;
        let telling = Telling { document, facts: &view.facts, origin: &self.origin, now_ms };
        for registration in &view.registrations {
            let marked = sqlx::query(
                "UPDATE places SET reminded_at = ?
                 WHERE registration_id = ? AND state = 'confirmed' AND reminded_at IS NULL",
            )
            .bind(now_ms)
            .bind(registration.id.as_bytes().as_slice())
            .execute(&mut *transaction)
            .await?;
            // Who signed up today has just been told.
            let is_new = now_ms.saturating_sub(registration.registered_at) < DAY_MS;
            if marked.rows_affected() > 0 && registration.is_live() && !is_new && !view.facts.is_called_off {
                telling.remind(&mut transaction, registration).await?;
            }
        }
        transaction.commit().await?;
        Ok(())
    }
}
