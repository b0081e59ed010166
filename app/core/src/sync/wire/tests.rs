//! Recorded frames of the JavaScript client, odd but honest forms, and forms that are neither.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use super::{Ephemeral, Message, Parcel, PeerMetadata, WireError, decode, encode};
use crate::domain::ids::DocumentId;

/// Frames recorded between automerge-repo 2.5.6 and its own server. They must be read for ever.
macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/fixtures/wire/", $name, ".cbor"))
    };
}

const PLAN: &str = "SHnMJ4byUkSKT5tFfDLskzitQWu";

fn document(id: &str) -> DocumentId {
    id.parse().unwrap()
}

fn parcel(data: &[u8]) -> Parcel {
    Parcel { document: document(PLAN), sender: "me".into(), target: "you".into(), data: data.to_vec() }
}

fn ephemeral() -> Ephemeral {
    let (sender, target, session) = ("me".into(), "you".into(), "s1".into());
    Ephemeral { document: document(PLAN), sender, target, session, count: 5_000_000_000, data: vec![0xf6] }
}

#[test]
fn frames_of_the_javascript_client_are_read() {
    let metadata = PeerMetadata { storage_id: None, is_ephemeral: true, answers_ping: false };
    let join = Message::Join { sender: "client-a".into(), versions: vec!["1".into()], metadata: metadata.clone() };
    assert_eq!(decode(fixture!("join")), Ok(join));
    let (sender, target, version) = ("server".into(), "client-a".into(), "1".into());
    assert_eq!(decode(fixture!("peer")), Ok(Message::Peer { sender, target, version, metadata }));
    let unavailable = Message::DocUnavailable {
        document: document("4NMNnkMhL8jXrdJ9jamS58PAVdXu"),
        sender: "client-a".into(),
        target: "server".into(),
    };
    assert_eq!(decode(fixture!("doc-unavailable")), Ok(unavailable));
    let Ok(Message::Ephemeral(said)) = decode(fixture!("ephemeral")) else { panic!("no ephemeral message") };
    assert_eq!((said.session.as_str(), said.count, said.data.len()), ("ng44rx5vqg", 1, 11));
    for (bytes, request, length) in [
        (&fixture!("request")[..], true, 10),
        (&fixture!("sync-first")[..], false, 47),
        (&fixture!("sync-change")[..], false, 265),
    ] {
        match decode(bytes) {
            Ok(Message::Request(parcel)) if request => assert_eq!(parcel.data.len(), length),
            Ok(Message::Sync(parcel)) if !request => assert_eq!(parcel.data.len(), length),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn messages_survive_the_way_there_and_back() {
    let metadata = PeerMetadata { storage_id: Some("st".into()), is_ephemeral: false, answers_ping: true };
    let (sender, target) = ("me".to_owned(), "you".to_owned());
    let messages = [
        Message::Join { sender: sender.clone(), versions: vec!["1".into(), "2".into()], metadata: metadata.clone() },
        Message::Peer { sender: sender.clone(), target: target.clone(), version: "1".into(), metadata },
        Message::Request(parcel(&[1])),
        Message::Sync(parcel(&[0; 70_000])),
        Message::DocUnavailable { document: document(PLAN), sender: sender.clone(), target },
        Message::Ephemeral(ephemeral()),
        Message::Error { message: "för stor".into() },
        Message::Leave { sender },
        Message::Ping,
        Message::Pong,
    ];
    for message in messages {
        assert_eq!(decode(&encode(&message)), Ok(message));
    }
}

/// A map with the given entries, written by hand so that it may be odd.
fn map(entries: &[&[u8]]) -> Vec<u8> {
    let mut bytes = vec![0xb9, 0, entries.len() as u8];
    entries.iter().for_each(|entry| bytes.extend_from_slice(entry));
    bytes
}

const SYNC: &[u8] = b"\x64type\x64sync";
const SENDER: &[u8] = b"\x68senderId\x62me";
const TARGET: &[u8] = b"\x68targetId\x63you";
const DATA: &[u8] = b"\x64data\x41\x07";

fn text_id() -> Vec<u8> {
    [b"\x6adocumentId\x78", &[PLAN.len() as u8][..], PLAN.as_bytes()].concat()
}

#[test]
fn odd_but_honest_forms_are_read() {
    let expected = Ok(Message::Sync(parcel(&[7])));
    let raw_id = [b"\x6adocumentId\x50", &document(PLAN).as_bytes()[..]].concat();
    let spelt_id = [b"\x6adocumentId\x58", &[PLAN.len() as u8][..], PLAN.as_bytes()].concat();
    let tagged = b"\x64data\xd8\x40\x41\x07";
    let text = text_id();
    let rows: &[&[&[u8]]] = &[
        &[SYNC, &text, SENDER, TARGET, DATA],
        &[SYNC, &raw_id, SENDER, TARGET, DATA],
        &[SYNC, &spelt_id, SENDER, TARGET, DATA],
        &[SYNC, &text, SENDER, TARGET, tagged],
        // Unknown keys: undefined, a nested map, a number as key.
        &[SYNC, b"\x61a\xf7", &text, SENDER, b"\x61b\xa1\x61c\x82\x01\xfb\x3f\xf0\0\0\0\0\0\0", TARGET, DATA],
        &[SYNC, b"\x01\x02", &text, SENDER, TARGET, DATA],
    ];
    for row in rows {
        assert_eq!(decode(&map(row)), expected, "{row:?}");
    }
    // A map of undeclared length.
    let mut open = vec![0xbf];
    [SYNC, &text, SENDER, TARGET, DATA, b"\xff"].iter().for_each(|entry| open.extend_from_slice(entry));
    assert_eq!(decode(&open), expected);
}

#[test]
fn a_count_may_be_a_float_that_is_whole() {
    let message = |count: &[u8]| {
        let text = text_id();
        let count = [b"\x65count", count].concat();
        decode(&map(&[
            b"\x64type\x69ephemeral",
            &text,
            SENDER,
            TARGET,
            b"\x69sessionId\x62s1",
            &count,
            b"\x64data\x41\xf6",
        ]))
    };
    let float = |number: f64| [&[0xfb][..], &number.to_be_bytes()].concat();
    assert_eq!(message(&float(5e9)), Ok(Message::Ephemeral(ephemeral())));
    for count in [float(1.5), float(-1.0), float(f64::NAN), float(f64::INFINITY), float(1e300), vec![0xf7], vec![0x20]]
    {
        assert_eq!(message(&count), Err(WireError::Field("count")), "{count:?}");
    }
}

#[test]
fn versions_missing_mean_the_first() {
    for entry in [&b"\x61x\x01"[..], b"\x78\x19supportedProtocolVersions\xf7"] {
        let Ok(Message::Join { versions, .. }) = decode(&map(&[b"\x64type\x64join", SENDER, entry])) else {
            panic!("no join");
        };
        assert_eq!(versions, ["1"]);
    }
}

#[test]
fn metadata_is_taken_under_its_old_name_too() {
    let entry = b"\x68metadata\xa1\x69storageId\x62st";
    let Ok(Message::Join { metadata, .. }) = decode(&map(&[b"\x64type\x64join", SENDER, entry])) else {
        panic!("no join");
    };
    assert_eq!(metadata.storage_id.as_deref(), Some("st"));
}

#[test]
fn types_of_no_concern_are_ignored() {
    for kind in
        [&b"\x64type\x78\x1aremote-subscription-change"[..], b"\x64type\x74remote-heads-changed", b"\x64type\x61?"]
    {
        assert_eq!(decode(&map(&[kind, SENDER])), Ok(Message::Ignored));
    }
}

#[test]
fn sizes_that_a_message_declares_are_not_believed() {
    let text = text_id();
    let huge: &[&[u8]] = &[
        b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x61x\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x61x\x5b\x7f\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x61x\x7b\x7f\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x7b\x7f\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x78\x19supportedProtocolVersions\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
    ];
    for bytes in huge {
        assert!(matches!(decode(bytes), Err(WireError::NotCbor(_))), "{bytes:?}");
    }
    for nesting in [0x81_u8, 0xa1, 0xc1, 0x9f, 0xbf] {
        let deep = [b"\xa1\x61x", vec![nesting; 100_000].as_slice()].concat();
        assert!(decode(&deep).is_err());
    }
    let empty = b"\x64data\x40";
    assert_eq!(decode(&map(&[SYNC, &text, SENDER, TARGET, empty])), Err(WireError::Field("data")));
    let long = [b"\x68senderId\x79\x10\x00", vec![b'a'; 0x1000].as_slice()].concat();
    assert_eq!(decode(&map(&[SYNC, &text, &long, TARGET, DATA])), Err(WireError::TooLong("senderId")));
}

#[test]
fn no_prefix_and_no_flipped_bit_of_a_frame_panics() {
    for frame in [&fixture!("join")[..], fixture!("peer"), fixture!("ephemeral"), fixture!("sync-change")] {
        for end in 0..frame.len() {
            assert!(decode(&frame[..end]).is_err());
            for bit in 0..8 {
                let mut flipped = frame.to_vec();
                flipped[end] ^= 1 << bit;
                drop(decode(&flipped));
            }
        }
    }
}
