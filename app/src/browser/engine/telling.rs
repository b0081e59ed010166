//! Status, notices and announcements: what the user is told.

use super::Engine;
use crate::browser::clock::{Timer, uptime_ms};
use crate::document::Touched;
use crate::document::county::AmountConflict;
use crate::workspace::NoticeKind;
use crate::workspace::status::{Facts, Smoother, Status};
use leptos::prelude::*;

/// Nothing is shown as loading before this.
const SLOW_MS: u64 = 1_000;
/// What has waited for longer than this is counted aloud.
const LAG_MS: u64 = 2_000;

/// Keeps the status line calm.
#[derive(Default)]
pub(super) struct Teller {
    smoother: Smoother,
    again: Option<Timer>,
}

impl Engine {
    /// Brings the status line up to date.
    pub(super) fn tell_status(&self) {
        if self.0.stopped.get() {
            return;
        }
        let now_ms = uptime_ms();
        let (status, again) = self.0.teller.borrow_mut().smoother.next(Status::derive(&self.facts(now_ms)), now_ms);
        self.0.state.status.maybe_update(|shown| std::mem::replace(shown, status) != status);
        let timer = again.and_then(|wait| {
            let engine = self.clone();
            Timer::after(wait, move || {
                let engine = engine.clone();
                leptos::task::spawn_local(async move { engine.tell_status() });
            })
        });
        self.0.teller.borrow_mut().again = timer;
    }

    fn facts(&self, now_ms: u64) -> Facts {
        let saver = self.0.saver.borrow();
        let (loaded, waiting, waited_ms) = self
            .with_desk(|desk| (desk.is_loaded(), desk.outbox().len(), desk.outbox().waited_ms(now_ms)))
            .unwrap_or_default();
        Facts {
            loaded,
            slow: now_ms.saturating_sub(self.0.started_ms) > SLOW_MS,
            can_write: self.0.state.can_write.get_untracked(),
            connection: self.0.line.borrow().connection(self.0.started_ms),
            storing: saver.storing() + self.0.queued.borrow().len(),
            failing: saver.failing(),
            waiting,
            lagging: waited_ms > LAG_MS,
        }
    }

    /// Whether closing the tab now would lose something.
    pub(super) fn is_unsafe_to_close(&self) -> bool {
        Status::derive(&self.facts(uptime_ms())).is_unsafe_to_close() && self.0.saver.borrow().storing() > 0
            || !self.0.queued.borrow().is_empty()
    }

    /// Announces what others did to what the user is working on: conflicts, and the row the user is in.
    pub(super) fn tell_of(&self, touched: &Touched) {
        if self.0.stopped.get() || self.0.holding.get() {
            return;
        }
        if touched.removes_rows() {
            self.tell_of_removal();
        }
        let conflicts = self.with_desk(|desk| {
            desk.content().conflicts_in(touched).into_iter().cloned().collect::<Vec<AmountConflict>>()
        });
        for conflict in conflicts.unwrap_or_default() {
            self.tell_of_conflict(&conflict);
        }
    }

    fn tell_of_removal(&self) {
        let Some(row) = self.0.meeting.borrow().cell().map(|cell| cell.row.clone()) else { return };
        let gone = self.with_desk(|desk| desk.content().removed_row(&row)).flatten();
        if let Some((row, by)) = gone
            && by != self.0.me
        {
            let by = by.map_or_else(|| "En kollega".to_owned(), |user| self.0.state.name_of(user));
            let kind = NoticeKind::RowRemoved { row, by };
            self.0.state.announce(kind.text(), true);
            self.0.state.notify(kind);
        }
    }

    fn tell_of_conflict(&self, conflict: &AmountConflict) {
        let candidates = &conflict.candidates;
        let is_mine = candidates.iter().any(|candidate| candidate.author.is_some() && candidate.author == self.0.me);
        let other =
            candidates.iter().filter_map(|candidate| candidate.author).find(|author| Some(*author) != self.0.me);
        let name = other.map_or_else(|| "okänd".to_owned(), |user| self.0.state.name_of(user));
        let text = match is_mine {
            true => format!("Du och en kollega ({name}) har ändrat samma belopp. Välj vilket som ska gälla."),
            false => format!("Två kollegor har ändrat samma belopp, en av dem {name}."),
        };
        self.0.state.announce(text, is_mine);
    }
}
