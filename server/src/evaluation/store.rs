//! The rows of evaluations: who was asked, the links, the answers.

use app::domain::{DocumentId, RegistrationId, course::evaluation::Answers};
use sqlx::SqliteConnection;

use crate::storage::{Database, document_id};

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The occasion it is about.
    pub document: DocumentId,
    /// Whether somebody has answered through it.
    pub is_used: bool,
}

/// Notes that somebody is asked, with a link that nothing joins to them; false for one who was asked before.
///
/// # Errors
/// If the database fails.
pub async fn asked(
    connection: &mut SqliteConnection,
    document: DocumentId,
    registration: RegistrationId,
    token_hash: &[u8; 32],
) -> Result<bool, sqlx::Error> {
    let noted = sqlx::query("INSERT OR IGNORE INTO evaluations_asked (registration_id, document_id) VALUES (?, ?)")
        .bind(registration.as_bytes().as_slice())
        .bind(document.as_bytes().as_slice())
        .execute(&mut *connection)
        .await?;
    if noted.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("INSERT INTO evaluation_links (token_hash, document_id) VALUES (?, ?)")
        .bind(token_hash.as_slice())
        .bind(document.as_bytes().as_slice())
        .execute(connection)
        .await?;
    Ok(true)
}

impl Database {
    /// Where a link leads, if it is one.
    pub async fn evaluation_link(&self, token_hash: &[u8; 32]) -> Result<Option<Link>, sqlx::Error> {
        let row: Option<(Vec<u8>, bool)> =
            sqlx::query_as("SELECT document_id, is_used FROM evaluation_links WHERE token_hash = ?")
                .bind(token_hash.as_slice())
                .fetch_optional(self.pool())
                .await?;
        row.map(|(id, is_used)| Ok(Link { document: document_id(&id)?, is_used })).transpose()
    }

    /// Keeps the answers that came through a link; false for a link that had been used.
    pub async fn keep_evaluation(&self, token_hash: &[u8; 32], answers: &Answers) -> Result<bool, sqlx::Error> {
        let answers = serde_json::to_string(answers).map_err(|error| sqlx::Error::Encode(error.into()))?;
        let mut transaction = self.pool().begin_with("BEGIN IMMEDIATE").await?;
        let used = sqlx::query("UPDATE evaluation_links SET is_used = 1 WHERE token_hash = ? AND is_used = 0")
            .bind(token_hash.as_slice())
            .execute(&mut *transaction)
            .await?;
        if used.rows_affected() == 0 {
            return Ok(false);
        }
        let id: [u8; 16] = rand::random();
        sqlx::query(
            "INSERT INTO evaluation_answers (id, document_id, answers)
             SELECT ?, document_id, ? FROM evaluation_links WHERE token_hash = ?",
        )
        .bind(id.as_slice())
        .bind(answers)
        .bind(token_hash.as_slice())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// All answers about an occasion, in the order of their random keys; and how many were asked.
    pub async fn evaluations(&self, document: DocumentId) -> Result<(Vec<Answers>, usize), sqlx::Error> {
        let id = document.as_bytes().as_slice();
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT answers FROM evaluation_answers WHERE document_id = ? ORDER BY id")
                .bind(id)
                .fetch_all(self.pool())
                .await?;
        let answers = rows.iter().map(|(json,)| serde_json::from_str(json));
        let answers: Vec<Answers> =
            answers.collect::<Result<_, _>>().map_err(|error| sqlx::Error::Decode(error.into()))?;
        let asked: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM evaluation_links WHERE document_id = ?")
            .bind(id)
            .fetch_one(self.pool())
            .await?;
        // The links are nobody's: who has been erased since was asked all the same.
        Ok((answers, usize::try_from(asked.0).unwrap_or_default()))
    }
}
