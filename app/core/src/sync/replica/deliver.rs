//! From stored to sent: batches on their way to disk, and the messages that follow them.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use automerge::ChangeHash;
use automerge::sync::{BloomFilter, Capability, ChunkList, Have, Message, MessageFlags, MessageVersion, SyncDoc};

use super::peer::Peer;
use super::{CloseReason, Effect, NewChange, PeerKey, Replica, Ticket};
use crate::sync::guard;

/// Changes on their way to disk.
pub(super) struct Batch {
    ticket: Ticket,
    before: Vec<ChangeHash>,
    after: Vec<ChangeHash>,
    changes: Vec<(ChangeHash, Arc<[u8]>)>,
    /// Who brought them.
    origins: BTreeSet<PeerKey>,
    stored: bool,
}

impl Replica {
    pub(super) fn local_change(&mut self, effects: &mut Vec<Effect>) {
        if self.reloading {
            return;
        }
        // What came from peers meanwhile goes first, with those who brought it.
        self.store_gathered(effects);
        let asked = self.asked.clone();
        self.note_own(&asked);
        let changes = self.changes_since(&asked);
        self.store(changes, effects);
        self.settle(effects);
    }

    /// What the relay writes itself counts, too, when it judges what peers bring next.
    fn note_own(&mut self, since: &[ChangeHash]) {
        if !self.options.enforces_limits {
            return;
        }
        for change in self.doc.get_changes(since) {
            self.weight.add(change.len() as u64, change.raw_bytes().len());
            if let Some(actors) = &mut self.actors {
                actors.add(change.actor_id(), change.seq(), change.max_op());
            }
        }
    }

    fn store_gathered(&mut self, effects: &mut Vec<Effect>) {
        let mut changes = std::mem::take(&mut self.gathered);
        if self.unstorable && self.batches.is_empty() {
            // What could not be stored before goes first.
            let asked = self.asked.clone();
            changes = self.changes_since(&asked);
        }
        self.store(changes, effects);
    }

    fn store(&mut self, changes: Vec<NewChange>, effects: &mut Vec<Effect>) {
        if changes.is_empty() {
            return;
        }
        let ticket = Ticket(self.next_ticket);
        self.next_ticket += 1;
        let after = self.doc.get_heads();
        self.batches.push_back(Batch {
            ticket,
            before: std::mem::replace(&mut self.asked, after.clone()),
            after: after.clone(),
            changes: changes.iter().map(|change| (change.hash, change.bytes.clone())).collect(),
            origins: changes.iter().filter_map(|change| change.peer).collect(),
            stored: false,
        });
        effects.push(Effect::Store { ticket, changes, heads: after });
    }

    pub(super) fn ticket_stored(&mut self, ticket: Ticket, effects: &mut Vec<Effect>) {
        let Some(batch) = self.batches.iter_mut().find(|batch| batch.ticket == ticket) else { return };
        batch.stored = true;
        while self.batches.front().is_some_and(|batch| batch.stored) {
            if let Some(batch) = self.batches.pop_front() {
                self.unstorable = false;
                self.stored.clone_from(&batch.after);
                self.deliver(&batch, effects);
            }
        }
        self.settle(effects);
    }

    pub(super) fn store_failed(&mut self, ticket: Ticket, effects: &mut Vec<Effect>) {
        if !self.batches.iter().any(|batch| batch.ticket == ticket) {
            return;
        }
        let mut origins = self.gathered.drain(..).filter_map(|change| change.peer).collect::<BTreeSet<_>>();
        for batch in self.batches.drain(..) {
            origins.extend(batch.origins);
        }
        self.asked.clone_from(&self.stored);
        if self.options.sends_unstorable {
            // Nothing is thrown away: it is tried again, and may be sent meanwhile.
            self.unstorable = true;
            self.peers.values_mut().for_each(|peer| {
                peer.loses_step();
                peer.pending = true;
            });
            return self.settle(effects);
        }
        // The peers believe that we have what is lost. When they come back they send it again.
        for origin in origins {
            self.close(origin, CloseReason::NotStored, effects);
        }
        self.reloading = true;
        effects.push(Effect::Reload);
    }

    /// Asks again for what our own storage refused.
    pub(super) fn retry(&mut self, effects: &mut Vec<Effect>) {
        if self.unstorable && self.batches.is_empty() {
            self.local_change(effects);
        }
    }

    /// Brings everything to rest: asks for what must be stored, answers who is owed an answer, takes what waited.
    pub(super) fn settle(&mut self, effects: &mut Vec<Effect>) {
        loop {
            if self.reloading {
                return;
            }
            if !self.gathered.is_empty() {
                self.free_orphans(effects);
                self.store_gathered(effects);
            }
            if !self.may_send() {
                return;
            }
            let owed = self.peers.iter().filter(|(_, peer)| peer.pending).map(|(key, _)| *key).collect::<Vec<_>>();
            for key in owed {
                self.answer(key, effects);
            }
            if self.inbox.is_empty() || self.reloading {
                return;
            }
            self.inbox_bytes = 0;
            for (key, vetted) in std::mem::take(&mut self.inbox) {
                if self.reloading {
                    self.inbox.push_back((key, vetted));
                } else {
                    self.take(key, vetted, effects);
                }
            }
        }
    }

    /// Whether all that the document in memory holds is stored, so that automerge may speak from it.
    fn may_send(&mut self) -> bool {
        self.unstorable || (self.batches.is_empty() && self.doc.get_heads() == self.stored)
    }

    /// What came may be what changes of other peers waited for.
    fn free_orphans(&mut self, effects: &mut Vec<Effect>) {
        let mut arrived = self.gathered.iter().map(|change| change.hash).collect::<HashSet<_>>();
        while !arrived.is_empty() && !self.reloading {
            let waiting = self.peers.iter().filter(|(_, peer)| peer.orphans.iter().any(|it| it.waits_for(&arrived)));
            let waiting = waiting.map(|(key, _)| *key).collect::<Vec<_>>();
            arrived.clear();
            for key in waiting {
                match self.bring(key, Vec::new(), effects) {
                    Ok(news) => {
                        arrived.extend(news.iter().map(|change| change.hash));
                        self.gathered.extend(news);
                    }
                    Err(reason) => self.close(key, reason, effects),
                }
            }
        }
    }

    /// Tells the peers of what is now stored. Those in step get it as one message, built once.
    fn deliver(&mut self, batch: &Batch, effects: &mut Vec<Effect>) {
        let flags = self.flags();
        let (mut news, mut acknowledgement) = (Vec::new(), None);
        for (key, peer) in &mut self.peers {
            let brought = batch.origins.contains(key);
            if brought && peer.level.as_ref() == Some(&batch.after) && peer.orphans.is_empty() {
                let data = acknowledgement.get_or_insert_with(|| acknowledge(&batch.after, flags));
                peer.sync.last_sent_heads.clone_from(&batch.after);
                peer.said = Some((batch.after.clone(), Vec::new()));
                peer.pending = false;
                effects.push(Effect::Send { peer: *key, data: data.clone() });
            } else if !brought && !peer.pending && peer.level.as_ref() == Some(&batch.before) {
                if news.is_empty() {
                    news = announce(batch, flags, self.limits.slice_bytes);
                }
                peer.sync.last_sent_heads.clone_from(&batch.after);
                peer.sync.sent_hashes.extend(batch.changes.iter().map(|(hash, _)| *hash));
                peer.reaches(&batch.after);
                effects.extend(news.iter().map(|data| Effect::Send { peer: *key, data: data.clone() }));
            } else {
                peer.pending = true;
                continue;
            }
            peer.sync.in_flight = true;
            peer.sync.have_responded = true;
            peer.news = false;
        }
    }

    /// Answers a peer from history, by automerge's own exchange.
    fn answer(&mut self, key: PeerKey, effects: &mut Vec<Effect>) {
        let ours = self.doc.get_heads();
        let Some(peer) = self.peers.get(&key) else { return };
        let last_sync = peer.sync.their_have.iter().flatten().next().map(|have| have.last_sync.clone());
        let comparable = last_sync.is_some_and(|heads| heads.iter().all(|head| self.has(head)));
        let takes_documents = self.options.takes_documents;
        let flags = self.flags();
        let Some(peer) = self.peers.get_mut(&key) else { return };
        peer.pending = false;
        if let (false, Some(capabilities)) = (takes_documents, &mut peer.sync.their_capabilities) {
            // Ours go out without flags, so a reset must be said by empty heads, as to peers that know no flags.
            capabilities.retain(|capability| *capability != Capability::SyncReset);
        }
        let resets = peer.sync.needs_reset;
        let doc = &mut self.doc;
        let Some(message) = guard::caught(|| doc.sync().generate_sync_message(&mut peer.sync)) else {
            self.reloading = true;
            effects.push(Effect::Reload);
            return self.close(key, CloseReason::Unappliable, effects);
        };
        let in_step = comparable && !resets && !peer.sync.peer_read_only && peer.sync.their_need.is_some();
        if in_step {
            peer.reaches(&ours);
        } else {
            peer.loses_step();
        }
        let Some(mut message) = message else { return };
        ask_behind_orphans(peer, &mut message);
        message.flags = message.flags.filter(|_| flags.is_some());
        let said = (message.heads.clone(), message.need.clone());
        if message.changes.is_empty() && !peer.news && peer.said.as_ref() == Some(&said) {
            return;
        }
        peer.said = Some(said);
        peer.news = false;
        let messages = slices(message, self.limits.slice_bytes);
        effects.extend(messages.into_iter().map(|message| Effect::Send { peer: key, data: message.encode().into() }));
    }

    /// The flags of our messages: a client says that it takes documents, the relay says nothing.
    fn flags(&self) -> Option<MessageFlags> {
        self.options.takes_documents.then(|| {
            let mut flags = MessageFlags::new();
            flags.set(MessageFlags::SUPPORTS_SYNC_RESET);
            flags
        })
    }
}

/// automerge asks for the peer's heads; where we hold these as orphans, what lies behind them is to be asked for.
fn ask_behind_orphans(peer: &Peer, message: &mut Message) {
    if peer.orphans.is_empty() || message.need.is_empty() {
        return;
    }
    let mut need = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut stack = message.need.clone();
    while let Some(hash) = stack.pop() {
        if !seen.insert(hash) {
            continue;
        }
        match peer.orphans.iter().find(|orphan| orphan.change.hash() == hash) {
            Some(orphan) => stack.extend(orphan.missing.iter().copied()),
            None => {
                need.insert(hash);
            }
        }
    }
    let heads = peer.sync.their_heads.as_deref().unwrap_or_default();
    if !need.iter().all(|hash| heads.contains(hash)) {
        // What is needed first comes alone, as automerge has it.
        message.have.clear();
    }
    message.need = need.into_iter().collect();
}

/// We have these heads, and they are stored.
fn acknowledge(heads: &[ChangeHash], flags: Option<MessageFlags>) -> Arc<[u8]> {
    let have = Have { last_sync: heads.to_vec(), bloom: BloomFilter::default() };
    message(heads, have, Vec::new(), flags).encode().into()
}

/// Here is what came, for those who had all before it.
fn announce(batch: &Batch, flags: Option<MessageFlags>, slice_bytes: usize) -> Vec<Arc<[u8]>> {
    let bloom = BloomFilter::from_hashes(batch.changes.iter().map(|(hash, _)| hash));
    let have = Have { last_sync: batch.before.clone(), bloom };
    let changes = batch.changes.iter().map(|(_, bytes)| bytes.to_vec()).collect();
    let whole = message(&batch.after, have, changes, flags);
    slices(whole, slice_bytes).into_iter().map(|message| message.encode().into()).collect()
}

fn message(heads: &[ChangeHash], have: Have, changes: Vec<Vec<u8>>, flags: Option<MessageFlags>) -> Message {
    Message {
        heads: heads.to_vec(),
        need: Vec::new(),
        have: vec![have],
        changes: ChunkList::from(changes),
        flags,
        version: MessageVersion::V1,
    }
}

/// Cuts a message into several, none of whose changes take more than `slice_bytes` if there is more than one. Each
/// says the same, so that the first to arrive is as good as the last.
fn slices(message: Message, slice_bytes: usize) -> Vec<Message> {
    let total = message.changes.iter().map(<[u8]>::len).sum::<usize>();
    if total <= slice_bytes || message.changes.len() < 2 {
        return vec![message];
    }
    let mut slices: Vec<Vec<Vec<u8>>> = Vec::new();
    let mut room = 0_usize;
    for change in message.changes.iter() {
        match slices.last_mut() {
            Some(slice) if change.len() <= room => slice.push(change.to_vec()),
            _ => {
                slices.push(vec![change.to_vec()]);
                room = slice_bytes;
            }
        }
        room = room.saturating_sub(change.len());
    }
    let empty = Message { changes: ChunkList::empty(), ..message };
    slices.into_iter().map(|changes| Message { changes: ChunkList::from(changes), ..empty.clone() }).collect()
}
