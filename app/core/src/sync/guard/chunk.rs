//! Chunks as automerge writes them one after another: changes, compressed changes, whole documents.

use std::io::Read;

use flate2::bufread::DeflateDecoder;

use super::bytes::Bytes;
use super::columns::{self, Rows};
use super::{Accept, Refusal};
use crate::limits::Limits;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const DOCUMENT: u8 = 0;
const CHANGE: u8 = 1;
const COMPRESSED: u8 = 2;
const BUNDLE: u8 = 3;

/// The longest name of an actor, in bytes; sixteen is usual.
const MAX_ACTOR_BYTES: usize = 64;
/// Operation ids are 32 bits; what comes near makes the next edit impossible for everybody.
const MAX_OPERATION: u64 = u32::MAX as u64 / 2;

/// A chunk that has passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chunk {
    /// One change.
    Change(ChangeChunk),
    /// A whole document: all of its bytes.
    Document(Vec<u8>),
}

/// One change, compressed or not, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeChunk {
    bytes: Vec<u8>,
    operations: u64,
}

impl ChangeChunk {
    /// The whole chunk with its header: what is stored and forwarded.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many operations it holds.
    pub fn operations(&self) -> u64 {
        self.operations
    }

    /// What the header says are the first bytes of the change's hash.
    pub(super) fn checksum(&self) -> &[u8] {
        self.bytes.get(4..8).unwrap_or_default()
    }
}

/// What is left for the chunks of one message.
pub(super) struct Budget<'a> {
    limits: &'a Limits,
    operations: u64,
    repeated_bytes: u64,
}

impl<'a> Budget<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { limits, operations: limits.message_operations, repeated_bytes: limits.repeated_bytes }
    }

    fn spend(&mut self, rows: &Rows) -> Result<(), Refusal> {
        let too_many = Refusal::TooMuch("operations of a message");
        self.operations = self.operations.checked_sub(rows.cost()).ok_or(too_many)?;
        let too_long = Refusal::TooMuch("repeated names of a message");
        self.repeated_bytes = self.repeated_bytes.checked_sub(rows.repeated_bytes).ok_or(too_long)?;
        Ok(())
    }
}

/// Vets all chunks of `bytes`, one after another, and appends them to `chunks`.
pub(super) fn walk(
    bytes: &[u8],
    accept: Accept,
    budget: &mut Budget<'_>,
    chunks: &mut Vec<Chunk>,
) -> Result<(), Refusal> {
    let mut input = Bytes::new(bytes);
    while !input.is_empty() {
        let whole = input.rest();
        if input.array::<4>()? != MAGIC {
            return Err(Refusal::NotSync);
        }
        input.array::<4>()?;
        let kind = input.byte()?;
        let body = input.prefixed()?;
        let whole = &whole[..whole.len() - input.rest().len()];
        chunks.push(match (kind, accept) {
            (CHANGE, _) => vet_change(whole, body, budget)?,
            (COMPRESSED, _) => vet_change(whole, &inflate(body, budget.limits.change_bytes)?, budget)?,
            (DOCUMENT, Accept::ChangesAndDocuments) => {
                vet_document(body, budget.limits)?;
                Chunk::Document(whole.to_vec())
            }
            (DOCUMENT | BUNDLE, _) => return Err(Refusal::Kind),
            _ => return Err(Refusal::NotSync),
        });
    }
    Ok(())
}

/// Inflates into a sink that only counts, and then, if it fits, into a buffer of just that size.
pub(super) fn inflate(deflated: &[u8], most: usize) -> Result<Vec<u8>, Refusal> {
    let mut counted = DeflateDecoder::new(deflated).take(most as u64 + 1);
    let length = std::io::copy(&mut counted, &mut std::io::sink()).map_err(|_| Refusal::Inflate)?;
    if length > most as u64 {
        return Err(Refusal::TooMuch("bytes of an inflated chunk"));
    }
    let mut inflated = Vec::with_capacity(usize::try_from(length).map_err(|_| Refusal::Inflate)?);
    DeflateDecoder::new(deflated).read_to_end(&mut inflated).map_err(|_| Refusal::Inflate)?;
    Ok(inflated)
}

fn vet_change(whole: &[u8], body: &[u8], budget: &mut Budget<'_>) -> Result<Chunk, Refusal> {
    let limits = budget.limits;
    if body.len() > limits.change_bytes {
        return Err(Refusal::TooMuch("bytes of a change"));
    }
    let mut input = Bytes::new(body);
    let dependencies = input.count(limits.hashes, "dependencies of a change")?;
    input.take(dependencies * 32)?;
    actor(&mut input)?;
    input.unsigned()?;
    let start = input.unsigned()?;
    input.signed()?;
    input.prefixed()?;
    for _ in 0..input.length()? {
        actor(&mut input)?;
    }
    let columns = columns::read_specifications(&mut input)?;
    let rows = columns::count_change(&columns, &mut input, limits.change_operations)?;
    // What follows the columns is the author and what later versions may add; automerge keeps it unread.
    if start == 0 || start.saturating_add(rows.operations) > MAX_OPERATION {
        return Err(Refusal::TooMuch("number of an operation"));
    }
    budget.spend(&rows)?;
    Ok(Chunk::Change(ChangeChunk { bytes: whole.to_vec(), operations: rows.operations }))
}

/// A document chunk: the columns of its changes and of its operations, each compressed on its own.
fn vet_document(body: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let mut input = Bytes::new(body);
    for _ in 0..input.count(limits.document_actors, "actors of a document")? {
        actor(&mut input)?;
    }
    let heads = input.count(limits.hashes, "heads of a document")?;
    input.take(heads * 32)?;
    let changes = columns::read_specifications(&mut input)?;
    let operations = columns::read_specifications(&mut input)?;
    let mut bytes_left = limits.inflated_document_bytes;
    for columns in [changes, operations] {
        columns::count_document(&columns, &mut input, limits, &mut bytes_left)?;
    }
    Ok(())
}

fn actor(input: &mut Bytes<'_>) -> Result<(), Refusal> {
    let name = input.prefixed()?;
    if name.len() > MAX_ACTOR_BYTES { Err(Refusal::TooMuch("bytes of an actor")) } else { Ok(()) }
}
