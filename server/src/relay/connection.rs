//! One socket: reads, answers, and writes what its outbox holds, all in one task.

use std::{collections::HashMap, pin::pin, sync::Arc, time::Duration};

use app::{
    boot::DocumentRights,
    domain::ids::DocumentId,
    sync::{
        replica::{PeerKey, Rights},
        session::{Role, Session, SessionClosed, SessionEffect, SessionEvent},
    },
};
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use tokio::time::{Instant, sleep_until, timeout};

use super::{
    connections::Place,
    hub::{Hub, OpenError},
    live::LiveDocument,
    outbox::{CloseReason, Outgoing},
};

/// How often a session is told that somebody works in it, at most.
const TOUCH_EVERY: Duration = Duration::from_secs(300);
/// How long a socket may take to let a close frame out.
const LAST_WORD: Duration = Duration::from_secs(2);

/// Runs one socket until it ends, and lets go of all that it had open.
pub async fn run(hub: Hub, place: Place, socket: WebSocket) {
    let now = Instant::now();
    let mut connection = Connection {
        session: Session::new(Role::Relay, hub.name().to_owned(), String::new(), None, hub.limits().clone()),
        open: HashMap::new(),
        started: now,
        heard: now,
        touched: now,
        paused_until: None,
        hub,
        place,
    };
    let reason = connection.talk(socket).await;
    tracing::debug!(user = %connection.place.user, socket = connection.place.id, ?reason, "socket closed");
    Box::pin(connection.leave_all()).await;
}

struct Connection {
    hub: Hub,
    place: Place,
    session: Session,
    open: HashMap<DocumentId, Opened>,
    started: Instant,
    /// When the other side last gave a sign of life.
    heard: Instant,
    touched: Instant,
    paused_until: Option<Instant>,
}

struct Opened {
    live: Arc<LiveDocument>,
    rights: DocumentRights,
}

/// The socket is to be closed, for this reason, or is gone already.
type Ended = Option<CloseReason>;

impl Connection {
    async fn talk(&mut self, mut socket: WebSocket) -> Ended {
        let ended = self.serve(&mut socket).await;
        if let Some(reason) = ended {
            let frame = CloseFrame { code: reason.code(), reason: reason.text().into() };
            let _ = timeout(LAST_WORD, socket.send(Message::Close(Some(frame)))).await;
        }
        ended
    }

    async fn serve(&mut self, socket: &mut WebSocket) -> Ended {
        self.session.handle(SessionEvent::Opened { now_ms: 0 });
        let outbox = self.place.outbox.clone();
        let mut timer = pin!(sleep_until(self.started + Duration::from_secs(self.hub.limits().handshake_seconds)));
        loop {
            let mut frames = Vec::new();
            tokio::select! {
                () = outbox.woken() => {
                    let taken = outbox.take();
                    if taken.close.is_some() {
                        return taken.close;
                    }
                    if taken.recheck {
                        // Boxed, like what else is rare: an idle socket's task is as large as its largest wait.
                        Box::pin(self.recheck(&mut frames)).await;
                    }
                    for outgoing in taken.outgoing {
                        self.outgoing(outgoing, &mut frames);
                    }
                }
                () = &mut timer => {
                    match self.time_passed(&mut frames) {
                        Ok(next) => timer.as_mut().reset(next),
                        Err(ended) => {
                            self.write(socket, frames).await.ok();
                            return ended;
                        }
                    }
                }
                message = socket.next(), if self.paused_until.is_none() => {
                    let Some(Ok(message)) = message else { return None };
                    self.heard = Instant::now();
                    match message {
                        Message::Binary(bytes) => {
                            if let Err(ended) = Box::pin(self.frame(bytes, &mut frames)).await {
                                self.write(socket, frames).await.ok();
                                return ended;
                            }
                            if let Some(until) = self.paused_until {
                                timer.as_mut().reset(until);
                            }
                        }
                        Message::Close(_) => return None,
                        // Pongs are signs of life; pings are answered by the library.
                        Message::Ping(_) | Message::Pong(_) => {}
                        Message::Text(_) => return Some(CloseReason::Refused),
                    }
                }
            }
            if let Err(ended) = self.write(socket, frames).await {
                return ended;
            }
        }
    }

    /// Writes frames, unless the socket is given up meanwhile or does not take them.
    async fn write(&self, socket: &mut WebSocket, frames: Vec<Message>) -> Result<(), Ended> {
        if frames.is_empty() {
            return Ok(());
        }
        let writing = async {
            for frame in frames {
                socket.feed(frame).await?;
            }
            socket.flush().await
        };
        let patience = Duration::from_secs(self.hub.limits().dead_seconds);
        tokio::select! {
            biased;
            written = timeout(patience, writing) => match written {
                Ok(Ok(())) => Ok(()),
                Ok(Err(_)) => Err(None),
                Err(_) => Err(Some(CloseReason::Silent)),
            },
            () = self.place.outbox.given_up() => Err(self.place.outbox.take().close),
        }
    }

    async fn frame(&mut self, bytes: Bytes, frames: &mut Vec<Message>) -> Result<(), Ended> {
        // One large message at a time: each may cost many times its size until it is done with.
        let hub = self.hub.clone();
        let _turn = if bytes.len() > hub.limits().large_message_bytes {
            Some(hub.large().acquire().await.map_err(|_| Some(CloseReason::GoingAway))?)
        } else {
            None
        };
        let now_ms = self.now_ms();
        for effect in self.session.handle(SessionEvent::Frame { now_ms, bytes: bytes.into() }) {
            self.carry_out(effect, frames).await?;
        }
        if self.touched.elapsed() >= TOUCH_EVERY {
            self.touched = Instant::now();
            if let Err(error) = self.hub.sessions().touch(self.place.session).await {
                tracing::warn!(%error, "session not touched");
            }
        }
        Ok(())
    }

    async fn carry_out(&mut self, effect: SessionEffect, frames: &mut Vec<Message>) -> Result<(), Ended> {
        match effect {
            SessionEffect::Send(bytes) => frames.push(Message::Binary(bytes.into())),
            SessionEffect::Joined { peer, .. } => {
                self.place.joined_as(&peer);
                self.leave_all().await;
            }
            SessionEffect::Sync { document, data, request } => {
                self.sync(document, data, request, frames).await?;
            }
            SessionEffect::Ephemeral(message) => {
                if let Some(opened) = self.open.get(&message.document) {
                    opened.live.tell_others(self.peer_key(), message).await;
                }
            }
            SessionEffect::Unavailable { .. } => {}
            SessionEffect::Pause { milliseconds } => {
                self.paused_until = Some(Instant::now() + Duration::from_millis(milliseconds));
            }
            SessionEffect::Close { reason } => {
                tracing::debug!(socket = self.place.id, %reason, "session closed");
                return Err(match reason {
                    SessionClosed::Left => Some(CloseReason::Left),
                    SessionClosed::NoHandshake | SessionClosed::Silent => Some(CloseReason::Silent),
                    SessionClosed::Version
                    | SessionClosed::Protocol(_)
                    | SessionClosed::Reported(_)
                    | SessionClosed::Refused(_) => Some(CloseReason::Refused),
                });
            }
        }
        Ok(())
    }

    /// A sync message: permission first, then the document, then the message.
    async fn sync(
        &mut self,
        document: DocumentId,
        data: Vec<u8>,
        request: bool,
        frames: &mut Vec<Message>,
    ) -> Result<(), Ended> {
        let Some(live) = self.opened(document).await? else {
            self.session_says(SessionEvent::SendUnavailable { document }, frames);
            return Ok(());
        };
        let writer = self.hub.writer().ok_or(Some(CloseReason::GoingAway))?;
        let room = writer.room().await.ok_or(Some(CloseReason::GoingAway))?;
        let received = match live.receive(self.peer_key(), data, room).await {
            Ok(received) => received,
            // It is being erased: what becomes of that is told by the look at rights that follows.
            Err(_) if live.is_retired() => return Ok(()),
            Err(_) => return Err(Some(CloseReason::Fault)),
        };
        // Registered, but nobody has written anything yet: who asks for content is told so, and gets it once it is.
        if request && received.empty {
            self.session_says(SessionEvent::SendUnavailable { document }, frames);
        }
        Ok(())
    }

    /// The document, opened if need be and permitted. A missing one and a forbidden one are both `None`.
    async fn opened(&mut self, document: DocumentId) -> Result<Option<Arc<LiveDocument>>, Ended> {
        if let Some(opened) = self.open.get(&document) {
            return Ok(Some(opened.live.clone()));
        }
        let fault = |error: &dyn std::fmt::Display| {
            tracing::error!(%document, %error, "document not opened");
            Some(CloseReason::Fault)
        };
        let user = self.place.user;
        let info = self.hub.database().readable_document(user, document).await.map_err(|error| fault(&error))?;
        let Some(info) = info else { return Ok(None) };
        if self.open.len() >= self.hub.limits().documents_per_connection {
            return Err(Some(CloseReason::Refused));
        }
        loop {
            let live = match self.hub.open(document).await {
                Ok(live) => live,
                Err(OpenError::Quarantined | OpenError::Missing) => return Ok(None),
                Err(error) => return Err(fault(&error)),
            };
            let (peer, outbox) = (self.peer_key(), &self.place.outbox);
            if live.join(peer, outbox, rights_of(info.rights), user).await.is_ok() {
                self.open.insert(document, Opened { live: live.clone(), rights: info.rights });
                return Ok(Some(live));
            }
        }
    }

    fn outgoing(&mut self, outgoing: Outgoing, frames: &mut Vec<Message>) {
        let event = match outgoing {
            Outgoing::Sync { document, data } if self.open.contains_key(&document) => {
                SessionEvent::SendSync { document, data, request: false }
            }
            Outgoing::Ephemeral { document, message } if self.open.contains_key(&document) => {
                SessionEvent::ForwardEphemeral((*message).clone())
            }
            // Permission was taken away while it waited.
            Outgoing::Sync { .. } | Outgoing::Ephemeral { .. } => return,
        };
        self.session_says(event, frames);
    }

    /// Rights may have changed: what may no longer be read is let go before another byte of it is sent.
    async fn recheck(&mut self, frames: &mut Vec<Message>) {
        let readable = match self.hub.database().readable_documents(self.place.user).await {
            Ok(readable) => readable,
            Err(error) => {
                // Better to let somebody in again than to send what may be forbidden.
                tracing::error!(%error, "rights not read");
                self.place.outbox.close(CloseReason::Fault);
                return;
            }
        };
        let now: HashMap<DocumentId, DocumentRights> =
            readable.into_iter().map(|document| (document.id, document.rights)).collect();
        let documents: Vec<DocumentId> = self.open.keys().copied().collect();
        for document in documents {
            match (now.get(&document), self.open.get_mut(&document)) {
                (None, _) => {
                    if let Some(opened) = self.open.remove(&document) {
                        opened.live.leave(self.peer_key()).await;
                    }
                    self.session_says(SessionEvent::SendUnavailable { document }, frames);
                }
                (Some(rights), Some(opened)) if opened.rights != *rights => {
                    opened.rights = *rights;
                    let live = opened.live.clone();
                    // A document that broke has closed this socket already.
                    let _ = live.set_rights(self.peer_key(), rights_of(*rights)).await;
                }
                _ => {}
            }
        }
    }

    /// Liveness: asks after a silence, gives up after a longer one. Returns when to look again.
    fn time_passed(&mut self, frames: &mut Vec<Message>) -> Result<Instant, Ended> {
        let now = Instant::now();
        let limits = self.hub.limits().clone();
        if self.paused_until.take().is_some() {
            self.heard = now;
        }
        let now_ms = self.now_ms();
        for effect in self.session.handle(SessionEvent::Tick { now_ms }) {
            match effect {
                SessionEffect::Send(bytes) => frames.push(Message::Binary(bytes.into())),
                SessionEffect::Close { .. } => return Err(Some(CloseReason::Silent)),
                _ => {}
            }
        }
        let silent = now.duration_since(self.heard);
        if silent >= Duration::from_secs(limits.dead_seconds) {
            return Err(Some(CloseReason::Silent));
        }
        let ping = Duration::from_secs(limits.ping_seconds);
        if silent >= ping {
            frames.push(Message::Ping(Bytes::new()));
        }
        Ok(now + ping)
    }

    fn session_says(&mut self, event: SessionEvent, frames: &mut Vec<Message>) {
        for effect in self.session.handle(event) {
            if let SessionEffect::Send(bytes) = effect {
                frames.push(Message::Binary(bytes.into()));
            }
        }
    }

    async fn leave_all(&mut self) {
        for (_, opened) in std::mem::take(&mut self.open) {
            opened.live.leave(self.peer_key()).await;
        }
    }

    fn peer_key(&self) -> PeerKey {
        PeerKey(self.place.id)
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

fn rights_of(rights: DocumentRights) -> Rights {
    match rights {
        DocumentRights::Read => Rights::Read,
        DocumentRights::Write => Rights::Write,
    }
}
