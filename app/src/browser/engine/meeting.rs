//! Who else is here: short-lived messages, never stored.

use super::Engine;
use crate::browser::clock::{Timer, uptime_ms};
use crate::sync::presence::{CellRef, Presence};
use crate::sync::session::SessionEvent;
use crate::workspace::presence::{Gathering, Heard};
use leptos::prelude::*;

/// Moving through cells quickly is told this often at most: the relay counts messages.
const AT_MOST_EVERY_MS: u64 = 120;

/// This tab among the others.
#[derive(Default)]
pub(super) struct Meeting {
    others: Gathering,
    cell: Option<CellRef>,
    told_ms: u64,
    soon: Option<Timer>,
}

impl Meeting {
    /// The cell this user is in.
    pub(super) fn cell(&self) -> Option<&CellRef> {
        self.cell.as_ref()
    }
}

impl Engine {
    /// The user is in another cell now.
    pub(super) fn move_to(&self, cell: Option<CellRef>) {
        {
            let mut meeting = self.0.meeting.borrow_mut();
            if meeting.cell == cell {
                return;
            }
            meeting.cell = cell;
        }
        self.tell_where_soon(AT_MOST_EVERY_MS);
    }

    /// The line stands: the others hear of this tab.
    pub(super) fn join_meeting(&self) {
        self.tell_where();
    }

    /// This tab says goodbye.
    pub(super) fn leave_meeting(&self) {
        self.say(true);
    }

    /// The line is cut: nobody can be seen through it.
    pub(super) fn forget_others(&self) {
        if self.0.meeting.borrow_mut().others.forget_all() {
            self.show_others();
        }
    }

    /// A message from another tab of somebody's.
    pub(super) fn hear_of_somebody(&self, data: &[u8]) {
        let Some(presence) = Presence::decode(data) else { return };
        let heard = self.0.meeting.borrow_mut().others.hear(presence, uptime_ms());
        match heard {
            Heard::Nothing => {}
            Heard::Changed => self.show_others(),
            Heard::Newcomer => {
                self.show_others();
                self.tell_where_soon(AT_MOST_EVERY_MS);
            }
        }
    }

    /// Once a second: says that this tab is still here, and lets go of those who no longer say so.
    pub(super) fn meet(&self, now_ms: u64) {
        if self.0.meeting.borrow_mut().others.forget_silent(now_ms) {
            self.show_others();
        }
        let told_ms = self.0.meeting.borrow().told_ms;
        if now_ms.saturating_sub(told_ms) >= Gathering::HEARTBEAT_MS {
            self.tell_where();
        }
    }

    fn tell_where_soon(&self, milliseconds: u64) {
        if self.0.meeting.borrow().soon.is_some() {
            return;
        }
        let engine = self.clone();
        let timer = Timer::after(milliseconds, move || {
            let engine = engine.clone();
            leptos::task::spawn_local(async move {
                engine.0.meeting.borrow_mut().soon = None;
                engine.tell_where();
            });
        });
        self.0.meeting.borrow_mut().soon = timer;
    }

    fn tell_where(&self) {
        self.0.meeting.borrow_mut().told_ms = uptime_ms();
        self.say(false);
    }

    fn say(&self, left: bool) {
        let Some(user) = self.0.me else { return };
        let Some(tab) = self.0.tab.borrow().as_ref().map(|tab| tab.name.clone()) else { return };
        let cell = self.0.meeting.borrow().cell.clone();
        let data = Presence { user, tab, cell, left }.encode();
        self.session(SessionEvent::SendEphemeral { document: self.document_id(), data });
    }

    fn show_others(&self) {
        if self.0.stopped.get() {
            return;
        }
        let state = self.0.state;
        let list = self.0.meeting.borrow().others.list(self.0.me, |user| state.name_of(user));
        state.presence.maybe_update(|shown| {
            let differs = *shown != list;
            *shown = list;
            differs
        });
    }
}
