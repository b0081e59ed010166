//! What lies on this device: one IndexedDB database for each user, written durably.
//!
//! The bytes of a change are stored under their hash, so that several tabs may write the same one; a snapshot is
//! written before, and in the same transaction as, what it replaces is removed. Text of our own (names, rights, undo)
//! lies as JSON, so that a later version reads it with serde's tolerance.
//!
//! Must not know what a document means: bytes and JSON in, bytes and JSON out.

pub mod chunks;
pub mod records;

use crate::domain::ids::UserId;
use crate::workspace::status::SaveProblem;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{DomException, Error, OpenDbError};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions};
use std::cell::Cell;
use std::rc::Rc;

/// The stores of the database. Names are for ever; a new version may add some.
mod names {
    /// `[document, hash]` to the bytes of a change or a snapshot.
    pub const CHUNKS: &str = "chunks";
    /// Document to what is known of it: title, rights, people.
    pub const DOCUMENTS: &str = "documents";
    /// Document to what the server has said it stored.
    pub const SYNC: &str = "sync";
    /// `[document, tab]` to the undo stack of a tab.
    pub const UNDO: &str = "undo";
    /// Name to value: the user, the time of the last contact.
    pub const SETTINGS: &str = "settings";
    /// `[document, hash]` to bytes that could not be read: kept, never opened.
    pub const QUARANTINE: &str = "quarantine";
    /// All of them.
    pub const ALL: [&str; 6] = [CHUNKS, DOCUMENTS, SYNC, UNDO, SETTINGS, QUARANTINE];
}

/// The version of the database's layout. A new layout adds a step to [`upgrade`].
const VERSION: u8 = 1;

/// Why something could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no room.
    #[error("no room on this device")]
    Quota,
    /// Another tab wants the database for a newer version of the app, or the user signed out.
    #[error("the database is closed")]
    Closed,
    /// Anything else, in the browser's words (for the console, never for the user).
    #[error("{0}")]
    Other(String),
}

impl StoreError {
    /// What the status line makes of it.
    pub fn problem(&self) -> SaveProblem {
        match self {
            Self::Quota => SaveProblem::Quota,
            Self::Closed | Self::Other(_) => SaveProblem::Other,
        }
    }
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match &error {
            Error::DomException(DomException::Other(exception)) if exception.name() == "QuotaExceededError" => {
                Self::Quota
            }
            // A commit that the browser gave up without a failed request: in practice the disk is full.
            Error::MissingData(indexed_db_futures::error::UnexpectedDataError::TransactionAborted) => Self::Quota,
            Error::DomException(DomException::InvalidStateError(_)) => Self::Closed,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<OpenDbError> for StoreError {
    fn from(error: OpenDbError) -> Self {
        match error {
            OpenDbError::Base(error) => error.into(),
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Other(error.to_string())
    }
}

thread_local! {
    static GIVEN_UP: Cell<bool> = const { Cell::new(false) };
}

/// One user's database, open.
#[derive(Clone)]
pub struct Store {
    database: Database,
    closed: Rc<Cell<bool>>,
}

impl Store {
    /// Opens the database of a user, and makes it if there is none.
    ///
    /// # Errors
    /// If the browser has no room, or no storage at all (private windows of some browsers).
    pub async fn open(user: UserId) -> Result<Self, StoreError> {
        if GIVEN_UP.get() {
            return Err(StoreError::Closed);
        }
        let database = Database::open(name(user))
            .with_version(VERSION)
            .with_on_upgrade_needed(|event, database| upgrade(event.old_version(), &database))
            .await?;
        let store = Self { database, closed: Rc::default() };
        store.close_when_another_tab_needs_it();
        Ok(store)
    }

    /// Removes a user's database with all that is in it. Other tabs close theirs when they are asked to.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn remove(user: UserId) -> Result<(), StoreError> {
        Self::give_up();
        Database::delete_by_name(&name(user))?.await?;
        Ok(())
    }

    /// From here on this page opens no database: the user has signed out, and nothing is to be written any more.
    pub fn give_up() {
        GIVEN_UP.set(true);
    }

    /// Whether the database has been given up: see [`StoreError::Closed`].
    pub fn is_closed(&self) -> bool {
        self.closed.get()
    }

    fn reading<'a>(&'a self, store: &'static str) -> Result<Transaction<'a>, StoreError> {
        self.open_for_use()?;
        Ok(self.database.transaction(store).build()?)
    }

    /// A transaction whose `complete` event means that the disk has it.
    fn writing<'a, const N: usize>(&'a self, stores: [&'static str; N]) -> Result<Transaction<'a>, StoreError> {
        self.open_for_use()?;
        let mut options = TransactionOptions::new();
        options.set_durability(TransactionDurability::Strict);
        Ok(self.database.transaction(stores).with_mode(TransactionMode::Readwrite).with_options(options).build()?)
    }

    /// A transaction that the browser may write to the disk a little later.
    fn writing_soon<'a>(&'a self, store: &'static str) -> Result<Transaction<'a>, StoreError> {
        self.open_for_use()?;
        Ok(self.database.transaction(store).with_mode(TransactionMode::Readwrite).build()?)
    }

    fn open_for_use(&self) -> Result<(), StoreError> {
        match self.closed.get() {
            true => Err(StoreError::Closed),
            false => Ok(()),
        }
    }

    /// A newer version of the app, or a sign-out, in another tab must not wait for this one.
    fn close_when_another_tab_needs_it(&self) {
        let Ok(mut changes) = self.database.version_changes() else {
            return;
        };
        let (database, closed) = (self.database.clone(), Rc::clone(&self.closed));
        wasm_bindgen_futures::spawn_local(async move {
            let _ = changes.recv().await;
            closed.set(true);
            database.close();
        });
    }
}

fn name(user: UserId) -> String {
    format!("samplan-{user}")
}

/// From each older layout to the newest, one step at a time.
fn upgrade(old_version: f64, database: &Database) -> Result<(), Error> {
    if old_version < 1.0 {
        for store in names::ALL {
            database.create_object_store(store).build()?;
        }
    }
    Ok(())
}
