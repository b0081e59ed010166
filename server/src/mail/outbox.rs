//! *Utkorgen*: the rows of letters, and what becomes of each.

use app::domain::ids::DocumentId;
use sqlx::{FromRow, Row as _, sqlite::SqliteRow};

use crate::storage::Database;

/// Why a letter was given up, where no server said it.
pub mod reason {
    /// The address is none.
    pub const BAD_ADDRESS: &str = "bad_address";
    /// The row is damaged.
    pub const UNREADABLE: &str = "unreadable";
    /// It was tried as often as the limit lets.
    pub const GAVE_UP: &str = "gave_up";
    /// What it would have told is no longer so.
    pub const TOO_LATE: &str = "too_late";
}

/// A letter as it is sent.
#[derive(Clone)]
pub struct Outgoing {
    /// Its row.
    pub position: i64,
    /// What makes its Message-ID.
    pub id: Vec<u8>,
    /// To which address.
    pub recipient: String,
    /// To whom.
    pub name: String,
    /// One line.
    pub subject: String,
    /// As text.
    pub text: String,
    /// As HTML.
    pub html: String,
    /// [`Invite`](super::invite::Invite) as JSON.
    pub invite: Option<String>,
    /// When it was queued.
    pub created_at: i64,
    /// After this it is not sent.
    pub good_until: Option<i64>,
    /// How often it was tried.
    pub attempts: i64,
}

/// No later one of the same registration has gone out.
const NOT_OVERTAKEN: &str = "NOT EXISTS (
    SELECT 1 FROM letters s
    WHERE s.registration_id = letters.registration_id AND s.position > letters.position AND s.sent_at IS NOT NULL)";

/// Tries again what can be, of those meant.
fn retry(meant: &str) -> String {
    format!(
        "UPDATE letters SET attempts = 0, next_attempt_at = ?, failed = NULL
         WHERE sent_at IS NULL AND failed IS NOT ? AND {NOT_OVERTAKEN} AND {meant}"
    )
}

/// What has become of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for its turn.
    Waiting {
        /// How often it was tried.
        attempts: i64,
        /// When it is tried next.
        next_ms: i64,
    },
    /// The mail server took it.
    Sent {
        /// When.
        at_ms: i64,
    },
    /// Somebody said that they had sent it themselves.
    SentByHand {
        /// When they said so.
        at_ms: i64,
    },
    /// It was given up.
    Failed {
        /// Why: one of [`reason`], or `smtp_` and the server's code.
        reason: String,
    },
}

/// A letter as it is shown.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its row.
    pub position: i64,
    /// Of which occasion.
    pub document: DocumentId,
    /// To which address.
    pub recipient: String,
    /// To whom.
    pub name: String,
    /// One line.
    pub subject: String,
    /// As text.
    pub text: String,
    /// When it was queued.
    pub created_at: i64,
    /// What has become of it.
    pub state: State,
    /// Whether a later one of the same registration has gone out: this one must not follow it.
    pub is_overtaken: bool,
    /// Whether an entry for the calendar goes with it.
    pub has_invite: bool,
}

struct ListedRow {
    position: i64,
    document_id: Vec<u8>,
    recipient: String,
    name: String,
    subject: String,
    text: String,
    created_at: i64,
    attempts: i64,
    next_attempt_at: Option<i64>,
    sent_at: Option<i64>,
    by_hand: bool,
    failed: Option<String>,
    is_overtaken: bool,
    has_invite: bool,
}

/// Reads each field from the column of its name.
macro_rules! from_columns {
    ($row:ident { $($field:ident),* }) => {
        impl FromRow<'_, SqliteRow> for $row {
            fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
                Ok(Self { $($field: row.try_get(stringify!($field))?,)* })
            }
        }
    };
}

from_columns!(Outgoing {
    position,
    id,
    recipient,
    name,
    subject,
    text,
    html,
    invite,
    created_at,
    good_until,
    attempts
});
from_columns!(ListedRow {
    position,
    document_id,
    recipient,
    name,
    subject,
    text,
    created_at,
    attempts,
    next_attempt_at,
    sent_at,
    by_hand,
    failed,
    is_overtaken,
    has_invite
});

impl ListedRow {
    fn listed(self) -> Result<Listed, sqlx::Error> {
        let state = match (self.sent_at, self.failed, self.next_attempt_at) {
            (Some(at_ms), ..) if self.by_hand => State::SentByHand { at_ms },
            (Some(at_ms), ..) => State::Sent { at_ms },
            (None, Some(reason), _) => State::Failed { reason },
            (None, None, next) => State::Waiting { attempts: self.attempts, next_ms: next.unwrap_or(self.created_at) },
        };
        Ok(Listed {
            position: self.position,
            document: crate::storage::document_id(&self.document_id)?,
            recipient: self.recipient,
            name: self.name,
            subject: self.subject,
            text: self.text,
            created_at: self.created_at,
            state,
            is_overtaken: self.is_overtaken,
            has_invite: self.has_invite,
        })
    }
}

impl Database {
    /// The letter that is to go out next. One that follows another to the same person waits for it: a cancellation must
    /// not overtake the confirmation.
    pub async fn next_letter(&self, now_ms: i64) -> Result<Option<Outgoing>, sqlx::Error> {
        sqlx::query_as(
            "SELECT position, id, recipient, name, subject, text, html, invite, created_at, good_until, attempts
             FROM letters l
             WHERE next_attempt_at <= ? AND NOT EXISTS (
                 SELECT 1 FROM letters e WHERE e.registration_id = l.registration_id AND e.position < l.position
                 AND e.next_attempt_at IS NOT NULL)
             ORDER BY next_attempt_at, position LIMIT 1",
        )
        .bind(now_ms)
        .fetch_optional(self.pool())
        .await
    }

    /// The mail server has taken it.
    pub async fn letter_sent(&self, position: i64, now_ms: i64) -> Result<(), sqlx::Error> {
        self.letter_is_out(position, now_ms, false).await.map(|_| ())
    }

    /// It is out: what it says is kept for those who ask, without the personal link that stands in it.
    async fn letter_is_out(&self, position: i64, now_ms: i64, by_hand: bool) -> Result<bool, sqlx::Error> {
        let mut transaction = self.pool().begin_with("BEGIN IMMEDIATE").await?;
        let row: Option<(String,)> = sqlx::query_as("SELECT text FROM letters WHERE position = ? AND sent_at IS NULL")
            .bind(position)
            .fetch_optional(&mut *transaction)
            .await?;
        let Some((text,)) = row else { return Ok(false) };
        sqlx::query(
            "UPDATE letters SET sent_at = ?, by_hand = ?, attempts = attempts + ?, next_attempt_at = NULL,
                                failed = NULL, text = ?, html = '', invite = NULL
             WHERE position = ?",
        )
        .bind(now_ms)
        .bind(by_hand)
        .bind(!by_hand)
        .bind(without_secrets(&text))
        .bind(position)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// It did not go out, and is tried again.
    pub async fn letter_waits(&self, position: i64, next_ms: i64) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE letters SET attempts = attempts + 1, next_attempt_at = ? WHERE position = ?")
            .bind(next_ms)
            .bind(position)
            .execute(self.pool())
            .await?;
        Ok(())
    }

    /// It is too late for it: it stays, and is shown, without the personal link that stands in it. Nobody can send it.
    pub async fn letter_is_too_late(&self, position: i64) -> Result<(), sqlx::Error> {
        let mut transaction = self.pool().begin_with("BEGIN IMMEDIATE").await?;
        let row: Option<(String,)> = sqlx::query_as("SELECT text FROM letters WHERE position = ?")
            .bind(position)
            .fetch_optional(&mut *transaction)
            .await?;
        let Some((text,)) = row else { return Ok(()) };
        sqlx::query(
            "UPDATE letters SET next_attempt_at = NULL, failed = ?, text = ?, html = '', invite = NULL WHERE position = ?",
        )
        .bind(reason::TOO_LATE)
        .bind(without_secrets(&text))
        .bind(position)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await
    }

    /// It will not go out. It stays, and is shown.
    pub async fn letter_failed(&self, position: i64, reason: &str) -> Result<(), sqlx::Error> {
        sqlx::query(
            "UPDATE letters SET attempts = attempts + 1, next_attempt_at = NULL, failed = ? WHERE position = ?",
        )
        .bind(reason)
        .bind(position)
        .execute(self.pool())
        .await?;
        Ok(())
    }

    /// Removes what was sent before a moment; how many.
    pub async fn forget_sent_letters(&self, before_ms: i64) -> Result<u64, sqlx::Error> {
        let removed = sqlx::query("DELETE FROM letters WHERE sent_at < ?").bind(before_ms).execute(self.pool()).await?;
        Ok(removed.rows_affected())
    }

    /// The newest letters of an occasion.
    pub async fn letters_of(&self, document: DocumentId, at_most: u32) -> Result<Vec<Listed>, sqlx::Error> {
        self.listed(document, false, at_most).await
    }

    /// Those of an occasion that have not gone out, the newest first.
    pub async fn unsent_letters_of(&self, document: DocumentId, at_most: u32) -> Result<Vec<Listed>, sqlx::Error> {
        self.listed(document, true, at_most).await
    }

    async fn listed(&self, document: DocumentId, unsent: bool, at_most: u32) -> Result<Vec<Listed>, sqlx::Error> {
        let rows: Vec<ListedRow> = sqlx::query_as(&format!(
            "SELECT position, document_id, recipient, name, subject, text, created_at, attempts, next_attempt_at,
                    sent_at, by_hand, failed, sent_at IS NULL AND NOT {NOT_OVERTAKEN} AS is_overtaken,
                    sent_at IS NULL AND invite IS NOT NULL AS has_invite
             FROM letters WHERE document_id = ? AND (sent_at IS NULL OR NOT ?) ORDER BY position DESC LIMIT ?"
        ))
        .bind(document.as_bytes().as_slice())
        .bind(unsent)
        .bind(at_most)
        .fetch_all(self.pool())
        .await?;
        rows.into_iter().map(ListedRow::listed).collect()
    }

    /// The invitation of a letter that has not gone out, as JSON, if it has one.
    pub async fn invite_of_letter(&self, position: i64) -> Result<Option<String>, sqlx::Error> {
        let row: Option<(Option<String>,)> =
            sqlx::query_as("SELECT invite FROM letters WHERE position = ? AND sent_at IS NULL")
                .bind(position)
                .fetch_optional(self.pool())
                .await?;
        Ok(row.and_then(|(invite,)| invite))
    }

    /// Of which occasion a letter is.
    pub async fn occasion_of_letter(&self, position: i64) -> Result<Option<DocumentId>, sqlx::Error> {
        let row: Option<(Vec<u8>,)> = sqlx::query_as("SELECT document_id FROM letters WHERE position = ?")
            .bind(position)
            .fetch_optional(self.pool())
            .await?;
        row.map(|(id,)| crate::storage::document_id(&id)).transpose()
    }

    /// Has a letter that has not gone out tried at once. False for one that has, for one that it is too late for, and for
    /// one that would arrive after a later one of the same registration.
    pub async fn retry_letter(&self, position: i64, now_ms: i64) -> Result<bool, sqlx::Error> {
        let changed = sqlx::query(&retry("position = ?"))
            .bind(now_ms)
            .bind(reason::TOO_LATE)
            .bind(position)
            .execute(self.pool())
            .await?;
        Ok(changed.rows_affected() > 0)
    }

    /// Somebody has sent it themselves; false for one that had gone out.
    pub async fn letter_sent_by_hand(&self, position: i64, now_ms: i64) -> Result<bool, sqlx::Error> {
        self.letter_is_out(position, now_ms, true).await
    }

    /// Has all letters of an occasion that have not gone out tried at once, as after the mail server was put right; how
    /// many.
    pub async fn retry_letters_of(&self, document: DocumentId, now_ms: i64) -> Result<u64, sqlx::Error> {
        let changed = sqlx::query(&retry("document_id = ?"))
            .bind(now_ms)
            .bind(reason::TOO_LATE)
            .bind(document.as_bytes().as_slice())
            .execute(self.pool())
            .await?;
        Ok(changed.rows_affected())
    }
}

/// A text without what gives whoever reads it the rights of a personal link: long runs of hexadecimal digits.
fn without_secrets(text: &str) -> String {
    const SHORTEST: usize = 32;
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(start) = rest.find(|character: char| character.is_ascii_hexdigit()) {
        let (before, from) = rest.split_at(start);
        let length = from.find(|character: char| !character.is_ascii_hexdigit()).unwrap_or(from.len());
        let (digits, after) = from.split_at(length);
        kept.push_str(before);
        kept.push_str(if length < SHORTEST { digits } else { "…" });
        rest = after;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_is_out_keeps_its_words_and_loses_its_personal_link() {
        let token = "0123456789abcdef".repeat(4);
        let text = format!("Abcde 2021-04-12\nhttps://samplan.example/anmalan/min/{token}\nFrågor? abc@example.se");
        let expected = "Abcde 2021-04-12\nhttps://samplan.example/anmalan/min/…\nFrågor? abc@example.se";
        assert_eq!(without_secrets(&text), expected);
    }
}
