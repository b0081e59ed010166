//! The form with which a course administrator opens an occasion of a course.

use app::{
    document::occasion,
    domain::{CourseId, ids::DocumentId},
};
use reqwest::{Response, StatusCode, header};
use serde_json::Value;

use crate::{
    courses::support::{Room, many},
    support::{HANDLER, NORRA, OUTSIDER, READER, Server, User, VASTERAS, client},
};

/// The demonstration numbers its courses: *Lösningsfokuserat ledarskap*, and the county's *nätverksträff*.
const LEADERSHIP: [u8; 16] = [4; 16];
const NETWORK: [u8; 16] = [102; 16];

/// The catalogue of an association, or of the county, as somebody sees it.
async fn catalogue(user: &User, association: Option<&str>) -> DocumentId {
    let documents: Value = user.get("/api/documents").await.json().await.unwrap();
    let is_it = |document: &&Value| document["kind"] == "catalogue" && document["association"].as_str() == association;
    let found = documents.as_array().unwrap().iter().find(is_it).unwrap();
    found["id"].as_str().unwrap().parse().unwrap()
}

async fn send(user: &User, fields: &[(&str, &str)]) -> Response {
    client()
        .post(format!("{}/kurser", user.base))
        .header(header::COOKIE, &user.cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(serde_urlencoded::to_string(fields).unwrap())
        .send()
        .await
        .unwrap()
}

fn goes_to(answer: &Response) -> &str {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()[header::LOCATION].to_str().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_occasion_takes_over_what_its_course_says_and_belongs_to_the_same_owner() {
    let server = Server::start().await;
    let (vasteras, norra) = (server.sign_in(VASTERAS).await, server.sign_in(NORRA).await);
    for (user, association, course, days, capacity) in
        [(&vasteras, Some("vasteras"), LEADERSHIP, 4, Some(18)), (&norra, None, NETWORK, 1, None)]
    {
        let course = CourseId::from_random(course);
        let course = format!("{}/{course}", catalogue(user, association).await);
        let answer = send(user, &[("course", &course), ("first", "2031-03-06")]).await;
        let id: DocumentId = goes_to(&answer).strip_prefix("/kurser/").unwrap().parse().unwrap();
        let open = server.relay.state().hub.open(id).await.unwrap();
        let facts = open.read(occasion::read).await.facts;
        assert_eq!((facts.days.len(), facts.capacity), (days, capacity));
        assert_eq!(facts.organiser.association.as_ref().map(|it| it.as_str()), association);
        assert!(!facts.is_published && facts.course.is_some() && facts.title == facts.course_name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_opened_is_told_by_a_code_and_opens_nothing() {
    let server = Server::start().await;
    let vasteras = server.sign_in(VASTERAS).await;
    let own = catalogue(&vasteras, Some("vasteras")).await;
    let course = format!("{own}/{}", CourseId::from_random(LEADERSHIP));
    let unknown = format!("{own}/{}", CourseId::from_random([99; 16]));
    for (email, course, first, code) in [
        (HANDLER, course.as_str(), "2031-03-06", "not_allowed"),
        (READER, course.as_str(), "2031-03-06", "not_allowed"),
        (NORRA, course.as_str(), "2031-03-06", "no_course"),
        (OUTSIDER, course.as_str(), "2031-03-06", "no_course"),
        (VASTERAS, course.as_str(), "6 mars", "invalid_date"),
        (VASTERAS, course.as_str(), "", "invalid_date"),
        (VASTERAS, course.as_str(), "2020-01-01", "past_date"),
        (VASTERAS, unknown.as_str(), "2031-03-06", "no_course"),
        (VASTERAS, "", "2031-03-06", "no_course"),
    ] {
        let user = server.sign_in(email).await;
        let answer = send(&user, &[("course", course), ("first", first)]).await;
        // What was typed stands in the form again.
        let sent = [("kurs", course), ("dag", first)];
        let sent: Vec<_> = sent.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let expected = format!("/kurser?fel={code}&{}", serde_urlencoded::to_string(sent).unwrap());
        assert_eq!(goes_to(&answer), expected, "{email}");
    }
    let documents: Value = vasteras.get("/api/documents").await.json().await.unwrap();
    assert!(documents.as_array().unwrap().iter().all(|document| document["year"] != 2031));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_association_without_a_catalogue_gets_one() {
    let server = Server::start().await;
    let norra = server.sign_in(NORRA).await;
    let answer = send(&norra, &[("catalogue", "norra")]).await;
    let id: DocumentId = goes_to(&answer).strip_prefix("/kurser/").unwrap().parse().unwrap();
    assert_eq!(id, catalogue(&norra, Some("norra")).await);
    let again = send(&norra, &[("catalogue", "norra")]).await;
    assert_eq!(goes_to(&again), "/kurser");
    let refused = send(&norra, &[("catalogue", "vasteras")]).await;
    assert_eq!(goes_to(&refused), "/kurser?fel=not_an_editor");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_that_has_been_is_taken_once_somebody_says_that_it_is_meant() {
    let server = Server::start().await;
    let vasteras = server.sign_in(VASTERAS).await;
    let course = format!("{}/{}", catalogue(&vasteras, Some("vasteras")).await, CourseId::from_random(LEADERSHIP));
    let answer = send(&vasteras, &[("course", &course), ("first", "2020-01-01"), ("past", "ja")]).await;
    assert!(goes_to(&answer).strip_prefix("/kurser/").unwrap().parse::<DocumentId>().is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_occasion_opened_by_mistake_is_removed_while_nobody_has_signed_up() {
    let server = Server::start_with(many).await;
    let vasteras = server.sign_in(VASTERAS).await;
    let course = format!("{}/{}", catalogue(&vasteras, Some("vasteras")).await, CourseId::from_random(LEADERSHIP));
    let opened = send(&vasteras, &[("course", &course), ("first", "2031-03-06")]).await;
    let address = goes_to(&opened).to_owned();
    let remove = async |user: &User, address: &str| {
        let request = client().post(format!("{}{address}/ta-bort", user.base)).header(header::COOKIE, &user.cookie);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        request.send().await.unwrap()
    };
    for email in [HANDLER, READER, OUTSIDER] {
        let other = server.sign_in(email).await;
        assert_eq!(remove(&other, &address).await.status(), StatusCode::NOT_FOUND, "{email}");
    }
    assert_eq!(vasteras.get(&address).await.status(), StatusCode::OK);
    assert_eq!(goes_to(&remove(&vasteras, &address).await), "/kurser?gjort=borttaget");
    assert_eq!(vasteras.get(&address).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(remove(&vasteras, &address).await.status(), StatusCode::NOT_FOUND);
    // No document ever takes its id again.
    let id = address.strip_prefix("/kurser/").unwrap();
    let body =
        serde_json::json!({ "id": id, "kind": "occasion", "association": "vasteras", "year": 2031, "title": "Ny" });
    assert_eq!(vasteras.post("/api/documents", &body).await.status(), StatusCode::CONFLICT);

    let room = Room::open(&server, 1, Vec::new()).await;
    room.sign_up(1).await;
    let kept = format!("/kurser/{}", room.document);
    let refused = remove(&vasteras, &kept).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert!(refused.text().await.unwrap().contains("Någon har anmält sig"));
    assert_eq!(vasteras.get(&kept).await.status(), StatusCode::OK);
}
