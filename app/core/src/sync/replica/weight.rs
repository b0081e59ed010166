//! How heavy a document is: what it takes when saved, and how many operations it holds.

use automerge::{AutoCommit, ReadDoc};

use crate::limits::Limits;

/// What an operation takes when saved, at most, until it has been measured; text takes two bytes, amounts ten.
const ASSUMED_BYTES_PER_OPERATION: usize = 16;
/// Changes may come to so much, uncompressed, before the document is measured again. Saved they take a tenth.
const BYTES_BETWEEN_MEASUREMENTS: usize = 512 * 1024;

/// An upper estimate. Saving costs milliseconds, so it is done only as the estimate nears a limit.
#[derive(Debug)]
pub(super) struct Weight {
    operations: u64,
    /// Saved bytes when last measured, and the bytes of changes since.
    measured: usize,
    since: usize,
    warned: bool,
}

impl Weight {
    pub(super) fn of(doc: &mut AutoCommit) -> Self {
        let operations = doc.document().stats().num_ops;
        let assumed = usize::try_from(operations).unwrap_or(usize::MAX).saturating_mul(ASSUMED_BYTES_PER_OPERATION);
        Self { operations, measured: 0, since: assumed, warned: false }
    }

    pub(super) fn add(&mut self, operations: u64, bytes: usize) {
        self.operations = self.operations.saturating_add(operations);
        self.since = self.since.saturating_add(bytes);
    }

    /// The limit that so much more would break, if any.
    pub(super) fn exceeds(
        &mut self,
        operations: u64,
        bytes: usize,
        doc: &mut AutoCommit,
        limits: &Limits,
    ) -> Option<&'static str> {
        if self.operations.saturating_add(operations) > limits.document_operations {
            return Some("operations");
        }
        if self.estimate().saturating_add(bytes) > limits.document_bytes / 2 && self.since > self.worth_measuring() {
            self.measured = doc.save().len();
            self.since = 0;
        }
        // What comes is held against the limit by its own size, of which saving takes a part.
        (self.measured > limits.document_bytes).then_some("bytes")
    }

    /// Whether half of a limit has been reached, said once.
    pub(super) fn is_half_full(&mut self, limits: &Limits) -> bool {
        let half = self.operations > limits.document_operations / 2 || self.measured > limits.document_bytes / 2;
        half && !std::mem::replace(&mut self.warned, half)
    }

    fn estimate(&self) -> usize {
        self.measured.saturating_add(self.since)
    }

    fn worth_measuring(&self) -> usize {
        if self.measured == 0 { 0 } else { BYTES_BETWEEN_MEASUREMENTS }
    }
}
