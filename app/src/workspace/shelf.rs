//! How a document lies in pieces on this device, and how it is put together again.
//!
//! Pure. automerge keeps what it can read and says nothing of the rest, so each piece says what a document must contain
//! once the piece is in it, and that is checked.

use crate::document;
use crate::domain::UserId;
use automerge::{AutoCommit, Change, ChangeHash};

/// Some bytes of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// What they are stored under: the hash of a change; of a snapshot, its heads.
    pub key: String,
    /// A whole document, or a change that comes on top of it.
    pub is_snapshot: bool,
    /// As automerge writes them.
    pub bytes: Vec<u8>,
    /// What a document must contain once these bytes are in it.
    pub heads: Vec<ChangeHash>,
}

/// Sorts before all hashes, so that snapshots are read first.
const SNAPSHOT: &str = "!";

impl Chunk {
    /// A single change.
    pub fn change(hash: ChangeHash, bytes: Vec<u8>) -> Self {
        Self { key: hash.to_string(), is_snapshot: false, bytes, heads: vec![hash] }
    }

    /// The whole document.
    pub fn snapshot(doc: &mut AutoCommit) -> Self {
        let mut heads = doc.get_heads();
        heads.sort_unstable();
        Self { key: format!("{SNAPSHOT}{}", heads_to_text(&heads)), is_snapshot: true, bytes: doc.save(), heads }
    }

    /// Whether a document contains all that this piece should have brought.
    fn is_in(&self, doc: &mut AutoCommit) -> bool {
        self.heads.iter().all(|head| doc.get_change_meta_by_hash(head).is_some())
    }

    /// Whether the piece can be read, though what it builds on may be missing.
    fn is_readable(&self) -> bool {
        !self.is_snapshot && Change::from_bytes(self.bytes.clone()).is_ok_and(|change| self.heads == [change.hash()])
    }
}

/// A document put together from its pieces.
pub struct Assembled {
    /// What could be read, ready to be edited.
    pub doc: AutoCommit,
    /// The keys of the pieces that could not be read.
    pub broken: Vec<String>,
}

/// Puts a document together. `actor` must be fresh random bytes.
pub fn assemble(chunks: &[Chunk], actor: [u8; 16], author: Option<UserId>) -> Assembled {
    let mut doc = at_once(chunks).unwrap_or_else(|| one_by_one(chunks));
    document::write_as(&mut doc, actor, author);
    let broken = chunks
        .iter()
        .filter(|chunk| !chunk.is_in(&mut doc) && !chunk.is_readable())
        .map(|chunk| chunk.key.clone())
        .collect();
    Assembled { doc, broken }
}

/// The quick way: the first snapshot, and all the rest in one go. None if anything is wrong with it.
fn at_once(chunks: &[Chunk]) -> Option<AutoCommit> {
    let first = chunks.iter().position(|chunk| chunk.is_snapshot);
    let mut doc = match first {
        Some(index) => document::load(&chunks[index].bytes).ok()?,
        None => blank(),
    };
    let rest: Vec<u8> = chunks
        .iter()
        .enumerate()
        .filter(|(index, _)| Some(*index) != first)
        .flat_map(|(_, chunk)| chunk.bytes.iter().copied())
        .collect();
    if !rest.is_empty() {
        doc.load_incremental(&rest).ok()?;
    }
    chunks.iter().all(|chunk| chunk.is_in(&mut doc)).then_some(doc)
}

/// The careful way: whatever can be read.
fn one_by_one(chunks: &[Chunk]) -> AutoCommit {
    let mut doc = blank();
    for chunk in chunks {
        // What cannot be read is found out afterwards, by what is missing.
        let _ = doc.load_incremental(&chunk.bytes);
    }
    doc
}

fn blank() -> AutoCommit {
    AutoCommit::new_with_encoding(document::TEXT_ENCODING)
}

/// Heads as text: hexadecimal, joined by `+`.
pub fn heads_to_text(heads: &[ChangeHash]) -> String {
    let names: Vec<String> = heads.iter().map(ToString::to_string).collect();
    names.join("+")
}

/// The other way; what is no hash is left out.
pub fn heads_from_text(text: &str) -> Vec<ChangeHash> {
    text.split('+').filter_map(|name| name.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use automerge::transaction::Transactable;
    use automerge::{ROOT, ReadDoc};

    /// A document of three changes, in pieces: a snapshot of the first, and the other two.
    fn pieces() -> (Vec<Chunk>, Vec<ChangeHash>) {
        let mut doc = document::empty([7; 16], None);
        let put = |doc: &mut AutoCommit, key: &str| {
            doc.put(ROOT, key, 1).expect("puts");
            doc.commit().expect("commits")
        };
        put(&mut doc, "a");
        let snapshot = Chunk::snapshot(&mut doc);
        let mut chunks = vec![snapshot];
        for key in ["b", "c"] {
            let hash = put(&mut doc, key);
            let bytes = doc.get_change_by_hash(&hash).expect("is there").raw_bytes().to_vec();
            chunks.push(Chunk::change(hash, bytes));
        }
        (chunks, doc.get_heads())
    }

    #[track_caller]
    fn check(chunks: &[Chunk], heads: &[ChangeHash], broken: &[&str]) -> AutoCommit {
        let mut assembled = assemble(chunks, [9; 16], None);
        assert_eq!(assembled.doc.get_heads(), heads);
        assert_eq!(assembled.broken, broken);
        assembled.doc
    }

    #[test]
    fn pieces_in_any_order_make_the_document() {
        let (mut chunks, heads) = pieces();
        check(&chunks, &heads, &[]);
        chunks.reverse();
        check(&chunks, &heads, &[]);
        check(&[], &[], &[]);
    }

    #[test]
    fn a_broken_piece_is_named_and_the_others_are_kept() {
        let (mut chunks, _) = pieces();
        let last = chunks[1].heads.clone();
        chunks[2].bytes[10] ^= 0xff;
        let broken = chunks[2].key.clone();
        let doc = check(&chunks, &last, &[&broken]);
        assert!(doc.get(ROOT, "b").expect("reads").is_some());
    }

    #[test]
    fn changes_whose_snapshot_is_broken_wait_for_it_to_come_anew() {
        let (chunks, heads) = pieces();
        let mut damaged = chunks.clone();
        let length = damaged[0].bytes.len();
        damaged[0].bytes.truncate(length / 2);
        let broken = damaged[0].key.clone();
        let mut doc = check(&damaged, &[], &[&broken]);
        doc.load_incremental(&chunks[0].bytes).expect("loads");
        assert_eq!(doc.get_heads(), heads);
    }

    #[test]
    fn heads_survive_being_written_down() {
        let (_, heads) = pieces();
        assert_eq!(heads_from_text(&heads_to_text(&heads)), heads);
        assert!(heads_from_text("").is_empty());
    }
}
