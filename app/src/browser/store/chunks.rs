//! The bytes of documents: changes one by one, and snapshots that replace many of them.

use super::records::{StoredUndo, courses_key};
use super::{Store, StoreError, names};
use crate::domain::ids::DocumentId;
use crate::workspace::shelf::{Chunk, heads_from_text, heads_to_text};
use indexed_db_futures::KeyRange;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use js_sys::{Object, Reflect, Uint8Array};
use std::collections::BTreeSet;
use wasm_bindgen::{JsCast, JsValue};

/// Comes after all hashes and snapshots.
const LAST: &str = "~";

impl Store {
    /// Stores chunks, and the undo stack as it is with them; when this returns, the disk has them.
    ///
    /// # Errors
    /// If there is no room. Then nothing of this has been stored.
    pub async fn append(
        &self,
        document: DocumentId,
        chunks: &[Chunk],
        undo: Option<&StoredUndo>,
    ) -> Result<(), StoreError> {
        let transaction = self.writing([names::CHUNKS, names::UNDO])?;
        let store = transaction.object_store(names::CHUNKS)?;
        for chunk in chunks {
            put(&store, document, chunk)?;
        }
        drop(store);
        if let Some(undo) = undo {
            undo.put(&transaction.object_store(names::UNDO)?, document)?;
        }
        Ok(transaction.commit().await?)
    }

    /// Stores a snapshot and removes what it replaces, all or nothing.
    ///
    /// # Errors
    /// If there is no room. Then everything is as it was.
    pub async fn replace(&self, document: DocumentId, snapshot: &Chunk, replaced: &[String]) -> Result<(), StoreError> {
        let transaction = self.writing([names::CHUNKS])?;
        let store = transaction.object_store(names::CHUNKS)?;
        put(&store, document, snapshot)?;
        for name in replaced.iter().filter(|name| **name != snapshot.key) {
            store.delete(key(document, name)).primitive()?;
        }
        drop(store);
        Ok(transaction.commit().await?)
    }

    /// All chunks of a document, snapshots first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn chunks(&self, document: DocumentId) -> Result<Vec<Chunk>, StoreError> {
        let transaction = self.reading(names::CHUNKS)?;
        let store = transaction.object_store(names::CHUNKS)?;
        let all = store.get_all::<JsValue>().with_query::<Vec<String>, _>(whole(document)).primitive()?.await?;
        Ok(all.filter_map(Result::ok).filter_map(|value| chunk_from(&value)).collect())
    }

    /// The keys of all chunks of a document: what other tabs have stored meanwhile shows here.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn chunk_keys(&self, document: DocumentId) -> Result<Vec<String>, StoreError> {
        let transaction = self.reading(names::CHUNKS)?;
        let store = transaction.object_store(names::CHUNKS)?;
        let keys =
            store.get_all_keys::<Vec<String>>().with_query::<Vec<String>, _>(whole(document)).primitive()?.await?;
        Ok(keys.filter_map(Result::ok).filter_map(|mut key| key.pop()).collect())
    }

    /// Moves chunks that cannot be read out of the way. They are kept: a later version may read them.
    ///
    /// # Errors
    /// If there is no room. Then they stay where they were.
    pub async fn quarantine(&self, document: DocumentId, chunks: &[Chunk]) -> Result<(), StoreError> {
        let transaction = self.writing([names::CHUNKS, names::QUARANTINE, names::SYNC])?;
        let (store, aside, sync) = (
            transaction.object_store(names::CHUNKS)?,
            transaction.object_store(names::QUARANTINE)?,
            transaction.object_store(names::SYNC)?,
        );
        for chunk in chunks {
            put(&aside, document, chunk)?;
            store.delete(key(document, &chunk.key)).primitive()?;
        }
        sync.delete(document.to_string()).primitive()?;
        drop((store, aside, sync));
        Ok(transaction.commit().await?)
    }

    /// Removes a document and everything that belongs to it, apart from what was put aside as unreadable.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn forget_document(&self, document: DocumentId) -> Result<(), StoreError> {
        let transaction = self.writing([names::CHUNKS, names::UNDO, names::SYNC, names::DOCUMENTS, names::SETTINGS])?;
        for name in [names::CHUNKS, names::UNDO] {
            transaction.object_store(name)?.delete::<Vec<String>, _>(whole(document)).primitive()?;
        }
        for name in [names::SYNC, names::DOCUMENTS] {
            transaction.object_store(name)?.delete(document.to_string()).primitive()?;
        }
        transaction.object_store(names::SETTINGS)?.delete(courses_key(document)).primitive()?;
        Ok(transaction.commit().await?)
    }
}

impl Store {
    /// Removes a document and everything that belongs to it, also what was put aside as unreadable: it was erased.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn purge_document(&self, document: DocumentId) -> Result<(), StoreError> {
        self.forget_document(document).await?;
        let transaction = self.writing([names::QUARANTINE])?;
        transaction.object_store(names::QUARANTINE)?.delete::<Vec<String>, _>(whole(document)).primitive()?;
        Ok(transaction.commit().await?)
    }

    /// Every document that anything lies here of, known by name or not.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn document_ids(&self) -> Result<BTreeSet<DocumentId>, StoreError> {
        let mut found = BTreeSet::new();
        for name in [names::CHUNKS, names::UNDO, names::QUARANTINE] {
            let transaction = self.reading(name)?;
            let store = transaction.object_store(name)?;
            let keys = store.get_all_keys::<Vec<String>>().primitive()?.await?;
            found.extend(keys.filter_map(Result::ok).filter_map(|key| key.first()?.parse::<DocumentId>().ok()));
        }
        for name in [names::DOCUMENTS, names::SYNC] {
            let transaction = self.reading(name)?;
            let store = transaction.object_store(name)?;
            let keys = store.get_all_keys::<String>().primitive()?.await?;
            found.extend(keys.filter_map(Result::ok).filter_map(|key| key.parse::<DocumentId>().ok()));
        }
        Ok(found)
    }
}

pub(super) fn key(document: DocumentId, name: &str) -> Vec<String> {
    vec![document.to_string(), name.to_owned()]
}

/// Every key that starts with the document.
pub(super) fn whole(document: DocumentId) -> KeyRange<Vec<String>> {
    KeyRange::Bound(key(document, ""), false, key(document, LAST), false)
}

fn put(store: &ObjectStore<'_>, document: DocumentId, chunk: &Chunk) -> Result<(), StoreError> {
    // The request's own answer is not awaited: the transaction's `complete` says it for all of them.
    drop(store.put(chunk_to(chunk)).with_key(key(document, &chunk.key)).primitive()?);
    Ok(())
}

fn chunk_to(chunk: &Chunk) -> JsValue {
    let object = Object::new();
    for (name, value) in [
        ("key", JsValue::from(&chunk.key)),
        ("snapshot", chunk.is_snapshot.into()),
        ("bytes", Uint8Array::from(chunk.bytes.as_slice()).into()),
        ("heads", heads_to_text(&chunk.heads).into()),
    ] {
        let set = Reflect::set(&object, &name.into(), &value);
        debug_assert!(set.is_ok(), "a fresh object takes any field");
    }
    object.into()
}

fn chunk_from(value: &JsValue) -> Option<Chunk> {
    let field = |name: &str| Reflect::get(value, &name.into()).ok();
    let bytes: Uint8Array = field("bytes")?.dyn_into().ok()?;
    Some(Chunk {
        key: field("key")?.as_string()?,
        is_snapshot: field("snapshot")?.is_truthy(),
        bytes: bytes.to_vec(),
        heads: heads_from_text(&field("heads")?.as_string()?),
    })
}
