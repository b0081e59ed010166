//! How often somebody may try to sign in.
//!
//! A sliding window for each pair of account and address, and wider ones for the address and for the account alone:
//! nobody can lock another person out from one address, nor guess in peace from one or from many. An attempt counts
//! from the moment it begins, so that many at once are no way around, and is given back if the password was right.

use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// One address may try this many times as often as one account from it: an office shares an address.
const PER_ADDRESS: usize = 6;
/// One account may be tried from this many addresses' worth of attempts.
const PER_ACCOUNT: usize = 10;
/// Beyond so many remembered windows the oldest are forgotten first by sweeping those that have passed.
const SWEEP_ABOVE: usize = 10_000;

/// What attempts are counted for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Counted {
    Pair(String, IpAddr),
    Address(IpAddr),
    Account(String),
}

/// Recent attempts to sign in.
#[derive(Debug)]
pub struct Attempts {
    limit: usize,
    window: Duration,
    recent: Mutex<HashMap<Counted, VecDeque<Instant>>>,
}

/// An attempt that was let through; give it back if the password was right.
#[derive(Debug)]
pub struct Attempt {
    at: Instant,
    keys: [Counted; 3],
}

impl Attempts {
    /// At most `limit` attempts for an account and address within `window`.
    pub fn new(limit: usize, window: Duration) -> Self {
        Self { limit, window, recent: Mutex::default() }
    }

    /// Begins an attempt, or says how long to wait before the next.
    pub fn begin(&self, email: &str, address: IpAddr, now: Instant) -> Result<Attempt, Duration> {
        let account = email.trim().to_lowercase();
        let keys = [Counted::Pair(account.clone(), address), Counted::Address(address), Counted::Account(account)];
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.len() > SWEEP_ABOVE {
            recent.retain(|_, times| times.back().is_some_and(|last| now.duration_since(*last) < self.window));
        }
        let mut wait = Duration::ZERO;
        for key in &keys {
            let Some(times) = recent.get_mut(key) else { continue };
            while times.front().is_some_and(|first| now.duration_since(*first) >= self.window) {
                times.pop_front();
            }
            let limit = self.limit_of(key);
            if times.len() >= limit
                && let Some(freed) = times.get(times.len() - limit)
            {
                wait = wait.max(self.window.saturating_sub(now.duration_since(*freed)));
            }
        }
        if !wait.is_zero() {
            return Err(wait);
        }
        for key in &keys {
            recent.entry(key.clone()).or_default().push_back(now);
        }
        Ok(Attempt { at: now, keys })
    }

    /// The password was right: the attempt does not count.
    pub fn give_back(&self, attempt: Attempt) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &attempt.keys {
            let Some(times) = recent.get_mut(key) else { continue };
            if let Some(index) = times.iter().rposition(|time| *time == attempt.at) {
                times.remove(index);
            }
            if times.is_empty() {
                recent.remove(key);
            }
        }
    }

    fn limit_of(&self, key: &Counted) -> usize {
        match key {
            Counted::Pair(..) => self.limit,
            Counted::Address(_) => self.limit.saturating_mul(PER_ADDRESS),
            Counted::Account(_) => self.limit.saturating_mul(PER_ACCOUNT),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
    const WINDOW: Duration = Duration::from_secs(900);

    #[test]
    fn the_sixth_attempt_within_the_window_waits_for_the_first_to_pass() {
        let attempts = Attempts::new(5, WINDOW);
        let start = Instant::now();
        for second in 0..5 {
            attempts.begin("A@b.example", HERE, start + Duration::from_secs(second)).expect("as the test says");
        }
        let wait = attempts.begin("a@b.example ", HERE, start + Duration::from_secs(10)).expect_err("as the test says");
        assert_eq!(wait, Duration::from_secs(890));
        attempts.begin("a@b.example", HERE, start + WINDOW).expect("as the test says");
    }

    #[test]
    fn another_address_is_not_locked_out_by_the_first() {
        let attempts = Attempts::new(1, WINDOW);
        let now = Instant::now();
        attempts.begin("a", HERE, now).expect("as the test says");
        attempts.begin("a", HERE, now).expect_err("as the test says");
        attempts.begin("a", "10.0.0.1".parse().expect("as the test says"), now).expect("as the test says");
    }

    #[test]
    fn one_address_cannot_try_account_after_account() {
        let attempts = Attempts::new(1, WINDOW);
        let now = Instant::now();
        let let_through = (0..100).filter(|n| attempts.begin(&n.to_string(), HERE, now).is_ok()).count();
        assert_eq!(let_through, PER_ADDRESS);
    }

    #[test]
    fn a_right_password_does_not_count() {
        let attempts = Attempts::new(1, WINDOW);
        let now = Instant::now();
        for _ in 0..20 {
            let attempt = attempts.begin("a", HERE, now).expect("as the test says");
            attempts.give_back(attempt);
        }
    }
}
