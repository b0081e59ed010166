//! What the form refuses, how often it may be sent, and who never sees an occasion.

use app::document::occasion::OccasionCommand;
use reqwest::{StatusCode, header};
use serde_json::{Value, json};

use super::support::{Room, email, key, many, register, view};
use crate::support::{HANDLER, NORRA, OUTSIDER, READER, Server, VASTERAS, client, post_form};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_too_many_within_an_hour_gets_a_swedish_answer_that_keeps_what_was_typed() {
    let server = Server::start_with(|config| config.limits.sign_ups_per_address = 2).await;
    let room = Room::open(&server, 18, Vec::new()).await;
    room.sign_up(1).await;
    room.sign_up(2).await;
    room.sign_up(2).await;
    let answer = room.send(3).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.headers().contains_key(header::RETRY_AFTER));
    let text = answer.text().await.unwrap();
    assert!(text.contains("Vänta 60 minuter") && text.contains("Deltagare 3") && text.contains(&email(3)), "{text}");
    assert_eq!(view(&server, room.document).await.registrations.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_occasion_takes_so_many_an_hour() {
    let server = Server::start_with(|config| config.limits.sign_ups_per_occasion = 1).await;
    let room = Room::open(&server, 18, Vec::new()).await;
    room.sign_up(1).await;
    let answer = room.send(2).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.text().await.unwrap().contains("Många anmäler sig"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_with_errors_says_what_to_do_and_registers_nobody() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 18, Vec::new()).await;
    let answer = post_form(&room.url(), &[("nyckel", &key(1)), ("epost", "anna"), ("yrkesroll", "<b>chef</b>")]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let text = answer.text().await.unwrap();
    for part in ["Du behöver rätta 3 uppgifter", "Fyll i ditt namn.", "namn@exempel.se", "&lt;b&gt;chef", &key(1)] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("<script"), "no program comes with it");
    let trapped = [("nyckel", &*key(1)), ("namn", "A"), ("epost", "a@b.se"), ("part", "region"), ("webbplats", "x")];
    assert_eq!(post_form(&room.url(), &trapped).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(view(&server, room.document).await.registrations.len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_person_with_another_form_is_told_of_the_first() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 18, Vec::new()).await;
    room.sign_up(1).await;
    let again = [("nyckel", &*key(99)), ("namn", "deltagare 1"), ("epost", &email(1)), ("part", "region")];
    let answer = post_form(&room.url(), &again).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    // A colleague with the same address, or one who goes back in the form, is somebody else.
    let colleague = [("nyckel", &*key(1)), ("namn", "Kollega"), ("epost", "kollega@exempel.se"), ("part", "region")];
    assert_eq!(post_form(&room.url(), &colleague).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(view(&server, room.document).await.registrations.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_published_or_closed_takes_nobody() {
    let server = Server::start_with(many).await;
    let mut room = Room::open(&server, 18, Vec::new()).await;
    room.admin.write_here(OccasionCommand::CallOff { called_off: true });
    room.admin.send_written().await;
    crate::support::until("it is off", async || room.get().await.text().await.unwrap().contains("inställt")).await;
    assert_eq!(room.send(1).await.status(), StatusCode::CONFLICT);
    room.admin.write_here(OccasionCommand::Publish { published: false });
    room.admin.send_written().await;
    crate::support::until("it is gone", async || room.get().await.status() == StatusCode::NOT_FOUND).await;
    assert_eq!(room.send(1).await.status(), StatusCode::NOT_FOUND);
    let none = client().get(format!("{}/anmalan/nonsens", room.base)).send().await.unwrap();
    assert_eq!(none.status(), StatusCode::NOT_FOUND);
    assert_eq!(view(&server, room.document).await.registrations.len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_course_administrators_of_the_organiser_see_an_occasion() {
    let server = Server::start().await;
    let admin = server.sign_in(VASTERAS).await;
    let (own, shared) = (register(&admin, false).await, register(&admin, true).await);
    for (email, sees_own, sees_shared) in [
        (VASTERAS, true, true),
        (NORRA, false, true),
        (HANDLER, false, false),
        (READER, false, false),
        (OUTSIDER, false, false),
    ] {
        let user = server.sign_in(email).await;
        let listed = user.get("/api/documents").await.text().await.unwrap();
        for (document, sees) in [(own, sees_own), (shared, sees_shared)] {
            let people = user.get(&format!("/api/documents/{document}/people")).await;
            let expected = if sees { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!((people.status(), listed.contains(&document.to_string())), (expected, sees), "{email}");
        }
    }
    let people: Value = admin.get(&format!("/api/documents/{own}/people")).await.json().await.unwrap();
    assert_eq!(people.as_array().unwrap().len(), 1, "nobody else is named: {people}");
    let handler = server.sign_in(HANDLER).await;
    for kind in ["occasion", "catalogue"] {
        let id = app::domain::ids::DocumentId::from_random(rand::random());
        let body = json!({ "id": id.to_string(), "kind": kind, "association": "vasteras", "title": "Kurs" });
        assert_eq!(handler.post("/api/documents", &body).await.status(), StatusCode::FORBIDDEN, "{kind}");
    }
}
