//! Who uses this device: remembering it, signing out, and leaving nothing behind.

use super::api;
use super::store::{Store, StoreError};
use super::tabs::{TabChannel, TabMessage};
use crate::boot::SignedIn;
use crate::browser::clock::{now_ms, random_bytes, uptime_ms};
use crate::browser::store::records::{Account, DocumentRecord};
use crate::domain::ids::{DocumentId, UserId};
use crate::workspace::outbox::Outbox;
use crate::workspace::shelf::{Assembled, assemble};
use automerge::AutoCommit;
use std::cell::Cell;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Storage, Window};

/// For so long a device may open the plans without having met the server.
pub const LEASE_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Which user was here last: an id and nothing more, since it lies outside the user's own database.
const LAST_USER: &str = "samplan-last-user";
/// Set when somebody signed out without a network: the server is told at the next opportunity.
const SIGN_OUT_DUE: &str = "samplan-sign-out-due";

/// What became of signing out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOut {
    /// Everything on this device is gone, and the session on the server has ended.
    Done,
    /// Everything on this device is gone; the server will be told when there is a network.
    WhenOnline,
}

/// How many changes on this device, in all plans, the server lacks. Ask before signing out, and offer
/// `[Ladda ned mina ändringar]` if there are any.
pub async fn unsent_changes() -> usize {
    let Some((store, _)) = open_last().await else { return 0 };
    let mut count = 0;
    for record in store.documents().await.unwrap_or_default() {
        if let Ok((_, outbox)) = read_document(&store, record.info.id).await {
            count += outbox.len();
        }
    }
    count
}

/// Offers each plan with unsent changes as a file. True if all of them could be offered.
pub async fn download_unsent() -> bool {
    let Some((store, _)) = open_last().await else { return true };
    let mut all = true;
    for record in store.documents().await.unwrap_or_default() {
        match read_document(&store, record.info.id).await {
            Ok((mut doc, outbox)) if !outbox.is_empty() => {
                all &= super::engine::offer_file(&record.info, &mut doc, "-mina-andringar");
            }
            Ok(_) => {}
            Err(_) => all = false,
        }
    }
    all
}

/// Removes everything of the user from this device, in all tabs. Works without a network. What was never sent is lost:
/// ask first, see [`unsent_changes`].
pub async fn wipe() {
    let Some(window) = web_sys::window() else { return };
    if let Some(user) = last_user() {
        tell_tabs(user).await;
        if let Err(error) = Store::remove(user).await {
            leptos::logging::warn!("wipe: {error}");
        }
    }
    for storage in [window.local_storage(), window.session_storage()].into_iter().flatten().flatten() {
        // Nothing of ours outlives the user on this device.
        let _ = storage.clear();
    }
    wipe_caches(&window).await;
}

thread_local! {
    /// Whether this page is signing out: then it goes when all is done, not when it hears of it.
    static IS_SIGNING_OUT: Cell<bool> = const { Cell::new(false) };
}

/// Ends the session on the server, now or when there is a network, and removes everything of the user from this device.
///
/// The session first: tabs leave for the sign-in page as soon as they hear of it, and would find themselves still signed in.
pub async fn sign_out() -> SignOut {
    IS_SIGNING_OUT.set(true);
    let has_ended = api::sign_out().await;
    wipe().await;
    if has_ended {
        return SignOut::Done;
    }
    if let Some(storage) = local_storage() {
        let _ = storage.set_item(SIGN_OUT_DUE, "1");
    }
    SignOut::WhenOnline
}

/// Does what is left of a sign-out without a network. True if there was something: then nobody is signed in any more.
pub async fn finish_sign_out() -> bool {
    let Some(storage) = local_storage() else { return false };
    if storage.get_item(SIGN_OUT_DUE).ok().flatten().is_none() {
        return false;
    }
    if api::sign_out().await {
        let _ = storage.remove_item(SIGN_OUT_DUE);
    }
    true
}

/// Whether somebody signed out without a network and the server does not know yet.
pub fn is_sign_out_due() -> bool {
    local_storage().is_some_and(|storage| storage.get_item(SIGN_OUT_DUE).ok().flatten().is_some())
}

/// Leaves whatever is open: another tab has signed out.
pub(super) fn leave_page() {
    Store::give_up();
    if IS_SIGNING_OUT.get() {
        return;
    }
    if let Some(window) = web_sys::window() {
        let _ = window.location().replace("/logga-in");
    }
}

/// Asks the browser, once, not to throw away what lies on this device when space runs short.
pub(super) fn ask_to_keep() {
    thread_local!(static ASKED: Cell<bool> = const { Cell::new(false) });
    if ASKED.replace(true) {
        return;
    }
    let Some(promise) = web_sys::window().and_then(|window| window.navigator().storage().persist().ok()) else {
        return;
    };
    wasm_bindgen_futures::spawn_local(async move {
        // The answer changes nothing: everything works without, only less safely.
        let _ = JsFuture::from(promise).await;
    });
}

/// Notes who is signed in, as the server has just said.
pub(super) async fn remember(user: &SignedIn) -> Result<Store, StoreError> {
    if let Some(storage) = local_storage() {
        let _ = storage.set_item(LAST_USER, &user.id.to_string());
    }
    let store = Store::open(user.id).await?;
    store.set_account(&Account { user: user.clone(), confirmed_ms: now_ms() }).await?;
    Ok(store)
}

/// The database of whoever was here last, with whose it is.
pub(super) async fn open_last() -> Option<(Store, Account)> {
    let store = Store::open(last_user()?).await.ok()?;
    let account = store.account().await.ok()??;
    Some((store, account))
}

/// A document as it lies on this device, and what the server lacks of it.
pub(super) async fn read_document(store: &Store, document: DocumentId) -> Result<(AutoCommit, Outbox), StoreError> {
    let chunks = store.chunks(document).await?;
    let acknowledged = store.sync_record(document).await?.acknowledged();
    let Assembled { mut doc, .. } = assemble(&chunks, random_bytes(), None);
    let outbox = Outbox::open(&mut doc, acknowledged, uptime_ms());
    Ok((doc, outbox))
}

/// Removes the copies of what the user may no longer read, unless there is something unsent in them; and of what was
/// erased, whatever is in them.
pub(super) async fn forget_others(store: &Store, allowed: &[DocumentId]) {
    let held = store.document_ids().await.unwrap_or_default();
    let missing: Vec<DocumentId> = held.into_iter().filter(|id| !allowed.contains(id)).collect();
    let erased = super::erased::settle(store, &missing).await;
    let known = store.documents().await.unwrap_or_default();
    let others = known.iter().filter(|record| !allowed.contains(&record.info.id));
    for DocumentRecord { info, .. } in others.filter(|record| !erased.contains(&record.info.id)) {
        let is_sent = matches!(read_document(store, info.id).await, Ok((_, outbox)) if outbox.is_empty());
        if is_sent && let Err(error) = store.forget_document(info.id).await {
            leptos::logging::warn!("removal: {error}");
        }
    }
}

async fn tell_tabs(user: UserId) {
    let Some((store, _)) = open_last().await else { return };
    for record in store.documents().await.unwrap_or_default() {
        let name = super::tabs::channel_name(user, record.info.id);
        if let Some(channel) = TabChannel::open(&name, |_| {}) {
            channel.tell(&TabMessage::SignedOut);
        }
    }
}

/// Pages with data are never put in a cache; what is there goes all the same, apart from the shell, which is nobody's.
async fn wipe_caches(window: &Window) {
    let Ok(caches) = window.caches() else { return };
    let Ok(names) = JsFuture::from(caches.keys()).await else { return };
    for name in js_sys::Array::from(&names).iter().filter_map(|name| name.as_string()) {
        if !name.starts_with("samplan-") {
            let _ = JsFuture::from(caches.delete(&name)).await;
        }
    }
}

fn last_user() -> Option<UserId> {
    local_storage()?.get_item(LAST_USER).ok()??.parse().ok()
}

fn local_storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
