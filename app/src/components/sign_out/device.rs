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

    /// How many changes the server lacks.
    pub async fn unsent_changes() -> usize {
        account::unsent_changes().await
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
