//! How long to wait before the next attempt: longer each time, and never the same for two tabs.
//!
//! Pure: randomness is passed in. When a relay comes back, a thousand tabs want it at once; the jitter spreads them.

/// Doubling waits with jitter, between half a second and half a minute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    attempts: u32,
}

impl Backoff {
    /// The first wait at most, in milliseconds.
    pub const FIRST_MS: u32 = 500;
    /// No wait is longer than this, in milliseconds.
    pub const LONGEST_MS: u32 = 30_000;

    /// The next wait in milliseconds, somewhere between half of the current step and all of it. `random` is any
    /// number, evenly spread.
    pub fn next(&mut self, random: u32) -> u32 {
        let step = Self::FIRST_MS.saturating_mul(1 << self.attempts.min(10)).min(Self::LONGEST_MS);
        self.attempts = self.attempts.saturating_add(1);
        let half = step / 2;
        half + random % (step - half + 1)
    }

    /// Starts over: something went well, or there is reason to believe that it will.
    pub fn reset(&mut self) {
        self.attempts = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_half_a_minute_and_start_over_after_success() {
        let mut backoff = Backoff::default();
        let longest: Vec<u32> = (0..8).map(|_| Backoff { ..backoff }.next(0).max(backoff.next(0)) * 2).collect();
        assert_eq!(longest, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
        backoff.reset();
        assert!(backoff.next(u32::MAX) <= Backoff::FIRST_MS);
    }

    #[test]
    fn no_randomness_leaves_the_bounds() {
        for random in [0, 1, 249, 250, 251, 99_999, u32::MAX] {
            let mut backoff = Backoff::default();
            for _ in 0..40 {
                let wait = backoff.next(random);
                assert!((Backoff::FIRST_MS / 2..=Backoff::LONGEST_MS).contains(&wait));
            }
        }
    }
}
