//! The relay's memory: one SQLite database in one folder.
//!
//! Knows rows and bytes; it must not know sockets, sessions of the protocol, or what a document means.

pub mod content;
pub mod documents;
pub mod erased;
mod migrations;
pub mod people;
pub mod retention;
pub mod titles;
pub mod writer;

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use app::domain::ids::{DocumentId, UserId};
use sqlx::{
    SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::clock;

/// The name of the database within its folder.
pub const FILE_NAME: &str = "samplan.sqlite";

/// How long a connection waits for another that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The open database. Clones share it; the folder stays locked until the last is gone.
#[derive(Clone, Debug)]
pub struct Database {
    pool: SqlitePool,
    path: Arc<Path>,
    /// Two relays on one folder would each believe in their own documents. None beside a relay that has it.
    _lock: Option<Arc<File>>,
}

/// Why the database could not be opened; shown on the terminal.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder is missing and cannot be made, or may not be written to.
    #[error(
        "mappen {path} går inte att skriva i (folder not writable): {error}. Välj en annan med --data eller SAMPLAN_DATA."
    )]
    Folder {
        /// The folder.
        path: String,
        /// What the system said.
        error: io::Error,
    },
    /// Another relay has the folder.
    #[error(
        "mappen {0} används redan av ett annat relä (already in use). Stoppa det, eller välj en annan mapp med --data."
    )]
    InUse(String),
    /// The database is damaged, or from a newer Samplan.
    #[error("databasen i {path} går inte att öppna (cannot open the database): {error}")]
    Database {
        /// The file.
        path: String,
        /// What SQLite said.
        error: sqlx::Error,
    },
    /// The schema could not be brought up to date.
    #[error("databasen i {path} går inte att uppgradera (migration failed): {error}")]
    Migration {
        /// The file.
        path: String,
        /// What went wrong.
        error: sqlx::migrate::MigrateError,
    },
}

impl Database {
    /// Opens the database in `folder`, making both if need be, and brings its schema up to date.
    pub async fn open(folder: &Path) -> Result<Self, OpenError> {
        let lock = Self::lock(folder)?.ok_or_else(|| OpenError::InUse(folder.display().to_string()))?;
        Self::connect(folder, Some(lock)).await
    }

    /// As [`open`](Self::open), or beside a relay that has the folder: for accounts, never for documents.
    pub async fn open_beside(folder: &Path) -> Result<Self, OpenError> {
        Self::connect(folder, Self::lock(folder)?).await
    }

    /// Takes the folder; none where a relay has it.
    pub(crate) fn lock(folder: &Path) -> Result<Option<File>, OpenError> {
        let not_writable = |error| OpenError::Folder { path: folder.display().to_string(), error };
        fs::create_dir_all(folder).map_err(not_writable)?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("samplan.lock"))
            .map_err(not_writable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(lock)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(not_writable(error)),
        }
    }

    async fn connect(folder: &Path, lock: Option<File>) -> Result<Self, OpenError> {
        let path = folder.join(FILE_NAME);
        let shown = path.display().to_string();
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .min_connections(1)
            .connect_with(Self::options(&path))
            .await
            .map_err(|error| OpenError::Database { path: shown.clone(), error })?;
        // The relay that has the folder has brought the schema up to date, to what it knows.
        if lock.is_some() {
            let migrated = async { Migrator::new(migrations::Migrations).await?.run(&pool).await };
            migrated.await.map_err(|error| OpenError::Migration { path: shown, error })?;
        }
        Ok(Self { pool, path: path.into(), _lock: lock.map(Arc::new) })
    }

    /// How every connection is opened: what is committed is on the disk, and rows that belong together stay so.
    fn options(path: &Path) -> SqliteConnectOptions {
        SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is deleted is overwritten: of what was erased no byte stays in the file.
            .pragma("secure_delete", "ON")
            .busy_timeout(BUSY_TIMEOUT)
    }

    /// Connections for reading and for small writes. Changes of documents go through [`writer`].
    pub fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// Where the database lies.
    pub fn path(&self) -> PathBuf {
        self.path.to_path_buf()
    }

    /// Notes who did what, by ids alone.
    pub async fn audit(&self, user: Option<UserId>, event: &str, subject: &str) {
        let written = sqlx::query("INSERT INTO audit (at, user_id, event, subject) VALUES (?, ?, ?, ?)")
            .bind(clock::now_ms())
            .bind(user.map(|user| user.as_bytes().to_vec()))
            .bind(event)
            .bind(subject)
            .execute(&self.pool)
            .await;
        if let Err(error) = written {
            tracing::error!(%error, event, "audit row not written");
        }
    }

    /// How often rights and sessions have changed since the database was made.
    pub async fn revisions(&self) -> Result<Revisions, sqlx::Error> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("SELECT name, value FROM revisions").fetch_all(&self.pool).await?;
        let value = |wanted: &str| rows.iter().find(|(name, _)| name == wanted).map_or(0, |(_, value)| *value);
        Ok(Revisions { rights: value("rights"), sessions: value("sessions") })
    }

    /// Moves the write-ahead log into the database and closes every connection.
    pub async fn close(&self) {
        if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.pool).await {
            tracing::warn!(%error, "write-ahead log not checkpointed; the next start does it");
        }
        self.pool.close().await;
    }
}

/// Counters that tell the watcher of open sockets that something may have changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revisions {
    /// Memberships, associations or owners of documents.
    pub rights: i64,
    /// Sessions that ended.
    pub sessions: i64,
}

/// A user's id from a column that the schema holds to sixteen bytes.
pub(crate) fn user_id(bytes: &[u8]) -> Result<UserId, sqlx::Error> {
    UserId::from_author_bytes(bytes).ok_or_else(|| sqlx::Error::Decode("a user id of other than 16 bytes".into()))
}

/// A document's id from a column that the schema holds to sixteen bytes.
pub(crate) fn document_id(bytes: &[u8]) -> Result<DocumentId, sqlx::Error> {
    let bytes = bytes.try_into().map_err(|_| sqlx::Error::Decode("a document id of other than 16 bytes".into()))?;
    // The version bits are set already: what comes out is what went in.
    Ok(DocumentId::from_random(bytes))
}
