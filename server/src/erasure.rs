//! *Radering*: one person on request, or a whole occasion when its time is over.
//!
//! A document keeps what is deleted in it. So an occasion from which somebody is erased is written anew, from its current
//! state, under another id; the old id is taken for ever, and its bytes go, with every row that names the document or the
//! person. All of that is one transaction. Then the file is written anew and its log emptied, and the erasure is noted in
//! [`log`], outside of the database, so that it is done again where an older backup is restored.
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
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
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
    /// The document is damaged: only the whole of it can be erased.
    #[error("the occasion cannot be read")]
    Damaged,
    /// The document could not be written anew.
    #[error("the occasion could not be written anew: {0}")]
    Rewrite(#[from] automerge::AutomergeError),
    /// The database did not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The erasure log could not be read or written.
    #[error("erasure log: {0}")]
    Log(#[from] io::Error),
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
    /// Whether bytes of what was deleted are still to be overwritten.
    owes_scrub: Arc<AtomicBool>,
}

impl Erasures {
    /// What erases from a database, with the log in its folder.
    pub fn new(database: Database, folder: &Path) -> Self {
        Self {
            database,
            hub: None,
            log: ErasureLog::in_folder(folder),
            turn: Arc::default(),
            owes_scrub: Arc::default(),
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
        let _turn = self.turn.lock().await;
        let document = match self.database.became_of(document).await? {
            Some(became) => became.replaced_by.ok_or(EraseError::Missing)?,
            None => document,
        };
        let new = DocumentId::from_random(rand::random());
        self.taken_away(document, self.leave_out(document, new, registrations, now_ms)).await?;
        self.scrub().await;
        if let Some(hub) = &self.hub {
            hub.changed().note(new);
        }
        self.note(Entry::new(now_ms, document, Some(new), registrations.to_vec())).await?;
        Ok(new)
    }

    /// *Gallra*: erases an occasion with all who registered for it. Counts stay.
    ///
    /// # Errors
    /// As [`erase_people`](Self::erase_people).
    pub async fn erase_occasion(&self, document: DocumentId, now_ms: i64) -> Result<(), EraseError> {
        let _turn = self.turn.lock().await;
        self.taken_away(document, self.remove(document, now_ms)).await?;
        self.scrub().await;
        self.note(Entry::new(now_ms, document, None, Vec::new())).await
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

    async fn remove(&self, document: DocumentId, now_ms: i64) -> Result<(), EraseError> {
        // What cannot be read is erased all the same: only its counts are lost.
        let view = match self.database.load_document(document).await {
            Ok(stored) if occasion::is_occasion(&stored.document) => occasion::read(&stored.document),
            Ok(_) => return Err(EraseError::Missing),
            Err(LoadError::Damaged) => Default::default(),
            Err(error) => return Err(error.into()),
        };
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

    /// Overwrites what was deleted; what cannot be now is owed.
    async fn scrub(&self) {
        let is_done = self.database.scrub().await;
        self.owes_scrub.store(!is_done, Ordering::Release);
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
