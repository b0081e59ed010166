//! What an occasion takes over from the course it gives: copied, so that a later change of the course does not alter what
//! people have registered for.

use automerge::AutoCommit;

use super::{Fact, NewOccasion, OccasionCommand, edit, open};
use crate::document::{CommandError, EditContext};
use crate::domain::{ClockTime, Course, IsoDate, OccasionDay, Organiser, UserId};

/// Days that nobody teaches on.
const WEEKEND: [&str; 2] = ["lördag", "söndag"];

/// An occasion that is about to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What is known when it is opened.
    pub new: NewOccasion,
    /// What is written in it then.
    pub commands: Vec<OccasionCommand>,
}

impl Draft {
    /// An occasion of `course` on these days, from nine to four; `courses` are all of the catalogue.
    pub fn of_course(organiser: &Organiser, course: &Course, courses: &[Course], dates: &[IsoDate]) -> Option<Self> {
        let (from, to): (ClockTime, ClockTime) = ("09:00".parse().ok()?, "16:00".parse().ok()?);
        let new = NewOccasion {
            organiser: organiser.clone(),
            year: dates.first()?.year(),
            title: course.name.clone(),
            course: Some(course.id),
            course_name: course.name.clone(),
        };
        let about: Vec<&str> = [&course.purpose, &course.contents, &course.note]
            .into_iter()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect();
        let required = courses.iter().filter(|other| course.requires.contains(&other.id));
        let text = |fact, value: &str| OccasionCommand::SetText { fact, value: value.to_owned() };
        let commands = vec![
            OccasionCommand::SetDays { days: dates.iter().map(|date| OccasionDay { date: *date, from, to }).collect() },
            OccasionCommand::SetCapacity { capacity: course.capacity },
            text(Fact::About, &about.join("\n\n")),
            text(Fact::Audience, &course.audience),
            text(Fact::Trainers, &course.trainers),
            OccasionCommand::SetRequires {
                requires: required.map(|other| (other.id, other.short_name().to_owned())).collect(),
            },
        ];
        Some(Self { new, commands })
    }

    /// The document, written by `author`. `actor` must be fresh random bytes.
    ///
    /// # Errors
    /// None that a caller can cause; automerge's, should it refuse.
    pub fn open(
        &self,
        actor: [u8; 16],
        author: Option<UserId>,
        context: &EditContext,
    ) -> Result<AutoCommit, CommandError> {
        let mut doc = open(&self.new, actor, author, context)?;
        let batch = OccasionCommand::Batch { commands: self.commands.clone(), label: "lägg upp".to_owned() };
        edit(&mut doc, &batch, context)?;
        Ok(doc)
    }
}

/// As many working days in a row as the course has, from `first` on. People move them afterwards.
pub fn proposed_days(course: &Course, first: IsoDate) -> Vec<IsoDate> {
    let count = course.days.unwrap_or(1).clamp(1, 30);
    let later = (1..=60).filter_map(|days| first.plus_days(days)).filter(|day| !WEEKEND.contains(&day.weekday()));
    std::iter::once(first).chain(later).take(count as usize).collect()
}
