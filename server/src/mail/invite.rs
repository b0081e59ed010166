//! What calendars are told of a registration: the same events under the same identifiers, with a number that rises.

use app::domain::course::OccasionDay;
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::{Letter, Occurrence};
use crate::calendar::{self, Event, Method};

/// What follows the registration's id in the identifier of an event. Not the address of this relay: that may change, and
/// a calendar would then hold the event twice.
const UID_HOST: &str = "samplan";

/// An invitation, without whoever sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    method: Method,
    registration: String,
    sequence: u32,
    stamp_ms: i64,
    days: Vec<OccasionDay>,
    /// Days of an earlier letter that are no more: the last ones of those that had a number.
    dropped: Vec<u32>,
    title: String,
    place: String,
    link: String,
    description: String,
    organiser: String,
    name: String,
    address: String,
}

/// The invitation that goes with a letter, if it has one. Counts it, in the caller's transaction.
///
/// # Errors
/// If the database fails.
pub async fn next(
    connection: &mut SqliteConnection,
    letter: &Letter,
    now_ms: i64,
) -> Result<Option<Invite>, sqlx::Error> {
    let registration = letter.registration.as_bytes().as_slice();
    let known: Option<(u32, u32, bool)> =
        sqlx::query_as("SELECT sequence, days, is_standing FROM invites WHERE registration_id = ?")
            .bind(registration)
            .fetch_optional(&mut *connection)
            .await?;
    let (sequence, before, is_standing) =
        known.map_or((0, 0, false), |(sequence, days, is_standing)| (sequence.saturating_add(1), days, is_standing));
    let method = match letter.occurrence {
        Occurrence::Confirmed => Method::Request,
        // Who only waits has nothing in the calendar that could change.
        Occurrence::Changed if is_standing => Method::Request,
        Occurrence::Cancelled if is_standing => Method::Cancel,
        _ => return Ok(None),
    };
    let facts = &letter.facts;
    let count = u32::try_from(facts.days.len()).unwrap_or(u32::MAX);
    sqlx::query(
        "INSERT INTO invites (registration_id, document_id, sequence, days, is_standing) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (registration_id) DO UPDATE SET document_id = excluded.document_id, sequence = excluded.sequence,
                                                     days = excluded.days, is_standing = excluded.is_standing",
    )
    .bind(registration)
    .bind(letter.document.as_bytes().as_slice())
    .bind(sequence)
    .bind(count.max(before))
    .bind(method == Method::Request)
    .execute(connection)
    .await?;
    Ok(Some(Invite {
        method,
        registration: letter.registration.to_string(),
        sequence,
        stamp_ms: now_ms,
        days: facts.days.clone(),
        dropped: (count..before).collect(),
        title: facts.title.clone(),
        place: facts.place.clone(),
        link: facts.link.clone(),
        description: description(letter),
        organiser: facts.organiser.clone(),
        name: letter.name.clone(),
        address: letter.to.clone(),
    }))
}

fn description(letter: &Letter) -> String {
    let facts = &letter.facts;
    let lines = [
        ("Videolänk: ", facts.link.as_str()),
        ("Kursledare: ", facts.trainers.as_str()),
        ("Frågor: ", facts.contact.as_str()),
        ("Din anmälan: ", letter.manage.as_deref().unwrap_or_default()),
    ];
    let lines: Vec<_> =
        lines.iter().filter(|(_, what)| !what.is_empty()).map(|(word, what)| format!("{word}{what}")).collect();
    lines.join("\n")
}

impl Invite {
    /// What mail programs are to do with it.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The calendar, sent by this address.
    pub fn calendar(&self, sender: &str) -> String {
        let is_cancelled = self.method == Method::Cancel;
        let last = self.days.last();
        let standing = (0_u32..).zip(&self.days).map(|(index, day)| self.event(index, day, sender, is_cancelled));
        // A day that is no more has to be told as some day: the last one there is.
        let dropped = self.dropped.iter().filter_map(|index| Some(self.event(*index, last?, sender, true)));
        calendar::write(self.method, None, &standing.chain(dropped).collect::<Vec<_>>())
    }

    fn event(&self, index: u32, day: &OccasionDay, sender: &str, is_cancelled: bool) -> Event {
        let uid = match index {
            0 => format!("{}@{UID_HOST}", self.registration),
            index => format!("{}-{}@{UID_HOST}", self.registration, index.saturating_add(1)),
        };
        Event {
            uid,
            sequence: self.sequence,
            stamp_ms: self.stamp_ms,
            day: Some(*day),
            summary: self.title.clone(),
            description: self.description.clone(),
            location: if self.place.is_empty() { self.link.clone() } else { self.place.clone() },
            url: self.link.clone(),
            organiser: Some((self.organiser.clone(), sender.to_owned())),
            attendee: Some((self.name.clone(), self.address.clone())),
            is_cancelled,
        }
    }
}
