//! What the relay is told from outside: flags, and the environment where a flag is missing.
//!
//! Knows nothing of sockets and files: whether an address is free or a folder writable shows when it is used.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use app::limits::Limits;

use crate::mail::settings::{Sending, SmtpError, SmtpServer};

/// Help for the terminal.
pub const HELP: &str = "\
samplan: reläet som bär Samplans dokument och sidor

  --addr ADRESS:PORT    var reläet lyssnar           SAMPLAN_ADDR   (127.0.0.1:3000)
  --data MAPP           databasens mapp              SAMPLAN_DATA   (./data)
  --url URL[,URL]       adressen som användarna ser  SAMPLAN_URL    (http://127.0.0.1:PORT,http://localhost:PORT)
  --site MAPP           den byggda sajten            SAMPLAN_SITE   (target/site)
  --proxy IP[,IP]       betrodda omvända proxyer     SAMPLAN_PROXY  (inga)
  --smtp URL            servern som skickar e-post   SAMPLAN_SMTP_URL  (ingen; brev sparas och visas)
  --mail-from ADRESS    avsändare                    SAMPLAN_MAIL_FROM (krävs med --smtp)
  --mail-reply-to ADR   vart svar går                SAMPLAN_MAIL_REPLY_TO (avsändaren)
  --demo                fyll med demonstrationsdata och konton; lösenord i SAMPLAN_DEMO_PASSWORD
  --help                denna text

  samplan association …, samplan account …: förbund och konton; utan mer visas hur

Gränser (trust.md) ställs med SAMPLAN_LIMIT_*, loggen med RUST_LOG.";

/// Everything the relay needs to know before it starts.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen; port 0 takes a free one.
    pub address: SocketAddr,
    /// The folder of the database; made if it is missing.
    pub data: PathBuf,
    /// Public origins, as browsers send them in `Origin`; empty means the address listened on and `localhost`.
    pub origins: Vec<String>,
    /// The folder of the built site.
    pub site: PathBuf,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// How letters are sent; none keeps them and shows them to whom they concern.
    pub mail: Option<Sending>,
    /// Demonstration data and accounts.
    pub demo: Option<Demo>,
    /// Every bound of the relay.
    pub limits: Limits,
    /// How long a document nobody has open stays in memory.
    pub idle_document: Duration,
}

/// The wish for demonstration accounts.
#[derive(Clone, Debug, Default)]
pub struct Demo {
    /// Their password; `None` makes one up at each start and prints it.
    pub password: Option<String>,
}

/// Why the configuration cannot be used; shown on the terminal, in Swedish with the setting's name.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A flag nobody knows.
    #[error("okänd flagga {0} (unknown flag); --help visar de som finns")]
    UnknownFlag(String),
    /// A flag without its value.
    #[error("flaggan {0} saknar värde (missing value)")]
    MissingValue(String),
    /// A value that cannot be read.
    #[error("{name}: ”{value}” går inte att läsa; där ska stå {expected}")]
    Invalid {
        /// The setting.
        name: &'static str,
        /// What was given.
        value: String,
        /// What would have been right.
        expected: &'static str,
    },
    /// A limit that cannot be read.
    #[error("{0}")]
    Limit(String),
    /// Help was asked for: not an error, but nothing to start either.
    #[error("{HELP}")]
    Help,
}

impl Config {
    /// Reads flags (without the program's name), then `lookup` (the environment) for what they leave open.
    pub fn read(
        arguments: impl IntoIterator<Item = String>,
        lookup: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let mut flags = Flags::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (argument, None),
            };
            let slot = match name.as_str() {
                "--addr" => &mut flags.address,
                "--data" => &mut flags.data,
                "--url" => &mut flags.url,
                "--site" => &mut flags.site,
                "--proxy" => &mut flags.proxy,
                "--smtp" => &mut flags.smtp,
                "--mail-from" => &mut flags.mail_from,
                "--mail-reply-to" => &mut flags.mail_reply_to,
                "--demo" => {
                    flags.demo = true;
                    continue;
                }
                "--help" | "-h" => return Err(ConfigError::Help),
                _ => return Err(ConfigError::UnknownFlag(name)),
            };
            *slot = Some(inline.or_else(|| arguments.next()).ok_or(ConfigError::MissingValue(name))?);
        }
        let setting = |flag: Option<String>, name: &str, default: &str| {
            flag.or_else(|| lookup(name).filter(|value| !value.is_empty())).unwrap_or_else(|| default.to_owned())
        };

        let address = setting(flags.address, "SAMPLAN_ADDR", "127.0.0.1:3000");
        let address = address.parse().map_err(|_| ConfigError::Invalid {
            name: "SAMPLAN_ADDR",
            value: address,
            expected: "en adress och en port, som 127.0.0.1:3000",
        })?;
        let origins = list(&setting(flags.url, "SAMPLAN_URL", ""), origin)?;
        let proxies = list(&setting(flags.proxy, "SAMPLAN_PROXY", ""), |value| {
            value.parse().map_err(|_| ConfigError::Invalid {
                name: "SAMPLAN_PROXY",
                value: value.to_owned(),
                expected: "IP-adresser med komma emellan",
            })
        })?;
        let mail = sending(
            &setting(flags.smtp, "SAMPLAN_SMTP_URL", ""),
            &setting(flags.mail_from, "SAMPLAN_MAIL_FROM", ""),
            &setting(flags.mail_reply_to, "SAMPLAN_MAIL_REPLY_TO", ""),
        )?;
        Ok(Self {
            mail,
            address,
            data: setting(flags.data, "SAMPLAN_DATA", "./data").into(),
            origins,
            site: setting(flags.site, "SAMPLAN_SITE", "target/site").into(),
            proxies,
            demo: flags
                .demo
                .then(|| Demo { password: lookup("SAMPLAN_DEMO_PASSWORD").filter(|value| !value.is_empty()) }),
            limits: Limits::from_lookup(&lookup).map_err(|error| ConfigError::Limit(error.to_string()))?,
            idle_document: Duration::from_secs(60),
        })
    }

    /// The origins let in, given where the relay really listens.
    pub fn allowed_origins(&self, listening: SocketAddr) -> Vec<String> {
        if !self.origins.is_empty() {
            return self.origins.clone();
        }
        let port = listening.port();
        let mut origins = vec![format!("http://127.0.0.1:{port}"), format!("http://localhost:{port}")];
        if !listening.ip().is_loopback() && !listening.ip().is_unspecified() {
            origins.push(format!("http://{listening}"));
        }
        origins
    }

    /// Whether all users come over TLS, so that cookies may be bound to it.
    pub fn secure(&self) -> bool {
        !self.origins.is_empty() && self.origins.iter().all(|origin| origin.starts_with("https://"))
    }
}

#[derive(Default)]
struct Flags {
    address: Option<String>,
    data: Option<String>,
    url: Option<String>,
    site: Option<String>,
    proxy: Option<String>,
    smtp: Option<String>,
    mail_from: Option<String>,
    mail_reply_to: Option<String>,
    demo: bool,
}

/// How letters are sent, or that they are not.
fn sending(server: &str, from: &str, reply_to: &str) -> Result<Option<Sending>, ConfigError> {
    if server.is_empty() {
        return Ok(None);
    }
    // What was given is not shown: a password may stand in it.
    let server = server.parse::<SmtpServer>().map_err(|error| ConfigError::Invalid {
        name: "SAMPLAN_SMTP_URL",
        value: "…".to_owned(),
        expected: match error {
            SmtpError::NotAnAddress => {
                "en adress som smtps://namn:lösenord@server eller smtp://server:587?tls=required"
            }
            SmtpError::PasswordInTheOpen => {
                "en adress med TLS (smtps:// eller ?tls=required), eftersom den har ett lösenord"
            }
        },
    })?;
    let mailbox = |name, value: &str| {
        value.parse().map_err(|_| ConfigError::Invalid {
            name,
            value: value.to_owned(),
            expected: "en e-postadress, som Kurser <kurser@samplan.example>",
        })
    };
    let reply_to = (!reply_to.is_empty()).then(|| mailbox("SAMPLAN_MAIL_REPLY_TO", reply_to)).transpose()?;
    Ok(Some(Sending { server, from: mailbox("SAMPLAN_MAIL_FROM", from)?, reply_to }))
}

fn list<T>(value: &str, parse: impl Fn(&str) -> Result<T, ConfigError>) -> Result<Vec<T>, ConfigError> {
    value.split(',').map(str::trim).filter(|part| !part.is_empty()).map(parse).collect()
}

/// `https://samplan.example/` becomes the origin a browser sends: lower case, no path, no default port.
fn origin(value: &str) -> Result<String, ConfigError> {
    let invalid = || ConfigError::Invalid {
        name: "SAMPLAN_URL",
        value: value.to_owned(),
        expected: "en adress utan sökväg, som https://samplan.example",
    };
    let lower = value.to_ascii_lowercase();
    let (scheme, authority) = lower.split_once("://").ok_or_else(invalid)?;
    let authority = authority.strip_suffix('/').unwrap_or(authority);
    let default_port = match scheme {
        "http" => ":80",
        "https" => ":443",
        _ => return Err(invalid()),
    };
    let authority = authority.strip_suffix(default_port).unwrap_or(authority);
    if authority.is_empty() || authority.contains(['/', '?', '#', '@']) || !authority.is_ascii() {
        return Err(invalid());
    }
    Ok(format!("{scheme}://{authority}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(flags: &[&str], environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(flags.iter().map(|flag| (*flag).to_owned()), |name| {
            environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn nothing_given_listens_on_the_loopback_without_demo_accounts() {
        let config = read(&[], &[]).expect("as the test says");
        assert_eq!(config.address.to_string(), "127.0.0.1:3000");
        assert!(config.demo.is_none());
        assert!(!config.secure());
        assert_eq!(config.allowed_origins(config.address), ["http://127.0.0.1:3000", "http://localhost:3000"],);
    }

    #[test]
    fn a_flag_wins_over_the_environment() {
        let config = read(&["--addr", "127.0.0.1:1", "--data=/x"], &[("SAMPLAN_ADDR", "127.0.0.1:2")])
            .expect("as the test says");
        assert_eq!(config.address.port(), 1);
        assert_eq!(config.data, PathBuf::from("/x"));
    }

    #[test]
    fn public_addresses_become_origins_as_browsers_send_them() {
        let config = read(&[], &[("SAMPLAN_URL", "HTTPS://Samplan.example:443/, https://b.example:8443")])
            .expect("as the test says");
        assert_eq!(config.origins, ["https://samplan.example", "https://b.example:8443"]);
        assert!(config.secure());
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_the_name_of_the_setting() {
        let check = |flags: &[&str], environment: &[(&str, &str)], part: &str| {
            let message = read(flags, environment).expect_err("as the test says").to_string();
            assert!(message.contains(part), "{message}");
        };
        check(&["--nej"], &[], "--nej");
        check(&["--data"], &[], "--data");
        check(&[], &[("SAMPLAN_ADDR", "hej")], "SAMPLAN_ADDR");
        check(&[], &[("SAMPLAN_URL", "samplan.example")], "SAMPLAN_URL");
        check(&[], &[("SAMPLAN_URL", "https://samplan.example/plan")], "SAMPLAN_URL");
        check(&["--smtp", "mail.example"], &[], "SAMPLAN_SMTP_URL");
        check(&["--smtp", "smtp://mail.example"], &[], "SAMPLAN_MAIL_FROM");
        check(&["--smtp=smtp://mail.example", "--mail-from=ingen"], &[], "SAMPLAN_MAIL_FROM");
    }

    #[test]
    fn letters_are_sent_from_the_address_that_was_given_and_passwords_stay_out_of_what_is_shown() {
        let config = read(
            &["--mail-from", "Kurser <kurser@samplan.example>"],
            &[
                ("SAMPLAN_SMTP_URL", "smtps://namn:hemligt@mail.example"),
                ("SAMPLAN_MAIL_REPLY_TO", "svar@samplan.example"),
            ],
        )
        .expect("as the test says");
        assert!(!format!("{config:?}").contains("hemligt"));
        let mail = config.mail.expect("there is a server");
        assert_eq!(mail.from.to_string(), "Kurser <kurser@samplan.example>");
        assert_eq!(mail.reply_to.map(|to| to.to_string()).as_deref(), Some("svar@samplan.example"));
        let refused = read(&["--smtp", "smtp://namn:hemligt@mail.example"], &[]).expect_err("no TLS").to_string();
        assert!(refused.contains("TLS") && !refused.contains("hemligt"), "{refused}");
    }
}
