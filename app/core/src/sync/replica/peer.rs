//! A peer of one document, and how it comes and goes.

use automerge::ChangeHash;
use automerge::sync::State;

use super::accept::Arrived;
use super::{CloseReason, Effect, PeerKey, Replica, Rights};
use crate::domain::ids::UserId;

/// Heads sent and not yet acknowledged that are remembered, to tell a late acknowledgement from news.
const MAX_LEVELS: usize = 64;

/// A peer of one document.
#[derive(Debug)]
pub(super) struct Peer {
    pub(super) rights: Rights,
    pub(super) user: Option<UserId>,
    pub(super) sync: State,
    /// The heads of which the peer has everything, or has been sent it: it is in step when they are ours.
    pub(super) level: Option<Vec<ChangeHash>>,
    /// The levels before, oldest first, that the peer has yet to acknowledge.
    pub(super) unacknowledged: std::collections::VecDeque<Vec<ChangeHash>>,
    /// Whether it is owed a message.
    pub(super) pending: bool,
    /// Whether it has brought anything new since the last message to it.
    pub(super) news: bool,
    /// What the last message to it said, apart from changes: to say it again would help nobody.
    pub(super) said: Option<(Vec<ChangeHash>, Vec<ChangeHash>)>,
    /// Changes that wait for those they depend on.
    pub(super) orphans: Vec<Arrived>,
}

impl Peer {
    pub(super) fn new(rights: Rights, user: Option<UserId>, sync: State) -> Self {
        Self {
            rights,
            user,
            sync,
            level: None,
            unacknowledged: std::collections::VecDeque::new(),
            pending: false,
            news: true,
            said: None,
            orphans: Vec::new(),
        }
    }

    /// The peer has everything up to `heads`, or has it on the way.
    pub(super) fn reaches(&mut self, heads: &[ChangeHash]) {
        if let Some(level) = self.level.replace(heads.to_vec())
            && level != heads
        {
            if self.unacknowledged.len() == MAX_LEVELS {
                self.unacknowledged.pop_front();
            }
            self.unacknowledged.push_back(level);
        }
    }

    /// It is no longer known what the peer has.
    pub(super) fn loses_step(&mut self) {
        self.level = None;
        self.unacknowledged.clear();
    }
}

impl Replica {
    pub(super) fn peer_joined(
        &mut self,
        key: PeerKey,
        rights: Rights,
        user: Option<UserId>,
        effects: &mut Vec<Effect>,
    ) {
        self.peer_left(key);
        if rights == Rights::None {
            effects.push(Effect::ClosePeer { peer: key, reason: CloseReason::Forbidden });
            return;
        }
        let mut sync = State::new();
        sync.read_only = rights == Rights::Read;
        let resume = std::mem::take(&mut self.resume);
        if self.options.speaks_first && !resume.is_empty() {
            // What both had when the connection ended; the rest of the state belongs to a connection.
            sync.shared_heads = self.known(&resume);
            sync.their_have = Some(Vec::new());
        }
        let mut peer = Peer::new(rights, user, sync);
        peer.pending = self.options.speaks_first;
        self.peers.insert(key, peer);
        self.settle(effects);
    }

    pub(super) fn peer_left(&mut self, key: PeerKey) {
        self.inbox.retain(|(peer, _)| *peer != key);
        if let Some(peer) = self.peers.remove(&key)
            && self.options.speaks_first
        {
            self.resume = peer.sync.shared_heads;
        }
    }

    pub(super) fn rights_changed(&mut self, key: PeerKey, rights: Rights, effects: &mut Vec<Effect>) {
        let Some(peer) = self.peers.get_mut(&key) else { return };
        if rights == Rights::None {
            self.close(key, CloseReason::Forbidden, effects);
            return;
        }
        if peer.rights == rights {
            return;
        }
        peer.rights = rights;
        peer.orphans.clear();
        peer.sync.set_read_only(rights == Rights::Read);
        peer.loses_step();
        peer.said = None;
        peer.news = true;
        peer.pending = true;
        self.settle(effects);
    }

    /// Puts a peer out. Nothing more is sent to it.
    pub(super) fn close(&mut self, key: PeerKey, reason: CloseReason, effects: &mut Vec<Effect>) {
        self.peer_left(key);
        effects.push(Effect::ClosePeer { peer: key, reason });
    }
}
