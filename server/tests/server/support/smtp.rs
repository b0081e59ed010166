//! A mail server on port 0 that speaks real SMTP, and misbehaves as it is told.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// How the server meets one letter; what is not scripted is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    Accept,
    /// This code for the recipient.
    RefuseRecipient(u16),
    /// This code after the letter has come.
    RefuseLetter(u16),
    /// The connection ends within the letter.
    DropWithinLetter,
    /// The letter is taken, and the connection ends before that is said.
    DropBeforeAnswer,
}

/// A letter that came.
#[derive(Clone, Debug)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    pub bytes: Vec<u8>,
}

#[derive(Default)]
struct Shared {
    script: Mutex<VecDeque<Behaviour>>,
    received: Mutex<Vec<Received>>,
    connections: AtomicUsize,
}

/// A mail server that runs.
pub struct MailServer {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

impl MailServer {
    /// Starts one with a script, one line for each letter.
    pub async fn start(script: &[Behaviour]) -> Self {
        Self::start_at("127.0.0.1:0".parse().unwrap(), script).await
    }

    /// As [`start`](Self::start), where it was before.
    pub async fn start_at(address: SocketAddr, script: &[Behaviour]) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let shared = Arc::new(Shared { script: Mutex::new(script.iter().copied().collect()), ..Shared::default() });
        let address = listener.local_addr().unwrap();
        let (of_task, mut talks) = (shared.clone(), tokio::task::JoinSet::new());
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                of_task.connections.fetch_add(1, Ordering::SeqCst);
                talks.spawn(talk(stream, of_task.clone()));
            }
        });
        Self { address, shared, accepting }
    }

    /// Its address as a setting.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// What has come so far.
    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap().clone()
    }

    /// How many connections there have been.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn talk(stream: TcpStream, shared: Arc<Shared>) -> Option<()> {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading);
    writing.write_all(b"220 test ESMTP\r\n").await.ok()?;
    let (mut from, mut to, mut behaviour) = (String::new(), Vec::new(), Behaviour::Accept);
    loop {
        let line = read(&mut lines).await?;
        let line = String::from_utf8(line).unwrap().trim_end().to_owned();
        let answer = match line.split([' ', ':']).next().unwrap().to_ascii_uppercase().as_str() {
            "EHLO" => "250-test\r\n250-8BITMIME\r\n250 SIZE 10000000".to_owned(),
            "MAIL" => {
                (from, to) = (between_brackets(&line), Vec::new());
                behaviour = shared.script.lock().unwrap().pop_front().unwrap_or(Behaviour::Accept);
                "250 OK".to_owned()
            }
            "RCPT" => match behaviour {
                Behaviour::RefuseRecipient(code) => format!("{code} no"),
                _ => {
                    to.push(between_brackets(&line));
                    "250 OK".to_owned()
                }
            },
            "DATA" => {
                writing.write_all(b"354 go on\r\n").await.ok()?;
                let bytes = letter(&mut lines, behaviour).await?;
                let letter = Received { from: from.clone(), to: to.clone(), bytes };
                match behaviour {
                    Behaviour::RefuseLetter(code) => format!("{code} no"),
                    Behaviour::DropBeforeAnswer => {
                        shared.received.lock().unwrap().push(letter);
                        return None;
                    }
                    _ => {
                        shared.received.lock().unwrap().push(letter);
                        "250 taken".to_owned()
                    }
                }
            }
            "NOOP" | "RSET" => "250 OK".to_owned(),
            "QUIT" => {
                writing.write_all(b"221 bye\r\n").await.ok()?;
                return None;
            }
            _ => "502 what".to_owned(),
        };
        writing.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    }
}

/// The lines of a letter up to the one with a dot alone.
async fn letter(lines: &mut BufReader<tokio::net::tcp::OwnedReadHalf>, behaviour: Behaviour) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let line = read(lines).await?;
        if line == b".\r\n" {
            return Some(bytes);
        }
        bytes.extend(line.strip_prefix(b".").unwrap_or(&line));
        if behaviour == Behaviour::DropWithinLetter {
            return None;
        }
    }
}

async fn read(lines: &mut BufReader<tokio::net::tcp::OwnedReadHalf>) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    let length = lines.read_until(b'\n', &mut line).await.ok()?;
    (length > 0).then_some(line)
}

fn between_brackets(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}
