//! One machine of a simulated world: a replica, a disk that keeps what it has acknowledged, and the writes under way.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Author, AutoCommit, ChangeHash, ObjType, ROOT, ReadDoc, TextEncoding};
use samplan_core::domain::ids::{DocumentId, UserId};
use samplan_core::limits::Limits;
use samplan_core::sync::replica::{Effect, NewChange, Options, Replica, Ticket};

use crate::random::Random;

/// A write that the disk has not yet acknowledged.
#[derive(Debug)]
pub struct Write {
    pub ticket: Ticket,
    pub changes: Vec<NewChange>,
}

/// A machine.
pub struct Node {
    pub user: UserId,
    pub options: Options,
    pub replica: Replica,
    /// What survives a crash, in the order in which it was acknowledged.
    pub disk: Vec<NewChange>,
    pub on_disk: BTreeSet<ChangeHash>,
    pub writes: VecDeque<Write>,
    /// Local edits that the disk has acknowledged: "sparat här".
    pub saved_here: BTreeSet<ChangeHash>,
}

/// What every document begins with: the same bytes everywhere.
pub fn first_change() -> NewChange {
    let mut doc = AutoCommit::new_with_encoding(TextEncoding::Utf16CodeUnit).with_actor(ActorId::from([0; 16]));
    for (name, kind) in [("rows", ObjType::Map), ("text", ObjType::Text), ("list", ObjType::List)] {
        doc.put_object(ROOT, name, kind).unwrap();
    }
    doc.commit_with(CommitOptions::default().with_time(0));
    let change = doc.get_changes(&[]).pop().unwrap();
    NewChange {
        hash: change.hash(),
        actor: change.actor_id().clone(),
        seq: change.seq(),
        bytes: change.raw_bytes().into(),
        author: None,
        peer: None,
    }
}

impl Node {
    pub fn new(random: &mut Random, options: Options, disk: Vec<NewChange>) -> Self {
        let user = UserId::from_random(random.id());
        let on_disk = disk.iter().map(|change| change.hash).collect();
        let replica = open(random, user, &options, &disk);
        Self { user, options, replica, disk, on_disk, writes: VecDeque::new(), saved_here: BTreeSet::new() }
    }

    /// Starts again from the disk: what it had not acknowledged is lost, and the actor is a new one.
    pub fn restart(&mut self, random: &mut Random) {
        self.writes.clear();
        self.replica = open(random, self.user, &self.options, &self.disk);
    }

    /// The document as the disk has it.
    pub fn read(&self, random: &mut Random) -> AutoCommit {
        read(random, self.user, &self.disk)
    }

    /// The disk acknowledges the oldest write.
    pub fn write(&mut self) -> Option<Ticket> {
        let write = self.writes.pop_front()?;
        for change in write.changes {
            // A dependency that is not there would be lost with the next crash.
            assert!(self.on_disk.insert(change.hash), "stored twice: {}", change.hash);
            if change.peer.is_none() && change.author == Some(self.user) {
                self.saved_here.insert(change.hash);
            }
            self.disk.push(change);
        }
        Some(write.ticket)
    }

    /// An edit somewhere in the document.
    pub fn edit(&mut self, random: &mut Random) {
        let doc = self.replica.doc_mut();
        for _ in 0..=random.below(2) {
            edit_once(doc, random);
        }
        doc.commit_with(CommitOptions::default().with_time(random.below(1_000_000) as i64));
    }
}

fn edit_once(doc: &mut AutoCommit, random: &mut Random) {
    let objects = ["rows", "text", "list"].map(|name| doc.get(ROOT, name).unwrap().map(|(_, id)| id));
    let [Some(rows), Some(text), Some(list)] = objects else {
        doc.put(ROOT, format!("free{}", random.below(3)), random.below(9) as i64).unwrap();
        return;
    };
    match random.below(6) {
        0 | 1 => doc.put(&rows, format!("row{}", random.below(4)), random.below(100) as i64).unwrap(),
        2 => drop(doc.delete(&rows, format!("row{}", random.below(4)))),
        3 => {
            let length = doc.length(&text);
            let at = random.below(length + 1);
            let removed = random.below(3).min(length - at) as isize;
            doc.splice_text(&text, at, removed, ["å", "samverkan", "", "🙂"][random.below(4)]).unwrap();
        }
        4 => doc.insert(&list, random.below(doc.length(&list) + 1), random.below(100) as i64).unwrap(),
        _ => {
            let length = doc.length(&list);
            if length > 0 {
                doc.delete(&list, random.below(length)).unwrap();
            }
        }
    }
}

fn read(random: &mut Random, user: UserId, disk: &[NewChange]) -> AutoCommit {
    let mut doc = AutoCommit::new_with_encoding(TextEncoding::Utf16CodeUnit);
    let bytes = disk.iter().flat_map(|change| change.bytes.iter().copied()).collect::<Vec<_>>();
    doc.load_incremental(&bytes).unwrap();
    doc.set_actor(ActorId::from(random.id()));
    doc.set_author(Some(Author::from(&user.as_bytes()[..]).into_owned()));
    doc
}

fn open(random: &mut Random, user: UserId, options: &Options, disk: &[NewChange]) -> Replica {
    let document = DocumentId::from_random([7; 16]);
    let doc = read(random, user, disk);
    let bindings = disk.iter().filter_map(|change| Some((change.actor.clone(), change.author?)));
    Replica::with_options(document, doc, Arc::new(Limits::default()), options.clone()).with_bindings(bindings)
}

/// What a node's effects come to, sorted by who must act on them.
#[derive(Default)]
pub struct Outcome {
    pub sends: Vec<(u64, Arc<[u8]>)>,
    pub closes: Vec<u64>,
    pub has: Vec<Vec<ChangeHash>>,
    pub reload: bool,
}

/// Carries out what concerns the node itself and returns the rest.
pub fn carry_out(node: &mut Node, effects: Vec<Effect>) -> Outcome {
    let mut outcome = Outcome::default();
    for effect in effects {
        match effect {
            Effect::Send { peer, data } => outcome.sends.push((peer.0, data)),
            Effect::Store { ticket, changes, .. } => node.writes.push_back(Write { ticket, changes }),
            Effect::ClosePeer { peer, .. } => outcome.closes.push(peer.0),
            Effect::PeerHas { heads, .. } => outcome.has.push(heads),
            Effect::Reload => outcome.reload = true,
            Effect::Changed | Effect::HalfFull => {}
        }
    }
    outcome
}
