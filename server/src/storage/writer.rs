//! The one thread that writes changes: what has gathered since the last commit goes to disk in one transaction.
//!
//! A request is answered once its changes are committed (`synchronous=FULL`), never before, and answered as failed
//! if they could not be. What one document brings can fail alone.
//!
//! It has SQLite to itself, by `rusqlite`: `sqlx` has a thread of its own behind each connection, and would wake
//! a task for every statement of a transaction, on the path that every change waits for.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use app::domain::ids::{DocumentId, UserId};
use automerge::{ActorId, ChangeHash};
use rusqlite::{Connection, TransactionBehavior, params};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore, oneshot},
    task::JoinHandle,
};

use super::{BUSY_TIMEOUT, Database, content::column_of};
use crate::clock;

/// Requests that may wait; who would be next waits for room, and so does the socket it came from.
const QUEUE: usize = 1_024;
/// Requests committed together at most, so that the first of them does not wait for too many others.
const BATCH: usize = 256;

/// With nothing to write for so long, the write-ahead log is moved into the database: nobody waits for it then.
const IDLE: Duration = Duration::from_millis(100);
/// What the log has to hold, roughly, for that to be worth two flushes of the disk.
const LOG_WORTH_MOVING: usize = 1024 * 1024;
/// Where work never pauses, the log is moved when it has grown to so much, in the time of those who wait.
const LOG_MOST: usize = 32 * 1024 * 1024;
/// What a request adds to the log beside its changes: a page of each table and index that it touches.
const LOG_PER_REQUEST: usize = 16 * 1024;

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
    queue: mpsc::Sender<StoreRequest>,
    room: Arc<Semaphore>,
    healthy: Arc<AtomicBool>,
}

impl Writer {
    /// Starts the thread. It ends when the last [`Writer`] is gone and all that was handed in is decided, and with
    /// it the task.
    pub fn start(database: &Database) -> Result<(Self, JoinHandle<()>), rusqlite::Error> {
        let connection = open(&database.path)?;
        let (queue, requests) = mpsc::channel();
        let healthy = Arc::new(AtomicBool::new(true));
        let (ended, end) = oneshot::channel();
        let (runtime, health) = (Handle::current(), healthy.clone());
        thread::spawn(move || {
            // Whoever is told of a decision may want to start a task.
            let _entered = runtime.enter();
            run(connection, &requests, &health);
            let _ = ended.send(());
        });
        let task = tokio::spawn(async move {
            let _ = end.await;
        });
        Ok((Self { queue, room: Arc::new(Semaphore::new(QUEUE)), healthy }, task))
    }

    /// Waits for room for one request. What bounds the queue is this, before a message is taken at all: a request
    /// itself is handed in without waiting, under a document's lock and thus in order.
    pub async fn room(&self) -> Option<OwnedSemaphorePermit> {
        self.room.clone().acquire_owned().await.ok()
    }

    /// Hands a request in.
    pub fn store(&self, request: StoreRequest) {
        if let Err(mpsc::SendError(request)) = self.queue.send(request) {
            (request.done)(false);
        }
    }

    /// Whether the last transaction reached the disk.
    pub fn healthy(&self) -> bool {
        self.healthy.load(Ordering::Relaxed)
    }
}

/// A connection as those of [`Database`] are, but that moves the write-ahead log only when told to.
fn open(path: &Path) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // As in `Database::options`: what is deleted is overwritten.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    Ok(connection)
}

fn run(mut connection: Connection, requests: &mpsc::Receiver<StoreRequest>, healthy: &AtomicBool) {
    let mut batch = Vec::with_capacity(BATCH);
    let mut log = 0_usize;
    loop {
        match requests.recv_timeout(IDLE) {
            Ok(request) => batch.push(request),
            Err(RecvTimeoutError::Timeout) => {
                if log >= LOG_WORTH_MOVING {
                    move_log(&connection);
                    log = 0;
                }
                // With nothing left to move there is nothing to wake for.
                match requests.recv() {
                    Ok(request) => batch.push(request),
                    Err(_) => break,
                }
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
        batch.extend(requests.try_iter().take(BATCH - 1));
        for request in &batch {
            let bytes = request.changes.iter().map(|change| change.bytes.len()).sum::<usize>();
            log = log.saturating_add(bytes).saturating_add(LOG_PER_REQUEST);
        }
        decide(&mut connection, &mut batch, healthy);
        if log >= LOG_MOST {
            move_log(&connection);
            log = 0;
        }
    }
    if let Err((_, error)) = connection.close() {
        tracing::warn!(%error, "the writer's connection did not close cleanly");
    }
}

/// Commits the batch and says so to each, or to each that it failed.
fn decide(connection: &mut Connection, batch: &mut Vec<StoreRequest>, healthy: &AtomicBool) {
    let together = commit(connection, batch);
    healthy.store(together.is_ok(), Ordering::Relaxed);
    if together.is_ok() {
        batch.drain(..).for_each(|request| (request.done)(true));
        return;
    }
    // Somebody's request cannot be stored, or nobody's can: each is tried alone.
    for request in batch.drain(..) {
        let alone = commit(connection, std::slice::from_ref(&request));
        if let Err(error) = &alone {
            tracing::error!(document = %request.document, %error, "changes not stored");
        }
        healthy.store(alone.is_ok(), Ordering::Relaxed);
        (request.done)(alone.is_ok());
    }
}

/// Commits a batch, or leaves nothing of it. That the document exists is for the foreign key to say.
fn commit(connection: &mut Connection, batch: &[StoreRequest]) -> Result<(), rusqlite::Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO changes (document_id, hash, actor, seq, user_id, bytes, stored_at) VALUES (?,?,?,?,?,?,?)",
        )?;
        let mut update = transaction.prepare_cached("UPDATE documents SET heads = ? WHERE id = ?")?;
        let now = clock::now_ms();
        for request in batch {
            let document = request.document.as_bytes();
            for change in &request.changes {
                insert.execute(params![
                    document,
                    change.hash.0,
                    change.actor.to_bytes(),
                    i64::try_from(change.seq).unwrap_or(i64::MAX),
                    change.user.as_ref().map(UserId::as_bytes),
                    change.bytes,
                    now,
                ])?;
            }
            update.execute(params![column_of(&request.heads), document])?;
        }
    }
    transaction.commit()
}

/// Moves what it can of the write-ahead log into the database; readers are not waited for.
fn move_log(connection: &Connection) {
    if let Err(error) = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())) {
        tracing::warn!(%error, "write-ahead log not moved; tried again later");
    }
}
