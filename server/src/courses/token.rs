//! Keys of forms and tokens of personal links: 256 bits each. Only a token's hash is kept.

use app::domain::ids::{DocumentId, RegistrationId};
use sha2::{Digest, Sha256};

/// Hexadecimal digits of a key or a token.
const LENGTH: usize = 64;

/// A token: whoever has it may see and change a registration.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// A fresh one.
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// The one in an address, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        read(text).map(Self)
    }

    /// As it stands in an address.
    pub fn to_text(&self) -> String {
        write(&self.0)
    }

    /// What is kept of it.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

/// What a form carries so that sending it twice is one registration. It is secret to whoever has the form.
#[derive(Clone, PartialEq, Eq)]
pub struct FormKey([u8; 32]);

impl FormKey {
    /// A fresh one.
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// The one that came with a form, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        read(text).map(Self)
    }

    /// As it stands in a form.
    pub fn to_text(&self) -> String {
        write(&self.0)
    }

    /// The registration that this form makes for a person: the same whenever it is sent. Somebody who goes back and fills
    /// in a colleague's address makes another.
    pub fn registration(&self, document: DocumentId, email: &str) -> RegistrationId {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.derived(b"registration", document, email)[..16]);
        RegistrationId::from_random(bytes)
    }

    /// The personal link that goes with it, which can be shown again to whoever sends the same form again.
    pub fn token(&self, document: DocumentId, email: &str) -> Token {
        Token(self.derived(b"token", document, email))
    }

    fn derived(&self, what: &[u8], document: DocumentId, email: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(what);
        hash.update(self.0);
        hash.update(document.as_bytes());
        hash.update(email.trim().to_lowercase().as_bytes());
        hash.finalize().into()
    }
}

fn read(text: &str) -> Option<[u8; 32]> {
    if text.len() != LENGTH || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

fn write(bytes: &[u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_is_sent_twice_names_the_same_registration_and_another_person_another() {
        let (key, document) = (FormKey::random(), DocumentId::from_random(rand::random()));
        let again = FormKey::parse(&key.to_text()).expect("what was written");
        assert!(key.registration(document, "a@b.example") == again.registration(document, " A@b.example"));
        assert!(key.registration(document, "a@b.example") != key.registration(document, "c@b.example"));
        assert!(key.token(document, "a@b.example") == again.token(document, "a@b.example"));
        assert!(key.token(document, "a@b.example") != FormKey::random().token(document, "a@b.example"));
    }

    #[test]
    fn what_is_no_token_is_none() {
        for text in ["", "00", &"g".repeat(64), &"å".repeat(32), &"0".repeat(65)] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
    }
}
