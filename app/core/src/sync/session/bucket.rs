//! A rate: so much a second over time, so much at once.

/// A token bucket that lets what has come through and says how long to wait before the next: a message that is
/// already here costs less to take than to refuse, and the reader stops reading instead.
#[derive(Debug)]
pub(super) struct Bucket {
    per_second: u64,
    /// In thousandths, so that slow rates fill evenly.
    capacity: u64,
    level: u64,
    debt: u64,
    at_ms: Option<u64>,
}

impl Bucket {
    pub(super) fn new(per_second: u64, burst: u64) -> Self {
        let capacity = burst.saturating_mul(1000);
        Self { per_second: per_second.max(1), capacity, level: capacity, debt: 0, at_ms: None }
    }

    /// Takes `cost` and returns the milliseconds until it is paid for.
    pub(super) fn take(&mut self, cost: u64, now_ms: u64) -> u64 {
        let passed = now_ms.saturating_sub(self.at_ms.unwrap_or(now_ms));
        self.at_ms = Some(now_ms.max(self.at_ms.unwrap_or(now_ms)));
        let earned = passed.saturating_mul(self.per_second);
        let paid = earned.min(self.debt);
        self.debt -= paid;
        self.level = self.level.saturating_add(earned - paid).min(self.capacity);

        let cost = cost.saturating_mul(1000);
        let covered = cost.min(self.level);
        self.level -= covered;
        self.debt = self.debt.saturating_add(cost - covered);
        self.debt.div_ceil(self.per_second)
    }
}

#[cfg(test)]
mod tests {
    use super::Bucket;

    #[test]
    fn a_burst_passes_and_what_exceeds_it_waits_for_the_rate() {
        let mut bucket = Bucket::new(20, 100);
        for _ in 0..100 {
            assert_eq!(bucket.take(1, 0), 0);
        }
        assert_eq!(bucket.take(1, 0), 50);
        assert_eq!(bucket.take(1, 0), 100);
        assert_eq!(bucket.take(1, 150), 0);
        assert_eq!(bucket.take(1, 150), 50);
    }

    #[test]
    fn a_clock_that_stands_still_or_goes_back_earns_nothing() {
        let mut bucket = Bucket::new(1, 1);
        assert_eq!(bucket.take(1, 5_000), 0);
        assert_eq!(bucket.take(1, 1_000), 1000);
        assert_eq!(bucket.take(0, 5_000), 1000);
    }
}
