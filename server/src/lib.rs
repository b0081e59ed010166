//! The relay: keeps the documents, lets in whom it should, and serves the pages.
//!
//! [`run`] takes a configuration, a listener and a signal to stop, so that tests start the real thing on port 0.
//! In reading order:
//!
//! - [`config`]: what it is told from outside.
//! - [`storage`]: one SQLite database: accounts, the list of documents, their changes. Committed before acknowledged.
//! - [`accounts`]: who somebody is: passwords, sessions, signing in and out.
//! - [`relay`]: open documents and open sockets; carries out the effects of `app::sync`.
//! - [`mail`]: letters, from the outbox to the mail server. [`calendar`], [`local_time`]: what they and feeds are made of.
//! - [`courses`]: sign-up for courses: places, the public pages, what is told and when. [`evaluation`]: what participants
//!   thought of them. [`feeds`]: the list for other web sites and calendars.
//! - [`api`]: JSON for programs. [`pages`]: leptos for people. [`plain_page`]: those without the program. [`new_plan`]: a form.
//!   [`security`]: what every answer carries.
//! - [`admin`]: what the operator does from the terminal.
//! - [`erasure`]: what is erased for ever. [`backup`]: copies of the database, and back.
//! - [`http`]: the routes and the loop that accepts connections.
//!
//! What other clients may rely on is written in `server/INTERFACE.md`.

pub mod accounts;
pub mod admin;
pub mod api;
pub mod backup;
pub mod calendar;
mod clock;
pub mod config;
pub mod courses;
pub mod erasure;
pub mod evaluation;
pub mod feeds;
pub mod http;
pub mod local_time;
pub mod mail;
mod new_occasion;
pub mod new_plan;
pub mod pages;
pub mod plain_page;
pub mod relay;
pub mod security;
pub mod state;
pub mod statistics;
pub mod storage;

use std::{io, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use accounts::{Accounts, attempts::Attempts, demo, passwords::Passwords, sessions::Sessions};
use app::app::Assets;
use config::Config;
use courses::{Courses, rate::Rates};
use erasure::Erasures;
use mail::worker::Post;
use relay::Hub;
use state::{AppState, Shared};
use storage::{Database, writer::Writer};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

/// Why the relay could not start; shown on the terminal.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The address is taken or not ours.
    #[error("det går inte att lyssna på {address} (cannot listen): {error}. {hint}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        error: io::Error,
        /// What to do about it.
        hint: &'static str,
    },
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] storage::OpenError),
    /// The demonstration could not be set up.
    #[error("demonstrationsdata gick inte att lägga in (demo data): {0}")]
    Demo(#[from] demo::DemoError),
    /// The database failed at the start.
    #[error("databasen svarar inte (database): {0}")]
    Database(#[from] sqlx::Error),
    /// What was erased could not be erased anew.
    #[error("det som är raderat gick inte att radera på nytt (erasures): {0}")]
    Erasure(#[from] erasure::EraseError),
    /// The database could not be opened for writing.
    #[error("databasen går inte att skriva i (database not writable): {0}")]
    Writer(#[from] rusqlite::Error),
    /// The socket has no address.
    #[error("lyssnaren har ingen adress (listener): {0}")]
    Listener(io::Error),
}

/// Takes the address of the configuration.
pub async fn bind(config: &Config) -> Result<TcpListener, RunError> {
    TcpListener::bind(config.address).await.map_err(|error| RunError::Listen {
        address: config.address,
        hint: match error.kind() {
            io::ErrorKind::AddrInUse => {
                "Porten är upptagen (port in use): stoppa det andra programmet eller välj en annan med --addr."
            }
            io::ErrorKind::PermissionDenied => {
                "Portar under 1024 kräver rättigheter (permission denied): välj en annan."
            }
            _ => "Välj en adress som datorn har, till exempel 127.0.0.1:3000.",
        },
        error,
    })
}

/// A relay that is running.
pub struct Relay {
    state: AppState,
    address: SocketAddr,
    demo_password: Option<String>,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    tasks: Vec<JoinHandle<()>>,
}

/// Runs the relay until `shutdown` is done, then stops it in good order.
pub async fn run(config: Config, listener: TcpListener, shutdown: impl Future<Output = ()>) -> Result<(), RunError> {
    let relay = Relay::start(config, listener).await?;
    shutdown.await;
    relay.stop().await;
    Ok(())
}

impl Relay {
    /// Opens the database and begins to serve.
    pub async fn start(config: Config, listener: TcpListener) -> Result<Self, RunError> {
        // Another may have set it before: tests start many relays in one process.
        let _ = any_spawner::Executor::init_tokio();
        let address = listener.local_addr().map_err(RunError::Listener)?;
        let database = Database::open(&config.data).await?;
        // Before anybody is let in, and before anything is opened.
        let erasures = Erasures::new(database.clone(), &config.data);
        erasures.replay(clock::now_ms()).await?;
        let passwords = Passwords::new(config.limits.password_hashes);
        let demo_password = match &config.demo {
            Some(wish) => Some(demo::prepare(&database, &passwords, wish).await?),
            None => None,
        };
        let stop = CancellationToken::new();
        let sessions = Sessions::new(database.clone(), &config.limits);
        let (writer, writing) = Writer::start(&database)?;
        let hub = Hub::new(database.clone(), sessions.clone(), writer, config.limits.clone(), config.idle_document);
        let tending = tokio::spawn(relay::tend(hub.clone(), stop.clone()));
        let post = Arc::new(Post::new(config.mail.is_some()));
        let mailing = tokio::spawn(mail::worker::run(
            database.clone(),
            config.mail.clone(),
            config.limits.clone(),
            post.clone(),
            stop.clone(),
        ));
        let origins = config.allowed_origins(address);
        let courses = Courses::new(hub.clone(), origins.first().map_or("", String::as_str));
        let teaching = tokio::spawn(courses::tend::tend(courses.clone(), stop.clone()));
        let erasures = erasures.beside(hub.clone());
        let retention = tokio::spawn(erasure::retention::tend(erasures.clone(), stop.clone()));
        let state: AppState = Arc::new(Shared {
            post,
            origins,
            sign_ups: Rates::new(config.limits.sign_ups_per_address, config.limits.sign_ups_per_occasion),
            courses,
            erasures,
            accounts: Accounts::new(database.clone(), passwords),
            attempts: Attempts::new(config.limits.logins, Duration::from_secs(config.limits.login_window_seconds)),
            assets: assets(&config.site),
            sessions,
            database,
            hub,
            config,
        });
        let asking = tokio::spawn(evaluation::tend(state.clone(), stop.clone()));
        let router = http::router(&state);
        let serving = tokio::spawn(http::serve(listener, router, state.config.limits.header_seconds, stop.clone()));
        tracing::info!(%address, "listening");
        let tasks = vec![tending, teaching, asking, retention, writing, mailing];
        Ok(Self { state, address, demo_password, stop, serving, tasks })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Addresses to open in a browser.
    pub fn origins(&self) -> &[String] {
        &self.state.origins
    }

    /// The password of the demonstration accounts, if there are any.
    pub fn demo_password(&self) -> Option<&str> {
        self.demo_password.as_deref()
    }

    /// What it shares among its requests, for tests that look inside.
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// Stops accepting, closes every socket, writes what is left, and closes the database.
    pub async fn stop(self) {
        self.stop.cancel();
        self.state.hub.close_all().await;
        let _ = self.serving.await;
        let database = self.state.database.clone();
        self.state.hub.finish();
        drop(self.state);
        for task in self.tasks {
            let _ = task.await;
        }
        database.close().await;
        tracing::info!("stopped");
    }
}

fn assets(site: &Path) -> Assets {
    let path = site.join("assets.json");
    match std::fs::read(&path)
        .map_err(|error| error.to_string())
        .and_then(|bytes| serde_json::from_slice(&bytes).map_err(|error| error.to_string()))
    {
        Ok(assets) => assets,
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "the site is not built: pages come without style and program");
            Assets::default()
        }
    }
}
