//! Which letter tells of what was decided. The letters themselves are `mail`'s.

use app::domain::{Decision, Occasion, Prerequisite, Registration, Source, ids::DocumentId};
use sqlx::SqliteConnection;

use super::{ledger::add_link, personal::ADDRESS, places::today, token::Token};
use crate::mail::{self, Letter, OccasionFacts, Occurrence, Stands};

/// What is told, and of which occasion.
pub struct Telling<'a> {
    /// The occasion.
    pub document: DocumentId,
    /// What it is.
    pub facts: &'a Occasion,
    /// The address before the path of a personal link.
    pub origin: &'a str,
    /// The time.
    pub now_ms: i64,
}

impl Telling<'_> {
    /// Tells a person what was decided, where that is news to them.
    pub async fn decided(
        &self,
        connection: &mut SqliteConnection,
        registration: &Registration,
        before: Option<&Decision>,
    ) -> Result<(), sqlx::Error> {
        let again = || format!("{}/anmalan/{}", self.origin, self.document);
        // Of a course that is off there is no other news: no place, no offer, and no second sign-up.
        let is_news =
            |occurrence: &Occurrence| !self.facts.is_called_off || matches!(occurrence, Occurrence::Cancelled);
        match occurrence(registration, before, again).filter(is_news) {
            Some(occurrence) => self.tell(connection, registration, occurrence).await,
            None => Ok(()),
        }
    }

    /// Tells somebody who is expected that days or place are others than before, or that there will be none; those who
    /// wait for a place as well, if it is for them.
    pub async fn facts_changed(
        &self,
        connection: &mut SqliteConnection,
        registration: &Registration,
        is_for_waiting: bool,
    ) -> Result<(), sqlx::Error> {
        let stands = match registration.decision {
            Decision::Confirmed | Decision::OverCapacity => Some(Stands::HasPlace),
            Decision::Offered => Some(Stands::IsOffered),
            Decision::Waiting => Some(Stands::Waits),
            Decision::Preliminary => Some(Stands::IsJudged),
            _ => None,
        };
        let occurrence = match stands {
            _ if self.facts.is_called_off && registration.is_live() => Occurrence::Cancelled,
            Some(stands) if !self.facts.is_called_off && (is_for_waiting || stands == Stands::HasPlace) => {
                Occurrence::Changed(stands)
            }
            _ => return Ok(()),
        };
        self.tell(connection, registration, occurrence).await
    }

    /// Reminds somebody that it is soon.
    pub async fn remind(
        &self,
        connection: &mut SqliteConnection,
        registration: &Registration,
    ) -> Result<(), sqlx::Error> {
        self.tell(connection, registration, Occurrence::Reminder).await
    }

    /// Queues a letter with a link of its own.
    async fn tell(
        &self,
        connection: &mut SqliteConnection,
        registration: &Registration,
        occurrence: Occurrence,
    ) -> Result<(), sqlx::Error> {
        // Of what is over there is nothing to tell.
        let is_over = today(self.now_ms).is_some_and(|today| self.facts.is_over(today));
        if is_over || registration.email.trim().is_empty() {
            return Ok(());
        }
        let token = Token::random();
        add_link(connection, registration.id, &token, self.now_ms).await?;
        let letter = Letter {
            document: self.document,
            registration: registration.id,
            to: registration.email.clone(),
            name: registration.name.clone(),
            occurrence,
            facts: OccasionFacts::of(self.facts),
            manage: Some(format!("{}{ADDRESS}/{}", self.origin, token.to_text())),
        };
        mail::queue(connection, &letter, self.now_ms).await
    }
}

/// What a decision is to its person; none where it is no news, or where they stand in the room.
fn occurrence(
    registration: &Registration,
    before: Option<&Decision>,
    again: impl FnOnce() -> String,
) -> Option<Occurrence> {
    match (&registration.decision, before) {
        (_, None) if registration.source == Source::Door => None,
        (Decision::Confirmed, _) => Some(Occurrence::Confirmed),
        (Decision::Preliminary, None) => Some(Occurrence::Preliminary),
        (Decision::Waiting, _) => Some(Occurrence::Waiting),
        (Decision::Offered, _) => Some(Occurrence::Offered { until_ms: registration.offered_until? }),
        (Decision::Cancelled | Decision::Declined, Some(before)) => {
            let knew = !matches!(before, Decision::Cancelled | Decision::Declined);
            let is_refused = registration.prerequisite == Prerequisite::Refused;
            knew.then(|| match (&registration.decision, before) {
                (Decision::Declined, _) if is_refused => Occurrence::Refused,
                (Decision::Declined, Decision::Offered) => Occurrence::Lapsed { address: again() },
                _ => Occurrence::Cancelled,
            })
        }
        _ => None,
    }
}
