//! Who is connected: counted against the limits for the node, the user and the address, and found when a session ends.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use app::{domain::ids::UserId, limits::Limits};
use tokio::sync::Notify;

use super::outbox::{CloseReason, Outbox};
use crate::accounts::sessions::SessionKey;

/// The open sockets of this node.
#[derive(Debug, Default)]
pub struct Connections {
    open: Mutex<Open>,
    /// Woken when the last socket is gone.
    empty: Notify,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    closed: bool,
    entries: HashMap<u64, Entry>,
    per_user: HashMap<UserId, usize>,
    per_address: HashMap<IpAddr, usize>,
    /// The socket that speaks for a user's client, by the sender it joined as.
    senders: HashMap<(UserId, String), u64>,
}

#[derive(Debug)]
struct Entry {
    user: UserId,
    address: IpAddr,
    session: SessionKey,
    sender: Option<String>,
    outbox: Arc<Outbox>,
}

/// Why no more sockets are let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// The node has as many as it can carry, or is stopping.
    Node,
    /// The user has as many as one may have.
    User,
    /// The address has as many as one may have.
    Address,
}

/// A place among the open sockets, given back when it is dropped.
#[derive(Debug)]
pub struct Place {
    connections: Arc<Connections>,
    /// The number of the socket, never used again.
    pub id: u64,
    /// Its queue.
    pub outbox: Arc<Outbox>,
    /// Who.
    pub user: UserId,
    /// In which session.
    pub session: SessionKey,
}

impl Connections {
    /// Takes a place, if there is one.
    pub fn admit(
        self: &Arc<Self>,
        limits: &Limits,
        user: UserId,
        address: IpAddr,
        session: SessionKey,
    ) -> Result<Place, Full> {
        let mut open = self.open();
        if open.closed || open.entries.len() >= limits.connections {
            return Err(Full::Node);
        }
        if open.per_user.get(&user).is_some_and(|count| *count >= limits.connections_per_user) {
            return Err(Full::User);
        }
        if open.per_address.get(&address).is_some_and(|count| *count >= limits.connections_per_address) {
            return Err(Full::Address);
        }
        let id = open.next;
        open.next = open.next.saturating_add(1);
        let outbox = Arc::new(Outbox::new(limits.outbound_bytes));
        open.entries.insert(id, Entry { user, address, session, sender: None, outbox: outbox.clone() });
        *open.per_user.entry(user).or_default() += 1;
        *open.per_address.entry(address).or_default() += 1;
        Ok(Place { connections: self.clone(), id, outbox, user, session })
    }

    /// How many sockets are open.
    pub fn count(&self) -> usize {
        self.open().entries.len()
    }

    /// Closes the sockets of a session.
    pub fn close_session(&self, session: SessionKey) {
        self.close_where(CloseReason::SessionEnded, |entry| entry.session == session);
    }

    /// Closes the sockets of all sessions but these.
    pub fn keep_sessions(&self, alive: &std::collections::HashSet<SessionKey>) {
        self.close_where(CloseReason::SessionEnded, |entry| !alive.contains(&entry.session));
    }

    /// Asks every socket to look at its rights again.
    pub fn recheck(&self) {
        for entry in self.open().entries.values() {
            entry.outbox.recheck();
        }
    }

    /// Lets nobody in any more, closes all, and waits until they are gone.
    pub async fn close_all(&self) {
        self.open().closed = true;
        self.close_where(CloseReason::GoingAway, |_| true);
        loop {
            let gone = self.empty.notified();
            if self.count() == 0 {
                return;
            }
            gone.await;
        }
    }

    fn close_where(&self, reason: CloseReason, wanted: impl Fn(&Entry) -> bool) {
        for entry in self.open().entries.values().filter(|entry| wanted(entry)) {
            entry.outbox.close(reason);
        }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// The client has said who it is: an older socket of the same user and sender is closed in favour of this one.
    pub fn joined_as(&self, sender: &str) {
        let mut open = self.connections.open();
        let before = open.senders.insert((self.user, sender.to_owned()), self.id);
        if let Some(entry) = before.filter(|before| *before != self.id).and_then(|before| open.entries.get(&before)) {
            entry.outbox.close(CloseReason::Replaced);
        }
        if let Some(entry) = open.entries.get_mut(&self.id) {
            entry.sender = Some(sender.to_owned());
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.connections.open();
        let Some(entry) = open.entries.remove(&self.id) else { return };
        one_less(&mut open.per_user, &entry.user);
        one_less(&mut open.per_address, &entry.address);
        if let Some(sender) = entry.sender {
            let key = (entry.user, sender);
            if open.senders.get(&key) == Some(&self.id) {
                open.senders.remove(&key);
            }
        }
        if open.entries.is_empty() {
            self.connections.empty.notify_waiters();
        }
    }
}

fn one_less<K: Hash + Eq>(counts: &mut HashMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            counts.remove(key);
        }
    }
}
