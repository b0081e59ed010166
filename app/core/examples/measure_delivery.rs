//! What a delivery costs the relay's processor, replica and envelope together, without sockets and disk: one JSON
//! object with nanoseconds. Run by `make bench`.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a panic ends a measurement, and figures are to be seen")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use automerge::sync::{BloomFilter, ChunkList, Have, Message, MessageVersion};
use automerge::transaction::Transactable;
use automerge::{ActorId, AutoCommit, ChangeHash, ObjType, ROOT};
use samplan_core::domain::ids::{DocumentId, UserId};
use samplan_core::limits::Limits;
use samplan_core::sync::replica::{Effect, Event, PeerKey, Replica, Rights};
use samplan_core::sync::session::{Role, Session, SessionEffect, SessionEvent};
use samplan_core::sync::wire::{self, Parcel};

/// Changes in the document before anything is measured.
const HISTORY: usize = 10_000;
/// Rows that they are spread over.
const ROWS: usize = 500;
/// Changes measured.
const CHANGES: usize = 2_000;
/// Clients of the document; all but the author of a change receive it.
const CLIENTS: u64 = 10;

fn message(heads: &[ChangeHash], last_sync: &[ChangeHash], changes: Vec<Vec<u8>>) -> Vec<u8> {
    let bloom = BloomFilter::from_hashes(heads[..changes.len()].iter());
    let have = vec![Have { last_sync: last_sync.to_vec(), bloom }];
    let (heads, changes) = (heads.to_vec(), ChunkList::from(changes));
    Message { heads, need: Vec::new(), have, changes, flags: None, version: MessageVersion::V1 }.encode()
}

fn main() {
    let mut author = AutoCommit::new().with_actor(ActorId::from([1; 16]));
    // As a plan is: rows that are objects of their own, since automerge walks all of an object that a change touches.
    let rows =
        (0..ROWS).map(|row| author.put_object(ROOT, format!("row{row}"), ObjType::Map).unwrap()).collect::<Vec<_>>();
    for index in 0..HISTORY {
        author.put(&rows[index % ROWS], "cost", index as i64).unwrap();
        author.commit();
    }
    let document = DocumentId::from_random([3; 16]);
    let limits = Arc::new(Limits { sync_message_burst: u64::MAX / 1000, ..Limits::default() });
    let mut relay = Replica::new(document, AutoCommit::load(&author.save()).unwrap(), limits.clone());
    let mut sessions = Vec::new();
    let mut heads = author.get_heads();
    for key in 1..=CLIENTS {
        let user = Some(UserId::from_random([1; 16]));
        relay.handle(Event::PeerJoined { peer: PeerKey(key), rights: Rights::Write, user });
        relay.handle(Event::Message { peer: PeerKey(key), data: message(&heads, &heads, Vec::new()) });
        let mut session = Session::new(Role::Relay, "relay".into(), "s".into(), None, limits.clone());
        let join = wire::Message::Join {
            sender: format!("client-{key}"),
            versions: vec!["1".into()],
            metadata: Default::default(),
        };
        session.handle(SessionEvent::Frame { now_ms: 0, bytes: wire::encode(&join) });
        sessions.push(session);
    }
    let (mut receive, mut forward, mut acknowledge, mut deliveries) =
        (Duration::ZERO, Duration::ZERO, Duration::ZERO, 0);
    for index in 0..CHANGES {
        author.put(&rows[index % ROWS], "cost", index as i64).unwrap();
        author.commit();
        let change = author.get_last_local_change().unwrap();
        let before = std::mem::replace(&mut heads, author.get_heads());
        let frame = |data: Vec<u8>| {
            wire::encode(&wire::Message::Sync(Parcel { document, sender: "c".into(), target: "relay".into(), data }))
        };
        let bytes = frame(message(&heads, &before, vec![change.raw_bytes().to_vec()]));
        let answer = frame(message(&heads, &heads, Vec::new()));
        let mut deliver = |relay: &mut Replica, key: u64, bytes: Vec<u8>| {
            let effects = sessions[key as usize - 1].handle(SessionEvent::Frame { now_ms: 0, bytes });
            let Some(SessionEffect::Sync { data, .. }) = effects.into_iter().next() else { panic!("no sync message") };
            relay.handle(Event::Message { peer: PeerKey(key), data })
        };

        let start = Instant::now();
        let effects = deliver(&mut relay, 1, bytes);
        receive += start.elapsed();
        let ticket = effects
            .iter()
            .find_map(|effect| if let Effect::Store { ticket, .. } = effect { Some(*ticket) } else { None });

        let start = Instant::now();
        let mut frames = 0;
        for effect in relay.handle(Event::Stored { ticket: ticket.unwrap() }) {
            let Effect::Send { peer, data } = effect else { continue };
            frames +=
                sessions[peer.0 as usize - 1].handle(SessionEvent::SendSync { document, data, request: false }).len();
        }
        forward += start.elapsed();
        assert_eq!(frames as u64, CLIENTS);
        deliveries += frames - 1;

        let mut deliver = |relay: &mut Replica, key: u64, bytes: Vec<u8>| {
            let effects = sessions[key as usize - 1].handle(SessionEvent::Frame { now_ms: 0, bytes });
            let Some(SessionEffect::Sync { data, .. }) = effects.into_iter().next() else { panic!("no sync message") };
            relay.handle(Event::Message { peer: PeerKey(key), data })
        };
        let start = Instant::now();
        for key in 2..=CLIENTS {
            assert!(deliver(&mut relay, key, answer.clone()).is_empty());
        }
        acknowledge += start.elapsed();
    }
    let each = |time: Duration, count: usize| time.as_nanos() / count as u128;
    println!(
        r#"{{"receive":{},"forward":{},"acknowledge":{},"delivery":{}}}"#,
        each(receive, CHANGES),
        each(forward, CHANGES * CLIENTS as usize),
        each(acknowledge, deliveries),
        each(receive + forward + acknowledge, deliveries),
    );
}
