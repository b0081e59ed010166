//! Demo data: the courses of 2021, of the demo association and, as events, of its county. What the source does not say
//! is left empty.

use automerge::AutoCommit;
use serde::Deserialize;

use super::{CatalogueCommand, CourseNumber, CourseText, NewCatalogue, edit, open};
use crate::document::{CommandError, EditContext};
use crate::domain::{CourseId, Organiser, UserId};

#[derive(Deserialize)]
struct Source {
    association: Vec<SourceCourse>,
    county: Vec<SourceCourse>,
}

#[derive(Deserialize)]
struct SourceCourse {
    name: String,
    short: String,
    days: u32,
    capacity: Option<u32>,
    #[serde(default)]
    terms: String,
    #[serde(default)]
    audience: String,
    #[serde(default)]
    trainers: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    requires: Vec<String>,
}

/// The first number of the ids of the association's courses, and of the county's: the same each time.
const FIRST: [u8; 2] = [1, 101];

fn source() -> Source {
    serde_json::from_str(include_str!("courses-2021.json")).expect("the demo data is part of the program and tested")
}

/// The demo association's catalogue, written by `author`. `actor` must be fresh random bytes.
///
/// # Errors
/// None that a caller can cause; automerge's, should it refuse.
pub fn demo_association(
    owner: Organiser,
    actor: [u8; 16],
    author: Option<UserId>,
    context: &EditContext,
) -> Result<AutoCommit, CommandError> {
    written(owner, "Kurskatalog", source().association, FIRST[0], actor, author, context)
}

/// The demo county's catalogue: its events. As [`demo_association`].
///
/// # Errors
/// As [`demo_association`].
pub fn demo_county(
    owner: Organiser,
    actor: [u8; 16],
    author: Option<UserId>,
    context: &EditContext,
) -> Result<AutoCommit, CommandError> {
    written(owner, "Länsgemensamma kurser", source().county, FIRST[1], actor, author, context)
}

fn written(
    owner: Organiser,
    title: &str,
    courses: Vec<SourceCourse>,
    first: u8,
    actor: [u8; 16],
    author: Option<UserId>,
    context: &EditContext,
) -> Result<AutoCommit, CommandError> {
    let mut doc = open(&NewCatalogue { owner, title: title.to_owned() }, actor, author, context)?;
    let commands = commands(courses, first);
    edit(&mut doc, &CatalogueCommand::Batch { commands, label: "exempel".to_owned() }, context)?;
    Ok(doc)
}

fn commands(courses: Vec<SourceCourse>, first: u8) -> Vec<CatalogueCommand> {
    let ids: Vec<(String, CourseId)> = (first..)
        .zip(&courses)
        .map(|(number, course)| (course.short.clone(), CourseId::from_random([number; 16])))
        .collect();
    let id_of = |short: &str| ids.iter().find(|(known, _)| known == short).map(|(_, id)| *id);
    let mut commands = Vec::new();
    let mut after = None;
    for row in courses {
        let Some(course) = id_of(&row.short) else { continue };
        commands.push(CatalogueCommand::AddCourse { id: course, after });
        after = Some(course);
        let texts = [
            (CourseText::Name, row.name),
            (CourseText::Short, row.short),
            (CourseText::Audience, row.audience),
            (CourseText::Terms, row.terms),
            (CourseText::Trainers, row.trainers),
            (CourseText::Note, row.note),
        ];
        commands.extend(texts.map(|(field, value)| CatalogueCommand::SetText { course, field, value }));
        for (field, value) in [(CourseNumber::Days, Some(row.days)), (CourseNumber::Capacity, row.capacity)] {
            commands.push(CatalogueCommand::SetNumber { course, field, value });
        }
        for other in row.requires.iter().filter_map(|short| id_of(short)) {
            commands.push(CatalogueCommand::Require { course, other, required: true });
        }
    }
    commands
}
