//! From the disk to the desk: the document, its undo stack and what the server had of it.

use super::Engine;
use crate::boot::DocumentInfo;
use crate::browser::clock::{Ticker, now_ms, random_bytes, uptime_ms};
use crate::browser::listen::Listener;
use crate::browser::read_ahead;
use crate::browser::store::records::{DocumentRecord, StoredUndo};
use crate::browser::store::{Store, StoreError};
use crate::browser::tabs::{self, OwnTab, TabChannel, TabMessage};
use crate::browser::updates;
use crate::document;
use crate::limits::Limits;
use crate::sync::replica::Replica;
use crate::workspace::NoticeKind;
use crate::workspace::adoption::{self, Found};
use crate::workspace::desk::Desk;
use crate::workspace::shelf::{Assembled, Chunk, assemble};
use automerge::ChangeHash;
use leptos::prelude::*;
use std::sync::Arc;

/// What lay on the disk.
struct OnDisk {
    chunks: Vec<Chunk>,
    acknowledged: Vec<ChangeHash>,
    undo: Option<StoredUndo>,
}

impl Engine {
    /// Reads the document from the disk, puts it on the desk, and calls the server.
    pub(super) async fn open(&self) {
        let tab = OwnTab::claim().await;
        *self.0.tab.borrow_mut() = Some(tab.clone());
        let found = match self.read_disk(&tab.name).await {
            Ok(found) => Some(found),
            Err(error) => {
                self.cannot_save(&error);
                None
            }
        };
        if self.0.stopped.get() {
            return;
        }
        self.put_on_desk(found).await;
        self.join_tabs();
        self.flush_queued();
        self.connect_first();
        self.tell_status();
        self.remember_document().await;
    }

    async fn read_disk(&self, tab: &str) -> Result<OnDisk, StoreError> {
        let Some(me) = self.0.me else {
            return Err(StoreError::Closed);
        };
        let store = Store::open(me).await?;
        let id = self.document_id();
        let chunks = store.chunks(id).await?;
        let acknowledged = store.sync_record(id).await?.acknowledged();
        let undo = choose_undo(tab, store.undo_stacks(id).await?).await;
        *self.0.store.borrow_mut() = Some(store);
        Ok(OnDisk { chunks, acknowledged, undo })
    }

    async fn put_on_desk(&self, found: Option<OnDisk>) {
        let OnDisk { chunks, acknowledged, undo } =
            found.unwrap_or(OnDisk { chunks: Vec::new(), acknowledged: Vec::new(), undo: None });
        let Assembled { doc, broken } = match read_ahead::take(self.document_id(), &chunks) {
            Some(mut assembled) => {
                document::write_as(&mut assembled.doc, random_bytes(), self.0.me);
                assembled
            }
            None => assemble(&chunks, random_bytes(), self.0.me),
        };
        let adopted_from = undo.as_ref().map(|undo| undo.tab.clone());
        let stack = undo.map(|undo| undo.stack).unwrap_or_default();
        let limits = Arc::new(Limits::default());
        let replica = Replica::client(self.document_id(), doc, limits).with_known(acknowledged.clone());
        let desk = Desk::open(self.0.screen.kind(), replica, stack, acknowledged, uptime_ms());
        *self.0.desk.borrow_mut() = Some(desk);
        let readable = chunks.iter().filter(|chunk| !broken.contains(&chunk.key));
        self.0.saver.borrow_mut().opened(readable.map(|chunk| chunk.key.clone()), adopted_from);
        self.undo_shown();
        self.remember_title();
        if !broken.is_empty() {
            self.put_aside(chunks, &broken).await;
        }
    }

    /// What cannot be read is kept apart, and comes anew from the server.
    async fn put_aside(&self, chunks: Vec<Chunk>, broken: &[String]) {
        self.0.state.notify(NoticeKind::CopyBroken);
        let broken: Vec<Chunk> = chunks.into_iter().filter(|chunk| broken.contains(&chunk.key)).collect();
        let store = self.0.store.borrow().clone();
        if let Some(store) = store
            && let Err(error) = store.quarantine(self.document_id(), &broken).await
        {
            leptos::logging::warn!("quarantine: {error}");
        }
    }

    /// The document in memory is not to be trusted any more: what is on the disk takes its place.
    pub(super) fn reload(&self) {
        let engine = self.clone();
        leptos::task::spawn_local(async move {
            let store = engine.0.store.borrow().clone();
            let Some(store) = store else { return };
            let Ok(chunks) = store.chunks(engine.document_id()).await else { return };
            let Assembled { doc, .. } = assemble(&chunks, random_bytes(), engine.0.me);
            if let Some(turn) = engine.with_desk(|desk| desk.reloaded(doc, now_ms())) {
                engine.take(turn, super::Doing::Others);
            }
        });
    }

    /// What another tab has stored while this one slept.
    pub(super) fn look_at_disk(&self) {
        let engine = self.clone();
        leptos::task::spawn_local(async move {
            let store = engine.0.store.borrow().clone();
            let Some(store) = store else { return };
            let id = engine.document_id();
            let Ok(keys) = store.chunk_keys(id).await else { return };
            if !engine.0.saver.borrow().is_news(&keys) {
                return;
            }
            let Ok(chunks) = store.chunks(id).await else { return };
            let changes: Vec<Vec<u8>> = chunks.into_iter().map(|chunk| chunk.bytes).collect();
            engine.0.saver.borrow_mut().knows(keys);
            engine.changes_from_tab(&changes);
        });
    }

    fn changes_from_tab(&self, changes: &[Vec<u8>]) {
        if let Some(turn) = self.with_desk(|desk| desk.changes_from_tab(changes, now_ms())) {
            self.take(turn, super::Doing::Others);
        }
    }

    fn join_tabs(&self) {
        let Some(me) = self.0.me else { return };
        let engine = self.clone();
        let name = tabs::channel_name(me, self.document_id());
        *self.0.channel.borrow_mut() = TabChannel::open(&name, move |message| match message {
            TabMessage::Changes(changes) => engine.changes_from_tab(&changes),
            TabMessage::SignedOut => crate::browser::account::leave_page(),
        });
    }

    /// A title that changes is the one that lists on this device have from then on.
    pub(super) fn remember_title(&self) {
        let Some(title) = self.with_desk(|desk| document::any::title(desk.doc_mut())).flatten() else { return };
        let before = self.0.said_title.replace(Some(title.clone()));
        if before.is_none_or(|before| before == title) {
            return;
        }
        self.0.title.replace(title);
        let engine = self.clone();
        leptos::task::spawn_local(async move { engine.remember_document().await });
    }

    /// Notes title, rights and names, so that the plan can be opened without a network.
    async fn remember_document(&self) {
        let store = self.0.store.borrow().clone();
        let people = self.0.state.people.try_get_value().unwrap_or_default();
        let info = DocumentInfo { title: self.0.title.borrow().clone(), ..self.0.document.clone() };
        let record = DocumentRecord { info, people: people.into_values().collect() };
        if let Some(store) = store
            && let Err(error) = store.set_document(&record).await
        {
            leptos::logging::warn!("document: {error}");
        }
    }

    /// Follows what happens to the page.
    pub(super) fn listen(&self) {
        let Some(window) = web_sys::window() else { return };
        let on = |event, act: fn(&Self)| {
            let engine = self.clone();
            Listener::new(&window, event, move |_| act(&engine))
        };
        let mut listeners = vec![
            on("online", Self::network_back),
            on("offline", Self::network_gone),
            on("pagehide", Self::leave_meeting),
        ];
        let engine = self.clone();
        listeners.push(Listener::new(&window, "beforeunload", move |event| {
            if engine.is_unsafe_to_close() {
                event.prevent_default();
            }
        }));
        if let Some(document) = window.document() {
            let engine = self.clone();
            listeners.push(Listener::new(&document.clone(), "visibilitychange", move |_| {
                if !document.hidden() {
                    engine.look_at_disk();
                    engine.woken();
                }
            }));
        }
        let new_version = self.0.state.new_version;
        listeners.extend(updates::when_newer(move || new_version.set(true)));
        *self.0.listeners.borrow_mut() = listeners;
        let engine = self.clone();
        *self.0.ticker.borrow_mut() = Ticker::every(1_000, move || engine.tick());
    }
}

/// The stack this tab goes on with: its own, or that of a tab that is gone.
async fn choose_undo(tab: &str, stacks: Vec<StoredUndo>) -> Option<StoredUndo> {
    let mut found = Vec::with_capacity(stacks.len());
    for stack in &stacks {
        found.push(Found {
            tab: stack.tab.clone(),
            at_ms: stack.at_ms,
            is_alive: stack.tab == tab || tabs::is_alive(&stack.tab).await,
        });
    }
    let chosen = adoption::choose(tab, &found, now_ms())?.tab.clone();
    stacks.into_iter().find(|stack| stack.tab == chosen)
}
