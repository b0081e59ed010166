//! A document's title reaches the list of documents once the change that wrote it is on the disk.

use std::sync::Arc;

use app::document::any;
use automerge::AutoCommit;

use super::{LiveDocument, State};
use crate::storage::titles::is_title;

/// What the list of documents has.
#[derive(Debug)]
pub struct ListedTitle {
    /// The title that the document had when it was loaded, or that was last noted.
    noted: Option<String>,
    /// Whether one is being noted: then that goes on until the list has the latest.
    is_noting: bool,
}

impl ListedTitle {
    /// The list is taken to be right when a document is loaded: only a title that changes is noted.
    pub fn of(doc: &AutoCommit) -> Self {
        Self { noted: any::title(doc), is_noting: false }
    }
}

impl LiveDocument {
    /// Something was stored: its title may be another.
    pub(super) fn title_may_differ(self: &Arc<Self>, state: &mut State) {
        if !state.title.is_noting && to_note(state).is_some() {
            state.title.is_noting = true;
            tokio::spawn(self.clone().note_title());
        }
    }

    async fn note_title(self: Arc<Self>) {
        loop {
            let title = {
                let mut state = self.state.lock().await;
                let title = to_note(&state);
                // One at a time, so that an older title never comes last.
                state.title.is_noting = title.is_some();
                title
            };
            let Some(title) = title else { return };
            let noted = self.database.set_title(self.id, &title).await;
            let mut state = self.state.lock().await;
            match noted {
                Ok(()) => state.title.noted = Some(title),
                Err(error) => {
                    // The next change tries again.
                    tracing::warn!(document = %self.id, %error, "title not noted in the list");
                    state.title.is_noting = false;
                    return;
                }
            }
        }
    }
}

/// The title that the list lacks, if it is one to show.
fn to_note(state: &State) -> Option<String> {
    let title = any::title(state.replica.doc())?;
    (is_title(&title) && state.title.noted.as_ref() != Some(&title)).then_some(title)
}
