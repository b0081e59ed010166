//! What each command writes.

use std::collections::BTreeMap;

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjType, ReadDoc};

use super::command::{Fact, NewRegistration, OccasionCommand, PersonField};
use super::schema;
use crate::document::tree::editor::{Editor, edit_as_one};
use crate::document::tree::path::{Path, Slot, container};
use crate::document::tree::value::Stored;
use crate::document::{CommandError, EditContext, Edited, MAX_TEXT};
use crate::domain::{Decision, OccasionDay, RegistrationId, Sensitive};

/// Applies `command` to the occasion in `doc`, as one automerge change by the document's author.
///
/// A command that changes nothing makes no change, so that nothing is sent and nothing is to undo.
///
/// # Errors
/// [`CommandError`], with the document as it was.
pub fn edit(doc: &mut AutoCommit, command: &OccasionCommand, context: &EditContext) -> Result<Edited, CommandError> {
    let mut edited = edit_as_one(doc, command.label(), context, |editor| apply(editor, command, context.now_ms))?;
    if !command.can_be_undone() {
        edited.step = None;
    }
    Ok(edited)
}

fn apply(editor: &mut Editor<'_>, command: &OccasionCommand, now_ms: i64) -> Result<(), CommandError> {
    match command {
        OccasionCommand::SetText { fact: Fact::Title, value } => {
            editor.write(Path::root().slot(schema::TITLE), word(value)?)
        }
        OccasionCommand::SetText { fact, value } => editor.set_text(fact_slot(fact.key()), value),
        OccasionCommand::SetDays { days } => {
            let hours = days.iter().map(|day| (day.date.to_string(), hours(day))).collect();
            set_map(editor, schema::DAYS, hours)
        }
        OccasionCommand::SetCapacity { capacity } => {
            let value = capacity.map_or(Stored::Absent, |capacity| Stored::Int(i64::from(capacity)));
            editor.write(fact_slot(schema::CAPACITY), value)
        }
        OccasionCommand::SetDay { fact, day } => {
            let value = day.map_or(Stored::Absent, |day| Stored::Word(day.to_string()));
            editor.write(fact_slot(fact.key()), value)
        }
        OccasionCommand::SetPrice { fact, amount } => {
            let value = match amount {
                None => Stored::Absent,
                amount => Stored::amount(*amount).ok_or(CommandError::AmountOutOfRange)?,
            };
            editor.write(fact_slot(fact.key()), value)
        }
        OccasionCommand::SetCostLine { line } => {
            let value = line.map_or(Stored::Absent, |line| Stored::Word(line.to_string()));
            editor.write(fact_slot(schema::COST_LINE), value)
        }
        OccasionCommand::Publish { published } => write_flag(editor, fact_slot(schema::PUBLISHED), *published),
        OccasionCommand::CallOff { called_off } => write_flag(editor, fact_slot(schema::CALLED_OFF), *called_off),
        OccasionCommand::SetRequires { requires } => {
            let named = requires.iter().map(|(id, name)| Ok((id.to_string(), word(name)?)));
            let named = named.collect::<Result<_, CommandError>>()?;
            set_map(editor, schema::REQUIRES, named)
        }
        OccasionCommand::SetAsks { asks } => Sensitive::ALL.into_iter().try_for_each(|what| {
            let slot = Path::table(schema::ASKS).slot(what.as_word());
            write_flag(editor, slot, asks.contains(&what))
        }),
        OccasionCommand::AddQuestion { id, after } => {
            let after = after.map(|after| after.to_string());
            editor.add_row(schema::QUESTIONS, &id.to_string(), after.as_deref(), &[schema::TEXT])?;
            Ok(())
        }
        OccasionCommand::SetQuestion { id, text } => {
            editor.set_text(Path::row(schema::QUESTIONS, id).slot(schema::TEXT), text)
        }
        OccasionCommand::RequireQuestion { id, required } => {
            write_flag(editor, Path::row(schema::QUESTIONS, id).slot(schema::REQUIRED), *required)
        }
        OccasionCommand::RemoveQuestion { id } => editor.remove_row(Path::row(schema::QUESTIONS, id)),
        OccasionCommand::Register { id, fields } => register(editor, *id, fields),
        OccasionCommand::SetPerson { id, field, value } => editor.write(own(*id, field.key()), word(value.trim())?),
        OccasionCommand::SetParty { id, party } => editor.write(own(*id, schema::PARTY), known(party.as_word())),
        OccasionCommand::SetSex { id, sex } => editor.write(own(*id, schema::SEX), known(sex.as_word())),
        OccasionCommand::SetAnswer { id, question, value } => {
            let slot = Path::row(schema::REGISTRATIONS, id).map(schema::ANSWERS).slot(question);
            editor.write(slot, word(value)?)
        }
        OccasionCommand::SetPrerequisite { id, prerequisite } => {
            editor.write(own(*id, schema::PREREQUISITE), known(prerequisite.as_word()))
        }
        OccasionCommand::Decide { id, decision, arrival, offered_until_ms } => {
            if matches!(decision, Decision::Unknown(_)) {
                return Err(CommandError::UnknownValue);
            }
            let arrival = i64::try_from(*arrival).map_err(|_| CommandError::UnknownValue)?;
            editor.write(own(*id, schema::DECISION), known(decision.as_word()))?;
            editor.write(own(*id, schema::ARRIVAL), Stored::Int(arrival))?;
            editor.write(own(*id, schema::OFFERED_UNTIL), offered_until_ms.map_or(Stored::Absent, Stored::Int))
        }
        OccasionCommand::SetAttendance { id, day, present } => {
            let slot = Path::row(schema::REGISTRATIONS, id).map(schema::ATTENDANCE).slot(day);
            editor.write(slot, Stored::Int(i64::from(*present)))
        }
        OccasionCommand::Cancel { id } => {
            let slot = own(*id, schema::CANCELLED_AT);
            let object = slot.map.found(editor.doc)?;
            // The first time holds.
            if matches!(editor.doc.get(&object, schema::CANCELLED_AT), Ok(Some(_))) {
                return Ok(());
            }
            editor.write(slot, Stored::Int(now_ms))
        }
        OccasionCommand::Batch { commands, .. } => {
            commands.iter().try_for_each(|command| apply(editor, command, now_ms))
        }
    }
}

/// A new registration. Its maps stand there from the start, so that two people who tick at once write in the same.
fn register(editor: &mut Editor<'_>, id: RegistrationId, fields: &NewRegistration) -> Result<(), CommandError> {
    let all = container(editor.doc, schema::REGISTRATIONS).ok_or(CommandError::NotAPlan)?;
    let key = id.to_string();
    if matches!(editor.doc.get(&all, key.as_str()), Ok(Some(_))) {
        return Err(CommandError::RowExists);
    }
    let mut words = vec![
        (PersonField::Name.key(), word(fields.name.trim())?),
        (PersonField::Email.key(), word(fields.email.trim())?),
        (PersonField::Employer.key(), word(fields.employer.trim())?),
        (PersonField::Role.key(), word(fields.role.trim())?),
        (schema::PARTY, known(fields.party.as_word())),
        (schema::SEX, known(fields.sex.as_word())),
        (schema::SOURCE, known(fields.source.as_word())),
        (schema::PREREQUISITE, known(fields.prerequisite.as_word())),
    ];
    words.push((schema::REGISTERED_AT, Stored::Int(fields.registered_at)));
    let object = editor.doc.put_object(&all, key.as_str(), ObjType::Map)?;
    for (name, value) in words {
        if let Some(scalar) = value.scalar() {
            editor.doc.put(&object, name, scalar)?;
        }
    }
    let answers = editor.doc.put_object(&object, schema::ANSWERS, ObjType::Map)?;
    for (question, answer) in &fields.answers {
        if let Some(scalar) = word(answer)?.scalar() {
            editor.doc.put(&answers, question.to_string(), scalar)?;
        }
    }
    editor.doc.put_object(&object, schema::ATTENDANCE, ObjType::Map)?;
    Ok(())
}

/// Leads a flat map of words to what it is to be: those that differ are written, each for itself.
fn set_map(editor: &mut Editor<'_>, name: &str, words: BTreeMap<String, Stored>) -> Result<(), CommandError> {
    let map = Path::table(name).found(editor.doc)?;
    let here: Vec<String> = editor.doc.keys(&map).collect();
    for gone in here.iter().filter(|key| !words.contains_key(*key)) {
        editor.write(Path::table(name).slot(gone), Stored::Absent)?;
    }
    for (key, value) in words {
        editor.write(Path::table(name).slot(key), value)?;
    }
    Ok(())
}

/// Writes yes or no; nothing where no is what an empty place says already.
fn write_flag(editor: &mut Editor<'_>, slot: Slot, is_set: bool) -> Result<(), CommandError> {
    let object = slot.map.found(editor.doc)?;
    let is_empty = matches!(editor.doc.get(&object, slot.key.as_str()), Ok(None));
    if is_empty && !is_set { Ok(()) } else { editor.write(slot, Stored::Int(i64::from(is_set))) }
}

fn fact_slot(key: &str) -> Slot {
    Path::table(schema::FACTS).slot(key)
}

fn own(id: RegistrationId, key: &str) -> Slot {
    Path::row(schema::REGISTRATIONS, id).slot(key)
}

fn hours(day: &OccasionDay) -> Stored {
    Stored::Word(format!("{}-{}", day.from, day.to))
}

fn known(word: &str) -> Stored {
    Stored::Word(word.to_owned())
}

fn word(text: &str) -> Result<Stored, CommandError> {
    if text.encode_utf16().count() > MAX_TEXT {
        return Err(CommandError::TextTooLong);
    }
    Ok(Stored::Word(text.to_owned()))
}
