//! The rules that a relay's replica holds peers to: whose changes, in which order, with which rights, and what it
//! sends to whom and when.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use std::sync::Arc;

use automerge::sync::{Message, State, SyncDoc};
use automerge::transaction::Transactable;
use automerge::{ActorId, Author, AutoCommit, Change, ROOT, ReadDoc};
use samplan_core::domain::ids::{DocumentId, UserId};
use samplan_core::limits::Limits;
use samplan_core::sync::replica::{CloseReason, Effect, Event, Options, PeerKey, Replica, Rights, Ticket};

const ANNA: PeerKey = PeerKey(1);
const BO: PeerKey = PeerKey(2);

fn user(peer: PeerKey) -> UserId {
    UserId::from_random([peer.0 as u8; 16])
}

/// A message from Anna with these changes and nothing else.
fn bring(changes: &[Change]) -> Event {
    let mut message = Message::decode(&[0x42, 0, 0, 0, 0]).unwrap();
    message.changes = changes.iter().map(|change| change.raw_bytes().to_vec()).collect::<Vec<_>>().into();
    Event::Message { peer: ANNA, data: message.encode() }
}

/// A client as automerge itself has it, which knows nothing of ours.
struct Client {
    peer: PeerKey,
    doc: AutoCommit,
    state: State,
}

impl Client {
    fn new(peer: PeerKey) -> Self {
        let doc = AutoCommit::new().with_actor(ActorId::from([peer.0 as u8; 16]));
        Self { peer, doc, state: State::new() }
    }

    fn put(&mut self, key: &str, value: i64) {
        self.doc.put(ROOT, key, value).unwrap();
        self.doc.commit();
    }

    fn get(&self, key: &str) -> Option<i64> {
        self.doc.get(ROOT, key).unwrap().and_then(|(value, _)| value.as_i64())
    }

    fn says(&mut self) -> Option<Event> {
        let message = self.doc.sync().generate_sync_message(&mut self.state)?;
        Some(Event::Message { peer: self.peer, data: message.encode() })
    }

    fn hears(&mut self, data: &[u8]) {
        let message = Message::decode(data).unwrap();
        self.doc.sync().receive_sync_message(&mut self.state, message).unwrap();
    }
}

/// A relay with its clients, and what became of them.
struct Room {
    relay: Replica,
    clients: Vec<Client>,
    closed: Vec<(PeerKey, CloseReason)>,
    sent: Vec<PeerKey>,
    half_full: usize,
}

impl Room {
    fn new(limits: Limits, options: Options) -> Self {
        let id = DocumentId::from_random([9; 16]);
        let relay = Replica::with_options(id, AutoCommit::new(), Arc::new(limits), options);
        let mut room = Self { relay, clients: Vec::new(), closed: Vec::new(), sent: Vec::new(), half_full: 0 };
        for peer in [ANNA, BO] {
            room.clients.push(Client::new(peer));
            room.handle(Event::PeerJoined { peer, rights: Rights::Write, user: Some(user(peer)) });
        }
        room
    }

    fn client(&mut self, peer: PeerKey) -> &mut Client {
        self.clients.iter_mut().find(|client| client.peer == peer).unwrap()
    }

    /// Hands an event to the relay and carries out what it says; the disk writes at once.
    fn handle(&mut self, event: Event) -> Vec<Ticket> {
        let mut tickets = Vec::new();
        for effect in self.relay.handle(event) {
            match effect {
                Effect::Send { peer, data } => {
                    self.sent.push(peer);
                    self.client(peer).hears(&data);
                }
                Effect::Store { ticket, .. } => tickets.push(ticket),
                Effect::ClosePeer { peer, reason } => self.closed.push((peer, reason)),
                Effect::Reload => panic!("the relay threw its document away"),
                Effect::HalfFull => self.half_full += 1,
                Effect::Changed | Effect::PeerHas { .. } => {}
            }
        }
        tickets
    }

    fn settle(&mut self) {
        for round in 0.. {
            assert!(round < 1_000, "nobody stops talking");
            let mut busy = false;
            for index in 0..self.clients.len() {
                let Some(event) = self.clients[index].says() else { continue };
                busy = true;
                for ticket in self.handle(event) {
                    self.handle(Event::Stored { ticket });
                }
            }
            if !busy {
                return;
            }
        }
    }
}

fn room() -> Room {
    Room::new(Limits::default(), Options::relay())
}

#[test]
fn automerge_clients_see_each_others_changes() {
    let mut room = room();
    room.client(ANNA).put("a", 1);
    room.settle();
    for round in 0..20 {
        room.client(ANNA).put("a", round);
        room.client(BO).put("b", round);
        room.settle();
        assert_eq!((room.client(BO).get("a"), room.client(ANNA).get("b")), (Some(round), Some(round)));
    }
    assert_eq!(room.closed, []);
}

#[test]
fn peers_in_step_get_the_same_bytes_built_once_and_answer_for_nothing_more() {
    let mut room = room();
    let more = (3..8).map(PeerKey).collect::<Vec<_>>();
    for (index, peer) in more.iter().enumerate() {
        room.clients.push(Client::new(*peer));
        let rights = if index % 2 == 0 { Rights::Read } else { Rights::Write };
        room.handle(Event::PeerJoined { peer: *peer, rights, user: Some(user(*peer)) });
    }
    room.client(ANNA).put("a", 0);
    room.settle();
    for round in 1..10 {
        room.client(ANNA).put("a", round);
        let event = room.client(ANNA).says().unwrap();
        let ticket = room.handle(event)[0];
        let effects = room.relay.handle(Event::Stored { ticket });
        let sent = |effect| if let Effect::Send { peer, data } = effect { Some((peer, data)) } else { None };
        let sends = effects.into_iter().filter_map(sent).collect::<Vec<_>>();
        assert_eq!(sends.len(), 7);
        let first = sends.iter().find(|(peer, _)| *peer == BO).unwrap().1.clone();
        for (peer, data) in sends {
            assert!(peer == ANNA || Arc::ptr_eq(&data, &first));
            room.client(peer).hears(&data);
            if let Some(answer) = room.client(peer).says() {
                assert!(room.relay.handle(answer).is_empty(), "an acknowledgement is not answered");
            }
            assert_eq!(room.client(peer).get("a"), Some(round));
        }
    }
}

#[test]
fn nothing_is_sent_until_it_is_stored() {
    let mut room = room();
    room.settle();
    room.client(ANNA).put("a", 1);
    room.sent.clear();
    let event = room.client(ANNA).says().unwrap();
    let tickets = room.handle(event);
    assert_eq!((tickets.len(), room.sent.len()), (1, 0));
    // Meanwhile Bo writes too, and somebody reads: still nothing.
    room.client(BO).put("b", 1);
    let event = room.client(BO).says().unwrap();
    assert!(room.handle(event).is_empty(), "the next batch waits for the one before");
    assert_eq!(room.sent.len(), 0);
    let next = room.handle(Event::Stored { ticket: tickets[0] });
    assert_eq!((next.len(), room.sent.contains(&ANNA)), (1, true));
    room.handle(Event::Stored { ticket: next[0] });
    room.settle();
    assert_eq!((room.client(BO).get("a"), room.client(ANNA).get("b")), (Some(1), Some(1)));
}

#[test]
fn what_could_not_be_stored_is_asked_for_again_when_its_author_comes_back() {
    let mut room = room();
    room.settle();
    room.client(ANNA).put("a", 1);
    let event = room.client(ANNA).says().unwrap();
    let ticket = room.handle(event)[0];
    let effects = room.relay.handle(Event::StoreFailed { ticket });
    let closes = |effect: &Effect| matches!(effect, Effect::ClosePeer { peer: ANNA, reason: CloseReason::NotStored });
    assert!(effects.iter().any(closes), "{effects:?}");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Reload)));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Send { .. })));
    room.relay.reloaded(AutoCommit::new());
    room.client(ANNA).state = State::new();
    room.handle(Event::PeerJoined { peer: ANNA, rights: Rights::Write, user: Some(user(ANNA)) });
    room.settle();
    assert_eq!(room.client(BO).get("a"), Some(1));
}

#[test]
fn a_reader_receives_and_changes_nothing() {
    let mut room = room();
    room.handle(Event::RightsChanged { peer: BO, rights: Rights::Read });
    room.client(ANNA).put("a", 1);
    room.client(BO).put("b", 1);
    room.settle();
    room.client(ANNA).put("a", 2);
    room.settle();
    assert_eq!((room.client(BO).get("a"), room.client(ANNA).get("b")), (Some(2), None));
    assert_eq!(room.closed, []);
    // Made an editor, what was left out comes through.
    room.handle(Event::RightsChanged { peer: BO, rights: Rights::Write });
    room.settle();
    assert_eq!(room.client(ANNA).get("b"), Some(1));
}

#[test]
fn not_a_byte_is_sent_once_the_right_is_gone() {
    let mut room = room();
    room.client(ANNA).put("a", 1);
    // In mid-sync: Bo has asked, Anna's change is on its way to disk.
    let event = room.client(ANNA).says().unwrap();
    let first = room.handle(event);
    let event = room.client(BO).says().unwrap();
    room.handle(event);
    room.handle(Event::RightsChanged { peer: BO, rights: Rights::None });
    room.sent.clear();
    for ticket in first {
        for ticket in room.handle(Event::Stored { ticket }) {
            room.handle(Event::Stored { ticket });
        }
    }
    room.settle();
    assert!(!room.sent.contains(&BO));
    assert_eq!((room.closed.clone(), room.client(BO).get("a")), (vec![(BO, CloseReason::Forbidden)], None));
}

#[test]
fn a_second_change_with_the_same_actor_and_number_is_refused() {
    let mut room = room();
    room.client(ANNA).put("a", 1);
    room.settle();
    // The same actor begins again on another machine.
    let twin = Client::new(ANNA);
    *room.client(ANNA) = twin;
    room.client(ANNA).put("x", 9);
    room.handle(Event::PeerJoined { peer: ANNA, rights: Rights::Write, user: Some(user(ANNA)) });
    let changes = room.client(ANNA).doc.get_changes(&[]);
    let ours = room.relay.handle(bring(&changes));
    assert!(matches!(&ours[..], [Effect::ClosePeer { peer: ANNA, reason: CloseReason::Sequence }]), "{ours:?}");
}

/// Bo brings a change that names `author`, by an actor that Anna may have used before.
fn brought_by_bo(options: Options, author: Option<UserId>, annas_actor: bool) -> (Room, Option<i64>) {
    let mut room = Room::new(Limits::default(), options);
    if annas_actor {
        room.client(ANNA).put("a", 1);
    }
    room.settle();
    let bo = room.client(BO);
    let actor = if annas_actor { [ANNA.0 as u8; 16] } else { [77; 16] };
    let mut doc = bo.doc.fork().with_actor(ActorId::from(actor));
    doc.set_author(author.map(|author| Author::from(&author.as_bytes()[..]).into_owned()));
    doc.put(ROOT, "brought", 1).unwrap();
    bo.doc.merge(&mut doc).unwrap();
    room.client(BO).put("own", 1);
    room.settle();
    let brought = room.client(ANNA).get("brought");
    (room, brought)
}

#[test]
fn what_a_colleague_handed_over_as_a_file_is_taken_from_whoever_brings_it() {
    for (author, annas_actor) in [(Some(user(ANNA)), false), (None, true)] {
        let (room, brought) = brought_by_bo(Options::relay(), author, annas_actor);
        assert_eq!((brought, room.closed), (Some(1), vec![]));
    }
}

#[test]
fn ones_own_name_is_taken_and_a_name_that_is_none_is_not() {
    assert_eq!(brought_by_bo(Options::relay(), Some(user(BO)), false).1, Some(1));
    assert_eq!(brought_by_bo(Options::relay(), None, false).1, Some(1));
}

#[test]
fn a_document_takes_no_more_than_its_limits() {
    let rows = [
        (Limits { document_operations: 10, ..Limits::default() }, "operations"),
        (Limits { document_bytes: 100, ..Limits::default() }, "bytes"),
        (Limits { document_actors: 1, ..Limits::default() }, "actors"),
    ];
    for (limits, what) in rows {
        let mut room = Room::new(limits, Options::relay());
        for round in 0..30 {
            room.client(ANNA).put("a", round);
            room.settle();
        }
        room.client(BO).put("b", 1);
        room.settle();
        assert!(room.closed.iter().any(|(_, reason)| *reason == CloseReason::Full(what)), "{what}: {:?}", room.closed);
    }
}

#[test]
fn changes_whose_dependencies_never_come_are_bounded() {
    let mut room = Room::new(Limits { orphans: 5, ..Limits::default() }, Options::relay());
    room.client(ANNA).put("first", 0);
    let missing = room.client(ANNA).doc.get_heads();
    for index in 0..10 {
        room.client(ANNA).put("later", index);
    }
    let changes = room.client(ANNA).doc.get_changes(&missing);
    let mut refused = false;
    for change in changes {
        for effect in room.relay.handle(bring(&[change])) {
            assert!(!matches!(effect, Effect::Store { .. } | Effect::Changed), "{effect:?}");
            refused |= matches!(effect, Effect::ClosePeer { reason: CloseReason::Orphans, .. });
        }
    }
    assert!(refused);
}

#[test]
fn a_change_that_comes_before_what_it_depends_on_is_applied_when_that_comes() {
    let mut room = room();
    for index in 0..5 {
        room.client(ANNA).put("a", index);
    }
    let mut changes = room.client(ANNA).doc.get_changes(&[]);
    changes.reverse();
    for change in changes {
        for ticket in room.handle(bring(&[change])) {
            room.handle(Event::Stored { ticket });
        }
    }
    assert_eq!(room.relay.doc().get(ROOT, "a").unwrap().and_then(|(value, _)| value.as_i64()), Some(4));
}

#[test]
fn half_full_is_said_once() {
    let mut room = Room::new(Limits { document_operations: 20, ..Limits::default() }, Options::relay());
    for round in 0..18 {
        room.client(ANNA).put("a", round);
        room.settle();
    }
    assert_eq!((room.half_full, room.closed), (1, vec![]));
}
