//! Vets what peers send before automerge sees a byte of it.
//!
//! automerge trusts its input: a bloom filter of sixteen bytes makes it allocate sixteen gigabytes, a change of a
//! kilobyte a million operations, and catching panics helps against neither. So each message is walked here first,
//! with a cursor that allocates nothing on a peer's word: lengths are held against the bytes that are there,
//! compressed parts are inflated into a sink with a budget, and runs are counted rather than written out.
//!
//! What passes may still make automerge panic (columns that are well formed and make no sense), so
//! [`read_change`] and everything after it runs where panics are caught.

mod bytes;
mod chunk;
mod columns;
mod message;

use automerge::{Change, sync};

use crate::limits::Limits;

pub use chunk::{ChangeChunk, Chunk};

/// What kinds of chunks are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// Plain and compressed changes. What the relay takes from its clients.
    Changes,
    /// Whole documents too. What a client takes from its own relay, which sends a long history as one chunk.
    ChangesAndDocuments,
}

/// A sync message that has passed.
#[derive(Debug)]
pub struct Vetted {
    /// The message without its changes.
    pub message: sync::Message,
    /// The chunks that it carried, in order.
    pub chunks: Vec<Chunk>,
}

/// Why a message is refused. For logs: the peer is closed without being told which limit it met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Ends before what it says it holds.
    #[error("cut short")]
    CutShort,
    /// A number written longer than need be, or too large for what it counts.
    #[error("a number is badly written")]
    Number,
    /// Not a sync message, or not a chunk.
    #[error("not a sync message")]
    NotSync,
    /// More of something than is taken.
    #[error("too many or too large: {0}")]
    TooMuch(&'static str),
    /// A bloom filter that no implementation writes.
    #[error("a bloom filter of impossible shape")]
    Bloom,
    /// A kind of chunk that is not taken here.
    #[error("a chunk of a kind that is not taken here")]
    Kind,
    /// Does not inflate.
    #[error("a chunk that does not inflate")]
    Inflate,
    /// Columns that contradict themselves.
    #[error("columns that contradict themselves")]
    Columns,
    /// The checksum does not fit the bytes.
    #[error("a checksum that does not fit")]
    Checksum,
    /// automerge cannot read it, or panicked while it tried.
    #[error("a change that cannot be read")]
    Unreadable,
}

/// Holds a sync message against the limits.
///
/// # Errors
/// The first limit that it breaks. Nothing is kept of a message that is refused.
pub fn vet_sync_message(bytes: &[u8], limits: &Limits, accept: Accept) -> Result<Vetted, Refusal> {
    message::vet(bytes, limits, accept)
}

/// Holds a row of chunks (what storage or a handed-over file holds) against the limits of one message.
///
/// # Errors
/// The first limit that one of them breaks.
pub fn vet_changes(bytes: &[u8], limits: &Limits, accept: Accept) -> Result<Vec<Chunk>, Refusal> {
    let mut budget = chunk::Budget::new(limits);
    let mut chunks = Vec::new();
    chunk::walk(bytes, accept, &mut budget, &mut chunks)?;
    Ok(chunks)
}

/// Lets automerge read a change that has passed, with panics caught.
///
/// # Errors
/// A checksum that does not fit, or columns that automerge cannot read.
pub fn read_change(chunk: &ChangeChunk) -> Result<Change, Refusal> {
    let change = caught(|| Change::try_from(chunk.bytes())).and_then(Result::ok).ok_or(Refusal::Unreadable)?;
    // `Change::try_from` leaves this to its caller.
    if change.hash().0[..4] != *chunk.checksum() {
        return Err(Refusal::Checksum);
    }
    Ok(change)
}

/// Runs what may panic on hostile input; none if it did. Where panics abort (in the browser) it does not return,
/// which is why the relay, where they unwind, has applied every change before a browser sees it.
pub fn caught<T>(run: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).ok()
}
