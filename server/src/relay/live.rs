//! One open document: the replica of `app::sync`, the sockets that have it open, and its way to the disk.
//!
//! Whoever brings an event takes the lock, and carries out the effects under it, so that they happen in order. Bytes
//! go to a peer only once the replica says so, which it does only once they are committed.

mod title;
mod writing;

use std::{
    collections::{HashMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex as StdMutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use app::{
    domain::ids::{DocumentId, UserId},
    sync::{
        replica::{Effect, Event, NewChange, PeerKey, Replica, Rights, Ticket},
        wire::Ephemeral,
    },
};
use automerge::AutoCommit;
use tokio::sync::{Mutex, OwnedSemaphorePermit};

use self::title::ListedTitle;
use super::{
    changed::Changed,
    outbox::{CloseReason, Outbox, Outgoing},
    setback::Setback,
};
use crate::storage::{
    Database,
    writer::{StoreRequest, StoredChange, Writer},
};

pub use writing::WriteError;
use writing::{Job, Tell};

/// Messages above this size may keep a core busy for a while: other tasks move to another thread first.
const BUSY_BYTES: usize = 64 * 1024;

/// A document that is loaded again and again waits no longer than this: a disk that was full is no hostile peer.
const LONGEST_RELOAD: Duration = Duration::from_secs(5);

/// A document in memory.
pub struct LiveDocument {
    id: DocumentId,
    database: Database,
    writer: Writer,
    /// Who wants to hear of what is stored, for the kinds that somebody looks after.
    changed: Option<Arc<Changed>>,
    state: Mutex<State>,
    /// What the relay itself is about to write.
    jobs: StdMutex<Vec<Job>>,
    /// Set once the replica cannot be trusted any more; the next to open the document gets a fresh one.
    broken: AtomicBool,
    /// Set once the document is to be removed or replaced: nothing more is taken.
    retired: AtomicBool,
    /// Set by tests: the next event panics where automerge would.
    faulty: AtomicBool,
}

struct State {
    replica: Replica,
    peers: HashMap<PeerKey, Socket>,
    /// Requests handed to the writer and not yet decided.
    storing: usize,
    /// Whom to tell of what the relay wrote and has not yet handed to the writer, and of what it has.
    written: Vec<Tell>,
    telling: HashMap<Ticket, Vec<Tell>>,
    reloads: Setback,
    idle_since: Instant,
    title: ListedTitle,
}

/// A socket that has the document open.
struct Socket {
    outbox: Arc<Outbox>,
    user: UserId,
}

/// What a document has to say about a message it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// Nobody has written anything into the document yet.
    pub empty: bool,
}

/// The document was thrown away: open it anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the document was thrown away after a fault")]
pub struct Broken;

impl LiveDocument {
    /// A document as it was loaded.
    pub fn new(
        id: DocumentId,
        replica: Replica,
        database: Database,
        writer: Writer,
        changed: Option<Arc<Changed>>,
    ) -> Self {
        let state = State {
            title: ListedTitle::of(replica.doc()),
            replica,
            peers: HashMap::new(),
            storing: 0,
            written: Vec::new(),
            telling: HashMap::new(),
            reloads: Setback::default(),
            idle_since: Instant::now(),
        };
        Self {
            id,
            database,
            writer,
            changed,
            state: Mutex::new(state),
            jobs: StdMutex::default(),
            broken: AtomicBool::new(false),
            retired: AtomicBool::new(false),
            faulty: AtomicBool::new(false),
        }
    }

    /// A socket opens the document.
    pub async fn join(
        self: &Arc<Self>,
        peer: PeerKey,
        outbox: &Arc<Outbox>,
        rights: Rights,
        user: UserId,
    ) -> Result<(), Broken> {
        let mut state = self.state.lock().await;
        self.check()?;
        state.peers.insert(peer, Socket { outbox: outbox.clone(), user });
        self.handle(&mut state, Event::PeerJoined { peer, rights, user: Some(user) }, None)
    }

    /// A socket is gone, or may not have the document any more.
    pub async fn leave(self: &Arc<Self>, peer: PeerKey) {
        let mut state = self.state.lock().await;
        state.idle_since = Instant::now();
        if state.peers.remove(&peer).is_some() && self.check().is_ok() {
            let _ = self.handle(&mut state, Event::PeerLeft { peer }, None);
        }
    }

    /// What a socket may do with the document has changed, but it may still read it.
    pub async fn set_rights(self: &Arc<Self>, peer: PeerKey, rights: Rights) -> Result<(), Broken> {
        let mut state = self.state.lock().await;
        self.check()?;
        self.handle(&mut state, Event::RightsChanged { peer, rights }, None)
    }

    /// A sync message came from a socket. `room` is the place in the writer's queue that it may come to need.
    pub async fn receive(
        self: &Arc<Self>,
        peer: PeerKey,
        data: Vec<u8>,
        room: OwnedSemaphorePermit,
    ) -> Result<Received, Broken> {
        let mut state = self.state.lock().await;
        self.check()?;
        if data.len() < BUSY_BYTES {
            self.handle(&mut state, Event::Message { peer, data }, Some(room))?;
        } else {
            tokio::task::block_in_place(|| self.handle(&mut state, Event::Message { peer, data }, Some(room)))?;
        }
        Ok(Received { empty: state.replica.stored_heads().is_empty() })
    }

    /// Passes an ephemeral message on to all others who have the document open.
    pub async fn tell_others(&self, from: PeerKey, message: Ephemeral) {
        let message = Arc::new(message);
        let state = self.state.lock().await;
        for (_, socket) in state.peers.iter().filter(|(peer, _)| **peer != from) {
            socket.outbox.push(Outgoing::Ephemeral { document: self.id, message: message.clone() });
        }
    }

    /// Reads the document as it stands, once what is on its way to the disk has arrived there.
    pub async fn read<T>(&self, read: impl Fn(&AutoCommit) -> T) -> T {
        const PATIENCE: u32 = 200;
        for _ in 0..PATIENCE {
            let state = self.state.lock().await;
            if state.storing == 0 {
                return read(state.replica.doc());
            }
            drop(state);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        read(self.state.lock().await.replica.doc())
    }

    /// Whether nobody has had the document open for `idle`, and nothing of it is on its way to the disk.
    pub fn is_idle(&self, idle: Duration) -> bool {
        self.state
            .try_lock()
            .is_ok_and(|state| state.peers.is_empty() && state.storing == 0 && state.idle_since.elapsed() >= idle)
    }

    /// Takes no more, once what is on its way to the disk has arrived there. Who had the document open.
    pub async fn retire(&self) -> Vec<Arc<Outbox>> {
        loop {
            let mut state = self.state.lock().await;
            if state.storing == 0 {
                self.retired.store(true, Ordering::Release);
                self.broken.store(true, Ordering::Release);
                self.give_up_writing(&mut state);
                return state.peers.drain().map(|(_, socket)| socket.outbox).collect();
            }
            drop(state);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Whether the document is being removed or replaced.
    pub fn is_retired(&self) -> bool {
        self.retired.load(Ordering::Acquire)
    }

    /// Lets the next event panic where automerge would on bytes that the guard let through. Such bytes are not known;
    /// if they were, the guard would refuse them. For tests.
    pub fn fail_next(&self) {
        self.faulty.store(true, Ordering::Release);
    }

    /// Whether the document was thrown away.
    pub fn check(&self) -> Result<(), Broken> {
        if self.broken.load(Ordering::Acquire) { Err(Broken) } else { Ok(()) }
    }

    /// The writer has decided: committed, or not to be had.
    async fn decided(self: Arc<Self>, ticket: Ticket, stored: bool) {
        let mut state = self.state.lock().await;
        self.decide(&mut state, ticket, stored);
    }

    fn decide(self: &Arc<Self>, state: &mut State, ticket: Ticket, stored: bool) {
        state.storing = state.storing.saturating_sub(1);
        let event = if stored { Event::Stored { ticket } } else { Event::StoreFailed { ticket } };
        if self.check().is_ok() {
            let _ = self.handle(state, event, None);
        }
        self.tell(state, ticket, stored);
        self.write_soon();
        if stored && self.check().is_ok() {
            self.title_may_differ(state);
        }
    }

    /// Hands an event to the replica and carries out what comes of it.
    fn handle(
        self: &Arc<Self>,
        state: &mut State,
        event: Event,
        room: Option<OwnedSemaphorePermit>,
    ) -> Result<(), Broken> {
        let run = || {
            assert!(!self.faulty.swap(false, Ordering::AcqRel), "a fault that was asked for");
            state.replica.handle(event)
        };
        let effects = catch_unwind(AssertUnwindSafe(run)).map_err(|_| {
            tracing::error!(document = %self.id, "fault in a document: thrown away, to be loaded again");
            self.break_up(state)
        })?;
        self.carry_out(state, effects, room);
        Ok(())
    }

    fn carry_out(self: &Arc<Self>, state: &mut State, effects: Vec<Effect>, mut room: Option<OwnedSemaphorePermit>) {
        for effect in effects {
            match effect {
                Effect::Send { peer, data } => {
                    if let Some(socket) = state.peers.get(&peer) {
                        socket.outbox.push(Outgoing::Sync { document: self.id, data });
                    }
                }
                Effect::Store { ticket, changes, heads } => {
                    state.storing = state.storing.saturating_add(1);
                    let written = std::mem::take(&mut state.written);
                    if !written.is_empty() {
                        state.telling.insert(ticket, written);
                    }
                    self.note_bringers(state, &changes);
                    let document = self.clone();
                    let done = move |stored| {
                        // Without waiting if nobody has the lock, which is nearly always.
                        if let Ok(mut state) = document.state.try_lock() {
                            document.decide(&mut state, ticket, stored);
                        } else {
                            tokio::spawn(document.clone().decided(ticket, stored));
                        }
                    };
                    let changes = changes
                        .into_iter()
                        .map(|change| StoredChange {
                            hash: change.hash,
                            actor: change.actor,
                            seq: change.seq,
                            user: change.author,
                            bytes: change.bytes,
                        })
                        .collect();
                    self.writer.store(StoreRequest {
                        document: self.id,
                        changes,
                        heads,
                        done: Box::new(done),
                        room: room.take(),
                    });
                }
                Effect::ClosePeer { peer, reason } => {
                    tracing::warn!(document = %self.id, peer = peer.0, ?reason, "peer refused");
                    if let Some(socket) = state.peers.remove(&peer) {
                        socket.outbox.close(CloseReason::Refused);
                    }
                }
                Effect::Reload => {
                    let wait = state.reloads.failed(Instant::now()).min(LONGEST_RELOAD);
                    tokio::spawn(self.clone().reload(wait));
                }
                Effect::HalfFull => tracing::warn!(document = %self.id, "document at half of a limit"),
                Effect::Changed | Effect::PeerHas { .. } => {}
            }
        }
    }

    /// Changes that a socket brought in a colleague's name, as after merging a file, are put on record.
    fn note_bringers(self: &Arc<Self>, state: &State, changes: &[NewChange]) {
        let bringer_of = |change: &NewChange| {
            let user = state.peers.get(&change.peer?)?.user;
            (change.author != Some(user)).then_some(user)
        };
        let bringers: HashSet<UserId> = changes.iter().filter_map(bringer_of).collect();
        for user in bringers {
            let (database, subject) = (self.database.clone(), self.id.to_string());
            tokio::spawn(async move { database.audit(Some(user), "changes_of_others_brought", &subject).await });
        }
    }

    /// The replica asks for what is stored, in place of what it has. What comes meanwhile waits in it.
    async fn reload(self: Arc<Self>, wait: Duration) {
        tokio::time::sleep(wait).await;
        loop {
            let mut state = self.state.lock().await;
            if state.storing > 0 {
                drop(state);
                tokio::time::sleep(Duration::from_millis(5)).await;
                continue;
            }
            tracing::warn!(document = %self.id, "loaded again from the database");
            match self.database.load_document(self.id).await {
                Ok(stored) => {
                    let effects = catch_unwind(AssertUnwindSafe(|| state.replica.reloaded(stored.document)));
                    match effects {
                        Ok(effects) => {
                            self.carry_out(&mut state, effects, None);
                            self.write_waiting(&mut state);
                        }
                        Err(_) => drop(self.break_up(&mut state)),
                    }
                }
                Err(error) => {
                    tracing::error!(document = %self.id, %error, "not loaded again");
                    self.break_up(&mut state);
                }
            }
            return;
        }
    }

    /// Gives the replica up. Its peers come back to a fresh one, with nothing left of the old state on either side.
    fn break_up(&self, state: &mut State) -> Broken {
        self.broken.store(true, Ordering::Release);
        self.give_up_writing(state);
        for (_, socket) in state.peers.drain() {
            socket.outbox.close(CloseReason::Fault);
        }
        Broken
    }
}
