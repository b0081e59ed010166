//! The list of occasions for other web sites and calendars.

use app::document::occasion::{Fact, OccasionCommand};
use icalendar::{Calendar, CalendarComponent, Component, EventLike};
use reqwest::{Response, StatusCode, header};
use serde_json::Value;

use crate::{
    courses::support::{Room, day_in},
    support::{Server, client},
};

const FEEDS: [(&str, &str); 3] = [
    ("/anmalan.ics", "text/calendar; charset=utf-8"),
    ("/anmalan.json", "application/json"),
    ("/anmalan/inbaddad", "text/html; charset=utf-8"),
];

async fn get(server: &Server, path: &str) -> Response {
    client().get(server.url(path)).send().await.unwrap()
}

fn says(fact: Fact, text: &str) -> OccasionCommand {
    OccasionCommand::SetText { fact, value: text.to_owned() }
}

async fn room(server: &Server) -> Room {
    let facts = vec![
        says(Fact::Title, "Grund <b>&</b> \"mer\", del 1; öppen"),
        says(Fact::Place, "Stadshuset, sal 2"),
        says(Fact::Link, "https://video.example/hemlig"),
        says(Fact::Contact, "kurs@example.se"),
    ];
    Room::open(server, 18, facts).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_site_may_fetch_the_list_and_need_not_fetch_it_twice() {
    let server = Server::start().await;
    room(&server).await.sign_up(1).await;
    for (path, kind) in FEEDS {
        let answer = get(&server, path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let headers = answer.headers().clone();
        assert_eq!(headers[header::CONTENT_TYPE], kind);
        assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=300");
        assert!(headers.get(header::SET_COOKIE).is_none());
        let body = answer.text().await.unwrap();
        assert!(body.contains("Grund") && !body.contains("hemlig") && !body.contains("Deltagare"), "{body}");

        let again = client().get(server.url(path)).header(header::IF_NONE_MATCH, &headers[header::ETAG]).send();
        let again = again.await.unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        assert!(again.text().await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_told_reads_back_in_each_form_and_nothing_of_it_runs() {
    let server = Server::start().await;
    let room = room(&server).await;
    let told: Value = get(&server, "/anmalan.json").await.json().await.unwrap();
    let ours = told["occasions"].as_array().unwrap().iter().find(|it| it["id"] == room.document.to_string()).unwrap();
    assert_eq!(ours["title"], "Grund <b>&</b> \"mer\", del 1; öppen");
    assert_eq!(ours["url"], room.url());
    assert_eq!(ours["association"], "vasteras");
    assert_eq!(ours["days"][0]["date"], day_in(10).to_string());
    assert_eq!(ours["days"][0]["from"], "09:00");
    assert_eq!((&ours["places_left"], &ours["online"], &ours["sign_up"]), (&18.into(), &true.into(), &"open".into()));

    let text = get(&server, "/anmalan.ics").await.text().await.unwrap();
    let calendar: Calendar = text.parse().unwrap();
    let events: Vec<_> = calendar
        .components
        .iter()
        .filter_map(|component| match component {
            CalendarComponent::Event(event) if event.get_uid()?.starts_with(&room.document.to_string()) => Some(event),
            _ => None,
        })
        .collect();
    assert_eq!(events.len(), 2);
    assert_eq!(events[0].get_summary(), Some("Grund <b>&</b> \"mer\", del 1; öppen (dag 1 av 2)"));
    assert_eq!(events[1].get_location(), Some("Stadshuset, sal 2"));
    assert_eq!(events[1].get_url(), Some(room.url().as_str()));

    let html = get(&server, "/anmalan/inbaddad").await.text().await.unwrap();
    assert!(html.contains(&format!("href=\"{}\"", room.url())), "{html}");
    assert!(html.contains("Grund &lt;b&gt;&amp;") && !html.contains("<b>"), "{html}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_is_narrowed_to_an_association() {
    let server = Server::start().await;
    let room = room(&server).await;
    for (association, is_there) in [("vasteras", true), ("norra", false), ("ingen", false)] {
        for (path, _) in FEEDS {
            let body = get(&server, &format!("{path}?forbund={association}")).await.text().await.unwrap();
            assert_eq!(body.contains(&room.document.to_string()), is_there, "{path} {association}");
        }
    }
}
