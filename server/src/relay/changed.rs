//! Documents of courses that have stored something, whoever wrote it: somebody looks after them (`crate::courses`).

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use app::domain::ids::DocumentId;
use tokio::sync::Notify;

/// The documents with news. One that has changed many times since it was last looked at stands here once.
#[derive(Debug, Default)]
pub struct Changed {
    documents: Mutex<BTreeSet<DocumentId>>,
    news: Notify,
}

impl Changed {
    /// A document has stored something.
    pub fn note(&self, document: DocumentId) {
        self.documents.lock().unwrap_or_else(PoisonError::into_inner).insert(document);
        self.news.notify_one();
    }

    /// Waits until there is news, and takes all of it.
    pub async fn next(&self) -> BTreeSet<DocumentId> {
        loop {
            let documents = self.take();
            if !documents.is_empty() {
                return documents;
            }
            self.news.notified().await;
        }
    }

    /// Takes what news there is.
    pub fn take(&self) -> BTreeSet<DocumentId> {
        std::mem::take(&mut *self.documents.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
