//! What is stored beside the bytes: which documents there are, what the server has, undo, and who is signed in.

use super::chunks::{key, whole};
use super::{Store, StoreError, names};
use crate::boot::{DocumentInfo, Person, SignedIn};
use crate::document::UndoStack;
use crate::domain::course::follow_up::CourseFollowUp;
use crate::domain::ids::DocumentId;
use crate::workspace::shelf::{heads_from_text, heads_to_text};
use automerge::ChangeHash;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What is known of a document without opening it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Title, year, rights.
    pub info: DocumentInfo,
    /// The names of those who may read it.
    #[serde(default)]
    pub people: Vec<Person>,
}

/// What the server has said about a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRecord {
    /// The heads of what it has stored, as hexadecimal joined by `+`.
    acknowledged: String,
}

impl SyncRecord {
    /// A record of these heads.
    pub fn new(acknowledged: &[ChangeHash]) -> Self {
        Self { acknowledged: heads_to_text(acknowledged) }
    }

    /// The heads of what the server has stored.
    pub fn acknowledged(&self) -> Vec<ChangeHash> {
        heads_from_text(&self.acknowledged)
    }
}

/// An undo stack as it lies in the database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredUndo {
    /// Whose.
    pub tab: String,
    /// The stack itself.
    pub stack: UndoStack,
    /// When it was last written.
    pub at_ms: i64,
    /// The tab from which it was adopted: its stack goes when this one is written.
    #[serde(skip)]
    pub adopted_from: Option<String>,
}

impl StoredUndo {
    pub(super) fn put(&self, store: &ObjectStore<'_>, document: DocumentId) -> Result<(), StoreError> {
        drop(store.put(serde_json::to_string(self)?).with_key(key(document, &self.tab)).primitive()?);
        if let Some(tab) = self.adopted_from.as_ref().filter(|tab| **tab != self.tab) {
            drop(store.delete(key(document, tab)).primitive()?);
        }
        Ok(())
    }
}

/// Who this database belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// The user.
    pub user: SignedIn,
    /// When the server last said so; the right to open the plans without a network runs from here.
    pub confirmed_ms: i64,
}

const ACCOUNT: &str = "account";

/// Where what the server tells of courses beside a plan is kept.
pub(super) fn courses_key(plan: DocumentId) -> String {
    format!("courses/{plan}")
}

impl Store {
    /// Who this database belongs to, if the server has ever said so.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn account(&self) -> Result<Option<Account>, StoreError> {
        self.get_json(names::SETTINGS, ACCOUNT).await
    }

    /// Notes who this database belongs to.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn set_account(&self, account: &Account) -> Result<(), StoreError> {
        self.put_json(names::SETTINGS, ACCOUNT, account).await
    }

    /// All documents known on this device.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn documents(&self) -> Result<Vec<DocumentRecord>, StoreError> {
        let transaction = self.reading(names::DOCUMENTS)?;
        let store = transaction.object_store(names::DOCUMENTS)?;
        let all = store.get_all::<String>().primitive()?.await?;
        Ok(all.filter_map(Result::ok).filter_map(|json| serde_json::from_str(&json).ok()).collect())
    }

    /// One of them.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn document(&self, id: DocumentId) -> Result<Option<DocumentRecord>, StoreError> {
        self.get_json(names::DOCUMENTS, &id.to_string()).await
    }

    /// Notes what is known of a document.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn set_document(&self, record: &DocumentRecord) -> Result<(), StoreError> {
        self.put_json(names::DOCUMENTS, &record.info.id.to_string(), record).await
    }

    /// What the server last told of an association's courses beside its plan: numbers alone.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn course_follow_up(&self, plan: DocumentId) -> Result<Option<CourseFollowUp>, StoreError> {
        self.get_json(names::SETTINGS, &courses_key(plan)).await
    }

    /// Notes what the server tells of an association's courses.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn set_course_follow_up(&self, plan: DocumentId, courses: &CourseFollowUp) -> Result<(), StoreError> {
        self.put_json(names::SETTINGS, &courses_key(plan), courses).await
    }

    /// What the server has said about a document.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn sync_record(&self, id: DocumentId) -> Result<SyncRecord, StoreError> {
        Ok(self.get_json(names::SYNC, &id.to_string()).await?.unwrap_or_default())
    }

    /// Notes what the server has said about a document.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn set_sync_record(&self, id: DocumentId, record: &SyncRecord) -> Result<(), StoreError> {
        // Lost in a crash it says too little, never too much: a change counts as waiting that is not.
        let transaction = self.writing_soon(names::SYNC)?;
        let store = transaction.object_store(names::SYNC)?;
        drop(store.put(serde_json::to_string(record)?).with_key(id.to_string()).primitive()?);
        drop(store);
        Ok(transaction.commit().await?)
    }

    /// The undo stacks of all tabs that have had a document open.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn undo_stacks(&self, document: DocumentId) -> Result<Vec<StoredUndo>, StoreError> {
        let transaction = self.reading(names::UNDO)?;
        let store = transaction.object_store(names::UNDO)?;
        let all = store.get_all::<String>().with_query::<Vec<String>, _>(whole(document)).primitive()?.await?;
        Ok(all.filter_map(Result::ok).filter_map(|json| serde_json::from_str(&json).ok()).collect())
    }

    async fn get_json<T: DeserializeOwned>(&self, name: &'static str, key: &str) -> Result<Option<T>, StoreError> {
        let transaction = self.reading(name)?;
        let store = transaction.object_store(name)?;
        let json = store.get::<String, _, _>(key).primitive()?.await?;
        // What cannot be read any more is fetched anew from the server.
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
    }

    async fn put_json<T: Serialize>(&self, name: &'static str, key: &str, value: &T) -> Result<(), StoreError> {
        let transaction = self.writing([name])?;
        let store = transaction.object_store(name)?;
        drop(store.put(serde_json::to_string(value)?).with_key(key.to_owned()).primitive()?);
        drop(store);
        Ok(transaction.commit().await?)
    }
}
