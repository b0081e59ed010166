//! *Statistik*: how many took part, by course, year, party and sex. Names nobody.
//!
//! Counts are taken from occasions that are here and, once people have been erased, from what was kept of them: the two
//! are added without anybody being counted twice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Occasion, Party, Registration, Sex};

/// What is counted apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// *År*, of the first day.
    pub year: i32,
    /// *Kurs*, by its name.
    pub course: String,
    /// *Part*.
    pub party: Party,
    /// *Kön*.
    pub sex: Sex,
}

/// How many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// *Anmälda*: registered, and neither cancelled nor declined; nobody where the occasion was called off.
    pub registered: u32,
    /// *Deltog*: was there on at least one day.
    pub attended: u32,
}

impl Count {
    /// Both counts together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            registered: self.registered.saturating_add(other.registered),
            attended: self.attended.saturating_add(other.attended),
        }
    }
}

/// Counts by group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistics {
    groups: BTreeMap<Group, Count>,
}

impl Statistics {
    /// Counts these registrations for an occasion.
    pub fn count<'a>(&mut self, occasion: &Occasion, registrations: impl IntoIterator<Item = &'a Registration>) {
        let (year, course) = (year_of(occasion), course_of(occasion));
        for registration in registrations {
            let has_attended = registration.attendance.values().any(|present| *present);
            // Whoever had signed up for what was called off has not been to anything.
            let is_counted = registration.is_live() && !occasion.is_called_off;
            if !is_counted && !has_attended {
                continue;
            }
            let group = Group { year, course: course.to_owned(), party: registration.party, sex: registration.sex };
            self.add(group, Count { registered: 1, attended: u32::from(has_attended) });
        }
    }

    /// Adds what was counted before.
    pub fn add(&mut self, group: Group, count: Count) {
        let sum = self.groups.entry(group).or_default();
        *sum = sum.plus(count);
    }

    /// All of it, group by group.
    pub fn groups(&self) -> impl Iterator<Item = (&Group, Count)> {
        self.groups.iter().map(|(group, count)| (group, *count))
    }

    /// Those of one year alone.
    #[must_use]
    pub fn of_year(&self, year: i32) -> Self {
        let groups = self.groups.iter().filter(|(group, _)| group.year == year);
        Self { groups: groups.map(|(group, count)| (group.clone(), *count)).collect() }
    }

    /// The years that anything was counted in, the latest first.
    pub fn years(&self) -> Vec<i32> {
        let mut years: Vec<i32> = self.groups.keys().map(|group| group.year).collect();
        years.dedup();
        years.reverse();
        years
    }

    /// Sums by whatever groups have in common, in its order.
    pub fn by<Key: Ord>(&self, key: impl Fn(&Group) -> Key) -> BTreeMap<Key, Count> {
        let mut sums: BTreeMap<Key, Count> = BTreeMap::new();
        for (group, count) in &self.groups {
            let sum = sums.entry(key(group)).or_default();
            *sum = sum.plus(*count);
        }
        sums
    }

    /// All together.
    pub fn total(&self) -> Count {
        self.groups.values().fold(Count::default(), |sum, count| sum.plus(*count))
    }
}

/// The year that an occasion is counted in.
pub(super) fn year_of(occasion: &Occasion) -> i32 {
    occasion.first_day().map_or(occasion.year, |day| day.year())
}

/// The course that an occasion is counted as.
pub(super) fn course_of(occasion: &Occasion) -> &str {
    if occasion.course_name.is_empty() { &occasion.title } else { &occasion.course_name }
}
