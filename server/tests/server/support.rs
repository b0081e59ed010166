//! A relay for each test, and people who are signed in to it.

pub mod guarded;
mod peer;
mod program;
pub mod smtp;
mod traces;

use std::{path::PathBuf, time::Duration};

use app::{
    domain::ids::{DocumentId, UserId},
    limits::Limits,
};
use reqwest::{Client, Response, StatusCode, header, redirect::Policy};
use samplan_server::{
    Relay,
    config::{Config, Demo},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub use peer::{Peer, connect};
pub use program::{Program, free_port};
pub use traces::{TRACE, Traces, pieces_in};

/// The demo accounts' password in tests.
pub const PASSWORD: &str = "ett-test-lösenord";
/// An editor of Västerås.
pub const VASTERAS: &str = "redaktor@vasteras.example";
/// An editor of Västerås who may not decide.
pub const HANDLER: &str = "handlaggare@vasteras.example";
/// An editor of Norra, in the same county.
pub const NORRA: &str = "redaktor@norra.example";
/// A reader of Västerås.
pub const READER: &str = "lasare@vasteras.example";
/// An editor of an association in no county.
pub const OUTSIDER: &str = "redaktor@annat.example";

/// A folder that is removed when the test is over.
pub struct Folder(pub PathBuf);

impl Folder {
    /// A new empty one.
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("samplan-test-{:016x}", rand::random::<u64>()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A running relay.
pub struct Server {
    pub relay: Relay,
    pub folder: Folder,
}

/// What tests do in a second is more than people do in a day.
pub fn limits() -> Limits {
    Limits {
        logins: 1_000,
        sync_message_burst: 100_000,
        sync_messages_per_second: 100_000,
        // Told at once: what waits is a test of its own.
        told_after_seconds: 0,
        ..Limits::default()
    }
}

/// How tests start a relay.
pub fn config(folder: &Folder, limits: Limits) -> Config {
    Config {
        address: "127.0.0.1:0".parse().unwrap(),
        data: folder.0.join("data"),
        origins: Vec::new(),
        site: folder.0.join("site"),
        proxies: Vec::new(),
        mail: None,
        demo: Some(Demo { password: Some(PASSWORD.to_owned()) }),
        limits,
        idle_document: Duration::from_secs(60),
    }
}

impl Server {
    /// Starts one with generous limits.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Starts one with a configuration of its own.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = Folder::new();
        let mut config = config(&folder, limits());
        change(&mut config);
        Self { relay: launch(config).await, folder }
    }

    /// Stops it in good order and starts it anew on the same folder.
    pub async fn restart(self) -> Self {
        self.restart_with(|_| {}).await
    }

    /// As [`restart`](Self::restart), with a configuration of its own.
    pub async fn restart_with(self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = config(&self.folder, limits());
        change(&mut config);
        self.relay.stop().await;
        Self { relay: launch(config).await, folder: self.folder }
    }

    /// Starts one on a folder that another has left.
    pub async fn start_in(folder: Folder) -> Self {
        Self { relay: launch(config(&folder, limits())).await, folder }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.relay.address())
    }

    /// Signs in with the form.
    pub async fn sign_in(&self, email: &str) -> User {
        let answer = self.post_sign_in(email, PASSWORD, None).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{}", answer.text().await.unwrap());
        let cookie = cookie_of(&answer);
        User::new(format!("http://{}", self.relay.address()), cookie).await
    }

    /// Sends the form.
    pub async fn post_sign_in(&self, email: &str, password: &str, next: Option<&str>) -> Response {
        let mut form = vec![("email", email), ("password", password)];
        form.extend(next.map(|next| ("next", next)));
        let body = serde_urlencoded::to_string(form).unwrap();
        client()
            .post(self.url("/logga-in"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
            .send()
            .await
            .unwrap()
    }

    /// Runs a statement as an administrator would, beside the relay.
    pub async fn sql(&self, statement: &str) {
        sqlx::query(statement).execute(self.relay.state().database.pool()).await.unwrap();
    }
}

async fn launch(config: Config) -> Relay {
    let listener = TcpListener::bind(config.address).await.unwrap();
    Relay::start(config, listener).await.unwrap()
}

/// The session cookie that an answer sets.
pub fn cookie_of(answer: &Response) -> String {
    let set = answer.headers().get(header::SET_COOKIE).expect("a session cookie").to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

/// A client that follows no redirects and keeps no cookies.
pub fn client() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

/// Somebody signed in.
#[derive(Clone)]
pub struct User {
    pub base: String,
    pub cookie: String,
    pub id: UserId,
}

impl User {
    /// Whose session the cookie is.
    pub async fn new(base: String, cookie: String) -> Self {
        let session: Value = client()
            .get(format!("{base}/api/session"))
            .header(header::COOKIE, &cookie)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let id = session["user"]["id"].as_str().unwrap().parse().unwrap();
        Self { base, cookie, id }
    }

    pub async fn get(&self, path: &str) -> Response {
        client().get(format!("{}{path}", self.base)).header(header::COOKIE, &self.cookie).send().await.unwrap()
    }

    pub async fn post(&self, path: &str, body: &Value) -> Response {
        client()
            .post(format!("{}{path}", self.base))
            .header(header::COOKIE, &self.cookie)
            .json(body)
            .send()
            .await
            .unwrap()
    }

    pub async fn sign_out(&self) {
        let answer =
            client().post(format!("{}/logga-ut", self.base)).header(header::COOKIE, &self.cookie).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    }

    /// The county plan, which every member of the county may read.
    pub async fn county_plan(&self) -> DocumentId {
        let documents: Value = self.get("/api/documents").await.json().await.unwrap();
        let plan = documents.as_array().unwrap().iter().find(|document| document["kind"] == "county").unwrap();
        plan["id"].as_str().unwrap().parse().unwrap()
    }

    /// Registers free content of an association.
    pub async fn register(&self, association: &str) -> DocumentId {
        let id = DocumentId::from_random(rand::random());
        let answer = self.post("/api/documents", &other(id, association)).await;
        assert_eq!(answer.status(), StatusCode::CREATED, "{}", answer.text().await.unwrap());
        id
    }

    /// Opens a document over a socket of its own.
    pub async fn open(&self, document: DocumentId) -> Peer {
        Peer::open(self, document).await
    }
}

/// The body that registers free content.
pub fn other(id: DocumentId, association: &str) -> Value {
    json!({ "id": id.to_string(), "kind": "other", "association": association, "title": "Anteckningar" })
}

/// Sends a form.
pub async fn post_form(url: &str, fields: &[(&str, &str)]) -> Response {
    client()
        .post(url)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(serde_urlencoded::to_string(fields).unwrap())
        .send()
        .await
        .unwrap()
}

/// Waits until `what` holds, or fails.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..1_000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("not in time: {what}");
}
