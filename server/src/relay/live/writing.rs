//! What the relay itself writes into a document: who has a place on a course.
//!
//! Such work waits until nothing of the document is on its way to the disk, and then all that has gathered is done at
//! once: each piece sees what those before it wrote, and they share one flush of the disk. Two batches of a document are
//! never under way together, since the second could be stored where the first was not.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, PoisonError},
};

use app::{
    document::{self, Command, CommandError, EditContext},
    sync::replica::{Event, Ticket},
};
use automerge::AutoCommit;
use tokio::sync::oneshot;

use super::{Broken, LiveDocument, State};

/// Says whether what was written is on the disk.
pub(super) type Tell = Box<dyn FnOnce(bool) + Send>;
/// Writes, and says whom to tell.
pub(super) type Job = Box<dyn FnOnce(&mut AutoCommit) -> Tell + Send>;

/// Why the relay could not write.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The document was thrown away: open it anew, and see whether it is still to be done.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The disk did not take it. Nothing of it is left.
    #[error("not stored")]
    NotStored,
    /// The document refused it.
    #[error(transparent)]
    Refused(#[from] CommandError),
}

impl LiveDocument {
    /// Lets `work` look at the document and write in it, as the relay: by no author, under an actor of its own. What it
    /// returns comes back once all that it wrote is on the disk.
    pub async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut AutoCommit) -> T + Send + 'static,
    ) -> Result<T, WriteError> {
        let (told, answer) = oneshot::channel();
        let job: Job = Box::new(move |doc| {
            let done = work(doc);
            Box::new(move |stored| {
                // Whoever asked may have gone.
                let _ = told.send(stored.then_some(done));
            })
        });
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).push(job);
        {
            let mut state = self.state.lock().await;
            self.check()?;
            self.write_waiting(&mut state);
        }
        match answer.await {
            Ok(Some(done)) => Ok(done),
            Ok(None) => Err(WriteError::NotStored),
            Err(_) => Err(Broken.into()),
        }
    }

    /// Carries out one command as the relay; whether it changed anything.
    pub async fn edit(self: &Arc<Self>, command: Command, context: EditContext) -> Result<bool, WriteError> {
        let edited = self.write(move |doc| document::any::edit(doc, &command, &context)).await??;
        Ok(edited.changed)
    }

    /// Has the work that waits done by a task of its own: whoever calls this may be the writer's thread, which has other
    /// documents to store.
    pub(super) fn write_soon(self: &Arc<Self>) {
        if self.jobs.lock().unwrap_or_else(PoisonError::into_inner).is_empty() {
            return;
        }
        let document = self.clone();
        tokio::spawn(async move {
            let mut state = document.state.lock().await;
            document.write_waiting(&mut state);
        });
    }

    /// Does the work that waits, if nothing is on its way to the disk.
    pub(super) fn write_waiting(self: &Arc<Self>, state: &mut State) {
        if state.storing > 0 || state.replica.is_reloading() || self.check().is_err() {
            return;
        }
        let jobs = std::mem::take(&mut *self.jobs.lock().unwrap_or_else(PoisonError::into_inner));
        if jobs.is_empty() {
            return;
        }
        let doc = state.replica.doc_mut();
        let before = doc.get_heads();
        let work = || jobs.into_iter().map(|job| job(doc)).collect::<Vec<_>>();
        let Ok(written) = catch_unwind(AssertUnwindSafe(work)) else {
            tracing::error!(document = %self.id, "fault while the relay wrote: thrown away, to be loaded again");
            self.break_up(state);
            return;
        };
        if state.replica.doc_mut().get_heads() == before {
            written.into_iter().for_each(|tell| tell(true));
            return;
        }
        state.written = written;
        let _ = self.handle(state, Event::LocalChange, None);
        // They went along with the changes, unless these were not handed to the writer.
        std::mem::take(&mut state.written).into_iter().for_each(|tell| tell(false));
    }

    /// The writer has decided on what went under this ticket.
    pub(super) fn tell(&self, state: &mut State, ticket: Ticket, stored: bool) {
        state.telling.remove(&ticket).into_iter().flatten().for_each(|tell| tell(stored));
        if let (true, Some(changed)) = (stored, &self.changed) {
            changed.note(self.id);
        }
    }

    /// Nobody waits for what will not be written. What the writer has is still told of.
    pub(super) fn give_up_writing(&self, state: &mut State) {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clear();
        state.written.clear();
    }
}
