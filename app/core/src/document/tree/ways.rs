//! Where a document has changed since it was last looked at.

use automerge::{Patch, PatchAction, Prop};

/// The names on the way from the root to what a patch changed, the changed key last.
pub(in crate::document) fn way(patch: &Patch) -> impl Iterator<Item = &str> {
    let own = match &patch.action {
        PatchAction::PutMap { key, .. } | PatchAction::DeleteMap { key } => Some(key.as_str()),
        PatchAction::Conflict { prop: Prop::Map(key) } | PatchAction::Increment { prop: Prop::Map(key), .. } => {
            Some(key.as_str())
        }
        _ => None,
    };
    let way = patch.path.iter().filter_map(|(_, prop)| match prop {
        Prop::Map(key) => Some(key.as_str()),
        Prop::Seq(_) => None,
    });
    way.chain(own)
}
