//! The history of an occasion and of a catalogue: who changed what, for those who may read them.

use reqwest::StatusCode;
use serde_json::Value;

use crate::{
    courses::support::{Room, many},
    support::{HANDLER, READER, Server, VASTERAS},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_history_of_an_occasion_tells_those_who_run_it_who_signed_up_and_who_changed_what() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 5, Vec::new()).await;
    room.sign_up(1).await;
    room.sign_up(2).await;
    let runs = server.sign_in(VASTERAS).await;
    let address = format!("/kurser/{}/historik", room.document);
    let page = runs.get(&address).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.unwrap();
    let list = page.split("history-list").nth(1).unwrap();
    for told in ["Deltagare 1", "Deltagare 2", "Ny anmälan", "Antal platser", "Har plats"] {
        assert!(list.contains(told), "{told}: {list}");
    }
    let person = room.of(&server, 2).await.id;
    let one = runs.get(&format!("{address}?rad={person}")).await.text().await.unwrap();
    let list = one.split("history-list").nth(1).unwrap().split("</article>").next().unwrap();
    assert!(list.contains("Deltagare 2") && !list.contains("Deltagare 1"), "{list}");
    for email in [READER, HANDLER] {
        assert_eq!(server.sign_in(email).await.get(&address).await.status(), StatusCode::NOT_FOUND, "{email}");
    }
    let odd = format!("/kurser/{}/intyg/historik", room.document);
    assert_eq!(runs.get(&odd).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_history_of_a_catalogue_is_for_all_who_may_read_it() {
    let server = Server::start().await;
    let reads = server.sign_in(READER).await;
    let documents: Value = reads.get("/api/documents").await.json().await.unwrap();
    let is_own = |one: &&Value| one["kind"] == "catalogue" && one["association"] == "vasteras";
    let catalogue = documents.as_array().unwrap().iter().find(is_own).unwrap()["id"].as_str().unwrap().to_owned();
    let page = reads.get(&format!("/kurser/{catalogue}/historik")).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.unwrap();
    assert!(page.contains("Historik för") && page.contains("Ny kurs"), "{page}");
}
