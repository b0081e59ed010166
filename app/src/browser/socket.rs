//! The websocket to the relay. Knows nothing of what goes through it.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

/// What the socket tells.
#[derive(Debug)]
pub enum SocketEvent {
    /// The line stands.
    Opened,
    /// Something came in.
    Frame(Vec<u8>),
    /// The line is down, or never came up.
    Closed {
        /// The websocket close code; 1006 where the line broke, or the upgrade was refused.
        code: u16,
    },
}

/// A connection to the relay, closed when dropped.
pub struct Socket {
    inner: WebSocket,
    _opened: Closure<dyn FnMut(Event)>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _closed: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Starts to connect to `path` on the server the page came from.
    pub fn open(path: &str, on_event: impl Fn(SocketEvent) + Clone + 'static) -> Option<Self> {
        let inner = WebSocket::new(&address(path)?).ok()?;
        inner.set_binary_type(BinaryType::Arraybuffer);
        let opened = Closure::new({
            let on_event = on_event.clone();
            move |_: Event| on_event(SocketEvent::Opened)
        });
        let message = Closure::new({
            let on_event = on_event.clone();
            move |event: MessageEvent| {
                if let Ok(buffer) = event.data().dyn_into::<js_sys::ArrayBuffer>() {
                    on_event(SocketEvent::Frame(js_sys::Uint8Array::new(&buffer).to_vec()));
                }
            }
        });
        let closed = Closure::new(move |event: CloseEvent| on_event(SocketEvent::Closed { code: event.code() }));
        inner.set_onopen(Some(opened.as_ref().unchecked_ref()));
        inner.set_onmessage(Some(message.as_ref().unchecked_ref()));
        inner.set_onclose(Some(closed.as_ref().unchecked_ref()));
        Some(Self { inner, _opened: opened, _message: message, _closed: closed })
    }

    /// Sends a frame. False if the line is down; then the frame is gone, and the next connection syncs afresh.
    pub fn send(&self, frame: &[u8]) -> bool {
        self.inner.ready_state() == WebSocket::OPEN && self.inner.send_with_u8_array(frame).is_ok()
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.inner.set_onopen(None);
        self.inner.set_onmessage(None);
        self.inner.set_onclose(None);
        // Closing what is closed already is no error worth telling.
        let _ = self.inner.close();
    }
}

fn address(path: &str) -> Option<String> {
    let location = web_sys::window()?.location();
    let scheme = match location.protocol().ok()?.as_str() {
        "https:" => "wss:",
        _ => "ws:",
    };
    Some(format!("{scheme}//{}{path}", location.host().ok()?))
}
