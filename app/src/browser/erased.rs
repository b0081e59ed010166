//! What was erased on the server goes from this device too, at the next contact: every piece of it, in every store.
//!
//! What was written here and never sent is brought to where the rest of the document went on, before the copy goes. Only
//! what is about somebody who was erased is lost, as it is to be.

use super::account::read_document;
use super::api;
use super::store::Store;
use crate::boot::Became;
use crate::boot::courses::{COURSES, DONE, REMOVED};
use crate::document::occasion;
use crate::domain::ids::{DocumentId, RegistrationId};
use automerge::{AutoCommit, ChangeHash};
use std::collections::BTreeSet;

/// Finds out which of these documents, of which the server tells no more, were erased, and removes them. Those that are
/// settled: what could not be brought over yet waits for the next time.
pub(super) async fn settle(store: &Store, missing: &[DocumentId]) -> Vec<DocumentId> {
    if missing.is_empty() {
        return Vec::new();
    }
    let Ok(all) = api::erased(missing).await else { return Vec::new() };
    let mut settled = Vec::with_capacity(all.len());
    for became in all {
        let is_brought = match read_document(store, became.id).await {
            Ok((mut doc, outbox)) => bring(&mut doc, outbox.acknowledged(), &became).await,
            Err(_) => true,
        };
        if is_brought {
            purge(store, became.id).await;
        }
        settled.push(became.id);
    }
    settled
}

/// So many at a time: the server takes no more.
const COMMANDS_AT_A_TIME: usize = 1_000;

/// Brings what the server never got of a document to where the rest of it went on. False while that is still to be done:
/// only an answer that it was done, or that there is nothing any more that this user may write to, ends it.
pub(super) async fn bring(doc: &mut AutoCommit, acknowledged: &[ChangeHash], became: &Became) -> bool {
    if became.replaced_by.is_none() {
        return true;
    }
    let gone: BTreeSet<RegistrationId> = became.registrations.iter().copied().collect();
    let commands = occasion::unsent(doc, acknowledged, &gone);
    for some in commands.chunks(COMMANDS_AT_A_TIME) {
        match api::carry_over(became.id, some).await {
            Ok(_) => {}
            Err(api::ApiError::Missing) => return true,
            Err(_) => return false,
        }
    }
    true
}

/// Removes every piece of a document from this device.
pub(super) async fn purge(store: &Store, document: DocumentId) {
    if let Err(error) = store.purge_document(document).await {
        leptos::logging::warn!("purge: {error}");
    }
}

/// Leaves the page of an erased document for the page of what it became, or for the list of courses.
pub(super) fn leave_for(became: &Became) {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return };
    let path = location.pathname().unwrap_or_default();
    let next = match became.replaced_by {
        Some(new) => path.replace(&became.id.to_string(), &new.to_string()),
        // Whoever has had it open is told, too.
        None => format!("{COURSES}?{DONE}={REMOVED}"),
    };
    let _ = location.replace(&next);
}
