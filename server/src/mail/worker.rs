//! Sends what is due, one letter at a time over one connection, and removes what was sent long ago.
//!
//! Whether the server is reachable at all is kept apart from what it says of a letter: no letter is given up because the
//! server was away for a week.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use app::limits::Limits;
use tokio::{
    sync::Notify,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;

use super::{
    message::{MessageError, message},
    outbox::{Outgoing, reason},
    server::{Connection, Refusal},
    settings::Sending,
};
use crate::{clock, storage::Database};

/// How often the outbox is looked into, when nobody says that there is something in it.
const LOOK: Duration = Duration::from_secs(2);
/// A connection that has not been used for so long is closed.
const IDLE: Duration = Duration::from_secs(30);
/// Letters over one connection: some servers end it after a hundred.
const PER_CONNECTION: u32 = 100;
/// The longest wait for a server that is away, and for a letter that it did not take.
const LONGEST_SERVER_WAIT: Duration = Duration::from_secs(15 * 60);
const LONGEST_LETTER_WAIT: Duration = Duration::from_secs(4 * 3_600);
/// The letter in hand gets so long to be taken when the relay stops.
const LAST_LETTER: Duration = Duration::from_secs(5);
/// How often what was sent long ago is removed.
const TIDY: Duration = Duration::from_secs(3_600);

/// What others see of the worker.
#[derive(Debug, Default)]
pub struct Post {
    wake: Notify,
    is_hurried: AtomicBool,
    is_set_up: bool,
    away_since: Mutex<Option<i64>>,
}

impl Post {
    /// For a relay that has a mail server, or not.
    pub fn new(is_set_up: bool) -> Self {
        Self { is_set_up, ..Self::default() }
    }

    /// There is something in the outbox: to be called after the transaction, not in it.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Somebody wants to see it tried now: a server that was away is asked at once, however long the wait would be.
    pub fn hurry(&self) {
        self.is_hurried.store(true, Ordering::Relaxed);
        self.wake();
    }

    /// Whether letters are sent at all.
    pub fn is_set_up(&self) -> bool {
        self.is_set_up
    }

    /// Since when the mail server has not answered, if so.
    pub fn away_since(&self) -> Option<i64> {
        *self.away_since.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_away(&self, is_away: bool) {
        let mut since = self.away_since.lock().unwrap_or_else(PoisonError::into_inner);
        *since = if is_away { since.or_else(|| Some(clock::now_ms())) } else { None };
    }
}

/// Runs until `stop`. Without `sending` it removes what is old, and nothing else.
pub async fn run(
    database: Database,
    sending: Option<Sending>,
    limits: Limits,
    post: Arc<Post>,
    stop: CancellationToken,
) {
    let mut worker = Worker {
        database,
        limits,
        post,
        stop,
        connection: None,
        unwritten: BTreeSet::new(),
        server_failures: 0,
        not_before: Instant::now(),
    };
    let mut tidied: Option<Instant> = None;
    while !worker.stop.is_cancelled() {
        if tidied.is_none_or(|last| last.elapsed() >= TIDY) {
            worker.tidy().await;
            tidied = Some(Instant::now());
        }
        if let Some(sending) = &sending {
            worker.round(sending).await;
        }
        tokio::select! {
            () = worker.stop.cancelled() => {}
            () = worker.post.wake.notified() => {}
            () = sleep(LOOK) => {}
        }
    }
    worker.hang_up().await;
}

struct Open {
    connection: Connection,
    used: Instant,
    letters: u32,
}

struct Worker {
    database: Database,
    limits: Limits,
    post: Arc<Post>,
    stop: CancellationToken,
    connection: Option<Open>,
    /// Letters that the server has taken and the database has not been told of: they must not go out again.
    unwritten: BTreeSet<i64>,
    server_failures: u32,
    not_before: Instant,
}

impl Worker {
    async fn round(&mut self, sending: &Sending) {
        if self.post.is_hurried.swap(false, Ordering::Relaxed) {
            self.not_before = Instant::now();
        }
        while !self.stop.is_cancelled() && Instant::now() >= self.not_before && self.write_down().await {
            let letter = match self.database.next_letter(clock::now_ms()).await {
                Ok(Some(letter)) => letter,
                Ok(None) => break,
                Err(error) => {
                    tracing::error!(%error, "the outbox cannot be read");
                    break;
                }
            };
            if let Err(error) = self.deliver(&letter, sending).await {
                tracing::error!(%error, letter = letter.position, "what became of a letter was not written down");
                break;
            }
        }
        if self.connection.as_ref().is_some_and(|open| open.used.elapsed() >= IDLE) {
            self.hang_up().await;
        }
    }

    async fn deliver(&mut self, letter: &Outgoing, sending: &Sending) -> Result<(), sqlx::Error> {
        let now = clock::now_ms();
        if letter.good_until.is_some_and(|until| until < now) {
            tracing::warn!(letter = letter.position, "a letter was too late to be sent");
            return self.database.letter_is_too_late(letter.position).await;
        }
        let message = match message(letter, sending) {
            Ok(message) => message,
            Err(error) => {
                let why = match error {
                    MessageError::Address => reason::BAD_ADDRESS,
                    MessageError::Row(_) => reason::UNREADABLE,
                };
                tracing::warn!(letter = letter.position, why, "no message can be made of a letter");
                return self.database.letter_failed(letter.position, why).await;
            }
        };
        let Some(mut open) = self.connected(sending).await else { return Ok(()) };
        let stop = self.stop.clone();
        let sent = tokio::select! {
            sent = open.connection.send(&message) => sent,
            () = async { stop.cancelled().await; sleep(LAST_LETTER).await } => Err(Refusal::ForNow),
        };
        match sent {
            Ok(()) => {
                open.used = Instant::now();
                open.letters += 1;
                let is_enough = open.letters >= PER_CONNECTION;
                self.connection = Some(open);
                if is_enough {
                    self.hang_up().await;
                }
                self.unwritten.insert(letter.position);
                self.write_down().await;
                Ok(())
            }
            // Dropping the connection closes it: what the server would say next is not known.
            Err(refusal) => self.refused(letter, &refusal).await,
        }
    }

    async fn refused(&self, letter: &Outgoing, refusal: &Refusal) -> Result<(), sqlx::Error> {
        let attempts = u64::try_from(letter.attempts).unwrap_or_default().saturating_add(1);
        match refusal {
            Refusal::ForGood(code) => {
                tracing::warn!(letter = letter.position, code, "the mail server refused a letter for good");
                self.database.letter_failed(letter.position, &format!("smtp_{code}")).await
            }
            Refusal::ForNow if attempts >= self.limits.mail_attempts => {
                tracing::warn!(letter = letter.position, attempts, "a letter was given up");
                self.database.letter_failed(letter.position, reason::GAVE_UP).await
            }
            Refusal::ForNow => {
                let wait = backoff(self.first_wait(), attempts, LONGEST_LETTER_WAIT, rand::random());
                tracing::info!(letter = letter.position, attempts, "a letter did not go out and is tried again");
                let next = clock::now_ms().saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
                self.database.letter_waits(letter.position, next).await
            }
        }
    }

    /// A connection that answers, the one of before if it does.
    async fn connected(&mut self, sending: &Sending) -> Option<Open> {
        if let Some(mut open) = self.connection.take()
            && open.connection.is_alive().await
        {
            return Some(open);
        }
        let patience = Duration::from_secs(self.limits.mail_timeout_seconds);
        let opened = tokio::select! {
            opened = Connection::open(&sending.server, patience) => opened,
            () = self.stop.cancelled() => return None,
        };
        match opened {
            Ok(connection) => {
                self.server_failures = 0;
                self.post.is_away(false);
                Some(Open { connection, used: Instant::now(), letters: 0 })
            }
            Err(error) => {
                self.server_failures = self.server_failures.saturating_add(1);
                let wait = backoff(self.first_wait(), self.server_failures.into(), LONGEST_SERVER_WAIT, rand::random());
                self.not_before = Instant::now() + wait;
                self.post.is_away(true);
                tracing::warn!(%error, wait_seconds = wait.as_secs(), "no connection to the mail server");
                None
            }
        }
    }

    /// Tells the database what has been sent; false while it cannot be told.
    async fn write_down(&mut self) -> bool {
        while let Some(position) = self.unwritten.first().copied() {
            if let Err(error) = self.database.letter_sent(position, clock::now_ms()).await {
                tracing::error!(%error, letter = position, "a sent letter was not written down");
                return false;
            }
            self.unwritten.remove(&position);
        }
        true
    }

    async fn tidy(&self) {
        let kept = i64::try_from(self.limits.mail_kept_days).unwrap_or(i64::MAX).saturating_mul(24 * 3_600 * 1_000);
        match self.database.forget_sent_letters(clock::now_ms().saturating_sub(kept)).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "letters sent long ago were removed"),
            Err(error) => tracing::error!(%error, "letters sent long ago were not removed"),
        }
    }

    async fn hang_up(&mut self) {
        if let Some(open) = self.connection.take() {
            open.connection.close().await;
        }
    }

    fn first_wait(&self) -> Duration {
        Duration::from_secs(self.limits.mail_retry_seconds)
    }
}

/// How long to wait after so many failures: twice as long each time, and a quarter more or less, so that what failed
/// together does not come back together. `chance` is any number.
fn backoff(first: Duration, failures: u64, longest: Duration, chance: u32) -> Duration {
    let doublings = u32::try_from(failures.saturating_sub(1)).unwrap_or(u32::MAX).min(20);
    let wait = first.saturating_mul(2_u32.saturating_pow(doublings)).min(longest);
    wait / 4 * 3 + wait / 2_048 * (chance % 1_025)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn each_failure_doubles_the_wait_up_to_the_longest() {
        for (failures, minutes) in [(1, 1), (2, 2), (3, 4), (6, 32), (9, 240), (1_000, 240)] {
            let wait = backoff(MINUTE, failures, LONGEST_LETTER_WAIT, 512);
            let expected = MINUTE * minutes;
            assert!(wait.abs_diff(expected) < Duration::from_secs(1), "{failures}: {wait:?}");
        }
    }

    #[test]
    fn chance_spreads_the_wait_by_a_quarter_either_way() {
        assert_eq!(backoff(MINUTE, 1, LONGEST_LETTER_WAIT, 0), Duration::from_secs(45));
        let most = backoff(MINUTE, 1, LONGEST_LETTER_WAIT, 1_024);
        assert!(most > Duration::from_secs(74) && most <= Duration::from_secs(75), "{most:?}");
    }
}
