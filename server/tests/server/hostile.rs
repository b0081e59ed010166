//! Hostile input closes the one who sends it, and changes nothing that is stored.

use std::time::Duration;

use app::sync::wire;

use crate::support::{NORRA, Peer, Server, User, VASTERAS};

async fn pair() -> (Server, User, Peer, Peer) {
    let server = Server::start().await;
    let (one, two) = (server.sign_in(VASTERAS).await, server.sign_in(NORRA).await);
    let plan = one.county_plan().await;
    let (mut honest, mut hostile) = (one.open(plan).await, two.open(plan).await);
    honest.until("open", Peer::is_saved).await;
    hostile.until("open", Peer::is_saved).await;
    (server, two, honest, hostile)
}

async fn only_the_sender_is_closed(mut honest: Peer, mut hostile: Peer, what: &str) {
    hostile.until(what, |peer| peer.closed.is_some()).await;
    honest.put("after", what).await;
    honest.until("the honest one goes on", Peer::is_saved).await;
    assert_eq!(honest.closed, None, "{what}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frames_that_are_no_messages_close_their_sender_alone() {
    for bytes in [vec![0xff; 10], Vec::new(), vec![0x9f; 100_000], b"{\"type\":\"sync\"}".to_vec()] {
        let (_server, _, honest, mut hostile) = pair().await;
        hostile.send_raw(bytes).await;
        only_the_sender_is_closed(honest, hostile, "no message").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sync_messages_that_would_harm_automerge_close_their_sender_alone() {
    // A message of type 0x42 without heads and needs, and one `have` whose bloom filter has no bits, or claims
    // a billion probes (see the guard).
    let no_bits = [&[0x42, 0, 0, 1, 0][..], &[4, 1, 0, 7, 0], &[0]].concat();
    let many_probes = [&[0x42, 0, 0, 1, 0][..], &[8, 1, 10, 0xff, 0xff, 0xff, 0xff, 0x0f, 0], &[0]].concat();
    for data in [no_bits, many_probes, vec![0x42], vec![0x00; 64], vec![0xff; 4_096]] {
        let (_server, _, honest, mut hostile) = pair().await;
        hostile.send_sync(&data).await;
        only_the_sender_is_closed(honest, hostile, &format!("{:02x?}", &data[..data.len().min(16)])).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_brings_changes_in_a_colleagues_name_is_put_on_record() {
    let (server, _, mut honest, mut bringer) = pair().await;
    let name = honest.replica.doc_mut().get_author().cloned();
    bringer.replica.doc_mut().set_author(name);
    bringer.put("carried", "ur en fil").await;
    bringer.until("saved", Peer::is_saved).await;
    honest.put("after", "x").await;
    honest.until("saved", Peer::is_saved).await;
    let database = server.relay.state().database.clone();
    crate::support::until("on record", async || {
        let (rows,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM audit WHERE event = 'changes_of_others_brought'")
            .fetch_one(database.pool())
            .await
            .unwrap();
        rows == 1
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_sends_more_than_the_rate_is_slowed_down_and_loses_nothing() {
    let server = Server::start_with(|config| {
        config.limits.sync_message_burst = 5;
        config.limits.sync_messages_per_second = 50;
    })
    .await;
    let user = server.sign_in(VASTERAS).await;
    let document = user.register("vasteras").await;
    let mut peer = user.open(document).await;
    let started = std::time::Instant::now();
    for _ in 0..50 {
        peer.send_raw(wire::encode(&wire::Message::Pong)).await;
    }
    peer.put("n", "1").await;
    peer.until("saved", Peer::is_saved).await;
    assert!(started.elapsed() > Duration::from_millis(500), "{:?}", started.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_says_nothing_is_closed_when_the_handshake_is_due() {
    let server = Server::start_with(|config| config.limits.handshake_seconds = 1).await;
    let user = server.sign_in(VASTERAS).await;
    let socket = crate::support::connect(&user.base, &[("cookie", &user.cookie)]).await.unwrap();
    let closed = tokio::time::timeout(Duration::from_secs(5), futures_util::StreamExt::collect::<Vec<_>>(socket)).await;
    assert!(closed.is_ok(), "still open");
}
