//! Who is here and in which cell: what ephemeral messages carry. A CBOR map, so that any client can read it.
//!
//! What a cell is called is the document's affair; here it is two texts.

use std::convert::Infallible;

use minicbor::data::Type;
use minicbor::decode::Decoder;
use minicbor::encode::{Encoder, Error};
use serde::{Deserialize, Serialize};

use crate::domain::ids::UserId;

/// The longest of the texts, in bytes.
const MAX_TEXT_BYTES: usize = 128;
/// Entries of the map that are read; later versions may add to the five of today.
const MAX_ENTRIES: u64 = 32;

/// A cell of a document's table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CellRef {
    /// The row: an item, a commitment or an association.
    pub row: String,
    /// The field within the row.
    pub field: String,
}

/// One tab of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// Who. Colleagues are trusted with this; nothing is decided by it.
    pub user: UserId,
    /// Which of the person's tabs, so that two of them are told apart.
    pub tab: String,
    /// The cell that has the focus, if any.
    pub cell: Option<CellRef>,
    /// Whether the tab says goodbye.
    pub left: bool,
}

impl Presence {
    /// The payload of an ephemeral message.
    pub fn encode(&self) -> Vec<u8> {
        let mut encoder = Encoder::new(Vec::with_capacity(160));
        self.write(&mut encoder).expect("writing to a vector cannot fail");
        encoder.into_writer()
    }

    fn write(&self, encoder: &mut Encoder<Vec<u8>>) -> Result<(), Error<Infallible>> {
        encoder.map(5)?.str("type")?.str("presence")?.str("user")?.str(&self.user.to_string())?;
        encoder.str("tab")?.str(&self.tab)?.str("left")?.bool(self.left)?.str("cell")?;
        match &self.cell {
            Some(cell) => encoder.map(2)?.str("row")?.str(&cell.row)?.str("field")?.str(&cell.field)?.ok(),
            None => encoder.null()?.ok(),
        }
    }

    /// Reads a payload; none if it is something else, which other clients are free to send.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut decoder = Decoder::new(bytes);
        let (mut kind, mut user, mut tab, mut left, mut cell) = (None, None, None, false, None);
        for _ in 0..entries(&mut decoder)? {
            match decoder.str().ok()? {
                "type" => kind = Some(text(&mut decoder)?),
                "user" => user = text(&mut decoder)?.parse().ok(),
                "tab" => tab = Some(text(&mut decoder)?),
                "left" => left = decoder.bool().ok()?,
                "cell" => cell = decode_cell(&mut decoder)?,
                _ => decoder.skip().ok()?,
            }
        }
        (kind? == "presence").then_some(Self { user: user?, tab: tab?, cell, left })
    }
}

/// A cell, or none where `null` or `undefined` stands; none outside if it cannot be read at all.
fn decode_cell(decoder: &mut Decoder<'_>) -> Option<Option<CellRef>> {
    if !matches!(decoder.datatype().ok()?, Type::Map) {
        decoder.skip().ok()?;
        return Some(None);
    }
    let (mut row, mut field) = (None, None);
    for _ in 0..entries(decoder)? {
        match decoder.str().ok()? {
            "row" => row = Some(text(decoder)?),
            "field" => field = Some(text(decoder)?),
            _ => decoder.skip().ok()?,
        }
    }
    Some(Some(CellRef { row: row?, field: field? }))
}

fn entries(decoder: &mut Decoder<'_>) -> Option<u64> {
    decoder.map().ok()?.filter(|entries| *entries <= MAX_ENTRIES)
}

fn text(decoder: &mut Decoder<'_>) -> Option<String> {
    decoder.str().ok().filter(|text| text.len() <= MAX_TEXT_BYTES).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{CellRef, Presence};
    use crate::domain::ids::UserId;

    fn presence() -> Presence {
        let cell = CellRef { row: "7x".into(), field: "cost".into() };
        Presence { user: UserId::from_random([7; 16]), tab: "t1".into(), cell: Some(cell), left: false }
    }

    #[test]
    fn presence_survives_the_way_there_and_back() {
        for presence in [presence(), Presence { cell: None, left: true, ..presence() }] {
            assert_eq!(Presence::decode(&presence.encode()), Some(presence));
        }
    }

    #[test]
    fn what_other_clients_say_is_no_presence_and_no_error() {
        let cut = presence().encode();
        for bytes in [&b""[..], b"\xf6", b"\xa1\x64type\x63ping", b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff", &cut[..40]] {
            assert_eq!(Presence::decode(bytes), None);
        }
    }
}
