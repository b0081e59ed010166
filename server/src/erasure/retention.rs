//! *Gallring*: an occasion goes by itself when its time is over.
//!
//! The time runs from its last day; one without days has it from when it was opened. It is said [`NOTICE_DAYS`] beforehand,
//! and nothing goes before that has stood for so long, also where the time is made shorter. The clock is an argument.

use std::time::Duration;

use app::{
    document::occasion,
    domain::{IsoDate, ids::DocumentId},
};
use time::{Date, OffsetDateTime};
use tokio_util::sync::CancellationToken;

use super::{EraseError, Erasures};
use crate::{
    clock,
    storage::{content::LoadError, retention::Kept},
};

/// So many days beforehand it is said that an occasion goes.
pub const NOTICE_DAYS: i64 = 14;

/// *Specialkost, allergi, anpassning*: what is about people's health goes first, so many days after the last day.
pub const NEEDS_DAYS: i64 = 7;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How often it is looked whether any occasion's time is over.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// An occasion, and when it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    /// The document.
    pub document: DocumentId,
    /// Whose.
    pub owner: String,
    /// *Rubrik*.
    pub title: String,
    /// *Sista kursdag*.
    pub last_day: Option<IsoDate>,
    /// How many registrations it has.
    pub people: usize,
    /// The day it goes.
    pub goes: Date,
    /// Since when that has been said.
    pub announced_at: Option<i64>,
}

impl Coming {
    /// Whether it is to be said at this moment that it goes.
    fn is_due_for_notice(&self, now_ms: i64) -> bool {
        (self.goes - day_of(now_ms)).whole_days() <= NOTICE_DAYS
    }

    /// Whether it goes at this moment.
    fn is_due(&self, now_ms: i64) -> bool {
        let has_stood = self.announced_at.is_some_and(|at| at + NOTICE_DAYS * DAY_MS <= now_ms);
        has_stood && self.goes <= day_of(now_ms)
    }

    /// The day it goes, as far as is known: its time, or when it has been said for long enough.
    pub fn goes_on(&self, now_ms: i64) -> Date {
        let said = day_of(self.announced_at.unwrap_or(now_ms)) + time::Duration::days(NOTICE_DAYS);
        if self.goes < said { said } else { self.goes }
    }
}

impl Erasures {
    /// All occasions with the day each goes, the next first.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn coming(&self) -> Result<Vec<Coming>, EraseError> {
        let mut all = Vec::new();
        for kept in self.database().kept_occasions().await? {
            let view = match self.database().load_document(kept.document).await {
                Ok(stored) => Some(occasion::read(&stored.document)),
                // It went meanwhile.
                Err(LoadError::Missing) => continue,
                // Its time is what it was when it could be read last.
                Err(LoadError::Damaged) => None,
                Err(error) => return Err(error.into()),
            };
            let known_day = kept.last_day.as_deref().and_then(|day| day.parse().ok());
            let (title, last_day, people) = match view {
                Some(view) => (view.facts.title.clone(), view.facts.last_day(), view.registrations.len()),
                None => (kept.title, known_day, usize::try_from(kept.people).unwrap_or_default()),
            };
            let last = last_day.and_then(date_of).unwrap_or_else(|| day_of(kept.created_at));
            // The days in between are whole ones.
            let goes = last.saturating_add(time::Duration::days(kept.retention_days + 1));
            let Kept { document, owner, announced_at, .. } = kept;
            all.push(Coming { document, owner, title, last_day, people, goes, announced_at });
        }
        all.sort_by_key(|coming| (coming.goes, coming.document));
        Ok(all)
    }

    /// Says which occasions go soon, and erases those whose time is over; how many. What is about people's health goes
    /// long before. One that cannot be erased does not keep the others.
    ///
    /// # Errors
    /// If the database does not answer. What was not done is done the next time.
    pub async fn retain(&self, now_ms: i64) -> Result<usize, EraseError> {
        let owed = self.owes().await;
        let (mut count, mut forgotten) = (0, 0);
        for coming in self.coming().await? {
            match self.retain_one(&coming, now_ms).await {
                Ok((is_erased, needs)) => {
                    count += usize::from(is_erased);
                    forgotten += needs;
                }
                Err(error) => {
                    tracing::error!(document = %coming.document, %error, "its time is over, and it stays until tomorrow");
                }
            }
        }
        if owed || forgotten > 0 {
            let _turn = self.turn.lock().await;
            self.scrub().await;
        }
        Ok(count)
    }

    /// Whether an occasion was erased, and how many people's needs were forgotten.
    async fn retain_one(&self, coming: &Coming, now_ms: i64) -> Result<(bool, u64), EraseError> {
        let is_long_over =
            coming.last_day.and_then(date_of).is_some_and(|last| (day_of(now_ms) - last).whole_days() > NEEDS_DAYS);
        let mut forgotten = 0;
        if is_long_over {
            // Or the mark that another erasure has made could be taken away.
            let _turn = self.turn.lock().await;
            let owed = self.owes().await;
            self.owe().await?;
            forgotten = self.database().forget_needs(coming.document).await?;
            if forgotten == 0 && !owed {
                self.owes_nothing().await;
            }
        }
        if coming.is_due(now_ms) {
            self.erase_occasion(coming.document, now_ms).await?;
            return Ok((true, forgotten));
        }
        if coming.is_due_for_notice(now_ms) {
            self.database().announce(coming.document, Some(now_ms)).await?;
        } else if coming.announced_at.is_some() {
            // Its days were moved, or the time was made longer.
            self.database().announce(coming.document, None).await?;
        }
        Ok((false, forgotten))
    }
}

/// Looks once a day, until the relay stops.
pub async fn tend(erasures: Erasures, stop: CancellationToken) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = every.tick() => {}
        }
        match erasures.retain(clock::now_ms()).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "occasions erased: their time was over"),
            Err(error) => tracing::error!(%error, "occasions whose time is over were not erased; tried again tomorrow"),
        }
    }
}

fn day_of(at_ms: i64) -> Date {
    OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1000)).map_or(Date::MIN, OffsetDateTime::date)
}

fn date_of(day: IsoDate) -> Option<Date> {
    Date::from_ordinal_date(day.year(), day.day_of_year()).ok()
}
