//! What a change speaks of when it adds, removes or moves something, in words.

use serde::{Deserialize, Serialize};

/// *Sak*: what was added or removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Thing {
    /// *Rad* of a table.
    #[default]
    Row,
    /// *Avsnitt*.
    Section,
    /// *Utfall*.
    Outcome,
    /// *Version*.
    Version,
    /// *Kurs* of a catalogue.
    Course,
    /// *Anmälan* to an occasion.
    Registration,
}

impl Thing {
    /// That one was added.
    pub fn added(self) -> &'static str {
        match self {
            Self::Row => "Ny rad",
            Self::Section => "Nytt avsnitt",
            Self::Outcome => "Nytt utfall",
            Self::Version => "Ny version",
            Self::Course => "Ny kurs",
            Self::Registration => "Ny anmälan",
        }
    }

    /// That one was removed.
    pub fn removed(self) -> &'static str {
        match self {
            Self::Row => "Raden togs bort",
            Self::Section => "Avsnittet togs bort",
            Self::Outcome => "Utfallet togs bort",
            Self::Version => "Versionen togs bort",
            Self::Course => "Kursen togs bort",
            Self::Registration => "Avbokades",
        }
    }

    /// That one was brought back.
    pub fn restored(self) -> &'static str {
        match self {
            Self::Row => "Raden återställdes",
            Self::Section => "Avsnittet återställdes",
            Self::Outcome => "Utfallet återställdes",
            Self::Version => "Versionen återställdes",
            Self::Course => "Kursen återställdes",
            Self::Registration => "Anmälan återställdes",
        }
    }

    /// That one was moved.
    pub fn moved(self) -> &'static str {
        match self {
            Self::Row => "Raden flyttades",
            Self::Section => "Avsnittet flyttades",
            Self::Outcome => "Utfallet flyttades",
            Self::Version => "Versionen flyttades",
            Self::Course => "Kursen flyttades",
            Self::Registration => "Anmälan flyttades",
        }
    }

    /// What brings one back.
    pub fn restore(self) -> &'static str {
        match self {
            Self::Row => "Återställ raden",
            Self::Section => "Återställ avsnittet",
            Self::Outcome => "Återställ utfallet",
            Self::Version => "Återställ versionen",
            Self::Course => "Återställ kursen",
            Self::Registration => "Återställ anmälan",
        }
    }

    /// What one without a name is called.
    pub fn nameless(self) -> &'static str {
        match self {
            Self::Row => "Rad utan namn",
            Self::Section => "Avsnitt utan namn",
            Self::Outcome => "Utfall",
            Self::Version => "Version utan namn",
            Self::Course => "Kurs utan namn",
            Self::Registration => "Anmälan utan namn",
        }
    }
}
