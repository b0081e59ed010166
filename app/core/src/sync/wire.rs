//! Messages of the automerge-repo websocket protocol, version 1: one CBOR map in each binary websocket message.
//!
//! Decoding takes whatever real clients send (lengths longer than need be, `undefined`, whole numbers as floats,
//! unknown keys, document ids as text or bytes) and nothing that would cost more than the message's own size:
//! sizes that a message declares are never trusted with memory. Encoding writes the plainest form of each.

mod decode;
mod encode;

use crate::domain::ids::DocumentId;

pub use decode::decode;
pub use encode::{encode, encode_sync};

/// The one version of the protocol that exists. Clients that name none mean this one.
pub const PROTOCOL_VERSION: &str = "1";

/// The longest name a peer may give itself, in bytes; JavaScript clients use some twenty.
pub const MAX_NAME_BYTES: usize = 256;

/// The deepest nesting of arrays, maps and tags in a message. The deepest that automerge-repo sends is three.
pub const MAX_NESTING: usize = 8;

/// A message of the protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// The client's first word.
    Join {
        /// What the client calls itself.
        sender: String,
        /// The versions it speaks; never empty, since none named means `"1"`.
        versions: Vec<String>,
        /// What else it says about itself.
        metadata: PeerMetadata,
    },
    /// The answer to `join`.
    Peer {
        /// What the answering side calls itself.
        sender: String,
        /// Who had joined.
        target: String,
        /// The version chosen.
        version: String,
        /// What else the answering side says about itself.
        metadata: PeerMetadata,
    },
    /// A first sync message from someone without the document, who waits for it or for [`Message::DocUnavailable`].
    Request(Parcel),
    /// A sync message.
    Sync(Parcel),
    /// There is no such document for you.
    DocUnavailable {
        /// Which document.
        document: DocumentId,
        /// Who says so.
        sender: String,
        /// To whom.
        target: String,
    },
    /// Something said to everybody who has the document open, and kept by nobody.
    Ephemeral(Ephemeral),
    /// The connection will be closed, and why.
    Error {
        /// For developers.
        message: String,
    },
    /// The sender goes.
    Leave {
        /// Who goes.
        sender: String,
    },
    /// Are you there? Ours alone: sent only to those who said in [`PeerMetadata::answers_ping`] that they answer,
    /// since a browser does not see the pings of the websocket itself.
    Ping,
    /// I am here.
    Pong,
    /// A well-formed message of a type that is of no concern, now or in a later version.
    Ignored,
}

/// A sync message with its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Which document.
    pub document: DocumentId,
    /// Who sends.
    pub sender: String,
    /// To whom.
    pub target: String,
    /// The sync message as automerge encodes it; never empty.
    pub data: Vec<u8>,
}

/// An ephemeral message with its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ephemeral {
    /// Which document.
    pub document: DocumentId,
    /// Who said it first, however often it has been passed on.
    pub sender: String,
    /// To whom it is passed on.
    pub target: String,
    /// The first sender's session; with [`Self::count`] it names the message.
    pub session: String,
    /// The number of the message within the session.
    pub count: u64,
    /// What is said: CBOR; never empty.
    pub data: Vec<u8>,
}

/// What a peer says about itself beyond its name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeerMetadata {
    /// The storage it shares with other peers, if it has any.
    pub storage_id: Option<String>,
    /// Whether it keeps nothing.
    pub is_ephemeral: bool,
    /// Whether it answers [`Message::Ping`]. Other implementations skip the key, as they do all unknown ones.
    pub answers_ping: bool,
}

/// Why bytes are no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Not CBOR, or cut short.
    #[error("not CBOR: {0}")]
    NotCbor(String),
    /// CBOR, but no map with a `type`.
    #[error("not a map with a type")]
    NotAMessage,
    /// Nested deeper than [`MAX_NESTING`].
    #[error("nested too deeply")]
    TooDeep,
    /// A field that this type of message needs is missing or of another kind.
    #[error("field {0} is missing or of the wrong kind")]
    Field(&'static str),
    /// A name longer than [`MAX_NAME_BYTES`].
    #[error("field {0} is too long")]
    TooLong(&'static str),
}

#[cfg(test)]
mod tests;
