//! A newer version of the app: `start.js` watches the service worker and tells; the user decides.

use super::listen::Listener;
use web_sys::Event;

/// Calls `tell` when a newer version waits, at once if it already does. Keep the listener for as long as it matters.
pub fn when_newer(tell: impl Fn() + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    let waits = window
        .document()
        .and_then(|document| document.document_element())
        .is_some_and(|root| root.has_attribute("data-new-version"));
    if waits {
        tell();
    }
    Some(Listener::new(&window, "samplan:new-version", move |_| tell()))
}

/// Lets the newer version take over; `start.js` then loads the page anew.
pub fn update_now() {
    tell_start("samplan:update-now");
}

/// Has `start.js` show that the program has stopped working, with a button to load the page anew.
pub fn tell_panic() {
    tell_start("samplan:panic");
}

fn tell_start(event: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), Event::new(event)) {
        let _ = window.dispatch_event(&event);
    }
}
