//! A sync message from a peer: what it brings, and what it says about the peer.
//!
//! The exchange is automerge's own, written anew over its public state: automerge's `receive_sync_message` walks
//! the whole history for each message, and hands changes on unchecked.

use std::collections::BTreeSet;

use automerge::ChangeHash;
use automerge::sync::{Capability, Message, MessageFlags};

use super::peer::Peer;
use super::{CloseReason, Effect, PeerKey, Replica, Rights};
use crate::sync::guard::{self, Accept, Vetted};

/// Bytes of the messages that wait for the disk, in messages of the largest size: beyond it the disk is not keeping
/// up.
const MAX_INBOX_MESSAGES: usize = 4;

impl Replica {
    pub(super) fn message(&mut self, key: PeerKey, data: Vec<u8>, effects: &mut Vec<Effect>) {
        if !self.peers.contains_key(&key) {
            return;
        }
        let accept = if self.options.takes_documents { Accept::ChangesAndDocuments } else { Accept::Changes };
        let vetted = match guard::vet_sync_message(&data, &self.limits, accept) {
            Ok(vetted) => vetted,
            Err(refusal) => return self.close(key, CloseReason::Refused(refusal), effects),
        };
        // Behind the peer's own messages, since order matters to it; behind the disk, if it brings something.
        let busy = self.options.gathers && !self.batches.is_empty() && !vetted.chunks.is_empty();
        if self.reloading || busy || self.inbox.iter().any(|(peer, _)| *peer == key) {
            if self.inbox_bytes > MAX_INBOX_MESSAGES * self.limits.message_bytes {
                return self.close(key, CloseReason::NotStored, effects);
            }
            self.inbox_bytes += data.len();
            self.inbox.push_back((key, vetted));
            return;
        }
        self.take(key, vetted, effects);
        self.settle(effects);
    }

    /// Takes a vetted message. The answer, if any, is left to [`Replica::settle`].
    pub(super) fn take(&mut self, key: PeerKey, vetted: Vetted, effects: &mut Vec<Effect>) {
        let Vetted { message, chunks } = vetted;
        if chunks.is_empty() && self.acknowledged(key, &message, effects) {
            return;
        }
        let writes = match self.peers.get(&key) {
            Some(peer) => peer.rights == Rights::Write,
            None => return,
        };
        let before = self.doc.get_heads();
        let brought = !chunks.is_empty() && writes;
        let orphans = self.peers.get(&key).map_or(0, |peer| peer.orphans.len());
        let mut news = Vec::new();
        if brought {
            match self.bring(key, chunks, effects) {
                Ok(brought) => news = brought,
                Err(reason) => return self.close(key, reason, effects),
            }
        }
        let after = self.doc.get_heads();
        let known = self.known(&message.heads);
        let all_known = known.len() == message.heads.len();
        let unsent = self.unseen(key, &message.heads, &known, &after);
        let Some(peer) = self.peers.get_mut(&key) else { return };
        peer.news |= !news.is_empty() || peer.orphans.len() != orphans || is_news(peer, &message);
        peer.pending = true;
        if message.heads == after && !peer.sync.peer_read_only {
            peer.reaches(&after);
            peer.unacknowledged.clear();
        } else {
            peer.loses_step();
        }
        if all_known && self.options.speaks_first {
            effects.push(Effect::PeerHas { peer: key, heads: message.heads.clone() });
        }
        receive(peer, message, &known, unsent, Moved { before: &before, after: &after, brought });
        if !news.is_empty() {
            effects.push(Effect::Changed);
            self.gathered.extend(news);
        }
    }

    /// Whether the message says no more than that what we sent has come. Almost every message does.
    fn acknowledged(&mut self, key: PeerKey, message: &Message, effects: &mut Vec<Effect>) -> bool {
        let Some(peer) = self.peers.get_mut(&key) else { return true };
        let read_only = message.flags.is_some_and(|flags| flags.contains(MessageFlags::READ_ONLY));
        let reset = message.flags.is_some_and(|flags| flags.contains(MessageFlags::SYNC_RESET));
        let plain = message.need.is_empty() && !message.heads.is_empty() && !reset && !read_only;
        let Some(level) = &peer.level else { return false };
        if !plain || peer.pending || !peer.sync.have_responded || peer.sync.peer_read_only {
            return false;
        }
        if message.heads == *level {
            peer.unacknowledged.clear();
            // All that was sent lies behind these heads.
            peer.sync.sent_hashes.clear();
            peer.sync.in_flight = false;
        } else if let Some(index) = peer.unacknowledged.iter().position(|level| message.heads == *level) {
            // More is under way, and will be acknowledged in its turn.
            peer.unacknowledged.drain(..=index);
        } else {
            return false;
        }
        peer.sync.shared_heads.clone_from(&message.heads);
        peer.sync.their_heads = Some(message.heads.clone());
        peer.sync.their_have = Some(message.have.clone());
        peer.sync.their_need = Some(Vec::new());
        if self.options.speaks_first {
            effects.push(Effect::PeerHas { peer: key, heads: message.heads.clone() });
        }
        true
    }

    /// Of the hashes sent to the peer, those that do not lie behind its heads.
    fn unseen(
        &mut self,
        key: PeerKey,
        heads: &[ChangeHash],
        known: &[ChangeHash],
        ours: &[ChangeHash],
    ) -> BTreeSet<ChangeHash> {
        let Some(peer) = self.peers.get_mut(&key) else { return BTreeSet::new() };
        let mut sent = std::mem::take(&mut peer.sync.sent_hashes);
        if sent.is_empty() || heads == ours {
            return BTreeSet::new();
        }
        if !known.is_empty() {
            let beyond = self.doc.get_changes_meta(known).into_iter().map(|change| change.hash);
            let beyond = beyond.collect::<BTreeSet<_>>();
            sent.retain(|hash| beyond.contains(hash));
        }
        sent
    }
}

/// How the document moved while the message was taken.
struct Moved<'a> {
    before: &'a [ChangeHash],
    after: &'a [ChangeHash],
    brought: bool,
}

/// Whether a message says anything that the one before it did not.
fn is_news(peer: &Peer, message: &Message) -> bool {
    let reset = message.flags.is_some_and(|flags| flags.contains(MessageFlags::SYNC_RESET));
    let same_heads = peer.sync.their_heads.as_ref() == Some(&message.heads);
    let same_need = peer.sync.their_need.as_ref() == Some(&message.need);
    reset || !same_heads || !same_need
}

/// What automerge does with a message's words, its changes apart.
fn receive(peer: &mut Peer, message: Message, known: &[ChangeHash], unsent: BTreeSet<ChangeHash>, moved: Moved<'_>) {
    let state = &mut peer.sync;
    state.in_flight = false;
    state.sent_hashes = unsent;
    if let Some(flags) = message.flags {
        let mut capabilities = vec![Capability::MessageV2];
        if flags.contains(MessageFlags::SUPPORTS_SYNC_RESET) {
            capabilities.push(Capability::SyncReset);
        }
        state.their_capabilities = Some(capabilities);
        if flags.contains(MessageFlags::SYNC_RESET) {
            state.sent_hashes.clear();
        }
        state.peer_read_only = flags.contains(MessageFlags::READ_ONLY);
    }
    if moved.brought {
        let kept = state.shared_heads.iter().filter(|head| moved.after.contains(head));
        let new = moved.after.iter().filter(|head| !moved.before.contains(head));
        state.shared_heads = kept.chain(new).copied().collect::<BTreeSet<_>>().into_iter().collect();
    } else if message.heads == moved.before {
        state.last_sent_heads.clone_from(&message.heads);
    }
    if known.len() == message.heads.len() {
        state.shared_heads.clone_from(&message.heads);
        // The peer has lost all that it had.
        if message.heads.is_empty() {
            state.last_sent_heads.clear();
            state.sent_hashes.clear();
        }
    } else {
        let shared = state.shared_heads.iter().chain(known).copied().collect::<BTreeSet<_>>();
        state.shared_heads = shared.into_iter().collect();
    }
    state.their_have = Some(message.have);
    state.their_heads = Some(message.heads);
    state.their_need = Some(message.need);
}
