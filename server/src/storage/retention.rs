//! How long occasions are kept, for whom, and since when it has been said that one goes.

use app::domain::ids::{AssociationId, DocumentId, UserId};
use sqlx::Row as _;

use super::{Database, document_id};

/// Those whose courses somebody runs: an association, or a county, whose occasions go by the shortest time among its
/// associations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The association's short name; `county/` and the county's otherwise.
    pub key: String,
    /// Its name.
    pub name: String,
    /// How many days registrations are kept after the last day of a course.
    pub retention_days: i64,
}

/// An occasion that is kept for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The document.
    pub document: DocumentId,
    /// Whose: see [`Owner::key`].
    pub owner: String,
    /// How many days after its last day.
    pub retention_days: i64,
    /// When it was opened, in milliseconds since 1970: counts where it has no days.
    pub created_at: i64,
    /// Since when it has been said that it goes.
    pub announced_at: Option<i64>,
    /// What it was called when it was last looked at: its document may not be readable.
    pub title: String,
    /// Its last day, when it was last looked at.
    pub last_day: Option<String>,
    /// How many had registered, when it was last looked at.
    pub people: i64,
}

const KEEPERS: &str = "
    SELECT a.id AS key, a.name AS name, a.retention_days AS days, a.id AS association, NULL AS county
    FROM associations a
    UNION ALL
    SELECT 'county/' || c.id, c.name, MIN(a.retention_days), NULL, c.id
    FROM counties c JOIN associations a ON a.county_id = c.id GROUP BY c.id";

impl Database {
    /// Whose courses a user runs.
    pub async fn owners_run_by(&self, user: UserId) -> Result<Vec<Owner>, sqlx::Error> {
        let rows: Vec<(String, String, i64)> = sqlx::query_as(&format!(
            "SELECT k.key, k.name, k.days FROM ({KEEPERS}) k WHERE EXISTS (
                 SELECT 1 FROM memberships m JOIN associations a ON a.id = m.association_id
                 WHERE m.user_id = ? AND m.role = 'editor' AND m.may_run_courses
                       AND (a.id = k.association OR a.county_id = k.county))
             ORDER BY k.county IS NOT NULL, k.name"
        ))
        .bind(user.as_bytes().as_slice())
        .fetch_all(self.pool())
        .await?;
        Ok(rows.into_iter().map(|(key, name, retention_days)| Owner { key, name, retention_days }).collect())
    }

    /// Every occasion, with how long it is kept.
    pub async fn kept_occasions(&self) -> Result<Vec<Kept>, sqlx::Error> {
        sqlx::query(&format!(
            "SELECT d.id, k.key, k.days, d.created_at, n.announced_at, d.title, o.last_day,
                    (SELECT COUNT(*) FROM places p WHERE p.document_id = d.id) AS people
             FROM documents d LEFT JOIN occasions o ON o.document_id = d.id JOIN ({KEEPERS}) k ON k.association = d.association_id OR k.county = d.county_id
             LEFT JOIN retention_notices n ON n.document_id = d.id
             WHERE d.kind = 'occasion' ORDER BY d.created_at, d.id"
        ))
        .fetch_all(self.pool())
        .await?
        .iter()
        .map(|row| {
            Ok(Kept {
                document: document_id(row.try_get("id")?)?,
                owner: row.try_get("key")?,
                retention_days: row.try_get("days")?,
                created_at: row.try_get("created_at")?,
                announced_at: row.try_get("announced_at")?,
                title: row.try_get("title")?,
                last_day: row.try_get("last_day")?,
                people: row.try_get("people")?,
            })
        })
        .collect()
    }

    /// Says from now on that an occasion goes, or no longer.
    pub async fn announce(&self, document: DocumentId, at_ms: Option<i64>) -> Result<(), sqlx::Error> {
        let key = document.as_bytes().as_slice();
        match at_ms {
            Some(at_ms) => {
                sqlx::query("INSERT OR IGNORE INTO retention_notices (document_id, announced_at) VALUES (?, ?)")
                    .bind(key)
                    .bind(at_ms)
                    .execute(self.pool())
                    .await?
            }
            None => {
                sqlx::query("DELETE FROM retention_notices WHERE document_id = ?")
                    .bind(key)
                    .execute(self.pool())
                    .await?
            }
        };
        Ok(())
    }

    /// Forgets diet, allergies and access needs of those who registered for an occasion; how many had any.
    pub async fn forget_needs(&self, document: DocumentId) -> Result<u64, sqlx::Error> {
        let gone = sqlx::query("DELETE FROM sensitive WHERE document_id = ?")
            .bind(document.as_bytes().as_slice())
            .execute(self.pool())
            .await?;
        Ok(gone.rows_affected())
    }

    /// Sets how many days an association keeps registrations; false where there is no such association.
    pub async fn set_retention(&self, association: &AssociationId, days: i64) -> Result<bool, sqlx::Error> {
        let changed = sqlx::query("UPDATE associations SET retention_days = ? WHERE id = ?")
            .bind(days)
            .bind(association.as_str())
            .execute(self.pool())
            .await?;
        Ok(changed.rows_affected() > 0)
    }
}
