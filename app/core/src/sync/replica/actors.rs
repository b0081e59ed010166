//! The actors of a document: how far each has come.

use std::collections::HashMap;

use automerge::{ActorId, AutoCommit};

/// The last number of each actor, and the last operation of all.
#[derive(Debug, Default, Clone)]
pub(super) struct Actors {
    last: HashMap<ActorId, u64>,
    max_op: u64,
}

impl Actors {
    /// Reads them from the history once; afterwards they are kept up.
    pub(super) fn of(doc: &mut AutoCommit) -> Self {
        let mut actors = Self::default();
        for change in doc.get_changes_meta(&[]) {
            actors.add(&change.actor, change.seq, change.max_op);
        }
        actors
    }

    pub(super) fn add(&mut self, actor: &ActorId, seq: u64, max_op: u64) {
        match self.last.get_mut(actor) {
            Some(last) => *last = seq.max(*last),
            None => {
                self.last.insert(actor.clone(), seq);
            }
        }
        self.max_op = self.max_op.max(max_op);
    }

    /// The number of the actor's last change; zero if it has none.
    pub(super) fn last(&self, actor: &ActorId) -> u64 {
        self.last.get(actor).copied().unwrap_or(0)
    }

    /// The highest operation that any change holds: an honest change starts right after the highest it has seen.
    pub(super) fn max_op(&self) -> u64 {
        self.max_op
    }

    pub(super) fn len(&self) -> usize {
        self.last.len()
    }
}
