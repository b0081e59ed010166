//! The list of documents and registering one.

use app::{
    document::{
        EditContext,
        plan::{self, PlanCommand},
    },
    domain::{NewVersion, VersionId, VersionStatus, ids::DocumentId},
};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{HANDLER, NORRA, OUTSIDER, Peer, READER, Server, VASTERAS, client, other, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_sees_the_documents_of_their_associations_with_what_they_may_do() {
    let server = Server::start().await;
    let (county, budget) = (("county", Value::Null, 2021), ("plan", Value::from("vasteras"), 2021));
    let earlier = ("plan", Value::from("vasteras"), 2019);
    for (email, rights, expected) in [
        (VASTERAS, "write", vec![&budget, &county, &earlier]),
        (READER, "read", vec![&budget, &county, &earlier]),
        (NORRA, "write", vec![&county]),
        (OUTSIDER, "", vec![]),
    ] {
        let user = server.sign_in(email).await;
        let documents: Value = user.get("/api/documents").await.json().await.unwrap();
        let is_plan = |document: &&Value| matches!(document["kind"].as_str(), Some("county" | "plan"));
        let documents: Vec<&Value> = documents.as_array().unwrap().iter().filter(is_plan).collect();
        assert_eq!(documents.len(), expected.len(), "{email}");
        for (document, (kind, association, year)) in documents.iter().zip(expected) {
            assert_eq!((&document["kind"], &document["association"]), (&Value::from(*kind), association), "{email}");
            assert_eq!(
                (&document["year"], &document["rights"]),
                (&Value::from(*year), &Value::from(rights)),
                "{email}"
            );
        }
    }
    assert_eq!(client().get(server.url("/api/documents")).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn free_content_belongs_to_the_association_that_it_is_registered_for() {
    let server = Server::start().await;
    let (editor, reader, neighbour) =
        (server.sign_in(VASTERAS).await, server.sign_in(READER).await, server.sign_in(NORRA).await);
    let id = editor.register("vasteras").await;
    let rights = async |user: &crate::support::User| {
        let documents: Value = user.get("/api/documents").await.json().await.unwrap();
        let found = documents.as_array().unwrap().iter().find(|document| document["id"] == id.to_string()).cloned();
        found.map(|document| document["rights"].as_str().unwrap().to_owned())
    };
    assert_eq!(rights(&editor).await.as_deref(), Some("write"));
    assert_eq!(rights(&reader).await.as_deref(), Some("read"));
    assert_eq!(rights(&neighbour).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_registered_is_refused_with_a_code_and_a_sentence() {
    let server = Server::start().await;
    let (editor, reader) = (server.sign_in(VASTERAS).await, server.sign_in(READER).await);
    let fresh = || DocumentId::from_random(rand::random());
    let taken = editor.register("vasteras").await;
    let body = |change: fn(&mut Value)| {
        let mut body = other(fresh(), "vasteras");
        change(&mut body);
        body
    };
    let cases = [
        (&editor, other(taken, "vasteras"), StatusCode::CONFLICT, "exists"),
        (&editor, other(fresh(), "norra"), StatusCode::FORBIDDEN, "not_an_editor"),
        (&editor, other(fresh(), "finns-inte"), StatusCode::FORBIDDEN, "not_an_editor"),
        (&reader, other(fresh(), "vasteras"), StatusCode::FORBIDDEN, "not_an_editor"),
        (&editor, body(|body| body["id"] = json!("nej")), StatusCode::BAD_REQUEST, "invalid_id"),
        (&editor, body(|body| body["kind"] = json!("dikt")), StatusCode::BAD_REQUEST, "invalid_kind"),
        (&editor, body(|body| body["title"] = json!("  ")), StatusCode::BAD_REQUEST, "invalid_title"),
        (&editor, body(|body| body["year"] = json!(21)), StatusCode::BAD_REQUEST, "invalid_year"),
        (&editor, body(|body| body["kind"] = json!("county")), StatusCode::BAD_REQUEST, "invalid_year"),
        (&editor, json!({ "id": 1 }), StatusCode::BAD_REQUEST, "invalid_body"),
    ];
    for (user, body, status, code) in cases {
        let answer = user.post("/api/documents", &body).await;
        assert_eq!(answer.status(), status, "{body}");
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer["error"]["code"], code, "{body}");
        assert!(answer["error"]["message"].as_str().unwrap().ends_with('.'));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_county_has_one_plan_for_a_year_and_it_opens_with_content() {
    let server = Server::start().await;
    let editor = server.sign_in(NORRA).await;
    let plan = |id: DocumentId| json!({ "id": id.to_string(), "kind": "county", "association": "norra", "year": 2022, "title": "Plan 2022" });
    let id = DocumentId::from_random(rand::random());
    assert_eq!(editor.post("/api/documents", &plan(id)).await.status(), StatusCode::CREATED);
    let again = DocumentId::from_random(rand::random());
    assert_eq!(editor.post("/api/documents", &plan(again)).await.status(), StatusCode::CONFLICT);
    let neighbour = server.sign_in(VASTERAS).await;
    assert_eq!(neighbour.get("/lan/2022").await.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_people_of_a_document_are_told_to_those_who_may_read_it() {
    let server = Server::start().await;
    let (reader, outsider) = (server.sign_in(READER).await, server.sign_in(OUTSIDER).await);
    let path = format!("/api/documents/{}/people", reader.county_plan().await);
    let people: Value = reader.get(&path).await.json().await.unwrap();
    let names: Vec<&str> = people.as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        ["Handläggare Västerås", "Läsare Västerås", "Redaktör Mälardalen", "Redaktör Norra", "Redaktör Västerås"]
    );
    let missing = format!("/api/documents/{}/people", DocumentId::from_random([7; 16]));
    let (forbidden, missing) = (outsider.get(&path).await, outsider.get(&missing).await);
    assert_eq!(forbidden.status(), StatusCode::NOT_FOUND);
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    assert_eq!(forbidden.text().await.unwrap(), missing.text().await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn findings_are_answered_to_whoever_may_read_the_document_and_to_nobody_else() {
    let server = Server::start().await;
    let (reader, neighbour, outsider) =
        (server.sign_in(READER).await, server.sign_in(NORRA).await, server.sign_in(OUTSIDER).await);
    let documents: Value = reader.get("/api/documents").await.json().await.unwrap();
    let id_of = |kind: &str, year: i32| {
        let mut all = documents.as_array().unwrap().iter();
        let found = all.find(|document| document["kind"] == kind && document["year"] == year).expect("is in the demo");
        found["id"].as_str().unwrap().to_owned()
    };
    let path = |id: &str| format!("/api/documents/{id}/findings");

    let county = path(&id_of("county", 2021));
    let findings: Value = reader.get(&county).await.json().await.unwrap();
    let [finding] = findings.as_array().unwrap().as_slice() else { panic!("one finding: {findings}") };
    assert_eq!(finding["kind"], "contribution-total");
    assert_eq!(finding["place"]["spot"], "county-contributions");
    assert_eq!(finding["stated"], json!({ "money": 75_000_000 }));
    assert_eq!(finding["computed"], json!({ "money": 62_500_000 }));
    assert!(finding["text"].as_str().unwrap().contains("625"));
    assert_eq!(neighbour.get(&county).await.status(), StatusCode::OK);

    let budget = path(&id_of("plan", 2021));
    let findings: Value = reader.get(&budget).await.json().await.unwrap();
    let kinds: Vec<_> = findings.as_array().unwrap().iter().map(|finding| finding["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"equity-ceiling"), "{kinds:?}");
    assert_eq!(neighbour.get(&budget).await.status(), StatusCode::NOT_FOUND);
    for path in [county, budget] {
        assert_eq!(outsider.get(&path).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(client().get(server.url(&path)).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    }
    assert_eq!(reader.get(&path("nej")).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_plan_of_the_year_after_begins_with_this_year_s_budget_moved_a_year() {
    let server = Server::start().await;
    let (editor, neighbour) = (server.sign_in(VASTERAS).await, server.sign_in(NORRA).await);
    let documents: Value = editor.get("/api/documents").await.json().await.unwrap();
    let find = |kind: &str, year: i32| {
        let all = documents.as_array().unwrap();
        let found = all.iter().find(|document| document["kind"] == kind && document["year"] == year);
        found.unwrap()["id"].as_str().unwrap().to_owned()
    };
    let (plan, county) = (find("plan", 2021), find("county", 2021));
    let copy = |association: &str, year: i32, source: &str| {
        json!({ "id": DocumentId::from_random(rand::random()).to_string(), "kind": "plan", "association": association,
                "year": year, "title": "Budget 2022", "copy_of": source })
    };
    for (user, body) in [
        (&editor, copy("vasteras", 2023, &plan)),
        (&editor, copy("vasteras", 2022, &county)),
        (&editor, copy("vasteras", 2022, &DocumentId::from_random(rand::random()).to_string())),
        (&editor, copy("vasteras", 2022, "nej")),
        // What one may not read is not copied either.
        (&neighbour, copy("norra", 2022, &plan)),
    ] {
        let answer = user.post("/api/documents", &body).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{body}");
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer["error"]["code"], "invalid_source", "{body}");
    }
    let body = copy("vasteras", 2022, &plan);
    assert_eq!(editor.post("/api/documents", &body).await.status(), StatusCode::CREATED);
    let page = editor.get("/budget/vasteras/2022").await.text().await.unwrap();
    assert!(page.contains("Samordningsteam Västerås") && page.contains("Utblick 2024"), "the rows came along");
    assert!(!page.contains("Genomförandestudie"), "a line that ended stays behind");
    let again = editor.post("/api/documents", &copy("vasteras", 2022, &plan)).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
}

/// What the people of the budget of 2021 may decide, by name, as the first of them is told.
async fn deciding(reader: &crate::support::User) -> Vec<(String, String)> {
    let documents: Value = reader.get("/api/documents").await.json().await.unwrap();
    let budget = documents.as_array().unwrap().iter().find(|document| document["kind"] == "plan").unwrap();
    let path = format!("/api/documents/{}/people", budget["id"].as_str().unwrap());
    let people: Value = reader.get(&path).await.json().await.unwrap();
    let told = |person: &Value| {
        let word = |key: &str| person[key].as_str().unwrap().to_owned();
        (word("name"), word("decides"))
    };
    people.as_array().unwrap().iter().map(told).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn to_decide_is_a_right_of_some_editors_and_is_told_with_documents_and_people() {
    let server = Server::start().await;
    for (email, expected) in [(VASTERAS, true), (HANDLER, false), (READER, false)] {
        let user = server.sign_in(email).await;
        let documents: Value = user.get("/api/documents").await.json().await.unwrap();
        let all = documents.as_array().unwrap();
        assert!(!all.is_empty() && all.iter().all(|document| document["may_decide"] == expected), "{email}");
    }
    let expected = [("Handläggare Västerås", "no"), ("Läsare Västerås", "no"), ("Redaktör Västerås", "now")];
    let expected = expected.map(|(name, decides)| (name.to_owned(), decides.to_owned()));
    assert_eq!(deciding(&server.sign_in(READER).await).await, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_could_decide_once_is_told_of_also_when_right_and_membership_are_gone() {
    let server = Server::start().await;
    let reader = server.sign_in(READER).await;
    server.sql("UPDATE memberships SET may_decide = 1 WHERE association_id = 'vasteras' AND role = 'reader'").await;
    assert_eq!(deciding(&reader).await[1].1, "before", "a reader writes nothing, and so decides nothing");
    server.sql("UPDATE memberships SET may_decide = 0 WHERE association_id = 'vasteras'").await;
    assert_eq!(deciding(&reader).await[2].1, "before");
    server.sql("DELETE FROM memberships WHERE role = 'editor' AND association_id = 'vasteras'").await;
    let people = deciding(&reader).await;
    let names: Vec<_> = people.iter().map(|(name, decides)| (name.as_str(), decides.as_str())).collect();
    assert_eq!(names, [("Läsare Västerås", "before"), ("Redaktör Västerås", "before")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_title_that_is_written_in_a_document_reaches_the_list() {
    let server = Server::start().await;
    let (editor, reader) = (server.sign_in(VASTERAS).await, server.sign_in(READER).await);
    let id = editor.register("vasteras").await;
    let title = async || {
        let documents: Value = reader.get("/api/documents").await.json().await.unwrap();
        let found = documents.as_array().unwrap().iter().find(|document| document["id"] == id.to_string()).cloned();
        found.unwrap()["title"].as_str().unwrap().to_owned()
    };
    let mut peer = editor.open(id).await;
    let too_long = "Lång ".repeat(100);
    for (written, listed) in [
        ("Budget och utblick", "Budget och utblick"),
        (too_long.as_str(), "Budget och utblick"),
        ("Budget efter samråd", "Budget efter samråd"),
    ] {
        peer.put("title", written).await;
        peer.until("saved", Peer::is_saved).await;
        until("listed", async || title().await == listed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_by_somebody_who_never_could_is_shown_as_none() {
    let server = Server::start().await;
    let (handler, reader) = (server.sign_in(HANDLER).await, server.sign_in(READER).await);
    let documents: Value = handler.get("/api/documents").await.json().await.unwrap();
    let mut all = documents.as_array().unwrap().iter();
    let budget = all.find(|document| document["kind"] == "plan" && document["year"] == 2021).expect("is in the demo");
    let mut peer = handler.open(budget["id"].as_str().unwrap().parse().unwrap()).await;
    peer.until("open", Peer::is_saved).await;
    // The relay stores it: it does not understand plans, and the page judges by whoever wrote the change.
    peer.edit(|doc| {
        let version = NewVersion {
            status: VersionStatus::Adopted,
            name: "Mitt eget beslut".to_owned(),
            decided: "2021-09-10".parse().ok(),
            dnr: String::new(),
            note: String::new(),
            is_summary: false,
        };
        let id = VersionId::from_random(rand::random());
        plan::edit(doc, &PlanCommand::AddVersion { id, version }, &EditContext { now_ms: 1_631_232_000_000 }).unwrap();
    })
    .await;
    peer.until("saved", Peer::is_saved).await;
    let versions = reader.get("/budget/vasteras/2021/versioner").await.text().await.unwrap();
    assert!(versions.contains("Mitt eget beslut"));
    assert!(versions.contains("Inte fastställd"));
    assert!(versions.contains("saknar behörighet att fastställa."));
    let page = reader.get("/budget/vasteras/2021").await.text().await.unwrap();
    assert!(page.contains("Planen är reviderad 2021-03-26."), "what holds is what was decided by right");
}
