//! What the occasions in memory said when they were last looked at, so that the next to sign up need not have all of the
//! others read again. A view is good for the heads that it was read at, and for no others.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use app::{
    document::occasion::{self, OccasionView},
    domain::ids::DocumentId,
};
use automerge::{AutoCommit, ChangeHash};

/// The latest views. Clones share them.
#[derive(Clone, Default)]
pub struct Views {
    latest: Arc<Mutex<HashMap<DocumentId, Seen>>>,
}

struct Seen {
    heads: Vec<ChangeHash>,
    view: Arc<OccasionView>,
}

impl Views {
    /// What the document says.
    pub fn of(&self, document: DocumentId, doc: &mut AutoCommit) -> Arc<OccasionView> {
        let heads = doc.get_heads();
        if let Some(seen) = self.lock().get(&document).filter(|seen| seen.heads == heads) {
            return seen.view.clone();
        }
        let view = Arc::new(occasion::read(doc));
        self.lock().insert(document, Seen { heads, view: view.clone() });
        view
    }

    /// What the document says, to be changed along with it and given back by [`keep`](Self::keep).
    pub fn take(&self, document: DocumentId, doc: &mut AutoCommit) -> OccasionView {
        let heads = doc.get_heads();
        let seen = self.lock().remove(&document).filter(|seen| seen.heads == heads);
        match seen {
            Some(seen) => Arc::try_unwrap(seen.view).unwrap_or_else(|shared| OccasionView::clone(&shared)),
            None => occasion::read(doc),
        }
    }

    /// This is what the document says now.
    pub fn keep(&self, document: DocumentId, doc: &mut AutoCommit, view: OccasionView) {
        let heads = doc.get_heads();
        self.lock().insert(document, Seen { heads, view: Arc::new(view) });
    }

    /// Forgets all of them: names stay in memory no longer than somebody needs them.
    pub fn forget(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DocumentId, Seen>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
