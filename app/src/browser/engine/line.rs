//! To the server and back: the socket, its session, and what to do when the line breaks.

use super::{Doing, Engine};
use crate::boot::{Became, DocumentInfo, DocumentRights};
use crate::browser::api::{self, ApiError};
use crate::browser::clock::{Timer, now_ms, random_u32, uptime_ms};
use crate::browser::erased;
use crate::browser::socket::{Socket, SocketEvent};
use crate::browser::store::records::DocumentRecord;
use crate::browser::tabs::random_name;
use crate::limits::Limits;
use crate::sync::replica::{CloseReason, Event, PeerKey, Rights};
use crate::sync::session::{Role, Session, SessionEffect, SessionEvent};
use crate::workspace::backoff::Backoff;
use crate::workspace::status::Connection;
use leptos::prelude::*;
use std::sync::Arc;

/// Where the relay listens.
const PATH: &str = "/sync";
/// A line that is down for longer than this is called offline.
const BRIEF_MS: u64 = 2_000;

/// The line to the server.
#[derive(Default)]
pub(super) struct Line {
    socket: Option<Socket>,
    session: Option<Session>,
    /// The server as the desk's peer, once it has said who it is.
    peer: Option<PeerKey>,
    /// Counts connections: what an old socket still says is not heard.
    generation: u64,
    backoff: Backoff,
    retry: Option<Timer>,
    connection: Connection,
    down_since_ms: Option<u64>,
}

impl Line {
    /// How this tab stands with the server. A short break is none.
    pub(super) fn connection(&self, started_ms: u64) -> Connection {
        let down = self.down_since_ms.unwrap_or(started_ms);
        match self.connection {
            Connection::Connecting if uptime_ms().saturating_sub(down) > BRIEF_MS => Connection::Offline,
            other => other,
        }
    }
}

impl Engine {
    /// Calls the server for the first time. A page that the server has just rendered need not ask who is signed in.
    pub(super) fn connect_first(&self) {
        let comes_from_server = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.body())
            .is_some_and(|body| body.get_attribute("data-render").as_deref() != Some("csr"));
        if comes_from_server && is_network_up() { self.call() } else { self.ask_and_call() }
    }

    /// Asks who is signed in, and calls if it still is this user: what one has written is never sent in another's name.
    fn ask_and_call(&self) {
        let generation = self.next_generation();
        let engine = self.clone();
        leptos::task::spawn_local(async move {
            let answer = api::session().await;
            if engine.0.stopped.get() || engine.0.line.borrow().generation != generation {
                return;
            }
            match answer {
                Ok(user) if Some(user.id) == engine.0.me => {
                    engine.call();
                    engine.check_rights().await;
                }
                Ok(_) | Err(ApiError::SignedOut) => engine.set_down(Connection::SignedOut),
                Err(_) => engine.set_down(Connection::Offline),
            }
        });
    }

    fn call(&self) {
        let generation = self.next_generation();
        let engine = self.clone();
        let socket = Socket::open(PATH, move |event| {
            if engine.0.line.borrow().generation == generation {
                engine.heard(event);
            }
        });
        match socket {
            Some(socket) => self.0.line.borrow_mut().socket = Some(socket),
            None => self.set_down(Connection::Offline),
        }
    }

    fn next_generation(&self) -> u64 {
        let mut line = self.0.line.borrow_mut();
        line.retry = None;
        line.generation += 1;
        line.generation
    }

    fn heard(&self, event: SocketEvent) {
        let now_ms = uptime_ms();
        match event {
            SocketEvent::Opened => {
                let limits = Arc::new(Limits::default());
                let session = Session::new(Role::Client, random_name(), random_name(), None, limits);
                self.0.line.borrow_mut().session = Some(session);
                self.session(SessionEvent::Opened { now_ms });
            }
            SocketEvent::Frame(bytes) => self.session(SessionEvent::Frame { now_ms, bytes }),
            SocketEvent::Closed { .. } => self.lost(),
        }
    }

    /// Hands an event to the session, and does what comes of it.
    pub(super) fn session(&self, event: SessionEvent) {
        let effects = match &mut self.0.line.borrow_mut().session {
            Some(session) => session.handle(event),
            None => return,
        };
        for effect in effects {
            match effect {
                SessionEffect::Send(frame) => {
                    if let Some(socket) = &self.0.line.borrow().socket {
                        socket.send(&frame);
                    }
                }
                SessionEffect::Joined { .. } => self.joined(),
                SessionEffect::Sync { document, data, .. } if document == self.document_id() => {
                    let peer = self.0.line.borrow().peer;
                    if let Some(peer) = peer {
                        self.handle(Event::Message { peer, data });
                    }
                }
                SessionEffect::Unavailable { document } if document == self.document_id() => {
                    let engine = self.clone();
                    leptos::task::spawn_local(async move { engine.check_rights().await });
                }
                SessionEffect::Ephemeral(said) if said.document == self.document_id() => {
                    self.hear_of_somebody(&said.data);
                }
                SessionEffect::Close { reason } => {
                    leptos::logging::log!("line closed: {reason}");
                    self.lost();
                    return;
                }
                SessionEffect::Sync { .. }
                | SessionEffect::Unavailable { .. }
                | SessionEffect::Ephemeral(_)
                | SessionEffect::Pause { .. } => {}
            }
        }
    }

    fn joined(&self) {
        let (peer, before) = {
            let mut line = self.0.line.borrow_mut();
            let peer = PeerKey(line.generation);
            line.connection = Connection::Online;
            line.down_since_ms = None;
            line.backoff.reset();
            (peer, line.peer.replace(peer))
        };
        if let Some(peer) = before {
            self.handle(Event::PeerLeft { peer });
        }
        self.handle(Event::PeerJoined { peer, rights: Rights::Write, user: None });
        self.join_meeting();
        self.tell_status();
    }

    /// Sends a sync message.
    pub(super) fn send(&self, data: Arc<[u8]>) {
        let document = self.document_id();
        let request = self.with_desk(|desk| desk.doc_mut().get_heads().is_empty()) == Some(true);
        self.session(SessionEvent::SendSync { document, data, request });
    }

    /// The server has said what it has: what it rendered is overtaken.
    pub(super) fn met_server(&self) {
        if self.0.holding.get() {
            self.release();
        }
    }

    /// The server broke a rule, or was thought to.
    pub(super) fn put_out(&self, reason: &CloseReason) {
        leptos::logging::warn!("server put out: {reason}");
        self.lost();
    }

    fn lost(&self) {
        self.set_down(match is_network_up() {
            true => Connection::Connecting,
            false => Connection::Offline,
        });
    }

    /// The line is down: what is shown follows, and it is tried again.
    fn set_down(&self, connection: Connection) {
        self.hang_up();
        if self.0.stopped.get() {
            return;
        }
        if connection == Connection::Offline && self.0.holding.get() {
            self.release();
        }
        let wait = {
            let mut line = self.0.line.borrow_mut();
            line.down_since_ms.get_or_insert_with(uptime_ms);
            if line.connection == Connection::Forbidden {
                return;
            }
            // Once said to be offline or signed out it stays so until the line stands again.
            if connection != Connection::Connecting || line.connection == Connection::Online {
                line.connection = connection;
            }
            line.backoff.next(random_u32())
        };
        self.call_again_in(u64::from(wait));
        self.tell_status();
    }

    fn call_again_in(&self, milliseconds: u64) {
        let engine = self.clone();
        let timer = Timer::after(milliseconds, move || {
            let engine = engine.clone();
            leptos::task::spawn_local(async move { engine.ask_and_call() });
        });
        self.0.line.borrow_mut().retry = timer;
    }

    /// Takes the line down on this side.
    pub(super) fn hang_up(&self) {
        let peer = {
            let mut line = self.0.line.borrow_mut();
            line.generation += 1;
            line.socket = None;
            line.session = None;
            line.retry = None;
            line.peer.take()
        };
        self.forget_others();
        if let Some(peer) = peer
            && let Some(turn) = self.with_desk(|desk| desk.handle(Event::PeerLeft { peer }, now_ms()))
        {
            self.take(turn, Doing::Own);
        }
    }

    /// The network is back: no need to wait for the next attempt.
    pub(super) fn network_back(&self) {
        self.0.line.borrow_mut().backoff.reset();
        if self.0.line.borrow().peer.is_none() && self.0.desk.borrow().is_some() {
            self.ask_and_call();
        }
    }

    /// The network is gone. A relay on this very machine may still be there, so it is tried all the same.
    pub(super) fn network_gone(&self) {
        self.set_down(Connection::Offline);
    }

    /// The tab is looked at again, perhaps after the computer slept.
    pub(super) fn woken(&self) {
        self.session(SessionEvent::Tick { now_ms: uptime_ms() });
        self.network_back();
    }

    /// Whether the user may still read and write this document. What is only read now is no longer written; what may
    /// not be read any more goes.
    pub(super) async fn check_rights(&self) {
        let Ok(documents) = api::documents().await else { return };
        let info = documents.into_iter().find(|info| info.id == self.document_id());
        match info {
            Some(info) => self.still_allowed(info).await,
            None => self.missing().await,
        }
    }

    async fn still_allowed(&self, info: DocumentInfo) {
        if self.0.stopped.get() {
            return;
        }
        let can_write = info.rights == DocumentRights::Write;
        self.0.state.can_write.maybe_update(|shown| std::mem::replace(shown, can_write) != can_write);
        let may_decide = info.may_decide;
        self.0.state.may_decide.maybe_update(|shown| std::mem::replace(shown, may_decide) != may_decide);
        if let Ok(people) = api::people(self.document_id()).await {
            self.0.state.set_people(people.clone());
            let store = self.0.store.borrow().clone();
            if let Some(store) = store {
                // Only names: they are asked for again next time.
                let _ = store.set_document(&DocumentRecord { info, people }).await;
            }
        }
        self.tell_status();
    }

    /// The server tells no more of the document: it was erased, or is not for this user any more.
    async fn missing(&self) {
        match api::erased(&[self.document_id()]).await {
            Ok(all) => match all.into_iter().next() {
                Some(became) => self.was_erased(&became).await,
                None => self.no_longer_allowed().await,
            },
            // Asked again when the line stands.
            Err(_) => self.lost(),
        }
    }

    /// The document is no more: what was never sent of it is brought to where the rest went on, and the copy goes.
    async fn was_erased(&self, became: &Became) {
        let mine = self.with_desk(|desk| (desk.doc_mut().clone(), desk.outbox().acknowledged().to_vec()));
        if let Some((mut doc, acknowledged)) = mine
            && !erased::bring(&mut doc, &acknowledged, became).await
        {
            return self.lost();
        }
        self.0.erased.set(true);
        self.stop();
        let store = self.0.store.borrow().clone();
        if let Some(store) = store {
            erased::purge(&store, became.id).await;
        }
        erased::leave_for(became);
    }

    async fn no_longer_allowed(&self) {
        self.hang_up();
        self.0.line.borrow_mut().connection = Connection::Forbidden;
        self.0.state.can_write.set(false);
        if self.with_desk(|desk| desk.outbox().is_empty()) != Some(false) {
            self.remove_copy().await;
        }
        self.tell_status();
    }

    /// Removes the plan from this device.
    pub(super) async fn remove_copy(&self) {
        let store = self.0.store.borrow().clone();
        if let Some(store) = store
            && let Err(error) = store.forget_document(self.document_id()).await
        {
            leptos::logging::warn!("removal: {error}");
        }
    }

    /// Once a second.
    pub(super) fn tick(&self) {
        let now = uptime_ms();
        self.session(SessionEvent::Tick { now_ms: now });
        if self.0.saver.borrow().failing().is_none() {
            self.handle(Event::Tick { now_ms: now });
            self.compact_if_quiet();
        }
        self.meet(now);
        if self.0.holding.get() && now.saturating_sub(self.0.started_ms) > 3 * BRIEF_MS {
            self.release();
        }
        self.tell_status();
    }
}

fn is_network_up() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}
