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

async fn commit(connection: &mut SqliteConnection, batch: &[StoreRequest]) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let now = clock::now_ms();
    for request in batch {
        let document = request.document.as_bytes().as_slice();
        for change in &request.changes {
            sqlx::query(
                "INSERT INTO changes (document_id, hash, actor, seq, user_id, bytes, stored_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
                 INSERT INTO actors (document_id, actor, user_id) SELECT ?1, ?3, ?5 WHERE ?5 IS NOT NULL
                 ON CONFLICT DO NOTHING",
            )
            .bind(document)
            .bind(change.hash.0.as_slice())
            .bind(change.actor.to_bytes())
            .bind(i64::try_from(change.seq).unwrap_or(i64::MAX))
            .bind(change.user.map(|user| user.as_bytes().to_vec()))
            .bind(change.bytes.as_ref())
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        }
        let updated = sqlx::query("UPDATE documents SET heads = ? WHERE id = ?")
            .bind(column_of(&request.heads))
            .bind(document)
            .execute(&mut *transaction)
            .await?;
        if updated.rows_affected() == 0 {
            return Err(sqlx::Error::RowNotFound);
        }
    }
    transaction.commit().await
}
