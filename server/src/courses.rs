//! Sign-up for courses: who gets a place, what the public sees, and what becomes of it all afterwards.
//!
//! The occasion's document is the truth, and the relay alone writes decisions into it, in order of arrival. Every step is
//! stored in the document first; then, in one transaction of the database, comes the ledger of places with the letters
//! that tell of it. What a crash leaves between the two, [`Courses::reconcile`] completes: it looks at the whole document,
//! whoever has written in it, and does what is still to be done. It may run at any time and any number of times.
//!
//! - `places`: what is to be decided, pure. `ledger`: what was decided. `news`: which facts
//!   are told, and when. `prerequisite`: who has taken a course.
//! - `registering`: somebody signs up, changes, cancels, answers an offer. `form`: what they typed.
//! - `listing`: what is public. `page`, `personal`, `needs`: the pages. `rate`: how often. `tend`: what time brings about;
//!   `remind`: the reminders.
//!
//! No name is logged, and none stands in an address.

pub mod form;
mod ledger;
mod letters;
pub mod listing;
pub mod needs;
mod news;
pub mod page;
pub mod personal;
pub mod places;
mod prerequisite;
pub mod rate;
pub mod registering;
mod remind;
pub mod tend;
pub mod token;
mod views;

use std::sync::Arc;

use app::{
    document::{
        Command, CommandError, EditContext,
        occasion::{self, OccasionCommand, OccasionView},
    },
    domain::ids::DocumentId,
};
use automerge::AutoCommit;
use tokio::sync::Mutex;
use views::Views;

use crate::{
    relay::{Hub, OpenError, WriteError},
    storage::{Database, content::LoadError},
};

/// Everything about courses that the relay does. Clones share it.
#[derive(Clone)]
pub struct Courses {
    hub: Hub,
    database: Database,
    /// One ledger transaction at a time: SQLite lets one write anyway, and this way they wait in order.
    turn: Arc<Mutex<()>>,
    /// One at a time brings the ledger up to a document, from reading the one to writing the other: with two, the older of
    /// two views could be written last, and be told by letter.
    reconciling: Arc<Mutex<()>>,
    /// What was last read of the documents in memory.
    views: Views,
    /// The address that people see, before the path of a personal link.
    origin: Arc<str>,
}

/// Why something could not be done for an occasion.
#[derive(Debug, thiserror::Error)]
pub enum CourseError {
    /// The document could not be had.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// It refused a command.
    #[error(transparent)]
    Refused(#[from] CommandError),
    /// Its bytes could not be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The database did not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Courses {
    /// Over these documents, with links that begin with this address.
    pub fn new(hub: Hub, origin: &str) -> Self {
        Self {
            database: hub.database().clone(),
            hub,
            turn: Arc::default(),
            reconciling: Arc::default(),
            views: Views::default(),
            origin: origin.into(),
        }
    }

    /// The occasion as it stands, and the heads that it has at least. One that nobody has open is read and not kept.
    pub async fn view(&self, document: DocumentId) -> Result<(OccasionView, Vec<u8>), CourseError> {
        // The heads first: what is written in between makes them older than the view, and it is looked at once more.
        let heads = ledger::heads(self.database.pool(), document).await?;
        let view = match self.hub.in_memory(document) {
            Some(live) => {
                let views = self.views.clone();
                let view = live.write(move |doc| views.of(document, doc)).await?;
                OccasionView::clone(&view)
            }
            None => occasion::read(&self.database.load_document(document).await?.document),
        };
        Ok((view, heads))
    }

    /// Does what is still to be done for an occasion: decides on those who have come, offers free places, writes the
    /// ledger and queues the letters.
    pub async fn reconcile(&self, document: DocumentId, now_ms: i64) -> Result<(), CourseError> {
        let _alone = self.reconciling.lock().await;
        let kept = ledger::kept(self.database.pool(), document).await?;
        let offer_ms = self.offer_ms();
        let (mut view, mut heads) = self.view(document).await?;
        if !places::settle(&view, &kept, now_ms, offer_ms).is_empty() {
            let live = self.hub.open(document).await?;
            let settle = move |doc: &mut AutoCommit| {
                let commands = places::settle(&occasion::read(doc), &kept, now_ms, offer_ms);
                apply(doc, commands, now_ms)
            };
            live.write(settle).await??;
            (view, heads) = self.view(document).await?;
        }
        self.record(document, &view, &heads, now_ms).await
    }

    /// For how long facts must have stood before everybody is told.
    fn quiet_ms(&self) -> i64 {
        i64::try_from(self.hub.limits().told_after_seconds).unwrap_or(i64::MAX / 2_000).saturating_mul(1_000)
    }

    fn offer_ms(&self) -> i64 {
        i64::try_from(self.hub.limits().offer_seconds).unwrap_or(i64::MAX / 2_000).saturating_mul(1_000)
    }
}

/// Writes commands as one change; nothing where there are none.
fn apply(doc: &mut AutoCommit, mut commands: Vec<OccasionCommand>, now_ms: i64) -> Result<(), CommandError> {
    let command = match commands.len() {
        0 => return Ok(()),
        1 => commands.remove(0),
        _ => OccasionCommand::Batch { commands, label: "besked".to_owned() },
    };
    app::document::any::edit(doc, &Command::Occasion(command), &EditContext { now_ms })?;
    Ok(())
}
