//! Who is erased is gone: from the relay, its files and its backups restored, and from every device at next contact.

use std::{collections::BTreeMap, time::Duration};

use app::{
    boot::Became,
    document::{
        EditContext, any,
        history::Asked,
        occasion::{self, NewOccasion, NewRegistration, OccasionCommand, OccasionView},
    },
    domain::{
        Organiser,
        course::{OccasionDay, Party, Prerequisite, Sex, Source},
        ids::{DocumentId, RegistrationId, UserId},
    },
};
use automerge::AutoCommit;
use reqwest::{StatusCode, header};
use samplan_server::{
    backup,
    erasure::log::ErasureLog,
    storage::{
        content::NewContent,
        documents::{Kind, Registration},
    },
};
use serde_json::json;

use crate::support::{HANDLER, Peer, READER, Server, Traces, User, VASTERAS, client, other};

/// A name that is nobody's, to look for in every file.
const CANARY: &str = "Kanariefågel Zvxqwysson";
const EMAIL: &str = "zvxqwysson@kanarie.example";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

pub fn id(number: u8) -> RegistrationId {
    RegistrationId::from_random([number; 16])
}

fn register(number: u8, name: &str, email: &str) -> OccasionCommand {
    let fields = NewRegistration {
        name: name.to_owned(),
        email: email.to_owned(),
        employer: "Regionen".to_owned(),
        party: Party::Region,
        role: "kurator".to_owned(),
        sex: Sex::Woman,
        answers: BTreeMap::new(),
        prerequisite: Prerequisite::NotNeeded,
        source: Source::Web,
        registered_at: 1_600_000_000_000,
    };
    OccasionCommand::Register { id: id(number), fields: Box::new(fields) }
}

fn edit(doc: &mut AutoCommit, command: &OccasionCommand) {
    occasion::edit(doc, command, &EditContext { now_ms: 1_600_000_000_000 }).unwrap();
}

/// Registers an occasion of Västerås on a day, with the canary and two others.
pub async fn open_occasion(server: &Server, user: UserId, day: &str) -> DocumentId {
    let context = EditContext { now_ms: 1_600_000_000_000 };
    let association = "vasteras".parse().unwrap();
    let new = NewOccasion {
        organiser: Organiser { name: "Västerås".to_owned(), association: Some(association) },
        year: 2021,
        title: "Grund".to_owned(),
        course: None,
        course_name: "Grund".to_owned(),
    };
    let mut doc = occasion::open(&new, rand::random(), None, &context).unwrap();
    let (from, to) = ("09:00".parse().unwrap(), "16:00".parse().unwrap());
    let date = day.parse().unwrap();
    edit(&mut doc, &OccasionCommand::SetDays { days: vec![OccasionDay { date, from, to }] });
    edit(&mut doc, &register(1, "Deltagare Ett", "ett@part.example"));
    edit(&mut doc, &register(2, CANARY, EMAIL));
    edit(&mut doc, &register(3, "Deltagare Tre", "tre@part.example"));
    edit(&mut doc, &OccasionCommand::SetAttendance { id: id(2), day: date, present: true });
    let document = DocumentId::from_random(rand::random());
    let registration = Registration {
        id: document,
        kind: Kind::Occasion,
        association: "vasteras".parse().unwrap(),
        of_county: false,
        year: Some(2021),
        title: "Grund".to_owned(),
        content: NewContent::of(&mut doc),
    };
    server.relay.state().database.register(user, &registration).await.unwrap();
    document
}

async fn read(server: &Server, document: DocumentId) -> OccasionView {
    let open = server.relay.state().hub.open(document).await.unwrap();
    open.read(occasion::read).await
}

async fn became_of(user: &User, document: DocumentId) -> Option<Became> {
    let answer = user.post("/api/erased", &json!([document.to_string()])).await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json::<Vec<Became>>().await.unwrap().into_iter().next()
}

async fn post_form(user: &User, path: &str, fields: &[(&str, &str)]) -> reqwest::Response {
    client()
        .post(format!("{}{path}", user.base))
        .header(header::COOKIE, &user.cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(serde_urlencoded::to_string(fields).unwrap())
        .send()
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_erased_is_in_no_file_and_the_others_are_where_they_were() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = open_occasion(&server, user.id, "2030-01-10").await;
    let mut peer = user.open(document).await;
    peer.until("received", |peer| occasion::read(peer.replica.doc()).registrations.len() == 3).await;
    edit(peer.replica.doc_mut(), &register(4, "Vid dörren", ""));
    peer.send_written().await;
    peer.until("saved", Peer::is_saved).await;
    let data = server.folder.0.join("data");
    let traces = Traces::of(&server, document).await;
    assert!(!traces.in_files(&data).is_empty(), "or the test shows nothing");

    let new = server.relay.state().erasures.erase_people(document, &[id(2)], 1_700_000_000_000).await.unwrap();
    let traces = traces.apart_from(&server, new).await;
    assert_eq!(traces.in_files(&data), Vec::<String>::new(), "while the relay runs");
    peer.until("told", |peer| peer.unavailable).await;
    assert_eq!(peer.closed, None, "the socket stays open for other documents");

    let became = became_of(&user, document).await.unwrap();
    assert_eq!(became, Became { id: document, replaced_by: Some(new), registrations: vec![id(2)] });
    let names: Vec<String> = read(&server, new).await.registrations.into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["Deltagare Ett", "Deltagare Tre", "Vid dörren"]);
    let mut again = user.open(new).await;
    again.until("received", |peer| occasion::read(peer.replica.doc()).registrations.len() == 3).await;

    let copy = server.folder.0.join("copies");
    backup::backup(&data, &copy, 1_700_000_000_000).unwrap();
    assert_eq!(traces.in_files(&copy), Vec::<String>::new());
    let server = server.restart().await;
    assert_eq!(traces.in_files(&server.folder.0), Vec::<String>::new(), "after a restart");
    let log = ErasureLog::in_folder(&data).read().unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].document, log[0].replaced_by), (document, Some(new)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erasure_goes_on_to_its_end_though_whoever_asked_for_it_hangs_up() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = open_occasion(&server, user.id, "2030-01-10").await;
    let erasures = server.relay.state().erasures.clone();
    let people = [id(2)];
    {
        let mut asked = std::pin::pin!(erasures.erase_people(document, &people, 1_700_000_000_000));
        assert!(futures_util::poll!(asked.as_mut()).is_pending(), "it has begun");
    }
    let data = server.folder.0.join("data");
    let to_its_end = async {
        loop {
            let is_noted = ErasureLog::in_folder(&data).read().unwrap().len() == 1;
            if is_noted && !data.join("overwrite-owed").exists() {
                return became_of(&user, document).await.unwrap();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let became = tokio::time::timeout(Duration::from_secs(30), to_its_end).await.unwrap();
    assert_eq!(became.registrations, [id(2)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_owed_to_be_overwritten_is_so_after_a_restart() {
    let server = Server::start().await;
    let owed = server.folder.0.join("data/overwrite-owed");
    std::fs::write(&owed, b"").unwrap();
    server.relay.state().erasures.retain(1_700_000_000_000).await.unwrap();
    assert!(!owed.exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erased_id_is_taken_for_ever() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = open_occasion(&server, user.id, "2030-01-10").await;
    let mut old = user.open(document).await;
    old.until("received", |peer| occasion::read(peer.replica.doc()).registrations.len() == 3).await;
    let traces = Traces::of(&server, document).await;
    server.relay.state().erasures.erase_occasion(document, 1_700_000_000_000).await.unwrap();
    let answer = user.post("/api/documents", &other(document, "vasteras")).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    // An old client that was away comes back with all it has.
    let mut back = user.open(document).await;
    let bytes = old.replica.doc_mut().save();
    back.replica.doc_mut().load_incremental(&bytes).unwrap();
    edit(back.replica.doc_mut(), &register(9, "Sen", ""));
    back.send_written().await;
    back.until("told", |peer| peer.unavailable).await;
    assert_eq!(traces.in_files(&server.folder.0.join("data")), Vec::<String>::new());
    let became = became_of(&user, document).await.unwrap();
    assert_eq!(became, Became { id: document, replaced_by: None, registrations: Vec::new() });
    assert_eq!(became_of(&user, DocumentId::from_random(rand::random())).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_never_sent_is_carried_over_by_those_who_may_write() {
    let server = Server::start().await;
    let (user, handler) = (server.sign_in(VASTERAS).await, server.sign_in(HANDLER).await);
    let document = open_occasion(&server, user.id, "2030-01-10").await;
    let traces = Traces::of(&server, document).await;
    let new = server.relay.state().erasures.erase_people(document, &[id(2)], 1_700_000_000_000).await.unwrap();
    let traces = traces.apart_from(&server, new).await;
    let day = "2030-01-10".parse().unwrap();
    let commands = json!([
        register(5, "Vid dörren", ""),
        OccasionCommand::SetAttendance { id: id(1), day, present: true },
        OccasionCommand::SetAttendance { id: id(2), day, present: true },
        register(2, CANARY, EMAIL),
    ]);
    let path = format!("/api/documents/{document}/carried");
    assert_eq!(handler.post(&path, &commands).await.status(), StatusCode::NOT_FOUND, "may not run courses");
    let answer = user.post(&path, &commands).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.json::<serde_json::Value>().await.unwrap()["done"], 2);
    let view = read(&server, new).await;
    assert!(view.registration(id(1)).unwrap().was_there(day));
    assert_eq!(view.registration(id(5)).unwrap().name, "Vid dörren");
    assert!(view.registration(id(2)).is_none());
    let mut copy = server.relay.state().hub.open(new).await.unwrap().read(AutoCommit::clone).await;
    let history = any::history(any::Kind::Occasion, &mut copy, &Asked::in_query(""));
    assert_eq!(history.changes.iter().filter(|change| change.by == Some(user.id)).count(), 2, "in their own name");
    assert_eq!(traces.in_files(&server.folder.0.join("data")), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_backup_is_erased_anew_before_anybody_is_let_in() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let (one, two) =
        (open_occasion(&server, user.id, "2030-01-10").await, open_occasion(&server, user.id, "2030-02-10").await);
    let data = server.folder.0.join("data");
    let copies = server.folder.0.join("copies");
    let (traces, others) = (Traces::of(&server, one).await, Traces::of(&server, two).await);
    let (copy, _) = backup::backup(&data, &copies, 1_700_000_000_000).unwrap();
    let erasures = server.relay.state().erasures.clone();
    let first = erasures.erase_people(one, &[id(2)], 1_700_000_001_000).await.unwrap();
    let second = erasures.erase_people(first, &[id(3)], 1_700_000_002_000).await.unwrap();
    erasures.erase_occasion(two, 1_700_000_003_000).await.unwrap();
    drop(erasures);
    assert!(backup::restore(&data, &copy, 1_700_000_004_000).is_err(), "not while the relay runs");

    server.relay.stop().await;
    let aside = backup::restore(&data, &copy, 1_700_000_004_000).unwrap().unwrap();
    assert_eq!(traces.in_files(aside.parent().unwrap()), [copy.display().to_string()], "the old backup alone");
    assert!(!traces.in_files(&data).is_empty(), "or the test shows nothing");
    let server = Server::start_in(server.folder).await;
    let user = server.sign_in(VASTERAS).await;
    let now = became_of(&user, one).await.unwrap().replaced_by.unwrap();
    let (traces, others) = (traces.apart_from(&server, now).await, others.apart_from(&server, now).await);
    assert_eq!((traces.in_files(&data), others.in_files(&data)), (Vec::new(), Vec::new()));
    let user = server.sign_in(VASTERAS).await;
    assert_eq!(became_of(&user, two).await.unwrap().replaced_by, None);
    // Devices know the occasion by any of its earlier ids.
    let now = became_of(&user, one).await.unwrap().replaced_by.unwrap();
    assert_eq!(became_of(&user, first).await.unwrap().replaced_by, Some(now));
    assert_eq!(became_of(&user, second).await.unwrap().replaced_by, Some(now));
    let left: Vec<_> = read(&server, now).await.registrations.into_iter().map(|one| one.id).collect();
    assert_eq!(left, [id(1)]);
    let entries = ErasureLog::in_folder(&data).read().unwrap();
    // The next start finds nothing more to do.
    let server = server.restart().await;
    assert_eq!(ErasureLog::in_folder(&data).read().unwrap(), entries);
    assert_eq!(became_of(&server.sign_in(VASTERAS).await, one).await.unwrap().replaced_by, Some(now));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_occasion_goes_by_itself_once_it_has_been_said_for_two_weeks() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = open_occasion(&server, user.id, "2030-01-10").await;
    let traces = Traces::of(&server, document).await;
    let erasures = &server.relay.state().erasures;
    // 2030-01-11, and the days after that.
    let after = |days: i64| 1_894_320_000_000 + days * DAY_MS;
    let is_here = async || user.get("/api/documents").await.text().await.unwrap().contains(&document.to_string());
    let needs = async || {
        let (count,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM sensitive")
            .fetch_one(server.relay.state().database.pool())
            .await
            .unwrap();
        count
    };
    sqlx::query("INSERT INTO sensitive (registration_id, document_id, diet) VALUES (?, ?, 'zvxqwysson-kost')")
        .bind(id(2).as_bytes().as_slice())
        .bind(document.as_bytes().as_slice())
        .execute(server.relay.state().database.pool())
        .await
        .unwrap();
    erasures.retain(after(6)).await.unwrap();
    assert_eq!(needs().await, 1, "still to be looked up");
    erasures.retain(after(7)).await.unwrap();
    assert_eq!(needs().await, 0, "what is about health goes first");
    erasures.retain(after(300)).await.unwrap();
    assert!(is_here().await);
    let page = user.get("/kurser/gallring").await.text().await.unwrap();
    assert!(page.contains("2031-01-11") && page.contains("365 dagar"), "{page}");
    // The relay slept over the day it was to be said: it is said first, all the same.
    erasures.retain(after(400)).await.unwrap();
    assert!(is_here().await);
    let list = user.get("/kurser").await.text().await.unwrap();
    assert!(list.contains("kurstillfällen gallras snart") || list.contains("1 kurstillfälle gallras snart"), "{list}");
    erasures.retain(after(413)).await.unwrap();
    assert!(is_here().await);
    erasures.retain(after(414)).await.unwrap();
    assert!(!is_here().await);
    assert_eq!(traces.in_files(&server.folder.0.join("data")), Vec::<String>::new());
    let page = user.get("/kurser/gallring").await.text().await.unwrap();
    assert!(page.contains("Hela tillfället, 3 personer"), "{page}");
    let counts = user.get("/kurser/statistik?ar=2030").await.text().await.unwrap();
    assert!(counts.contains("3 anmälda, varav 1 har deltagit"), "{counts}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_finds_a_person_and_erases_her_with_one_confirmation() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = open_occasion(&server, user.id, "2030-01-10").await;
    let traces = Traces::of(&server, document).await;
    let page = post_form(&user, "/kurser/gallring/sok", &[("sok", "ZVXQ")]).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.unwrap();
    let value = format!("{document}:{}", id(2));
    assert!(page.contains(EMAIL) && page.contains(&value) && !page.contains("Deltagare Ett"), "{page}");
    let short = post_form(&user, "/kurser/gallring/sok", &[("sok", "zv")]).await;
    assert_eq!(short.status(), StatusCode::UNPROCESSABLE_ENTITY);
    for email in [HANDLER, READER] {
        let stranger = server.sign_in(email).await;
        let refused = post_form(&stranger, "/kurser/gallring/radera", &[("val", &value)]).await;
        assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{email}");
        assert_eq!(stranger.get("/kurser/gallring").await.status(), StatusCode::NOT_FOUND, "{email}");
    }
    let done = post_form(&user, "/kurser/gallring/radera", &[("val", &value)]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let next = done.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let page = user.get(&next).await.text().await.unwrap();
    assert!(page.contains("En anmälan är raderad") && page.contains("1 person, på begäran"), "{page}");
    let new = became_of(&user, document).await.unwrap().replaced_by.unwrap();
    let traces = traces.apart_from(&server, new).await;
    assert_eq!(traces.in_files(&server.folder.0.join("data")), Vec::<String>::new());
    let counts = user.get("/kurser/statistik").await.text().await.unwrap();
    assert!(counts.contains("3 anmälda, varav 1 har deltagit"), "she still counts: {counts}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edits_under_way_are_stored_or_refused_and_never_half() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = open_occasion(&server, user.id, "2030-01-10").await;
    let mut peer = user.open(document).await;
    peer.until("received", |peer| occasion::read(peer.replica.doc()).registrations.len() == 3).await;
    let erasures = server.relay.state().erasures.clone();
    let erasing = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(30)).await;
        erasures.erase_people(document, &[id(2)], 1_700_000_000_000).await.unwrap()
    });
    let mut number = 10;
    while !peer.unavailable {
        number += 1;
        edit(peer.replica.doc_mut(), &register(number, &format!("Person {number}"), ""));
        peer.send_written().await;
        peer.listen(Duration::from_millis(5)).await;
        assert!(number < 250, "never told");
    }
    let new = erasing.await.unwrap();
    let acknowledged = peer.acknowledged.clone();
    let saved = peer.replica.doc_mut().fork_at(&acknowledged).unwrap();
    let there = read(&server, new).await;
    for registration in occasion::read(&saved).registrations {
        assert_eq!(there.registration(registration.id).is_some(), registration.id != id(2), "{}", registration.name);
    }
}
