//! The personal link: whoever has it sees, changes and cancels, and nobody else.

use app::{
    document::occasion::OccasionCommand,
    domain::{Decision, Sensitive},
};
use reqwest::{StatusCode, header};

use super::support::{Room, email, key, link, many, view};
use crate::support::{HANDLER, Server, VASTERAS, client, post_form};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_link_shows_the_registration_and_changes_it() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 18, Vec::new()).await;
    let own = room.sign_up(1).await;
    let page = client().get(&own).send().await.unwrap();
    assert_eq!(page.headers().get(header::REFERRER_POLICY).unwrap(), "no-referrer");
    let text = page.text().await.unwrap();
    assert!(text.contains("Du har en plats") && text.contains("Deltagare 1"), "{text}");
    let changed = [("gor", "andra"), ("namn", "Nytt Namn"), ("epost", &*email(1)), ("part", "region")];
    assert_eq!(post_form(&own, &changed).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(room.of(&server, 1).await.name, "Nytt Namn");
    let wrong = post_form(&own, &[("gor", "andra"), ("namn", ""), ("epost", "x"), ("part", "region")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(room.of(&server, 1).await.name, "Nytt Namn");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelling_asks_once_and_is_for_good() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 18, Vec::new()).await;
    let own = room.sign_up(1).await;
    let asked = post_form(&own, &[("gor", "avboka")]).await;
    assert_eq!(asked.status(), StatusCode::OK);
    assert!(asked.text().await.unwrap().contains("Ja, avboka"));
    assert_eq!(room.decision(&server, 1).await, Decision::Confirmed);
    post_form(&own, &[("gor", "ja-avboka")]).await;
    assert_eq!(room.decision(&server, 1).await, Decision::Cancelled);
    post_form(&own, &[("gor", "tacka-ja")]).await;
    assert_eq!(room.decision(&server, 1).await, Decision::Cancelled);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_that_is_none_leads_nowhere_and_only_hashes_are_kept() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 18, Vec::new()).await;
    let own = room.sign_up(1).await;
    for token in ["x", &"0".repeat(64), "../x"] {
        let answer = client().get(format!("{}/anmalan/min/{token}", room.base)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{token}");
    }
    let token = own.rsplit('/').next().unwrap();
    let kept: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM place_links WHERE lower(hex(token_hash)) = ?")
        .bind(token)
        .fetch_one(server.relay.state().database.pool())
        .await
        .unwrap();
    assert_eq!(kept.0, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn needs_are_asked_only_where_the_occasion_asks_and_never_enter_the_document() {
    let server = Server::start_with(many).await;
    let asks = OccasionCommand::SetAsks { asks: [Sensitive::Allergy].into() };
    let room = Room::open(&server, 18, vec![asks]).await;
    let page = room.get().await.text().await.unwrap();
    assert!(page.contains("Allergi") && !page.contains("Specialkost"), "{page}");
    let secret = "jordnötter-kanariefågel";
    let fields = [
        ("nyckel", &*key(1)),
        ("namn", "A B"),
        ("epost", &email(1)),
        ("part", "region"),
        ("allergy", secret),
        ("diet", secret),
    ];
    let answer = post_form(&room.url(), &fields).await;
    let own = link(&room.base, &answer);
    assert!(client().get(&own).send().await.unwrap().text().await.unwrap().contains(secret));
    let row: (String, String) = sqlx::query_as("SELECT diet, allergy FROM sensitive")
        .fetch_one(server.relay.state().database.pool())
        .await
        .unwrap();
    assert_eq!(row, (String::new(), secret.to_owned()));
    let needs = format!("/kurser/{}/behov", room.document);
    let told = server.sign_in(VASTERAS).await.get(&needs).await.text().await.unwrap();
    assert!(told.contains("A B") && told.contains(&format!("Allergi: {secret}")), "{told}");
    assert_eq!(server.sign_in(HANDLER).await.get(&needs).await.status(), StatusCode::NOT_FOUND);
    let view = serde_json::to_string(&view(&server, room.document).await).unwrap();
    assert!(!view.contains("kanariefågel"));
}
