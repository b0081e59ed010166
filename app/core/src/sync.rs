//! The automerge-repo protocol as a machine without IO, and the guard in front of automerge.
//!
//! Browser and relay run the same code: what arrives goes in as events, what is to be done comes out as effects.
//! Nothing here reads a clock, a socket or a disk, and nothing here knows what the documents are about.
//!
//! In reading order:
//!
//! 1. [`wire`]: the messages of the protocol, from and to CBOR.
//! 2. [`session`]: one connection: handshake, envelopes, rates, liveness.
//! 3. [`guard`]: vets every sync message before automerge sees a byte of it.
//! 4. [`replica`]: one document and the peers it is synced with: stored, then acknowledged, then forwarded.
//! 5. [`presence`]: who is here and in which cell.

pub mod guard;
pub mod presence;
pub mod replica;
pub mod session;
pub mod wire;
