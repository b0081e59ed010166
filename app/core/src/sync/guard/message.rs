//! Sync messages: heads, needs, bloom filters, chunks, flags.

use automerge::ChangeHash;
use automerge::sync::{BloomFilter, ChunkList, Have, Message, MessageFlags, MessageVersion};

use super::bytes::Bytes;
use super::{Accept, Refusal, Vetted, chunk};
use crate::limits::Limits;

const FIRST_BYTE_V1: u8 = 0x42;
const FIRST_BYTE_V2: u8 = 0x43;

/// Every implementation sends one summary of what it has; each costs a pass over the history.
const MAX_HAVES: usize = 4;
/// Every implementation writes 10. Zero bits make automerge divide by zero.
const MAX_BITS_PER_ENTRY: u64 = 64;
/// Every implementation writes 7. The probes are allocated before they are used: four bytes each.
const MAX_PROBES: u64 = 32;
/// Bytes of the flags: two are sent today, and unknown ones are skipped.
const MAX_FLAGS: usize = 64;

pub(super) fn vet(bytes: &[u8], limits: &Limits, accept: Accept) -> Result<Vetted, Refusal> {
    if bytes.len() > limits.message_bytes {
        return Err(Refusal::TooMuch("bytes of a message"));
    }
    let mut input = Bytes::new(bytes);
    let version = match input.byte()? {
        FIRST_BYTE_V1 => MessageVersion::V1,
        FIRST_BYTE_V2 => MessageVersion::V2,
        _ => return Err(Refusal::NotSync),
    };
    let heads = hashes(&mut input, limits.hashes, "heads of a message")?;
    let need = hashes(&mut input, limits.hashes, "needs of a message")?;
    let haves = input.count(MAX_HAVES, "summaries of a message")?;
    let have = (0..haves).map(|_| read_have(&mut input, limits)).collect::<Result<Vec<_>, _>>()?;

    let mut budget = chunk::Budget::new(limits);
    let mut chunks = Vec::new();
    // Each entry takes a byte at least, so the count cannot outrun the message.
    for _ in 0..input.length()? {
        chunk::walk(input.prefixed()?, accept, &mut budget, &mut chunks)?;
    }
    let flags = if input.is_empty() { None } else { Some(read_flags(&mut input)?) };
    let message = Message { heads, need, have, changes: ChunkList::empty(), flags, version };
    Ok(Vetted { message, chunks })
}

fn hashes(input: &mut Bytes<'_>, most: usize, what: &'static str) -> Result<Vec<ChangeHash>, Refusal> {
    let count = input.count(most, what)?;
    let mut hashes = (0..count).map(|_| input.array().map(ChangeHash)).collect::<Result<Vec<_>, _>>()?;
    // automerge compares and encodes them as if they were sorted.
    hashes.sort_unstable();
    hashes.dedup();
    Ok(hashes)
}

fn read_have(input: &mut Bytes<'_>, limits: &Limits) -> Result<Have, Refusal> {
    let last_sync = hashes(input, limits.hashes, "hashes of a summary")?;
    let encoded = input.prefixed()?;
    let mut filter = Bytes::new(encoded);
    if !filter.is_empty() {
        let entries = filter.unsigned()?;
        let bits_per_entry = filter.unsigned()?;
        let probes = filter.unsigned()?;
        let shape = (1..=MAX_BITS_PER_ENTRY).contains(&bits_per_entry) && (1..=MAX_PROBES).contains(&probes);
        let bits = entries.checked_mul(bits_per_entry).ok_or(Refusal::Bloom)?;
        if !shape || entries == 0 || filter.rest().len() as u64 != bits.div_ceil(8) {
            return Err(Refusal::Bloom);
        }
    }
    let bloom = BloomFilter::try_from(encoded).map_err(|_| Refusal::Bloom)?;
    Ok(Have { last_sync, bloom })
}

/// The bits of the flags that this version of automerge knows. Bytes without the marker are from before there were
/// any, and say only that flags are known at all.
fn read_flags(input: &mut Bytes<'_>) -> Result<MessageFlags, Refusal> {
    const MARKER: u8 = 0x80;
    let written = input.prefixed()?;
    if written.len() > MAX_FLAGS {
        return Err(Refusal::TooMuch("flags of a message"));
    }
    let mut flags = MessageFlags::new();
    written.iter().filter(|byte| **byte & MARKER != 0).for_each(|byte| flags.set(byte & !MARKER));
    Ok(flags)
}
