//! An occasion whose document cannot be read keeps its time, and is not passed over in silence.

use reqwest::header;

use crate::{
    courses::support::now_ms,
    erasure::open_occasion,
    support::{Server, VASTERAS, client},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_occasion_goes_by_its_last_day_and_is_named_where_a_person_is_looked_for() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = open_occasion(&server, user.id, "2040-01-10").await;
    server.relay.state().courses.look_at(document, now_ms()).await;
    sqlx::query("DELETE FROM changes WHERE document_id = ? AND seq = 1")
        .bind(document.as_bytes().as_slice())
        .execute(server.relay.state().database.pool())
        .await
        .unwrap();
    sqlx::query("UPDATE snapshots SET bytes = x'00' WHERE document_id = ?")
        .bind(document.as_bytes().as_slice())
        .execute(server.relay.state().database.pool())
        .await
        .unwrap();
    let coming = server.relay.state().erasures.coming().await.unwrap();
    let ours = coming.iter().find(|coming| coming.document == document).unwrap();
    assert_eq!((ours.goes.to_string(), ours.title.as_str(), ours.people), ("2041-01-10".to_owned(), "Grund", 3));
    let page = client()
        .post(server.url("/kurser/gallring/sok"))
        .header(header::COOKIE, &user.cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body("sok=zvxq")
        .send()
        .await
        .unwrap();
    let page = page.text().await.unwrap();
    assert!(page.contains("Alla tillfällen kunde inte genomsökas") && page.contains("Grund 2040-01-10"), "{page}");
}
