//! A plan as a file, handed over and merged with no network at all.
//!
//! ```text
//! "Samplan" 0x01                        what it is, and the version of this layout
//! u32 length, JSON                      which document, for those who ask before merging
//! u32 length, change chunks … repeated  automerge's own chunks, in sections that can each be vetted at once
//! ```
//!
//! Lengths are big-endian. The chunks are what any automerge program reads. A file is as little to be trusted as a
//! peer: every section passes [`guard`] before automerge sees it, and all is applied to a copy first. Who wrote
//! what is taken on the file's word here, as from the colleague who hands it over; the relay takes a change only
//! from its author.

use automerge::{AutoCommit, Change, ROOT};
use serde::{Deserialize, Serialize};

use super::any::{KIND, TITLE, YEAR};
use super::tree::value::stored;
use crate::domain::DocumentId;
use crate::limits::Limits;
use crate::sync::guard::{self, Accept, Chunk};

/// How a file's name ends.
pub const EXTENSION: &str = "samplan";
/// What a browser is told the file is.
pub const MEDIA_TYPE: &str = "application/octet-stream";

const MAGIC: &[u8; 8] = b"Samplan\x01";
/// The most a header may take: it holds a title.
const MAX_HEADER_BYTES: usize = 64 * 1024;
/// The most a file may take: five times a document at its limit, since single changes are less dense.
const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;
/// A section is closed at whichever comes first: well within what may be vetted at once.
const SECTION_BYTES: usize = 1024 * 1024;
const SECTION_OPERATIONS: usize = 20_000;

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHeader {
    /// Which document it is.
    pub document: DocumentId,
    /// Its kind, as its own `kind` says.
    pub kind: String,
    /// Its title, as it was when handed over.
    pub title: String,
    /// The budget year.
    pub year: i32,
    /// How many changes follow.
    pub changes: u64,
}

/// What came of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// What the file says of itself.
    pub header: FileHeader,
    /// How many of its changes were new here.
    pub new_changes: usize,
}

/// Why a file was not merged. Nothing of it was. `Display` is Swedish and tells what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Not a file of ours at all.
    #[error("Filen är inte en plan från Samplan. Välj en fil vars namn slutar på .samplan.")]
    NotAPlan,
    /// Made by a newer version.
    #[error("Filen är gjord i en nyare version av Samplan. Uppdatera och försök igen.")]
    Newer,
    /// Another plan.
    #[error("Filen hör till en annan plan: ”{0}”. Öppna den planen och läs in filen där.")]
    OtherDocument(String),
    /// Cut short, or missing changes.
    #[error("Filen är inte hel. Be din kollega att lämna över den igen.")]
    Incomplete,
    /// Larger than a plan can be.
    #[error("Filen är för stor för att vara en plan. Kontrollera att du har valt rätt fil.")]
    TooLarge,
    /// Refused by the guard or by automerge. The text within is for logs.
    #[error("Filen går inte att läsa. Be din kollega att lämna över den igen.")]
    Damaged(String),
}

/// The whole document as a file.
pub fn write(doc: &mut AutoCommit, document: DocumentId) -> Vec<u8> {
    let changes = doc.get_changes(&[]);
    let title = stored(doc, &ROOT, TITLE).0.word().unwrap_or_default().to_owned();
    let year = stored(doc, &ROOT, YEAR).0.int().and_then(|year| year.try_into().ok()).unwrap_or_default();
    let kind = stored(doc, &ROOT, KIND).0.word().unwrap_or_default().to_owned();
    let header = FileHeader { document, kind, title, year, changes: changes.len() as u64 };
    let header = serde_json::to_vec(&header).expect("a header of strings and numbers is JSON");
    let mut file = MAGIC.to_vec();
    append(&mut file, &header);
    let (mut section, mut operations) = (Vec::new(), 0);
    for change in changes {
        let full = section.len() >= SECTION_BYTES || operations + change.len() > SECTION_OPERATIONS;
        if full && !section.is_empty() {
            append(&mut file, &section);
            (section, operations) = (Vec::new(), 0);
        }
        operations += change.len();
        section.extend_from_slice(change.raw_bytes());
    }
    if !section.is_empty() {
        append(&mut file, &section);
    }
    file
}

/// What a file says of itself, without reading the rest.
///
/// # Errors
/// A file that is not ours, or of a newer layout.
pub fn read_header(file: &[u8]) -> Result<FileHeader, FileError> {
    split_header(file).map(|(header, _)| header)
}

/// Merges a file into `doc`, which is `document`. The file may hold less, more or other than what is here.
///
/// # Errors
/// [`FileError`], with `doc` as it was.
pub fn merge(doc: &mut AutoCommit, document: DocumentId, file: &[u8], limits: &Limits) -> Result<Merged, FileError> {
    if file.len() > MAX_FILE_BYTES {
        return Err(FileError::TooLarge);
    }
    let (header, mut rest) = split_header(file)?;
    if header.document != document {
        return Err(FileError::OtherDocument(header.title));
    }
    let mut changes: Vec<Change> = Vec::new();
    let mut operations: u64 = 0;
    while !rest.is_empty() {
        let section = take(&mut rest, MAX_FILE_BYTES)?;
        for chunk in guard::vet_changes(section, limits, Accept::Changes).map_err(damaged)? {
            let Chunk::Change(chunk) = chunk else { return Err(damaged("a document chunk")) };
            operations = operations.saturating_add(chunk.operations());
            if operations > limits.document_operations {
                return Err(FileError::TooLarge);
            }
            changes.push(guard::read_change(&chunk).map_err(damaged)?);
        }
    }
    if header.changes != changes.len() as u64 {
        return Err(FileError::Incomplete);
    }
    let new: Vec<Change> =
        changes.into_iter().filter(|change| doc.get_change_meta_by_hash(&change.hash()).is_none()).collect();
    let new_changes = new.len();
    if new_changes > 0 {
        let mut staged = doc.clone();
        match guard::caught(|| staged.apply_changes(new).map(|()| staged)) {
            None => return Err(damaged("automerge panicked")),
            Some(Err(error)) => return Err(damaged(error)),
            Some(Ok(mut staged)) => {
                if !staged.get_missing_deps(&[]).is_empty() {
                    return Err(FileError::Incomplete);
                }
                *doc = staged;
            }
        }
    }
    Ok(Merged { header, new_changes })
}

fn split_header(file: &[u8]) -> Result<(FileHeader, &[u8]), FileError> {
    let (magic, mut rest) = file.split_at_checked(MAGIC.len()).ok_or(FileError::NotAPlan)?;
    if magic != MAGIC {
        return Err(if magic[..7] == MAGIC[..7] { FileError::Newer } else { FileError::NotAPlan });
    }
    let header = take(&mut rest, MAX_HEADER_BYTES)?;
    Ok((serde_json::from_slice(header).map_err(damaged)?, rest))
}

fn append(file: &mut Vec<u8>, part: &[u8]) {
    let length = u32::try_from(part.len()).expect("a section is closed long before four gigabytes");
    file.extend_from_slice(&length.to_be_bytes());
    file.extend_from_slice(part);
}

fn take<'a>(rest: &mut &'a [u8], most: usize) -> Result<&'a [u8], FileError> {
    let (length, after) = rest.split_first_chunk::<4>().ok_or(FileError::Incomplete)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| FileError::TooLarge)?;
    if length > most {
        return Err(FileError::TooLarge);
    }
    let (part, after) = after.split_at_checked(length).ok_or(FileError::Incomplete)?;
    *rest = after;
    Ok(part)
}

fn damaged(reason: impl ToString) -> FileError {
    FileError::Damaged(reason.to_string())
}
