//! The automerge-repo protocol as a machine without IO, and the guard in front of automerge.
