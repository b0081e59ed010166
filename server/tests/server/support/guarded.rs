//! A mail server that protects its connections with a certificate of its own, and lets in whoever knows the password.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};

/// For `localhost`, by nobody that a system trusts; made for these tests with `openssl req -x509`.
const CERTIFICATE: &[u8] = include_bytes!("tls/mail.crt");
const KEY: &[u8] = include_bytes!("tls/mail.key");
/// The name `kurser` and the password `hemligt`, as AUTH PLAIN has them.
const CREDENTIALS: &str = "AUTH PLAIN AGt1cnNlcgBoZW1saWd0";

/// What a server offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// STARTTLS, and no word before it.
    Tls,
    /// Everything in the open.
    Open,
}

/// A server that runs.
pub struct Guarded {
    pub address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
    accepting: JoinHandle<()>,
}

impl Guarded {
    /// Starts one on port 0.
    pub async fn start(offer: Offer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, heard) = (listener.local_addr().unwrap(), Arc::<Mutex<Vec<String>>>::default());
        let of_task = heard.clone();
        let accepting = tokio::spawn(async move {
            let mut talks = tokio::task::JoinSet::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let heard = of_task.clone();
                talks.spawn(async move {
                    stream.write_all(b"220 test ESMTP\r\n").await.ok()?;
                    talk(&mut stream, "open", offer, &heard).await?;
                    stream.write_all(b"220 go on\r\n").await.ok()?;
                    let mut stream = acceptor().accept(stream).await.ok()?;
                    talk(&mut stream, "tls", Offer::Open, &heard).await
                });
            }
        });
        Self { address, heard, accepting }
    }

    /// Where the certificate lies.
    pub fn certificate() -> &'static str {
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/server/support/tls/mail.crt")
    }

    /// The commands that came, each after `open` or `tls`.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn acceptor() -> TlsAcceptor {
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(CERTIFICATE).collect::<Result<_, _>>().unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// Answers until the connection ends; something where it is to go on protected.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    how: &str,
    offer: Offer,
    heard: &Mutex<Vec<String>>,
) -> Option<()> {
    loop {
        let line = line(stream).await?;
        heard.lock().unwrap().push(format!("{how} {line}"));
        let answer = match line.split([' ', ':']).next().unwrap().to_ascii_uppercase().as_str() {
            "EHLO" if offer == Offer::Tls => "250-test\r\n250-STARTTLS\r\n250 SIZE 10000000",
            "EHLO" => "250-test\r\n250-8BITMIME\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 10000000",
            "STARTTLS" if offer == Offer::Tls => return Some(()),
            "AUTH" if line == CREDENTIALS => "235 in",
            "AUTH" => "535 no",
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.ok()?;
                while self::line(stream).await? != "." {}
                "250 taken"
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await.ok()?;
                return None;
            }
            _ => "250 OK",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    }
}

/// A line, byte by byte: what follows STARTTLS is not to be read before its time.
async fn line<S: AsyncRead + Unpin>(stream: &mut S) -> Option<String> {
    let mut line = Vec::new();
    loop {
        match stream.read_u8().await.ok()? {
            b'\n' => return Some(String::from_utf8_lossy(&line).trim_end().to_owned()),
            byte => line.push(byte),
        }
    }
}
