//! What every request handler shares.

use std::sync::Arc;

use app::app::Assets;

use crate::{
    accounts::{Accounts, attempts::Attempts, sessions::Sessions},
    config::Config,
    courses::{Courses, rate::Rates},
    erasure::Erasures,
    mail::worker::Post,
    relay::Hub,
    storage::Database,
};

/// The shared state, cheap to clone.
pub type AppState = Arc<Shared>;

/// The parts of a running relay.
pub struct Shared {
    /// What it was told from outside.
    pub config: Config,
    /// Origins whose pages may open our websocket.
    pub origins: Vec<String>,
    /// Where it keeps everything.
    pub database: Database,
    /// Who people are.
    pub accounts: Accounts,
    /// Who is signed in.
    pub sessions: Sessions,
    /// Who tries to sign in.
    pub attempts: Attempts,
    /// Sign-up for courses.
    pub courses: Courses,
    /// Who signs up, and how often.
    pub sign_ups: Rates,
    /// What erases people and occasions.
    pub erasures: Erasures,
    /// Open documents and sockets.
    pub hub: Hub,
    /// The way out for letters.
    pub post: Arc<Post>,
    /// Where the built files of the site lie.
    pub assets: Assets,
}
