//! The erasure log against the database, at each start: what was erased after a backup was made is erased again, before
//! anybody is let in.

use std::collections::{BTreeMap, BTreeSet};

use app::{document::occasion, domain::ids::DocumentId};

use super::{EraseError, Erasures, log::Entry};
use crate::storage::{content::LoadError, erased::Tombstone};

impl Erasures {
    /// Erases what the log tells of and the database still has, and notes in the log what it lacks. How many documents
    /// were erased anew.
    ///
    /// # Errors
    /// If the log or the database cannot be read or written: then nobody must be let in.
    pub async fn replay(&self, now_ms: i64) -> Result<usize, EraseError> {
        let log = self.log.clone();
        let entries = tokio::task::spawn_blocking(move || log.read())
            .await
            .map_err(|_| std::io::Error::other("the log was not read"))??;
        let noted: BTreeSet<_> = entries.iter().map(|entry| (entry.document, entry.replaced_by)).collect();
        for tombstone in self.database.tombstones().await? {
            if !noted.contains(&(tombstone.document, tombstone.replaced_by)) {
                let Tombstone { document, replaced_by, registrations, at_ms } = tombstone;
                self.note(Entry::new(at_ms, document, replaced_by, registrations)).await?;
            }
        }
        let known: BTreeMap<_, _> =
            self.database.tombstones().await?.into_iter().map(|tombstone| (tombstone.document, tombstone)).collect();
        let mut count = 0;
        for entry in entries {
            let is_known = known.get(&entry.document).is_some_and(|known| known.replaced_by == entry.replaced_by);
            if is_known {
                continue;
            }
            match self.replay_one(&entry, now_ms).await {
                Ok(erased) => count += usize::from(erased),
                // Nobody gets what cannot be read, and the rest is not to wait for it.
                Err(error @ (EraseError::Damaged | EraseError::Rewrite(_))) => {
                    tracing::error!(document = %entry.document, %error, "could not be erased anew");
                }
                Err(error) => return Err(error),
            }
        }
        if count > 0 {
            tracing::warn!(count, "erased anew after a restore");
        }
        Ok(count)
    }

    async fn replay_one(&self, entry: &Entry, now_ms: i64) -> Result<bool, EraseError> {
        let at = match self.database.became_of(entry.document).await? {
            Some(became) => became.replaced_by,
            None if self.is_here(entry.document).await? => Some(entry.document),
            None => {
                self.bury(entry.document, entry.replaced_by, entry, now_ms).await?;
                return Ok(false);
            }
        };
        let Some(at) = at else { return Ok(false) };
        if !self.is_here(at).await? {
            return Ok(false);
        }
        let Some(before) = entry.replaced_by else {
            self.erase_occasion(at, now_ms).await?;
            return Ok(true);
        };
        let goes = at == entry.document || self.has_any(at, entry).await?;
        let now_at = if goes { self.erase_people(at, &entry.registrations, now_ms).await? } else { at };
        // Devices may know the occasion by the id it had before the restore.
        let is_new =
            before != now_at && !self.is_here(before).await? && self.database.tombstone(before).await?.is_none();
        if is_new {
            self.bury(before, Some(now_at), entry, now_ms).await?;
        }
        Ok(goes)
    }

    async fn bury(
        &self,
        document: DocumentId,
        replaced_by: Option<DocumentId>,
        entry: &Entry,
        at_ms: i64,
    ) -> Result<(), EraseError> {
        let registrations = entry.registrations.clone();
        self.database.bury(&Tombstone { document, replaced_by, registrations, at_ms }).await?;
        if (document, replaced_by) != (entry.document, entry.replaced_by) {
            self.note(Entry::new(at_ms, document, replaced_by, entry.registrations.clone())).await?;
        }
        Ok(())
    }

    async fn is_here(&self, document: DocumentId) -> Result<bool, EraseError> {
        match self.database.owner_of(document).await {
            Ok(_) => Ok(true),
            Err(sqlx::Error::RowNotFound) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn has_any(&self, document: DocumentId, entry: &Entry) -> Result<bool, EraseError> {
        match self.database.load_document(document).await {
            Ok(stored) => {
                let view = occasion::read(&stored.document);
                Ok(entry.registrations.iter().any(|id| view.registration(*id).is_some()))
            }
            Err(LoadError::Missing) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}
