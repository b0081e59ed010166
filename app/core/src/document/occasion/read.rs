//! From a document to the read model: the whole of it once, single registrations afterwards.
//!
//! Total: whatever others have written where a word or a number should be, it reads as empty and never panics.

use std::collections::BTreeMap;
use std::str::FromStr;

use automerge::{AutoCommit, ObjId, ROOT, ReadDoc};

use super::command::{DayFact, Fact, PersonField, PriceFact};
use super::{OccasionView, schema};
use crate::document::tree::path::{container, map_in};
use crate::document::tree::table::ids;
use crate::document::tree::value::{Stored, stored, text};
use crate::domain::{
    Decision, IsoDate, Occasion, OccasionDay, Organiser, Party, Prerequisite, Question, QuestionId, Registration,
    RegistrationId, Sensitive, Sex, Source,
};

/// Reads the whole occasion. For the first paint and for tests; a page goes on with [`super::refresh()`].
pub fn read(doc: &AutoCommit) -> OccasionView {
    let mut view = OccasionView { facts: read_facts(doc), registrations: Vec::new() };
    let all = ids::<RegistrationId>(doc, schema::REGISTRATIONS);
    view.registrations = all.into_iter().filter_map(|id| read_registration(doc, id)).collect();
    sort(&mut view);
    view
}

/// By name, as people look for themselves in a list; ties by id, so that every replica shows them alike.
pub(super) fn sort(view: &mut OccasionView) {
    view.registrations.sort_by_cached_key(order);
}

/// What registrations are sorted by.
pub(super) fn order(registration: &Registration) -> (String, RegistrationId) {
    (registration.name.to_lowercase(), registration.id)
}

/// Everything but the registrations.
pub(super) fn read_facts(doc: &AutoCommit) -> Occasion {
    let root = |key: &str| stored(doc, &ROOT, key).0;
    let facts = container(doc, schema::FACTS);
    let fact = |key: &str| facts.as_ref().map_or(Stored::Absent, |facts| stored(doc, facts, key).0);
    let words = |fact: Fact| facts.as_ref().map(|facts| text(doc, facts, fact.key())).unwrap_or_default();
    let day = |which: DayFact| fact(which.key()).word().and_then(|day| day.parse().ok());
    let requires = entries::<crate::domain::CourseId>(doc, schema::REQUIRES);
    let asks = container(doc, schema::ASKS);
    let is_asked = |what: &Sensitive| asks.as_ref().is_some_and(|asks| is_set(&stored(doc, asks, what.as_word()).0));
    Occasion {
        title: text(doc, &ROOT, schema::TITLE),
        year: root(schema::YEAR).int().and_then(|year| i32::try_from(year).ok()).unwrap_or_default(),
        organiser: Organiser {
            name: text(doc, &ROOT, schema::ORGANISER),
            association: root(schema::ASSOCIATION).word().and_then(|slug| slug.parse().ok()),
        },
        course: root(schema::COURSE).word().and_then(|id| id.parse().ok()),
        course_name: text(doc, &ROOT, schema::COURSE_NAME),
        about: words(Fact::About),
        audience: words(Fact::Audience),
        place: words(Fact::Place),
        link: words(Fact::Link),
        trainers: words(Fact::Trainers),
        contact: words(Fact::Contact),
        days: read_days(doc),
        capacity: fact(schema::CAPACITY).int().and_then(|capacity| u32::try_from(capacity).ok()),
        opens: day(DayFact::Opens),
        closes: day(DayFact::Closes),
        is_published: is_set(&fact(schema::PUBLISHED)),
        is_called_off: is_set(&fact(schema::CALLED_OFF)),
        price: fact(PriceFact::Price.key()).money(),
        no_show_fee: fact(PriceFact::NoShowFee.key()).money(),
        cost_line: fact(schema::COST_LINE).word().and_then(|line| line.parse().ok()),
        requires: requires.into_iter().map(|(id, name)| (id, name.word().unwrap_or_default().to_owned())).collect(),
        questions: read_questions(doc),
        asks: Sensitive::ALL.into_iter().filter(is_asked).collect(),
    }
}

fn read_days(doc: &AutoCommit) -> Vec<OccasionDay> {
    let day = |(date, hours): (IsoDate, Stored)| {
        let (from, to) = hours.word()?.split_once('-')?;
        Some(OccasionDay { date, from: from.parse().ok()?, to: to.parse().ok()? })
    };
    entries::<IsoDate>(doc, schema::DAYS).into_iter().filter_map(day).collect()
}

fn read_questions(doc: &AutoCommit) -> Vec<Question> {
    let Some(all) = container(doc, schema::QUESTIONS) else { return Vec::new() };
    let question = |id: QuestionId| {
        let object = map_in(doc, &all, &id.to_string())?;
        let value = |key: &str| stored(doc, &object, key).0;
        if value(schema::DELETED_AT).int().is_some() {
            return None;
        }
        let order = value(schema::ORDER).word().unwrap_or_default().to_owned();
        let is_required = is_set(&value(schema::REQUIRED));
        Some((order, Question { id, text: text(doc, &object, schema::TEXT), is_required }))
    };
    let mut questions: Vec<_> = ids(doc, schema::QUESTIONS).into_iter().filter_map(question).collect();
    questions.sort_by(|a, b| (&a.0, a.1.id).cmp(&(&b.0, b.1.id)));
    questions.into_iter().map(|(_, question)| question).collect()
}

/// One registration.
pub(super) fn read_registration(doc: &AutoCommit, id: RegistrationId) -> Option<Registration> {
    let object = map_in(doc, &container(doc, schema::REGISTRATIONS)?, &id.to_string())?;
    let value = |key: &str| stored(doc, &object, key).0;
    let person = |field: PersonField| text(doc, &object, field.key());
    let word = |key: &str| value(key).word().unwrap_or_default().to_owned();
    let decision = match (value(schema::CANCELLED_AT), value(schema::DECISION)) {
        (Stored::Int(_), _) => Decision::Cancelled,
        (_, Stored::Word(decision)) => Decision::from_word(&decision),
        _ => Decision::Preliminary,
    };
    let inside = |name: &str| map_in(doc, &object, name);
    let answers = inside(schema::ANSWERS).map(|map| parsed::<QuestionId>(doc, &map)).unwrap_or_default();
    let attendance = inside(schema::ATTENDANCE).map(|map| parsed::<IsoDate>(doc, &map)).unwrap_or_default();
    Some(Registration {
        id,
        name: person(PersonField::Name),
        email: person(PersonField::Email),
        employer: person(PersonField::Employer),
        party: Party::from_word(&word(schema::PARTY)),
        role: person(PersonField::Role),
        sex: Sex::from_word(&word(schema::SEX)),
        answers: answers.into_iter().map(|(id, answer)| (id, answer.word().unwrap_or_default().to_owned())).collect(),
        prerequisite: Prerequisite::from_word(&word(schema::PREREQUISITE)),
        source: Source::from_word(&word(schema::SOURCE)),
        registered_at: value(schema::REGISTERED_AT).int().unwrap_or_default(),
        offered_until: value(schema::OFFERED_UNTIL).int().filter(|_| decision == Decision::Offered),
        decision,
        arrival: value(schema::ARRIVAL).int().and_then(|arrival| u64::try_from(arrival).ok()),
        attendance: attendance.into_iter().map(|(day, present)| (day, is_set(&present))).collect(),
    })
}

/// What stands in one of the maps at the root, by what its keys say.
fn entries<Key: FromStr + Ord>(doc: &AutoCommit, name: &str) -> BTreeMap<Key, Stored> {
    container(doc, name).map(|map| parsed(doc, &map)).unwrap_or_default()
}

/// What stands in a map, by what its keys say. Keys that say something else are passed over.
fn parsed<Key: FromStr + Ord>(doc: &AutoCommit, map: &ObjId) -> BTreeMap<Key, Stored> {
    let entry = |entry: automerge::iter::MapRangeItem<'_>| Some((entry.key.parse().ok()?, Stored::of_entry(&entry)));
    doc.map_range(map, ..).filter_map(entry).collect()
}

/// Yes, unless it is no or empty.
fn is_set(value: &Stored) -> bool {
    value.int().is_some_and(|int| int != 0)
}
