//! Many people edit a few documents at once: how long until each of the others has a change?

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use app::{domain::ids::DocumentId, sync::wire::Message};
use automerge::{
    AutoCommit, ChangeHash, ROOT, ReadDoc,
    sync::{self, SyncDoc},
    transaction::Transactable,
};
use serde_json::json;
use tokio::{
    sync::{Barrier, watch},
    task::JoinSet,
    time::{MissedTickBehavior, interval_at, sleep, timeout},
};

use crate::{
    client::{Client, Failure},
    options::Options,
};

/// The first seconds are not counted: connections warm up, documents get their first changes.
const WARM_UP: Duration = Duration::from_secs(2);

/// How long to wait after the last edit for what is still under way.
const DRAIN: Duration = Duration::from_secs(8);

/// When each change was made, and how long each delivery of it took. One for each document.
#[derive(Default)]
struct Board {
    made: Mutex<HashMap<ChangeHash, Instant>>,
    took: Mutex<Vec<u64>>,
}

/// Runs the load: its times and counts.
pub async fn run(options: Options) -> Result<serde_json::Value, Failure> {
    let documents: Vec<DocumentId> = options
        .text("documents")
        .ok_or("--documents is missing")?
        .split(',')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| "--documents holds something that is no document id")?;
    let clients = options.number("clients")?;
    let rate = options.number("rate")?;
    let seconds = options.number("seconds")?;
    let pause = Duration::from_micros(1_000_000 * clients / rate);
    let boards: Vec<Arc<Board>> = documents.iter().map(|_| Arc::default()).collect();
    let everyone = Arc::new(Barrier::new(usize::try_from(clients)? + 1));
    let (over, is_over) = watch::channel(false);

    let mut running = JoinSet::new();
    for index in 0..clients {
        let place = usize::try_from(index)? % documents.len();
        let mut editor = Editor {
            client: Client::connect(&options, format!("load-{index}")).await?,
            document: documents[place],
            copy: AutoCommit::new(),
            state: sync::State::new(),
            board: boards[place].clone(),
            key: format!("k{index}"),
            edits: 0,
        };
        // The first of each document brings its content, and only then come the others.
        if place == usize::try_from(index)? {
            editor.write()?;
        }
        timeout(Duration::from_secs(20), editor.catch_up()).await.map_err(|_| "a document did not come")??;
        let (everyone, mut is_over) = (everyone.clone(), is_over.clone());
        // Spread over the pause, so that edits come evenly.
        let offset = pause * u32::try_from(index)? / u32::try_from(clients)?;
        running.spawn(async move {
            // Heard meanwhile, or a relay that pings would take it for gone before the last has come.
            let all_here = everyone.wait();
            tokio::pin!(all_here);
            loop {
                tokio::select! {
                    _ = &mut all_here => break,
                    message = editor.client.next() => editor.receive(message?).await?,
                }
            }
            let began = Instant::now() + offset;
            let (counted, ends) = (began + WARM_UP, began + WARM_UP + Duration::from_secs(seconds));
            let mut ticks = interval_at((began + pause / 2).into(), pause);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
            let mut made = 0_u64;
            loop {
                tokio::select! {
                    _ = ticks.tick(), if Instant::now() < ends => {
                        let is_counted = Instant::now() >= counted;
                        made += u64::from(is_counted);
                        editor.edit(is_counted).await?;
                    }
                    message = editor.client.next() => editor.receive(message?).await?,
                    _ = is_over.changed() => break,
                }
            }
            Ok::<u64, Failure>(made)
        });
    }

    everyone.wait().await;
    sleep(WARM_UP).await;
    let before = cpu_time(&options)?;
    sleep(Duration::from_secs(seconds) + pause).await;
    let delivered = || boards.iter().map(|board| board.took.lock().map_or(0, |took| took.len())).sum::<usize>();
    let made = || boards.iter().map(|board| board.made.lock().map_or(0, |made| made.len())).sum::<usize>();
    let others = usize::try_from(clients)? / documents.len() - 1;
    let patience = Instant::now() + DRAIN;
    while delivered() < made() * others && Instant::now() < patience {
        sleep(Duration::from_millis(50)).await;
    }
    let cpu = cpu_time(&options)?.saturating_sub(before);
    over.send(true)?;
    let mut edits = 0;
    while let Some(finished) = running.join_next().await {
        edits += finished??;
    }

    let mut took = Vec::new();
    for board in &boards {
        took.extend(board.took.lock().map_err(|_| "a client panicked")?.iter().copied());
    }
    took.sort_unstable();
    let at = |percent: usize| took.get((took.len() * percent / 100).min(took.len().saturating_sub(1))).copied();
    let expected = usize::try_from(edits)? * others;
    Ok(json!({
        "edits": edits, "deliveries": took.len(), "missing": expected.saturating_sub(took.len()),
        "p50": at(50), "p95": at(95), "p99": at(99), "most": took.last(),
        "cpu": cpu, "cpu_per_delivery": u64::try_from(took.len()).ok().and_then(|count| cpu.checked_div(count)),
    }))
}

/// The processor time that the relay (`--pid`) has used so far, user and system, in microseconds. Linux counts it in
/// hundredths of a second for every program, whatever its clock.
fn cpu_time(options: &Options) -> Result<u64, Failure> {
    let Some(pid) = options.text("pid") else { return Ok(0) };
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name of the program, in brackets, may hold spaces; what is counted comes after it.
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2).map(str::parse::<u64>).sum::<Result<u64, _>>()?;
    Ok(ticks * 10_000)
}

/// A client with its copy of one document.
pub struct Editor {
    client: Client,
    document: DocumentId,
    /// Its copy.
    pub copy: AutoCommit,
    state: sync::State,
    board: Arc<Board>,
    key: String,
    edits: u64,
}

impl Editor {
    /// A client that measures nothing.
    pub fn new(client: Client, document: DocumentId, copy: AutoCommit, state: sync::State) -> Self {
        Self { client, document, copy, state, board: Arc::default(), key: String::new(), edits: 0 }
    }

    /// Changes its own key, as one edit of a cell does.
    fn write(&mut self) -> Result<Option<ChangeHash>, Failure> {
        self.edits += 1;
        self.copy.put(ROOT, &self.key, i64::try_from(self.edits)?)?;
        Ok(self.copy.commit())
    }

    /// Edits and sends. Only what is counted is put on the board.
    async fn edit(&mut self, counted: bool) -> Result<(), Failure> {
        let now = Instant::now();
        if let (Some(hash), true) = (self.write()?, counted) {
            self.board.made.lock().map_err(|_| "a client panicked")?.insert(hash, now);
        }
        self.send().await
    }

    async fn send(&mut self) -> Result<(), Failure> {
        match self.copy.sync().generate_sync_message(&mut self.state) {
            Some(message) => self.client.send_sync(self.document, message.encode()).await,
            None => Ok(()),
        }
    }

    /// Takes a message, notes what has come with it, and answers.
    async fn receive(&mut self, message: Message) -> Result<(), Failure> {
        let data = match message {
            Message::Sync(parcel) | Message::Request(parcel) if parcel.document == self.document => parcel.data,
            Message::DocUnavailable { .. } => return Err("the relay does not have the document".into()),
            Message::Error { message } => return Err(message.into()),
            _ => return Ok(()),
        };
        let before = self.copy.get_heads();
        self.copy.sync().receive_sync_message(&mut self.state, sync::Message::decode(&data)?)?;
        let now = Instant::now();
        let come: Vec<_> = self.copy.get_changes(&before).iter().map(automerge::Change::hash).collect();
        if !come.is_empty() {
            let made = self.board.made.lock().map_err(|_| "a client panicked")?;
            let times: Vec<_> = come.iter().filter_map(|hash| made.get(hash)).map(|at| now - *at).collect();
            drop(made);
            let mut took = self.board.took.lock().map_err(|_| "a client panicked")?;
            took.extend(times.iter().filter_map(|time| u64::try_from(time.as_micros()).ok()));
        }
        self.send().await
    }

    /// Syncs until both sides have the same, and something.
    pub async fn catch_up(&mut self) -> Result<(), Failure> {
        self.send().await?;
        loop {
            let heads = self.copy.get_heads();
            let has_content = self.copy.keys(ROOT).next().is_some();
            if has_content && self.state.their_heads.as_ref() == Some(&heads) {
                return Ok(());
            }
            let message = self.client.next().await?;
            self.receive(message).await?;
        }
    }
}
