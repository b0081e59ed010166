//! Which facts of an occasion people have been told, and when they are told of others: once these have stood for a while,
//! so that somebody who corrects the place three times sends one letter, and never of what is over.

use app::domain::{IsoDate, Occasion, ids::DocumentId};
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;

/// What the letters have told of an occasion, as hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Those who have a place.
    pub told: Vec<u8>,
    /// Those who wait for one. None where that was not noted.
    pub waiting: Option<Vec<u8>>,
    /// What stands there and was not told, and since when.
    pub untold: Option<(Vec<u8>, i64)>,
}

/// Who is to be told now that facts have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct News {
    /// Since when it has stood so: whoever was told something after that knows.
    pub since: i64,
    /// Whether those who wait for a place are told too.
    pub is_for_waiting: bool,
}

impl Told {
    /// What there is in the ledger.
    pub async fn load(connection: &mut SqliteConnection, document: DocumentId) -> Result<Option<Self>, sqlx::Error> {
        type Row = (Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>, Option<i64>);
        let row: Option<Row> =
            sqlx::query_as("SELECT told, told_waiting, untold, untold_since FROM occasions WHERE document_id = ?")
                .bind(document.as_bytes().as_slice())
                .fetch_optional(connection)
                .await?;
        Ok(row.map(|(told, waiting, untold, since)| Self { told, waiting, untold: untold.zip(since) }))
    }

    /// As if everybody had been told these facts.
    fn all(facts: &Occasion) -> Self {
        Self { told: told_hash(facts), waiting: Some(waiting_hash(facts)), untold: None }
    }

    /// What is to be kept given the facts as they stand, and whether anybody is told now.
    pub fn next(
        before: Option<Self>,
        facts: &Occasion,
        today: Option<IsoDate>,
        now_ms: i64,
        quiet_ms: i64,
    ) -> (Self, Option<News>) {
        let all = Self::all(facts);
        let Some(before) = before.filter(|before| before.told != all.told) else { return (all, None) };
        // It is told when it is moved to days that come, if it ever is.
        if today.is_some_and(|today| facts.is_over(today)) {
            return (Self { untold: None, ..before }, None);
        }
        let since = match &before.untold {
            Some((hash, since)) if *hash == all.told => *since,
            _ => now_ms,
        };
        if now_ms.saturating_sub(since) < quiet_ms {
            return (Self { untold: Some((all.told, since)), ..before }, None);
        }
        let is_for_waiting = before.waiting.is_some() && before.waiting != all.waiting;
        (all, Some(News { since, is_for_waiting }))
    }
}

/// What those who have a place are told.
fn told_hash(facts: &Occasion) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash_days(&mut hash, facts);
    hash.update(format!("{}\n{}\n{}", facts.place, facts.link, facts.is_called_off));
    hash.finalize().to_vec()
}

/// What those who wait are told: all but the video link.
fn waiting_hash(facts: &Occasion) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash_days(&mut hash, facts);
    hash.update(format!("{}\n{}", facts.place, facts.is_called_off));
    hash.finalize().to_vec()
}

fn hash_days(hash: &mut Sha256, facts: &Occasion) {
    for day in &facts.days {
        hash.update(format!("{} {}-{}\n", day.date, day.from, day.to));
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a panic is a failed test")]
mod tests {
    use app::domain::OccasionDay;

    use super::*;

    const QUIET: i64 = 300;

    fn at(place: &str, date: &str) -> Occasion {
        let day =
            OccasionDay { date: date.parse().unwrap(), from: "09:00".parse().unwrap(), to: "16:00".parse().unwrap() };
        Occasion { place: place.to_owned(), days: vec![day], ..Occasion::default() }
    }

    fn next(before: Told, facts: &Occasion, now_ms: i64) -> (Told, Option<News>) {
        Told::next(Some(before), facts, "2026-05-01".parse().ok(), now_ms, QUIET)
    }

    #[test]
    fn three_corrections_are_told_once_when_the_last_has_stood_for_a_while() {
        let (day, told) = ("2026-06-01", Told::all(&at("Köping", "2026-06-01")));
        let (told, news) = next(told, &at("Sala", day), 1_000);
        assert_eq!(news, None);
        let (told, news) = next(told, &at("Arboga", day), 1_200);
        assert_eq!(news, None);
        let (told, news) = next(told, &at("Arboga", day), 1_200 + QUIET - 1);
        assert_eq!(news, None);
        let (told, news) = next(told, &at("Arboga", day), 1_200 + QUIET);
        assert_eq!(news, Some(News { since: 1_200, is_for_waiting: true }));
        assert_eq!(next(told, &at("Arboga", day), 9_000).1, None);
    }

    #[test]
    fn what_is_put_back_in_time_is_told_to_nobody() {
        let (day, told) = ("2026-06-01", Told::all(&at("Köping", "2026-06-01")));
        let (told, _) = next(told, &at("Sala", day), 1_000);
        let (told, news) = next(told, &at("Köping", day), 1_100);
        assert_eq!((told.untold.clone(), news), (None, None));
        assert_eq!(next(told, &at("Köping", day), 9_000).1, None);
    }

    #[test]
    fn of_what_is_over_nobody_is_told_until_it_is_moved_to_days_that_come() {
        let told = Told::all(&at("Köping", "2026-04-01"));
        let (told, news) = next(told, &at("Sala", "2026-04-01"), 1_000);
        assert_eq!((told.untold.clone(), news), (None, None));
        let (told, _) = next(told, &at("Sala", "2026-06-01"), 2_000);
        assert!(next(told, &at("Sala", "2026-06-01"), 2_000 + QUIET).1.is_some());
    }

    #[test]
    fn those_who_wait_are_not_told_of_a_video_link() {
        let before = at("Köping", "2026-06-01");
        let after = Occasion { link: "https://video.example/rum".to_owned(), ..before.clone() };
        let (told, _) = next(Told::all(&before), &after, 1_000);
        assert_eq!(next(told, &after, 2_000).1, Some(News { since: 1_000, is_for_waiting: false }));
    }
}
