//! The other tabs of this browser: which one this is, and what they tell each other.
//!
//! Each tab has its own actor and its own connection. What one has stored it tells the others at once, so that they
//! show it without a network too.

use super::clock::random_bytes;
use super::locks::{self, Held};
use crate::domain::ids::{DocumentId, UserId};
use js_sys::{Array, Object, Reflect, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent, Storage};

/// This tab, for as long as it lives. Its name survives a reload; a tab that was duplicated gets a new one.
pub struct OwnTab {
    /// The name.
    pub name: String,
    _alive: Option<Held>,
}

const TAB: &str = "samplan-tab";

impl OwnTab {
    /// Finds out which tab this is.
    pub async fn claim() -> Rc<Self> {
        // A page that is being reloaded may hold on to the lock for a moment.
        if let Some(name) = session_storage().and_then(|storage| storage.get_item(TAB).ok().flatten()) {
            for _ in 0..3 {
                if let Some(held) = locks::try_hold(&lock_of(&name)).await {
                    return Rc::new(Self { name, _alive: Some(held) });
                }
                super::clock::sleep(std::time::Duration::from_millis(50)).await;
            }
        }
        let name = random_name();
        if let Some(storage) = session_storage() {
            // Without it, undo ends at a reload; nothing else is lost.
            let _ = storage.set_item(TAB, &name);
        }
        let held = locks::try_hold(&lock_of(&name)).await;
        Rc::new(Self { name, _alive: held })
    }
}

/// Whether the tab of that name is open.
pub async fn is_alive(name: &str) -> bool {
    locks::try_hold(&lock_of(name)).await.is_none()
}

/// A short random name.
pub fn random_name() -> String {
    random_bytes().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The line between the tabs of a user that have one document open.
pub fn channel_name(user: UserId, document: DocumentId) -> String {
    format!("samplan-{user}-{document}")
}

fn lock_of(name: &str) -> String {
    format!("samplan-tab-{name}")
}

fn session_storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// What tabs tell each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TabMessage {
    /// These changes are stored.
    Changes(Vec<Vec<u8>>),
    /// The user has signed out and everything on this device is gone.
    SignedOut,
}

/// A line to the other tabs, closed when dropped. One does not hear oneself.
pub struct TabChannel {
    channel: BroadcastChannel,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl TabChannel {
    /// Opens the line called `name`.
    pub fn open(name: &str, heard: impl Fn(TabMessage) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let closure = Closure::new(move |event: MessageEvent| {
            if let Some(message) = read(&event.data()) {
                heard(message);
            }
        });
        channel.set_onmessage(Some(closure.as_ref().unchecked_ref()));
        Some(Self { channel, _heard: closure })
    }

    /// Tells the other tabs.
    pub fn tell(&self, message: &TabMessage) {
        // A tab that does not hear it reads it from the disk when it is looked at again.
        let _ = self.channel.post_message(&write(message));
    }
}

impl Drop for TabChannel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

fn write(message: &TabMessage) -> JsValue {
    let object = Object::new();
    let (kind, changes) = match message {
        TabMessage::Changes(changes) => ("changes", changes.as_slice()),
        TabMessage::SignedOut => ("signed-out", &[][..]),
    };
    let changes: Array = changes.iter().map(|bytes| Uint8Array::from(bytes.as_slice())).collect();
    let _ = Reflect::set(&object, &"kind".into(), &kind.into());
    let _ = Reflect::set(&object, &"changes".into(), &changes);
    object.into()
}

fn read(value: &JsValue) -> Option<TabMessage> {
    match Reflect::get(value, &"kind".into()).ok()?.as_string()?.as_str() {
        "changes" => {
            let changes: Array = Reflect::get(value, &"changes".into()).ok()?.dyn_into().ok()?;
            let bytes = |value: JsValue| value.dyn_into::<Uint8Array>().ok().map(|array| array.to_vec());
            Some(TabMessage::Changes(changes.iter().filter_map(bytes).collect()))
        }
        "signed-out" => Some(TabMessage::SignedOut),
        _ => None,
    }
}
