//! Who else is here, and in which cell: a list kept from short-lived messages.
//!
//! Pure: the clock is passed in. Nothing of this is stored anywhere.

use crate::domain::ids::UserId;
use crate::sync::presence::{CellRef, Presence};
use std::collections::BTreeMap;

/// How many colours there are for people; see the tokens of the design.
pub const COLORS: usize = 8;

/// Somebody who has the plan open in a tab of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonHere {
    /// Who.
    pub user: UserId,
    /// Full name.
    pub name: String,
    /// Which of the colours for people; a person has the same on every screen.
    pub color_index: usize,
    /// The cell the person is in.
    pub cell: Option<CellRef>,
    /// Tells two tabs of one person apart.
    pub tab: String,
}

/// Everybody heard of lately.
#[derive(Debug, Default)]
pub struct Gathering {
    seen: BTreeMap<(UserId, String), Seen>,
}

#[derive(Debug)]
struct Seen {
    cell: Option<CellRef>,
    at_ms: u64,
}

/// What a message changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Nothing that shows.
    Nothing,
    /// Somebody moved or left.
    Changed,
    /// Somebody new, who does not know yet that we are here.
    Newcomer,
}

impl Gathering {
    /// Each tab says at least this often that it is still here.
    pub const HEARTBEAT_MS: u64 = 10_000;
    /// Whoever has been silent for so long has left without saying so.
    pub const GONE_MS: u64 = 25_000;

    /// Takes in what a tab says about itself.
    pub fn hear(&mut self, presence: Presence, now_ms: u64) -> Heard {
        let key = (presence.user, presence.tab);
        if presence.left {
            return match self.seen.remove(&key) {
                Some(_) => Heard::Changed,
                None => Heard::Nothing,
            };
        }
        let seen = Seen { cell: presence.cell, at_ms: now_ms };
        match self.seen.get_mut(&key) {
            Some(known) => {
                let moved = known.cell != seen.cell;
                *known = seen;
                if moved { Heard::Changed } else { Heard::Nothing }
            }
            None => {
                self.seen.insert(key, seen);
                Heard::Newcomer
            }
        }
    }

    /// Lets go of whoever has been silent for too long; true if anybody was.
    pub fn forget_silent(&mut self, now_ms: u64) -> bool {
        let before = self.seen.len();
        self.seen.retain(|_, seen| now_ms.saturating_sub(seen.at_ms) < Self::GONE_MS);
        self.seen.len() != before
    }

    /// Lets go of everybody: the line is cut, and nobody can be seen through it. True if anybody was here.
    pub fn forget_all(&mut self) -> bool {
        let any = !self.seen.is_empty();
        self.seen.clear();
        any
    }

    /// Everybody but `me`, by person and tab.
    pub fn list(&self, me: Option<UserId>, name_of: impl Fn(UserId) -> String) -> Vec<PersonHere> {
        let others = self.seen.iter().filter(|((user, _), _)| Some(*user) != me);
        let person = |((user, tab), seen): (&(UserId, String), &Seen)| PersonHere {
            user: *user,
            name: name_of(*user),
            color_index: color_of(*user),
            cell: seen.cell.clone(),
            tab: tab.clone(),
        };
        others.map(person).collect()
    }
}

/// A person's colour. It follows from the id alone, so that colleagues who speak of "the green one" mean the same. Two
/// may share one: initials and name always stand beside it.
pub fn color_of(user: UserId) -> usize {
    user.to_string().bytes().fold(0_usize, |sum, byte| (sum * 31 + usize::from(byte)) % 9973) % COLORS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(number: u8) -> UserId {
        UserId::from_random([number; 16])
    }

    fn says(number: u8, tab: &str, row: Option<&str>) -> Presence {
        let cell = row.map(|row| CellRef { row: row.to_owned(), field: "Cost".to_owned() });
        Presence { user: user(number), tab: tab.to_owned(), cell, left: false }
    }

    fn list(gathering: &Gathering) -> Vec<PersonHere> {
        gathering.list(Some(user(1)), |user| user.to_string())
    }

    #[test]
    fn a_person_is_here_once_for_each_tab_but_not_oneself() {
        let mut gathering = Gathering::default();
        assert_eq!(gathering.hear(says(1, "mine", None), 0), Heard::Newcomer);
        gathering.hear(says(2, "a", None), 0);
        gathering.hear(says(2, "b", Some("row")), 0);
        let people = list(&gathering);
        assert_eq!(people.iter().map(|person| person.tab.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(people[0].color_index, people[1].color_index);
    }

    #[test]
    fn only_what_shows_counts_as_a_change() {
        let mut gathering = Gathering::default();
        gathering.hear(says(2, "a", None), 0);
        assert_eq!(gathering.hear(says(2, "a", None), 5), Heard::Nothing);
        assert_eq!(gathering.hear(says(2, "a", Some("row")), 6), Heard::Changed);
        let left = Presence { left: true, ..says(2, "a", None) };
        assert_eq!(gathering.hear(left.clone(), 7), Heard::Changed);
        assert_eq!(gathering.hear(left, 8), Heard::Nothing);
        assert!(list(&gathering).is_empty());
    }

    #[test]
    fn whoever_is_silent_for_long_is_gone() {
        let mut gathering = Gathering::default();
        gathering.hear(says(2, "a", None), 0);
        gathering.hear(says(3, "b", None), Gathering::GONE_MS);
        assert!(gathering.forget_silent(Gathering::GONE_MS + 1));
        assert!(!gathering.forget_silent(Gathering::GONE_MS + 2));
        assert_eq!(list(&gathering).len(), 1);
        assert!(gathering.forget_all());
    }

    #[test]
    fn a_person_has_the_same_colour_whoever_else_is_here() {
        let mut full = Gathering::default();
        for number in 10..30 {
            full.hear(says(number, "a", None), 0);
        }
        for person in list(&full) {
            let mut alone = Gathering::default();
            alone.hear(Presence { user: person.user, tab: "b".to_owned(), cell: None, left: false }, 0);
            assert_eq!(list(&alone)[0].color_index, person.color_index);
        }
        let colors: std::collections::BTreeSet<_> = list(&full).iter().map(|person| person.color_index).collect();
        assert!(colors.len() > COLORS / 2 && colors.iter().all(|color| *color < COLORS));
    }
}
