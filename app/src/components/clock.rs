//! What time it is, for pages: for what is noted with an edit and for which day is meant. In the browser alone, and never
//! while drawing, or the first paint would differ from the server's.

#[cfg(feature = "hydrate")]
pub use browser::{now_ms, today};
#[cfg(not(feature = "hydrate"))]
pub use server::{now_ms, today};

#[cfg(not(feature = "hydrate"))]
mod server {
    use crate::domain::IsoDate;

    /// No time: nobody edits on the server.
    pub fn now_ms() -> i64 {
        0
    }

    /// No day: the clock that is shown is the reader's.
    pub fn today() -> Option<IsoDate> {
        None
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::domain::IsoDate;

    pub use crate::browser::clock::now_ms;

    /// The day it is in Sweden, by this device's clock.
    pub fn today() -> Option<IsoDate> {
        IsoDate::of_moment(now_ms())
    }
}
