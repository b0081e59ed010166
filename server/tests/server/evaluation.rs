//! What participants thought: asked once, answered once, and told of without anybody being told apart.

use app::{
    document::occasion::{self, OccasionCommand},
    domain::Decision,
};
use reqwest::{StatusCode, header};
use samplan_server::evaluation;

use crate::{
    courses::support::{DAY_MS, Room, day_in, email, many, now_ms},
    support::{HANDLER, Peer, READER, Server, VASTERAS, client, post_form},
};

const ANSWERS: [(&str, &str); 5] =
    [("helhet", "5"), ("nytta", "4"), ("niva", "2"), ("rekommendera", "ja"), ("bast", "Övningarna <b>alla</b>")];

/// An occasion of which this many had places, and the paths of the links that they were sent twelve days later.
async fn asked(server: &Server, people: usize) -> (Room, Vec<String>) {
    let room = Room::open(server, 18, Vec::new()).await;
    for n in 0..people {
        room.sign_up(n).await;
    }
    for n in 0..people {
        room.until(server, n, Decision::Confirmed).await;
    }
    evaluation::ask(server.relay.state(), now_ms() + 12 * DAY_MS).await.unwrap();
    let letters = server.relay.state().database.letters_of(room.document, 1_000).await.unwrap();
    let path = |text: &str| {
        let start = text.find("/utvardering/")?;
        text[start..].split_whitespace().next().map(str::to_owned)
    };
    let paths = letters.iter().filter_map(|letter| path(&letter.text)).collect();
    (room, paths)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_had_a_place_is_asked_once_and_not_before_the_last_day_has_passed() {
    let server = Server::start_with(many).await;
    let (room, paths) = asked(&server, 2).await;
    assert_eq!(paths.len(), 2);
    assert_ne!(paths[0], paths[1]);
    let count = async || {
        let letters = server.relay.state().database.letters_of(room.document, 1_000).await.unwrap();
        letters.iter().filter(|letter| letter.subject.starts_with("Vad tyckte du?")).count()
    };
    for days in [12, 13, 40] {
        evaluation::ask(server.relay.state(), now_ms() + days * DAY_MS).await.unwrap();
    }
    assert_eq!(count().await, 2, "nobody is asked twice");

    let (other, paths) = {
        let room = Room::open(&server, 18, Vec::new()).await;
        room.sign_up(9).await;
        room.until(&server, 9, Decision::Confirmed).await;
        evaluation::ask(server.relay.state(), now_ms() + 11 * DAY_MS).await.unwrap();
        let letters = server.relay.state().database.letters_of(room.document, 1_000).await.unwrap();
        (room, letters.into_iter().filter(|letter| letter.text.contains("/utvardering/")).count())
    };
    assert_eq!(paths, 0, "the last day of {} is not over", other.document);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_those_who_were_there_are_asked_where_attendance_was_ticked() {
    let server = Server::start_with(many).await;
    let mut room = Room::open(&server, 18, Vec::new()).await;
    for n in 0..3 {
        room.sign_up(n).await;
        room.until(&server, n, Decision::Confirmed).await;
    }
    let there = room.of(&server, 1).await.id;
    let has_come = |peer: &mut Peer| occasion::read(peer.replica.doc()).registration(there).is_some();
    room.admin.until("it has come to the device", has_come).await;
    room.admin.write_here(OccasionCommand::SetAttendance { id: there, day: day_in(10), present: true });
    room.admin.send_written().await;
    room.admin.until("saved", Peer::is_saved).await;
    evaluation::ask(server.relay.state(), now_ms() + 12 * DAY_MS).await.unwrap();
    let letters = server.relay.state().database.letters_of(room.document, 1_000).await.unwrap();
    let asked: Vec<_> = letters.iter().filter(|letter| letter.text.contains("/utvardering/")).collect();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].recipient, email(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_takes_one_answer_and_keeps_what_was_typed_until_it_is_whole() {
    let server = Server::start_with(many).await;
    let (_, paths) = asked(&server, 1).await;
    let url = server.url(&paths[0]);
    let form = client().get(&url).send().await.unwrap();
    assert_eq!(form.status(), StatusCode::OK);
    assert_eq!(form.headers()[header::REFERRER_POLICY], "no-referrer");
    assert!(form.text().await.unwrap().contains("Hur nöjd är du med kursen som helhet?"));

    let half = post_form(&url, &[("helhet", "5"), ("bast", "</textarea><i>Allt")]).await;
    assert_eq!(half.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let text = half.text().await.unwrap();
    assert!(
        text.contains("Du behöver rätta 3 uppgifter")
            && text.contains("&lt;/textarea&gt;&lt;i&gt;Allt")
            && !text.contains("<i>"),
        "{text}"
    );

    assert_eq!(post_form(&url, &ANSWERS).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(post_form(&url, &ANSWERS).await.status(), StatusCode::OK, "thanks, and no second answer");
    let thanks = client().get(&url).send().await.unwrap().text().await.unwrap();
    assert!(thanks.contains("Tack för dina svar"), "{thanks}");
    let kept: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM evaluation_answers")
        .fetch_one(server.relay.state().database.pool())
        .await
        .unwrap();
    assert_eq!(kept.0, 1);
    for wrong in ["/utvardering/x", &format!("/utvardering/{}", "0".repeat(64))] {
        assert_eq!(client().get(server.url(wrong)).send().await.unwrap().status(), StatusCode::NOT_FOUND);
        assert_eq!(post_form(&server.url(wrong), &ANSWERS).await.status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_are_shown_from_the_third_on_to_those_who_run_the_course_alone() {
    let server = Server::start_with(many).await;
    let (room, paths) = asked(&server, 4).await;
    let runs = server.sign_in(VASTERAS).await;
    let page = format!("/kurser/{}/utvardering", room.document);
    for path in &paths[..2] {
        assert_eq!(post_form(&server.url(path), &ANSWERS).await.status(), StatusCode::SEE_OTHER);
    }
    let text = runs.get(&page).await.text().await.unwrap();
    assert!(
        text.contains("2 av 4 har svarat") && !text.contains("Övningarna") && !text.contains("Mycket nöjd"),
        "{text}"
    );
    assert_eq!(post_form(&server.url(&paths[2]), &ANSWERS).await.status(), StatusCode::SEE_OTHER);
    let text = runs.get(&page).await.text().await.unwrap();
    assert!(text.contains("3 av 4 har svarat") && text.contains("Mycket nöjd"), "{text}");
    assert!(text.contains("Övningarna &lt;b&gt;alla&lt;/b&gt;") && !text.contains("Deltagare"), "{text}");
    for other in [READER, HANDLER] {
        assert_eq!(server.sign_in(other).await.get(&page).await.status(), StatusCode::NOT_FOUND, "{other}");
    }
}
