//! Web Locks: what only one tab at a time may do, and which tabs are alive.
//!
//! Called through reflection, since web-sys keeps the interface behind an unstable flag. Browsers without Web Locks
//! go on without: everything that is done under a lock is also harmless when done twice.

use js_sys::{Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A lock held until dropped.
pub struct Held {
    release: Option<Function>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Takes the lock called `name` if nobody has it. None if somebody has.
pub async fn try_hold(name: &str) -> Option<Held> {
    request(name, true).await
}

/// Waits for the lock called `name`.
pub async fn hold(name: &str) -> Option<Held> {
    request(name, false).await
}

async fn request(name: &str, only_if_free: bool) -> Option<Held> {
    let Some((manager, request)) = manager() else {
        return Some(Held { release: None });
    };
    let options = Object::new();
    if only_if_free {
        let _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    }
    let release: Rc<RefCell<Option<Function>>> = Rc::default();
    // Resolved with whether the lock was granted, as soon as the browser has decided.
    let granted = Promise::new(&mut |decide: Function, _reject: Function| {
        let release = Rc::clone(&release);
        let callback = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() || lock.is_undefined() {
                let _ = decide.call1(&JsValue::NULL, &JsValue::FALSE);
                return JsValue::UNDEFINED;
            }
            let until_released = Promise::new(&mut |resolve: Function, _reject: Function| {
                *release.borrow_mut() = Some(resolve);
            });
            let _ = decide.call1(&JsValue::NULL, &JsValue::TRUE);
            until_released.into()
        });
        let _ = request.call3(&manager, &name.into(), &options, &callback);
    });
    let granted = JsFuture::from(granted).await.ok()?;
    granted.is_truthy().then(|| Held { release: release.borrow_mut().take() })
}

fn manager() -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let manager = Reflect::get(&navigator, &"locks".into()).ok()?;
    let request = Reflect::get(&manager, &"request".into()).ok()?;
    Some((manager, request.dyn_into().ok()?))
}
