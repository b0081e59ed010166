//! *Anmälan*: one person's registration for one occasion, and the words for where it stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{IsoDate, QuestionId, RegistrationId};

/// *Anmälan*: a person and where the registration stands. Never diet, allergies or access needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Its id.
    pub id: RegistrationId,
    /// *Namn*.
    pub name: String,
    /// *E-post*; may be empty for one who came to the door.
    pub email: String,
    /// *Arbetsgivare*.
    pub employer: String,
    /// *Part*: which of the parties the employer is.
    pub party: Party,
    /// *Yrkesroll*.
    pub role: String,
    /// *Kön*, for statistics, by choice.
    pub sex: Sex,
    /// Answers to the occasion's own questions.
    pub answers: BTreeMap<QuestionId, String>,
    /// *Förkunskaper*.
    pub prerequisite: Prerequisite,
    /// How it came.
    pub source: Source,
    /// When it was made, in milliseconds since 1970, by its maker's clock. Shown; decides nothing.
    pub registered_at: i64,
    /// *Besked*: where it stands. [`Decision::Preliminary`] until the relay has decided.
    pub decision: Decision,
    /// Its number in the order in which the relay received the registrations; none until it has decided.
    pub arrival: Option<u64>,
    /// Until when an offered place is kept, in milliseconds since 1970.
    pub offered_until: Option<i64>,
    /// *Närvaro* by day; a day that is missing is one nobody has answered.
    pub attendance: BTreeMap<IsoDate, bool>,
}

impl Registration {
    /// Whether the person was there on a day.
    pub fn was_there(&self, day: IsoDate) -> bool {
        self.attendance.get(&day).copied().unwrap_or(false)
    }

    /// Whether the person was there on all of these days, of which there is at least one.
    pub fn was_there_on_all(&self, days: impl IntoIterator<Item = IsoDate>) -> bool {
        let mut days = days.into_iter().peekable();
        days.peek().is_some() && days.all(|day| self.was_there(day))
    }

    /// Whether the person sits in the room or is expected there: has a place, or has come to the door and waits only until
    /// the relay sees it. Who waits for an administrator's approval has no place yet.
    pub fn is_expected(&self) -> bool {
        let may_sit =
            matches!(self.prerequisite, Prerequisite::NotNeeded | Prerequisite::Found | Prerequisite::Approved);
        self.decision.takes_place()
            || (self.decision == Decision::Preliminary && self.source == Source::Door && may_sit)
    }

    /// Whether the person is expected, or may come: neither cancelled nor declined.
    pub fn is_live(&self) -> bool {
        !matches!(self.decision, Decision::Cancelled | Decision::Declined)
    }

    /// Whether somebody of this name, or with this e-mail address, may be the same person: told apart neither by capital
    /// letters nor by spaces nor by how å, ä and ö are written.
    pub fn is_same_person(&self, name: &str, email: &str) -> bool {
        let same = |one: &str, other: &str| !other.is_empty() && one == other;
        same(&spelt(&self.name), &spelt(name)) || same(&spelt(&self.email), &spelt(email))
    }
}

/// A name or an address as it is compared.
fn spelt(text: &str) -> String {
    let mut spelt = String::with_capacity(text.len());
    for letter in tidy(text).to_lowercase().chars() {
        // A letter and a mark that is written after it are the letter with the mark.
        let composed = match (letter, spelt.chars().last()) {
            ('\u{30a}', Some('a')) => Some('å'),
            ('\u{308}', Some('a')) => Some('ä'),
            ('\u{308}', Some('o')) => Some('ö'),
            ('\u{301}', Some('e')) => Some('é'),
            ('\u{308}', Some('u')) => Some('ü'),
            _ => None,
        };
        if composed.is_some() {
            spelt.pop();
        }
        spelt.push(composed.unwrap_or(letter));
    }
    spelt
}

/// A name as it is kept: on one line, with single spaces, and without characters that nobody sees or that turn the
/// reading direction of what follows.
pub fn tidy(text: &str) -> String {
    let is_unseen = |character: &char| {
        matches!(character,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let seen: String = text.chars().filter(|character| !is_unseen(character)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is the whole address of a page on the web, as a video link has to be: it is sent to people, who press it.
pub fn is_web_address(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let is_odd = |character: char| character.is_whitespace() || character.is_control() || "<>\"".contains(character);
    rest.is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_alphanumeric() || first == '[') && !rest.contains(is_odd)
    })
}

/// Words in which a value is kept, and labels in which it is read.
macro_rules! worded {
    ($(#[$documentation:meta])* $name:ident else $otherwise:ident { $($(#[$about:meta])* $variant:ident = $word:literal, $label:literal;)* }) => {
        $(#[$documentation])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$about])* $variant,)*
        }

        impl $name {
            /// All of them, in the order they are shown.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word it is kept by, in documents and forms.
            pub fn as_word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The one that goes by a word. One that only a newer version knows reads as the most cautious.
            pub fn from_word(word: &str) -> Self {
                match word { $($word => Self::$variant,)* _ => Self::$otherwise }
            }

            /// What it is called.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }
        }
    };
}

worded! {
    /// *Part*: whom a participant works for, for statistics.
    Party else NotSaid {
        /// *Arbetsförmedlingen*.
        EmploymentService = "employment-service", "Arbetsförmedlingen";
        /// *Försäkringskassan*.
        InsuranceAgency = "insurance-agency", "Försäkringskassan";
        /// *Regionen*.
        Region = "region", "Regionen";
        /// *Kommunen*.
        Municipality = "municipality", "Kommunen";
        /// *Annan*.
        Other = "other", "Annan arbetsgivare";
        /// *Inte angivet*.
        NotSaid = "not-said", "Inte angivet";
    }
}

worded! {
    /// *Kön*, for statistics, by choice.
    Sex else NotSaid {
        /// *Kvinna*.
        Woman = "woman", "Kvinna";
        /// *Man*.
        Man = "man", "Man";
        /// *Annat*.
        Other = "other", "Annat";
        /// *Vill inte svara*.
        NotSaid = "not-said", "Inte angivet";
    }
}

worded! {
    /// How a registration came.
    Source else Web {
        /// *På webben*: on the public page.
        Web = "web", "Anmäld på webben";
        /// *Vid dörren*: made by a course administrator in the room, perhaps without a network.
        Door = "door", "Registrerad vid dörren";
    }
}

worded! {
    /// *Förkunskaper*: whether the person has completed what the course requires.
    Prerequisite else Stated {
        /// *Krävs inte*.
        NotNeeded = "not-needed", "Krävs inte";
        /// *Finns i tidigare närvaro*.
        Found = "found", "Finns i tidigare närvaro";
        /// *Uppgett av deltagaren*: waits until an administrator has answered.
        Stated = "stated", "Uppgett, väntar på godkännande";
        /// *Godkänt*.
        Approved = "approved", "Godkänt";
        /// *Inte godkänt*.
        Refused = "refused", "Inte godkänt";
    }
}

impl Prerequisite {
    /// Whether an administrator has yet to answer.
    pub fn waits_for_approval(self) -> bool {
        self == Self::Stated
    }
}

/// *Besked*: where a registration stands. Written by the relay, in order of arrival.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// *Preliminär*: not decided yet.
    #[default]
    Preliminary,
    /// *Har plats*.
    Confirmed,
    /// *På väntelista*.
    Waiting,
    /// *Erbjuden plats*, until a moment.
    Offered,
    /// *Avbokad*.
    Cancelled,
    /// *Utöver antalet platser*: came to the door when all places were taken.
    OverCapacity,
    /// *Nekad*: what the course requires is not there.
    Declined,
    /// What only a newer version knows.
    Unknown(String),
}

impl Decision {
    /// The word it is kept by.
    pub fn as_word(&self) -> &str {
        match self {
            Self::Preliminary => "preliminary",
            Self::Confirmed => "confirmed",
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Cancelled => "cancelled",
            Self::OverCapacity => "over-capacity",
            Self::Declined => "declined",
            Self::Unknown(word) => word,
        }
    }

    /// The one that goes by a word.
    pub fn from_word(word: &str) -> Self {
        match word {
            "preliminary" => Self::Preliminary,
            "confirmed" => Self::Confirmed,
            "waiting" => Self::Waiting,
            "offered" => Self::Offered,
            "cancelled" => Self::Cancelled,
            "over-capacity" => Self::OverCapacity,
            "declined" => Self::Declined,
            other => Self::Unknown(other.to_owned()),
        }
    }

    /// What it is called.
    pub fn label(&self) -> &str {
        match self {
            Self::Preliminary => "Preliminär",
            Self::Confirmed => "Har plats",
            Self::Waiting => "På väntelista",
            Self::Offered => "Erbjuden plats",
            Self::Cancelled => "Avbokad",
            Self::OverCapacity => "Utöver antalet platser",
            Self::Declined => "Nekad",
            Self::Unknown(word) => word,
        }
    }

    /// Whether it takes up a place: what is offered is kept, and who came to the door sits in the room.
    pub fn takes_place(&self) -> bool {
        matches!(self, Self::Confirmed | Self::Offered | Self::OverCapacity)
    }
}
