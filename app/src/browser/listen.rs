//! Listening to events of the page, for as long as the listener is kept.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, EventTarget};

/// Listens until dropped.
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    callback: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `heard` at each `event` of `target`.
    pub fn new(target: &EventTarget, event: &'static str, heard: impl FnMut(Event) + 'static) -> Self {
        let callback: Closure<dyn FnMut(Event)> = Closure::new(heard);
        let listening = target.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref());
        debug_assert!(listening.is_ok(), "any target takes listeners");
        Self { target: target.clone(), event, callback }
    }

    /// Listens for as long as the page lives.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.event, self.callback.as_ref().unchecked_ref());
    }
}
