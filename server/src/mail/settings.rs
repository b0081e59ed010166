//! Through which server letters go, and from whom they are. Read from flags and environment by `config`.

use std::{fmt, net::IpAddr, str::FromStr};

use lettre::{message::Mailbox, transport::smtp::authentication::Credentials};
use url::{Host, Url};

/// How the connection to the mail server is kept from others' eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Not at all, as within one machine or one closed network.
    None,
    /// STARTTLS, or nothing is sent.
    Required,
    /// From the first byte.
    Wrapped,
}

/// A mail server: `smtp://värd:25`, `smtp://namn:lösenord@värd:587?tls=required` or `smtps://namn:lösenord@värd`.
#[derive(Clone)]
pub struct SmtpServer {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// Name and password.
    pub credentials: Option<Credentials>,
}

/// A password never comes into a log by way of the configuration.
impl fmt::Debug for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpServer({}:{}, {:?})", self.host, self.port, self.tls)
    }
}

/// Why an address of a mail server was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpError {
    /// It is no address of the kind.
    NotAnAddress,
    /// The password would go over the network for all to read.
    PasswordInTheOpen,
}

impl FromStr for SmtpServer {
    type Err = SmtpError;

    fn from_str(text: &str) -> Result<Self, SmtpError> {
        let url = Url::parse(text).map_err(|_| SmtpError::NotAnAddress)?;
        let asked: Vec<_> = url.query_pairs().collect();
        let tls = match (url.scheme(), asked.as_slice()) {
            ("smtps", []) => Tls::Wrapped,
            ("smtp", []) => Tls::None,
            ("smtp", [(name, value)]) if name == "tls" && value == "required" => Tls::Required,
            _ => return Err(SmtpError::NotAnAddress),
        };
        // Of a scheme that it does not know, the crate gives the host back as it was written.
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(SmtpError::NotAnAddress)?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        if !matches!(url.path(), "" | "/") || Host::parse(&host).is_err() && host.parse::<IpAddr>().is_err() {
            return Err(SmtpError::NotAnAddress);
        }
        let default_port = match tls {
            Tls::None => 25,
            Tls::Required => 587,
            Tls::Wrapped => 465,
        };
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            (name, Some(password)) if !name.is_empty() => Some(Credentials::new(decoded(name)?, decoded(password)?)),
            _ => return Err(SmtpError::NotAnAddress),
        };
        let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        if credentials.is_some() && tls == Tls::None && !is_here {
            return Err(SmtpError::PasswordInTheOpen);
        }
        Ok(Self { host, port: url.port().unwrap_or(default_port), tls, credentials })
    }
}

/// What stands percent-encoded in an address.
fn decoded(text: &str) -> Result<String, SmtpError> {
    // Plus and ampersand are themselves in this part of an address, and signs in the one that this reads.
    let form = format!("={}", text.replace('+', "%2B").replace('&', "%26"));
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&form).map_err(|_| SmtpError::NotAnAddress)?;
    pairs.into_iter().next().map(|(_, value)| value).ok_or(SmtpError::NotAnAddress)
}

/// All that is needed to send letters.
#[derive(Clone, Debug)]
pub struct Sending {
    /// Through which server.
    pub server: SmtpServer,
    /// From whom.
    pub from: Mailbox,
    /// To whom answers go, if not there.
    pub reply_to: Option<Mailbox>,
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a panic is a failed test")]
mod tests {
    use super::*;

    fn read(text: &str) -> SmtpServer {
        text.parse().unwrap()
    }

    #[test]
    fn the_port_follows_from_how_the_connection_is_protected() {
        for (text, host, port, tls) in [
            ("smtp://mail.example", "mail.example", 25, Tls::None),
            ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, Tls::None),
            ("smtp://mail.example?tls=required", "mail.example", 587, Tls::Required),
            ("smtps://mail.example/", "mail.example", 465, Tls::Wrapped),
        ] {
            let server = read(text);
            assert_eq!((server.host.as_str(), server.port, server.tls), (host, port, tls), "{text}");
        }
    }

    #[test]
    fn a_password_is_read_as_it_was_meant_and_never_shown() {
        let server = read("smtps://namn%40example.se:l%C3%B6sen%3A+ord@mail.example");
        assert_eq!(server.credentials, Some(Credentials::new("namn@example.se".into(), "lösen:+ord".into())));
        assert!(!format!("{server:?}").contains("ord"));
    }

    #[test]
    fn what_is_no_mail_server_is_refused() {
        for text in
            ["", "mail.example", "http://mail.example", "smtp://", "smtp://x?tls=no", "smtp://a@x", "smtp://x/y"]
        {
            assert_eq!(text.parse::<SmtpServer>().err(), Some(SmtpError::NotAnAddress), "{text}");
        }
        assert_eq!("smtp://a:b@mail.example".parse::<SmtpServer>().err(), Some(SmtpError::PasswordInTheOpen));
        assert!("smtp://a:b@localhost".parse::<SmtpServer>().is_ok());
    }
}
