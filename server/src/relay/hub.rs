//! All open documents and sockets of this node.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use app::{domain::ids::DocumentId, limits::Limits, sync::replica::Replica};
use tokio::sync::{OnceCell, RwLock, Semaphore};
use tokio_util::sync::CancellationToken;

use super::{changed::Changed, connections::Connections, live::LiveDocument, outbox::CloseReason, setback::Setback};
use crate::{
    accounts::sessions::{SessionKey, Sessions},
    storage::{Database, Revisions, content::LoadError, documents::Kind, writer::Writer},
};

/// How often the watcher looks whether rights or sessions have changed. The promise is five seconds.
const WATCH_EVERY: Duration = Duration::from_secs(1);
/// How many times the watcher looks before it also sweeps what has expired and what is idle.
const SWEEP_EVERY: u32 = 3;

/// The hub; clones share it.
#[derive(Clone)]
pub struct Hub {
    shared: Arc<Shared>,
}

struct Shared {
    database: Database,
    sessions: Sessions,
    writer: Mutex<Option<Writer>>,
    limits: Arc<Limits>,
    /// What the relay calls itself in the protocol.
    name: String,
    idle: Duration,
    connections: Arc<Connections>,
    documents: Mutex<HashMap<DocumentId, Arc<OnceCell<Arc<LiveDocument>>>>>,
    /// Documents that failed: their bytes do not give their heads, or they made automerge panic. Nobody gets them
    /// until they may be tried again.
    setbacks: Mutex<HashMap<DocumentId, Setback>>,
    /// Documents of courses with news.
    changed: Arc<Changed>,
    /// Large messages are taken one at a time across the relay.
    large: Semaphore,
    /// Held while a document is opened, and by whoever takes one away: none is opened in the middle of that.
    gate: RwLock<()>,
}

/// Why a document cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It failed not long ago: its bytes do not give its heads, or it was thrown away after faults.
    #[error("the document is set aside for a while")]
    Quarantined,
    /// There is none.
    #[error("no such document")]
    Missing,
    /// The database did not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The relay is stopping.
    #[error("the relay is stopping")]
    Stopping,
}

impl Hub {
    /// An empty hub.
    pub fn new(database: Database, sessions: Sessions, writer: Writer, limits: Limits, idle: Duration) -> Self {
        let shared = Shared {
            database,
            sessions,
            writer: Mutex::new(Some(writer)),
            limits: Arc::new(limits),
            name: format!("samplan-{:016x}", rand::random::<u64>()),
            idle,
            connections: Arc::default(),
            documents: Mutex::default(),
            setbacks: Mutex::default(),
            changed: Arc::default(),
            large: Semaphore::new(1),
            gate: RwLock::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// The database behind it.
    pub fn database(&self) -> &Database {
        &self.shared.database
    }

    /// The sessions sockets belong to.
    pub fn sessions(&self) -> &Sessions {
        &self.shared.sessions
    }

    /// The bounds it keeps.
    pub fn limits(&self) -> &Arc<Limits> {
        &self.shared.limits
    }

    /// What the relay calls itself in the protocol; another name after each start.
    pub fn name(&self) -> &str {
        &self.shared.name
    }

    /// The open sockets.
    pub fn connections(&self) -> &Arc<Connections> {
        &self.shared.connections
    }

    /// Documents of courses that have stored something since they were last looked at.
    pub fn changed(&self) -> &Arc<Changed> {
        &self.shared.changed
    }

    /// The turn to take a large message.
    pub fn large(&self) -> &Semaphore {
        &self.shared.large
    }

    /// The writer, until the relay stops.
    pub fn writer(&self) -> Option<Writer> {
        lock(&self.shared.writer).clone()
    }

    /// Whether what was last to be stored is stored.
    pub fn storage_healthy(&self) -> bool {
        self.writer().is_some_and(|writer| writer.healthy())
    }

    /// How many documents are in memory.
    pub fn documents_in_memory(&self) -> usize {
        lock(&self.shared.documents).len()
    }

    /// The document, from memory or else from the database. Permission must have been asked for before.
    pub async fn open(&self, id: DocumentId) -> Result<Arc<LiveDocument>, OpenError> {
        let _gate = self.shared.gate.read().await;
        loop {
            if lock(&self.shared.setbacks).get(&id).is_some_and(|setback| !setback.may_try(Instant::now())) {
                return Err(OpenError::Quarantined);
            }
            let slot = lock(&self.shared.documents).entry(id).or_default().clone();
            let loaded = slot.get_or_try_init(|| self.load(id)).await;
            match loaded {
                Ok(document) if document.check().is_ok() => return Ok(document.clone()),
                Ok(_) => {
                    if self.forget(id, &slot) {
                        self.failed(id);
                    }
                }
                Err(error) => {
                    self.forget(id, &slot);
                    return Err(error);
                }
            }
        }
    }

    /// The document, if it is in memory and well.
    pub fn in_memory(&self, id: DocumentId) -> Option<Arc<LiveDocument>> {
        let live = lock(&self.shared.documents).get(&id)?.get()?.clone();
        live.check().is_ok().then_some(live)
    }

    /// Takes a document away from all who have it open, while `remove` removes or replaces it in the database. What was
    /// on its way to the disk has arrived there before, and nothing is opened meanwhile. Afterwards those who had it open
    /// ask for it again, and are told that there is none.
    pub async fn take_away<T, E>(&self, id: DocumentId, remove: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        let _gate = self.shared.gate.write().await;
        let slot = lock(&self.shared.documents).get(&id).cloned();
        let live = slot.as_ref().and_then(|slot| slot.get()).cloned();
        let outboxes = match live {
            Some(live) => live.retire().await,
            None => Vec::new(),
        };
        let removed = remove.await;
        if let Some(slot) = slot {
            self.forget(id, &slot);
        }
        for outbox in outboxes {
            match removed {
                Ok(_) => outbox.recheck(),
                // It is still there: they come back to it, with nothing left of the old state on either side.
                Err(_) => outbox.close(CloseReason::Fault),
            }
        }
        removed
    }

    /// A document with this id exists from now on.
    pub fn registered(&self, id: DocumentId) {
        lock(&self.shared.setbacks).remove(&id);
    }

    /// Closes the sockets of a session at once.
    pub fn close_session(&self, session: SessionKey) {
        self.shared.connections.close_session(session);
    }

    /// Closes every socket and waits until each has let go of its documents.
    pub async fn close_all(&self) {
        const PATIENCE: Duration = Duration::from_secs(5);
        if tokio::time::timeout(PATIENCE, self.shared.connections.close_all()).await.is_err() {
            tracing::warn!(open = self.shared.connections.count(), "some sockets did not close in time");
        }
    }

    /// Lets go of the documents and the writer, whose task ends once it has decided what was handed in.
    pub fn finish(&self) {
        lock(&self.shared.documents).clear();
        lock(&self.shared.writer).take();
    }

    async fn load(&self, id: DocumentId) -> Result<Arc<LiveDocument>, OpenError> {
        let writer = self.writer().ok_or(OpenError::Stopping)?;
        match self.shared.database.load_document(id).await {
            Ok(stored) => {
                let replica =
                    Replica::new(id, stored.document, self.shared.limits.clone()).with_bindings(stored.actors);
                let is_of_courses = stored.kind.is_some_and(Kind::is_of_courses);
                let changed = is_of_courses.then(|| self.shared.changed.clone());
                Ok(Arc::new(LiveDocument::new(id, replica, self.shared.database.clone(), writer, changed)))
            }
            Err(LoadError::Missing) => Err(OpenError::Missing),
            Err(LoadError::Database(error)) => Err(error.into()),
            Err(LoadError::Damaged) => {
                tracing::error!(document = %id, "set aside: the stored bytes do not give the stored heads");
                self.failed(id);
                Err(OpenError::Quarantined)
            }
        }
    }

    /// Takes a document out of memory; whether it was still there. One of many who find it broken is the first.
    fn forget(&self, id: DocumentId, slot: &Arc<OnceCell<Arc<LiveDocument>>>) -> bool {
        let mut documents = lock(&self.shared.documents);
        let is_there = documents.get(&id).is_some_and(|current| Arc::ptr_eq(current, slot));
        if is_there {
            documents.remove(&id);
        }
        is_there
    }

    fn failed(&self, id: DocumentId) {
        let now = Instant::now();
        let mut setbacks = lock(&self.shared.setbacks);
        setbacks.retain(|_, setback| !setback.is_forgotten(now));
        let wait = setbacks.entry(id).or_default().failed(now);
        tracing::warn!(document = %id, seconds = wait.as_secs(), "document failed; tried again after a wait");
    }

    /// Takes documents out of memory that nobody has had open for a while. Whoever opens one holds its slot or the
    /// document itself, so one that is held by the map alone can be asked for by nobody in between.
    fn evict_idle(&self) -> Vec<DocumentId> {
        let mut documents = lock(&self.shared.documents);
        let idle: Vec<DocumentId> = documents
            .iter()
            .filter(|(_, slot)| {
                Arc::strong_count(slot) == 1
                    && slot
                        .get()
                        .is_some_and(|document| Arc::strong_count(document) == 1 && document.is_idle(self.shared.idle))
            })
            .map(|(id, _)| *id)
            .collect();
        for id in &idle {
            documents.remove(id);
        }
        idle
    }

    async fn sweep(&self) {
        match self.shared.sessions.sweep().await {
            Ok(0) => {}
            Ok(ended) => tracing::info!(ended, "sessions expired"),
            Err(error) => tracing::warn!(%error, "sessions not swept"),
        }
        for id in self.evict_idle() {
            if let Err(error) = self.shared.database.compact(id).await {
                tracing::error!(document = %id, %error, "no snapshot taken");
            }
        }
    }

    async fn watch(&self, seen: &mut Revisions) -> Result<(), sqlx::Error> {
        let now = self.shared.database.revisions().await?;
        if now.sessions != seen.sessions {
            let alive = self.shared.sessions.alive().await?.into_iter().collect();
            self.shared.connections.keep_sessions(&alive);
        }
        if now.rights != seen.rights {
            self.shared.connections.recheck();
        }
        *seen = now;
        Ok(())
    }
}

/// Watches rights and sessions, and sweeps what is idle or expired, until the relay stops.
pub async fn tend(hub: Hub, stop: CancellationToken) {
    let mut seen = Revisions::default();
    let mut round = 0_u32;
    let mut every = tokio::time::interval(WATCH_EVERY.min(hub.shared.idle.max(Duration::from_millis(50))));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = every.tick() => {}
        }
        if round.is_multiple_of(SWEEP_EVERY) {
            hub.sweep().await;
        }
        round = round.wrapping_add(1);
        if let Err(error) = hub.watch(&mut seen).await {
            tracing::error!(%error, "rights could not be watched");
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
