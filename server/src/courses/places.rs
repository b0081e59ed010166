//! What is to be decided in an occasion, given what stands in it and what was decided before. Pure: the same document and
//! ledger always give the same decisions, and none where there is nothing to decide.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    document::occasion::{OccasionCommand, OccasionView},
    domain::{
        Decision, IsoDate, Registration, RegistrationId,
        course::places::{InLine, decide, free, taken},
        date::swedish_day,
    },
};

/// What the ledger has of a registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The order of arrival.
    pub arrival: u64,
    /// What was decided, and told.
    pub decision: Decision,
}

/// The day that it is in Sweden.
pub fn today(now_ms: i64) -> Option<IsoDate> {
    swedish_day(now_ms).parse().ok()
}

/// The decisions that are missing, in the order in which they are to be written.
pub fn settle(
    view: &OccasionView,
    kept: &BTreeMap<RegistrationId, Kept>,
    now_ms: i64,
    offer_ms: i64,
) -> Vec<OccasionCommand> {
    let mut line = Line::of(view, kept);
    line.keep_confirmed(view, kept);
    line.end_offers(view, now_ms);
    line.take_in(view);
    line.judge_answered(view);
    if let Some(until) = offered_until(view, now_ms, offer_ms) {
        line.offer(until);
    }
    line.commands
}

/// Until when a place that is offered now is kept: for the time of an offer, and no longer than to the day before the
/// first. None where the occasion has begun, or is off.
pub fn offered_until(view: &OccasionView, now_ms: i64, offer_ms: i64) -> Option<i64> {
    const HOUR_MS: i64 = 3_600_000;
    if view.facts.is_called_off {
        return None;
    }
    let Some(first) = view.facts.first_day() else { return Some(now_ms.saturating_add(offer_ms)) };
    let is_before = |at_ms: i64| today(at_ms).is_some_and(|day| day < first);
    let mut until = now_ms.saturating_add(offer_ms);
    while until > now_ms && !is_before(until) {
        until = until.saturating_sub(HOUR_MS);
    }
    (until > now_ms).then_some(until)
}

/// Those who have come, as they will stand when the commands are carried out.
struct Line {
    capacity: Option<u32>,
    /// All that have an arrival.
    all: Vec<InLine>,
    next: u64,
    commands: Vec<OccasionCommand>,
}

impl Line {
    fn of(view: &OccasionView, kept: &BTreeMap<RegistrationId, Kept>) -> Self {
        let in_line = |one: &Registration| {
            let arrival = one.arrival.or_else(|| kept.get(&one.id).map(|kept| kept.arrival))?;
            Some(InLine { id: one.id, arrival, decision: one.decision.clone() })
        };
        let all: Vec<InLine> = view.registrations.iter().filter_map(in_line).collect();
        let last = all.iter().map(|one| one.arrival).chain(kept.values().map(|kept| kept.arrival)).max();
        Self { capacity: view.facts.capacity, all, next: last.map_or(1, |last| last + 1), commands: Vec::new() }
    }

    fn taken(&self) -> u32 {
        taken(self.all.iter().map(|one| &one.decision))
    }

    /// How many wait who came before.
    fn waiting_before(&self, arrival: u64) -> u32 {
        let waits = |one: &&InLine| one.decision == Decision::Waiting && one.arrival < arrival;
        u32::try_from(self.all.iter().filter(waits).count()).unwrap_or(u32::MAX)
    }

    fn decide(&mut self, id: RegistrationId, decision: Decision, offered_until_ms: Option<i64>) {
        let Some(one) = self.all.iter_mut().find(|one| one.id == id) else { return };
        one.decision = decision.clone();
        self.commands.push(OccasionCommand::Decide { id, decision, arrival: one.arrival, offered_until_ms });
    }

    /// What was confirmed stays so, whatever has synced in since, unless the person or an administrator cancelled it or
    /// the prerequisites were refused.
    fn keep_confirmed(&mut self, view: &OccasionView, kept: &BTreeMap<RegistrationId, Kept>) {
        let was_confirmed = |id: &RegistrationId| kept.get(id).is_some_and(|kept| kept.decision == Decision::Confirmed);
        let taken_back = |one: &&Registration| {
            was_confirmed(&one.id)
                && !matches!(one.decision, Decision::Confirmed | Decision::Cancelled | Decision::Unknown(_))
                && one.prerequisite != app::domain::Prerequisite::Refused
        };
        let ids: Vec<_> = view.registrations.iter().filter(taken_back).map(|one| one.id).collect();
        for id in ids {
            self.decide(id, Decision::Confirmed, None);
        }
    }

    /// An offer that nobody has answered in time is over.
    fn end_offers(&mut self, view: &OccasionView, now_ms: i64) {
        let is_over = |one: &&Registration| {
            one.decision == Decision::Offered && one.offered_until.is_none_or(|until| until <= now_ms)
        };
        let ids: Vec<_> = view.registrations.iter().filter(is_over).map(|one| one.id).collect();
        for id in ids {
            self.decide(id, Decision::Declined, None);
        }
    }

    /// Those who have come since take their place at the end, by the time at which they say they came.
    fn take_in(&mut self, view: &OccasionView) {
        let here: BTreeSet<RegistrationId> = self.all.iter().map(|one| one.id).collect();
        let mut new: Vec<&Registration> = view.registrations.iter().filter(|one| !here.contains(&one.id)).collect();
        new.sort_by_key(|one| (one.registered_at, one.id));
        for one in new {
            let arrival = self.next;
            self.next += 1;
            let ahead = self.waiting_before(arrival);
            let decision = match one.decision {
                Decision::Cancelled => Decision::Cancelled,
                _ => decide(self.capacity, self.taken(), one.source, one.prerequisite, ahead),
            };
            self.all.push(InLine { id: one.id, arrival, decision: decision.clone() });
            self.decide(one.id, decision, None);
        }
    }

    /// Those whose prerequisites an administrator has answered for get their decision, at the place they have had all
    /// along.
    fn judge_answered(&mut self, view: &OccasionView) {
        let is_answered = |one: &&Registration| {
            let waits = one.decision == Decision::Preliminary && !one.prerequisite.waits_for_approval();
            let refused = one.prerequisite == app::domain::Prerequisite::Refused
                && !matches!(one.decision, Decision::Declined | Decision::Cancelled);
            waits || refused
        };
        let mut answered: Vec<_> = view.registrations.iter().filter(is_answered).collect();
        answered.sort_by_key(|one| (one.arrival, one.id));
        for one in answered {
            let Some(place) = self.all.iter().find(|known| known.id == one.id).cloned() else { continue };
            // Those who came in just now have been decided on.
            if place.decision != one.decision {
                continue;
            }
            let ahead = self.waiting_before(place.arrival);
            let decision = decide(self.capacity, self.taken(), one.source, one.prerequisite, ahead);
            self.decide(one.id, decision, None);
        }
    }

    fn offer(&mut self, until: i64) {
        for id in free(self.capacity, &self.all) {
            self.decide(id, Decision::Offered, Some(until));
        }
    }
}
