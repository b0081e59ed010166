//! How relay and client differ.

/// How a replica behaves. Relay and client are the two that there are; tests mix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Whether to speak first when a peer joins. The relay waits to be asked.
    pub speaks_first: bool,
    /// Whether whole documents are taken, and said to be taken by the flags of our messages. Only from one's own
    /// relay.
    pub takes_documents: bool,
    /// Whether the limits of a document are held against what peers bring. The relay's word is law to a client.
    pub enforces_limits: bool,
    /// Whether a message with changes waits until the batch before it is stored. On the relay that gathers what
    /// comes meanwhile into the next batch; a client shows at once what came.
    pub gathers: bool,
    /// Whether what could not be stored may be sent all the same: a client with a full disk is saved by the server.
    pub sends_unstorable: bool,
}

impl Options {
    /// The relay: waits to be asked, enforces every limit, takes plain changes alone.
    pub const fn relay() -> Self {
        Self {
            speaks_first: false,
            takes_documents: false,
            enforces_limits: true,
            gathers: true,
            sends_unstorable: false,
        }
    }

    /// A client of the relay: speaks first, and takes what the relay has vetted.
    pub const fn client() -> Self {
        Self {
            speaks_first: true,
            takes_documents: true,
            enforces_limits: false,
            gathers: false,
            sends_unstorable: true,
        }
    }
}
