//! Where the user's changes are, in words that are true: derived from facts, never set by hand.
//!
//! Pure: knows no clock, no page and no browser. The engine collects [`Facts`] and asks [`Status::derive`]; a
//! [`Smoother`] then keeps the words from flickering without ever letting them promise too much.

/// Why something cannot be stored on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveProblem {
    /// The device, or the share of it that the browser allows us, is full.
    Quota,
    /// Anything else: storage is blocked, broken or closed.
    Other,
}

/// How this tab stands with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Connection {
    /// Not yet connected, and not for long enough to speak of it.
    #[default]
    Connecting,
    /// The two talk.
    Online,
    /// No network, or no answer for a while.
    Offline,
    /// The server asks to sign in again.
    SignedOut,
    /// The server no longer gives out this document to the user.
    Forbidden,
}

/// What [`Status::derive`] builds on.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Facts {
    /// Whether the document is open: from this device or from the server.
    pub loaded: bool,
    /// Whether it has taken so long to open that one should say so (a second).
    pub slow: bool,
    /// Whether the user may write.
    pub can_write: bool,
    /// The line to the server.
    pub connection: Connection,
    /// Changes on their way into this device's storage.
    pub storing: usize,
    /// Why the storage refuses them, if it does.
    pub failing: Option<SaveProblem>,
    /// The user's changes that the server has not said it stored.
    pub waiting: usize,
    /// Whether some have waited for so long that one should say how many (two seconds).
    pub lagging: bool,
}

/// What the status line says. The words are those of the design, see [`Status::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Status {
    /// The page has just come; there is nothing to say yet, and nothing is said.
    #[default]
    Starting,
    /// It takes more than a second to open the plan.
    Loading,
    /// The newest change is on its way to this device's storage.
    Saving,
    /// Everything is stored on this device, and on its way to the server.
    SavedHere,
    /// The server has stored everything.
    SavedOnServer,
    /// No network.
    Offline {
        /// Changes that the server lacks.
        waiting: usize,
    },
    /// Connected, but some changes have not been taken by the server yet.
    Waiting {
        /// How many.
        count: usize,
    },
    /// The network came back and everything has been sent.
    BackOnline,
    /// This device does not take what is written.
    CannotSave {
        /// Why.
        reason: SaveProblem,
    },
    /// The session has ended; the changes stay here until the user has signed in again.
    SignedOut {
        /// Changes that the server lacks.
        waiting: usize,
    },
    /// The user lost the right to the plan.
    NoLongerAllowed {
        /// Changes that were never sent.
        unsent: usize,
    },
    /// The user may read, not write.
    ReadOnly,
}

impl Status {
    /// The status that follows from the facts. The most pressing wins.
    pub fn derive(facts: &Facts) -> Self {
        if facts.connection == Connection::Forbidden {
            return Self::NoLongerAllowed { unsent: facts.waiting };
        }
        if let Some(reason) = facts.failing {
            return Self::CannotSave { reason };
        }
        if !facts.loaded {
            return match (facts.connection, facts.slow) {
                (Connection::Offline, _) => Self::Offline { waiting: 0 },
                (Connection::SignedOut, _) => Self::SignedOut { waiting: 0 },
                (_, true) => Self::Loading,
                (_, false) => Self::Starting,
            };
        }
        let waiting = facts.waiting;
        match facts.connection {
            _ if facts.storing > 0 => Self::Saving,
            Connection::SignedOut => Self::SignedOut { waiting },
            Connection::Offline => Self::Offline { waiting },
            _ if !facts.can_write && waiting == 0 => Self::ReadOnly,
            _ if waiting == 0 => Self::SavedOnServer,
            Connection::Online if !facts.lagging => Self::SavedHere,
            _ => Self::Waiting { count: waiting },
        }
    }

    /// The words for the status line, in Swedish. Empty while there is nothing to say.
    pub fn text(&self) -> String {
        match self {
            Self::Starting => String::new(),
            Self::Loading => "Hämtar planen …".to_owned(),
            Self::Saving => "Sparar …".to_owned(),
            Self::SavedHere => "Sparat på den här datorn".to_owned(),
            Self::SavedOnServer => "Alla ändringar är sparade".to_owned(),
            Self::Offline { .. } => "Du är offline. Du kan fortsätta arbeta. Ändringarna sparas på den här datorn och \
                 skickas när du är uppkopplad igen."
                .to_owned(),
            Self::Waiting { count } => waiting_text(*count),
            Self::BackOnline => "Du är uppkopplad igen. Alla ändringar är sparade.".to_owned(),
            Self::CannotSave { reason } => {
                let advice = match reason {
                    SaveProblem::Quota => " Det finns inte plats på den här datorn.",
                    SaveProblem::Other => "",
                };
                format!("Det gick inte att spara. Vi försöker igen. Stäng inte fliken.{advice}")
            }
            Self::SignedOut { waiting: 0 } => {
                "Du är utloggad. Logga in igen för att få de senaste ändringarna.".to_owned()
            }
            Self::SignedOut { waiting } => {
                format!("Du är utloggad. {}. Logga in igen så skickas de.", waiting_text(*waiting))
            }
            Self::NoLongerAllowed { unsent: 0 } => "Du har inte längre behörighet till den här planen.".to_owned(),
            Self::NoLongerAllowed { unsent } => {
                format!("Du har inte längre behörighet till den här planen. {} hann inte skickas.", changes(*unsent))
            }
            Self::ReadOnly => "Du kan läsa planen men inte ändra den".to_owned(),
        }
    }

    /// How many changes the server lacks, for a line beside the text. None where the text already says it.
    pub fn waiting(&self) -> Option<usize> {
        match self {
            Self::Offline { waiting } => Some(*waiting),
            _ => None,
        }
    }

    /// Whether closing the tab now would lose something.
    pub fn is_unsafe_to_close(&self) -> bool {
        matches!(self, Self::Saving | Self::CannotSave { .. })
    }
}

/// “3 ändringar väntar på att skickas”.
pub fn waiting_text(count: usize) -> String {
    format!("{} väntar på att skickas", changes(count))
}

fn changes(count: usize) -> String {
    match count {
        1 => "1 ändring".to_owned(),
        _ => format!("{count} ändringar"),
    }
}

/// Keeps the status line calm: good news waits until it has been true for a moment, bad news never waits.
#[derive(Clone, Debug, Default)]
pub struct Smoother {
    shown: Status,
    /// Since when the derived status has been better than the shown one.
    better_since: Option<u64>,
    was_offline: bool,
    back_since: Option<u64>,
}

impl Smoother {
    /// How long everything must have been saved before the line says so again: longer than the pause between two
    /// keys, shorter than one notices.
    pub const CALM_MS: u64 = 400;
    /// How long “Du är uppkopplad igen” stays.
    pub const BACK_MS: u64 = 6_000;

    /// The status to show, and in how many milliseconds to ask again if nothing else happens.
    pub fn next(&mut self, derived: Status, now_ms: u64) -> (Status, Option<u64>) {
        match derived {
            Status::Offline { .. } => self.was_offline = true,
            Status::SavedOnServer if self.was_offline => {
                self.was_offline = false;
                self.back_since = Some(now_ms);
            }
            _ => {}
        }
        if derived != Status::SavedOnServer {
            self.better_since = None;
            if !matches!(derived, Status::Saving | Status::SavedHere) {
                self.back_since = None;
            }
            self.shown = derived;
            return (derived, None);
        }
        if let Some(since) = self.back_since {
            let passed = now_ms.saturating_sub(since);
            if passed < Self::BACK_MS {
                self.shown = Status::BackOnline;
                return (self.shown, Some(Self::BACK_MS - passed));
            }
            self.back_since = None;
        }
        if matches!(self.shown, Status::Saving | Status::SavedHere) {
            let since = *self.better_since.get_or_insert(now_ms);
            let passed = now_ms.saturating_sub(since);
            if passed < Self::CALM_MS {
                // What is shown instead is true as well: what is on the server is also here.
                self.shown = Status::SavedHere;
                return (self.shown, Some(Self::CALM_MS - passed));
            }
        }
        self.better_since = None;
        self.shown = Status::SavedOnServer;
        (self.shown, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn online() -> Facts {
        Facts { loaded: true, can_write: true, connection: Connection::Online, ..Facts::default() }
    }

    #[track_caller]
    fn check(facts: Facts, expected: Status) {
        assert_eq!(Status::derive(&facts), expected, "{facts:?}");
    }

    #[test]
    fn all_is_saved_only_when_the_server_has_everything() {
        check(online(), Status::SavedOnServer);
        check(Facts { waiting: 1, ..online() }, Status::SavedHere);
        check(Facts { storing: 1, waiting: 1, ..online() }, Status::Saving);
        check(Facts { waiting: 2, connection: Connection::Connecting, ..online() }, Status::Waiting { count: 2 });
        check(Facts { waiting: 2, lagging: true, ..online() }, Status::Waiting { count: 2 });
    }

    #[test]
    fn offline_tells_how_many_changes_wait() {
        let facts = Facts { waiting: 3, connection: Connection::Offline, ..online() };
        check(facts, Status::Offline { waiting: 3 });
        assert_eq!(waiting_text(3), "3 ändringar väntar på att skickas");
        assert_eq!(waiting_text(1), "1 ändring väntar på att skickas");
    }

    #[test]
    fn a_full_disk_is_told_before_anything_else_but_a_lost_permission() {
        let full = Facts { failing: Some(SaveProblem::Quota), waiting: 1, storing: 1, ..online() };
        check(full.clone(), Status::CannotSave { reason: SaveProblem::Quota });
        check(Facts { connection: Connection::Forbidden, ..full }, Status::NoLongerAllowed { unsent: 1 });
    }

    #[test]
    fn nothing_is_shown_as_loading_before_a_second() {
        let opening = Facts { loaded: false, ..online() };
        check(opening.clone(), Status::Starting);
        check(Facts { slow: true, ..opening }, Status::Loading);
        assert_eq!(Status::Starting.text(), "");
    }

    #[test]
    fn a_reader_sees_that_the_plan_cannot_be_changed() {
        check(Facts { can_write: false, ..online() }, Status::ReadOnly);
    }

    #[test]
    fn the_line_does_not_flicker_between_two_keys_and_never_promises_too_early() {
        let mut smoother = Smoother::default();
        assert_eq!(smoother.next(Status::SavedOnServer, 0).0, Status::SavedOnServer);
        assert_eq!(smoother.next(Status::Saving, 10).0, Status::Saving);
        assert_eq!(smoother.next(Status::SavedHere, 20).0, Status::SavedHere);
        let (shown, again) = smoother.next(Status::SavedOnServer, 30);
        assert_eq!((shown, again), (Status::SavedHere, Some(Smoother::CALM_MS)));
        assert_eq!(smoother.next(Status::Saving, 100).0, Status::Saving);
        assert_eq!(smoother.next(Status::SavedOnServer, 120).0, Status::SavedHere);
        let later = 120 + Smoother::CALM_MS;
        assert_eq!(smoother.next(Status::SavedOnServer, later), (Status::SavedOnServer, None));
    }

    #[test]
    fn coming_back_online_is_told_for_a_while_once_everything_is_sent() {
        let mut smoother = Smoother::default();
        let _ = smoother.next(Status::Offline { waiting: 1 }, 0);
        assert_eq!(smoother.next(Status::Waiting { count: 1 }, 10).0, Status::Waiting { count: 1 });
        let (shown, again) = smoother.next(Status::SavedOnServer, 20);
        assert_eq!((shown, again), (Status::BackOnline, Some(Smoother::BACK_MS)));
        let later = 20 + Smoother::BACK_MS;
        assert_eq!(smoother.next(Status::SavedOnServer, later).0, Status::SavedOnServer);
    }
}
