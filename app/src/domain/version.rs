//! Versions of a plan: what was proposed, consulted on, decided and revised.
//!
//! Knows nothing of how a moment of a document is kept; that is `document::plan::version`.

use serde::{Deserialize, Serialize};

use super::date::IsoDate;
use super::words::worded;

/// *Status* of a version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum VersionStatus {
    /// *Förslag*.
    Proposed,
    /// *Samråd*: sent to the members.
    Consultation,
    /// *Fastställd*: decided by the board.
    Adopted,
    /// *Reviderad*: decided again during the year.
    Revised,
    /// One written by a newer version of Samplan; kept as it is.
    Unknown(String),
}

worded!(VersionStatus {
    Proposed = "proposed",
    Consultation = "consultation",
    Adopted = "adopted",
    Revised = "revised",
});

impl VersionStatus {
    /// All that can be chosen, in the order a year brings them.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::Consultation, Self::Adopted, Self::Revised];

    /// The status as it stands on the page.
    pub fn label(&self) -> &str {
        match self {
            Self::Proposed => "Förslag",
            Self::Consultation => "Samråd",
            Self::Adopted => "Fastställd",
            Self::Revised => "Reviderad",
            Self::Unknown(_) => "Okänd status",
        }
    }

    /// Whether it is a decision, which stays for ever.
    pub fn is_decided(&self) -> bool {
        matches!(self, Self::Adopted | Self::Revised)
    }
}

/// What a version is when it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewVersion {
    /// What it is.
    pub status: VersionStatus,
    /// *Namn*.
    pub name: String,
    /// *Beslutsdatum*, of a decided one.
    pub decided: Option<IsoDate>,
    /// *Diarienummer*.
    pub dnr: String,
    /// *Anteckning*, such as what is not known of it.
    pub note: String,
}
