//! A document being worked on: the document and its peers, the read model, undo, and what the server lacks, kept in
//! step with each other.
//!
//! No clock, no signals and no browser: events in, [`Turn`]s out. The engine carries out their effects and shows what
//! they touched.

use super::outbox::Outbox;
use crate::document::history::{Asked, History};
use crate::document::{self, Command, CommandError, Content, EditContext, Kind, Touched, UndoStack, Undone, any};
use crate::sync::replica::{Effect, Event, Replica};
use automerge::{AutoCommit, ChangeHash};
use std::collections::BTreeSet;

/// One open document.
pub struct Desk {
    replica: Replica,
    kind: Kind,
    content: Content,
    undo: UndoStack,
    outbox: Outbox,
    /// Changes that another tab of this browser brought: stored there, and not to be told to it again.
    from_tabs: BTreeSet<ChangeHash>,
}

/// What came of an event.
#[derive(Default)]
pub struct Turn {
    /// To be carried out, in order.
    pub effects: Vec<Effect>,
    /// To be shown.
    pub touched: Touched,
    /// Whether the undo stack changed.
    pub undo_changed: bool,
    /// Whether what the server has acknowledged changed.
    pub acknowledged_changed: bool,
}

impl Desk {
    /// Puts a document on the desk: with what the server had acknowledged of it when last heard of.
    pub fn open(kind: Kind, mut replica: Replica, undo: UndoStack, acknowledged: Vec<ChangeHash>, now_ms: u64) -> Self {
        let content = Content::track(kind, replica.doc_mut());
        let outbox = Outbox::open(replica.doc_mut(), acknowledged, now_ms);
        Self { replica, kind, content, undo, outbox, from_tabs: BTreeSet::new() }
    }

    /// Whether the document is here at all; before the first sync it is empty.
    pub fn is_loaded(&self) -> bool {
        self.kind.is_in(self.replica.doc())
    }

    /// What pages show.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The user's own edits.
    pub fn undo_stack(&self) -> &UndoStack {
        &self.undo
    }

    /// What the server lacks.
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// Who changed what: the changes that are asked for, the latest first.
    pub fn history(&mut self, asked: &Asked) -> History {
        any::history(self.kind, self.replica.doc_mut(), asked)
    }

    /// The document itself, for saving and for handing over.
    pub fn doc_mut(&mut self) -> &mut AutoCommit {
        self.replica.doc_mut()
    }

    /// Does what the user asked for.
    ///
    /// # Errors
    /// If the command does not fit the plan. Then nothing of it has been done.
    pub fn edit(&mut self, command: &Command, now_ms: i64) -> Result<Turn, CommandError> {
        let context = EditContext { now_ms };
        let edited = any::edit(self.replica.doc_mut(), command, &context)?;
        if !edited.changed {
            return Ok(Turn::default());
        }
        if let Some(step) = edited.step {
            self.undo.push(step);
        }
        Ok(Turn { undo_changed: true, ..self.local_change(now_ms) })
    }

    /// Takes back the latest of the user's own edits; none if there is none.
    ///
    /// # Errors
    /// If automerge refuses, which it should not.
    pub fn undo(&mut self, now_ms: i64) -> Result<Option<(Undone, Turn)>, CommandError> {
        let undone = self.undo.undo(self.replica.doc_mut(), &EditContext { now_ms })?;
        Ok(undone.map(|undone| (undone, Turn { undo_changed: true, ..self.local_change(now_ms) })))
    }

    /// Does again what was taken back.
    ///
    /// # Errors
    /// If automerge refuses, which it should not.
    pub fn redo(&mut self, now_ms: i64) -> Result<Option<(Undone, Turn)>, CommandError> {
        let undone = self.undo.redo(self.replica.doc_mut(), &EditContext { now_ms })?;
        Ok(undone.map(|undone| (undone, Turn { undo_changed: true, ..self.local_change(now_ms) })))
    }

    /// Takes in changes that another tab of this browser has stored. They came from this very program, on this device.
    pub fn changes_from_tab(&mut self, changes: &[Vec<u8>], now_ms: i64) -> Turn {
        let before = self.replica.doc_mut().get_heads();
        for bytes in changes {
            // What does not fit is not lost: it is stored, and read at the next start.
            let _ = document::take_in(self.replica.doc_mut(), bytes);
        }
        if self.replica.doc_mut().get_heads() == before {
            return Turn::default();
        }
        let new = self.replica.doc_mut().get_changes_meta(&before);
        self.from_tabs.extend(new.iter().map(|change| change.hash));
        self.local_change(now_ms)
    }

    /// Takes in what was merged into the document from outside, such as a file.
    pub fn merged(&mut self, now_ms: i64) -> Turn {
        self.local_change(now_ms)
    }

    /// Takes in an event from the line to the server, the disk or the clock.
    pub fn handle(&mut self, event: Event, now_ms: i64) -> Turn {
        let effects = self.replica.handle(event);
        self.settle(effects, now_ms)
    }

    /// Takes the document as it was read from storage anew.
    pub fn reloaded(&mut self, doc: AutoCommit, now_ms: i64) -> Turn {
        let effects = self.replica.reloaded(doc);
        self.settle(effects, now_ms)
    }

    /// Whether a change is to be told to the other tabs, once it is stored.
    pub fn is_news_to_tabs(&mut self, hash: &ChangeHash) -> bool {
        !self.from_tabs.remove(hash)
    }

    fn local_change(&mut self, now_ms: i64) -> Turn {
        let effects = self.replica.handle(Event::LocalChange);
        for effect in &effects {
            if let Effect::Store { changes, .. } = effect {
                let hashes = changes.iter().map(|change| change.hash);
                self.outbox.add(hashes, now_ms.unsigned_abs());
            }
        }
        self.settle(effects, now_ms)
    }

    fn settle(&mut self, effects: Vec<Effect>, now_ms: i64) -> Turn {
        let mut turn = Turn { touched: self.content.refresh(self.replica.doc_mut()), ..Turn::default() };
        let now_ms = now_ms.unsigned_abs();
        if !turn.touched.is_empty() {
            turn.acknowledged_changed |= self.outbox.document_grew(self.replica.doc_mut(), now_ms);
        }
        for effect in &effects {
            if let Effect::PeerHas { heads, .. } = effect {
                turn.acknowledged_changed |= self.outbox.acknowledge(self.replica.doc_mut(), heads.clone(), now_ms);
            }
        }
        turn.effects = effects;
        turn
    }
}

#[cfg(test)]
mod tests;
