//! Every hostile input that is known to hurt automerge, thrown at a relay's replica: it is refused, the peer is
//! closed, nothing is asked to be stored, and memory stays within bounds all the while.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/random.rs"]
mod random;

use std::sync::{Arc, Mutex};

use automerge::transaction::Transactable;
use automerge::{ActorId, AutoCommit, ROOT};
use hostile::{Head, body, bring, change, column, compressed, kind, puts, run, unsigned};
use peak_alloc::PeakAlloc;
use random::Random;
use samplan_core::domain::ids::{DocumentId, UserId};
use samplan_core::limits::Limits;
use samplan_core::sync::guard::{Accept, vet_sync_message};
use samplan_core::sync::replica::{Effect, Event, PeerKey, Replica, Rights};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Measurements are of the whole process, so tests take turns.
static TURN: Mutex<()> = Mutex::new(());

/// What a hostile message may cost in memory beyond its own size. The least of the attacks asks for 200 MB.
const BOUND: usize = 8 * 1024 * 1024;

fn measured<T>(run: impl FnOnce() -> T) -> (T, usize) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let result = run();
    (result, MEMORY.peak_usage().saturating_sub(before))
}

fn relay() -> Replica {
    let mut doc = AutoCommit::new().with_actor(ActorId::from([1; 16]));
    doc.put(ROOT, "begun", true).unwrap();
    doc.commit();
    let mut replica = Replica::new(DocumentId::from_random(Random::new(1).id()), doc, Arc::new(Limits::default()));
    let user = Some(UserId::from_random([2; 16]));
    for peer in [PeerKey(1), PeerKey(2)] {
        replica.handle(Event::PeerJoined { peer, rights: Rights::Write, user });
    }
    replica
}

fn check_refused(what: &str, data: Vec<u8>) {
    let mut replica = relay();
    let heads = replica.stored_heads().to_vec();
    let length = data.len();
    let (effects, peak) = measured(|| replica.handle(Event::Message { peer: PeerKey(1), data }));
    assert!(peak < BOUND + 3 * length, "{what}: {peak} bytes for a message of {length}");
    assert!(
        matches!(&effects[..], [Effect::ClosePeer { peer: PeerKey(1), .. }]),
        "{what}: the peer is closed and nothing else: {effects:?}"
    );
    assert_eq!(replica.doc_mut().get_heads(), heads, "{what}: the document is as it was");
    assert_eq!(replica.peers(), 1, "{what}: the others stay");
}

#[test]
fn bloom_filters_that_divide_by_zero_or_ask_for_gigabytes_are_refused() {
    let _turn = TURN.lock();
    let rows = [
        ("zero bits", hostile::bloom(1, 0, 7, 0)),
        ("sixteen gigabytes of probes", hostile::bloom(1, 10, u64::from(u32::MAX), 2)),
        ("probes beyond 32 bits", hostile::bloom(1, 10, u64::MAX, 2)),
        ("no probes", hostile::bloom(1, 10, 0, 2)),
        ("entries that overflow", hostile::bloom(u64::MAX, 64, 7, 8)),
        ("fewer bits than entries", hostile::bloom(1000, 10, 7, 2)),
        ("more bits than entries", hostile::bloom(1, 10, 7, 3)),
        ("no entries but bits", hostile::bloom(0, 10, 7, 1)),
    ];
    for (what, bloom) in rows {
        check_refused(what, hostile::message(&[], &[], &[(Vec::new(), bloom)], &[]));
    }
}

#[test]
fn changes_that_inflate_beyond_bounds_are_refused() {
    let _turn = TURN.lock();
    for megabytes in [1, 64, 512] {
        let zeros = vec![0; megabytes << 20];
        let bomb = compressed(&zeros);
        drop(zeros);
        check_refused("a bomb", bring(&[bomb]));
    }
    check_refused("no deflate stream", bring(&[hostile::chunk(kind::COMPRESSED, [0; 32], &[0xff; 64])]));
    check_refused("a change of 300 KB", bring(&[change(&body(&Head::default(), &puts(300_000, "k")))]));
}

#[test]
fn operations_are_counted_before_they_are_written_out() {
    let _turn = TURN.lock();
    let nothing = |count: u64| {
        vec![
            (column::KEY_TEXT, run(count, b"\x01k")),
            (column::INSERT, unsigned(count)),
            (column::ACTION, run(count, &unsigned(1))),
            (column::VALUE_METADATA, run(count, &unsigned(0))),
            (column::PREDECESSORS, run(count, &unsigned(0))),
        ]
    };
    for count in [50_001, 1_000_000, 1 << 40, i64::MAX as u64] {
        check_refused("operations", bring(&[change(&body(&Head::default(), &nothing(count)))]));
    }
    // Four times fifty thousand are taken in one message, five times are not.
    let many = (0..5).map(|actor| change(&body(&Head { actor: vec![actor; 16], ..Head::default() }, &nothing(50_000))));
    check_refused("operations of a message", bring(&many.collect::<Vec<_>>()));
}

#[test]
fn runs_in_any_column_are_counted() {
    let _turn = TURN.lock();
    let long = 1 << 40;
    let null_run = [vec![0], unsigned(long)].concat();
    let minimum = [&[0x80; 9][..], &[0x7f]].concat();
    let rows = [
        ("a run of nothing", column::OBJECT_ACTOR, null_run),
        ("a literal run of 2^63", column::OBJECT_ACTOR, minimum),
        ("booleans", column::INSERT, unsigned(long)),
        ("groups", column::PREDECESSORS, run(1, &unsigned(long))),
        ("groups of groups", column::PREDECESSORS, run(1 << 20, &unsigned(1 << 44))),
        ("members of groups", column::PREDECESSOR_ACTOR, run(long, &unsigned(0))),
        ("differences", column::PREDECESSOR_COUNTER, run(long, &unsigned(0))),
        ("values that are not there", column::VALUE_METADATA, run(1, &unsigned(u64::MAX))),
        ("values without metadata", column::VALUE, vec![1]),
        ("a name longer than the column", column::KEY_TEXT, run(1, &unsigned(long))),
        ("a compressed column", column::ACTION | 8, vec![1, 1]),
    ];
    for (what, specification, bytes) in rows {
        check_refused(what, bring(&[change(&body(&Head::default(), &[(specification, bytes)]))]));
    }
    // A name of 200 KB, fifty thousand times: ten gigabytes.
    let name = "k".repeat(200_000);
    let mut columns = puts(1, "k");
    columns[0].1 = run(50_000, &hostile::prefixed(name.as_bytes()));
    check_refused("a name repeated", bring(&[change(&body(&Head::default(), &columns))]));
}

#[test]
fn counts_and_lengths_that_are_not_there_cost_nothing() {
    let _turn = TURN.lock();
    let huge = unsigned(1 << 60);
    let rows = [
        ("heads", [vec![0x42], huge.clone()].concat()),
        ("needs", [vec![0x42, 0], huge.clone()].concat()),
        ("summaries", [vec![0x42, 0, 0], huge.clone()].concat()),
        ("hashes of a summary", [vec![0x42, 0, 0, 1], huge.clone()].concat()),
        ("a bloom filter's length", [vec![0x42, 0, 0, 1, 0], huge.clone()].concat()),
        ("chunks", [vec![0x42, 0, 0, 0], huge.clone()].concat()),
        ("a chunk's length", [vec![0x42, 0, 0, 0, 1], huge.clone()].concat()),
        ("flags", [vec![0x42, 0, 0, 0, 0], huge.clone()].concat()),
        ("the length within a chunk", bring(&[[&[0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1], &huge[..]].concat()])),
        ("dependencies", bring(&[change(&huge)])),
        ("an actor", bring(&[change(&[vec![0], huge.clone()].concat())])),
        ("nothing", Vec::new()),
        ("another protocol", vec![0x41, 0, 0, 0, 0]),
        ("300 heads", hostile::message(&[[7; 32]; 300], &[], &[], &[])),
        ("300 needs", hostile::message(&[], &[[7; 32]; 300], &[], &[])),
        ("300 hashes of a summary", hostile::message(&[], &[], &[(vec![[7; 32]; 300], Vec::new())], &[])),
        ("five summaries", hostile::message(&[], &[], &[(); 5].map(|()| (Vec::new(), Vec::new())), &[])),
        (
            "300 dependencies",
            bring(&[change(&body(&Head { dependencies: vec![[7; 32]; 300], ..Head::default() }, &puts(1, "k")))]),
        ),
        (
            "an actor of 65 bytes",
            bring(&[change(&body(&Head { actor: vec![1; 65], ..Head::default() }, &puts(1, "k")))]),
        ),
    ];
    for (what, data) in rows {
        check_refused(what, data);
    }
}

#[test]
fn whole_documents_and_bundles_are_refused_from_peers_of_the_relay() {
    let _turn = TURN.lock();
    let mut doc = AutoCommit::new();
    doc.put(ROOT, "k", 1).unwrap();
    check_refused("a document", bring(&[doc.save()]));
    check_refused("a bundle", bring(&[hostile::chunk(kind::BUNDLE, [0; 32], &[0])]));
    check_refused(
        "a document behind a change",
        bring(&[[change(&body(&Head::default(), &puts(1, "k"))), doc.save()].concat()]),
    );
    check_refused("an unknown kind", bring(&[hostile::chunk(9, [0; 32], &[0])]));
    let wrong = hostile::chunk(kind::CHANGE, [0xaa; 32], &body(&Head::default(), &puts(1, "k")));
    check_refused("a wrong checksum", bring(&[wrong]));
}

#[test]
fn a_client_vets_the_documents_that_its_relay_sends() {
    let _turn = TURN.lock();
    let limits = Limits::default();
    let mut doc = AutoCommit::new();
    for index in 0..2_000 {
        doc.put(ROOT, format!("k{}", index % 50), index).unwrap();
        doc.commit();
    }
    let honest = bring(&[doc.save()]);
    assert!(vet_sync_message(&honest, &limits, Accept::ChangesAndDocuments).is_ok());
    // One column of operations that inflates to a gigabyte.
    let mut deflated = compressed(&vec![0; 1 << 30]);
    deflated.drain(..9);
    let length = deflated.iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
    deflated.drain(..length);
    let columns = [unsigned(0), unsigned(1), unsigned(column::ACTION | 8), unsigned(deflated.len() as u64)].concat();
    let document = [unsigned(0), unsigned(0), columns, deflated].concat();
    let bomb = bring(&[hostile::chunk(kind::DOCUMENT, [0; 32], &document)]);
    let (vetted, peak) = measured(|| vet_sync_message(&bomb, &limits, Accept::ChangesAndDocuments));
    assert!(vetted.is_err());
    assert!(peak < 2 * limits.inflated_document_bytes + BOUND, "{peak}");
}

#[test]
fn columns_changed_at_random_change_nothing_that_is_stored() {
    let _turn = TURN.lock();
    let mut random = Random::new(7);
    let mut doc = AutoCommit::new().with_actor(ActorId::from([9; 16]));
    let text = doc.put_object(ROOT, "text", automerge::ObjType::Text).unwrap();
    doc.splice_text(&text, 0, 0, "samordningsförbund").unwrap();
    doc.put(ROOT, "cost", 12_500_000_i64).unwrap();
    doc.delete(ROOT, "cost").unwrap();
    doc.commit();
    let honest = doc.get_changes(&[]).remove(0);
    // Behind the header: magic, checksum, kind and a length of two bytes.
    let honest = honest.raw_bytes()[11..].to_vec();
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let (mut refused, mut reloads) = (0, 0);
    for _ in 0..3_000 {
        let mut body = honest.clone();
        for _ in 0..=random.below(3) {
            if random.chance(5) {
                body.truncate(41 + random.below(body.len() - 41));
            }
            let at = 40 + random.below(body.len() - 40);
            body[at] = random.next() as u8;
        }
        let mut replica = relay();
        let (effects, peak) =
            measured(|| replica.handle(Event::Message { peer: PeerKey(1), data: bring(&[change(&body)]) }));
        assert!(peak < BOUND, "{peak}");
        refused += usize::from(effects.iter().any(|effect| matches!(effect, Effect::ClosePeer { .. })));
        reloads += usize::from(effects.iter().any(|effect| matches!(effect, Effect::Reload)));
        for effect in effects {
            // What is asked to be stored can be read back.
            let Effect::Store { changes, heads, .. } = effect else { continue };
            let mut doc = relay().doc_mut().fork();
            for change in changes {
                doc.load_incremental(&change.bytes).unwrap();
            }
            assert_eq!(doc.get_heads(), heads);
        }
    }
    std::panic::set_hook(hook);
    assert!(refused > 150, "{refused} refused, {reloads} only when applied");
}
