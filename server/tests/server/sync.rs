//! Documents converge through the relay, and what is acknowledged is stored.

use std::time::Duration;

use crate::support::{NORRA, Peer, READER, Server, VASTERAS, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn editors_of_two_associations_converge_on_the_county_plan() {
    let server = Server::start().await;
    let (one, two) = (server.sign_in(VASTERAS).await, server.sign_in(NORRA).await);
    let plan = one.county_plan().await;
    let (mut a, mut b) = (one.open(plan).await, two.open(plan).await);
    for n in 0..50 {
        a.put(&format!("a{n}"), "x").await;
        b.put(&format!("b{n}"), "y").await;
    }
    Peer::until_both("both have all", &mut a, &mut b, |a, b| {
        (0..50).all(|n| a.get(&format!("b{n}")).is_some() && b.get(&format!("a{n}")).is_some())
    })
    .await;
    Peer::until_both("saved", &mut a, &mut b, |a, b| a.is_saved() && b.is_saved()).await;
    assert_eq!(a.replica.doc_mut().get_heads(), b.replica.doc_mut().get_heads());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_saved_is_there_after_a_restart() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = user.register("vasteras").await;
    let mut peer = user.open(document).await;
    for n in 0..300 {
        peer.put("n", &n.to_string()).await;
    }
    peer.until("saved", Peer::is_saved).await;
    let server = server.restart().await;
    let reader = server.sign_in(READER).await;
    let mut fresh = reader.open(document).await;
    fresh.until("received", |peer| peer.get("n").as_deref() == Some("299")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_comes_back_replaces_its_old_socket() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = user.register("vasteras").await;
    let mut before = Peer::open_as(&user, document, "same-client").await;
    before.put("a", "1").await;
    before.until("saved", Peer::is_saved).await;
    let mut after = Peer::open_as(&user, document, "same-client").await;
    before.until("closed", |peer| peer.closed == Some(1000)).await;
    after.until("received", |peer| peer.get("a").is_some()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_reaches_all_others_once_and_is_not_kept() {
    let server = Server::start().await;
    let (editor, reader) = (server.sign_in(VASTERAS).await, server.sign_in(READER).await);
    let document = editor.register("vasteras").await;
    let (mut a, mut b) = (editor.open(document).await, reader.open(document).await);
    a.put("x", "1").await;
    Peer::until_both("open", &mut a, &mut b, |a, b| a.is_saved() && b.is_saved()).await;
    a.say(&[0x01]).await;
    b.say(&[0x02]).await;
    b.until("heard", |peer| !peer.heard.is_empty()).await;
    a.until("heard", |peer| !peer.heard.is_empty()).await;
    a.listen(Duration::from_millis(200)).await;
    assert_eq!(a.heard.iter().map(|said| said.data.clone()).collect::<Vec<_>>(), [vec![0x02]]);
    assert_eq!(b.heard.iter().map(|said| said.data.clone()).collect::<Vec<_>>(), [vec![0x01]]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn documents_that_nobody_has_open_leave_memory_and_become_one_snapshot() {
    let server = Server::start_with(|config| config.idle_document = Duration::from_millis(200)).await;
    let user = server.sign_in(VASTERAS).await;
    let document = user.register("vasteras").await;
    let mut peer = user.open(document).await;
    for n in 0..250 {
        peer.put("n", &n.to_string()).await;
        if n % 20 == 0 {
            peer.until("saved", Peer::is_saved).await;
        }
    }
    peer.until("saved", Peer::is_saved).await;
    assert_eq!(server.relay.state().hub.documents_in_memory(), 1);
    drop(peer);
    until("out of memory", async || server.relay.state().hub.documents_in_memory() == 0).await;
    let pool = server.relay.state().database.pool().clone();
    until("one snapshot", async || {
        let (loose, snapshots): (i64, i64) = sqlx::query_as(
            "SELECT (SELECT COUNT(*) FROM changes WHERE document_id = ?1),
                        (SELECT COUNT(*) FROM snapshots WHERE document_id = ?1)",
        )
        .bind(document.as_bytes().as_slice())
        .fetch_one(&pool)
        .await
        .unwrap();
        (loose, snapshots) == (0, 1)
    })
    .await;
    let mut again = user.open(document).await;
    again.until("received", |peer| peer.get("n").as_deref() == Some("249")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_tells_every_socket_that_the_relay_goes_away() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let mut peer = user.open(user.county_plan().await).await;
    peer.until("open", |peer| peer.messages > 0).await;
    let stopping = tokio::spawn(server.relay.stop());
    peer.until("closed", |peer| peer.closed == Some(1001)).await;
    stopping.await.unwrap();
}
