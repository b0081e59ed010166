//! What waits to be sent to one socket: a bounded queue that many may fill and one task empties.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use app::domain::ids::DocumentId;
use tokio::sync::Notify;

/// Something for the other side.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// A sync message of a document.
    Sync {
        /// Which document.
        document: DocumentId,
        /// What automerge has to say.
        data: Arc<[u8]>,
    },
    /// An ephemeral message from somebody else with the document open, told on as it was.
    Ephemeral {
        /// Which document.
        document: DocumentId,
        /// The message with its sender, session and count.
        message: Arc<app::sync::wire::Ephemeral>,
    },
}

impl Outgoing {
    /// Roughly what it costs to keep.
    fn weight(&self) -> usize {
        const OVERHEAD: usize = 128;
        match self {
            Self::Sync { data, .. } => data.len().saturating_add(OVERHEAD),
            Self::Ephemeral { message, .. } => message.data.len().saturating_add(OVERHEAD),
        }
    }
}

/// Why a socket is closed from our side, as the close frame says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// The relay stops.
    GoingAway,
    /// The session ended: signed out, expired, or taken away.
    SessionEnded,
    /// More is waiting for the client than it takes; it syncs again when it comes back.
    TooSlow,
    /// The same client came back on another socket.
    Replaced,
    /// The client broke the protocol or a limit.
    Refused,
    /// The client did not answer.
    Silent,
    /// The client said that it goes.
    Left,
    /// Something of ours failed; the client may come back at once.
    Fault,
}

impl CloseReason {
    /// The status code of the close frame (RFC 6455, 7.4).
    pub fn code(self) -> u16 {
        match self {
            Self::GoingAway => 1001,
            Self::SessionEnded => 4401,
            Self::Refused => 1008,
            Self::TooSlow | Self::Fault => 1013,
            Self::Replaced | Self::Silent | Self::Left => 1000,
        }
    }

    /// The reason of the close frame.
    pub fn text(self) -> &'static str {
        match self {
            Self::GoingAway => "going away",
            Self::SessionEnded => "session ended",
            Self::TooSlow => "too slow",
            Self::Replaced => "replaced",
            Self::Refused => "refused",
            Self::Silent => "silent",
            Self::Left => "left",
            Self::Fault => "try again",
        }
    }
}

/// The queue of one socket.
#[derive(Debug)]
pub struct Outbox {
    limit: usize,
    queue: Mutex<Queue>,
    /// Woken when there is something to send, to check, or to close for.
    wake: Notify,
    /// Woken when the socket is to be given up even in the middle of a send.
    give_up: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: VecDeque<Outgoing>,
    weight: usize,
    recheck: bool,
    close: Option<CloseReason>,
}

/// What the socket's task finds when it is woken.
#[derive(Debug, Default)]
pub struct Taken {
    /// To be sent, in order.
    pub outgoing: VecDeque<Outgoing>,
    /// Rights may have changed: ask for them again before anything is sent.
    pub recheck: bool,
    /// To be closed.
    pub close: Option<CloseReason>,
}

impl Outbox {
    /// A queue of at most `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self { limit, queue: Mutex::default(), wake: Notify::new(), give_up: Notify::new() }
    }

    /// Queues something. Who does not keep up is closed: what waited is dropped and synced again later.
    pub fn push(&self, outgoing: Outgoing) {
        let mut queue = self.queue();
        if queue.close.is_some() {
            return;
        }
        queue.weight = queue.weight.saturating_add(outgoing.weight());
        if queue.weight > self.limit {
            drop(queue);
            self.close(CloseReason::TooSlow);
            return;
        }
        queue.waiting.push_back(outgoing);
        drop(queue);
        self.wake.notify_one();
    }

    /// Asks the socket's task to look at its rights again.
    pub fn recheck(&self) {
        self.queue().recheck = true;
        self.wake.notify_one();
    }

    /// Closes the socket; the first reason counts.
    pub fn close(&self, reason: CloseReason) {
        let mut queue = self.queue();
        queue.close.get_or_insert(reason);
        queue.waiting = VecDeque::new();
        queue.weight = 0;
        drop(queue);
        self.wake.notify_one();
        self.give_up.notify_one();
    }

    /// Waits until there is something to take.
    pub async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Waits until the socket is to be given up.
    pub async fn given_up(&self) {
        self.give_up.notified().await;
    }

    /// Takes all that waits.
    pub fn take(&self) -> Taken {
        let mut queue = self.queue();
        queue.weight = 0;
        Taken {
            outgoing: std::mem::take(&mut queue.waiting),
            recheck: std::mem::take(&mut queue.recheck),
            close: queue.close,
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: usize) -> Outgoing {
        Outgoing::Sync { document: DocumentId::from_random([1; 16]), data: vec![0; bytes].into() }
    }

    #[test]
    fn who_does_not_keep_up_is_closed_and_what_waited_is_dropped() {
        let outbox = Outbox::new(10_000);
        outbox.push(message(9_000));
        outbox.push(message(9_000));
        let taken = outbox.take();
        assert!(taken.outgoing.is_empty());
        assert_eq!(taken.close, Some(CloseReason::TooSlow));
    }

    #[test]
    fn what_was_taken_makes_room() {
        let outbox = Outbox::new(10_000);
        for _ in 0..10 {
            outbox.push(message(9_000));
            assert_eq!(outbox.take().outgoing.len(), 1);
        }
        assert_eq!(outbox.take().close, None);
    }
}
