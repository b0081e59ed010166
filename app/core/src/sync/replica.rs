//! One document and the peers it is synced with.
//!
//! The order is the promise: what a peer brings is vetted, applied, **stored, then acknowledged, then forwarded**.
//! Nothing is sent that is not stored, so a heads that a peer hears from us is a heads that survives a crash.
//!
//! Peers that are in step with the document (almost all, almost always) get a change as one message that is built
//! once for all of them; automerge's own exchange, which looks through history, serves those who are not.

mod accept;
mod actors;
mod deliver;
mod message;
mod options;
mod peer;
mod weight;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use automerge::{ActorId, AutoCommit, ChangeHash};

pub use self::options::Options;
use self::{actors::Actors, deliver::Batch, peer::Peer, weight::Weight};
use super::guard::{Refusal, Vetted};
use crate::domain::ids::{DocumentId, UserId};
use crate::limits::Limits;

/// A peer of this document: one connection, as its owner numbers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeerKey(pub u64);

/// A request to store something, to be answered by [`Event::Stored`] or [`Event::StoreFailed`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What a peer may do with the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rights {
    /// Neither: not a byte is sent.
    None,
    /// Receives; what it sends is left out.
    Read,
    /// Receives, and changes the document.
    Write,
}

/// What happens to a document.
#[derive(Debug, Clone)]
pub enum Event {
    /// A peer opened the document.
    PeerJoined {
        /// Which peer.
        peer: PeerKey,
        /// What it may do.
        rights: Rights,
        /// Who it is; none for a client's own relay, which speaks for everybody.
        user: Option<UserId>,
    },
    /// A peer closed the document, or its connection ended.
    PeerLeft {
        /// Which peer.
        peer: PeerKey,
    },
    /// What a peer may do has changed.
    RightsChanged {
        /// Which peer.
        peer: PeerKey,
        /// What it may do now.
        rights: Rights,
    },
    /// A peer sent a sync message.
    Message {
        /// Which peer.
        peer: PeerKey,
        /// The message, not yet vetted.
        data: Vec<u8>,
    },
    /// The document was edited through [`Replica::doc_mut`].
    LocalChange,
    /// What was asked for is on disk.
    Stored {
        /// What was asked for.
        ticket: Ticket,
    },
    /// What was asked for could not be written.
    StoreFailed {
        /// What was asked for.
        ticket: Ticket,
    },
    /// Time has passed; every few seconds will do.
    Tick {
        /// When.
        now_ms: u64,
    },
}

/// A change that is new to the document.
#[derive(Debug, Clone)]
pub struct NewChange {
    /// Its hash.
    pub hash: ChangeHash,
    /// Who in automerge's sense: one tab.
    pub actor: ActorId,
    /// Its number among the actor's changes.
    pub seq: u64,
    /// The chunk, as it came where it came from a peer.
    pub bytes: Arc<[u8]>,
    /// The user to whom the actor is bound from now on.
    pub author: Option<UserId>,
    /// The peer that brought it; none for our own.
    pub peer: Option<PeerKey>,
}

/// What is to be done for a document.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Send a sync message.
    Send {
        /// To which peer.
        peer: PeerKey,
        /// The message; the same bytes for all peers in step.
        data: Arc<[u8]>,
    },
    /// Write changes to disk, and say when it is done.
    Store {
        /// What to answer with.
        ticket: Ticket,
        /// The changes, each after those it depends on.
        changes: Vec<NewChange>,
        /// The heads of the document once they are written.
        heads: Vec<ChangeHash>,
    },
    /// The document changed through a peer.
    Changed,
    /// What the peer says it has. For a client: what is safe on the server.
    PeerHas {
        /// Which peer.
        peer: PeerKey,
        /// Its heads, all of which we know.
        heads: Vec<ChangeHash>,
    },
    /// The peer is out; close its connection.
    ClosePeer {
        /// Which peer.
        peer: PeerKey,
        /// Why, for the log.
        reason: CloseReason,
    },
    /// The document in memory is not to be trusted: read it from storage and hand it to [`Replica::reloaded`].
    Reload,
    /// The document has reached half of a limit.
    HalfFull,
}

/// Why a peer is closed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloseReason {
    /// A message broke a limit of the guard.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// The permission was taken away.
    #[error("no permission")]
    Forbidden,
    /// A change in somebody else's name.
    #[error("a change in the name of somebody else")]
    Author,
    /// A second change with the actor and number of another, or a number out of order.
    #[error("a change with a number that is taken or out of order")]
    Sequence,
    /// The document would outgrow its limits.
    #[error("the document is full: {0}")]
    Full(&'static str),
    /// More changes that depend on what never came than are kept.
    #[error("too many changes without what they depend on")]
    Orphans,
    /// automerge could not take what the peer sent.
    #[error("a change that cannot be applied")]
    Unappliable,
    /// What the peer sent could not be stored; when it comes back it sends it again.
    #[error("not stored")]
    NotStored,
}

/// One document and the peers it is synced with.
pub struct Replica {
    document: DocumentId,
    doc: AutoCommit,
    limits: Arc<Limits>,
    options: Options,
    peers: BTreeMap<PeerKey, Peer>,
    /// The heads that are on disk.
    stored: Vec<ChangeHash>,
    /// The heads up to which storing has been asked for.
    asked: Vec<ChangeHash>,
    batches: VecDeque<Batch>,
    next_ticket: u64,
    /// Messages with changes that wait until the batch before them is stored.
    inbox: VecDeque<(PeerKey, Vetted)>,
    /// How many bytes came into it since it was last empty.
    inbox_bytes: usize,
    /// What peers brought since the last batch.
    gathered: Vec<NewChange>,
    /// Built when a peer first brings a change; reading alone needs none of it.
    actors: Option<Actors>,
    bindings: HashMap<ActorId, UserId>,
    weight: Weight,
    /// Set while the document in memory is not to be trusted.
    reloading: bool,
    /// Set while our own storage refuses what we write (a client with a full disk).
    unstorable: bool,
    /// What a client's relay had when the connection ended.
    resume: Vec<ChangeHash>,
}

impl Replica {
    /// A document as it was read from storage, as a relay keeps it.
    pub fn new(document: DocumentId, doc: AutoCommit, limits: Arc<Limits>) -> Self {
        Self::with_options(document, doc, limits, Options::relay())
    }

    /// A document as it was read from storage, as a client keeps it.
    pub fn client(document: DocumentId, doc: AutoCommit, limits: Arc<Limits>) -> Self {
        Self::with_options(document, doc, limits, Options::client())
    }

    /// A document as it was read from storage. All of it counts as stored.
    pub fn with_options(document: DocumentId, mut doc: AutoCommit, limits: Arc<Limits>, options: Options) -> Self {
        let stored = doc.get_heads();
        Self {
            document,
            weight: Weight::of(&mut doc),
            doc,
            limits,
            options,
            peers: BTreeMap::new(),
            asked: stored.clone(),
            stored,
            batches: VecDeque::new(),
            next_ticket: 0,
            inbox: VecDeque::new(),
            inbox_bytes: 0,
            gathered: Vec::new(),
            actors: None,
            bindings: HashMap::new(),
            reloading: false,
            unstorable: false,
            resume: Vec::new(),
        }
    }

    /// Which users the actors of this document are bound to, as storage remembers.
    pub fn with_bindings(mut self, bindings: impl IntoIterator<Item = (ActorId, UserId)>) -> Self {
        self.bindings.extend(bindings);
        self
    }

    /// What the server is known to have, as a client remembers from before: the first exchange is shorter for it.
    pub fn with_known(mut self, heads: Vec<ChangeHash>) -> Self {
        self.resume = heads;
        self
    }

    /// Which document this is.
    pub fn document(&self) -> DocumentId {
        self.document
    }

    /// The document.
    pub fn doc(&self) -> &AutoCommit {
        &self.doc
    }

    /// The document, to edit or to ask what needs `&mut`. Tell of edits by [`Event::LocalChange`].
    pub fn doc_mut(&mut self) -> &mut AutoCommit {
        &mut self.doc
    }

    /// The heads that are on disk.
    pub fn stored_heads(&self) -> &[ChangeHash] {
        &self.stored
    }

    /// Whether the document in memory is about to be replaced by what is stored: nothing may be written in it.
    pub fn is_reloading(&self) -> bool {
        self.reloading
    }

    /// How many peers have the document open.
    pub fn peers(&self) -> usize {
        self.peers.len()
    }

    /// Whether nothing is under way, so that the document may leave memory.
    pub fn is_idle(&self) -> bool {
        self.peers.is_empty() && self.batches.is_empty() && self.inbox.is_empty()
    }

    /// How many changes of ours somebody with `known` heads lacks: what a client shows as waiting.
    pub fn waiting(&mut self, known: &[ChangeHash]) -> usize {
        if self.doc.get_heads() == known {
            return 0;
        }
        let known = self.known(known);
        self.doc.get_changes_meta(&known).len()
    }

    /// Takes an event and says what is to be done for it.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::PeerJoined { peer, rights, user } => self.peer_joined(peer, rights, user, &mut effects),
            Event::PeerLeft { peer } => self.peer_left(peer),
            Event::RightsChanged { peer, rights } => self.rights_changed(peer, rights, &mut effects),
            Event::Message { peer, data } => self.message(peer, data, &mut effects),
            Event::LocalChange => self.local_change(&mut effects),
            Event::Stored { ticket } => self.ticket_stored(ticket, &mut effects),
            Event::StoreFailed { ticket } => self.store_failed(ticket, &mut effects),
            Event::Tick { .. } => self.retry(&mut effects),
        }
        effects
    }

    /// Takes the document as it was read from storage after [`Effect::Reload`]. Peers stay: they have heard of
    /// nothing that was not stored.
    pub fn reloaded(&mut self, mut doc: AutoCommit) -> Vec<Effect> {
        self.stored = doc.get_heads();
        self.asked.clone_from(&self.stored);
        self.weight = Weight::of(&mut doc);
        self.doc = doc;
        self.actors = None;
        self.gathered.clear();
        self.batches.clear();
        self.reloading = false;
        let mut effects = Vec::new();
        self.settle(&mut effects);
        effects
    }

    /// Those of `heads` that the document has.
    fn known(&mut self, heads: &[ChangeHash]) -> Vec<ChangeHash> {
        heads.iter().copied().filter(|head| self.has(head)).collect()
    }

    fn has(&mut self, hash: &ChangeHash) -> bool {
        self.doc.get_change_meta_by_hash(hash).is_some()
    }
}
