//! The bytes of documents: a snapshot, the changes since, and the heads that both together must give.

use std::collections::HashMap;

use app::domain::ids::{DocumentId, UserId};
use automerge::{ActorId, AutoCommit, ChangeHash, LoadOptions, TextEncoding};
use sqlx::{Sqlite, SqliteConnection, Transaction};

use super::{Database, documents::Kind, user_id};
use crate::clock;

/// So many loose changes are worth a snapshot when a document leaves memory.
const SNAPSHOT_AFTER: i64 = 200;

/// A document as it was stored.
pub struct StoredDocument {
    /// Its content.
    pub document: AutoCommit,
    /// Which user each actor belongs to.
    pub actors: HashMap<ActorId, UserId>,
    /// What it is about, as far as this program knows.
    pub kind: Option<Kind>,
}

/// Why a document cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no such document.
    #[error("no such document")]
    Missing,
    /// The bytes do not give the heads that were stored with them: it is set aside until somebody has looked.
    #[error("the stored bytes do not give the stored heads")]
    Damaged,
    /// The database did not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// Reads a document and makes sure that it is whole.
    pub async fn load_document(&self, id: DocumentId) -> Result<StoredDocument, LoadError> {
        // One transaction: a snapshot may take the place of changes meanwhile.
        let mut transaction = self.pool().begin().await?;
        let key = id.as_bytes().as_slice();
        let heads: Option<(Vec<u8>, String)> = sqlx::query_as("SELECT heads, kind FROM documents WHERE id = ?")
            .bind(key)
            .fetch_optional(&mut *transaction)
            .await?;
        let Some((heads, kind)) = heads else { return Err(LoadError::Missing) };
        let snapshot: Option<(Vec<u8>,)> = sqlx::query_as("SELECT bytes FROM snapshots WHERE document_id = ?")
            .bind(key)
            .fetch_optional(&mut *transaction)
            .await?;
        let changes: Vec<(Vec<u8>,)> =
            sqlx::query_as("SELECT bytes FROM changes WHERE document_id = ? ORDER BY position")
                .bind(key)
                .fetch_all(&mut *transaction)
                .await?;
        let actors: Vec<(Vec<u8>, Vec<u8>)> = sqlx::query_as("SELECT actor, user_id FROM actors WHERE document_id = ?")
            .bind(key)
            .fetch_all(&mut *transaction)
            .await?;
        transaction.commit().await?;

        let mut bytes = snapshot.map(|(bytes,)| bytes).unwrap_or_default();
        for (change,) in changes {
            bytes.extend_from_slice(&change);
        }
        let document = tokio::task::spawn_blocking(move || whole(&bytes, &heads))
            .await
            .ok()
            .flatten()
            .ok_or(LoadError::Damaged)?;
        let actors = actors
            .into_iter()
            .map(|(actor, user)| Ok((ActorId::from(actor), user_id(&user)?)))
            .collect::<Result<_, sqlx::Error>>()?;
        Ok(StoredDocument { document, actors, kind: Kind::parse(&kind) })
    }

    /// Replaces the changes of a document by one snapshot, if there are enough of them to be worth it.
    pub async fn compact(&self, id: DocumentId) -> Result<bool, LoadError> {
        let key = id.as_bytes().as_slice();
        let (loose, last): (i64, Option<i64>) =
            sqlx::query_as("SELECT COUNT(*), MAX(position) FROM changes WHERE document_id = ?")
                .bind(key)
                .fetch_one(self.pool())
                .await?;
        let Some(last) = last.filter(|_| loose >= SNAPSHOT_AFTER) else { return Ok(false) };
        let StoredDocument { mut document, .. } = self.load_document(id).await?;
        let saved = tokio::task::spawn_blocking(move || {
            let bytes = document.save();
            let heads = column_of(&document.get_heads());
            // What cannot be read back must not take the place of what can.
            whole(&bytes, &heads).map(|_| (bytes, heads))
        })
        .await
        .ok()
        .flatten()
        .ok_or(LoadError::Damaged)?;
        let mut transaction = self.pool().begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("INSERT OR REPLACE INTO snapshots (document_id, bytes, heads, stored_at) VALUES (?, ?, ?, ?)")
            .bind(key)
            .bind(saved.0)
            .bind(saved.1)
            .bind(clock::now_ms())
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "INSERT OR IGNORE INTO actors (document_id, actor, user_id)
             SELECT document_id, actor, user_id FROM changes
             WHERE document_id = ? AND position <= ? AND user_id IS NOT NULL",
        )
        .bind(key)
        .bind(last)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM changes WHERE document_id = ? AND position <= ?")
            .bind(key)
            .bind(last)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// What a new document starts with.
#[derive(Debug, Default)]
pub struct NewContent {
    bytes: Vec<u8>,
    heads: Vec<u8>,
}

impl NewContent {
    /// The content of `document`, as a snapshot.
    pub fn of(document: &mut AutoCommit) -> Self {
        Self { bytes: document.save(), heads: column_of(&document.get_heads()) }
    }

    /// Writes the content of a document that was just registered.
    pub(crate) async fn insert(
        &self,
        transaction: &mut Transaction<'_, Sqlite>,
        id: DocumentId,
    ) -> Result<(), sqlx::Error> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let connection: &mut SqliteConnection = transaction;
        sqlx::query("INSERT INTO snapshots (document_id, bytes, heads, stored_at) VALUES (?, ?, ?, ?)")
            .bind(id.as_bytes().as_slice())
            .bind(&self.bytes)
            .bind(&self.heads)
            .bind(clock::now_ms())
            .execute(&mut *connection)
            .await?;
        sqlx::query("UPDATE documents SET heads = ? WHERE id = ?")
            .bind(&self.heads)
            .bind(id.as_bytes().as_slice())
            .execute(&mut *connection)
            .await?;
        Ok(())
    }
}

/// Heads as a column holds them: ascending, one after the other.
pub(crate) fn column_of(heads: &[ChangeHash]) -> Vec<u8> {
    let mut heads = heads.to_vec();
    heads.sort_unstable();
    heads.iter().flat_map(|head| head.0).collect()
}

/// The document that the bytes give, if it has these heads. Changes whose dependencies are gone load without a word.
fn whole(bytes: &[u8], heads: &[u8]) -> Option<AutoCommit> {
    let options = || LoadOptions::new().text_encoding(TextEncoding::Utf16CodeUnit);
    let loaded = std::panic::catch_unwind(|| AutoCommit::load_with_options(bytes, options()));
    let mut document = loaded.ok()?.ok()?;
    (column_of(&document.get_heads()) == heads).then_some(document)
}
