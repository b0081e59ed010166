//! Every decision is told once, in the transaction that notes it.

use app::{
    document::occasion::{self, Fact, OccasionCommand, PersonField},
    domain::Decision,
};

use super::support::{DAY_MS, Room, email, key, many, now_ms};
use crate::support::{Peer, Server, client, post_form, until};

/// The kinds of letters to person number `n`, in their order.
async fn told(server: &Server, n: usize) -> Vec<String> {
    let rows: Vec<(String,)> = sqlx::query_as("SELECT kind FROM letters WHERE recipient = ? ORDER BY position")
        .bind(email(n))
        .fetch_all(server.relay.state().database.pool())
        .await
        .unwrap();
    rows.into_iter().map(|(kind,)| kind).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_is_told_of_the_place_the_queue_the_offer_and_the_end_once() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 1, Vec::new()).await;
    let (first, second) = (room.sign_up(1).await, room.sign_up(2).await);
    room.sign_up(2).await;
    post_form(&first, &[("gor", "ja-avboka")]).await;
    room.until(&server, 2, Decision::Offered).await;
    post_form(&second, &[("gor", "tacka-ja")]).await;
    // What is looked at again and again is told no more often.
    for _ in 0..3 {
        server.relay.state().courses.look_at(room.document, now_ms()).await;
    }
    assert_eq!(told(&server, 1).await, ["confirmed", "cancelled"]);
    assert_eq!(told(&server, 2).await, ["waiting", "offered", "confirmed"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_link_in_a_letter_opens_the_registration() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 1, Vec::new()).await;
    room.sign_up(1).await;
    let (text,): (String,) =
        sqlx::query_as("SELECT text FROM letters").fetch_one(server.relay.state().database.pool()).await.unwrap();
    let address = text.split_whitespace().find(|word| word.contains("/anmalan/min/")).unwrap();
    let page = client().get(address).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Deltagare 1"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_place_a_call_off_and_what_is_soon_are_told_to_those_who_come() {
    let server = Server::start_with(many).await;
    let mut room = Room::open(&server, 1, Vec::new()).await;
    room.sign_up(1).await;
    room.sign_up(2).await;
    room.admin.write_here(OccasionCommand::SetText { fact: Fact::Place, value: "Köping".to_owned() });
    room.admin.send_written().await;
    until("the new place is told", async || told(&server, 1).await.len() == 2).await;
    server.relay.state().courses.look_at_time(now_ms() + 8 * DAY_MS).await;
    server.relay.state().courses.look_at_time(now_ms() + 8 * DAY_MS).await;
    room.admin.write_here(OccasionCommand::CallOff { called_off: true });
    room.admin.send_written().await;
    room.admin.until("saved", Peer::is_saved).await;
    until("it is called off", async || told(&server, 2).await.len() == 2).await;
    assert_eq!(told(&server, 1).await, ["confirmed", "changed", "reminder", "cancelled"]);
    assert_eq!(told(&server, 2).await, ["waiting", "cancelled"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_that_nobody_answers_is_told_as_such_and_one_can_sign_up_again() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 1, Vec::new()).await;
    let first = room.sign_up(1).await;
    room.sign_up(2).await;
    post_form(&first, &[("gor", "ja-avboka")]).await;
    room.until(&server, 2, Decision::Offered).await;
    let until_ms = room.of(&server, 2).await.offered_until.unwrap();
    server.relay.state().courses.look_at_time(until_ms).await;
    assert_eq!(told(&server, 2).await, ["waiting", "offered", "lapsed"]);
    let (text,): (String,) = sqlx::query_as("SELECT text FROM letters WHERE kind = 'lapsed'")
        .fetch_one(server.relay.state().database.pool())
        .await
        .unwrap();
    assert!(text.contains(&format!("/anmalan/{}", room.document)), "{text}");
    let again = [("nyckel", key(99)), ("namn", "Deltagare 2".into()), ("epost", email(2)), ("part", "region".into())];
    let fields = again.each_ref().map(|(name, value)| (*name, value.as_str()));
    post_form(&room.url(), &fields).await;
    until("the second try is told", async || told(&server, 2).await.last().unwrap() == "confirmed").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_not_gone_out_goes_to_the_address_as_it_was_corrected() {
    let server = Server::start_with(many).await;
    let mut room = Room::open(&server, 1, Vec::new()).await;
    room.sign_up(1).await;
    let id = room.of(&server, 1).await.id;
    let value = "rattad@part.example".to_owned();
    room.admin.until("received", |peer| occasion::read(peer.replica.doc()).registration(id).is_some()).await;
    room.admin.write_here(OccasionCommand::SetPerson { id, field: PersonField::Email, value: value.clone() });
    room.admin.send_written().await;
    until("the letter has the new address", async || {
        let rows: Vec<(String,)> = sqlx::query_as("SELECT recipient FROM letters")
            .fetch_all(server.relay.state().database.pool())
            .await
            .unwrap();
        rows == [(value.clone(),)]
    })
    .await;
}
