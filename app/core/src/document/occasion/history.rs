//! *Historik* of an occasion: what each place is called, and how what stood there is brought back.

use automerge::AutoCommit;

use super::command::{DayFact, Fact, OccasionCommand, PersonField, PriceFact};
use super::schema;
use crate::document::history::{Asked, Changed, Entry, History, Thing};
use crate::document::tree::history::{Held, Touch};
use crate::document::tree::path::Path;
use crate::document::tree::value::text;
use crate::domain::{CourseId, Decision, IsoDate, Party, Prerequisite, RegistrationId, Sensitive, Sex};

/// The changes that are asked for. No cell has a history of its own here.
pub fn history(doc: &mut AutoCommit, asked: &Asked) -> History {
    History::read(doc, asked, |_| None, describe)
}

/// What was done at a place; none for what no page shows.
fn describe(doc: &AutoCommit, touch: &Touch) -> Option<Entry> {
    let names: Vec<&str> = touch.slot.map.names().iter().map(String::as_str).collect();
    let key = touch.slot.key.as_str();
    let is_new = touch.before == Held::Nothing;
    match names.as_slice() {
        [] if key == schema::TITLE => text_fact(touch, Fact::Title),
        [schema::FACTS] => fact(touch, key),
        [schema::DAYS] => {
            let changed = Changed::worded(touch, |held| held.word().replace('-', "–"));
            Some(of_whole(&format!("Kursdag {}", key.parse::<IsoDate>().ok()?), changed))
        }
        [schema::REQUIRES] => key.parse::<CourseId>().ok().map(|_| of_whole("Förkunskaper", worded(touch))),
        [schema::ASKS] => Some(of_whole(Sensitive::from_word(key)?.label(), yes_or_no(touch))),
        [schema::QUESTIONS, _] if key == schema::TEXT && touch.before.word() != touch.after.word() => {
            Some(of_whole("Egen fråga", Changed::text(touch)))
        }
        [schema::REGISTRATIONS] if is_new => Some(of_person(doc, key.parse().ok()?, "", Changed::Added)),
        [schema::REGISTRATIONS, id] => registration(doc, id.parse().ok()?, key, touch),
        [schema::REGISTRATIONS, id, schema::ATTENDANCE] => {
            let was_there = |held: &Held| match held.int() {
                None => "inte ifylld",
                Some(0) => "var inte där",
                Some(_) => "var där",
            };
            let changed = Changed::worded(touch, |held| was_there(held).to_owned());
            Some(of_person(doc, id.parse().ok()?, &format!("Närvaro {}", key.parse::<IsoDate>().ok()?), changed))
        }
        _ => None,
    }
}

fn fact(touch: &Touch, key: &str) -> Option<Entry> {
    if let Some(which) = Fact::ALL.into_iter().find(|fact| fact.key() == key) {
        return text_fact(touch, which);
    }
    if let Some(which) = DayFact::ALL.into_iter().find(|fact| fact.key() == key) {
        let back = OccasionCommand::SetDay { fact: which, day: touch.before.word().parse().ok() };
        return Some(Entry { back: Some(back.into()), ..of_whole(which.label(), worded(touch)) });
    }
    if let Some(which) = PriceFact::ALL.into_iter().find(|fact| fact.key() == key) {
        let (changed, back) = Changed::amount(touch, |amount| OccasionCommand::SetPrice { fact: which, amount });
        return Some(Entry { back, ..of_whole(which.label(), changed) });
    }
    match key {
        schema::CAPACITY => {
            let number = |held: &Held| held.int().map_or_else(|| "ingen gräns".to_owned(), |number| number.to_string());
            let capacity = touch.before.int().and_then(|number| u32::try_from(number).ok());
            let back = Some(OccasionCommand::SetCapacity { capacity }.into());
            Some(Entry { back, ..of_whole("Antal platser", Changed::worded(touch, number)) })
        }
        schema::PUBLISHED => Some(of_whole("Publicerat", yes_or_no(touch))),
        schema::CALLED_OFF => Some(of_whole("Inställt", yes_or_no(touch))),
        _ => None,
    }
}

fn text_fact(touch: &Touch, fact: Fact) -> Option<Entry> {
    let value = touch.before.word().to_owned();
    // Empty texts are begun when the occasion is opened.
    if value == touch.after.word() {
        return None;
    }
    // It is never without a title again.
    let can_be = fact != Fact::Title || !value.trim().is_empty();
    let back = can_be.then(|| OccasionCommand::SetText { fact, value }.into());
    Some(Entry { back, ..of_whole(fact.label(), Changed::text(touch)) })
}

/// What stands in a registration itself. What it said from the start is told by its coming.
fn registration(doc: &AutoCommit, id: RegistrationId, key: &str, touch: &Touch) -> Option<Entry> {
    let entry = |place: &str, changed| Some(of_person(doc, id, place, changed));
    match key {
        schema::CANCELLED_AT => return entry("", Changed::Removed),
        schema::DECISION => {
            let label = |held: &Held| match held.word() {
                "" => Decision::Preliminary.label().to_owned(),
                word => Decision::from_word(word).label().to_owned(),
            };
            return entry("Besked", Changed::worded(touch, label));
        }
        _ if touch.before == Held::Nothing => return None,
        _ => {}
    }
    if let Some(field) = PersonField::ALL.into_iter().find(|field| field.key() == key) {
        let back = Some(OccasionCommand::SetPerson { id, field, value: touch.before.word().to_owned() }.into());
        return Some(Entry { back, ..of_person(doc, id, field.label(), worded(touch)) });
    }
    let labelled = |label: fn(&str) -> &'static str| Changed::worded(touch, |held| label(held.word()).to_owned());
    match key {
        schema::PARTY => entry("Part", labelled(|word| Party::from_word(word).label())),
        schema::SEX => entry("Kön", labelled(|word| Sex::from_word(word).label())),
        schema::PREREQUISITE => entry("Förkunskaper", labelled(|word| Prerequisite::from_word(word).label())),
        _ => None,
    }
}

fn worded(touch: &Touch) -> Changed {
    Changed::text(touch)
}

fn yes_or_no(touch: &Touch) -> Changed {
    Changed::worded(touch, |held| if held.int().unwrap_or(0) == 0 { "nej" } else { "ja" }.to_owned())
}

fn of_whole(place: &str, changed: Changed) -> Entry {
    Entry { row: None, name: String::new(), place: place.to_owned(), changed, thing: Thing::Row, back: None }
}

fn of_person(doc: &AutoCommit, id: RegistrationId, place: &str, changed: Changed) -> Entry {
    let object = Path::row(schema::REGISTRATIONS, id).find(doc);
    let name = object.map(|object| text(doc, &object, PersonField::Name.key())).unwrap_or_default();
    Entry { row: Some(id.to_string()), name, place: place.to_owned(), changed, thing: Thing::Registration, back: None }
}
