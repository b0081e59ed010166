//! A fault in one document harms no other, and not itself for long.

use std::time::Duration;

use app::domain::ids::DocumentId;

use crate::support::{Peer, Server, User, VASTERAS};

/// The code of the close frame that asks a client to try again.
const TRY_AGAIN: u16 = 1013;

/// Lets the document panic at what the peer writes next.
async fn strike(server: &Server, peer: &mut Peer, key: &str) {
    server.relay.state().hub.open(peer.document).await.unwrap().fail_next();
    peer.put(key, "x").await;
    peer.until("closed", |peer| peer.closed.is_some()).await;
    assert_eq!(peer.closed, Some(TRY_AGAIN));
}

/// The client comes back with what it has, as a browser would.
async fn come_back(user: &User, mut peer: Peer) -> Peer {
    let mut back = user.open(peer.document).await;
    let bytes = peer.replica.doc_mut().save();
    back.replica.doc_mut().load_incremental(&bytes).unwrap();
    back
}

/// Opens the document, as often as need be within some seconds.
async fn opened_again(user: &User, document: DocumentId) -> Peer {
    for _ in 0..50 {
        let mut peer = user.open(document).await;
        peer.until("an answer", |peer| peer.unavailable || peer.is_saved()).await;
        if !peer.unavailable {
            return peer;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("the document did not come back");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_caught_panic_the_document_is_loaded_again_and_the_others_never_noticed() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let (struck, other) = (user.register("vasteras").await, user.register("vasteras").await);
    let (mut writing, mut beside) = (user.open(struck).await, user.open(other).await);
    writing.put("before", "sparat").await;
    writing.until("saved", Peer::is_saved).await;
    strike(&server, &mut writing, "refused").await;
    assert!(!writing.is_saved());

    beside.put("meanwhile", "sparat").await;
    beside.until("saved", Peer::is_saved).await;
    assert_eq!(beside.closed, None);

    let mut back = come_back(&user, writing).await;
    back.put("after", "sparat").await;
    back.until("saved", Peer::is_saved).await;
    let mut fresh = user.open(struck).await;
    fresh.until("open", Peer::is_saved).await;
    for key in ["before", "refused", "after"] {
        assert!(fresh.get(key).is_some(), "{key} is lost");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_that_fails_again_is_set_aside_for_a_while_and_comes_back_whole() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = user.register("vasteras").await;
    let mut writing = user.open(document).await;
    writing.put("before", "sparat").await;
    writing.until("saved", Peer::is_saved).await;
    strike(&server, &mut writing, "first").await;
    let mut back = come_back(&user, writing).await;
    back.put("between", "sparat").await;
    back.until("saved", Peer::is_saved).await;
    strike(&server, &mut back, "second").await;

    let mut early = user.open(document).await;
    early.until("set aside", |peer| peer.unavailable).await;
    let fresh = opened_again(&user, document).await;
    for key in ["before", "first", "between"] {
        assert!(fresh.get(key).is_some(), "{key} is lost");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_document_that_was_repaired_comes_back_without_a_restart() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = user.register("vasteras").await;
    let mut peer = user.open(document).await;
    peer.put("a", "1").await;
    peer.put("b", "2").await;
    peer.until("saved", Peer::is_saved).await;
    drop(peer);
    server.sql("CREATE TABLE kept AS SELECT * FROM changes WHERE seq = 1").await;
    server.sql("DELETE FROM changes WHERE seq = 1").await;
    let server = server.restart().await;
    let user = server.sign_in(VASTERAS).await;
    let mut peer = user.open(document).await;
    peer.until("unavailable", |peer| peer.unavailable).await;
    server.sql("INSERT INTO changes SELECT * FROM kept").await;
    let peer = opened_again(&user, document).await;
    assert!(peer.get("a").is_some() && peer.get("b").is_some());
}
