//! The ledger of places: what was decided of each registration, in what order they came, and who has been told.
//!
//! A row and the letter that tells of it are written in one transaction. What is here already is not told again, so that
//! writing the same twice, as after a crash, does nothing.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    document::occasion::OccasionView,
    domain::{
        Decision, Occasion, Registration,
        ids::{DocumentId, RegistrationId},
    },
};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::{
    CourseError, Courses, letters,
    news::{News, Told},
    places::{Kept, today},
    token::Token,
};

/// What the ledger has of an occasion.
pub async fn kept(
    executor: impl SqliteExecutor<'_>,
    document: DocumentId,
) -> Result<BTreeMap<RegistrationId, Kept>, sqlx::Error> {
    let rows: Vec<(Vec<u8>, i64, String)> =
        sqlx::query_as("SELECT registration_id, arrival, state FROM places WHERE document_id = ?")
            .bind(document.as_bytes().as_slice())
            .fetch_all(executor)
            .await?;
    rows.into_iter()
        .map(|(id, arrival, state)| {
            let arrival = u64::try_from(arrival).unwrap_or_default();
            Ok((registration_id(&id)?, Kept { arrival, decision: Decision::from_word(&state) }))
        })
        .collect()
}

/// The heads that are stored of a document; none where there is no such document.
pub async fn heads(executor: impl SqliteExecutor<'_>, document: DocumentId) -> Result<Vec<u8>, sqlx::Error> {
    let row: Option<(Vec<u8>,)> = sqlx::query_as("SELECT heads FROM documents WHERE id = ?")
        .bind(document.as_bytes().as_slice())
        .fetch_optional(executor)
        .await?;
    Ok(row.map(|(heads,)| heads).unwrap_or_default())
}

/// Has letters that have not gone out go to the address that the registration has now: a misspelt one is the usual reason
/// why they have not.
async fn readdress(
    connection: &mut SqliteConnection,
    document: DocumentId,
    view: &OccasionView,
) -> Result<(), sqlx::Error> {
    let unsent: Vec<(Vec<u8>, String)> = sqlx::query_as(
        "SELECT DISTINCT registration_id, recipient FROM letters WHERE document_id = ? AND sent_at IS NULL",
    )
    .bind(document.as_bytes().as_slice())
    .fetch_all(&mut *connection)
    .await?;
    for (id, recipient) in unsent {
        let Some(registration) = view.registration(registration_id(&id)?) else { continue };
        let email = registration.email.trim();
        if email.is_empty() || email == recipient {
            continue;
        }
        sqlx::query("UPDATE letters SET recipient = ?, name = ? WHERE registration_id = ? AND sent_at IS NULL")
            .bind(email)
            .bind(&registration.name)
            .bind(&id)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// A registration's id from a column that the schema holds to sixteen bytes.
pub fn registration_id(bytes: &[u8]) -> Result<RegistrationId, sqlx::Error> {
    let bytes = bytes.try_into().map_err(|_| sqlx::Error::Decode("a registration id of other than 16 bytes".into()))?;
    Ok(RegistrationId::from_random(bytes))
}

impl Courses {
    /// Brings the ledger up to what an occasion says, and queues the letters for what is new in it.
    pub(super) async fn record(
        &self,
        document: DocumentId,
        view: &OccasionView,
        heads: &[u8],
        now_ms: i64,
    ) -> Result<(), CourseError> {
        let _turn = self.turn.lock().await;
        let mut transaction = self.database.pool().begin_with("BEGIN IMMEDIATE").await?;
        let kept = kept(&mut *transaction, document).await?;
        let before = Told::load(&mut transaction, document).await?;
        let (told, news) = Told::next(before, &view.facts, today(now_ms), now_ms, self.quiet_ms());
        let telling = letters::Telling { document, facts: &view.facts, origin: &self.origin, now_ms };
        for registration in &view.registrations {
            let before = kept.get(&registration.id).map(|kept| &kept.decision);
            self.note(&mut transaction, &telling, registration, before).await?;
        }
        readdress(&mut transaction, document, view).await?;
        if let Some(news) = news {
            tell_all(&mut transaction, &telling, view, &kept, news).await?;
            forget_reminders(&mut transaction, &telling).await?;
        }
        write_facts(&mut transaction, document, &view.facts, heads, &told).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Brings one registration's row up to date, with a personal link that its person has seen already.
    pub(super) async fn record_one(
        &self,
        document: DocumentId,
        facts: &Occasion,
        registration: &Registration,
        token: &Token,
        now_ms: i64,
    ) -> Result<(), CourseError> {
        let _turn = self.turn.lock().await;
        let mut transaction = self.database.pool().begin_with("BEGIN IMMEDIATE").await?;
        let row: Option<(String,)> = sqlx::query_as("SELECT state FROM places WHERE registration_id = ?")
            .bind(registration.id.as_bytes().as_slice())
            .fetch_optional(&mut *transaction)
            .await?;
        let before = row.map(|(state,)| Decision::from_word(&state));
        let telling = letters::Telling { document, facts, origin: &self.origin, now_ms };
        self.note(&mut transaction, &telling, registration, before.as_ref()).await?;
        add_link(&mut transaction, registration.id, token, now_ms).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Writes a row where it differs, and queues the letter that tells of it.
    async fn note(
        &self,
        connection: &mut SqliteConnection,
        telling: &letters::Telling<'_>,
        registration: &Registration,
        before: Option<&Decision>,
    ) -> Result<(), sqlx::Error> {
        // One that has no arrival has not been decided on: its turn comes.
        let Some(arrival) = registration.arrival else { return Ok(()) };
        if before == Some(&registration.decision) {
            return Ok(());
        }
        let offered_until = registration.offered_until.filter(|_| registration.decision == Decision::Offered);
        sqlx::query(
            "INSERT INTO places (registration_id, document_id, arrival, state, offered_until, registered_at)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (registration_id) DO UPDATE SET state = excluded.state, offered_until = excluded.offered_until",
        )
        .bind(registration.id.as_bytes().as_slice())
        .bind(telling.document.as_bytes().as_slice())
        .bind(i64::try_from(arrival).unwrap_or(i64::MAX))
        .bind(registration.decision.as_word())
        .bind(offered_until)
        .bind(registration.registered_at)
        .execute(&mut *connection)
        .await?;
        telling.decided(connection, registration, before).await
    }
}

/// Adds a personal link. One that is there already stays.
pub async fn add_link(
    connection: &mut SqliteConnection,
    registration: RegistrationId,
    token: &Token,
    now_ms: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT OR IGNORE INTO place_links (token_hash, registration_id, created_at) VALUES (?, ?, ?)")
        .bind(token.hash().as_slice())
        .bind(registration.as_bytes().as_slice())
        .bind(now_ms)
        .execute(connection)
        .await?;
    Ok(())
}

/// Tells everybody who is expected, or waits, that facts have changed: once each, and not those who have heard of it since
/// they did.
async fn tell_all(
    connection: &mut SqliteConnection,
    telling: &letters::Telling<'_>,
    view: &OccasionView,
    kept: &BTreeMap<RegistrationId, Kept>,
    news: News,
) -> Result<(), sqlx::Error> {
    let rows: Vec<(Vec<u8>,)> = sqlx::query_as(
        "SELECT DISTINCT registration_id FROM letters WHERE document_id = ? AND created_at >= ?
         AND kind IN ('confirmed', 'preliminary', 'waiting', 'offered', 'changed')",
    )
    .bind(telling.document.as_bytes().as_slice())
    .bind(news.since)
    .fetch_all(&mut *connection)
    .await?;
    let know = rows.iter().map(|(id,)| registration_id(id)).collect::<Result<BTreeSet<_>, _>>()?;
    for registration in &view.registrations {
        // Whoever has come since signed up for what stands there now.
        let came_before = kept.contains_key(&registration.id) && registration.registered_at <= news.since;
        if came_before && (telling.facts.is_called_off || !know.contains(&registration.id)) {
            telling.facts_changed(connection, registration, news.is_for_waiting).await?;
        }
    }
    Ok(())
}

/// Has those who were reminded reminded anew, of the days as they are now; not of what is so soon that what they have just
/// been told is the reminder.
async fn forget_reminders(
    connection: &mut SqliteConnection,
    telling: &letters::Telling<'_>,
) -> Result<(), sqlx::Error> {
    let is_soon = telling.facts.first_day() <= super::remind::soon(telling.now_ms);
    let reminded_at = (is_soon && !telling.facts.is_called_off).then_some(telling.now_ms);
    sqlx::query("UPDATE places SET reminded_at = ? WHERE document_id = ? AND state = 'confirmed'")
        .bind(reminded_at)
        .bind(telling.document.as_bytes().as_slice())
        .execute(connection)
        .await?;
    Ok(())
}

async fn write_facts(
    connection: &mut SqliteConnection,
    document: DocumentId,
    facts: &Occasion,
    heads: &[u8],
    told: &Told,
) -> Result<(), sqlx::Error> {
    let json = serde_json::to_string(facts).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query(
        "INSERT INTO occasions (document_id, heads, is_published, first_day, last_day, course, told, told_waiting, untold,
                                untold_since, facts)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (document_id) DO UPDATE SET heads = excluded.heads, is_published = excluded.is_published,
             first_day = excluded.first_day, last_day = excluded.last_day, course = excluded.course,
             told = excluded.told, told_waiting = excluded.told_waiting, untold = excluded.untold,
             untold_since = excluded.untold_since, facts = excluded.facts",
    )
    .bind(document.as_bytes().as_slice())
    .bind(heads)
    .bind(facts.is_published)
    .bind(facts.first_day().map(|day| day.to_string()))
    .bind(facts.last_day().map(|day| day.to_string()))
    .bind(facts.course.map(|course| course.to_string()))
    .bind(&told.told)
    .bind(&told.waiting)
    .bind(told.untold.as_ref().map(|(hash, _)| hash))
    .bind(told.untold.as_ref().map(|(_, since)| since))
    .bind(json)
    .execute(connection)
    .await?;
    Ok(())
}
