//! Amounts that were written at the same time, until someone picks.

use automerge::{AutoCommit, ObjId, ReadDoc};
use serde::{Deserialize, Serialize};

use super::value::{Stored, author_of, time_of};
use crate::domain::{Money, UserId};

/// *Två belopp*: amounts that were written without knowing of each other. The first is the one that shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmountConflict {
    /// What was written; at least two, no two with the same amount and author.
    pub candidates: Vec<Candidate>,
}

/// One of several amounts written at the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The amount, or none where someone emptied the cell.
    pub amount: Option<Money>,
    /// Who wrote it, if the change says.
    pub author: Option<UserId>,
    /// When, in milliseconds since 1970, by the writer's clock and to the second.
    pub at: i64,
}

/// Amounts at one place that were written without knowing of each other; none where they agree.
pub(in crate::document) fn read_conflict(doc: &AutoCommit, object: &ObjId, key: &str) -> Option<AmountConflict> {
    let values = doc.get_all(object, key).ok().filter(|values| values.len() > 1)?;
    let mut candidates: Vec<Candidate> = Vec::with_capacity(values.len());
    // Automerge lists the one that shows last.
    for (value, operation) in values.iter().rev() {
        let (amount, author) = (Stored::of(value).money(), author_of(doc, operation));
        if !candidates.iter().any(|known| known.amount == amount && known.author == author) {
            candidates.push(Candidate { amount, author, at: time_of(doc, operation) });
        }
    }
    let first = candidates.first()?.amount;
    candidates.iter().any(|candidate| candidate.amount != first).then_some(AmountConflict { candidates })
}
