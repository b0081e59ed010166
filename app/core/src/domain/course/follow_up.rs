//! *Kurser i uppföljningen*: how many took part in an association's courses of a year, and what a participant cost.
//!
//! Numbers alone, so that whoever may read the plan may see them. Each occasion is counted by itself, by party and by sex
//! but never by both: what a device counts anew takes the place of what it was told, and small groups stay together.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::statistics::{Count, Statistics, course_of, year_of};
use super::{Occasion, Party, Registration, Sex};
use crate::domain::IsoDate;
use crate::domain::budget::Budget;
use crate::domain::county::CountyItem;
use crate::domain::ids::{DocumentId, ItemId, LineId};
use crate::domain::money::Money;
use crate::domain::outcome::Outcome;
use crate::domain::ratio::Ratio;
use crate::domain::year::Year;

/// So few people that a figure may point one of them out.
pub const FEW: u32 = 4;

/// An occasion in numbers; or a course, of people who were erased.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Which occasion; none for what is left of people who were erased.
    pub occasion: Option<DocumentId>,
    /// *År*, of the first day.
    pub year: i32,
    /// *Kurs*, by its name.
    pub course: String,
    /// *Kostnadsrad i budgeten*.
    pub line: Option<LineId>,
    /// How many in all.
    pub count: Count,
    /// *Per part*.
    pub parties: BTreeMap<Party, Count>,
    /// *Per kön*.
    pub sexes: BTreeMap<Sex, Count>,
}

impl Tally {
    /// Counts an occasion.
    pub fn of<'a>(
        document: DocumentId,
        occasion: &Occasion,
        registrations: impl IntoIterator<Item = &'a Registration>,
    ) -> Self {
        let mut statistics = Statistics::default();
        statistics.count(occasion, registrations);
        let mut tally = Self {
            occasion: Some(document),
            year: year_of(occasion),
            course: course_of(occasion).to_owned(),
            line: occasion.cost_line,
            ..Self::default()
        };
        for (group, count) in statistics.groups() {
            tally.add(group.party, group.sex, count);
        }
        tally
    }

    fn add(&mut self, party: Party, sex: Sex, count: Count) {
        self.count = self.count.plus(count);
        add_to(&mut self.parties, party, count);
        add_to(&mut self.sexes, sex, count);
    }
}

/// *Kurser i uppföljningen*: all that was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseFollowUp {
    /// Occasion by occasion, and what is left of people who were erased.
    pub tallies: Vec<Tally>,
    /// How many of those who were erased had been there, by the line of the budget that paid.
    #[serde(default)]
    pub erased: BTreeMap<LineId, u32>,
}

/// A course in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CourseCount {
    /// How many in all.
    pub count: Count,
    /// *Per kön*.
    pub sexes: BTreeMap<Sex, Count>,
}

impl CourseCount {
    fn plus(&mut self, tally: &Tally) {
        self.count = self.count.plus(tally.count);
        for (sex, count) in &tally.sexes {
            add_to(&mut self.sexes, *sex, *count);
        }
    }

    /// How many of a sex were there.
    pub fn attended(&self, sex: Sex) -> u32 {
        self.sexes.get(&sex).map_or(0, |count| count.attended)
    }
}

impl CourseFollowUp {
    /// Adds what was kept of people who were erased.
    pub fn add_erased(&mut self, statistics: &Statistics) {
        let mut courses: BTreeMap<(i32, &str), Tally> = BTreeMap::new();
        for (group, count) in statistics.groups() {
            let tally = courses.entry((group.year, group.course.as_str())).or_insert_with(|| Tally {
                year: group.year,
                course: group.course.clone(),
                ..Tally::default()
            });
            tally.add(group.party, group.sex, count);
        }
        self.tallies.extend(courses.into_values());
    }

    /// Puts a fresh count of an occasion in place of the one that is here; nothing where there is none, since it may have
    /// been counted under the id it had before somebody was erased.
    pub fn recount(&mut self, fresh: Tally) {
        if let Some(known) = self.tallies.iter_mut().find(|known| known.occasion == fresh.occasion) {
            *known = fresh;
        }
    }

    /// Those of one year alone.
    #[must_use]
    pub fn of_year(mut self, year: i32) -> Self {
        self.tallies.retain(|tally| tally.year == year);
        self
    }

    /// All together.
    pub fn total(&self) -> CourseCount {
        let mut total = CourseCount::default();
        self.tallies.iter().for_each(|tally| total.plus(tally));
        total
    }

    /// Course by course, by name; those nobody has registered for are left out.
    pub fn by_course(&self) -> BTreeMap<String, CourseCount> {
        let mut courses: BTreeMap<String, CourseCount> = BTreeMap::new();
        for tally in self.tallies.iter().filter(|tally| tally.count != Count::default()) {
            courses.entry(tally.course.clone()).or_default().plus(tally);
        }
        courses
    }

    /// Party by party, in their order.
    pub fn by_party(&self) -> BTreeMap<Party, Count> {
        let mut parties = BTreeMap::new();
        for (party, count) in self.tallies.iter().flat_map(|tally| &tally.parties) {
            add_to(&mut parties, *party, *count);
        }
        parties
    }

    /// How many took part in what a line of the budget paid for.
    pub fn participants(&self) -> BTreeMap<LineId, u32> {
        let mut lines = self.erased.clone();
        for tally in &self.tallies {
            if let Some(line) = tally.line {
                let participants = lines.entry(line).or_default();
                *participants = participants.saturating_add(tally.count.attended);
            }
        }
        lines
    }

    /// Courses that people have taken part in though no line of the budget is said to pay for them.
    pub fn without_line(&self) -> BTreeSet<&str> {
        let lacks = |tally: &&Tally| tally.occasion.is_some() && tally.line.is_none() && tally.count.attended > 0;
        self.tallies.iter().filter(lacks).map(|tally| tally.course.as_str()).collect()
    }
}

fn add_to<Key: Ord>(sums: &mut BTreeMap<Key, Count>, key: Key, count: Count) {
    let sum = sums.entry(key).or_default();
    *sum = sum.plus(count);
}

/// Where a cost comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CostSource {
    /// *Utfall*: booked through a day.
    Outcome(IsoDate),
    /// *Budget*: nothing is booked on the line yet.
    Budget,
}

/// What courses cost that a line of the budget pays for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineCost {
    /// *Namn* of the line; none where it is not in the budget any more.
    pub name: Option<String>,
    /// *Kostnad*, and where it comes from. Empty is not zero.
    pub cost: Option<(Money, CostSource)>,
    /// *Deltog*: how many took part.
    pub participants: u32,
}

impl LineCost {
    /// *Kostnad per deltagare*: unknown where the cost is, or where nobody has taken part.
    pub fn per_participant(&self) -> Option<Money> {
        cost_per_participant(self.cost?.0, self.participants)
    }
}

/// *Kostnad per deltagare*, rounded to whole öre, half away from zero; none where nobody has taken part.
///
/// ```
/// use samplan_core::domain::{Money, course::follow_up::cost_per_participant};
///
/// assert_eq!(cost_per_participant(Money::from_kronor(100), 3), Some(Money::from_ore(33_33)));
/// assert_eq!(cost_per_participant(Money::from_kronor(100), 0), None);
/// ```
pub fn cost_per_participant(cost: Money, participants: u32) -> Option<Money> {
    let share = Ratio::new(cost.ore().into(), participants.into())?;
    i64::try_from(share.times_rounded(1)).ok().map(Money::from_ore)
}

/// What lines of an association's budget cost for each participant, in the budget's order: what is booked on the line
/// where anything is, and else what is budgeted for the year.
pub fn line_costs(
    participants: &BTreeMap<LineId, u32>,
    budget: &Budget,
    year: Year,
    outcome: Option<&Outcome>,
) -> Vec<LineCost> {
    let outcome = outcome.filter(|outcome| outcome.through.year() == year.number());
    let booked = |line: LineId| {
        let outcome = outcome?;
        Some((outcome.lines.get(&line)?.amount?, CostSource::Outcome(outcome.through)))
    };
    let known = budget.lines().filter_map(|(_, line)| {
        let budgeted = || line.amounts.get(&year).map(|amount| (*amount, CostSource::Budget));
        let participants = *participants.get(&line.id)?;
        Some((
            line.id,
            LineCost { name: Some(line.name.clone()), cost: booked(line.id).or_else(budgeted), participants },
        ))
    });
    with_unknown(participants, known.collect())
}

/// The same for the items of a county's budget, which has no outcome.
pub fn item_costs<'a>(
    participants: &BTreeMap<LineId, u32>,
    items: impl IntoIterator<Item = &'a CountyItem>,
) -> Vec<LineCost> {
    let known = items.into_iter().filter_map(|item| {
        let line = line_of_item(item.id);
        let participants = *participants.get(&line)?;
        let cost = item.cost.map(|cost| (cost, CostSource::Budget));
        Some((line, LineCost { name: Some(item.what.clone()), cost, participants }))
    });
    with_unknown(participants, known.collect())
}

/// An item of the county's budget as the cost line of a county event: the same number.
pub fn line_of_item(item: ItemId) -> LineId {
    LineId::from_random(*item.as_bytes())
}

/// Lines that are not in the budget any more come last.
fn with_unknown(participants: &BTreeMap<LineId, u32>, known: Vec<(LineId, LineCost)>) -> Vec<LineCost> {
    let found: BTreeSet<LineId> = known.iter().map(|(line, _)| *line).collect();
    let unknown = participants.iter().filter(|(line, _)| !found.contains(line));
    let unknown = unknown.map(|(_, participants)| LineCost { name: None, cost: None, participants: *participants });
    known.into_iter().map(|(_, cost)| cost).chain(unknown).collect()
}
