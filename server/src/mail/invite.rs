//! What calendars are told of a registration: the same event under the same identifier, with a number that rises.
//!
//! A message may be about one identifier alone (RFC 5546, 3.2.2), and Outlook and Gmail take no other. So an occasion of
//! several days is one event that recurs: as many days in a row as it has, of which those that are in truth at another time
//! are told as exceptions. All that is sent takes the place of all that was.

use app::domain::course::OccasionDay;
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::{Letter, Occurrence, Stands};
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
    let known: Option<(u32, bool)> =
        sqlx::query_as("SELECT sequence, is_standing FROM invites WHERE registration_id = ?")
            .bind(registration)
            .fetch_optional(&mut *connection)
            .await?;
    let (sequence, is_standing) =
        known.map_or((0, false), |(sequence, is_standing)| (sequence.saturating_add(1), is_standing));
    let method = match letter.occurrence {
        Occurrence::Confirmed => Method::Request,
        // Who only waits has nothing in the calendar that could change.
        // Whoever was told that it is off has it again once that is taken back.
        Occurrence::Changed(Stands::HasPlace) if known.is_some() => Method::Request,
        Occurrence::Cancelled | Occurrence::Refused if is_standing => Method::Cancel,
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
    .bind(count)
    .bind(method == Method::Request)
    .execute(connection)
    .await?;
    Ok(Some(Invite {
        method,
        registration: letter.registration.to_string(),
        sequence,
        stamp_ms: now_ms,
        days: facts.days.clone(),
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
        ("Utbildare: ", facts.trainers.as_str()),
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
        let Some(first) = self.days.first() else { return calendar::write(self.method, None, &[]) };
        let in_a_row = u32::try_from(self.days.len()).unwrap_or(u32::MAX);
        let all = Event { in_a_row, ..self.event(first, sender, is_cancelled) };
        if is_cancelled {
            return calendar::write(self.method, None, &[all]);
        }
        let exception = |(day, index): (&OccasionDay, i64)| {
            let of = OccasionDay { date: first.date.plus_days(index)?, ..*first };
            (*day != of).then(|| Event { instead_of: Some(of), ..self.event(day, sender, is_cancelled) })
        };
        let exceptions = self.days.iter().zip(0..).filter_map(exception);
        calendar::write(self.method, None, &[all].into_iter().chain(exceptions).collect::<Vec<_>>())
    }

    fn event(&self, day: &OccasionDay, sender: &str, is_cancelled: bool) -> Event {
        Event {
            uid: format!("{}@{UID_HOST}", self.registration),
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
            ..Event::default()
        }
    }
}
