//! Writes what no honest peer would: chunks and sync messages by hand, with the checksum put right.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use sha2::{Digest, Sha256};

/// Specifications of the columns of a change.
pub mod column {
    pub const OBJECT_ACTOR: u64 = 1;
    pub const KEY_TEXT: u64 = 1 << 4 | 5;
    pub const INSERT: u64 = 3 << 4 | 4;
    pub const ACTION: u64 = 4 << 4 | 2;
    pub const VALUE_METADATA: u64 = 5 << 4 | 6;
    pub const VALUE: u64 = 5 << 4 | 7;
    pub const PREDECESSORS: u64 = 7 << 4;
    pub const PREDECESSOR_ACTOR: u64 = 7 << 4 | 1;
    pub const PREDECESSOR_COUNTER: u64 = 7 << 4 | 3;
}

/// Kinds of chunks.
pub mod kind {
    pub const DOCUMENT: u8 = 0;
    pub const CHANGE: u8 = 1;
    pub const COMPRESSED: u8 = 2;
    pub const BUNDLE: u8 = 3;
}

/// An unsigned LEB128.
pub fn unsigned(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(byte);
            return bytes;
        }
        bytes.push(byte | 0x80);
    }
}

/// A signed LEB128.
pub fn signed(mut number: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        if (number == 0 && byte & 0x40 == 0) || (number == -1 && byte & 0x40 != 0) {
            bytes.push(byte);
            return bytes;
        }
        bytes.push(byte | 0x80);
    }
}

/// Bytes behind their length.
pub fn prefixed(bytes: &[u8]) -> Vec<u8> {
    [unsigned(bytes.len() as u64), bytes.to_vec()].concat()
}

/// A run: one value, as often as is said.
pub fn run(count: u64, value: &[u8]) -> Vec<u8> {
    [signed(count as i64), value.to_vec()].concat()
}

/// What a change says besides its columns.
#[derive(Clone)]
pub struct Head {
    pub dependencies: Vec<[u8; 32]>,
    pub actor: Vec<u8>,
    pub seq: u64,
    pub start: u64,
    pub author: Option<[u8; 16]>,
}

impl Default for Head {
    fn default() -> Self {
        Self { dependencies: Vec::new(), actor: vec![9; 16], seq: 1, start: 1, author: None }
    }
}

/// The body of a change.
pub fn body(head: &Head, columns: &[(u64, Vec<u8>)]) -> Vec<u8> {
    let mut body = unsigned(head.dependencies.len() as u64);
    head.dependencies.iter().for_each(|hash| body.extend_from_slice(hash));
    body.extend(prefixed(&head.actor));
    body.extend([unsigned(head.seq), unsigned(head.start), signed(0), unsigned(0), unsigned(0)].concat());
    body.extend(unsigned(columns.len() as u64));
    for (specification, bytes) in columns {
        body.extend([unsigned(*specification), unsigned(bytes.len() as u64)].concat());
    }
    columns.iter().for_each(|(_, bytes)| body.extend_from_slice(bytes));
    if let Some(author) = head.author {
        body.extend([vec![1], prefixed(&author)].concat());
    }
    body
}

/// `count` operations that each put `7` under `key`.
pub fn puts(count: u64, key: &str) -> Vec<(u64, Vec<u8>)> {
    vec![
        (column::KEY_TEXT, run(count, &prefixed(key.as_bytes()))),
        (column::INSERT, unsigned(count)),
        (column::ACTION, run(count, &unsigned(1))),
        (column::VALUE_METADATA, run(count, &unsigned(1 << 4 | 3))),
        (column::VALUE, vec![7; count as usize]),
        (column::PREDECESSORS, run(count, &unsigned(0))),
    ]
}

/// The hash of a change with this body.
pub fn hash(body: &[u8]) -> [u8; 32] {
    Sha256::digest([vec![kind::CHANGE], prefixed(body)].concat()).into()
}

/// A change chunk.
pub fn change(body: &[u8]) -> Vec<u8> {
    chunk(kind::CHANGE, hash(body), body)
}

/// A change chunk whose body is deflated.
pub fn compressed(body: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    chunk(kind::COMPRESSED, hash(body), &encoder.finish().unwrap())
}

/// Any chunk.
pub fn chunk(kind: u8, hash: [u8; 32], body: &[u8]) -> Vec<u8> {
    [&[0x85, 0x6f, 0x4a, 0x83], &hash[..4], &[kind], &prefixed(body)].concat()
}

/// A sync message with these parts: heads, needs, summaries (last sync and bloom filter), chunks.
pub fn message(
    heads: &[[u8; 32]],
    need: &[[u8; 32]],
    have: &[(Vec<[u8; 32]>, Vec<u8>)],
    chunks: &[Vec<u8>],
) -> Vec<u8> {
    let hashes = |hashes: &[[u8; 32]]| [unsigned(hashes.len() as u64), hashes.concat()].concat();
    let mut bytes = [vec![0x42], hashes(heads), hashes(need), unsigned(have.len() as u64)].concat();
    for (last_sync, bloom) in have {
        bytes.extend([hashes(last_sync), prefixed(bloom)].concat());
    }
    bytes.extend(unsigned(chunks.len() as u64));
    chunks.iter().for_each(|chunk| bytes.extend(prefixed(chunk)));
    bytes
}

/// A sync message that brings chunks and says nothing else.
pub fn bring(chunks: &[Vec<u8>]) -> Vec<u8> {
    message(&[], &[], &[(Vec::new(), Vec::new())], chunks)
}

/// A bloom filter of this shape, with so many bytes of bits.
pub fn bloom(entries: u64, bits_per_entry: u64, probes: u64, bits: usize) -> Vec<u8> {
    [unsigned(entries), unsigned(bits_per_entry), unsigned(probes), vec![0xff; bits]].concat()
}
