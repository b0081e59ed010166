//! Many people edit a few documents at once: how long until each of the others has a change?

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
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
    sync::watch,
    task::JoinSet,
    time::{sleep, sleep_until, timeout},
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

/// What all editors wait for, one after the other.
#[derive(Clone, Copy)]
enum Phase {
    Gathering,
    Editing { since: Instant },
    Over,
}

/// When one editor edits. Each edit has its time from the start, so that their number does not depend on who was late.
struct Plan {
    next: Instant,
    pause: Duration,
    counted: Instant,
    ends: Instant,
}

impl Plan {
    fn is_over(&self) -> bool {
        self.next >= self.ends
    }

    /// Goes on to the next edit; whether the one before it counts.
    fn step(&mut self) -> bool {
        let is_counted = self.next >= self.counted;
        self.next += self.pause;
        is_counted
    }
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
    let seconds = Duration::from_secs(options.number("seconds")?);
    let pause = Duration::from_micros(1_000_000 * clients / rate);
    let boards: Vec<Arc<Board>> = documents.iter().map(|_| Arc::default()).collect();
    let (phase, phases) = watch::channel(Phase::Gathering);

    let mut running = JoinSet::new();
    let editing = Arc::new(AtomicU64::new(clients));
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
        // Spread over the pause, so that edits come evenly.
        let offset = pause * u32::try_from(index)? / u32::try_from(clients)?;
        let plan = move |since: Instant| {
            let counted = since + WARM_UP;
            Plan { next: since + offset, pause, counted, ends: counted + seconds }
        };
        running.spawn(editor.work(phases.clone(), plan, editing.clone()));
    }

    phase.send(Phase::Editing { since: Instant::now() })?;
    sleep(WARM_UP).await;
    let relay = options.text("pid").unwrap_or_default();
    let (before, own_before) = (cpu_time(relay)?, cpu_time("self")?);
    sleep(seconds).await;
    while editing.load(Ordering::Acquire) > 0 {
        if let Some(finished) = running.try_join_next() {
            finished??;
        }
        sleep(Duration::from_millis(10)).await;
    }
    let own = cpu_time("self")?.saturating_sub(own_before);
    let delivered = || boards.iter().map(|board| board.took.lock().map_or(0, |took| took.len())).sum::<usize>();
    let edits = boards.iter().map(|board| board.made.lock().map_or(0, |made| made.len())).sum::<usize>();
    let expected = edits * (usize::try_from(clients)? / documents.len() - 1);
    let patience = Instant::now() + DRAIN;
    while delivered() < expected && Instant::now() < patience {
        sleep(Duration::from_millis(10)).await;
    }
    let cpu = cpu_time(relay)?.saturating_sub(before);
    phase.send(Phase::Over)?;
    while let Some(finished) = running.join_next().await {
        finished??;
    }

    let mut took = Vec::new();
    for board in &boards {
        took.extend(board.took.lock().map_err(|_| "a client panicked")?.iter().copied());
    }
    took.sort_unstable();
    let at = |percent: usize| took.get((took.len() * percent / 100).min(took.len().saturating_sub(1))).copied();
    let each = |time: u64| u64::try_from(took.len()).ok().and_then(|count| time.checked_div(count));
    Ok(json!({
        "edits": edits, "deliveries": took.len(), "missing": expected.saturating_sub(took.len()),
        "p50": at(50), "p95": at(95), "p99": at(99), "most": took.last(),
        "cpu": cpu, "cpu_per_delivery": each(cpu), "generator_cpu_per_delivery": each(own),
    }))
}

/// The processor time that a program has used so far, user and system, in microseconds; zero if none is named. Linux
/// counts it in hundredths of a second for every program, whatever its clock.
fn cpu_time(pid: &str) -> Result<u64, Failure> {
    if pid.is_empty() {
        return Ok(0);
    }
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

    /// Edits by the plan, and takes what comes until all is over. `editing` counts those who still edit.
    async fn work(
        mut self,
        mut phases: watch::Receiver<Phase>,
        plan: impl FnOnce(Instant) -> Plan,
        editing: Arc<AtomicU64>,
    ) -> Result<(), Failure> {
        // Heard meanwhile, or a relay that pings would take it for gone before the last has come.
        let since = loop {
            if let Phase::Editing { since } = *phases.borrow_and_update() {
                break since;
            }
            tokio::select! {
                changed = phases.changed() => changed?,
                message = self.client.next() => self.receive(message?).await?,
            }
        };
        let mut plan = plan(since);
        loop {
            tokio::select! {
                () = sleep_until(plan.next.into()), if !plan.is_over() => {
                    let is_counted = plan.step();
                    self.edit(is_counted).await?;
                    if plan.is_over() {
                        editing.fetch_sub(1, Ordering::AcqRel);
                    }
                }
                message = self.client.next() => self.receive(message?).await?,
                _ = phases.changed() => return Ok(()),
            }
        }
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
