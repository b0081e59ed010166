//! Stored before acknowledged, and what cannot be stored is never acknowledged.

use std::time::Duration;

use reqwest::StatusCode;

use crate::support::{NORRA, Peer, Server, VASTERAS, until};

/// Makes SQLite refuse every change, as a full disk would.
const FULL_DISK: &str = "CREATE TRIGGER full_disk BEFORE INSERT ON changes BEGIN SELECT RAISE(ABORT, 'disk full'); END";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_acknowledgement_comes_only_after_the_commit() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = user.register("vasteras").await;
    let mut peer = user.open(document).await;
    let pool = server.relay.state().database.pool().clone();
    for n in 0..30 {
        peer.put("n", &n.to_string()).await;
        peer.until("saved", Peer::is_saved).await;
        let (rows,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM changes WHERE document_id = ?")
            .bind(document.as_bytes().as_slice())
            .fetch_one(&pool)
            .await
            .unwrap();
        assert_eq!(rows, n + 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_stored_is_neither_acknowledged_nor_passed_on_and_comes_again_later() {
    let server = Server::start().await;
    let (one, two) = (server.sign_in(VASTERAS).await, server.sign_in(NORRA).await);
    let plan = one.county_plan().await;
    let (mut writing, mut other) = (one.open(plan).await, two.open(plan).await);
    writing.until("open", Peer::is_saved).await;
    other.until("open", Peer::is_saved).await;
    server.sql(FULL_DISK).await;
    writing.put("lost", "inte sparat").await;
    writing.listen(Duration::from_millis(500)).await;
    other.listen(Duration::from_millis(100)).await;
    assert!(!writing.is_saved());
    assert_eq!(other.get("lost"), None);
    assert_eq!(one.get("/halsa").await.status(), StatusCode::SERVICE_UNAVAILABLE);

    server.sql("DROP TRIGGER full_disk").await;
    // The client comes back with what it has, as a browser would.
    let mut back = one.open(plan).await;
    let bytes = writing.replica.doc_mut().save();
    back.replica.doc_mut().load_incremental(&bytes).unwrap();
    back.put("after", "sparat").await;
    back.until("saved", Peer::is_saved).await;
    let mut fresh = two.open(plan).await;
    fresh.until("received", |peer| peer.get("lost").is_some() && peer.get("after").is_some()).await;
    assert_eq!(one.get("/halsa").await.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_document_is_set_aside_and_the_others_go_on() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let damaged = user.register("vasteras").await;
    let mut peer = user.open(damaged).await;
    peer.put("a", "1").await;
    peer.put("b", "2").await;
    peer.until("saved", Peer::is_saved).await;
    drop(peer);
    server.sql("DELETE FROM changes WHERE seq = 1").await;
    let server = server.restart().await;
    let user = server.sign_in(VASTERAS).await;
    let mut peer = user.open(damaged).await;
    peer.until("unavailable", |peer| peer.unavailable).await;
    let mut plan = user.open(user.county_plan().await).await;
    plan.put("x", "går bra").await;
    plan.until("saved", Peer::is_saved).await;
    let (rows,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM changes WHERE document_id = ?")
        .bind(damaged.as_bytes().as_slice())
        .fetch_one(server.relay.state().database.pool())
        .await
        .unwrap();
    assert_eq!(rows, 1, "what is left of it is kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_county_plan_hides_neither_the_plans_of_its_year_nor_their_checks() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let mut peer = user.open(user.county_plan().await).await;
    peer.put("a", "1").await;
    peer.put("b", "2").await;
    peer.until("saved", Peer::is_saved).await;
    drop(peer);
    server.sql("DELETE FROM changes WHERE seq = 1").await;
    let server = server.restart().await;
    let user = server.sign_in(VASTERAS).await;
    assert_eq!(user.get("/lan/2021").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(user.get("/budget/vasteras/2021").await.status(), StatusCode::OK);
    let checks = user.get("/kontroll").await;
    assert_eq!(checks.status(), StatusCode::OK);
    let page = checks.text().await.unwrap();
    assert!(page.contains("Planen går inte att läsa just nu."));
    assert!(page.contains("Årets resultat 2022"), "the others are checked all the same");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_relays_do_not_share_a_folder() {
    let server = Server::start().await;
    let error = samplan_server::storage::Database::open(&server.folder.0.join("data")).await.unwrap_err();
    assert!(error.to_string().contains("används redan"), "{error}");
    until("the first is well", async || server.relay.state().hub.storage_healthy()).await;
}
