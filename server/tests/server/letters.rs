//! The page of letters, for those who run a course and nobody else.

use app::domain::DocumentId;
use reqwest::{StatusCode, header};
use samplan_server::mail::{Letter, Occurrence, outbox::State};

use crate::{
    mail::{letter, queue},
    support::{HANDLER, OUTSIDER, READER, Server, User, VASTERAS, client},
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
    for other in [READER, HANDLER, OUTSIDER] {
        let user = server.sign_in(other).await;
        assert!(!user.get("/kurser/brev?visa=alla").await.text().await.unwrap().contains("Deltagare"), "{other}");
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
}
