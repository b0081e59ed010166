//! *Radering*: one person on request, or a whole occasion when its time is over.
//!
//! A document keeps what is deleted in it. So an occasion from which somebody is erased is written anew, from its current
//! state, under another id; the old id is taken for ever, and its bytes go, with every row that names the document or the
//! person. All of that is one transaction. Then the erasure is noted in [`log`], outside of the database, so that it is done
//! again where an older backup is restored, and the file is written anew and its log emptied. Whoever asked for it may hang
//! up meanwhile: what has begun is done to its end.
//!
//! [`retention`] erases occasions by themselves. [`page`] is what people see of it, [`told`] what clients are told.

pub mod counts;
pub mod log;
pub mod page;
mod replay;
pub mod retention;
pub mod told;

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use app::{
    document::{EditContext, occasion},
    domain::{
        course::Registration,
        ids::{DocumentId, RegistrationId},
    },
};
use tokio::sync::Mutex;

use crate::{
    relay::Hub,
    storage::{
        Database,
        content::{LoadError, NewContent},
        erased::Erasing,
    },
};
use log::{Entry, ErasureLog};

/// Why something was not erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// There is no such document, or it is no occasion.
    #[error("no such occasion")]
    Missing,
    /// Somebody has signed up.
    #[error("somebody has signed up")]
    NotEmpty,
    /// The document is damaged: only the whole of it can be erased.
    #[error("the occasion cannot be read")]
    Damaged,
    /// The document could not be written anew.
    #[error("the occasion could not be written anew: {0}")]
    Rewrite(#[from] automerge::AutomergeError),
    /// The database did not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The erasure log, or what is owed, could not be read or written.
    #[error("erasure log: {0}")]
    Log(#[from] io::Error),
    /// It ended before its time, since the relay stops or by a fault.
    #[error("the erasure was cut short: {0}")]
    CutShort(#[from] tokio::task::JoinError),
}

impl From<LoadError> for EraseError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Missing => Self::Missing,
            LoadError::Damaged => Self::Damaged,
            LoadError::Database(error) => Self::Database(error),
        }
    }
}

/// What erases; clones share it.
#[derive(Clone)]
pub struct Erasures {
    database: Database,
    /// None before the relay lets anybody in.
    hub: Option<Hub>,
    log: ErasureLog,
    /// One erasure at a time: each is rare, and the second of two of one document finds it under its new id.
    turn: Arc<Mutex<()>>,
    /// A file that is there while bytes of what was deleted are still to be overwritten, also after a restart.
    owed: Arc<PathBuf>,
}

/// The name of the file beside the database that says that something is to be overwritten.
const OWED: &str = "overwrite-owed";

/// Which occasions are erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    /// Any, with all who have signed up.
    Any,
    /// One that nobody has signed up for.
    Empty,
}

impl Erasures {
    /// What erases from a database, with the log in its folder.
    pub fn new(database: Database, folder: &Path) -> Self {
        Self {
            database,
            hub: None,
            log: ErasureLog::in_folder(folder),
            turn: Arc::default(),
            owed: Arc::new(folder.join(OWED)),
        }
    }

    /// The same, where documents may be open.
    #[must_use]
    pub fn beside(self, hub: Hub) -> Self {
        Self { hub: Some(hub), ..self }
    }

    /// The database it erases from.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// *Radera person*: leaves these registrations out of an occasion. The id that the occasion has from now on.
    ///
    /// # Errors
    /// [`EraseError`]. Apart from one of the log, which the next start makes good, nothing has been erased.
    pub async fn erase_people(
        &self,
        document: DocumentId,
        registrations: &[RegistrationId],
        now_ms: i64,
    ) -> Result<DocumentId, EraseError> {
        let (this, registrations) = (self.clone(), registrations.to_vec());
        tokio::spawn(async move { this.erase_people_now(document, &registrations, now_ms).await }).await?
    }

    /// *Gallra*: erases an occasion with all who registered for it. Counts stay.
    ///
    /// # Errors
    /// As [`erase_people`](Self::erase_people).
    pub async fn erase_occasion(&self, document: DocumentId, now_ms: i64) -> Result<(), EraseError> {
        let this = self.clone();
        tokio::spawn(async move { this.erase_occasion_now(document, now_ms, Which::Any).await }).await?
    }

    /// Erases an occasion that nobody has ever signed up for, as one that was opened by mistake.
    ///
    /// # Errors
    /// [`EraseError::NotEmpty`] where somebody has; else as [`erase_people`](Self::erase_people).
    pub async fn remove_empty(&self, document: DocumentId, now_ms: i64) -> Result<(), EraseError> {
        let this = self.clone();
        tokio::spawn(async move { this.erase_occasion_now(document, now_ms, Which::Empty).await }).await?
    }

    async fn erase_people_now(
        &self,
        document: DocumentId,
        registrations: &[RegistrationId],
        now_ms: i64,
    ) -> Result<DocumentId, EraseError> {
        let _turn = self.turn.lock().await;
        let document = match self.database.became_of(document).await? {
            Some(became) => became.replaced_by.ok_or(EraseError::Missing)?,
            None => document,
        };
        let new = DocumentId::from_random(rand::random());
        self.owe().await?;
        self.taken_away(document, self.leave_out(document, new, registrations, now_ms)).await?;
        let noted = self.note(Entry::new(now_ms, document, Some(new), registrations.to_vec())).await;
        if let Some(hub) = &self.hub {
            hub.changed().note(new);
        }
        self.scrub().await;
        noted.map(|()| new)
    }

    async fn erase_occasion_now(&self, document: DocumentId, now_ms: i64, which: Which) -> Result<(), EraseError> {
        let _turn = self.turn.lock().await;
        self.owe().await?;
        self.taken_away(document, self.remove(document, now_ms, which)).await?;
        let noted = self.note(Entry::new(now_ms, document, None, Vec::new())).await;
        self.scrub().await;
        noted
    }

    async fn leave_out(
        &self,
        document: DocumentId,
        new: DocumentId,
        registrations: &[RegistrationId],
        now_ms: i64,
    ) -> Result<(), EraseError> {
        let stored = self.database.load_document(document).await?;
        if !occasion::is_occasion(&stored.document) {
            return Err(EraseError::Missing);
        }
        let view = occasion::read(&stored.document);
        let without: BTreeSet<RegistrationId> = registrations.iter().copied().collect();
        let gone: Vec<&Registration> =
            view.registrations.iter().filter(|registration| without.contains(&registration.id)).collect();
        let counts = counts::of(&self.database.owner_of(document).await?, &view.facts, gone);
        let mut rewritten = occasion::rewrite(&stored.document, &without, rand::random(), &EditContext { now_ms })?;
        let erasing = Erasing {
            document,
            replacement: Some((new, NewContent::of(&mut rewritten))),
            registrations,
            counts: &counts,
            title: &view.facts.title,
            last_day: view.facts.last_day().map(|day| day.to_string()),
            now_ms,
        };
        Ok(self.database.erase(&erasing).await?)
    }

    async fn remove(&self, document: DocumentId, now_ms: i64, which: Which) -> Result<(), EraseError> {
        // What cannot be read is erased all the same: only its counts are lost.
        let view = match self.database.load_document(document).await {
            Ok(stored) if occasion::is_occasion(&stored.document) => occasion::read(&stored.document),
            Ok(_) => return Err(EraseError::Missing),
            Err(LoadError::Damaged) if which == Which::Any => Default::default(),
            Err(error) => return Err(error.into()),
        };
        if which == Which::Empty && !view.registrations.is_empty() {
            return Err(EraseError::NotEmpty);
        }
        let registrations: Vec<RegistrationId> =
            view.registrations.iter().map(|registration| registration.id).collect();
        let counts = counts::of(&self.database.owner_of(document).await?, &view.facts, &view.registrations);
        let erasing = Erasing {
            document,
            replacement: None,
            registrations: &registrations,
            counts: &counts,
            title: &view.facts.title,
            last_day: view.facts.last_day().map(|day| day.to_string()),
            now_ms,
        };
        Ok(self.database.erase(&erasing).await?)
    }

    /// Says, before something is deleted, that its bytes are to be overwritten.
    async fn owe(&self) -> Result<(), EraseError> {
        Ok(tokio::fs::write(&*self.owed, b"").await?)
    }

    async fn owes(&self) -> bool {
        // Where that cannot be told, once more does no harm.
        tokio::fs::try_exists(&*self.owed).await.unwrap_or(true)
    }

    /// Overwrites what was deleted; what cannot be now is owed.
    async fn scrub(&self) {
        if self.database.scrub().await {
            self.owes_nothing().await;
        }
    }

    async fn owes_nothing(&self) {
        if let Err(error) = tokio::fs::remove_file(&*self.owed).await
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "what was deleted is overwritten, and will be once more");
        }
    }

    async fn taken_away<T>(
        &self,
        document: DocumentId,
        removal: impl Future<Output = Result<T, EraseError>>,
    ) -> Result<T, EraseError> {
        match &self.hub {
            Some(hub) => hub.take_away(document, removal).await,
            None => removal.await,
        }
    }

    async fn note(&self, entry: Entry) -> Result<(), EraseError> {
        tracing::info!(document = %entry.document, people = entry.registrations.len(), whole = entry.replaced_by.is_none(), "erased");
        let log = self.log.clone();
        let noted = tokio::task::spawn_blocking(move || log.append(&[entry])).await;
        noted.map_err(|_| io::Error::other("the log was not written"))?.map_err(EraseError::Log)
    }
}
