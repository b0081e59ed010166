//! Time, timers and randomness, which the pure modules take as arguments.

use js_sys::{Date, Function, Promise};
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;

/// Milliseconds since 1970 by this device's clock. Decides neither order nor loss; it is only shown.
pub fn now_ms() -> i64 {
    Date::now() as i64
}

/// The same for what only counts forward.
pub fn uptime_ms() -> u64 {
    now_ms().unsigned_abs()
}

/// Sixteen random bytes from the browser's own source, for ids and actors.
pub fn random_bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok());
    assert!(filled.is_some(), "the browser has a source of randomness");
    bytes
}

/// A random number, evenly spread.
pub fn random_u32() -> u32 {
    let bytes = random_bytes();
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

/// Waits.
pub async fn sleep(duration: Duration) {
    let milliseconds = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |resolve: Function, _reject: Function| {
        if let Some(window) = web_sys::window() {
            // A window without timers is on its way out; then nobody waits for this either.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// A call that comes later, or not at all if this is dropped before.
pub struct Timer {
    handle: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `then` once, after `milliseconds`.
    pub fn after(milliseconds: u64, then: impl FnOnce() + 'static) -> Option<Self> {
        let callback = Closure::once(then);
        let handle = web_sys::window()?
            .set_timeout_with_callback_and_timeout_and_arguments_0(
                callback.as_ref().unchecked_ref(),
                i32::try_from(milliseconds).unwrap_or(i32::MAX),
            )
            .ok()?;
        Some(Self { handle, _callback: callback })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.handle);
        }
    }
}

/// A call that comes again and again, until this is dropped.
pub struct Ticker {
    handle: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Ticker {
    /// Calls `tick` every `milliseconds`.
    pub fn every(milliseconds: u32, tick: impl FnMut() + 'static) -> Option<Self> {
        let callback: Closure<dyn FnMut()> = Closure::new(tick);
        let handle = web_sys::window()?
            .set_interval_with_callback_and_timeout_and_arguments_0(
                callback.as_ref().unchecked_ref(),
                i32::try_from(milliseconds).unwrap_or(i32::MAX),
            )
            .ok()?;
        Some(Self { handle, _callback: callback })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_interval_with_handle(self.handle);
        }
    }
}
