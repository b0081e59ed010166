//! A desk against a relay's replica, wired in memory.

use super::*;
use crate::document::county::{self, CountyPlan, NewPlan};
use crate::document::{CountyCommand, RowRef};
use crate::domain::{DocumentId, ItemId, Money, StatedTotals, UserId};
use crate::limits::Limits;
use crate::sync::replica::{PeerKey, Rights};
use std::sync::Arc;

const PEER: PeerKey = PeerKey(1);

struct World {
    desk: Desk,
    relay: Replica,
}

fn id() -> DocumentId {
    DocumentId::from_random([1; 16])
}

fn user() -> UserId {
    UserId::from_random([2; 16])
}

fn desk(actor: u8) -> Desk {
    let doc = document::empty([actor; 16], Some(user()));
    let replica = Replica::client(id(), doc, Arc::new(Limits::default()));
    Desk::open(Kind::County, replica, UndoStack::default(), Vec::new(), 0)
}

/// A desk that has met a relay with an empty plan.
fn met() -> World {
    let new = NewPlan {
        year: 2021,
        title: "Länsplan".to_owned(),
        associations: vec![("vasteras".parse().expect("is an id"), "Västerås".to_owned())],
        stated: StatedTotals::default(),
    };
    let plan = county::open(&new, [3; 16], None, &EditContext::default()).expect("opens");
    let relay = Replica::new(id(), plan, Arc::new(Limits::default()));
    let mut world = World { desk: desk(4), relay };
    world.connect();
    world
}

impl World {
    fn connect(&mut self) {
        let joined = |user| Event::PeerJoined { peer: PEER, rights: Rights::Write, user };
        let answer = self.relay.handle(joined(Some(user())));
        let turn = self.desk.handle(joined(None), 0);
        self.run(turn, answer);
    }

    /// Carries messages until both sides are quiet, with disks that never fail.
    fn run(&mut self, turn: Turn, from_relay: Vec<Effect>) {
        let (mut here, mut there) = (turn.effects, from_relay);
        while !here.is_empty() || !there.is_empty() {
            let mut next_here = Vec::new();
            let mut next_there = Vec::new();
            for effect in here {
                match effect {
                    Effect::Store { ticket, .. } => {
                        next_here.extend(self.desk.handle(Event::Stored { ticket }, 0).effects);
                    }
                    Effect::Send { data, .. } => {
                        let event = Event::Message { peer: PEER, data: data.to_vec() };
                        next_there.extend(self.relay.handle(event));
                    }
                    _ => {}
                }
            }
            for effect in there {
                match effect {
                    Effect::Store { ticket, .. } => next_there.extend(self.relay.handle(Event::Stored { ticket })),
                    Effect::Send { data, .. } => {
                        let event = Event::Message { peer: PEER, data: data.to_vec() };
                        next_here.extend(self.desk.handle(event, 0).effects);
                    }
                    _ => {}
                }
            }
            (here, there) = (next_here, next_there);
        }
    }
}

fn add(number: u8) -> Command {
    CountyCommand::AddItem { id: ItemId::from_random([number; 16]), after: None }.into()
}

#[test]
fn a_device_without_a_copy_gets_the_plan_by_the_first_exchange() {
    assert!(!desk(9).is_loaded());
    let world = met();
    assert!(world.desk.is_loaded());
    assert_eq!(plan(&world.desk).year, 2021);
    assert!(world.desk.outbox().is_empty());
}

#[test]
fn an_edit_waits_until_the_server_has_stored_it() {
    let mut world = met();
    let turn = world.desk.edit(&add(5), 0).expect("edits");
    assert!(turn.undo_changed && turn.touched.moves_rows());
    assert_eq!(world.desk.outbox().len(), 1);
    world.run(turn, Vec::new());
    assert!(world.desk.outbox().is_empty());
    assert_eq!(county::read(world.relay.doc()).items.len(), 1);
}

#[test]
fn what_is_edited_without_a_line_is_sent_when_there_is_one() {
    let mut world = met();
    let left = Event::PeerLeft { peer: PEER };
    let _ = world.relay.handle(left.clone());
    let _ = world.desk.handle(left, 0);
    let row = RowRef::Item(ItemId::from_random([5; 16]));
    let amount = Some(Money::from_ore(100));
    for command in [add(5), CountyCommand::SetAmount { row, amount }.into()] {
        let turn = world.desk.edit(&command, 0).expect("edits");
        world.run(turn, Vec::new());
    }
    assert_eq!(world.desk.outbox().len(), 2);
    world.connect();
    assert!(world.desk.outbox().is_empty());
    assert_eq!(county::read(world.relay.doc()).items[0].item.cost, amount);
}

#[test]
fn what_another_tab_did_shows_here_and_is_not_told_back_to_it() {
    let mut world = met();
    let mut other = Desk::open(
        Kind::County,
        Replica::client(id(), other_copy(&mut world.desk), Arc::new(Limits::default())),
        UndoStack::default(),
        Vec::new(),
        0,
    );
    let turn = other.edit(&add(6), 0).expect("edits");
    let changes: Vec<_> = stored(&turn).iter().map(|change| change.bytes.to_vec()).collect();
    assert!(stored(&turn).iter().all(|change| other.is_news_to_tabs(&change.hash)));

    let turn = world.desk.changes_from_tab(&changes, 0);
    assert_eq!(plan(&world.desk).items.len(), 1);
    assert_eq!(world.desk.outbox().len(), 1);
    assert!(!stored(&turn).iter().any(|change| world.desk.is_news_to_tabs(&change.hash)));
    assert!(world.desk.changes_from_tab(&changes, 0).effects.is_empty());
}

#[test]
fn undo_takes_back_and_redo_does_again() {
    let mut world = met();
    let _ = world.desk.edit(&add(5), 0).expect("edits");
    let (undone, turn) = world.desk.undo(0).expect("undoes").expect("had something to undo");
    assert!(undone.changed && turn.touched.moves_rows());
    assert!(plan(&world.desk).items.is_empty());
    assert!(world.desk.redo(0).expect("redoes").is_some());
    assert_eq!(plan(&world.desk).items.len(), 1);
}

fn plan(desk: &Desk) -> &CountyPlan {
    match desk.content() {
        Content::County(plan) => plan,
        _ => panic!("the desk holds a county plan"),
    }
}

fn other_copy(desk: &mut Desk) -> AutoCommit {
    let mut doc = document::load(&desk.doc_mut().save()).expect("loads");
    document::write_as(&mut doc, [8; 16], Some(user()));
    doc
}

fn stored(turn: &Turn) -> Vec<crate::sync::replica::NewChange> {
    turn.effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Store { changes, .. } => Some(changes.clone()),
            _ => None,
        })
        .flatten()
        .collect()
}
