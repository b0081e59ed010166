//! The engine of one open plan.

use crate::document::command::{CommandError, CountyCommand};
use crate::workspace::{CellRef, CountyWorkspace};

/// The engine of one open plan; cheap to clone.
#[derive(Clone)]
pub struct Engine;

impl Engine {
    /// Starts to keep `workspace` true.
    pub fn start(_workspace: CountyWorkspace) -> Self {
        Self
    }

    /// Stops.
    pub fn stop(&self) {}

    /// Does what the user asked for.
    ///
    /// # Errors
    /// If the command does not fit the plan.
    pub fn edit(&self, _command: CountyCommand) -> Result<(), CommandError> {
        Err(CommandError::NotAPlan)
    }

    /// Takes back the latest edit.
    pub fn undo(&self) {}

    /// Does it again.
    pub fn redo(&self) {}

    /// Tells the others where the user is.
    pub fn set_my_cell(&self, _cell: Option<CellRef>) {}

    /// Offers the plan as a file.
    pub fn export_file(&self) {}

    /// Offers what the server lacks as a file.
    pub fn export_my_changes(&self) {}

    /// Merges a file.
    pub fn merge_file(&self, _bytes: Vec<u8>) {}
}
