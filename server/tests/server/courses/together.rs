//! Many at once, the same twice, and a relay that is killed in the middle.

use std::collections::BTreeSet;

use app::domain::Decision;
use reqwest::StatusCode;
use tokio::task::JoinSet;

use super::support::{Room, link, many, send_to, view};
use crate::support::{Folder, Peer, Program, Server, VASTERAS, free_port};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_at_once_for_eighteen_places_none_is_lost_or_doubled() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 18, Vec::new()).await;
    let mut sending = JoinSet::new();
    for n in 0..200 {
        let url = room.url();
        sending.spawn(async move { send_to(&url, n).await.status() });
    }
    while let Some(status) = sending.join_next().await {
        assert_eq!(status.unwrap(), StatusCode::SEE_OTHER);
    }
    let view = view(&server, room.document).await;
    let count = |decision: Decision| view.registrations.iter().filter(|one| one.decision == decision).count();
    assert_eq!((count(Decision::Confirmed), count(Decision::Waiting)), (18, 182));
    let emails: BTreeSet<_> = view.registrations.iter().map(|one| &one.email).collect();
    assert_eq!(emails.len(), 200);
    let mut arrivals: Vec<_> = view.registrations.iter().filter_map(|one| one.arrival).collect();
    arrivals.sort_unstable();
    assert_eq!(arrivals, (1..=200).collect::<Vec<_>>());
    // Whoever has a place came before everybody who has none.
    let last = view.registrations.iter().filter(|one| one.decision == Decision::Confirmed).map(|one| one.arrival).max();
    assert_eq!(last, Some(Some(18)));
    let rows: Vec<(String, i64)> = sqlx::query_as("SELECT state, COUNT(*) FROM places GROUP BY state ORDER BY state")
        .fetch_all(server.relay.state().database.pool())
        .await
        .unwrap();
    assert_eq!(rows, [("confirmed".to_owned(), 18), ("waiting".to_owned(), 182)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_is_sent_twice_is_one_registration_with_one_link() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 18, Vec::new()).await;
    let (one, two) = tokio::join!(room.send(1), room.send(1));
    assert_eq!((one.status(), two.status()), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(link(&room.base, &one), link(&room.base, &two));
    assert_eq!(link(&room.base, &one), room.sign_up(1).await);
    assert_eq!(view(&server, room.document).await.registrations.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_crash_left_between_document_and_ledger_is_completed_at_the_next_start() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 1, Vec::new()).await;
    room.sign_up(1).await;
    room.sign_up(2).await;
    server.sql("DELETE FROM places").await;
    server.sql("UPDATE occasions SET heads = x''").await;
    let document = room.document;
    drop(room);
    let server = server.restart().await;
    let places = async || {
        let rows: Vec<(String, i64)> = sqlx::query_as("SELECT state, arrival FROM places ORDER BY arrival")
            .fetch_all(server.relay.state().database.pool())
            .await
            .unwrap();
        rows == [("confirmed".to_owned(), 1), ("waiting".to_owned(), 2)]
    };
    crate::support::until("the ledger says what the document says", places).await;
    assert_eq!(view(&server, document).await.registrations.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_people_sign_up_nobody_who_was_answered_is_lost_or_doubled() {
    let (folder, port) = (Folder::new(), free_port());
    let mut program = Program::start(&folder, port).await;
    let admin = program.sign_in(VASTERAS).await;
    let room = Room::open_as(&admin, 18, Vec::new()).await;
    let (url, document) = (room.url(), room.document);
    drop(room);
    let mut answered = BTreeSet::new();
    for round in 0..4_usize {
        let mut sending = JoinSet::new();
        for n in 0..12 {
            let (url, n) = (url.clone(), round * 100 + n);
            sending.spawn(async move { (n, try_to_send(&url, n).await) });
        }
        // Once some have their answer, and others not.
        for _ in 0..=round * 2 {
            if let Some(Ok((n, true))) = sending.join_next().await {
                answered.insert(n);
            }
        }
        program.kill();
        while let Some(Ok((n, was_answered))) = sending.join_next().await {
            if was_answered {
                answered.insert(n);
            }
        }
        program = Program::start(&folder, port).await;
    }
    // Those who got no answer send the same form again.
    for n in (0..4).flat_map(|round| (0..12).map(move |n| round * 100 + n)) {
        assert!(try_to_send(&url, n).await, "person {n}");
    }
    let mut device = admin.open(document).await;
    device.until("open", Peer::is_saved).await;
    let view = app::document::occasion::read(device.replica.doc());
    assert_eq!(view.registrations.len(), 48, "each once");
    assert!(answered.len() >= 4, "hardly anybody was answered before the kills");
    assert_eq!(view.taken(), 18);
    program.kill();
}

/// Sends a form to a relay that may be gone; whether it answered.
async fn try_to_send(url: &str, n: usize) -> bool {
    let body = serde_urlencoded::to_string([
        ("nyckel", super::support::key(n)),
        ("namn", format!("Deltagare {n}")),
        ("epost", super::support::email(n)),
        ("part", "region".to_owned()),
    ]);
    let sent = crate::support::client()
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.unwrap())
        .send()
        .await;
    sent.is_ok_and(|answer| answer.status() == StatusCode::SEE_OTHER)
}
