//! What pages hold: the read model as signals, edit, undo, status.
