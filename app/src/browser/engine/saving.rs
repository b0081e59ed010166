//! From the desk to the disk, and on to the other tabs.
//!
//! Changes that cannot be stored stay in memory and are tried again; meanwhile they are sent to the server, and the
//! status line says so. What is stored often is small; now and then a snapshot replaces it.

use super::{Doing, Engine};
use crate::browser::clock::{Timer, now_ms, random_u32, sleep};
use crate::browser::locks;
use crate::browser::store::records::{StoredUndo, SyncRecord};
use crate::browser::store::{Store, StoreError};
use crate::browser::tabs::TabMessage;
use crate::sync::replica::{Event, NewChange, Ticket};
use crate::workspace::backoff::Backoff;
use crate::workspace::shelf::Chunk;
use crate::workspace::status::SaveProblem;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::mem::take;
use std::time::Duration;

/// As many changes at once are stored as one snapshot: opening that is quicker by far.
const MANY: usize = 256;

/// What is to be written, and what has been.
#[derive(Default)]
pub(super) struct Saver {
    /// Not yet on the disk, oldest first.
    pending: Vec<Chunk>,
    /// Which of them are this device's own: told to the other tabs once stored.
    news: Vec<Vec<u8>>,
    tickets: Vec<Ticket>,
    undo_dirty: bool,
    is_writing: bool,
    failing: Option<SaveProblem>,
    backoff: Backoff,
    retry: Option<Timer>,
    /// What lies on the disk and is in the document: what a snapshot may replace.
    known: BTreeSet<String>,
    adopted_from: Option<String>,
    acknowledged_dirty: bool,
    is_compacting: bool,
}

impl Saver {
    /// Notes what was read.
    pub(super) fn opened(&mut self, keys: impl Iterator<Item = String>, adopted_from: Option<String>) {
        self.known.extend(keys);
        self.adopted_from = adopted_from;
    }

    /// Whether somebody else has stored something.
    pub(super) fn is_news(&self, keys: &[String]) -> bool {
        keys.iter().any(|key| !self.known.contains(key))
    }

    /// Notes what lies on the disk and has been read.
    pub(super) fn knows(&mut self, keys: Vec<String>) {
        self.known.extend(keys);
    }

    /// How many changes are on their way to the disk.
    pub(super) fn storing(&self) -> usize {
        self.pending.len()
    }

    /// Why the disk refuses them, if it does.
    pub(super) fn failing(&self) -> Option<SaveProblem> {
        self.failing
    }

    fn add(&mut self, chunk: Chunk) {
        if !self.pending.iter().any(|other| other.key == chunk.key) {
            self.pending.push(chunk);
        }
    }
}

impl Engine {
    /// Stores changes, answers the desk when the disk has them, and tells the other tabs.
    pub(super) fn save(&self, ticket: Ticket, changes: Vec<NewChange>) {
        let snapshot = (changes.len() > MANY).then(|| self.with_desk(|desk| Chunk::snapshot(desk.doc_mut())));
        {
            let mut saver = self.0.saver.borrow_mut();
            saver.tickets.push(ticket);
            match snapshot.flatten() {
                // It holds everything that waited before it, too.
                Some(snapshot) => saver.pending = vec![snapshot],
                None => {
                    for change in changes {
                        let is_own = change.peer.is_none()
                            && self.with_desk(|desk| desk.is_news_to_tabs(&change.hash)) == Some(true);
                        if is_own {
                            saver.news.push(change.bytes.to_vec());
                        }
                        saver.add(Chunk::change(change.hash, change.bytes.to_vec()));
                    }
                }
            }
        }
        self.write();
    }

    /// Has the undo stack stored, with the change it belongs to.
    pub(super) fn undo_changed(&self) {
        self.undo_shown();
        self.0.saver.borrow_mut().undo_dirty = true;
        self.write();
    }

    /// Shows whether there is anything to take back.
    pub(super) fn undo_shown(&self) {
        let can = self.with_desk(|desk| {
            let stack = desk.undo_stack();
            (stack.next_undo().is_some(), stack.next_redo().is_some())
        });
        if let (Some((undo, redo)), false) = (can, self.0.stopped.get()) {
            self.0.state.can_undo.maybe_update(|shown| std::mem::replace(shown, undo) != undo);
            self.0.state.can_redo.maybe_update(|shown| std::mem::replace(shown, redo) != redo);
        }
    }

    /// Writes whatever waits, one transaction at a time.
    fn write(&self) {
        {
            let mut saver = self.0.saver.borrow_mut();
            let nothing = saver.pending.is_empty() && !saver.undo_dirty;
            if saver.is_writing || saver.retry.is_some() || nothing {
                let refused = if saver.retry.is_some() { take(&mut saver.tickets) } else { Vec::new() };
                drop(saver);
                return self.refuse(refused);
            }
            saver.is_writing = true;
        }
        let engine = self.clone();
        leptos::task::spawn_local(async move {
            // What the same event brings besides goes with it.
            sleep(Duration::ZERO).await;
            while engine.write_once().await {}
            engine.0.saver.borrow_mut().is_writing = false;
            engine.tell_status();
            // Something may have come while the last answer was on its way.
            if engine.0.saver.borrow().storing() > 0 {
                engine.write();
            }
        });
    }

    /// One transaction. True if there may be more to write.
    async fn write_once(&self) -> bool {
        let (chunks, tickets, news, undo) = {
            let mut saver = self.0.saver.borrow_mut();
            let undo = take(&mut saver.undo_dirty);
            (saver.pending.clone(), take(&mut saver.tickets), take(&mut saver.news), undo)
        };
        if chunks.is_empty() && !undo {
            return false;
        }
        let undo = if undo { self.undo_to_store() } else { None };
        match self.append(&chunks, undo.as_ref()).await {
            Ok(()) => {
                self.written(&chunks, tickets, news);
                true
            }
            Err(error) => {
                {
                    let mut saver = self.0.saver.borrow_mut();
                    saver.undo_dirty |= undo.is_some();
                    let later = take(&mut saver.news);
                    saver.news = news;
                    saver.news.extend(later);
                }
                self.cannot_save(&error);
                self.refuse(tickets);
                false
            }
        }
    }

    async fn append(&self, chunks: &[Chunk], undo: Option<&StoredUndo>) -> Result<(), StoreError> {
        if self.0.erased.get() {
            return Ok(());
        }
        let known = self.0.store.borrow().clone().filter(|store| !store.is_closed());
        let store = match (known, self.0.me) {
            (Some(store), _) => store,
            (None, Some(me)) => {
                let store = Store::open(me).await?;
                *self.0.store.borrow_mut() = Some(store.clone());
                store
            }
            (None, None) => return Err(StoreError::Closed),
        };
        store.append(self.document_id(), chunks, undo).await
    }

    fn undo_to_store(&self) -> Option<StoredUndo> {
        let tab = self.0.tab.borrow().as_ref()?.name.clone();
        let adopted_from = self.0.saver.borrow_mut().adopted_from.take();
        let stack = self.with_desk(|desk| desk.undo_stack().clone())?;
        Some(StoredUndo { tab, stack, at_ms: now_ms(), adopted_from })
    }

    fn written(&self, chunks: &[Chunk], tickets: Vec<Ticket>, news: Vec<Vec<u8>>) {
        {
            let mut saver = self.0.saver.borrow_mut();
            let keys: BTreeSet<&String> = chunks.iter().map(|chunk| &chunk.key).collect();
            saver.pending.retain(|chunk| !keys.contains(&chunk.key));
            saver.known.extend(chunks.iter().map(|chunk| chunk.key.clone()));
            saver.failing = None;
            saver.backoff.reset();
        }
        if !news.is_empty()
            && let Some(channel) = &*self.0.channel.borrow()
        {
            channel.tell(&TabMessage::Changes(news));
        }
        for ticket in tickets {
            self.answer(Event::Stored { ticket });
        }
        super::super::account::ask_to_keep();
    }

    /// The disk does not take it: said so, and tried again.
    pub(super) fn cannot_save(&self, error: &StoreError) {
        leptos::logging::warn!("storage: {error}");
        let wait = {
            let mut saver = self.0.saver.borrow_mut();
            saver.failing = Some(error.problem());
            saver.backoff.next(random_u32())
        };
        let engine = self.clone();
        let timer = Timer::after(u64::from(wait) * 2, move || {
            let timer = engine.0.saver.borrow_mut().retry.take();
            // Dropped when it has run, not while it runs.
            leptos::task::spawn_local(async move { drop(timer) });
            engine.try_again();
        });
        self.0.saver.borrow_mut().retry = timer;
        self.tell_status();
    }

    fn try_again(&self) {
        if self.0.saver.borrow().storing() > 0 || self.0.saver.borrow().undo_dirty {
            return self.write();
        }
        // Nothing waits, but whether there is a disk at all is still to be found out.
        let engine = self.clone();
        leptos::task::spawn_local(async move {
            match engine.append(&[], None).await {
                Ok(()) => {
                    engine.0.saver.borrow_mut().failing = None;
                    // What could not be read at the start can be read now.
                    engine.look_at_disk();
                }
                Err(error) => engine.cannot_save(&error),
            }
            engine.tell_status();
        });
    }

    fn refuse(&self, tickets: Vec<Ticket>) {
        for ticket in tickets {
            self.answer(Event::StoreFailed { ticket });
        }
    }

    fn answer(&self, event: Event) {
        if let Some(turn) = self.with_desk(|desk| desk.handle(event, now_ms())) {
            self.take(turn, Doing::Own);
        }
    }

    /// Writes down what the server has stored: what waits is known right after a cold start.
    pub(super) fn save_acknowledged(&self) {
        let first = !std::mem::replace(&mut self.0.saver.borrow_mut().acknowledged_dirty, true);
        if !first {
            return;
        }
        let engine = self.clone();
        leptos::task::spawn_local(async move {
            sleep(Duration::from_millis(100)).await;
            engine.0.saver.borrow_mut().acknowledged_dirty = false;
            let store = engine.0.store.borrow().clone();
            let record = engine.with_desk(|desk| SyncRecord::new(desk.outbox().acknowledged()));
            if let (Some(store), Some(record), false) = (store, record, engine.0.erased.get())
                && let Err(error) = store.set_sync_record(engine.document_id(), &record).await
            {
                leptos::logging::warn!("sync record: {error}");
            }
        });
    }

    /// Replaces many small pieces by a snapshot, in a quiet moment, in one tab at a time.
    pub(super) fn compact_if_quiet(&self) {
        {
            let mut saver = self.0.saver.borrow_mut();
            let is_quiet = saver.pending.is_empty() && !saver.is_writing && saver.failing.is_none();
            if !is_quiet || saver.is_compacting || saver.known.len() < MANY {
                return;
            }
            saver.is_compacting = true;
        }
        let engine = self.clone();
        leptos::task::spawn_local(async move {
            let lock = locks::try_hold(&format!("samplan-snapshot-{}", engine.document_id())).await;
            if lock.is_some()
                && let Err(error) = engine.compact().await
            {
                leptos::logging::warn!("snapshot: {error}");
            }
            engine.0.saver.borrow_mut().is_compacting = false;
        });
    }

    async fn compact(&self) -> Result<(), StoreError> {
        let store = self.0.store.borrow().clone().ok_or(StoreError::Closed)?;
        // What is known to lie there is in the document, and so in the snapshot.
        let replaced: Vec<String> = self.0.saver.borrow().known.iter().cloned().collect();
        let Some(snapshot) = self.with_desk(|desk| Chunk::snapshot(desk.doc_mut())) else {
            return Ok(());
        };
        store.replace(self.document_id(), &snapshot, &replaced).await?;
        let mut saver = self.0.saver.borrow_mut();
        for key in &replaced {
            saver.known.remove(key);
        }
        saver.known.insert(snapshot.key);
        Ok(())
    }
}
