//! One connection to the mail server, kept from letter to letter.

use std::time::Duration;

use lettre::{
    Message,
    transport::smtp::{
        authentication::Mechanism,
        client::{AsyncSmtpConnection, TlsParameters},
        extension::ClientId,
    },
};
use tokio::time::timeout;

use super::settings::{SmtpServer, Tls};

/// How long the server may take to say that it is still there, and to say goodbye.
const SHORT: Duration = Duration::from_secs(5);

/// What went wrong with one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It may go better another time.
    ForNow,
    /// It never will: the code the server gave.
    ForGood(u16),
}

/// Why there is no connection: what the log may say of it.
#[derive(Debug, thiserror::Error)]
pub enum NoConnection {
    /// The server did not answer, or not as it should.
    #[error(transparent)]
    Server(#[from] lettre::transport::smtp::Error),
    /// It took too long.
    #[error("the mail server does not answer")]
    Slow,
}

/// An open connection.
pub struct Connection {
    inner: AsyncSmtpConnection,
    patience: Duration,
}

impl Connection {
    /// Opens one, over TLS and signed in as the settings say.
    pub async fn open(server: &SmtpServer, patience: Duration) -> Result<Self, NoConnection> {
        let inner = timeout(patience, open(server, patience)).await.map_err(|_| NoConnection::Slow)??;
        Ok(Self { inner, patience })
    }

    /// Whether the server is still at the other end.
    pub async fn is_alive(&mut self) -> bool {
        !self.inner.has_broken() && timeout(SHORT, self.inner.test_connected()).await.unwrap_or(false)
    }

    /// Hands a letter over. After a refusal the connection is not to be used again.
    pub async fn send(&mut self, message: &Message) -> Result<(), Refusal> {
        let bytes = message.formatted();
        match timeout(self.patience, self.inner.send(message.envelope(), &bytes)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if error.is_permanent() => Err(Refusal::ForGood(error.status().map_or(500, u16::from))),
            Ok(Err(_)) | Err(_) => Err(Refusal::ForNow),
        }
    }

    /// Says goodbye.
    pub async fn close(mut self) {
        let _ = timeout(SHORT, self.inner.quit()).await;
    }
}

async fn open(server: &SmtpServer, patience: Duration) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
    let name = ClientId::default();
    let parameters = || TlsParameters::new(server.host.clone());
    let wrapped = if server.tls == Tls::Wrapped { Some(parameters()?) } else { None };
    let address = (server.host.as_str(), server.port);
    let mut connection = AsyncSmtpConnection::connect_tokio1(address, Some(patience), &name, wrapped, None).await?;
    if server.tls == Tls::Required {
        connection.starttls(parameters()?, &name).await?;
    }
    if let Some(credentials) = &server.credentials {
        connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await?;
    }
    Ok(connection)
}
