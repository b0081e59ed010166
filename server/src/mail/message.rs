//! A row of the outbox as a message: text, HTML and calendar beside each other, and the calendar once more as a file.

use std::time::{Duration, UNIX_EPOCH};

use lettre::{
    Address, Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

use super::{invite::Invite, outbox::Outgoing, settings::Sending};

/// Why no message can be made of a row.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// The recipient's address is none.
    #[error("not an address")]
    Address,
    /// The row is damaged.
    #[error("not a letter: {0}")]
    Row(String),
}

/// The message, the same at every attempt.
pub fn message(letter: &Outgoing, sending: &Sending) -> Result<Message, MessageError> {
    let broken = |error: &dyn std::fmt::Display| MessageError::Row(error.to_string());
    let address: Address = letter.recipient.parse().map_err(|_| MessageError::Address)?;
    let name = Some(letter.name.clone()).filter(|name| !name.is_empty() && !name.contains(char::is_control));
    let created = UNIX_EPOCH + Duration::from_millis(u64::try_from(letter.created_at).unwrap_or_default());
    let id: String = letter.id.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut builder = Message::builder()
        .from(sending.from.clone())
        .to(Mailbox::new(name, address))
        .subject(letter.subject.clone())
        .date(created)
        .message_id(Some(format!("<{id}@{}>", sending.from.email.domain())))
        // So that nobody's "I am on holiday" answers it.
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into()));
    if let Some(reply_to) = &sending.reply_to {
        builder = builder.reply_to(reply_to.clone());
    }
    let invite: Option<Invite> = match &letter.invite {
        Some(json) => Some(serde_json::from_str(json).map_err(|error| broken(&error))?),
        None => None,
    };
    let words = MultiPart::alternative()
        .singlepart(SinglePart::plain(letter.text.clone()))
        .singlepart(SinglePart::html(letter.html.clone()));
    let Some(invite) = invite else { return builder.multipart(words).map_err(|error| broken(&error)) };
    let calendar = invite.calendar(sending.from.email.as_ref());
    let method = invite.method().as_str();
    // Mail programs act on the part; those that do not let people open the file.
    let part = ContentType::parse(&format!("text/calendar; charset=utf-8; method={method}"));
    let part = part.map_err(|error| broken(&error))?;
    let file = ContentType::parse("application/ics; name=\"kurs.ics\"").map_err(|error| broken(&error))?;
    let words = words.singlepart(SinglePart::builder().header(part).body(calendar.clone()));
    let whole =
        MultiPart::mixed().multipart(words).singlepart(Attachment::new("kurs.ics".to_owned()).body(calendar, file));
    builder.multipart(whole).map_err(|error| broken(&error))
}
