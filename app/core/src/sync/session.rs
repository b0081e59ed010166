//! One connection: handshake, envelopes, rates, liveness. Knows nothing of documents but their ids.
//!
//! Both sides of the protocol are the same machine in another [`Role`]: the client says `join`, the relay answers
//! `peer`, and from then on each may send. Time comes in with the events, in milliseconds of a clock that never
//! goes back.

mod bucket;
mod seen;

use std::sync::Arc;

use self::bucket::Bucket;
use self::seen::Seen;
use super::wire::{self, Ephemeral, Message, PROTOCOL_VERSION, Parcel, PeerMetadata};
use crate::domain::ids::DocumentId;
use crate::limits::Limits;

/// Which side of the connection this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Says `join`, and watches whether the other side is still there.
    Client,
    /// Answers, and bounds what the other side may send.
    Relay,
}

/// What happens to a connection.
#[derive(Debug, Clone)]
pub enum SessionEvent {
    /// The socket is open.
    Opened {
        /// When.
        now_ms: u64,
    },
    /// A binary websocket message came.
    Frame {
        /// When.
        now_ms: u64,
        /// All of it.
        bytes: Vec<u8>,
    },
    /// Time has passed; once a second will do.
    Tick {
        /// When.
        now_ms: u64,
    },
    /// A sync message is to be sent.
    SendSync {
        /// Which document.
        document: DocumentId,
        /// The message.
        data: Arc<[u8]>,
        /// Whether we have nothing and wait for the document.
        request: bool,
    },
    /// The other side is to be told that there is no such document for it.
    SendUnavailable {
        /// Which document.
        document: DocumentId,
    },
    /// Something of our own is to be said to all who have the document open.
    SendEphemeral {
        /// Which document.
        document: DocumentId,
        /// What.
        data: Vec<u8>,
    },
    /// What somebody else said is to be passed on.
    ForwardEphemeral(Ephemeral),
    /// We go.
    Leave,
    /// The other side is to be told why it is closed, and closed.
    Refuse {
        /// For developers at the other end; nothing internal.
        message: String,
    },
}

/// What is to be done for a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionEffect {
    /// Send a binary websocket message.
    Send(Vec<u8>),
    /// The handshake is done. If it was done before, the peer begins anew: forget what it had open.
    Joined {
        /// What the other side calls itself.
        peer: String,
        /// What else it says about itself.
        metadata: PeerMetadata,
    },
    /// A sync message came.
    Sync {
        /// Which document.
        document: DocumentId,
        /// The message, not yet vetted.
        data: Vec<u8>,
        /// Whether the other side has nothing and waits for the document.
        request: bool,
    },
    /// The other side has no such document for us.
    Unavailable {
        /// Which document.
        document: DocumentId,
    },
    /// Somebody said something; pass it on to the others, or show it.
    Ephemeral(Ephemeral),
    /// Read nothing more from the socket for so long: the rate is spent.
    Pause {
        /// How long.
        milliseconds: u64,
    },
    /// Close the socket.
    Close {
        /// Why, for the log.
        reason: SessionClosed,
    },
}

/// Why a connection is closed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SessionClosed {
    /// Either side said that it goes.
    #[error("left")]
    Left,
    /// The handshake did not come in time.
    #[error("no handshake in time")]
    NoHandshake,
    /// No version in common.
    #[error("no version in common")]
    Version,
    /// A message that is none, or one before its time.
    #[error("protocol: {0}")]
    Protocol(String),
    /// The other side reported an error.
    #[error("the other side: {0}")]
    Reported(String),
    /// Nothing was heard for too long.
    #[error("nothing heard")]
    Silent,
    /// Refused by the owner of the connection.
    #[error("refused: {0}")]
    Refused(String),
}

/// One connection.
#[derive(Debug)]
pub struct Session {
    role: Role,
    /// What we call ourselves.
    name: String,
    /// Names our ephemeral messages together with `count`; made up anew for each connection.
    session: String,
    count: u64,
    metadata: PeerMetadata,
    limits: Arc<Limits>,
    /// The other side, once the handshake is done.
    peer: Option<String>,
    peer_answers: bool,
    opened_ms: u64,
    heard_ms: u64,
    asked: bool,
    messages: Bucket,
    bytes: Bucket,
    /// Messages sent and not yet answered: their answers are not charged, or who follows a busy document would be
    /// slowed down for acknowledging it.
    unanswered: u64,
    seen: Seen,
    closed: bool,
}

impl Session {
    /// A connection in which we are `name`. `session` is a fresh random text; it names our ephemeral messages.
    pub fn new(role: Role, name: String, session: String, storage_id: Option<String>, limits: Arc<Limits>) -> Self {
        Self {
            role,
            name,
            session,
            count: 0,
            metadata: PeerMetadata { storage_id, is_ephemeral: false, answers_ping: true },
            peer: None,
            peer_answers: false,
            opened_ms: 0,
            heard_ms: 0,
            asked: false,
            messages: Bucket::new(limits.sync_messages_per_second, limits.sync_message_burst),
            bytes: Bucket::new(limits.sync_bytes_per_second, limits.sync_byte_burst),
            unanswered: 0,
            seen: Seen::default(),
            closed: false,
            limits,
        }
    }

    /// What the other side calls itself, once the handshake is done.
    pub fn peer(&self) -> Option<&str> {
        self.peer.as_deref()
    }

    /// Takes an event and says what is to be done for it. After a [`SessionEffect::Close`] nothing more comes.
    pub fn handle(&mut self, event: SessionEvent) -> Vec<SessionEffect> {
        if self.closed {
            return Vec::new();
        }
        match event {
            SessionEvent::Opened { now_ms } => self.opened(now_ms),
            SessionEvent::Frame { now_ms, bytes } => self.frame(now_ms, &bytes),
            SessionEvent::Tick { now_ms } => self.tick(now_ms),
            SessionEvent::SendSync { document, data, request } => self.send_sync(document, &data, request),
            SessionEvent::SendUnavailable { document } => {
                self.address(|sender, target| Message::DocUnavailable { document, sender, target })
            }
            SessionEvent::SendEphemeral { document, data } => self.send_ephemeral(document, data),
            SessionEvent::ForwardEphemeral(ephemeral) => self.forward(ephemeral),
            SessionEvent::Leave => {
                let leave = SessionEffect::Send(wire::encode(&Message::Leave { sender: self.name.clone() }));
                self.close(vec![leave], SessionClosed::Left)
            }
            SessionEvent::Refuse { message } => {
                let error = SessionEffect::Send(wire::encode(&Message::Error { message: message.clone() }));
                self.close(vec![error], SessionClosed::Refused(message))
            }
        }
    }

    fn opened(&mut self, now_ms: u64) -> Vec<SessionEffect> {
        self.opened_ms = now_ms;
        self.heard_ms = now_ms;
        match self.role {
            Role::Relay => Vec::new(),
            Role::Client => vec![SessionEffect::Send(wire::encode(&Message::Join {
                sender: self.name.clone(),
                versions: vec![PROTOCOL_VERSION.to_owned()],
                metadata: self.metadata.clone(),
            }))],
        }
    }

    fn frame(&mut self, now_ms: u64, bytes: &[u8]) -> Vec<SessionEffect> {
        self.heard_ms = now_ms;
        self.asked = false;
        if bytes.len() > self.limits.message_bytes {
            return self.close(Vec::new(), SessionClosed::Protocol("message too large".into()));
        }
        let message = match wire::decode(bytes) {
            Ok(message) => message,
            // A document id of another kind is a document that is not here, not a broken peer.
            Err(wire::WireError::Field("documentId")) => Message::Ignored,
            Err(error) => return self.close(Vec::new(), SessionClosed::Protocol(error.to_string())),
        };
        let mut effects = self.message(message);
        if self.role == Role::Relay && !self.closed {
            let answer = self.unanswered > 0;
            self.unanswered = self.unanswered.saturating_sub(1);
            let messages = self.messages.take(u64::from(!answer), now_ms);
            let bytes = self.bytes.take(bytes.len() as u64, now_ms);
            let milliseconds = messages.max(bytes);
            if milliseconds > 0 {
                effects.push(SessionEffect::Pause { milliseconds });
            }
        }
        effects
    }

    fn message(&mut self, message: Message) -> Vec<SessionEffect> {
        match (message, self.role) {
            (Message::Join { sender, versions, metadata }, Role::Relay) => self.joined(sender, &versions, metadata),
            (Message::Peer { sender, version, metadata, .. }, Role::Client) => {
                if version != PROTOCOL_VERSION {
                    return self.close(Vec::new(), SessionClosed::Version);
                }
                self.accept(sender, metadata)
            }
            (Message::Error { message }, _) => self.close(Vec::new(), SessionClosed::Reported(message)),
            (Message::Ping, _) => vec![SessionEffect::Send(wire::encode(&Message::Pong))],
            (Message::Pong | Message::Ignored, _) => Vec::new(),
            (_, _) if self.peer.is_none() => {
                self.close(Vec::new(), SessionClosed::Protocol("message before the handshake".into()))
            }
            (Message::Request(parcel), _) => sync_effect(parcel, true),
            (Message::Sync(parcel), _) => sync_effect(parcel, false),
            (Message::DocUnavailable { document, .. }, _) => vec![SessionEffect::Unavailable { document }],
            (Message::Ephemeral(ephemeral), _) => self.heard(ephemeral),
            (Message::Leave { .. }, _) => self.close(Vec::new(), SessionClosed::Left),
            (Message::Join { .. } | Message::Peer { .. }, _) => {
                self.close(Vec::new(), SessionClosed::Protocol("handshake of the other role".into()))
            }
        }
    }

    fn joined(&mut self, sender: String, versions: &[String], metadata: PeerMetadata) -> Vec<SessionEffect> {
        if !versions.iter().any(|version| version == PROTOCOL_VERSION) {
            let message = format!("unsupported protocol version; this server speaks {PROTOCOL_VERSION}");
            let error = SessionEffect::Send(wire::encode(&Message::Error { message }));
            return self.close(vec![error], SessionClosed::Version);
        }
        let answer = SessionEffect::Send(wire::encode(&Message::Peer {
            sender: self.name.clone(),
            target: sender.clone(),
            version: PROTOCOL_VERSION.to_owned(),
            metadata: self.metadata.clone(),
        }));
        let mut effects = vec![answer];
        effects.extend(self.accept(sender, metadata));
        effects
    }

    fn accept(&mut self, sender: String, metadata: PeerMetadata) -> Vec<SessionEffect> {
        self.peer_answers = metadata.answers_ping;
        self.peer = Some(sender.clone());
        vec![SessionEffect::Joined { peer: sender, metadata }]
    }

    fn tick(&mut self, now_ms: u64) -> Vec<SessionEffect> {
        let silent_ms = now_ms.saturating_sub(self.heard_ms);
        if self.peer.is_none() {
            let waited_ms = now_ms.saturating_sub(self.opened_ms);
            return if waited_ms >= self.limits.handshake_seconds * 1000 {
                self.close(Vec::new(), SessionClosed::NoHandshake)
            } else {
                Vec::new()
            };
        }
        // The relay pings with the websocket's own pings, which even a browser's socket answers unseen.
        if self.role == Role::Relay || !self.peer_answers {
            return Vec::new();
        }
        if silent_ms >= self.limits.dead_seconds * 1000 {
            return self.close(Vec::new(), SessionClosed::Silent);
        }
        if silent_ms >= self.limits.ping_seconds * 1000 && !self.asked {
            self.asked = true;
            return vec![SessionEffect::Send(wire::encode(&Message::Ping))];
        }
        Vec::new()
    }

    fn send_sync(&mut self, document: DocumentId, data: &[u8], request: bool) -> Vec<SessionEffect> {
        self.unanswered = (self.unanswered + 1).min(self.limits.sync_message_burst);
        match &self.peer {
            Some(peer) => {
                vec![SessionEffect::Send(wire::encode_sync(request, &document, &self.name, peer, data))]
            }
            None => Vec::new(),
        }
    }

    fn send_ephemeral(&mut self, document: DocumentId, data: Vec<u8>) -> Vec<SessionEffect> {
        if data.is_empty() {
            return Vec::new();
        }
        self.count += 1;
        let (session, count) = (self.session.clone(), self.count);
        self.seen.insert(&session, count);
        self.address(|sender, target| Message::Ephemeral(Ephemeral { document, sender, target, session, count, data }))
    }

    /// Passes on, once, what others said: the first sender's name stays.
    fn forward(&mut self, ephemeral: Ephemeral) -> Vec<SessionEffect> {
        if self.peer.as_deref() == Some(&ephemeral.sender) || !self.seen.insert(&ephemeral.session, ephemeral.count) {
            return Vec::new();
        }
        self.address(|_, target| Message::Ephemeral(Ephemeral { target, ..ephemeral }))
    }

    /// JavaScript clients echo what they hear; what has been seen goes no further, or it would go round for ever.
    fn heard(&mut self, ephemeral: Ephemeral) -> Vec<SessionEffect> {
        let too_large = ephemeral.data.len() > self.limits.ephemeral_bytes;
        if too_large || ephemeral.sender == self.name || !self.seen.insert(&ephemeral.session, ephemeral.count) {
            return Vec::new();
        }
        vec![SessionEffect::Ephemeral(ephemeral)]
    }

    /// A message to the peer; nothing before the handshake, when there is nobody to send to.
    fn address(&self, message: impl FnOnce(String, String) -> Message) -> Vec<SessionEffect> {
        match &self.peer {
            Some(peer) => vec![SessionEffect::Send(wire::encode(&message(self.name.clone(), peer.clone())))],
            None => Vec::new(),
        }
    }

    fn close(&mut self, mut effects: Vec<SessionEffect>, reason: SessionClosed) -> Vec<SessionEffect> {
        self.closed = true;
        effects.push(SessionEffect::Close { reason });
        effects
    }
}

fn sync_effect(parcel: Parcel, request: bool) -> Vec<SessionEffect> {
    vec![SessionEffect::Sync { document: parcel.document, data: parcel.data, request }]
}

#[cfg(test)]
mod tests;
