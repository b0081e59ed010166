//! An occasion that is published, and people who sign up for it.

use std::time::{SystemTime, UNIX_EPOCH};

use app::{
    document::occasion::{NewRegistration, OccasionCommand, OccasionView},
    domain::{
        Decision, IsoDate, OccasionDay, Party, Prerequisite, Registration, RegistrationId, Sex, Source,
        date::swedish_day, ids::DocumentId,
    },
};
use reqwest::{Response, StatusCode, header};
use samplan_server::config::Config;
use serde_json::json;

use crate::support::{Peer, Server, User, VASTERAS, client, post_form, until};

/// A day in milliseconds.
pub const DAY_MS: i64 = 24 * 3_600_000;

/// The time.
pub fn now_ms() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

/// A day so many days from now.
pub fn day_in(days: i64) -> IsoDate {
    swedish_day(now_ms() + days * DAY_MS).parse().unwrap()
}

/// Lifts the limits of an hour: tests come from one address.
pub fn many(config: &mut Config) {
    config.limits.sign_ups_per_address = 100_000;
    config.limits.sign_ups_per_occasion = 100_000;
}

/// A published occasion ten days from now, and a course administrator's device that has it.
pub struct Room {
    pub base: String,
    pub document: DocumentId,
    pub admin: Peer,
}

/// Registers an occasion of Västerås.
pub async fn register(user: &User, of_county: bool) -> DocumentId {
    let id = DocumentId::from_random(rand::random());
    let body = json!({ "id": id.to_string(), "kind": "occasion", "association": "vasteras", "of_county": of_county,
                       "year": 2027, "title": "Grundutbildning våren" });
    let answer = user.post("/api/documents", &body).await;
    assert_eq!(answer.status(), StatusCode::CREATED, "{}", answer.text().await.unwrap());
    id
}

impl Room {
    /// Opens one at a running server, with what else is to be said of it.
    pub async fn open(server: &Server, capacity: u32, more: Vec<OccasionCommand>) -> Self {
        let user = server.sign_in(VASTERAS).await;
        Self::open_as(&user, capacity, more).await
    }

    /// As [`open`](Self::open), by somebody who is signed in already.
    pub async fn open_as(user: &User, capacity: u32, more: Vec<OccasionCommand>) -> Self {
        let document = register(user, false).await;
        let mut admin = user.open(document).await;
        admin.until("open", Peer::is_saved).await;
        let day =
            |days| OccasionDay { date: day_in(days), from: "09:00".parse().unwrap(), to: "16:00".parse().unwrap() };
        let mut commands = vec![
            OccasionCommand::SetCapacity { capacity: Some(capacity) },
            OccasionCommand::SetDays { days: vec![day(10), day(11)] },
        ];
        commands.extend(more);
        commands.push(OccasionCommand::Publish { published: true });
        for command in commands {
            admin.write_here(command);
        }
        admin.send_written().await;
        admin.until("saved", Peer::is_saved).await;
        let room = Self { base: user.base.clone(), document, admin };
        until("it is published", async || room.get().await.status() == StatusCode::OK).await;
        room
    }

    pub fn url(&self) -> String {
        format!("{}/anmalan/{}", self.base, self.document)
    }

    /// The public page.
    pub async fn get(&self) -> Response {
        client().get(self.url()).send().await.unwrap()
    }

    /// Person number `n` signs up with a form of their own; the answer.
    pub async fn send(&self, n: usize) -> Response {
        send_to(&self.url(), n).await
    }

    /// Person number `n` signs up; the personal link.
    pub async fn sign_up(&self, n: usize) -> String {
        let answer = self.send(n).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{}", answer.text().await.unwrap());
        link(&self.base, &answer)
    }

    /// The registration of person number `n`, as it is stored.
    pub async fn of(&self, server: &Server, n: usize) -> Registration {
        let view = view(server, self.document).await;
        view.registrations.into_iter().find(|one| one.email == email(n)).unwrap()
    }

    /// How it stands with person number `n`.
    pub async fn decision(&self, server: &Server, n: usize) -> Decision {
        self.of(server, n).await.decision
    }

    /// Waits until it stands so with person number `n`.
    pub async fn until(&self, server: &Server, n: usize, decision: Decision) {
        until(&format!("person {n} is {decision:?}"), async || self.decision(server, n).await == decision).await;
    }
}

/// The occasion as it is stored.
pub async fn view(server: &Server, document: DocumentId) -> OccasionView {
    server.relay.state().courses.view(document).await.unwrap().0
}

/// The address of person number `n`.
pub fn email(n: usize) -> String {
    format!("deltagare{n}@exempel.se")
}

/// A form's key, made of a number.
pub fn key(n: usize) -> String {
    format!("{n:064x}")
}

/// Sends the form of person number `n`.
pub async fn send_to(url: &str, n: usize) -> Response {
    let (name, email, key) = (format!("Deltagare {n}"), email(n), key(n));
    post_form(url, &[("nyckel", &key), ("namn", &name), ("epost", &email), ("part", "municipality")]).await
}

/// The personal link that an answer leads to.
pub fn link(base: &str, answer: &Response) -> String {
    let location = answer.headers().get(header::LOCATION).unwrap().to_str().unwrap();
    format!("{base}{}", location.split('?').next().unwrap())
}

/// Somebody who comes to the door.
pub fn walk_in(name: &str, registered_at: i64) -> OccasionCommand {
    let fields = NewRegistration {
        name: name.to_owned(),
        email: String::new(),
        employer: String::new(),
        party: Party::Region,
        role: String::new(),
        sex: Sex::NotSaid,
        answers: Default::default(),
        prerequisite: Prerequisite::NotNeeded,
        source: Source::Door,
        registered_at,
    };
    OccasionCommand::Register { id: RegistrationId::from_random(rand::random()), fields: Box::new(fields) }
}
