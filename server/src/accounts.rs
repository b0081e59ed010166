//! Who somebody is: accounts, passwords, sessions, and the two requests that begin and end one.
//!
//! What somebody may do with a document is `storage::documents`' to say.

pub mod address;
pub mod attempts;
pub mod demo;
pub mod passwords;
pub mod sessions;
pub mod sign_in;

use app::{
    boot::{Membership, SignedIn},
    domain::ids::UserId,
};
use axum_login::{AuthUser, AuthnBackend};

use crate::storage::{Database, user_id};
use passwords::{PasswordError, Passwords};

/// The session of a request, with its account if somebody is signed in.
pub type AuthSession = axum_login::AuthSession<Accounts>;

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// Changes when all sessions of the account are to end.
    epoch: Vec<u8>,
}

impl AuthUser for Account {
    type Id = UserId;

    fn id(&self) -> UserId {
        self.id
    }

    fn session_auth_hash(&self) -> &[u8] {
        &self.epoch
    }
}

/// What is typed into the sign-in form.
pub struct Credentials {
    /// E-mail address; upper and lower case are the same.
    pub email: String,
    /// The password in clear, dropped once it has been hashed.
    pub password: String,
}

/// Why it could not be found out who somebody is.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The database did not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// No password could be checked.
    #[error(transparent)]
    Password(#[from] PasswordError),
}

/// The accounts of the database.
#[derive(Clone, Debug)]
pub struct Accounts {
    database: Database,
    passwords: Passwords,
}

impl Database {
    /// The e-mail address of an account; empty where it is gone.
    pub async fn address_of(&self, user: UserId) -> Result<String, sqlx::Error> {
        let row: Option<(String,)> = sqlx::query_as("SELECT email FROM users WHERE id = ?")
            .bind(user.as_bytes().as_slice())
            .fetch_optional(self.pool())
            .await?;
        Ok(row.map(|(email,)| email).unwrap_or_default())
    }
}

impl Accounts {
    /// Accounts of this database.
    pub fn new(database: Database, passwords: Passwords) -> Self {
        Self { database, passwords }
    }

    /// The account as pages show it, with its associations.
    pub async fn signed_in(&self, account: &Account) -> Result<SignedIn, sqlx::Error> {
        let rows: Vec<(String, String, String, bool)> = sqlx::query_as(
            "SELECT a.id, a.name, m.role, m.role = 'editor' AND m.may_run_courses FROM memberships m JOIN associations a ON a.id = m.association_id
             WHERE m.user_id = ? ORDER BY a.name, m.role",
        )
        .bind(account.id.as_bytes().as_slice())
        .fetch_all(self.database.pool())
        .await?;
        let membership = |(id, name, role, may_run_courses)| Membership { id, name, role, may_run_courses };
        let associations = rows.into_iter().map(membership).collect();
        Ok(SignedIn { id: account.id, name: account.name.clone(), associations })
    }
}

impl AuthnBackend for Accounts {
    type User = Account;
    type Credentials = Credentials;
    type Error = AccountError;

    async fn authenticate(&self, credentials: Credentials) -> Result<Option<Account>, AccountError> {
        let row: Option<(Vec<u8>, String, Vec<u8>, String)> =
            sqlx::query_as("SELECT id, name, session_epoch, password_hash FROM users WHERE email = ?")
                .bind(credentials.email.trim())
                .fetch_optional(self.database.pool())
                .await?;
        // Somebody unknown costs as much time as somebody known, so that the time tells nothing.
        let hash = row.as_ref().map(|(.., hash)| hash.clone());
        let right = self.passwords.verify(credentials.password, hash).await?;
        match row {
            Some((id, name, epoch, _)) if right => Ok(Some(Account { id: user_id(&id)?, name, epoch })),
            _ => Ok(None),
        }
    }

    async fn get_user(&self, id: &UserId) -> Result<Option<Account>, AccountError> {
        let row: Option<(String, Vec<u8>)> = sqlx::query_as("SELECT name, session_epoch FROM users WHERE id = ?")
            .bind(id.as_bytes().as_slice())
            .fetch_optional(self.database.pool())
            .await?;
        Ok(row.map(|(name, epoch)| Account { id: *id, name, epoch }))
    }
}
