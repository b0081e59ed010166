//! What each command writes.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjType, ReadDoc};

use super::command::{CatalogueCommand, CourseText};
use super::schema;
use crate::document::tree::editor::{Editor, edit_as_one};
use crate::document::tree::path::{Path, Slot};
use crate::document::tree::value::Stored;
use crate::document::{CommandError, EditContext, Edited};
use crate::domain::CourseId;

/// Applies `command` to the catalogue in `doc`, as one automerge change by the document's author.
///
/// A command that changes nothing makes no change, so that nothing is sent and nothing is to undo.
///
/// # Errors
/// [`CommandError`], with the document as it was.
pub fn edit(doc: &mut AutoCommit, command: &CatalogueCommand, context: &EditContext) -> Result<Edited, CommandError> {
    edit_as_one(doc, command.label(), context, |editor| apply(editor, command))
}

fn apply(editor: &mut Editor<'_>, command: &CatalogueCommand) -> Result<(), CommandError> {
    match command {
        CatalogueCommand::AddCourse { id, after } => {
            let texts = CourseText::ALL.map(CourseText::key);
            let object = editor.add_row(schema::COURSES, &id.to_string(), text_of(*after).as_deref(), &texts)?;
            editor.doc.put_object(&object, schema::REQUIRES, ObjType::Map)?;
            Ok(())
        }
        CatalogueCommand::SetText { course, field, value } => editor.set_text(own(*course, field.key()), value),
        CatalogueCommand::SetNumber { course, field, value } => {
            let value = value.map_or(Stored::Absent, |number| Stored::Int(i64::from(number)));
            editor.write(own(*course, field.key()), value)
        }
        CatalogueCommand::Require { course, other, required } => {
            let slot = Path::row(schema::COURSES, course).map(schema::REQUIRES).slot(other);
            let object = slot.map.found(editor.doc)?;
            let is_empty = matches!(editor.doc.get(&object, slot.key.as_str()), Ok(None));
            if is_empty && !required { Ok(()) } else { editor.write(slot, Stored::Int(i64::from(*required))) }
        }
        CatalogueCommand::Remove { course } => editor.remove_row(Path::row(schema::COURSES, course)),
        CatalogueCommand::Restore { course } => editor.restore_row(Path::row(schema::COURSES, course)),
        CatalogueCommand::Move { course, after } => {
            editor.move_row(schema::COURSES, &course.to_string(), text_of(*after).as_deref())
        }
        CatalogueCommand::Batch { commands, .. } => commands.iter().try_for_each(|command| apply(editor, command)),
    }
}

fn own(course: CourseId, key: &str) -> Slot {
    Path::row(schema::COURSES, course).slot(key)
}

fn text_of(id: Option<CourseId>) -> Option<String> {
    id.map(|id| id.to_string())
}
