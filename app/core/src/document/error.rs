//! Why a document refuses a command, and what an edit needs from outside.

use super::tree::undo::UndoStep;
use crate::domain::date::DateError;

/// What an edit needs from outside: the core has no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EditContext {
    /// The time, in milliseconds since 1970. Shown to people; decides neither order nor loss.
    pub now_ms: i64,
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edited {
    /// How to take it back; none if nothing changed.
    pub step: Option<UndoStep>,
    /// Whether the document changed.
    pub changed: bool,
}

/// Why a command was refused. Nothing of it was done. `Display` is Swedish and tells what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The row is not in the plan.
    #[error("Raden finns inte i planen. Ladda om sidan och försök igen.")]
    NoSuchRow,
    /// A new row's id is taken.
    #[error("Raden finns redan i planen. Lägg till en ny rad i stället.")]
    RowExists,
    /// The row has no such column, or it holds something else than what was to be written.
    #[error("Det går inte att skriva det här i den kolumnen. Välj en annan kolumn.")]
    WrongField,
    /// Contributions are neither added, moved nor removed.
    #[error("Förbundens bidrag går inte att flytta eller ta bort. Ändra beloppet i stället.")]
    FixedRow,
    /// Beyond [`crate::domain::Money::MAX_ORE`].
    #[error("Fyll i ett belopp mellan −100 000 000 000 och 100 000 000 000 kronor.")]
    AmountOutOfRange,
    /// Beyond [`MAX_TEXT`].
    #[error("Texten är för lång. Korta den till högst 20 000 tecken.")]
    TextTooLong,
    /// More than one change may hold; see [`crate::limits::Limits`].
    #[error("Det är för mycket att skriva på en gång. Klistra in färre rader åt gången.")]
    TooMuch,
    /// Not a day.
    #[error(transparent)]
    Date(#[from] DateError),
    /// A value that only a newer version of Samplan can write.
    #[error("Valet finns inte i den här versionen av Samplan. Uppdatera och försök igen.")]
    UnknownValue,
    /// The document is not a plan of this kind, or not yet here.
    #[error("Planen är inte hämtad än. Vänta tills den visas och försök igen.")]
    NotAPlan,
    /// The right to write was taken away while the plan was open.
    #[error("Du har inte längre behörighet att ändra i planen. Ändringen är inte gjord.")]
    NotAllowed,
    /// Automerge refused, which it should not. The text within is for logs.
    #[error("Ändringen gick inte att göra. Ladda om sidan och försök igen.")]
    Document(String),
}

impl From<automerge::AutomergeError> for CommandError {
    fn from(error: automerge::AutomergeError) -> Self {
        Self::Document(error.to_string())
    }
}

/// How long a text may be, in UTF-16 units: ten pages in one cell, and well within what one change may hold.
pub const MAX_TEXT: usize = 20_000;
