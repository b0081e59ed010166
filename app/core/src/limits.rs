//! Every bound that protects relay and browser, each with its reason. Pure: values come in, none are read here.
//!
//! The defaults are what a node of the size we aim for (1,000 clients, half a gigabyte) can honour. Each can be
//! set from outside by its name, `SAMPLAN_LIMIT_…`, so that a load test can lift what it is about to exceed.

/// Why a limit could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// The value is not a whole number above zero.
    #[error("{name} must be a whole number above zero, not {value:?}")]
    NotANumber {
        /// The name it was looked up by.
        name: &'static str,
        /// What stood there.
        value: String,
    },
}

/// Declares the limits once: field, name outside, default and reason stand on one place each.
macro_rules! limits {
    ($( $(#[doc = $doc:literal])+ $field:ident: $kind:ty = $default:expr, $name:literal; )+) => {
        /// Every limit of the service. `Limits::default()` is what the trust page promises.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Limits {
            $( $(#[doc = $doc])+ pub $field: $kind, )+
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $( $field: $default, )+ }
            }
        }

        impl Limits {
            /// The names by which limits can be set, in the order of the fields.
            pub const NAMES: &'static [&'static str] = &[$( $name, )+];

            /// The defaults, with what `lookup` knows in their place. The lookup is handed in (an environment, a
            /// map in a test), so that this module reads nothing itself.
            ///
            /// # Errors
            /// A value that is not a whole number above zero; a limit misspelt in a unit would otherwise silently
            /// be none.
            pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, LimitError> {
                let mut limits = Self::default();
                $(
                    if let Some(value) = lookup($name) {
                        limits.$field = match value.trim().parse::<$kind>() {
                            Ok(number) if number > 0 => number,
                            _ => return Err(LimitError::NotANumber { name: $name, value }),
                        };
                    }
                )+
                Ok(limits)
            }
        }
    };
}

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

limits! {
    // What one websocket message may hold.
    /// Bytes of a websocket message: a JavaScript client sends all that it has in one.
    message_bytes: usize = 16 * MIB, "SAMPLAN_LIMIT_MESSAGE_BYTES";
    /// Messages above this many bytes are taken one at a time across the relay, since each may cost many times
    /// its size while it is applied.
    large_message_bytes: usize = MIB, "SAMPLAN_LIMIT_LARGE_MESSAGE_BYTES";
    /// Our own client cuts what it sends into slices of this many bytes, so that none of them is large.
    slice_bytes: usize = 256 * KIB, "SAMPLAN_LIMIT_SLICE_BYTES";
    /// Nesting of a CBOR message. The deepest that automerge-repo sends is three.
    message_nesting: usize = 8, "SAMPLAN_LIMIT_MESSAGE_NESTING";
    /// Bytes of an ephemeral message: who is here and in which cell takes a hundred.
    ephemeral_bytes: usize = 16 * KIB, "SAMPLAN_LIMIT_EPHEMERAL_BYTES";

    // What a change may hold; automerge bounds none of this itself.
    /// Bytes of one change once inflated: 65 KB can inflate to 200 MB before automerge looks at the checksum.
    change_bytes: usize = 256 * KIB, "SAMPLAN_LIMIT_CHANGE_BYTES";
    /// Bytes of a whole document chunk once inflated; only the browser takes one, and only from its own relay.
    inflated_document_bytes: usize = 64 * MIB, "SAMPLAN_LIMIT_INFLATED_DOCUMENT_BYTES";
    /// Operations of one change: a valid change of 1.1 KB can hold a million of them, at 0.5 KB of memory each.
    change_operations: u64 = 50_000, "SAMPLAN_LIMIT_CHANGE_OPERATIONS";
    /// Operations of one message in all.
    message_operations: u64 = 200_000, "SAMPLAN_LIMIT_MESSAGE_OPERATIONS";
    /// Dependencies of a change, heads of a message, hashes it asks for: honest ones have a handful.
    hashes: usize = 256, "SAMPLAN_LIMIT_HASHES";
    /// Bytes of keys and mark names of one message when every run is written out: a run repeats a long name for
    /// almost nothing.
    repeated_bytes: u64 = 8 * MIB as u64, "SAMPLAN_LIMIT_REPEATED_BYTES";

    // What a document may grow to.
    /// Bytes of a document when saved; the people who edit are warned at half.
    document_bytes: usize = 5 * MIB, "SAMPLAN_LIMIT_DOCUMENT_BYTES";
    /// Operations of a document; warned at half.
    document_operations: u64 = 500_000, "SAMPLAN_LIMIT_DOCUMENT_OPERATIONS";
    /// Actors of a document. Every tab is an actor, and each costs bytes in every save.
    document_actors: usize = 10_000, "SAMPLAN_LIMIT_DOCUMENT_ACTORS";
    /// Changes of one peer kept until those they depend on arrive.
    orphans: usize = 1_000, "SAMPLAN_LIMIT_ORPHANS";
    /// Bytes of those changes.
    orphan_bytes: usize = 4 * MIB, "SAMPLAN_LIMIT_ORPHAN_BYTES";

    // What a connection may do.
    /// Bytes of a socket's read buffer and of its write buffer: the usual 128 KiB each costs 256 MB at 1,000
    /// clients.
    socket_buffer_bytes: usize = 8 * KIB, "SAMPLAN_LIMIT_SOCKET_BUFFER_BYTES";
    /// Bytes that may wait for a slow client before it is closed; it syncs again when it comes back.
    outbound_bytes: usize = 4 * MIB, "SAMPLAN_LIMIT_OUTBOUND_BYTES";
    /// Messages a second from one connection, over time.
    sync_messages_per_second: u64 = 20, "SAMPLAN_LIMIT_SYNC_MESSAGES_PER_SECOND";
    /// Messages that may come at once.
    sync_message_burst: u64 = 100, "SAMPLAN_LIMIT_SYNC_MESSAGE_BURST";
    /// Bytes a second from one connection, over time.
    sync_bytes_per_second: u64 = MIB as u64, "SAMPLAN_LIMIT_SYNC_BYTES_PER_SECOND";
    /// Bytes that may come at once: one message of the largest size.
    sync_byte_burst: u64 = 16 * MIB as u64, "SAMPLAN_LIMIT_SYNC_BYTE_BURST";
    /// Documents one connection may have open.
    documents_per_connection: usize = 200, "SAMPLAN_LIMIT_DOCUMENTS_PER_CONNECTION";
    /// Connections of one node.
    connections: usize = 2_000, "SAMPLAN_LIMIT_CONNECTIONS";
    /// Connections of one user: tabs and devices.
    connections_per_user: usize = 20, "SAMPLAN_LIMIT_CONNECTIONS_PER_USER";
    /// Connections of one address: an office behind one router.
    connections_per_address: usize = 100, "SAMPLAN_LIMIT_CONNECTIONS_PER_ADDRESS";
    /// Seconds from the upgrade until `join` must have come.
    handshake_seconds: u64 = 10, "SAMPLAN_LIMIT_HANDSHAKE_SECONDS";
    /// Seconds of silence before the other side is asked whether it is there.
    ping_seconds: u64 = 20, "SAMPLAN_LIMIT_PING_SECONDS";
    /// Seconds of silence before the other side is taken for gone.
    dead_seconds: u64 = 40, "SAMPLAN_LIMIT_DEAD_SECONDS";

    // What HTTP requests may do.
    /// Seconds until the headers of a request must have come.
    header_seconds: u64 = 10, "SAMPLAN_LIMIT_HEADER_SECONDS";
    /// Seconds until a request must be done.
    request_seconds: u64 = 30, "SAMPLAN_LIMIT_REQUEST_SECONDS";
    /// Bytes of a request's body.
    body_bytes: usize = 2 * MIB, "SAMPLAN_LIMIT_BODY_BYTES";
    /// Bytes of a sign-up form's body.
    sign_up_body_bytes: usize = 64 * KIB, "SAMPLAN_LIMIT_SIGN_UP_BODY_BYTES";
    /// Attempts to sign in for an account and for an address within the window.
    logins: usize = 5, "SAMPLAN_LIMIT_LOGINS";
    /// Seconds of that window.
    login_window_seconds: u64 = 15 * 60, "SAMPLAN_LIMIT_LOGIN_WINDOW_SECONDS";
    /// Passwords hashed at a time: each takes 19 MiB and a core.
    password_hashes: usize = 2, "SAMPLAN_LIMIT_PASSWORD_HASHES";
    /// Sign-ups an hour from one address.
    sign_ups_per_address: usize = 10, "SAMPLAN_LIMIT_SIGNUPS_PER_ADDRESS";
    /// Sign-ups an hour for one occasion.
    sign_ups_per_occasion: usize = 100, "SAMPLAN_LIMIT_SIGNUPS_PER_OCCASION";
    /// Seconds for which a freed place is offered to one person before it goes to the next.
    offer_seconds: u64 = 48 * 3600, "SAMPLAN_LIMIT_OFFER_SECONDS";
    /// Seconds for which days and place of an occasion must have stood before all who come are told that they changed:
    /// whoever corrects them three times sends one letter.
    told_after_seconds: u64 = 5 * 60, "SAMPLAN_LIMIT_TOLD_AFTER_SECONDS";
    /// Seconds after which an unused session ends.
    session_idle_seconds: u64 = 8 * 3600, "SAMPLAN_LIMIT_SESSION_IDLE_SECONDS";
    /// Seconds after which any session ends.
    session_seconds: u64 = 7 * 24 * 3600, "SAMPLAN_LIMIT_SESSION_SECONDS";
    /// Sessions of one user; the oldest ends when one more begins.
    sessions_per_user: usize = 10, "SAMPLAN_LIMIT_SESSIONS_PER_USER";

    // What letters may do.
    /// Seconds the mail server may take over one letter: some look it over before they say that they have it.
    mail_timeout_seconds: u64 = 120, "SAMPLAN_LIMIT_MAIL_TIMEOUT_SECONDS";
    /// Seconds until a letter that the server did not take is tried again; doubled each time, up to four hours.
    mail_retry_seconds: u64 = 60, "SAMPLAN_LIMIT_MAIL_RETRY_SECONDS";
    /// Attempts until a letter is given up and shown as such: some three days.
    mail_attempts: u64 = 25, "SAMPLAN_LIMIT_MAIL_ATTEMPTS";
    /// Days that a letter is kept after it was sent, so that somebody can see what it said.
    mail_kept_days: u64 = 30, "SAMPLAN_LIMIT_MAIL_KEPT_DAYS";
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a panic is a failed test")]
mod tests {
    use super::{LimitError, Limits};

    #[test]
    fn a_limit_that_is_set_takes_the_place_of_the_default() {
        let limits = Limits::from_lookup(|name| (name == "SAMPLAN_LIMIT_CONNECTIONS").then(|| "7".into())).unwrap();
        assert_eq!(limits, Limits { connections: 7, ..Limits::default() });
    }

    #[test]
    fn a_limit_that_is_no_number_is_an_error_and_never_no_limit() {
        for value in ["", "0", "-1", "2k", "1.5"] {
            let read = Limits::from_lookup(|name| (name == "SAMPLAN_LIMIT_LOGINS").then(|| value.into()));
            let expected = LimitError::NotANumber { name: "SAMPLAN_LIMIT_LOGINS", value: value.into() };
            assert_eq!(read, Err(expected));
        }
    }

    #[test]
    fn every_limit_has_a_name_of_its_own() {
        let names = Limits::NAMES.iter().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(names.len(), Limits::NAMES.len());
    }
}
