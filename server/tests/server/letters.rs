//! The page of letters, for those who run a course and nobody else.

use app::domain::DocumentId;
use reqwest::{StatusCode, header};
use samplan_server::mail::{Letter, Occurrence, outbox::State};

use crate::{
    mail::{TOKEN, letter, listed, now_ms, queue, sends_to},
    support::{
        HANDLER, OUTSIDER, READER, Server, User, VASTERAS, client,
        smtp::{Behaviour, MailServer},
        until,
    },
};

/// An occasion of Västerås, and a letter about it.
async fn occasion_with_letter(server: &Server) -> DocumentId {
    let document = DocumentId::from_random(rand::random());
    let body = serde_json::json!({
        "id": document.to_string(), "kind": "occasion", "association": "vasteras", "year": 2091, "title": "LF Grund"
    });
    let answer = server.sign_in(VASTERAS).await.post("/api/documents", &body).await;
    assert_eq!(answer.status(), StatusCode::CREATED, "{}", answer.text().await.unwrap());
    let letter = Letter { document, name: "<b>Deltagare</b>".into(), ..letter(1, Occurrence::Confirmed) };
    queue(server, &[letter]).await;
    document
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_mail_server_letters_are_kept_and_shown_to_those_who_run_the_course_alone() {
    let server = Server::start().await;
    let document = occasion_with_letter(&server).await;
    let runs = server.sign_in(VASTERAS).await;
    let page = runs.get("/kurser/brev").await.text().await.unwrap();
    assert!(page.contains("Ingen e-postserver är inställd") && page.contains("Inte skickat"), "{page}");
    assert!(page.contains("&lt;b&gt;Deltagare&lt;/b&gt;") && !page.contains("<b>Deltagare"));
    assert!(page.contains("mailto:deltagare1@example.se?subject=Du%20har%20en%20plats"));

    let number = server.relay.state().database.letters_of(document, 1).await.unwrap()[0].position;
    let form = |user: &User, what: &'static str| {
        let request = client().post(server.url(&format!("/kurser/brev/{number}"))).header(header::COOKIE, &user.cookie);
        request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(format!("gor={what}")).send()
    };
    let calendar = format!("/kurser/brev/{number}/kalender");
    assert!(page.contains(&calendar), "{page}");
    let invite = runs.get(&calendar).await;
    assert_eq!(invite.headers()[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
    let invite = invite.text().await.unwrap().replace("\r\n ", "");
    assert!(invite.contains("METHOD:REQUEST") && invite.contains("mailto:deltagare1@example.se"), "{invite}");
    assert!(invite.contains("mailto:redaktor@vasteras.example"), "{invite}");
    for other in [READER, HANDLER, OUTSIDER] {
        let user = server.sign_in(other).await;
        assert_eq!(user.get(&calendar).await.status(), StatusCode::NOT_FOUND, "{other}");
        assert_eq!(user.get("/kurser/brev?visa=alla").await.status(), StatusCode::NOT_FOUND, "{other}");
        assert_eq!(form(&user, "skickat").await.unwrap().status(), StatusCode::NOT_FOUND, "{other}");
    }
    let nobody = client().get(server.url("/kurser/brev")).send().await.unwrap();
    assert_eq!(nobody.status(), StatusCode::SEE_OTHER);

    assert_eq!(form(&runs, "skickat").await.unwrap().status(), StatusCode::SEE_OTHER);
    let page = runs.get("/kurser/brev").await.text().await.unwrap();
    assert!(page.contains("Alla brev har gått iväg"), "{page}");
    let page = runs.get("/kurser/brev?visa=alla").await.text().await.unwrap();
    assert!(page.contains("Skickat för hand"), "{page}");
    let letters = server.relay.state().database.letters_of(document, 1).await.unwrap();
    assert!(matches!(letters[0].state, State::SentByHand { .. }));
    assert_eq!(runs.get(&calendar).await.status(), StatusCode::NOT_FOUND, "what is out has nothing left to attach");
}

/// A letter's number, by what its subject begins with.
async fn number_of(server: &Server, subject: &str) -> i64 {
    listed(server).await.into_iter().find(|letter| letter.subject.starts_with(subject)).unwrap().position
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_given_up_does_not_follow_a_later_letter_of_the_same_registration() {
    let mail = MailServer::start(&[Behaviour::RefuseLetter(550)]).await;
    let server = Server::start_with(sends_to(&mail.url())).await;
    queue(&server, &[letter(1, Occurrence::Confirmed)]).await;
    until("given up", async || matches!(listed(&server).await[0].state, State::Failed { .. })).await;
    queue(&server, &[letter(1, Occurrence::Cancelled)]).await;
    until("the later one is out", async || matches!(listed(&server).await[0].state, State::Sent { .. })).await;
    let database = &server.relay.state().database;
    let number = number_of(&server, "Du har en plats").await;
    assert!(!database.retry_letter(number, now_ms()).await.unwrap());
    assert_eq!(database.retry_letters_of(listed(&server).await[0].document, now_ms()).await.unwrap(), 0);
    assert!(listed(&server).await[1].is_overtaken);
    assert_eq!(mail.received().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_that_it_is_too_late_for_loses_its_personal_link_and_is_not_tried_again() {
    let mail = MailServer::start(&[]).await;
    let server = Server::start_with(sends_to(&mail.url())).await;
    queue(&server, &[letter(2, Occurrence::Offered { until_ms: now_ms() - 1 })]).await;
    until("settled", async || matches!(listed(&server).await[0].state, State::Failed { .. })).await;
    let late = listed(&server).await.remove(0);
    assert!(late.text.contains("har blivit ledig") && !late.text.contains(TOKEN), "{}", late.text);
    assert!(!server.relay.state().database.retry_letter(late.position, now_ms()).await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trying_again_asks_a_mail_server_that_was_away_at_once_and_says_how_many_letters_go() {
    let mail = MailServer::start(&[]).await;
    let (address, url) = (mail.address, mail.url());
    drop(mail);
    let server = Server::start_with(move |config| {
        sends_to(&url)(config);
        // Longer than the test may take.
        config.limits.mail_retry_seconds = 3_600;
    })
    .await;
    let document = occasion_with_letter(&server).await;
    until("noticed", async || server.relay.state().post.away_since().is_some()).await;
    let mail = MailServer::start_at(address, &[]).await;
    let runs = server.sign_in(VASTERAS).await;
    let answer = client()
        .post(server.url("/kurser/brev/alla"))
        .header(header::COOKIE, &runs.cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .send()
        .await
        .unwrap();
    let page = runs.get(answer.headers()[header::LOCATION].to_str().unwrap()).await.text().await.unwrap();
    assert!(page.contains("1 brev skickas nu"), "{page}");
    until("sent", async || mail.received().len() == 1).await;
    let letters = server.relay.state().database.letters_of(document, 1).await.unwrap();
    assert_eq!(letters.len(), 1);
}
