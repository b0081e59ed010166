//! *Påminnelse*: who has a place is reminded before the first day, once for each time that days or place are told.

use app::domain::{IsoDate, ids::DocumentId};

use super::{CourseError, Courses, letters::Telling, places::today, tend::documents};

/// Who has a place is reminded so many days before the first day, at the latest.
const REMIND_DAYS: i64 = 2;
const DAY_MS: i64 = 24 * 3_600_000;

/// The last of the first days that it is time to be reminded of.
pub fn soon(now_ms: i64) -> Option<IsoDate> {
    today(now_ms.saturating_add(REMIND_DAYS * DAY_MS))
}

impl Courses {
    /// Reminds those who have a place of what is soon, once.
    pub async fn remind(&self, now_ms: i64) {
        let (Some(today), Some(soon)) = (today(now_ms), soon(now_ms)) else { return };
        let rows = sqlx::query_as(
            "SELECT o.document_id FROM occasions o WHERE o.first_day > ? AND o.first_day <= ? AND EXISTS (
                 SELECT 1 FROM places p
                 WHERE p.document_id = o.document_id AND p.state = 'confirmed' AND p.reminded_at IS NULL)",
        )
        .bind(today.to_string())
        .bind(soon.to_string())
        .fetch_all(self.database.pool());
        let documents = match documents(rows.await) {
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
