//! Asking the server for the new plan: the browser can, the server that draws the page does not.

#[cfg(feature = "hydrate")]
pub use browser::register;
#[cfg(not(feature = "hydrate"))]
pub use server::register;

use crate::domain::DocumentId;

/// What is asked for.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser asks"))]
pub struct Wanted {
    /// The plan that is copied.
    pub copy_of: DocumentId,
    /// The slug of the association.
    pub association: String,
    /// The year of the new plan.
    pub year: i32,
    /// *Rubrik*.
    pub title: String,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser is answered"))]
pub enum Answer {
    /// There it is: at this address.
    Made(String),
    /// There is one for the year already.
    Exists,
    /// It was not made, and a Swedish sentence says why.
    Refused(String),
}

#[cfg(not(feature = "hydrate"))]
mod server {
    use super::{Answer, Wanted};

    /// Nobody presses a button while a page is drawn.
    pub async fn register(_wanted: Wanted) -> Answer {
        Answer::Refused(String::new())
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::{Answer, Wanted};
    use crate::browser::api::{RegisterError, register_copy};
    use crate::browser::clock::random_bytes;
    use crate::domain::DocumentId;

    /// Has the server make the plan.
    pub async fn register(wanted: Wanted) -> Answer {
        let Wanted { copy_of, association, year, title } = wanted;
        let id = DocumentId::from_random(random_bytes());
        let refused = |text: &str| Answer::Refused(text.to_owned());
        match register_copy(id, copy_of, &association, year, &title).await {
            Ok(info) => {
                info.address().map_or_else(|| refused("Planen skapades. Du hittar den på startsidan."), Answer::Made)
            }
            Err(RegisterError::Exists) => Answer::Exists,
            Err(RegisterError::Unreachable) => refused(super::super::OFFLINE),
            Err(RegisterError::SignedOut) => refused("Du är utloggad. Logga in igen och försök på nytt."),
            Err(RegisterError::Refused(told)) => Answer::Refused(
                told.unwrap_or_else(|| "Det gick inte att skapa planen. Försök igen om en stund.".to_owned()),
            ),
        }
    }
}
