//! What time and other people's writing bring about: documents with news are looked at, offers run out, and what has stood
//! long enough is told. `remind` has the reminders.

use std::time::Duration;

use app::domain::ids::DocumentId;
use tokio_util::sync::CancellationToken;

use super::{CourseError, Courses};
use crate::{clock, storage::document_id};

/// How often offers are looked at.
const EVERY: Duration = Duration::from_secs(20);
/// What is written at one go is looked at together.
const GATHER: Duration = Duration::from_millis(150);

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

    /// Ends the offers that have run out by now, offers the places to the next, and tells of facts that have stood for a
    /// while.
    pub async fn look_at_time(&self, now_ms: i64) {
        let rows = sqlx::query_as(
            "SELECT document_id FROM places WHERE offered_until <= ?
             UNION SELECT document_id FROM occasions WHERE untold_since <= ?",
        )
        .bind(now_ms)
        .bind(now_ms.saturating_sub(self.quiet_ms()))
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
        match documents(rows) {
            Ok(documents) => {
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

/// The documents of rows that are nothing but ids.
pub(super) fn documents(rows: Result<Vec<(Vec<u8>,)>, sqlx::Error>) -> Result<Vec<DocumentId>, sqlx::Error> {
    rows?.into_iter().map(|(id,)| document_id(&id)).collect()
}
