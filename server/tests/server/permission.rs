//! Nobody receives a byte without permission, and one that is taken away works on open sockets.

use std::time::{Duration, Instant};

use app::domain::ids::DocumentId;
use tokio_tungstenite::tungstenite::Error;

use crate::support::{NORRA, OUTSIDER, Peer, READER, Server, VASTERAS, connect};

async fn refused(server: &Server, headers: &[(&'static str, &str)]) -> u16 {
    match connect(&server.url(""), headers).await {
        Err(Error::Http(answer)) => answer.status().as_u16(),
        Err(error) => panic!("{error}"),
        Ok(_) => 101,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_needs_a_session_and_an_origin_of_ours_if_it_has_any() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let cookie = ("cookie", user.cookie.as_str());
    let port = server.relay.address().port();
    assert_eq!(refused(&server, &[]).await, 401);
    assert_eq!(refused(&server, &[("cookie", "samplan=AAAAAAAAAAAAAAAAAAAAAA")]).await, 401);
    for origin in ["https://evil.example", "null", "http://127.0.0.1", &format!("https://127.0.0.1:{port}")] {
        assert_eq!(refused(&server, &[cookie, ("origin", origin)]).await, 403, "{origin}");
    }
    for origin in [format!("http://127.0.0.1:{port}"), format!("http://localhost:{port}")] {
        assert_eq!(refused(&server, &[cookie, ("origin", &origin)]).await, 101, "{origin}");
    }
    assert_eq!(refused(&server, &[cookie]).await, 101, "a program that is no browser");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sockets_are_counted_for_the_user_and_the_address() {
    let server = Server::start_with(|config| {
        config.limits.connections_per_user = 2;
        config.limits.connections_per_address = 3;
    })
    .await;
    let (one, two) = (server.sign_in(VASTERAS).await, server.sign_in(NORRA).await);
    let open = async |user: &crate::support::User| connect(&user.base, &[("cookie", &user.cookie)]).await.ok();
    let mut kept = vec![open(&one).await.unwrap(), open(&one).await.unwrap()];
    assert!(open(&one).await.is_none(), "a third of the same user");
    kept.push(open(&two).await.unwrap());
    assert!(open(&two).await.is_none(), "a fourth of the same address");
    drop(kept);
    crate::support::until("places are given back", async || open(&one).await.is_some()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outsider_gets_the_same_answer_as_for_a_document_that_does_not_exist() {
    let server = Server::start().await;
    let (member, outsider) = (server.sign_in(VASTERAS).await, server.sign_in(OUTSIDER).await);
    for document in [member.county_plan().await, DocumentId::from_random(rand::random())] {
        let mut peer = outsider.open(document).await;
        peer.until("told", |peer| peer.unavailable).await;
        peer.listen(Duration::from_millis(100)).await;
        assert_eq!(peer.messages, 0, "not a byte of the document");
    }
    assert_eq!(server.relay.state().hub.documents_in_memory(), 0, "nothing was loaded to find that out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_receives_and_what_it_writes_reaches_nobody() {
    let server = Server::start().await;
    let (editor, reader) = (server.sign_in(VASTERAS).await, server.sign_in(READER).await);
    let document = editor.register("vasteras").await;
    let mut writing = editor.open(document).await;
    writing.put("a", "från redaktören").await;
    writing.until("saved", Peer::is_saved).await;
    let mut reading = reader.open(document).await;
    reading.until("received", |peer| peer.get("a").is_some()).await;
    reading.put("a", "från läsaren").await;
    reading.listen(Duration::from_millis(300)).await;
    assert!(!reading.is_saved());
    writing.put("b", "mer").await;
    writing.until("saved", Peer::is_saved).await;
    assert_eq!(writing.get("a").as_deref(), Some("från redaktören"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_permission_taken_away_in_mid_sync_works_within_five_seconds_and_not_a_byte_comes_after() {
    let server = Server::start().await;
    let (editor, neighbour) = (server.sign_in(VASTERAS).await, server.sign_in(NORRA).await);
    let plan = editor.county_plan().await;
    let (mut writing, mut losing) = (editor.open(plan).await, neighbour.open(plan).await);
    losing.until("open", |peer| peer.messages > 0).await;
    writing.until("open", |peer| peer.messages > 0).await;
    server.sql("DELETE FROM memberships WHERE association_id = 'norra'").await;
    let taken_away = Instant::now();
    let mut n = 0;
    while !losing.unavailable {
        n += 1;
        writing.put("x", &n.to_string()).await;
        writing.listen(Duration::from_millis(20)).await;
        losing.listen(Duration::from_millis(20)).await;
        assert!(taken_away.elapsed() < Duration::from_secs(5), "still open");
    }
    let received = losing.messages;
    writing.put("secret", "hemligt").await;
    writing.until("saved", Peer::is_saved).await;
    losing.put("mine", "försök").await;
    losing.listen(Duration::from_millis(300)).await;
    assert_eq!(losing.messages, received);
    assert_eq!(losing.get("secret"), None);
    assert_eq!(writing.get("mine"), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_editor_made_a_reader_goes_on_receiving_but_writes_no_more() {
    let server = Server::start().await;
    let (editor, neighbour) = (server.sign_in(VASTERAS).await, server.sign_in(NORRA).await);
    let plan = editor.county_plan().await;
    let (mut writing, mut demoted) = (editor.open(plan).await, neighbour.open(plan).await);
    demoted.until("open", |peer| peer.messages > 0).await;
    server.sql("UPDATE memberships SET role = 'reader' WHERE association_id = 'norra'").await;
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    demoted.listen(Duration::from_millis(100)).await;
    demoted.put("mine", "försök").await;
    writing.put("theirs", "nytt").await;
    writing.until("saved", Peer::is_saved).await;
    demoted.until("received", |peer| peer.get("theirs").is_some()).await;
    assert_eq!(writing.get("mine"), None);
}
