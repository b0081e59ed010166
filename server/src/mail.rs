//! Letters to whoever has signed up for a course: written when what they tell happens, sent when there is a server for it.
//!
//! [`queue`] stores a letter in the transaction of what it tells, so that neither is without the other. From there on it
//! is the outbox's: it is sent, or shown with the reason why not, and never silently lost. SMTP cannot promise that a
//! letter arrives once and only once: where a connection breaks after the last byte, the letter goes out again under the
//! same Message-ID.
//!
//! - `compose`: the words; `render`: as text and HTML. `invite`: what calendars are told.
//! - `outbox`: the rows. `message`: a row as MIME. `server`: one connection to the mail server. `settings`: which one.
//! - `page`: the letters as those who run the courses see them.
//! - `worker`: sends what is due, one letter at a time.
//!
//! What names a registration goes when its person is erased, and what names an occasion follows it: `storage::erased` finds
//! both by the names of the columns. Who may read letters is the pages' to ask. Nothing here logs an address, a name or a text.

mod compose;
pub mod invite;
mod message;
pub mod outbox;
pub mod page;
mod render;
mod server;
pub mod settings;
pub mod worker;

use app::domain::{
    DocumentId, RegistrationId,
    course::{Occasion, OccasionDay, is_web_address},
};
use sqlx::SqliteConnection;

use crate::local_time;

/// What a letter tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occurrence {
    /// *Bekräftelse*: there is a place.
    Confirmed,
    /// *Preliminär*: somebody looks at what the course requires first.
    Preliminary,
    /// *Väntelista*: there is none yet.
    Waiting,
    /// *Erbjudande*: a place is free, for whoever answers in time.
    Offered {
        /// When it goes to the next.
        until_ms: i64,
    },
    /// *Påminnelse*: it is soon.
    Reminder,
    /// *Ändring*: days or place are others than before.
    Changed(Stands),
    /// *Avbokning*: there is no place any more.
    Cancelled,
    /// *Erbjudandet gick ut*: nobody answered in time, and the place went to the next.
    Lapsed {
        /// Where one can sign up again.
        address: String,
    },
    /// *Nekad*: what the course requires is not there.
    Refused,
    /// *Utvärdering*: it is over; what was it like?
    Evaluation {
        /// The form, at an address of this letter's own.
        address: String,
    },
}

/// Where somebody stands who is told that days or place are others than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// They have a place.
    HasPlace,
    /// They are offered one.
    IsOffered,
    /// They wait for one.
    Waits,
    /// Somebody looks at what the course requires.
    IsJudged,
}

impl Occurrence {
    /// The word in the database.
    fn as_str(&self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Preliminary => "preliminary",
            Self::Waiting => "waiting",
            Self::Offered { .. } => "offered",
            Self::Reminder => "reminder",
            Self::Changed(_) => "changed",
            Self::Cancelled => "cancelled",
            Self::Lapsed { .. } => "lapsed",
            Self::Refused => "refused",
            Self::Evaluation { .. } => "evaluation",
        }
    }
}

/// What letters say of an occasion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OccasionFacts {
    /// What it is called.
    pub title: String,
    /// *Arrangör*.
    pub organiser: String,
    /// Its days, in their order.
    pub days: Vec<OccasionDay>,
    /// Where it is; empty where it is by video alone.
    pub place: String,
    /// The video link; empty where there is none.
    pub link: String,
    /// *Utbildare*.
    pub trainers: String,
    /// Whom to ask.
    pub contact: String,
    /// *Inställt*: whether it will not be given.
    pub is_called_off: bool,
}

impl OccasionFacts {
    /// What letters say of this one.
    pub fn of(occasion: &Occasion) -> Self {
        Self {
            title: occasion.title.clone(),
            organiser: occasion.organiser.name.clone(),
            days: occasion.days.clone(),
            place: occasion.place.clone(),
            // What is no address of a page goes out to nobody: they would press it.
            link: Some(occasion.link.trim()).filter(|link| is_web_address(link)).unwrap_or_default().to_owned(),
            trainers: occasion.trainers.clone(),
            contact: occasion.contact.clone(),
            is_called_off: occasion.is_called_off,
        }
    }
}

/// A letter to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The occasion.
    pub document: DocumentId,
    /// The registration.
    pub registration: RegistrationId,
    /// The address.
    pub to: String,
    /// The person's name.
    pub name: String,
    /// What it tells.
    pub occurrence: Occurrence,
    /// Of which occasion.
    pub facts: OccasionFacts,
    /// The person's own page of the registration.
    pub manage: Option<String>,
}

impl Letter {
    /// When what it tells is no longer worth telling.
    fn good_until(&self) -> Option<i64> {
        match &self.occurrence {
            Occurrence::Offered { until_ms } => Some(*until_ms),
            Occurrence::Evaluation { .. } => None,
            _ => self.facts.days.iter().map(|day| local_time::end_of(day.date)).max(),
        }
    }
}

/// Queues a letter in the caller's transaction: it goes out if, and only if, what it tells is committed.
///
/// # Errors
/// If the database fails; the transaction is then to be given up.
pub async fn queue(connection: &mut SqliteConnection, letter: &Letter, now_ms: i64) -> Result<(), sqlx::Error> {
    let invite = invite::next(connection, letter, now_ms).await?;
    let written = compose::compose(letter, invite.is_some());
    let invite = invite.map(|invite| serde_json::to_string(&invite)).transpose();
    let invite = invite.map_err(|error| sqlx::Error::Encode(error.into()))?;
    let id: [u8; 16] = rand::random();
    sqlx::query(
        "INSERT INTO letters (id, document_id, registration_id, kind, recipient, name, subject, text, html, invite,
                              created_at, good_until, next_attempt_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id.as_slice())
    .bind(letter.document.as_bytes().as_slice())
    .bind(letter.registration.as_bytes().as_slice())
    .bind(letter.occurrence.as_str())
    .bind(letter.to.trim())
    .bind(letter.name.trim())
    .bind(written.subject)
    .bind(written.text)
    .bind(written.html)
    .bind(invite)
    .bind(now_ms)
    .bind(letter.good_until())
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(())
}
