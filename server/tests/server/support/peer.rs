//! A client of the relay: the session and the replica of `app::sync` over a real socket.

use std::{sync::Arc, time::Duration};

use app::{
    document::{self, Command, EditContext, occasion::OccasionCommand},
    domain::ids::DocumentId,
    limits::Limits,
    sync::{
        replica::{Effect, Event, PeerKey, Replica, Rights},
        session::{Role, Session, SessionEffect, SessionEvent},
        wire::Ephemeral,
    },
};
use automerge::{AutoCommit, ChangeHash, ROOT, ReadDoc, transaction::Transactable};
use futures_util::{SinkExt, StreamExt};
use tokio::{
    net::TcpStream,
    time::{Instant, timeout},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest, http::HeaderValue},
};

use super::User;

const RELAY: PeerKey = PeerKey(0);
const PATIENCE: Duration = Duration::from_secs(10);

/// One document open over one socket.
pub struct Peer {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    session: Session,
    pub replica: Replica,
    pub document: DocumentId,
    /// What the relay says it has: what is safe there.
    pub acknowledged: Vec<ChangeHash>,
    /// The relay said that there is no such document for us.
    pub unavailable: bool,
    /// The code of the close frame, or 0 without one, once the socket is closed.
    pub closed: Option<u16>,
    /// What others said.
    pub heard: Vec<Ephemeral>,
    /// Sync messages received.
    pub messages: usize,
    started: Instant,
}

/// Opens a socket with these headers.
pub async fn connect(
    base: &str,
    headers: &[(&'static str, &str)],
) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, tungstenite::Error> {
    let mut request = format!("{}/sync", base.replace("http://", "ws://")).into_client_request()?;
    for (name, value) in headers {
        request.headers_mut().insert(*name, HeaderValue::from_str(value).unwrap());
    }
    connect_async(request).await.map(|(socket, _)| socket)
}

impl Peer {
    /// Joins and asks for the document.
    pub async fn open(user: &User, document: DocumentId) -> Self {
        Self::open_as(user, document, &format!("test-{:016x}", rand::random::<u64>())).await
    }

    /// Joins under a name of its own.
    pub async fn open_as(user: &User, document: DocumentId, name: &str) -> Self {
        let socket = connect(&user.base, &[("cookie", &user.cookie)]).await.unwrap();
        let limits = Arc::new(Limits::default());
        let doc = document::empty(rand::random(), Some(user.id));
        let mut peer = Self {
            socket,
            session: Session::new(Role::Client, name.to_owned(), name.to_owned(), None, limits.clone()),
            replica: Replica::client(document, doc, limits),
            document,
            acknowledged: Vec::new(),
            unavailable: false,
            closed: None,
            heard: Vec::new(),
            messages: 0,
            started: Instant::now(),
        };
        peer.tell_session(SessionEvent::Opened { now_ms: 0 }).await;
        peer
    }

    /// Writes a value and sends it.
    pub async fn put(&mut self, key: &str, value: &str) {
        self.replica.doc_mut().put(ROOT, key, value).unwrap();
        self.replica.doc_mut().commit();
        self.tell_replica(Event::LocalChange).await;
    }

    /// Does something to an occasion here, and does not send it yet.
    pub fn write_here(&mut self, command: OccasionCommand) {
        let context = EditContext { now_ms: 1_600_000_000_000 };
        document::any::edit(self.replica.doc_mut(), &Command::Occasion(command), &context).unwrap();
    }

    /// Sends what was written here.
    pub async fn send_written(&mut self) {
        self.tell_replica(Event::LocalChange).await;
    }

    /// Does what a user of the program would.
    pub async fn edit(&mut self, edit: impl FnOnce(&mut AutoCommit)) {
        edit(self.replica.doc_mut());
        self.tell_replica(Event::LocalChange).await;
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<String> {
        self.replica.doc().get(ROOT, key).unwrap().and_then(|(value, _)| value.as_str().map(str::to_owned))
    }

    /// Says something to the others.
    pub async fn say(&mut self, data: &[u8]) {
        let document = self.document;
        self.tell_session(SessionEvent::SendEphemeral { document, data: data.to_vec() }).await;
    }

    /// Sends bytes as they are.
    pub async fn send_raw(&mut self, bytes: Vec<u8>) {
        let _ = self.socket.send(Message::Binary(bytes.into())).await;
    }

    /// Sends a sync message that no replica made.
    pub async fn send_sync(&mut self, data: &[u8]) {
        let document = self.document;
        self.tell_session(SessionEvent::SendSync { document, data: data.into(), request: false }).await;
    }

    /// Whether the relay has said that it has all that we have.
    pub fn is_saved(&mut self) -> bool {
        let mut heads = self.replica.doc_mut().get_heads();
        let mut acknowledged = self.acknowledged.clone();
        heads.sort();
        acknowledged.sort();
        !heads.is_empty() && heads == acknowledged
    }

    /// Takes what comes until `holds`, or fails.
    pub async fn until(&mut self, what: &str, mut holds: impl FnMut(&mut Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(self) {
            assert!(Instant::now() < end, "not in time: {what}");
            self.take(Duration::from_millis(100)).await;
        }
    }

    /// Takes what comes to both until `holds`, or fails.
    pub async fn until_both(
        what: &str,
        a: &mut Self,
        b: &mut Self,
        mut holds: impl FnMut(&mut Self, &mut Self) -> bool,
    ) {
        let end = Instant::now() + PATIENCE;
        while !holds(a, b) {
            assert!(Instant::now() < end, "not in time: {what}");
            a.take(Duration::from_millis(2)).await;
            b.take(Duration::from_millis(2)).await;
        }
    }

    /// Takes what comes for so long.
    pub async fn listen(&mut self, duration: Duration) {
        let end = Instant::now() + duration;
        while Instant::now() < end && self.closed.is_none() {
            self.take(end.saturating_duration_since(Instant::now())).await;
        }
    }

    async fn take(&mut self, patience: Duration) {
        if self.closed.is_some() {
            tokio::time::sleep(Duration::from_millis(5)).await;
            return;
        }
        match timeout(patience, self.socket.next()).await {
            Err(_) => {}
            Ok(Some(Ok(Message::Binary(bytes)))) => {
                let now_ms = u64::try_from(self.started.elapsed().as_millis()).unwrap();
                self.tell_session(SessionEvent::Frame { now_ms, bytes: bytes.into() }).await;
            }
            Ok(Some(Ok(Message::Close(frame)))) => self.closed = Some(frame.map_or(0, |frame| frame.code.into())),
            Ok(Some(Ok(_))) => {}
            Ok(Some(Err(_)) | None) => self.closed = Some(0),
        }
    }

    async fn tell_session(&mut self, event: SessionEvent) {
        for effect in self.session.handle(event) {
            match effect {
                SessionEffect::Send(bytes) => self.send_raw(bytes).await,
                SessionEffect::Joined { .. } => {
                    Box::pin(self.tell_replica(Event::PeerJoined { peer: RELAY, rights: Rights::Write, user: None }))
                        .await;
                }
                SessionEffect::Sync { data, .. } => {
                    self.messages += 1;
                    Box::pin(self.tell_replica(Event::Message { peer: RELAY, data })).await;
                }
                SessionEffect::Unavailable { .. } => self.unavailable = true,
                SessionEffect::Ephemeral(message) => self.heard.push(message),
                SessionEffect::Close { .. } => self.closed = Some(0),
                SessionEffect::Pause { .. } => {}
            }
        }
    }

    async fn tell_replica(&mut self, event: Event) {
        let mut effects = std::collections::VecDeque::from(self.replica.handle(event));
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Send { data, .. } => {
                    let document = self.document;
                    Box::pin(self.tell_session(SessionEvent::SendSync { document, data, request: false })).await;
                }
                // No disk in a test: stored at once.
                Effect::Store { ticket, .. } => effects.extend(self.replica.handle(Event::Stored { ticket })),
                Effect::PeerHas { heads, .. } => self.acknowledged = heads,
                Effect::Changed | Effect::HalfFull => {}
                Effect::ClosePeer { reason, .. } => panic!("the relay sent what a client refuses: {reason}"),
                Effect::Reload => panic!("a client's document is not to be trusted"),
            }
        }
    }
}
