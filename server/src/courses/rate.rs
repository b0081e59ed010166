//! How often somebody may sign up: within an hour from one address, and for one occasion. A sliding window for each.

use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use app::domain::ids::DocumentId;

/// How long a sign-up counts.
const WINDOW: Duration = Duration::from_secs(3600);
/// Beyond so many remembered windows, those that have passed are forgotten.
const SWEEP_ABOVE: usize = 10_000;

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Counted {
    Address(IpAddr),
    Occasion(DocumentId),
}

/// Who is asked to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooMany {
    /// Whoever comes from this address.
    FromAddress(Duration),
    /// Everybody, for this occasion.
    ForOccasion(Duration),
}

/// Recent sign-ups.
#[derive(Debug)]
pub struct Rates {
    per_address: usize,
    per_occasion: usize,
    recent: Mutex<HashMap<Counted, VecDeque<Instant>>>,
}

impl Rates {
    /// At most so many within an hour.
    pub fn new(per_address: usize, per_occasion: usize) -> Self {
        Self { per_address, per_occasion, recent: Mutex::default() }
    }

    /// Counts a sign-up, or says who is to wait and how long. One that is refused does not count.
    pub fn count(&self, address: IpAddr, occasion: DocumentId, now: Instant) -> Result<(), TooMany> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.len() > SWEEP_ABOVE {
            recent.retain(|_, times| times.back().is_some_and(|last| now.duration_since(*last) < WINDOW));
        }
        let keys = [Counted::Address(address), Counted::Occasion(occasion)];
        if let Some(wait) = wait(&mut recent, &keys[0], self.per_address, now) {
            return Err(TooMany::FromAddress(wait));
        }
        if let Some(wait) = wait(&mut recent, &keys[1], self.per_occasion, now) {
            return Err(TooMany::ForOccasion(wait));
        }
        for key in keys {
            recent.entry(key).or_default().push_back(now);
        }
        Ok(())
    }
}

fn wait(
    recent: &mut HashMap<Counted, VecDeque<Instant>>,
    key: &Counted,
    limit: usize,
    now: Instant,
) -> Option<Duration> {
    let times = recent.get_mut(key)?;
    while times.front().is_some_and(|first| now.duration_since(*first) >= WINDOW) {
        times.pop_front();
    }
    if times.len() < limit {
        return None;
    }
    times.front().map(|first| WINDOW.saturating_sub(now.duration_since(*first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_an_occasion_each_have_their_hour() {
        let rates = Rates::new(2, 3);
        let (now, occasion) = (Instant::now(), DocumentId::from_random([7; 16]));
        let from = |last: u8| IpAddr::from([10, 0, 0, last]);
        assert_eq!(rates.count(from(1), occasion, now), Ok(()));
        assert_eq!(rates.count(from(1), occasion, now), Ok(()));
        let later = now + Duration::from_secs(600);
        assert_eq!(rates.count(from(1), occasion, later), Err(TooMany::FromAddress(Duration::from_secs(3000))));
        assert_eq!(rates.count(from(2), occasion, later), Ok(()));
        assert!(matches!(rates.count(from(3), occasion, later), Err(TooMany::ForOccasion(_))));
        assert_eq!(rates.count(from(1), occasion, now + WINDOW), Ok(()));
    }
}
