//! How soon a document that failed is tried again: at once the first time, then after longer and longer waits, so that
//! neither damaged bytes nor a peer that knows how to provoke a fault keep the relay busy with loading.

use std::time::{Duration, Instant};

/// The wait after the second failure; each further one doubles it.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// No wait is longer.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// A document that has been well for so long starts over.
const FORGOTTEN: Duration = Duration::from_secs(600);

/// The failures of one document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setback {
    times: u32,
    last: Option<Instant>,
}

impl Setback {
    /// It failed again; how long to wait now.
    pub fn failed(&mut self, now: Instant) -> Duration {
        if self.is_forgotten(now) {
            self.times = 0;
        }
        self.times = self.times.saturating_add(1);
        self.last = Some(now);
        self.wait()
    }

    /// Whether it may be tried.
    pub fn may_try(&self, now: Instant) -> bool {
        self.last.is_none_or(|last| now.saturating_duration_since(last) >= self.wait())
    }

    /// Whether nothing of it needs to be remembered.
    pub fn is_forgotten(&self, now: Instant) -> bool {
        self.last.is_none_or(|last| now.saturating_duration_since(last) >= FORGOTTEN)
    }

    fn wait(&self) -> Duration {
        match self.times {
            0 | 1 => Duration::ZERO,
            times => FIRST_WAIT.saturating_mul(1_u32.checked_shl(times - 2).unwrap_or(u32::MAX)).min(LONGEST_WAIT),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_is_tried_again_at_once_and_each_further_one_later() {
        let (mut setback, now) = (Setback::default(), Instant::now());
        assert!(setback.may_try(now));
        let waits: Vec<u64> = (0..9).map(|_| setback.failed(now).as_secs()).collect();
        assert_eq!(waits, [0, 1, 2, 4, 8, 16, 32, 60, 60]);
        assert!(!setback.may_try(now + Duration::from_secs(59)));
        assert!(setback.may_try(now + Duration::from_secs(60)));
    }

    #[test]
    fn a_thousand_failures_do_not_make_the_wait_longer_than_a_minute() {
        let (mut setback, now) = (Setback::default(), Instant::now());
        for _ in 0..1_000 {
            setback.failed(now);
        }
        assert_eq!(setback.failed(now), LONGEST_WAIT);
    }

    #[test]
    fn who_has_been_well_for_long_starts_over() {
        let (mut setback, now) = (Setback::default(), Instant::now());
        for _ in 0..5 {
            setback.failed(now);
        }
        assert_eq!(setback.failed(now + FORGOTTEN), Duration::ZERO);
    }
}
