//! Plans as automerge documents: typed commands in, a read model out.
//!
//! Each kind of document is a module of its own: the [`county`] plan, an
//! association's own [`plan`], a [`catalogue`] of courses and an [`occasion`] of
//! one. [`any`] lists them, for those who do not care
//! which one they hold. What holds for all of them, from how a value is
//! written to how it is taken back, is `tree`.
//!
//! A document starts from a frozen first change ([`county::open`]). A page hands a [`CountyCommand`] to
//! [`county::edit`], which touches only what changed, in one automerge change; [`county::refresh`] then turns
//! automerge's patches into changes of the rows they touch, and of those alone. [`undo`] takes back one's own edits on
//! top of what colleagues have written since.
//!
//! No IO, no clock, no randomness of its own: time comes with [`EditContext`], fresh ids with the commands. May use
//! `sync` (for its guard) and `domain`; must not know of pages, browsers or sockets.

pub mod any;
pub mod catalogue;
pub mod county;
mod error;
pub mod file;
pub mod history;
pub mod occasion;
pub mod plan;
mod tree;

pub use any::{AnyRow, Command, Content, Kind, Touched};
pub use catalogue::CatalogueCommand;
pub use county::{CountyCommand, CountyPlan, Field, RowKind, RowRef};
pub use error::{CommandError, EditContext, Edited, MAX_TEXT};
pub use occasion::OccasionCommand;
pub use tree::undo::{self, UndoStack, UndoStep, Undone};

use automerge::{ActorId, AutoCommit, AutomergeError, LoadOptions, TextEncoding};

use crate::domain::UserId;

/// How positions in text are counted. Selections in a browser are UTF-16, so both sides count so.
pub const TEXT_ENCODING: TextEncoding = TextEncoding::Utf16CodeUnit;

/// A document with nothing in it, to sync or load into. Changes made in it are by `author`.
///
/// `actor` must be fresh random bytes: two changes with the same actor and number stop sync for good. Fill it by
/// sync, [`load_as`] or [`take_in`]: automerge's own `load_incremental` forgets the author of a document that has
/// no change yet.
pub fn empty(actor: [u8; 16], author: Option<UserId>) -> AutoCommit {
    let mut document = AutoCommit::new_with_encoding(TEXT_ENCODING);
    write_as(&mut document, actor, author);
    document
}

/// Reads a saved document. Vet bytes of others with [`crate::sync`]'s guard first: automerge does not.
///
/// # Errors
/// Bytes that are not a whole document.
pub fn load(bytes: &[u8]) -> Result<AutoCommit, AutomergeError> {
    AutoCommit::load_with_options(bytes, LoadOptions::new().text_encoding(TEXT_ENCODING))
}

/// As [`load`], for one who goes on to write in it as `author` with `actor`.
///
/// # Errors
/// As [`load`].
pub fn load_as(bytes: &[u8], actor: [u8; 16], author: Option<UserId>) -> Result<AutoCommit, AutomergeError> {
    let mut document = load(bytes)?;
    write_as(&mut document, actor, author);
    Ok(document)
}

/// Takes in saved bytes or changes beside what `document` holds. Who writes in it stays the same.
///
/// # Errors
/// Changes that do not fit. What is cut short is read as far as it goes, as automerge does: compare the heads.
pub fn take_in(document: &mut AutoCommit, bytes: &[u8]) -> Result<(), AutomergeError> {
    let (author, actor) = (document.get_author().cloned(), document.get_actor().clone());
    document.load_incremental(bytes)?;
    if document.get_author() != author.as_ref() {
        // automerge exchanged the empty document for another, which knows neither.
        document.set_author(author);
        document.set_actor(actor);
    }
    Ok(())
}

/// From here on, changes made in `document` are by `author` and bear `actor`, which must be fresh random bytes.
pub fn write_as(document: &mut AutoCommit, actor: [u8; 16], author: Option<UserId>) {
    // The author first: setting it makes automerge draw an actor of its own.
    document.set_author(author.map(|user| automerge::Author::from(user.as_bytes().to_vec())));
    document.set_actor(ActorId::from(actor));
}
