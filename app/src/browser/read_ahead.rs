//! A document that was read from the disk to draw the page, kept for the engine that opens it right after: to put a
//! long history together twice would make a start without a network twice as slow.

use crate::domain::ids::DocumentId;
use crate::workspace::shelf::{Assembled, Chunk};
use std::cell::RefCell;

struct Kept {
    document: DocumentId,
    /// The pieces it was put together from, by their names, which follow from what is in them.
    keys: Vec<String>,
    assembled: Assembled,
}

thread_local!(static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) });

/// Keeps what was put together from these pieces, in place of what was kept before.
pub fn keep(document: DocumentId, chunks: &[Chunk], assembled: Assembled) {
    KEPT.set(Some(Kept { document, keys: keys(chunks), assembled }));
}

/// Hands out what is kept, once, if it was put together from just these pieces.
pub fn take(document: DocumentId, chunks: &[Chunk]) -> Option<Assembled> {
    let kept = KEPT.take()?;
    (kept.document == document && kept.keys == keys(chunks)).then_some(kept.assembled)
}

fn keys(chunks: &[Chunk]) -> Vec<String> {
    chunks.iter().map(|chunk| chunk.key.clone()).collect()
}
