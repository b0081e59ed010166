//! The real program, killed without warning under load again and again: nothing acknowledged is lost.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use crate::support::{Folder, NORRA, Peer, Program, VASTERAS, free_port, until};

const KILLS: usize = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_under_load_again_and_again_nothing_acknowledged_is_lost() {
    let folder = Folder::new();
    let port = free_port();
    let mut acknowledged: Vec<String> = Vec::new();
    let mut program = Program::start(&folder, port).await;
    let (one, two) = (program.sign_in(VASTERAS).await, program.sign_in(NORRA).await);
    let plan = one.county_plan().await;
    for round in 0..KILLS {
        let (mut a, mut b) = (one.open(plan).await, two.open(plan).await);
        a.until("open", Peer::is_saved).await;
        b.until("open", Peer::is_saved).await;
        for key in &acknowledged {
            assert!(a.get(key).is_some(), "{key} was acknowledged and is lost");
        }
        let progress = Arc::new(AtomicUsize::new(0));
        let seen = progress.clone();
        let writing = tokio::spawn(async move {
            let mut saved = Vec::new();
            for n in 0.. {
                let (mine, theirs) = (format!("a{round}-{n}"), format!("b{round}-{n}"));
                a.put(&mine, "x").await;
                b.put(&theirs, "y").await;
                let (mut mine, mut theirs) = (Some(mine), Some(theirs));
                while (mine.is_some() || theirs.is_some()) && a.closed.is_none() && b.closed.is_none() {
                    a.listen(Duration::from_millis(2)).await;
                    b.listen(Duration::from_millis(2)).await;
                    if a.is_saved() {
                        saved.extend(mine.take());
                    }
                    if b.is_saved() {
                        saved.extend(theirs.take());
                    }
                }
                seen.store(saved.len(), Ordering::Relaxed);
                if a.closed.is_some() || b.closed.is_some() {
                    break;
                }
            }
            saved
        });
        // A different moment each time: after other edits, and at another point of the next.
        until("edits are under way", async || progress.load(Ordering::Relaxed) > round % 5).await;
        tokio::time::sleep(Duration::from_millis((round as u64 * 7) % 30)).await;
        program.kill();
        acknowledged.extend(writing.await.unwrap());
        check_integrity(&folder).await;
        program = Program::start(&folder, port).await;
    }
    assert!(acknowledged.len() >= KILLS, "hardly anything was under way: {}", acknowledged.len());
    let mut last = two.open(plan).await;
    last.until("open", Peer::is_saved).await;
    let lost: Vec<&String> = acknowledged.iter().filter(|key| last.get(key).is_none()).collect();
    assert!(lost.is_empty(), "{} of {} lost: {lost:?}", lost.len(), acknowledged.len());
    program.kill();
}

/// SQLite itself finds nothing wrong, on a copy so that the write-ahead log is left to the relay.
async fn check_integrity(folder: &Folder) {
    let copy = Folder::new();
    for file in std::fs::read_dir(folder.0.join("data")).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.0.join(file.file_name())).unwrap();
    }
    let url = format!("sqlite://{}", copy.0.join(samplan_server::storage::FILE_NAME).display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    let (verdict,): (String,) = sqlx::query_as("PRAGMA integrity_check").fetch_one(&pool).await.unwrap();
    assert_eq!(verdict, "ok");
    pool.close().await;
}
