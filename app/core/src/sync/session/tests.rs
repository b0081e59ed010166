//! Handshakes, echoes, rates and silence, between a client and a relay in memory.
use std::sync::Arc;

use super::{Role, Session, SessionClosed, SessionEffect, SessionEvent};
use crate::domain::ids::DocumentId;
use crate::limits::Limits;
use crate::sync::wire::{self, Ephemeral, Message, PeerMetadata};

fn session(role: Role, name: &str) -> Session {
    Session::new(role, name.into(), format!("{name}-session"), None, Arc::new(Limits::default()))
}

fn frame(now_ms: u64, message: &Message) -> SessionEvent {
    SessionEvent::Frame { now_ms, bytes: wire::encode(message) }
}

fn join(versions: &[&str]) -> Message {
    let versions = versions.iter().map(|version| (*version).to_owned()).collect();
    Message::Join { sender: "a".into(), versions, metadata: PeerMetadata::default() }
}

fn sent(effects: Vec<SessionEffect>) -> Vec<Vec<u8>> {
    effects
        .into_iter()
        .filter_map(|effect| if let SessionEffect::Send(bytes) = effect { Some(bytes) } else { None })
        .collect()
}

fn closed(effects: &[SessionEffect]) -> Option<&SessionClosed> {
    effects.iter().find_map(|effect| if let SessionEffect::Close { reason } = effect { Some(reason) } else { None })
}

/// A client and a relay that have shaken hands.
fn pair() -> (Session, Session) {
    let (mut client, mut relay) = (session(Role::Client, "a"), session(Role::Relay, "relay"));
    relay.handle(SessionEvent::Opened { now_ms: 0 });
    for bytes in sent(client.handle(SessionEvent::Opened { now_ms: 0 })) {
        for bytes in sent(relay.handle(SessionEvent::Frame { now_ms: 0, bytes })) {
            client.handle(SessionEvent::Frame { now_ms: 0, bytes });
        }
    }
    assert_eq!((client.peer(), relay.peer()), (Some("relay"), Some("a")));
    (client, relay)
}

fn document() -> DocumentId {
    DocumentId::from_random([1; 16])
}

fn said(sender: &str, session: &str, count: u64) -> Ephemeral {
    let (sender, session) = (sender.into(), session.into());
    Ephemeral { document: document(), sender, target: "x".into(), session, count, data: vec![1] }
}

#[test]
fn sync_messages_pass_both_ways_once_hands_are_shaken() {
    let (mut client, mut relay) = pair();
    let data: Arc<[u8]> = Arc::from([0x42, 0, 0, 0, 0]);
    for request in [true, false] {
        let event = SessionEvent::SendSync { document: document(), data: data.clone(), request };
        let bytes = sent(client.handle(event)).remove(0);
        let effects = relay.handle(SessionEvent::Frame { now_ms: 1, bytes });
        assert_eq!(effects, [SessionEffect::Sync { document: document(), data: data.to_vec(), request }]);
    }
    let bytes = sent(relay.handle(SessionEvent::SendUnavailable { document: document() })).remove(0);
    let effects = client.handle(SessionEvent::Frame { now_ms: 1, bytes });
    assert_eq!(effects, [SessionEffect::Unavailable { document: document() }]);
}

#[test]
fn a_version_that_is_not_spoken_is_answered_with_an_error() {
    let mut relay = session(Role::Relay, "relay");
    let effects = relay.handle(frame(0, &join(&["2"])));
    assert_eq!(closed(&effects), Some(&SessionClosed::Version));
    assert!(matches!(wire::decode(&sent(effects)[0]), Ok(Message::Error { .. })));
    assert!(session(Role::Relay, "relay").handle(frame(0, &join(&["2", "1"]))).len() == 2);
}

#[test]
fn a_second_join_begins_anew() {
    let (_, mut relay) = pair();
    let effects = relay.handle(frame(1, &join(&["1"])));
    assert!(effects.iter().any(|effect| matches!(effect, SessionEffect::Joined { .. })));
}

#[test]
fn nothing_is_taken_before_the_handshake_and_nobody_may_wait_with_it() {
    let mut relay = session(Role::Relay, "relay");
    let effects = relay.handle(frame(0, &Message::Ephemeral(said("a", "s", 1))));
    assert!(matches!(closed(&effects), Some(SessionClosed::Protocol(_))));

    let mut relay = session(Role::Relay, "relay");
    relay.handle(SessionEvent::Opened { now_ms: 0 });
    assert_eq!(relay.handle(SessionEvent::Tick { now_ms: 9_999 }), []);
    assert_eq!(closed(&relay.handle(SessionEvent::Tick { now_ms: 10_000 })), Some(&SessionClosed::NoHandshake));
    assert_eq!(relay.handle(frame(10_001, &join(&["1"]))), []);
}

#[test]
fn what_people_say_does_not_go_round() {
    let (mut client, mut relay) = pair();
    let bytes = sent(client.handle(SessionEvent::SendEphemeral { document: document(), data: vec![9] })).remove(0);
    let effects = relay.handle(SessionEvent::Frame { now_ms: 0, bytes: bytes.clone() });
    let [SessionEffect::Ephemeral(heard)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((heard.sender.as_str(), heard.count), ("a", 1));
    // Said twice, and passed on to the one who said it: nothing.
    assert_eq!(relay.handle(SessionEvent::Frame { now_ms: 0, bytes }), []);
    assert_eq!(relay.handle(SessionEvent::ForwardEphemeral(heard.clone())), []);
    // Passed on to somebody else, the first sender's name stays; and the echo ends here.
    let other = said("b", "b-session", 1);
    let bytes = sent(relay.handle(SessionEvent::ForwardEphemeral(other.clone()))).remove(0);
    assert_eq!(wire::decode(&bytes), Ok(Message::Ephemeral(Ephemeral { target: "a".into(), ..other })));
    assert_eq!(relay.handle(SessionEvent::Frame { now_ms: 0, bytes }), []);
}

#[test]
fn a_client_that_hears_nothing_asks_and_then_gives_up() {
    let (mut client, mut relay) = pair();
    assert_eq!(client.handle(SessionEvent::Tick { now_ms: 19_999 }), []);
    let ping = sent(client.handle(SessionEvent::Tick { now_ms: 20_000 })).remove(0);
    assert_eq!(client.handle(SessionEvent::Tick { now_ms: 21_000 }), []);
    let pong = sent(relay.handle(SessionEvent::Frame { now_ms: 20_000, bytes: ping })).remove(0);
    client.handle(SessionEvent::Frame { now_ms: 22_000, bytes: pong });
    assert_eq!(client.handle(SessionEvent::Tick { now_ms: 41_000 }), []);
    assert_eq!(closed(&client.handle(SessionEvent::Tick { now_ms: 62_000 })), Some(&SessionClosed::Silent));
}

#[test]
fn a_peer_beyond_its_rate_is_read_no_further_for_a_while() {
    let (_, mut relay) = pair();
    let pauses = (0..200).flat_map(|_| relay.handle(frame(0, &Message::Pong)));
    let pauses = pauses.filter(|effect| matches!(effect, SessionEffect::Pause { .. })).collect::<Vec<_>>();
    // The join was one of the hundred.
    assert_eq!(pauses.len(), 101);
    assert_eq!(pauses[0], SessionEffect::Pause { milliseconds: 50 });
    assert_eq!(pauses[100], SessionEffect::Pause { milliseconds: 5_050 });
}

#[test]
fn acknowledging_what_the_relay_sent_costs_nothing() {
    let (mut client, mut relay) = pair();
    let data: Arc<[u8]> = Arc::from([0x42, 0, 0, 0, 0]);
    let sync = SessionEvent::SendSync { document: document(), data, request: false };
    for _ in 0..1_000 {
        relay.handle(sync.clone());
        let bytes = sent(client.handle(sync.clone())).remove(0);
        let effects = relay.handle(SessionEvent::Frame { now_ms: 0, bytes });
        assert!(matches!(effects[..], [SessionEffect::Sync { .. }]), "{effects:?}");
    }
}

#[test]
fn who_goes_says_so() {
    let (mut client, mut relay) = pair();
    let effects = client.handle(SessionEvent::Leave);
    assert_eq!(closed(&effects), Some(&SessionClosed::Left));
    let bytes = sent(effects).remove(0);
    assert_eq!(closed(&relay.handle(SessionEvent::Frame { now_ms: 0, bytes })), Some(&SessionClosed::Left));
}
