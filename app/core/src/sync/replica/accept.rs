//! What a peer brings: read, put in order, held against the document, applied.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use automerge::{ActorId, Change, ChangeHash, ReadDoc};

use super::actors::Actors;
use super::{CloseReason, Effect, NewChange, PeerKey, Replica};
use crate::domain::ids::UserId;
use crate::sync::guard::{self, ChangeChunk, Chunk};

/// How far the first operation of a change may lie beyond the highest that is known. An honest change starts right
/// after the highest it has seen, some of which may be under way; numbers near the end of their 32 bits would make
/// the document impossible to edit for everybody.
const OPERATION_SLACK: u64 = 1_000;

/// A change that automerge could read.
#[derive(Debug, Clone)]
pub(super) struct Arrived {
    pub(super) change: Change,
    pub(super) bytes: Arc<[u8]>,
    operations: u64,
    /// What it depends on and we lack, as last seen.
    pub(super) missing: Vec<ChangeHash>,
}

impl Arrived {
    /// Whether these hashes are what it waited for, or itself.
    pub(super) fn waits_for(&self, arrived: &HashSet<ChangeHash>) -> bool {
        arrived.contains(&self.change.hash()) || self.missing.iter().any(|hash| arrived.contains(hash))
    }
}

/// Changes that may be applied in this order, and what they alter in our books.
#[derive(Default)]
struct Staged {
    changes: Vec<Arrived>,
    hashes: HashSet<ChangeHash>,
    /// Last numbers, where they differ from those of [`Actors`].
    last: HashMap<ActorId, u64>,
    bindings: HashMap<ActorId, UserId>,
    new_actors: usize,
    max_op: u64,
    operations: u64,
    bytes: usize,
}

impl Replica {
    /// Takes the chunks of one message and returns what was new, already applied to the document in memory.
    pub(super) fn bring(
        &mut self,
        key: PeerKey,
        chunks: Vec<Chunk>,
        effects: &mut Vec<Effect>,
    ) -> Result<Vec<NewChange>, CloseReason> {
        let mut changes = Vec::with_capacity(chunks.len());
        let mut news = Vec::new();
        for chunk in chunks {
            match chunk {
                Chunk::Change(chunk) => changes.push(chunk),
                Chunk::Document(bytes) => news.extend(self.bring_document(&bytes, effects)?),
            }
        }
        let staged = self.stage(key, changes)?;
        news.extend(self.apply(key, staged, effects)?);
        Ok(news)
    }

    fn stage(&mut self, key: PeerKey, chunks: Vec<ChangeChunk>) -> Result<Staged, CloseReason> {
        let waiting = match self.peers.get_mut(&key) {
            Some(peer) => std::mem::take(&mut peer.orphans),
            None => Vec::new(),
        };
        let mut arrived = Vec::with_capacity(chunks.len() + waiting.len());
        let mut hashes = HashSet::with_capacity(chunks.len());
        for chunk in chunks {
            let change = guard::read_change(&chunk)?;
            if hashes.insert(change.hash()) && !self.has(&change.hash()) {
                let operations = chunk.operations();
                arrived.push(Arrived { change, bytes: chunk.bytes().into(), operations, missing: Vec::new() });
            }
        }
        for orphan in waiting {
            if hashes.insert(orphan.change.hash()) && !self.has(&orphan.change.hash()) {
                arrived.push(orphan);
            }
        }
        if arrived.is_empty() {
            return Ok(Staged::default());
        }
        if self.options.enforces_limits && self.actors.is_none() {
            self.actors = Some(Actors::of(&mut self.doc));
        }
        self.order(key, arrived)
    }

    /// Puts the changes after those that they depend on; what depends on something unknown is kept for later.
    fn order(&mut self, key: PeerKey, arrived: Vec<Arrived>) -> Result<Staged, CloseReason> {
        let mut staged = Staged::default();
        let mut blocked: HashMap<ChangeHash, Vec<Arrived>> = HashMap::new();
        let mut orphans = Vec::new();
        let mut queue = VecDeque::from(arrived);
        while let Some(next) = queue.pop_front() {
            let missing = next.change.deps().iter().copied().find(|dep| !staged.hashes.contains(dep) && !self.has(dep));
            if let Some(missing) = missing {
                blocked.entry(missing).or_default().push(next);
                continue;
            }
            self.judge(key, &next, &mut staged)?;
            let hash = next.change.hash();
            staged.hashes.insert(hash);
            staged.changes.push(next);
            // Right behind, so that a change stands where it did among those that waited for it.
            blocked.remove(&hash).unwrap_or_default().into_iter().rev().for_each(|freed| queue.push_front(freed));
        }
        for mut orphan in blocked.into_values().flatten() {
            orphan.missing = orphan
                .change
                .deps()
                .iter()
                .copied()
                .filter(|dep| !staged.hashes.contains(dep) && !self.has(dep))
                .collect();
            orphans.push(orphan);
        }
        self.keep(key, orphans)?;
        if self.options.enforces_limits {
            let (doc, limits) = (&mut self.doc, &self.limits);
            if let Some(limit) = self.weight.exceeds(staged.operations, staged.bytes, doc, limits) {
                return Err(CloseReason::Full(limit));
            }
        }
        Ok(staged)
    }

    fn keep(&mut self, key: PeerKey, orphans: Vec<Arrived>) -> Result<(), CloseReason> {
        let bytes = orphans.iter().map(|orphan| orphan.bytes.len()).sum::<usize>();
        if orphans.len() > self.limits.orphans || bytes > self.limits.orphan_bytes {
            return Err(CloseReason::Orphans);
        }
        if let Some(peer) = self.peers.get_mut(&key) {
            peer.orphans = orphans;
        }
        Ok(())
    }

    /// Holds one change against the document and against those staged before it.
    fn judge(&self, key: PeerKey, arrived: &Arrived, staged: &mut Staged) -> Result<(), CloseReason> {
        let change = &arrived.change;
        let actor = change.actor_id();
        if let (true, Some(actors)) = (self.options.enforces_limits, &self.actors) {
            self.judge_author(key, change, staged)?;
            let last = staged.last.get(actor).copied().unwrap_or_else(|| actors.last(actor));
            let max_op = actors.max_op().max(staged.max_op);
            if change.seq() != last + 1 || change.start_op().get() > max_op + 1 + OPERATION_SLACK {
                return Err(CloseReason::Sequence);
            }
            if last == 0 {
                staged.new_actors += 1;
                if actors.len() + staged.new_actors > self.limits.document_actors {
                    return Err(CloseReason::Full("actors"));
                }
            }
        }
        staged.last.insert(actor.clone(), change.seq());
        staged.max_op = staged.max_op.max(change.start_op().get() + arrived.operations.saturating_sub(1));
        staged.operations += arrived.operations;
        staged.bytes += arrived.bytes.len();
        Ok(())
    }

    /// An actor belongs to one user: to whom its first change names, or else to the first who brings it. A colleague
    /// may bring it, since a plan is also handed over as a file, and it stays its owner's; only a change that names
    /// somebody else than the owner is refused.
    fn judge_author(&self, key: PeerKey, change: &Change, staged: &mut Staged) -> Result<(), CloseReason> {
        let Some(user) = self.peers.get(&key).and_then(|peer| peer.user) else { return Ok(()) };
        let actor = change.actor_id();
        let named = match change.author() {
            Some(author) => Some(UserId::from_author_bytes(author.as_bytes()).ok_or(CloseReason::Author)?),
            None => None,
        };
        let bound = self.bindings.get(actor).or_else(|| staged.bindings.get(actor)).copied();
        let owner = bound.or(named).unwrap_or(user);
        if named.is_some_and(|named| named != owner) {
            return Err(CloseReason::Author);
        }
        if bound.is_none() {
            staged.bindings.insert(actor.clone(), owner);
        }
        Ok(())
    }

    /// Applies what has passed. Whatever goes wrong in automerge, what is stored is whole: the document in memory
    /// is thrown away and the peer is closed.
    fn apply(
        &mut self,
        key: PeerKey,
        staged: Staged,
        effects: &mut Vec<Effect>,
    ) -> Result<Vec<NewChange>, CloseReason> {
        if staged.changes.is_empty() {
            return Ok(Vec::new());
        }
        let before = self.doc.document().stats().num_changes;
        let expected = before + staged.changes.len() as u64;
        self.bindings.extend(staged.bindings);
        let mut news = Vec::with_capacity(staged.changes.len());
        let mut changes = Vec::with_capacity(staged.changes.len());
        for arrived in staged.changes {
            news.push(self.new_change(&arrived.change, arrived.bytes, Some(key)));
            changes.push(arrived.change);
        }
        let operations = staged.operations;
        let applied = guard::caught(|| self.doc.apply_changes(changes));
        if !matches!(applied, Some(Ok(()))) || self.doc.document().stats().num_changes != expected {
            self.reloading = true;
            effects.push(Effect::Reload);
            return Err(CloseReason::Unappliable);
        }
        if let Some(actors) = &mut self.actors {
            staged.last.iter().for_each(|(actor, seq)| actors.add(actor, *seq, staged.max_op));
        }
        self.weight.add(operations, staged.bytes);
        if self.weight.is_half_full(&self.limits) {
            effects.push(Effect::HalfFull);
        }
        Ok(news)
    }

    /// A whole document, from one's own relay.
    fn bring_document(&mut self, bytes: &[u8], effects: &mut Vec<Effect>) -> Result<Vec<NewChange>, CloseReason> {
        let before = self.doc.get_heads();
        let author = self.doc.get_author().cloned();
        if !matches!(guard::caught(|| self.doc.load_incremental(bytes)), Some(Ok(_))) {
            self.reloading = true;
            effects.push(Effect::Reload);
            return Err(CloseReason::Unappliable);
        }
        // automerge replaces an empty document whole, and forgets who is writing in it.
        if self.doc.get_author() != author.as_ref() {
            self.doc.set_author(author);
        }
        Ok(self.changes_since(&before))
    }

    /// The changes that the document has beyond `heads`, as they are to be stored.
    pub(super) fn changes_since(&mut self, heads: &[ChangeHash]) -> Vec<NewChange> {
        let changes = self.doc.get_changes(heads);
        changes
            .into_iter()
            .map(|mut change| {
                let bytes = if change.raw_bytes().len() > COMPRESSED_FROM {
                    change.bytes().as_ref().into()
                } else {
                    change.raw_bytes().into()
                };
                self.new_change(&change, bytes, None)
            })
            .collect()
    }

    fn new_change(&self, change: &Change, bytes: Arc<[u8]>, peer: Option<PeerKey>) -> NewChange {
        let actor = change.actor_id().clone();
        let named = || change.author().and_then(|author| UserId::from_author_bytes(author.as_bytes()));
        let author = self.bindings.get(&actor).copied().or_else(named);
        NewChange { hash: change.hash(), seq: change.seq(), author, actor, bytes, peer }
    }
}

/// Changes above so many bytes are kept compressed; below it, time is worth more than bytes.
const COMPRESSED_FROM: usize = 1024;
