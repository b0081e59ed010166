//! Hashing and checking passwords (argon2id, 19 MiB, two passes), few at a time.

use std::sync::{Arc, OnceLock};

use tokio::{sync::Semaphore, task};

/// Who would wait behind so many others is asked to come back instead.
const WAITING: usize = 64;

/// Checks passwords without letting them take the machine.
#[derive(Clone, Debug)]
pub struct Passwords {
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

/// Why a password could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too many are being checked.
    #[error("too many passwords are being checked")]
    Busy,
    /// The relay is stopping.
    #[error("the password check was stopped")]
    Stopped,
}

impl Passwords {
    /// Checks at most `at_a_time` passwords: each takes 19 MiB and tens of milliseconds of a core.
    pub fn new(at_a_time: usize) -> Self {
        Self {
            running: Arc::new(Semaphore::new(at_a_time)),
            waiting: Arc::new(Semaphore::new(at_a_time.saturating_add(WAITING))),
        }
    }

    /// Hashes a new password.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        self.run(move || password_auth::generate_hash(password)).await
    }

    /// Whether `password` is the one behind `hash`. Without a hash it takes as long, and is never right.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, PasswordError> {
        self.run(move || match hash {
            Some(hash) => password_auth::verify_password(password, &hash).is_ok(),
            None => {
                let _ = password_auth::verify_password(password, nobodys_hash());
                false
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
        let _waiting = self.waiting.try_acquire().map_err(|_| PasswordError::Busy)?;
        let _running = self.running.acquire().await.map_err(|_| PasswordError::Stopped)?;
        task::spawn_blocking(work).await.map_err(|_| PasswordError::Stopped)
    }
}

/// A hash of nobody's password, made with the same cost as everybody's.
fn nobodys_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| password_auth::generate_hash("nobody"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right_and_nobody_has_one() {
        let passwords = Passwords::new(2);
        let hash = passwords.hash("lösen".into()).await.expect("as the test says");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,"), "{hash}");
        assert!(passwords.verify("lösen".into(), Some(hash.clone())).await.expect("as the test says"));
        assert!(!passwords.verify("Lösen".into(), Some(hash)).await.expect("as the test says"));
        assert!(!passwords.verify("nobody".into(), None).await.expect("as the test says"));
    }
}
