//! What the user is told besides the status line: notices that stay until answered, and words for a screen reader.
//!
//! Pure. A remote change never moves focus; at most it ends up here.

use crate::document::AnyRow;
use crate::document::plan::RowRef;

/// Something that stays on the screen until the user answers or dismisses it.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// For dismissal; unique within a workspace.
    pub id: u64,
    /// What has happened.
    pub kind: NoticeKind,
}

/// What a notice is about.
#[derive(Clone, Debug, PartialEq)]
pub enum NoticeKind {
    /// A colleague removed the row this user is working in: offer `[Återställ raden]`.
    RowRemoved {
        /// The row.
        row: AnyRow,
        /// Whoever removed it.
        by: String,
    },
    /// A row was brought back: offer `[Ångra]`.
    RowRestored {
        /// The row.
        row: AnyRow,
    },
    /// An undo left alone what a colleague has changed since.
    UndoSkipped {
        /// How many places were left as they are.
        places: usize,
    },
    /// The copy on this device could not be read; it is kept aside and the plan is fetched from the server.
    CopyBroken,
    /// The plan has grown to half of what it may become.
    HalfFull,
    /// A file was merged.
    FileMerged {
        /// How many changes it brought.
        changes: usize,
    },
    /// A file could not be merged, with the reason as a Swedish sentence.
    FileRefused {
        /// What is wrong and what to do.
        reason: String,
    },
}

impl NoticeKind {
    /// The words of the notice, in Swedish.
    pub fn text(&self) -> String {
        match self {
            Self::RowRemoved { by, .. } => format!("{by} tog bort raden du arbetar i."),
            Self::RowRestored { row } => restored(row).to_owned(),
            Self::UndoSkipped { places: 1 } => {
                "Det gick inte att ångra: en kollega har ändrat på samma ställe efter dig.".to_owned()
            }
            Self::UndoSkipped { places } => {
                format!("{places} ställen lämnades som de är: en kollega har ändrat där efter dig.")
            }
            Self::CopyBroken => "Kopian på den här datorn gick inte att läsa. Planen hämtas från servern i stället, \
                 och den trasiga kopian sparas undan."
                .to_owned(),
            Self::HalfFull => "Planen börjar bli stor. Dela upp den, eller korta texterna.".to_owned(),
            Self::FileMerged { changes: 0 } => "Filen innehöll inget nytt. Planen är oförändrad.".to_owned(),
            Self::FileMerged { changes: 1 } => "Filen är sammanfogad: 1 ändring kom till.".to_owned(),
            Self::FileMerged { changes } => {
                format!("Filen är sammanfogad: {changes} ändringar kom till.")
            }
            Self::FileRefused { reason } => reason.clone(),
        }
    }
}

/// What was brought back, as people call it.
fn restored(row: &AnyRow) -> &'static str {
    match row {
        AnyRow::Plan(RowRef::Section(_)) => "Avsnittet är återställt.",
        AnyRow::Plan(RowRef::Outcome(_)) => "Utfallet är återställt.",
        AnyRow::Plan(RowRef::Version(_)) => "Versionen är återställd.",
        _ => "Raden är återställd.",
    }
}

/// Something for a screen reader to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Grows with each announcement, so that the same words twice are said twice.
    pub serial: u64,
    /// Whether to interrupt: only for conflicts and for what touches the user's own row.
    pub assertive: bool,
    /// The words.
    pub text: String,
}
