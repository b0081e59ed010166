//! Identifiers as types of their own, so that a row is never taken for a document.
//!
//! Fields are private: parsing, or fresh random bytes that the caller brings, is the only way in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why a text is not an identifier. For logs and developers: users never type identifiers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not base58check of a version 4 UUID, which is what automerge-repo clients demand.
    #[error("not a document id: {0}")]
    Document(String),
    /// Not base58 of sixteen bytes.
    #[error("not a row id: {0}")]
    Item(String),
    /// As [`IdError::Item`], of a section.
    #[error("not a section id: {0}")]
    Section(String),
    /// As [`IdError::Item`], of a budget line.
    #[error("not a line id: {0}")]
    Line(String),
    /// As [`IdError::Item`], of a row of income.
    #[error("not an income id: {0}")]
    Income(String),
    /// As [`IdError::Item`], of an outcome.
    #[error("not an outcome id: {0}")]
    Outcome(String),
    /// As [`IdError::Item`], of a version.
    #[error("not a version id: {0}")]
    Version(String),
    /// As [`IdError::Item`], of a row of full-year equivalents.
    #[error("not an equivalents id: {0}")]
    Equivalent(String),
    /// As [`IdError::Item`], of a course.
    #[error("not a course id: {0}")]
    Course(String),
    /// As [`IdError::Item`], of a registration.
    #[error("not a registration id: {0}")]
    Registration(String),
    /// As [`IdError::Item`], of a question.
    #[error("not a question id: {0}")]
    Question(String),
    /// Not 1–40 of `a–z`, `0–9` and `-`.
    #[error("not an association id: {0}")]
    Association(String),
    /// Not a UUID.
    #[error("not a user id: {0}")]
    User(String),
}

/// *Dokumentets nummer*: one automerge document, as automerge-repo writes it (base58check of a v4 UUID).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentId([u8; 16]);

impl DocumentId {
    /// A new id from sixteen random bytes; the bits that mark a v4 UUID are set here.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(uuid::Builder::from_random_bytes(bytes).into_uuid().into_bytes())
    }

    /// The sixteen bytes of the UUID.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl FromStr for DocumentId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let refused = || IdError::Document(shortened(text));
        if text.len() > 64 {
            return Err(refused());
        }
        let bytes = bs58::decode(text).with_check(None).into_vec().map_err(|_| refused())?;
        let bytes: [u8; 16] = bytes.try_into().map_err(|_| refused())?;
        match Uuid::from_bytes(bytes).get_version_num() {
            4 => Ok(Self(bytes)),
            _ => Err(refused()),
        }
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&bs58::encode(self.0).with_check().into_string())
    }
}

/// Identifiers of sixteen random bytes, written as base58. Random, so that what is made apart never collides.
macro_rules! random_id {
    ($($(#[$documentation:meta])* $id:ident => $refused:ident;)*) => {$(
        $(#[$documentation])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $id([u8; 16]);

        impl $id {
            /// A new id from sixteen random bytes.
            pub const fn from_random(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The sixteen bytes.
            pub fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl FromStr for $id {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let mut bytes = [0_u8; 16];
                match bs58::decode(text).onto(&mut bytes[..]) {
                    Ok(16) => Ok(Self(bytes)),
                    _ => Err(IdError::$refused(shortened(text))),
                }
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&bs58::encode(self.0).into_string())
            }
        }
    )*};
}

random_id! {
    /// *Radens nummer*: an item or a commitment of the county plan.
    ItemId => Item;
    /// *Avsnittets nummer*: a section of an association's budget.
    SectionId => Section;
    /// *Budgetradens nummer*: a line of an association's budget.
    LineId => Line;
    /// *Intäktens nummer*: one party's contributions, a row of the income.
    IncomeId => Income;
    /// *Utfallets nummer*: the outcome through one date.
    OutcomeId => Outcome;
    /// *Versionens nummer*: a version that was decided or proposed.
    VersionId => Version;
    /// *Radens nummer* in the table of full-year equivalents.
    EquivalentId => Equivalent;
    /// *Kursens nummer* in a catalogue.
    CourseId => Course;
    /// *Anmälans nummer*: one person's registration for one occasion.
    RegistrationId => Registration;
    /// *Frågans nummer*: a question that an occasion asks of those who register.
    QuestionId => Question;
}

/// *Förbundets kortnamn*, such as `vasteras`: readable, since it stands in addresses and in files.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AssociationId(String);

impl AssociationId {
    /// The short name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AssociationId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if (1..=40).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(IdError::Association(shortened(text)))
        }
    }
}

impl fmt::Display for AssociationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// *Användaren*: who wrote a change. Its sixteen bytes are the author that automerge keeps with a change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UserId(Uuid);

impl UserId {
    /// A new id from sixteen random bytes; the bits that mark a v4 UUID are set here.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    /// The user whose sixteen bytes these are, as they stand in a change's author; none for other lengths.
    pub fn from_author_bytes(bytes: &[u8]) -> Option<Self> {
        Uuid::from_slice(bytes).ok().map(Self)
    }

    /// The sixteen bytes that are written as a change's author.
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

impl FromStr for UserId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Uuid::try_parse(text).map(Self).map_err(|_| IdError::User(shortened(text)))
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What of a refused text goes into an error: enough to recognise it, never a megabyte.
fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}

/// Serde goes through text, and ids look the same in debug output as on the wire.
macro_rules! textual {
    ($($id:ident),*) => {$(
        impl TryFrom<String> for $id {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$id> for String {
            fn from(id: $id) -> Self {
                id.to_string()
            }
        }

        impl fmt::Debug for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($id), "({})"), self)
            }
        }
    )*};
}

textual!(DocumentId, ItemId, SectionId, LineId, IncomeId, OutcomeId, VersionId, EquivalentId, CourseId, RegistrationId);
textual!(QuestionId, AssociationId, UserId);
