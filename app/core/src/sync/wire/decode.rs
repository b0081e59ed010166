//! From CBOR to messages: tolerant of form, strict about size.

use minicbor::data::Type;
use minicbor::decode::Decoder;

use super::{Ephemeral, MAX_NAME_BYTES, MAX_NESTING, Message, PROTOCOL_VERSION, Parcel, PeerMetadata, WireError};
use crate::domain::ids::DocumentId;

/// The versions a `join` may name before the rest are left unread.
const MAX_VERSIONS: usize = 16;

/// The largest whole number that JavaScript can count to, and so the largest float taken for one.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Reads one websocket message.
///
/// # Errors
/// What is not a message, or lacks what its type needs. A type that is not known is [`Message::Ignored`].
pub fn decode(bytes: &[u8]) -> Result<Message, WireError> {
    Fields::read(bytes)?.into_message()
}

/// What the map held, still borrowed from it. Unknown keys are skipped, and of a key written twice the last counts.
#[derive(Default)]
struct Fields<'a> {
    kind: Option<&'a str>,
    sender: Option<&'a str>,
    target: Option<&'a str>,
    document: Option<Document<'a>>,
    data: Option<&'a [u8]>,
    count: Option<u64>,
    session: Option<&'a str>,
    message: Option<&'a str>,
    version: Option<&'a str>,
    versions: Option<Vec<String>>,
    metadata: Option<PeerMetadata>,
}

enum Document<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> Fields<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, WireError> {
        let mut decoder = Decoder::new(bytes);
        let mut fields = Self::default();
        each_entry(&mut decoder, 0, |decoder, key| {
            match key {
                "type" => fields.kind = text(decoder)?,
                "senderId" => fields.sender = text(decoder)?,
                "targetId" => fields.target = text(decoder)?,
                "documentId" => fields.document = document(decoder)?,
                "data" => fields.data = byte_string(decoder)?,
                "count" => fields.count = whole_number(decoder)?,
                "sessionId" => fields.session = text(decoder)?,
                "message" => fields.message = text(decoder)?,
                "selectedProtocolVersion" => fields.version = text(decoder)?,
                "supportedProtocolVersions" => fields.versions = versions(decoder)?,
                "peerMetadata" | "metadata" => fields.metadata = metadata(decoder)?.or(fields.metadata.take()),
                _ => skip(decoder, 1)?,
            }
            Ok(())
        })?;
        Ok(fields)
    }

    fn into_message(mut self) -> Result<Message, WireError> {
        let message = match self.kind.ok_or(WireError::NotAMessage)? {
            "join" => Message::Join {
                sender: self.sender()?,
                versions: self.versions.take().unwrap_or_else(|| vec![PROTOCOL_VERSION.to_owned()]),
                metadata: self.metadata.take().unwrap_or_default(),
            },
            "peer" => Message::Peer {
                sender: self.sender()?,
                target: self.target()?,
                version: name("selectedProtocolVersion", self.version.or(Some(PROTOCOL_VERSION)))?,
                metadata: self.metadata.take().unwrap_or_default(),
            },
            "request" => Message::Request(self.parcel()?),
            "sync" => Message::Sync(self.parcel()?),
            "doc-unavailable" => {
                Message::DocUnavailable { document: self.document()?, sender: self.sender()?, target: self.target()? }
            }
            "ephemeral" => Message::Ephemeral(Ephemeral {
                document: self.document()?,
                sender: self.sender()?,
                target: self.target()?,
                session: name("sessionId", self.session)?,
                count: self.count.ok_or(WireError::Field("count"))?,
                data: self.data()?,
            }),
            "error" => Message::Error { message: name("message", self.message.or(Some("")))? },
            "leave" => Message::Leave { sender: self.sender()? },
            "samplan-ping" => Message::Ping,
            "samplan-pong" => Message::Pong,
            _ => Message::Ignored,
        };
        Ok(message)
    }

    fn parcel(&self) -> Result<Parcel, WireError> {
        Ok(Parcel { document: self.document()?, sender: self.sender()?, target: self.target()?, data: self.data()? })
    }

    fn sender(&self) -> Result<String, WireError> {
        name("senderId", self.sender)
    }

    /// Some clients leave it out where only one can be meant.
    fn target(&self) -> Result<String, WireError> {
        name("targetId", self.target.or(Some("")))
    }

    fn data(&self) -> Result<Vec<u8>, WireError> {
        match self.data {
            Some(data) if !data.is_empty() => Ok(data.to_vec()),
            _ => Err(WireError::Field("data")),
        }
    }

    fn document(&self) -> Result<DocumentId, WireError> {
        let parsed = match self.document {
            Some(Document::Text(text)) => text.strip_prefix("automerge:").unwrap_or(text).parse().ok(),
            Some(Document::Bytes(bytes)) if bytes.len() == 16 => {
                bs58::encode(bytes).with_check().into_string().parse().ok()
            }
            Some(Document::Bytes(bytes)) => std::str::from_utf8(bytes).ok().and_then(|text| text.parse().ok()),
            None => None,
        };
        parsed.ok_or(WireError::Field("documentId"))
    }
}

fn name(field: &'static str, text: Option<&str>) -> Result<String, WireError> {
    match text {
        Some(text) if text.len() > MAX_NAME_BYTES => Err(WireError::TooLong(field)),
        Some(text) => Ok(text.to_owned()),
        None => Err(WireError::Field(field)),
    }
}

/// Calls `entry` with each key of a map; keys that are no text are skipped with their values.
fn each_entry<'a>(
    decoder: &mut Decoder<'a>,
    depth: usize,
    mut entry: impl FnMut(&mut Decoder<'a>, &'a str) -> Result<(), WireError>,
) -> Result<(), WireError> {
    untag(decoder)?;
    let mut left = match kind(decoder)? {
        Type::Map | Type::MapIndef => decoder.map().map_err(not_cbor)?,
        _ => return Err(WireError::NotAMessage),
    };
    loop {
        match &mut left {
            Some(0) => return Ok(()),
            Some(left) => *left -= 1,
            None if ends(decoder)? => return Ok(()),
            None => {}
        }
        match text(decoder)? {
            Some(key) => entry(decoder, key)?,
            None => skip(decoder, depth + 1)?,
        }
    }
}

/// A text, or none where something else stands (`undefined`, `null`), which is skipped.
fn text<'a>(decoder: &mut Decoder<'a>) -> Result<Option<&'a str>, WireError> {
    untag(decoder)?;
    match kind(decoder)? {
        Type::String => decoder.str().map(Some).map_err(not_cbor),
        _ => skip(decoder, 1).map(|()| None),
    }
}

fn byte_string<'a>(decoder: &mut Decoder<'a>) -> Result<Option<&'a [u8]>, WireError> {
    untag(decoder)?;
    match kind(decoder)? {
        Type::Bytes => decoder.bytes().map(Some).map_err(not_cbor),
        _ => skip(decoder, 1).map(|()| None),
    }
}

fn document<'a>(decoder: &mut Decoder<'a>) -> Result<Option<Document<'a>>, WireError> {
    untag(decoder)?;
    match kind(decoder)? {
        Type::Bytes => Ok(byte_string(decoder)?.map(Document::Bytes)),
        _ => Ok(text(decoder)?.map(Document::Text)),
    }
}

/// A whole number: JavaScript writes those above 2³¹ as floats.
fn whole_number(decoder: &mut Decoder<'_>) -> Result<Option<u64>, WireError> {
    untag(decoder)?;
    match kind(decoder)? {
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => decoder.u64().map(Some).map_err(not_cbor),
        Type::F16 | Type::F32 | Type::F64 => {
            let float = decoder.f64().map_err(not_cbor)?;
            let whole = (0.0..=MAX_SAFE_INTEGER).contains(&float) && float.fract() == 0.0;
            Ok(whole.then_some(float as u64))
        }
        _ => skip(decoder, 1).map(|()| None),
    }
}

fn boolean(decoder: &mut Decoder<'_>) -> Result<Option<bool>, WireError> {
    match kind(decoder)? {
        Type::Bool => decoder.bool().map(Some).map_err(not_cbor),
        _ => skip(decoder, 2).map(|()| None),
    }
}

/// The versions named; none where the field is `undefined`, which means the same as its absence.
fn versions(decoder: &mut Decoder<'_>) -> Result<Option<Vec<String>>, WireError> {
    untag(decoder)?;
    let mut left = match kind(decoder)? {
        Type::Array | Type::ArrayIndef => decoder.array().map_err(not_cbor)?,
        _ => return skip(decoder, 1).map(|()| None),
    };
    let mut versions = Vec::new();
    loop {
        match &mut left {
            Some(0) => return Ok(Some(versions)),
            Some(left) => *left -= 1,
            None if ends(decoder)? => return Ok(Some(versions)),
            None => {}
        }
        if let Some(version) = text(decoder)?
            && versions.len() < MAX_VERSIONS
            && version.len() <= MAX_NAME_BYTES
        {
            versions.push(version.to_owned());
        }
    }
}

fn metadata(decoder: &mut Decoder<'_>) -> Result<Option<PeerMetadata>, WireError> {
    untag(decoder)?;
    if !matches!(kind(decoder)?, Type::Map | Type::MapIndef) {
        return skip(decoder, 1).map(|()| None);
    }
    let mut metadata = PeerMetadata::default();
    each_entry(decoder, 1, |decoder, key| {
        match key {
            "storageId" => {
                metadata.storage_id = text(decoder)?.map(|text| name("storageId", Some(text))).transpose()?;
            }
            "isEphemeral" => metadata.is_ephemeral = boolean(decoder)?.unwrap_or(false),
            "samplanPing" => metadata.answers_ping = boolean(decoder)?.unwrap_or(false),
            _ => skip(decoder, 2)?,
        }
        Ok(())
    })?;
    Ok(Some(metadata))
}

/// Passes over one value. Recursion is bounded by [`MAX_NESTING`] and the loops by the bytes that are there: a
/// declared length costs nothing until its items have come.
fn skip(decoder: &mut Decoder<'_>, depth: usize) -> Result<(), WireError> {
    if depth > MAX_NESTING {
        return Err(WireError::TooDeep);
    }
    let (left, width) = match kind(decoder)? {
        Type::Map | Type::MapIndef => (decoder.map().map_err(not_cbor)?, 2),
        Type::Array | Type::ArrayIndef => (decoder.array().map_err(not_cbor)?, 1),
        Type::Tag => {
            decoder.tag().map_err(not_cbor)?;
            return skip(decoder, depth + 1);
        }
        // Definite strings, numbers and simple values; pieces of an indefinite string hold no further nesting.
        _ => return decoder.skip().map_err(not_cbor),
    };
    let mut left = left;
    loop {
        match &mut left {
            Some(0) => return Ok(()),
            Some(left) => *left -= 1,
            None if ends(decoder)? => return Ok(()),
            None => {}
        }
        for _ in 0..width {
            skip(decoder, depth + 1)?;
        }
    }
}

/// Whether an array or map of undeclared length ends here; the end is consumed.
fn ends(decoder: &mut Decoder<'_>) -> Result<bool, WireError> {
    if kind(decoder)? == Type::Break {
        decoder.set_position(decoder.position() + 1);
        return Ok(true);
    }
    Ok(false)
}

/// Passes over tags, such as the one for typed arrays.
fn untag(decoder: &mut Decoder<'_>) -> Result<(), WireError> {
    for _ in 0..MAX_NESTING {
        if kind(decoder)? != Type::Tag {
            return Ok(());
        }
        decoder.tag().map_err(not_cbor)?;
    }
    Err(WireError::TooDeep)
}

fn kind(decoder: &Decoder<'_>) -> Result<Type, WireError> {
    decoder.datatype().map_err(not_cbor)
}

fn not_cbor(error: minicbor::decode::Error) -> WireError {
    WireError::NotCbor(error.to_string())
}
