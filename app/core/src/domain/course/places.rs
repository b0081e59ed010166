//! *Platser*: who gets one. Pure rules; the relay applies them one registration at a time, in order of arrival.
//!
//! A confirmed place is never taken back: nothing here turns [`Decision::Confirmed`] into anything else.

use super::{Decision, Prerequisite, Source};
use crate::domain::RegistrationId;

/// Where a new registration stands, with so many places taken and so many waiting who came before it.
///
/// One whose prerequisites wait for an administrator is preliminary and keeps its place in the order. On the web
/// nobody passes those who wait. Whoever stands in the room is let in and shown, though it be over capacity.
pub fn decide(
    capacity: Option<u32>,
    taken: u32,
    source: Source,
    prerequisite: Prerequisite,
    waiting_ahead: u32,
) -> Decision {
    let is_free = capacity.is_none_or(|capacity| taken < capacity);
    match (prerequisite, source) {
        (Prerequisite::Refused, _) => Decision::Declined,
        (Prerequisite::Stated, _) => Decision::Preliminary,
        (_, Source::Web) if is_free && (waiting_ahead == 0 || capacity.is_none()) => Decision::Confirmed,
        (_, Source::Web) => Decision::Waiting,
        (_, Source::Door) if is_free => Decision::Confirmed,
        (_, Source::Door) => Decision::OverCapacity,
    }
}

/// A registration in the line for places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InLine {
    /// Which.
    pub id: RegistrationId,
    /// Its number in the order of arrival.
    pub arrival: u64,
    /// Where it stands.
    pub decision: Decision,
}

/// How many places are taken.
pub fn taken<'a>(decisions: impl IntoIterator<Item = &'a Decision>) -> u32 {
    u32::try_from(decisions.into_iter().filter(|decision| decision.takes_place()).count()).unwrap_or(u32::MAX)
}

/// Whom to offer the free places, in order of arrival: as many of those who wait as there are places.
pub fn free(capacity: Option<u32>, line: &[InLine]) -> Vec<RegistrationId> {
    let taken = taken(line.iter().map(|one| &one.decision));
    let places = capacity.map_or(usize::MAX, |capacity| capacity.saturating_sub(taken) as usize);
    let mut waiting: Vec<&InLine> = line.iter().filter(|one| one.decision == Decision::Waiting).collect();
    waiting.sort_by_key(|one| (one.arrival, one.id));
    waiting.into_iter().take(places).map(|one| one.id).collect()
}
