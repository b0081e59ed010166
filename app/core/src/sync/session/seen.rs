//! Which ephemeral messages have been seen.

use std::collections::{HashMap, VecDeque};

/// Sessions remembered; a document has a few dozen people at most.
const MAX_SESSIONS: usize = 256;
/// Messages behind the newest of a session that are still told apart; connections keep order, so few are needed.
const WINDOW: u64 = 64;

/// For each session the highest number seen, and which of the [`WINDOW`] below it.
#[derive(Debug, Default)]
pub(super) struct Seen {
    sessions: HashMap<String, (u64, u64)>,
    order: VecDeque<String>,
}

impl Seen {
    /// Whether the message is new; from now on it is not. What lies behind the window counts as seen.
    pub(super) fn insert(&mut self, session: &str, count: u64) -> bool {
        let Some((highest, below)) = self.sessions.get_mut(session) else {
            self.remember(session, count);
            return true;
        };
        if count > *highest {
            let ahead = count - *highest;
            // The former highest becomes a bit of the window, with those that it had.
            *below = if ahead > WINDOW { 0 } else { below.checked_shl(ahead as u32).unwrap_or(0) | 1 << (ahead - 1) };
            *highest = count;
            return true;
        }
        let behind = *highest - count;
        if behind == 0 || behind > WINDOW {
            return false;
        }
        let bit = 1 << (behind - 1);
        let new = *below & bit == 0;
        *below |= bit;
        new
    }

    fn remember(&mut self, session: &str, count: u64) {
        if self.order.len() >= MAX_SESSIONS
            && let Some(oldest) = self.order.pop_front()
        {
            self.sessions.remove(&oldest);
        }
        self.order.push_back(session.to_owned());
        self.sessions.insert(session.to_owned(), (count, 0));
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_SESSIONS, Seen};

    #[test]
    fn each_message_of_a_session_is_new_once_in_any_order() {
        let mut seen = Seen::default();
        let counts = [1, 3, 2, 3, 1, 2, 70, 5, 6, 6, 134, 69, 70, 71];
        let new = counts.map(|count| seen.insert("a", count));
        let expected = [true, true, true, false, false, false, true, false, true, false, true, false, false, true];
        assert_eq!(new, expected);
        assert!(seen.insert("b", 3));
    }

    #[test]
    fn memory_is_bounded_however_many_sessions_come() {
        let mut seen = Seen::default();
        for session in 0..10_000 {
            assert!(seen.insert(&session.to_string(), 1));
        }
        assert_eq!(seen.sessions.len(), MAX_SESSIONS);
        assert_eq!(seen.order.len(), MAX_SESSIONS);
    }
}
