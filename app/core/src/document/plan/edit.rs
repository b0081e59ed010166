//! What each command writes.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ObjType};

use super::command::PlanCommand;
use super::place::{AmountCell, RowRef, TextCell};
use super::schema;
use super::version::Heads;
use super::words::{destination_word, precision_word};
use crate::document::tree::editor::{Editor, edit_as_one};
use crate::document::tree::path::{Path, container};
use crate::document::tree::value::Stored;
use crate::document::{CommandError, EditContext, Edited, MAX_TEXT};
use crate::domain::{LineId, NewVersion, SectionId, VersionId};

/// Applies `command` to the plan in `doc`, as one automerge change by the document's author.
///
/// A command that changes nothing makes no change, so that nothing is sent and nothing is to undo.
///
/// # Errors
/// [`CommandError`], with the document as it was.
pub fn edit(doc: &mut AutoCommit, command: &PlanCommand, context: &EditContext) -> Result<Edited, CommandError> {
    // Asking for the heads commits what is pending, so this cannot be done in the middle of the edit.
    let before = Heads::new(if makes_version(command) { doc.get_heads() } else { Vec::new() });
    let edited = edit_as_one(doc, command.label(), context, |editor| apply(editor, command, &before))?;
    // A decision stays: there is no step that would take it back.
    Ok(if decides(command) { Edited { step: None, ..edited } } else { edited })
}

fn decides(command: &PlanCommand) -> bool {
    matches!(command, PlanCommand::AddVersion { version, .. } if version.status.is_decided())
}

fn makes_version(command: &PlanCommand) -> bool {
    match command {
        PlanCommand::AddVersion { .. } => true,
        PlanCommand::Batch { commands, .. } => commands.iter().any(makes_version),
        _ => false,
    }
}

fn apply(editor: &mut Editor<'_>, command: &PlanCommand, before: &Heads) -> Result<(), CommandError> {
    match command {
        PlanCommand::AddSection { id, after } => {
            add(editor, RowRef::Section(*id), after.map(RowRef::Section), &["name"])?;
        }
        PlanCommand::AddLine { id, section, after } => {
            RowRef::Section(*section).path().found(editor.doc)?;
            let row = add(editor, RowRef::Line(*id), after.map(RowRef::Line), &["name", "note"])?;
            editor.doc.put(&row, "section", section.to_string())?;
            editor.doc.put_object(&row, schema::AMOUNTS, ObjType::Map)?;
        }
        PlanCommand::AddIncome { id, party, after } => {
            let row = add(editor, RowRef::Income(*id), after.map(RowRef::Income), &["name"])?;
            editor.doc.put(&row, "party", party.as_word())?;
            editor.doc.put_object(&row, schema::AMOUNTS, ObjType::Map)?;
        }
        PlanCommand::AddOutcome { id, through } => {
            let row = add(editor, RowRef::Outcome(*id), None, &[])?;
            editor.doc.put(&row, "through", through.to_string())?;
            for map in [schema::AMOUNTS, schema::FORECASTS, schema::COMMENTS, schema::ACTIONS] {
                editor.doc.put_object(&row, map, ObjType::Map)?;
            }
        }
        PlanCommand::AddEquivalent { id, year, group, after } => {
            let row = add(editor, RowRef::Equivalent(*id), after.map(RowRef::Equivalent), &["area"])?;
            editor.doc.put(&row, schema::YEAR, i64::from(year.number()))?;
            editor.doc.put(&row, "group", group.as_word())?;
            editor.doc.put_object(&row, schema::COUNTS, ObjType::Map)?;
        }
        PlanCommand::AddVersion { id, version } => add_version(editor, *id, version, before)?,
        PlanCommand::Remove { row } => editor.remove_row(row.path())?,
        PlanCommand::Restore { row } => editor.restore_row(row.path())?,
        PlanCommand::MoveSection { id, after } => {
            move_row(editor, RowRef::Section(*id), after.map(RowRef::Section))?;
        }
        PlanCommand::MoveLine { id, section, after } => move_line(editor, *id, *section, *after)?,
        PlanCommand::MoveIncome { id, after } => move_row(editor, RowRef::Income(*id), after.map(RowRef::Income))?,
        PlanCommand::SetText { cell, value } => set_text(editor, *cell, value)?,
        PlanCommand::SetAmount { cell, amount } => {
            if let AmountCell::Line(_, year) | AmountCell::Income(_, year) = cell {
                // A cell that is written to shows, also where a colleague has hidden its year meanwhile.
                show_year(editor, *year)?;
            }
            is_there(editor, cell.speaks_of())?;
            editor.set_amount(cell.slot(), *amount)?;
        }
        PlanCommand::SetRole { line, role } => write_word(editor, RowRef::Line(*line), "role", role.as_word())?,
        PlanCommand::SetParty { income, party } => {
            write_word(editor, RowRef::Income(*income), "party", party.as_word())?;
        }
        PlanCommand::SetWeight { income, weight } => {
            let slot = RowRef::Income(*income).path().slot("weight");
            editor.write(slot, Stored::Int(i64::from(*weight)))?;
        }
        PlanCommand::SetCeiling { rate } => setting(editor, "ceiling", Stored::Int(i64::from(rate.hundredths())))?,
        PlanCommand::SetPrecision { precision } => {
            setting(editor, "precision", Stored::Word(precision_word(*precision).to_owned()))?;
        }
        PlanCommand::ShowYear { year, shown: true } => show_year(editor, *year)?,
        PlanCommand::ShowYear { year, shown: false } => {
            editor.write(Path::table(schema::YEARS).slot(year), Stored::Absent)?;
        }
        PlanCommand::SetTitle { title } => root_word(editor, schema::TITLE, title)?,
        PlanCommand::SetRegistryNumber { dnr } => root_word(editor, schema::DNR, dnr)?,
        PlanCommand::SetStated { key, figure } => {
            let figure = figure.map_or(Stored::Absent, |figure| Stored::Word(figure.to_string()));
            editor.write(Path::table(schema::STATED).slot(key), figure)?;
        }
        PlanCommand::MapAccounts { selector, to } => {
            let to = to.as_ref().map_or(Stored::Absent, |to| Stored::Word(destination_word(to)));
            editor.write(Path::table(schema::ACCOUNTS).slot(selector), to)?;
        }
        PlanCommand::SetThrough { id, through } => {
            write_word(editor, RowRef::Outcome(*id), "through", &through.to_string())?;
        }
        PlanCommand::SetCounted { id, year, group } => {
            let row = RowRef::Equivalent(*id);
            editor.write(row.path().slot(schema::YEAR), Stored::Int(i64::from(year.number())))?;
            write_word(editor, row, "group", group.as_word())?;
        }
        PlanCommand::SetCount { id, benefit, count } => {
            let slot = RowRef::Equivalent(*id).path().map(schema::COUNTS).slot(benefit.as_word());
            editor.write(slot, whole(*count))?;
        }
        PlanCommand::SetPopulation { id, population } => {
            editor.write(RowRef::Equivalent(*id).path().slot("population"), whole(*population))?;
        }
        PlanCommand::Batch { commands, .. } => {
            commands.iter().try_for_each(|command| apply(editor, command, before))?;
        }
    }
    Ok(())
}

fn add(editor: &mut Editor<'_>, row: RowRef, after: Option<RowRef>, texts: &[&str]) -> Result<ObjId, CommandError> {
    let (table, id) = row.place();
    editor.add_row(table, &id, after.map(|row| row.key()).as_deref(), texts)
}

fn move_row(editor: &mut Editor<'_>, row: RowRef, after: Option<RowRef>) -> Result<(), CommandError> {
    let (table, id) = row.place();
    editor.move_row(table, &id, after.map(|row| row.key()).as_deref())
}

/// Order is kept over all lines; within a section it is what it is among all.
fn move_line(
    editor: &mut Editor<'_>,
    id: LineId,
    section: SectionId,
    after: Option<LineId>,
) -> Result<(), CommandError> {
    RowRef::Section(section).path().found(editor.doc)?;
    write_word(editor, RowRef::Line(id), "section", &section.to_string())?;
    move_row(editor, RowRef::Line(id), after.map(RowRef::Line))
}

fn add_version(
    editor: &mut Editor<'_>,
    id: VersionId,
    version: &NewVersion,
    before: &Heads,
) -> Result<(), CommandError> {
    let row = add(editor, RowRef::Version(id), None, &["name", "note"])?;
    editor.doc.put(&row, "status", version.status.as_word())?;
    editor.doc.put(&row, "heads", String::from(before.clone()))?;
    editor.doc.put(&row, "dnr", version.dnr.as_str())?;
    if let Some(decided) = version.decided {
        editor.doc.put(&row, "decided", decided.to_string())?;
    }
    if version.is_summary {
        editor.doc.put(&row, schema::KNOWN, schema::SUMMARY)?;
    }
    let row = RowRef::Version(id);
    set_text(editor, TextCell::Name(row), &version.name)?;
    set_text(editor, TextCell::Note(row), &version.note)
}

fn set_text(editor: &mut Editor<'_>, cell: TextCell, value: &str) -> Result<(), CommandError> {
    is_there(editor, cell.speaks_of())?;
    editor.set_text(cell.slot().ok_or(CommandError::WrongField)?, value)
}

/// An outcome speaks of rows that are in the plan, or nobody could tell what of.
fn is_there(editor: &Editor<'_>, row: Option<RowRef>) -> Result<(), CommandError> {
    row.map_or(Ok(()), |row| row.path().found(editor.doc).map(drop))
}

fn write_word(editor: &mut Editor<'_>, row: RowRef, key: &str, word: &str) -> Result<(), CommandError> {
    editor.write(row.path().slot(key), Stored::Word(word.to_owned()))
}

fn setting(editor: &mut Editor<'_>, key: &str, value: Stored) -> Result<(), CommandError> {
    editor.write(Path::table(schema::SETTINGS).slot(key), value)
}

fn show_year(editor: &mut Editor<'_>, year: crate::domain::Year) -> Result<(), CommandError> {
    editor.write(Path::table(schema::YEARS).slot(year), Stored::Int(1))
}

/// A word of the plan itself: short, and the last one written holds.
fn root_word(editor: &mut Editor<'_>, key: &str, word: &str) -> Result<(), CommandError> {
    container(editor.doc, schema::SETTINGS).ok_or(CommandError::NotAPlan)?;
    if word.encode_utf16().count() > MAX_TEXT {
        return Err(CommandError::TextTooLong);
    }
    editor.write(Path::root().slot(key), Stored::Word(word.to_owned()))
}

fn whole(number: Option<u32>) -> Stored {
    number.map_or(Stored::Empty, |number| Stored::Int(i64::from(number)))
}
