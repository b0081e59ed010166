//! The one task that writes changes: what has gathered since the last commit goes to disk in one transaction.
//!
//! A request is answered once its changes are committed (`synchronous=FULL`), never before, and answered as failed
//! if they could not be. What one document brings can fail alone.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use app::domain::ids::{DocumentId, UserId};
use automerge::{ActorId, ChangeHash};
use sqlx::{Connection, SqliteConnection};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    task::JoinHandle,
};

use super::{Database, content::column_of};
use crate::clock;

/// Batches of at most so many requests are written with statements that SQLite keeps prepared.
const REPEATED: usize = 4;
/// Requests that may wait; who would be next waits for room, and so does the socket it came from.
const QUEUE: usize = 1_024;
/// Requests committed together at most, so that the first of them does not wait for too many others.
const BATCH: usize = 256;

/// Changes of one document to be committed together.
pub struct StoreRequest {
    /// Which document.
    pub document: DocumentId,
    /// The changes, in an order that keeps dependencies first.
    pub changes: Vec<StoredChange>,
    /// The document's heads once these changes are in.
    pub heads: Vec<ChangeHash>,
    /// Called once it is decided: `true` only after the commit.
    pub done: Box<dyn FnOnce(bool) + Send + Sync>,
    /// The room it takes in the queue, given back when it is decided.
    pub room: Option<OwnedSemaphorePermit>,
}

/// One change as a row.
pub struct StoredChange {
    /// Its hash.
    pub hash: ChangeHash,
    /// Who made it, as automerge counts.
    pub actor: ActorId,
    /// Its number among the changes of that actor.
    pub seq: u64,
    /// Whose actor it is from now on.
    pub user: Option<UserId>,
    /// The change itself.
    pub bytes: Arc<[u8]>,
}

/// Where requests are handed in.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::UnboundedSender<StoreRequest>,
    room: Arc<Semaphore>,
    healthy: Arc<AtomicBool>,
}

impl Writer {
    /// Starts the task. It ends when the last [`Writer`] is gone and all that was handed in is decided.
    pub async fn start(database: &Database) -> Result<(Self, JoinHandle<()>), sqlx::Error> {
        let connection = database.pool().acquire().await?.detach();
        let (queue, requests) = mpsc::unbounded_channel();
        let healthy = Arc::new(AtomicBool::new(true));
        let task = tokio::spawn(run(connection, requests, healthy.clone()));
        Ok((Self { queue, room: Arc::new(Semaphore::new(QUEUE)), healthy }, task))
    }

    /// Waits for room for one request. What bounds the queue is this, before a message is taken at all: a request
    /// itself is handed in without waiting, under a document's lock and thus in order.
    pub async fn room(&self) -> Option<OwnedSemaphorePermit> {
        self.room.clone().acquire_owned().await.ok()
    }

    /// Hands a request in.
    pub fn store(&self, request: StoreRequest) {
        if let Err(mpsc::error::SendError(request)) = self.queue.send(request) {
            (request.done)(false);
        }
    }

    /// Whether the last transaction reached the disk.
    pub fn healthy(&self) -> bool {
        self.healthy.load(Ordering::Relaxed)
    }
}

async fn run(
    mut connection: SqliteConnection,
    mut requests: mpsc::UnboundedReceiver<StoreRequest>,
    healthy: Arc<AtomicBool>,
) {
    let mut batch = Vec::with_capacity(BATCH);
    while requests.recv_many(&mut batch, BATCH).await > 0 {
        let together = commit(&mut connection, &batch).await;
        healthy.store(together.is_ok(), Ordering::Relaxed);
        if together.is_ok() {
            batch.drain(..).for_each(|request| (request.done)(true));
            continue;
        }
        // Somebody's request cannot be stored, or nobody's can: each is tried alone.
        for request in batch.drain(..) {
            let alone = commit(&mut connection, std::slice::from_ref(&request)).await;
            if let Err(error) = &alone {
                tracing::error!(document = %request.document, %error, "changes not stored");
            }
            healthy.store(alone.is_ok(), Ordering::Relaxed);
            (request.done)(alone.is_ok());
        }
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the writer's connection did not close cleanly");
    }
}

/// Commits a batch. One text of statements instead of one after another: each by itself would cost a message to the
/// connection's thread and back, which is more than SQLite takes for it.
async fn commit(connection: &mut SqliteConnection, batch: &[StoreRequest]) -> Result<(), sqlx::Error> {
    let statements = statements(batch);
    let now = clock::now_ms();
    let mut query = sqlx::query(&statements);
    for request in batch {
        for change in &request.changes {
            query = query
                .bind(request.document.as_bytes().as_slice())
                .bind(change.hash.0.as_slice())
                .bind(change.actor.to_bytes())
                .bind(i64::try_from(change.seq).unwrap_or(i64::MAX))
                .bind(change.user.map(|user| user.as_bytes().to_vec()))
                .bind(change.bytes.as_ref())
                .bind(now);
        }
        query = query.bind(column_of(&request.heads)).bind(request.document.as_bytes().as_slice());
    }
    // Only small batches repeat often enough for their statements to be worth keeping.
    let committed = query.persistent(batch.len() <= REPEATED).execute(&mut *connection).await;
    if let Err(error) = committed {
        // If the transaction is gone already, there is nothing to roll back.
        let _ = sqlx::query("ROLLBACK").execute(&mut *connection).await;
        return Err(error);
    }
    Ok(())
}

/// The statements of a batch, their parameters in the order of its requests and changes. That the document exists is
/// for the foreign key to say.
fn statements(batch: &[StoreRequest]) -> String {
    let mut text = String::from("BEGIN IMMEDIATE;");
    for request in batch {
        for _ in &request.changes {
            text.push_str(
                "INSERT INTO changes (document_id, hash, actor, seq, user_id, bytes, stored_at) VALUES (?,?,?,?,?,?,?);",
            );
        }
        text.push_str("UPDATE documents SET heads = ? WHERE id = ?;");
    }
    text.push_str("COMMIT");
    text
}
