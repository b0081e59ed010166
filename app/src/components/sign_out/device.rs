//! What lies on this device: the browser has something, the server nothing.

#[cfg(feature = "hydrate")]
pub use browser::{download_unsent, sign_out, unsent_changes};
#[cfg(not(feature = "hydrate"))]
pub use server::{download_unsent, sign_out, unsent_changes};

#[cfg(not(feature = "hydrate"))]
mod server {
    /// Nothing lies here.
    pub async fn unsent_changes() -> usize {
        0
    }

    /// There is nothing to offer.
    pub async fn download_unsent() {}

    /// Nobody signs out while a page is drawn.
    pub async fn sign_out() {}
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::browser::account;
    use crate::browser::clock::sleep;
    use std::time::Duration;

    /// How often, and how long apart, it is asked again what is unsent before anybody is alarmed.
    const AGAIN: (usize, Duration) = (8, Duration::from_millis(250));

    /// How many changes the server lacks. What went out or came in just now is on record a moment later.
    pub async fn unsent_changes() -> usize {
        let mut count = account::unsent_changes().await;
        let (times, pause) = AGAIN;
        for _ in 0..times {
            if count == 0 || !web_sys::window().is_some_and(|window| window.navigator().on_line()) {
                break;
            }
            sleep(pause).await;
            count = account::unsent_changes().await;
        }
        count
    }

    /// Offers them as files.
    pub async fn download_unsent() {
        account::download_unsent().await;
    }

    /// Removes everything of the user from this device and ends the session.
    pub async fn sign_out() {
        account::sign_out().await;
    }
}
