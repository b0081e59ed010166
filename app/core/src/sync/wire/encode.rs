//! From messages to CBOR: definite lengths, text keys, byte strings.

use std::convert::Infallible;

use minicbor::encode::{Encoder, Error};

use super::{Ephemeral, Message, Parcel, PeerMetadata};
use crate::domain::ids::DocumentId;

/// Room for keys, names and lengths around the data, so that one allocation does.
const ENVELOPE_BYTES: usize = 256;

/// Writes one websocket message.
///
/// [`Message::Ignored`] is written as an empty `error`; it is never meant to be sent.
pub fn encode(message: &Message) -> Vec<u8> {
    let data = match message {
        Message::Request(parcel) | Message::Sync(parcel) => parcel.data.len(),
        Message::Ephemeral(ephemeral) => ephemeral.data.len(),
        _ => 0,
    };
    let mut writer = Writer(Encoder::new(Vec::with_capacity(data + ENVELOPE_BYTES)));
    writer.message(message).expect("writing to a vector cannot fail");
    writer.0.into_writer()
}

/// Writes a sync message from borrowed parts: what the relay sends most, without copying it first.
pub fn encode_sync(request: bool, document: &DocumentId, sender: &str, target: &str, data: &[u8]) -> Vec<u8> {
    let mut writer = Writer(Encoder::new(Vec::with_capacity(data.len() + ENVELOPE_BYTES)));
    writer.parcel(request, document, sender, target, data).expect("writing to a vector cannot fail");
    writer.0.into_writer()
}

type Written = Result<(), Error<Infallible>>;

struct Writer(Encoder<Vec<u8>>);

impl Writer {
    fn message(&mut self, message: &Message) -> Written {
        match message {
            Message::Join { sender, versions, metadata } => {
                self.map(4, "join")?;
                self.text("senderId", sender)?;
                self.metadata(metadata)?;
                self.0.str("supportedProtocolVersions")?.array(versions.len() as u64)?;
                versions.iter().try_for_each(|version| self.0.str(version).map(drop))
            }
            Message::Peer { sender, target, version, metadata } => {
                self.map(5, "peer")?;
                self.text("senderId", sender)?;
                self.text("targetId", target)?;
                self.metadata(metadata)?;
                self.text("selectedProtocolVersion", version)
            }
            Message::Request(Parcel { document, sender, target, data }) => {
                self.parcel(true, document, sender, target, data)
            }
            Message::Sync(Parcel { document, sender, target, data }) => {
                self.parcel(false, document, sender, target, data)
            }
            Message::DocUnavailable { document, sender, target } => {
                self.map(4, "doc-unavailable")?;
                self.address(document, sender, target)
            }
            Message::Ephemeral(ephemeral) => self.ephemeral(ephemeral),
            Message::Error { message } => {
                self.map(2, "error")?;
                self.text("message", message)
            }
            Message::Leave { sender } => {
                self.map(2, "leave")?;
                self.text("senderId", sender)
            }
            Message::Ping => self.map(1, "samplan-ping"),
            Message::Pong => self.map(1, "samplan-pong"),
            Message::Ignored => self.map(1, "error"),
        }
    }

    fn parcel(&mut self, request: bool, document: &DocumentId, sender: &str, target: &str, data: &[u8]) -> Written {
        self.map(5, if request { "request" } else { "sync" })?;
        self.address(document, sender, target)?;
        self.0.str("data")?.bytes(data)?.ok()
    }

    fn ephemeral(&mut self, ephemeral: &Ephemeral) -> Written {
        self.map(7, "ephemeral")?;
        self.address(&ephemeral.document, &ephemeral.sender, &ephemeral.target)?;
        self.text("sessionId", &ephemeral.session)?;
        self.0.str("count")?.u64(ephemeral.count)?;
        self.0.str("data")?.bytes(&ephemeral.data)?.ok()
    }

    fn map(&mut self, entries: u64, kind: &str) -> Written {
        self.0.map(entries)?.str("type")?.str(kind)?.ok()
    }

    fn text(&mut self, key: &str, value: &str) -> Written {
        self.0.str(key)?.str(value)?.ok()
    }

    fn address(&mut self, document: &DocumentId, sender: &str, target: &str) -> Written {
        self.text("documentId", &document.to_string())?;
        self.text("senderId", sender)?;
        self.text("targetId", target)
    }

    fn metadata(&mut self, metadata: &PeerMetadata) -> Written {
        let entries = 1 + u64::from(metadata.storage_id.is_some()) + u64::from(metadata.answers_ping);
        self.0.str("peerMetadata")?.map(entries)?.str("isEphemeral")?.bool(metadata.is_ephemeral)?;
        if let Some(storage_id) = &metadata.storage_id {
            self.text("storageId", storage_id)?;
        }
        if metadata.answers_ping {
            self.0.str("samplanPing")?.bool(true)?;
        }
        Ok(())
    }
}
