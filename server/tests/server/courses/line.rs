//! The order of arrival: who gets a place that is free again, and what never takes one back.

use app::{
    document::occasion::OccasionCommand,
    domain::{CourseId, Decision, Prerequisite, ids::RegistrationId},
};
use reqwest::StatusCode;

use super::support::{DAY_MS, Room, many, now_ms, view, walk_in};
use crate::support::{Peer, Server, post_form, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_freed_place_is_offered_to_the_next_and_then_to_the_one_after() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 1, Vec::new()).await;
    let (first, _, third) = (room.sign_up(1).await, room.sign_up(2).await, room.sign_up(3).await);
    assert_eq!(room.decision(&server, 1).await, Decision::Confirmed);
    assert_eq!(room.decision(&server, 2).await, Decision::Waiting);

    let answer = post_form(&first, &[("gor", "ja-avboka")]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    room.until(&server, 2, Decision::Offered).await;
    assert_eq!(room.decision(&server, 1).await, Decision::Cancelled);
    assert_eq!(room.decision(&server, 3).await, Decision::Waiting, "one place, one offer");
    let until_ms = room.of(&server, 2).await.offered_until.unwrap();
    assert!((now_ms() + DAY_MS..now_ms() + 3 * DAY_MS).contains(&until_ms));

    let courses = &server.relay.state().courses;
    courses.look_at_time(until_ms - 1).await;
    assert_eq!(room.decision(&server, 2).await, Decision::Offered, "there is time left");
    courses.look_at_time(until_ms).await;
    assert_eq!(room.decision(&server, 2).await, Decision::Declined);
    assert_eq!(room.decision(&server, 3).await, Decision::Offered);

    let answer = post_form(&third, &[("gor", "tacka-ja")]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(room.decision(&server, 3).await, Decision::Confirmed);
    // A page that was left open still offers to decline: a place that is taken is not given away by that.
    post_form(&third, &[("gor", "tacka-nej")]).await;
    assert_eq!(room.decision(&server, 3).await, Decision::Confirmed);
    assert_eq!(view(&server, room.document).await.taken(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_signs_up_while_a_place_is_offered_stands_behind_those_who_wait() {
    let server = Server::start_with(many).await;
    let room = Room::open(&server, 1, Vec::new()).await;
    let (first, second) = (room.sign_up(1).await, room.sign_up(2).await);
    room.sign_up(3).await;
    post_form(&first, &[("gor", "ja-avboka")]).await;
    room.until(&server, 2, Decision::Offered).await;
    room.sign_up(4).await;
    assert_eq!(room.decision(&server, 4).await, Decision::Waiting);
    post_form(&second, &[("gor", "tacka-nej")]).await;
    room.until(&server, 3, Decision::Offered).await;
    assert_eq!(room.decision(&server, 4).await, Decision::Waiting);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_walk_in_that_syncs_in_late_never_takes_a_confirmed_place() {
    let server = Server::start_with(many).await;
    let mut room = Room::open(&server, 1, Vec::new()).await;
    // Made in a room without a network, long before anybody signed up on the web.
    room.admin.write_here(walk_in("Vid dörren", 1_000));
    room.sign_up(1).await;
    assert_eq!(room.decision(&server, 1).await, Decision::Confirmed);
    room.admin.send_written().await;
    room.admin.until("saved", Peer::is_saved).await;
    until("the walk-in is decided on", async || {
        let view = view(&server, room.document).await;
        view.registrations.iter().any(|one| one.name == "Vid dörren" && one.decision == Decision::OverCapacity)
    })
    .await;
    assert_eq!(room.decision(&server, 1).await, Decision::Confirmed);
    assert_eq!(view(&server, room.document).await.registrations.len(), 2, "shown, not dropped");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_places_are_offered_to_as_many_who_wait() {
    let server = Server::start_with(many).await;
    let mut room = Room::open(&server, 1, Vec::new()).await;
    for n in 1..=4 {
        room.sign_up(n).await;
    }
    room.admin.write_here(OccasionCommand::SetCapacity { capacity: Some(3) });
    room.admin.send_written().await;
    room.until(&server, 3, Decision::Offered).await;
    assert_eq!(room.decision(&server, 2).await, Decision::Offered);
    assert_eq!(room.decision(&server, 4).await, Decision::Waiting);
}

/// A course that is required.
fn requires(id: CourseId) -> OccasionCommand {
    OccasionCommand::SetRequires { requires: [(id, "Grund".to_owned())].into() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_stated_waits_for_approval_and_keeps_its_turn() {
    let server = Server::start_with(many).await;
    let mut room = Room::open(&server, 1, vec![requires(CourseId::from_random([7; 16]))]).await;
    let missing = room.send(1).await;
    assert_eq!(missing.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.text().await.unwrap().contains("Svara ja eller nej."));
    let sent = async |n: usize| {
        let (name, email, key) = (format!("Deltagare {n}"), super::support::email(n), super::support::key(n));
        let fields =
            [("nyckel", &*key), ("namn", &name), ("epost", &email), ("part", "region"), ("forkunskaper", "ja")];
        assert_eq!(post_form(&room.url(), &fields).await.status(), StatusCode::SEE_OTHER);
    };
    sent(1).await;
    sent(2).await;
    let ids: Vec<RegistrationId> = [room.of(&server, 1).await.id, room.of(&server, 2).await.id].into();
    assert_eq!(room.decision(&server, 1).await, Decision::Preliminary);
    let approve = |id| OccasionCommand::SetPrerequisite { id, prerequisite: Prerequisite::Approved };
    room.admin
        .until("both are here", |peer| app::document::occasion::read(peer.replica.doc()).registrations.len() == 2)
        .await;
    for id in ids.into_iter().rev() {
        room.admin.write_here(approve(id));
    }
    room.admin.send_written().await;
    room.until(&server, 1, Decision::Confirmed).await;
    assert_eq!(room.decision(&server, 2).await, Decision::Waiting, "approved at once, and second in line");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_at_the_course_that_is_required_needs_no_approval() {
    let server = Server::start_with(many).await;
    let mut earlier = Room::open(&server, 5, Vec::new()).await;
    earlier.sign_up(1).await;
    earlier
        .admin
        .until("here", |peer| !app::document::occasion::read(peer.replica.doc()).registrations.is_empty())
        .await;
    let view = view(&server, earlier.document).await;
    let (id, days) = (view.registrations[0].id, view.facts.days.clone());
    for day in days {
        earlier.admin.write_here(OccasionCommand::SetAttendance { id, day: day.date, present: true });
    }
    earlier.admin.send_written().await;
    earlier.admin.until("saved", Peer::is_saved).await;
    let grund = CourseId::from_random([9; 16]);
    earlier.admin.put("course", &grund.to_string()).await;
    until("the course is known", async || {
        let row: Option<(String,)> = sqlx::query_as("SELECT course FROM occasions WHERE course = ?")
            .bind(grund.to_string())
            .fetch_optional(server.relay.state().database.pool())
            .await
            .unwrap();
        row.is_some()
    })
    .await;
    // Who has forgotten it, or knows it by another name, says no.
    for answer in ["ja", "nej"] {
        let room = Room::open(&server, 5, vec![requires(grund)]).await;
        let sent = async |n: usize| {
            let (name, email, key) = (format!("Deltagare {n}"), super::support::email(n), super::support::key(n));
            let fields =
                [("nyckel", &*key), ("namn", &name), ("epost", &email), ("part", "region"), ("forkunskaper", answer)];
            post_form(&room.url(), &fields).await.status()
        };
        assert_eq!(sent(1).await, StatusCode::SEE_OTHER);
        let registration = room.of(&server, 1).await;
        assert_eq!((registration.prerequisite, registration.decision), (Prerequisite::Found, Decision::Confirmed));
        let expected = if answer == "ja" { StatusCode::SEE_OTHER } else { StatusCode::UNPROCESSABLE_ENTITY };
        assert_eq!(sent(2).await, expected, "who was not there");
    }
}
