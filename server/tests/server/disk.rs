//! A disk that is full, and one that kept only part of what was written last.

use std::{fs, path::PathBuf};

use app::domain::ids::DocumentId;
use automerge::{ROOT, ReadDoc};
use reqwest::StatusCode;
use samplan_server::storage::{Database, FILE_NAME};

use crate::support::{Folder, Peer, Program, Server, VASTERAS, client, free_port};

/// Edits that count as acknowledged before the damage, and edits that may be damaged.
const KEPT: usize = 10;
const LATER: usize = 8;
/// Places of the write-ahead log that are damaged: behind the last that must be kept, and before it.
const PLACES_BEHIND: usize = 240;
const PLACES_BEFORE: usize = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_disk_nothing_is_acknowledged_and_every_edit_comes_through_in_the_end() {
    let folder = Folder::new();
    let port = free_port();
    let program = Program::start(&folder, port).await;
    let user = program.sign_in(VASTERAS).await;
    let plan = user.county_plan().await;
    program.kill();
    let sizes = fs::read_dir(folder.0.join("data")).unwrap().map(|file| file.unwrap().metadata().unwrap().len());
    let largest = sizes.max().unwrap();

    let program = Program::start_on_small_disk(&folder, port, largest + 256 * 1024).await;
    let mut writing = user.open(plan).await;
    writing.until("open", Peer::is_saved).await;
    let mut acknowledged = Vec::new();
    let refused = loop {
        let key = format!("n{}", acknowledged.len());
        writing.put(&key, "x").await;
        writing.until("decided", |peer| peer.is_saved() || peer.closed.is_some()).await;
        if !writing.is_saved() {
            break key;
        }
        acknowledged.push(key);
        assert!(acknowledged.len() < 1_000, "the disk is never full");
    };
    assert!(!acknowledged.is_empty(), "the disk was full from the start");
    let health = client().get(format!("{}/halsa", program.base)).send().await.unwrap();
    assert_eq!(health.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(writing.get(&refused).is_some(), "the client keeps what it wrote");
    program.kill();

    let program = Program::start(&folder, port).await;
    let mut fresh = user.open(plan).await;
    fresh.until("open", Peer::is_saved).await;
    let lost: Vec<&String> = acknowledged.iter().filter(|key| fresh.get(key).is_none()).collect();
    assert!(lost.is_empty(), "{lost:?} of {} lost", acknowledged.len());
    let mut back = user.open(plan).await;
    let bytes = writing.replica.doc_mut().save();
    back.replica.doc_mut().load_incremental(&bytes).unwrap();
    back.put("after", "y").await;
    back.until("saved", Peer::is_saved).await;
    fresh.until("received", |peer| peer.get(&refused).is_some() && peer.get("after").is_some()).await;
    program.kill();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_cut_or_changed_behind_the_last_acknowledgement_loses_nothing_acknowledged() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = user.register("vasteras").await;
    let mut peer = user.open(document).await;
    let data = server.folder.0.join("data");
    let log_file = data.join(format!("{FILE_NAME}-wal"));
    let mut acknowledged_until = 0;
    for n in 0..KEPT + LATER {
        if n == KEPT {
            acknowledged_until = usize::try_from(fs::metadata(&log_file).unwrap().len()).unwrap();
        }
        peer.put(&format!("n{n}"), "x").await;
        peer.until("saved", Peer::is_saved).await;
    }
    let crashed = Crashed { database: fs::read(data.join(FILE_NAME)).unwrap(), log: fs::read(&log_file).unwrap() };
    assert!(crashed.log.len() > acknowledged_until, "the log was moved meanwhile");
    assert_eq!(crashed.edits_with_log(&crashed.log, document).await, Some(KEPT + LATER));

    for place in 0..PLACES_BEHIND {
        let at = acknowledged_until + place * (crashed.log.len() - acknowledged_until) / PLACES_BEHIND;
        let found = crashed.edits_with_log(&damaged(&crashed.log, at, place), document).await;
        assert!(found.is_some_and(|edits| edits >= KEPT), "damaged at {at}: {found:?} edits");
    }
    // What is damaged before that cannot be had back. It is refused, or gives what was there at some moment.
    for place in 0..PLACES_BEFORE {
        let at = place * acknowledged_until / PLACES_BEFORE;
        crashed.edits_with_log(&damaged(&crashed.log, at, place), document).await;
    }
}

/// The log cut at a place, or a bit of it changed, or a stretch of zeros as from a sector that was never written.
fn damaged(log: &[u8], at: usize, kind: usize) -> Vec<u8> {
    let mut log = log.to_vec();
    match kind % 3 {
        0 => log.truncate(at),
        1 => log[at] ^= 1 << (kind % 8),
        _ => {
            let end = log.len().min(at + 512);
            log[at..end].fill(0);
        }
    }
    log
}

/// The files as a power failure leaves them.
struct Crashed {
    database: Vec<u8>,
    log: Vec<u8>,
}

impl Crashed {
    /// How many edits a relay finds that starts on these files with this log; none if the document is refused. Edits
    /// found are the first ones, without a gap.
    async fn edits_with_log(&self, log: &[u8], document: DocumentId) -> Option<usize> {
        let folder = Folder::new();
        let path: PathBuf = folder.0.join(FILE_NAME);
        fs::write(&path, &self.database).unwrap();
        fs::write(folder.0.join(format!("{FILE_NAME}-wal")), log).unwrap();
        let database = Database::open(&folder.0).await.ok()?;
        let stored = database.load_document(document).await;
        database.close().await;
        let stored = stored.ok()?.document;
        let has = |n: usize| stored.get(ROOT, format!("n{n}")).unwrap().is_some();
        let edits = (0..KEPT + LATER).take_while(|n| has(*n)).count();
        assert!((edits..KEPT + LATER).all(|n| !has(n)), "an edit is missing before others");
        Some(edits)
    }
}
