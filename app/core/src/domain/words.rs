//! Choices that are kept as a word, in documents and on the wire.
//!
//! A word that this version does not know is kept as it is, so that an older program never loses what a newer one
//! wrote.

/// Gives an enum with an `Unknown(String)` its words: `as_word`, `from_word`, and serde as a plain string.
macro_rules! worded {
    ($choice:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $choice {
            /// The word that stands for this choice in documents and files.
            pub fn as_word(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Unknown(word) => word,
                }
            }

            /// The choice that a word stands for.
            pub fn from_word(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        impl From<String> for $choice {
            fn from(word: String) -> Self {
                Self::from_word(&word)
            }
        }

        impl From<$choice> for String {
            fn from(choice: $choice) -> Self {
                choice.as_word().to_owned()
            }
        }
    };
}

pub(super) use worded;
