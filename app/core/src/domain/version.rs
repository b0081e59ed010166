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

/// *Behörighet att fastställa*: whether somebody may fix a version as decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deciding {
    /// Never could.
    #[default]
    No,
    /// May.
    Now,
    /// Could once, and cannot any more: what was decided then stays decided.
    Before,
}

/// Whether a version counts as what its status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// *Förslag, samråd*: not a decision, so that no right is asked for.
    Open,
    /// *Fastställd* by somebody who may.
    Decided,
    /// *Fastställd* by somebody who could then and cannot any more.
    DecidedThen,
    /// *Inte fastställd*: by somebody who never could, or of whom nothing is known.
    NotDecided,
}

impl Standing {
    /// The standing of a version by somebody with such a right; none where nothing is known of whoever made it.
    ///
    /// The right is known of the present, and that it was had once; a person who has lost it is taken at their word for
    /// when they decided.
    pub fn of(status: &VersionStatus, maker: Option<Deciding>) -> Self {
        match (status.is_decided(), maker) {
            (false, _) => Self::Open,
            (true, Some(Deciding::Now)) => Self::Decided,
            (true, Some(Deciding::Before)) => Self::DecidedThen,
            (true, Some(Deciding::No) | None) => Self::NotDecided,
        }
    }

    /// Whether it is a decision that counts.
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Decided | Self::DecidedThen)
    }

    /// What a reader must know of it besides its status; `maker` is who made it, if that is known.
    pub fn note(self, maker: Option<&str>) -> Option<String> {
        match (self, maker) {
            (Self::Open | Self::Decided, _) => None,
            (Self::DecidedThen, maker) => Some(format!(
                "{} hade behörighet att fastställa, men har den inte längre.",
                maker.unwrap_or("Den som sparade versionen")
            )),
            (Self::NotDecided, Some(maker)) => {
                Some(format!("Inte fastställd: {maker} saknar behörighet att fastställa."))
            }
            (Self::NotDecided, None) => Some(
                "Inte fastställd: det går inte att se att den som sparade versionen har behörighet att fastställa."
                    .to_owned(),
            ),
        }
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
    /// *Bara sammanfattningen är känd*: the costs that were decided are not all written in the plan. What the version
    /// leaves out was then not absent.
    #[serde(default)]
    pub is_summary: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_may_or_could_decide_has_decided() {
        use Standing::{Decided, DecidedThen, NotDecided, Open};
        for (status, maker, expected) in [
            (VersionStatus::Adopted, Some(Deciding::Now), Decided),
            (VersionStatus::Revised, Some(Deciding::Before), DecidedThen),
            (VersionStatus::Adopted, Some(Deciding::No), NotDecided),
            (VersionStatus::Revised, None, NotDecided),
            (VersionStatus::Proposed, Some(Deciding::No), Open),
            (VersionStatus::Consultation, None, Open),
            (VersionStatus::Unknown("ratified".to_owned()), None, Open),
        ] {
            let standing = Standing::of(&status, maker);
            assert_eq!(standing, expected, "{status:?} by {maker:?}");
            assert_eq!(standing.is_decided(), matches!(expected, Decided | DecidedThen));
            assert_eq!(standing.note(Some("Anna")).is_none(), matches!(expected, Decided | Open));
        }
    }
}
