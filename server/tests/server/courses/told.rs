//! Every decision is told once, in the transaction that notes it.

use app::{
    document::occasion::{self, Fact, OccasionCommand, PersonField},
    domain::{Decision, OccasionDay},
};

use super::support::{DAY_MS, Room, day_in, email, key, many, now_ms};
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
    until("it is called off", async || told(&server, 2).await.len() == 3).await;
    assert_eq!(told(&server, 1).await, ["confirmed", "changed", "reminder", "cancelled"]);
    assert_eq!(told(&server, 2).await, ["waiting", "changed", "cancelled"]);
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

/// The kinds of letters to person number `n` once what has changed has stood for so long.
async fn told_after(server: &Server, n: usize, seconds: i64) -> Vec<String> {
    server.relay.state().courses.look_at_time(now_ms() + seconds * 1_000).await;
    told(server, n).await
}

/// Writes the place, and waits until the ledger has it.
async fn move_to(server: &Server, room: &mut Room, place: &str) {
    room.admin.write_here(OccasionCommand::SetText { fact: Fact::Place, value: place.to_owned() });
    room.admin.send_written().await;
    until("the ledger has it", async || {
        let (facts,): (String,) = sqlx::query_as("SELECT facts FROM occasions WHERE document_id = ?")
            .bind(room.document.as_bytes().as_slice())
            .fetch_one(server.relay.state().database.pool())
            .await
            .unwrap();
        facts.contains(place)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_corrections_in_a_row_are_one_letter_to_each_who_has_a_place_or_waits() {
    let server = Server::start_with(|config| {
        many(config);
        config.limits.told_after_seconds = 600;
    })
    .await;
    let mut room = Room::open(&server, 1, Vec::new()).await;
    room.sign_up(1).await;
    room.sign_up(2).await;
    for place in ["Köping", "Arboga", "Sala"] {
        move_to(&server, &mut room, place).await;
    }
    // Who comes in between is told by the confirmation.
    room.sign_up(3).await;
    assert_eq!(told_after(&server, 1, 300).await, ["confirmed"]);
    assert_eq!(told_after(&server, 1, 700).await, ["confirmed", "changed"]);
    assert_eq!(told_after(&server, 2, 1_400).await, ["waiting", "changed"]);
    assert_eq!(told_after(&server, 3, 1_400).await, ["waiting"]);
    let texts: Vec<(String,)> = sqlx::query_as("SELECT text FROM letters WHERE kind = 'changed' ORDER BY position")
        .fetch_all(server.relay.state().database.pool())
        .await
        .unwrap();
    assert!(texts.iter().all(|(text,)| text.contains("Sala")), "{texts:?}");
    assert!(texts[0].0.contains("Du har kvar din plats") && texts[1].0.contains("väntelistan"), "{texts:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_reminded_of_a_course_that_is_then_moved_is_reminded_of_the_new_days() {
    let server = Server::start_with(many).await;
    let mut room = Room::open(&server, 1, Vec::new()).await;
    room.sign_up(1).await;
    server.relay.state().courses.remind(now_ms() + 9 * DAY_MS).await;
    assert_eq!(told(&server, 1).await, ["confirmed", "reminder"]);
    let day = OccasionDay { date: day_in(40), from: "09:00".parse().unwrap(), to: "16:00".parse().unwrap() };
    room.admin.write_here(OccasionCommand::SetDays { days: vec![day] });
    room.admin.send_written().await;
    until("the new day is told", async || told(&server, 1).await.len() == 3).await;
    for _ in 0..2 {
        server.relay.state().courses.remind(now_ms() + 39 * DAY_MS).await;
    }
    assert_eq!(told(&server, 1).await, ["confirmed", "reminder", "changed", "reminder"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_written_to_about_a_course_that_is_over() {
    let server = Server::start_with(many).await;
    let mut room = Room::open(&server, 2, Vec::new()).await;
    room.sign_up(1).await;
    room.sign_up(2).await;
    let id = room.of(&server, 2).await.id;
    room.admin.until("received", |peer| occasion::read(peer.replica.doc()).registration(id).is_some()).await;
    let day = OccasionDay { date: day_in(-3), from: "09:00".parse().unwrap(), to: "16:00".parse().unwrap() };
    room.admin.write_here(OccasionCommand::SetDays { days: vec![day] });
    room.admin.write_here(OccasionCommand::Cancel { id });
    move_to(&server, &mut room, "Köping").await;
    room.until(&server, 2, Decision::Cancelled).await;
    assert_eq!(
        (told(&server, 1).await, told(&server, 2).await),
        (vec!["confirmed".to_owned()], vec!["confirmed".to_owned()])
    );
}
