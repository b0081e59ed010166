//! Which changes the server lacks: the truth behind “3 ändringar väntar på att skickas”.
//!
//! Pure. Counted from the heads the server said it has stored, which outlive a reload; kept up to date change by
//! change, since walking a long history at each key would be slow.

use automerge::{AutoCommit, ChangeHash};
use std::collections::BTreeSet;

/// The changes that the server has not said it stored.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    /// What the server has stored, as far as this document knows it.
    acknowledged: Vec<ChangeHash>,
    /// What the server said last: may name changes that are still on their way here.
    claimed: Vec<ChangeHash>,
    waiting: BTreeSet<ChangeHash>,
    since_ms: Option<u64>,
}

impl Outbox {
    /// Counts what `doc` has beyond what the server had stored when last heard of. Heads that the document does not
    /// know (yet) cover nothing.
    pub fn open(doc: &mut AutoCommit, acknowledged: Vec<ChangeHash>, now_ms: u64) -> Self {
        let mut outbox = Self { claimed: acknowledged, ..Self::default() };
        outbox.recount(doc, now_ms);
        outbox
    }

    /// Takes in changes that came from this device: the user's own, from another tab, or from a file.
    pub fn add(&mut self, hashes: impl IntoIterator<Item = ChangeHash>, now_ms: u64) {
        self.waiting.extend(hashes);
        self.mark(now_ms);
    }

    /// Takes in what the server says it has stored. True if that is news worth writing down.
    pub fn acknowledge(&mut self, doc: &mut AutoCommit, mut heads: Vec<ChangeHash>, now_ms: u64) -> bool {
        heads.sort_unstable();
        if heads == self.claimed && self.claimed == self.acknowledged {
            return false;
        }
        self.claimed = heads;
        self.recount(doc, now_ms)
    }

    /// The document has grown: perhaps it now knows what the server spoke of. True if that is news.
    pub fn document_grew(&mut self, doc: &mut AutoCommit, now_ms: u64) -> bool {
        self.claimed != self.acknowledged && self.recount(doc, now_ms)
    }

    /// How many changes wait.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether the server has everything.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// How long something has been waiting, since the server last had everything.
    pub fn waited_ms(&self, now_ms: u64) -> u64 {
        self.since_ms.map_or(0, |since| now_ms.saturating_sub(since))
    }

    /// The heads of what the server has stored, as far as this document knows them.
    pub fn acknowledged(&self) -> &[ChangeHash] {
        &self.acknowledged
    }

    fn recount(&mut self, doc: &mut AutoCommit, now_ms: u64) -> bool {
        let before = self.acknowledged.clone();
        let known: Vec<ChangeHash> = self.claimed.iter().filter(|head| knows(doc, head)).copied().collect();
        if known.len() == self.claimed.len() {
            self.acknowledged = known;
        } else {
            // Until the rest has come, what the server said earlier still holds.
            self.acknowledged.extend(known);
            self.acknowledged.sort_unstable();
            self.acknowledged.dedup();
        }
        let mut ours = doc.get_heads();
        ours.sort_unstable();
        self.waiting = match ours == self.acknowledged {
            true => BTreeSet::new(),
            false => doc.get_changes_meta(&self.acknowledged).iter().map(|change| change.hash).collect(),
        };
        self.mark(now_ms);
        self.acknowledged != before
    }

    fn mark(&mut self, now_ms: u64) {
        if self.waiting.is_empty() {
            self.since_ms = None;
        } else if self.since_ms.is_none() {
            self.since_ms = Some(now_ms);
        }
    }
}

fn knows(doc: &mut AutoCommit, head: &ChangeHash) -> bool {
    doc.get_change_meta_by_hash(head).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use automerge::ROOT;
    use automerge::transaction::Transactable;

    fn edited(doc: &mut AutoCommit, value: i64) -> ChangeHash {
        doc.put(ROOT, "x", value).expect("puts");
        doc.commit().expect("commits")
    }

    #[test]
    fn after_a_cold_start_everything_the_server_never_acknowledged_waits() {
        let mut doc = AutoCommit::new();
        let first = edited(&mut doc, 1);
        edited(&mut doc, 2);
        edited(&mut doc, 3);
        assert_eq!(Outbox::open(&mut doc, vec![first], 0).len(), 2);
        assert_eq!(Outbox::open(&mut doc, vec![], 0).len(), 3);
        let heads = doc.get_heads();
        assert!(Outbox::open(&mut doc, heads, 0).is_empty());
    }

    #[test]
    fn an_acknowledgement_of_the_newest_empties_the_outbox() {
        let mut doc = AutoCommit::new();
        let mut outbox = Outbox::default();
        let one = edited(&mut doc, 1);
        outbox.add([one], 10);
        let two = edited(&mut doc, 2);
        outbox.add([two], 20);
        assert_eq!((outbox.len(), outbox.waited_ms(110)), (2, 100));
        assert!(outbox.acknowledge(&mut doc, vec![one], 30));
        assert_eq!(outbox.len(), 1);
        assert!(outbox.acknowledge(&mut doc, vec![two], 40));
        assert!(outbox.is_empty());
        assert_eq!(outbox.waited_ms(1000), 0);
        assert_eq!(outbox.acknowledged(), [two]);
    }

    #[test]
    fn news_of_changes_still_on_their_way_takes_nothing_back() {
        let mut doc = AutoCommit::new();
        let one = edited(&mut doc, 1);
        let two = edited(&mut doc, 2);
        let mut outbox = Outbox::open(&mut doc, vec![one], 0);
        outbox.acknowledge(&mut doc, vec![two], 0);
        assert!(outbox.is_empty());
        let mut stranger = AutoCommit::new();
        let unknown = edited(&mut stranger, 9);
        assert!(!outbox.acknowledge(&mut doc, vec![unknown], 0));
        assert!(outbox.is_empty());
        assert_eq!(outbox.acknowledged(), [two]);
    }
}
