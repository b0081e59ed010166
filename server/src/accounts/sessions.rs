//! Sessions as rows: eight hours idle, seven days in all, ten a user, and only the hash of each id.
//!
//! A store of our own behind `tower-sessions`, since the one from crates.io knows neither whose a session is nor when
//! it began, and both decide when it ends.

use app::{domain::ids::UserId, limits::Limits};
use axum_login::tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use crate::{clock, storage::Database};

/// Where axum-login keeps who is signed in, within a session's data.
pub const DATA_KEY: &str = "account";
/// A session is not written again for each request, only once so much of its idle time has passed.
const TOUCH_AFTER_MS: i64 = 60_000;

/// The hash of a session's id: what the database knows a session by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionKey([u8; 32]);

impl SessionKey {
    /// The key of a session.
    pub fn of(id: Id) -> Self {
        Self(Sha256::digest(id.0.to_be_bytes()).into())
    }

    /// A key read from the database.
    pub(crate) fn from_column(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    fn column(&self) -> &[u8] {
        &self.0
    }
}

/// The sessions of the database.
#[derive(Clone, Debug)]
pub struct Sessions {
    database: Database,
    idle_ms: i64,
    total_ms: i64,
    per_user: i64,
}

impl Sessions {
    /// Sessions of this database, bounded as `limits` say.
    pub fn new(database: Database, limits: &Limits) -> Self {
        let milliseconds = |seconds: u64| i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX);
        Self {
            database,
            idle_ms: milliseconds(limits.session_idle_seconds),
            total_ms: milliseconds(limits.session_seconds),
            per_user: i64::try_from(limits.sessions_per_user).unwrap_or(i64::MAX),
        }
    }

    /// The keys of all sessions that are still good.
    pub async fn alive(&self) -> std::result::Result<Vec<SessionKey>, sqlx::Error> {
        let rows: Vec<(Vec<u8>,)> = sqlx::query_as("SELECT key FROM sessions WHERE expires_at > ?")
            .bind(clock::now_ms())
            .fetch_all(self.database.pool())
            .await?;
        Ok(rows.iter().filter_map(|(key,)| SessionKey::from_column(key)).collect())
    }

    /// Forgets what has expired, and says how many that were.
    pub async fn sweep(&self) -> std::result::Result<u64, sqlx::Error> {
        let swept = sqlx::query("DELETE FROM sessions WHERE expires_at <= ?")
            .bind(clock::now_ms())
            .execute(self.database.pool())
            .await?;
        Ok(swept.rows_affected())
    }

    /// Somebody works in this session: its idle time begins anew.
    pub async fn touch(&self, key: SessionKey) -> std::result::Result<(), sqlx::Error> {
        let now = clock::now_ms();
        sqlx::query(
            "UPDATE sessions SET expires_at = MIN(?2, created_at + ?3)
             WHERE key = ?1 AND expires_at > ?4 AND expires_at < MIN(?2, created_at + ?3) - ?5",
        )
        .bind(key.column())
        .bind(now.saturating_add(self.idle_ms))
        .bind(self.total_ms)
        .bind(now)
        .bind(TOUCH_AFTER_MS)
        .execute(self.database.pool())
        .await?;
        Ok(())
    }

    async fn write(&self, record: &Record, only_new: bool) -> Result<bool> {
        let user = user_of(record);
        let data = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        let now = clock::now_ms();
        let statement = if only_new {
            "INSERT INTO sessions (key, user_id, data, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (key) DO NOTHING"
        } else {
            "UPDATE sessions SET user_id = ?2, data = ?3, expires_at = MIN(?5, created_at + ?6) WHERE key = ?1"
        };
        let written = sqlx::query(statement)
            .bind(SessionKey::of(record.id).column())
            .bind(user.map(|user| user.as_bytes().to_vec()))
            .bind(data)
            .bind(now)
            .bind(now.saturating_add(self.idle_ms))
            .bind(self.total_ms)
            .execute(self.database.pool())
            .await
            .map_err(backend)?;
        if let Some(user) = user {
            self.drop_oldest(user).await?;
        }
        Ok(written.rows_affected() == 1)
    }

    async fn drop_oldest(&self, user: UserId) -> Result<()> {
        sqlx::query(
            "DELETE FROM sessions WHERE user_id = ?1 AND key NOT IN
             (SELECT key FROM sessions WHERE user_id = ?1 ORDER BY created_at DESC, rowid DESC LIMIT ?2)",
        )
        .bind(user.as_bytes().as_slice())
        .bind(self.per_user)
        .execute(self.database.pool())
        .await
        .map_err(backend)?;
        Ok(())
    }
}

#[async_trait::async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while !self.write(record, true).await? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        // A session that was ended meanwhile, in another tab or by an administrator, stays ended.
        self.write(record, false).await.map(|_| ())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let key = SessionKey::of(*id);
        let row: Option<(String, i64)> =
            sqlx::query_as("SELECT data, expires_at FROM sessions WHERE key = ? AND expires_at > ?")
                .bind(key.column())
                .bind(clock::now_ms())
                .fetch_optional(self.database.pool())
                .await
                .map_err(backend)?;
        let Some((data, expires_at)) = row else { return Ok(None) };
        self.touch(key).await.map_err(backend)?;
        Ok(Some(Record {
            id: *id,
            data: serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))?,
            expiry_date: OffsetDateTime::from_unix_timestamp(expires_at / 1000)
                .map_err(|error| Error::Decode(error.to_string()))?,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sqlx::query("DELETE FROM sessions WHERE key = ?")
            .bind(SessionKey::of(*id).column())
            .execute(self.database.pool())
            .await
            .map_err(backend)?;
        Ok(())
    }
}

/// Whose session it is, as axum-login wrote it.
fn user_of(record: &Record) -> Option<UserId> {
    record.data.get(DATA_KEY)?.get("user_id")?.as_str()?.parse().ok()
}

fn backend(error: sqlx::Error) -> Error {
    Error::Backend(error.to_string())
}
