//! The engine of one open plan: carries out what the desk asks for, and keeps the page's signals true.
//!
//! In reading order:
//!
//! 1. this file: what pages ask for, and the one way every event takes ([`Engine::take`]);
//! 2. [`opening`]: from the disk to the desk;
//! 3. [`saving`]: from the desk to the disk, and on to the other tabs;
//! 4. [`line`]: to the server and back;
//! 5. [`meeting`]: who else is here;
//! 6. [`telling`]: status, notices and announcements.

mod files;
mod line;
mod meeting;
mod opening;
mod saving;
mod telling;

pub use self::files::offer_file;
use self::line::Line;
use self::meeting::Meeting;
use self::saving::Saver;
use self::telling::Teller;
use super::clock::{Ticker, now_ms, uptime_ms};
use super::listen::Listener;
use super::store::Store;
use super::tabs::{OwnTab, TabChannel};
use crate::boot::DocumentInfo;
use crate::document::history::{Asked, History};
use crate::document::{Command, CommandError, Touched};
use crate::domain::ids::{DocumentId, UserId};
use crate::sync::presence::CellRef;
use crate::sync::replica::{Effect, Event};
use crate::workspace::desk::{Desk, Turn};
use crate::workspace::{NoticeKind, Screen, State, Workspace};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The engine of one open plan; cheap to clone.
#[derive(Clone)]
pub struct Engine(Rc<Inner>);

struct Inner {
    document: DocumentInfo,
    /// The title under which the plan lies on this device, and the one that it last said it has.
    title: RefCell<String>,
    said_title: RefCell<Option<String>>,
    me: Option<UserId>,
    screen: Screen,
    state: State,
    /// None until the disk has been read.
    desk: RefCell<Option<Desk>>,
    /// What the user did before the document was here.
    queued: RefCell<Vec<Command>>,
    /// None while the disk cannot be reached.
    store: RefCell<Option<Store>>,
    tab: RefCell<Option<Rc<OwnTab>>>,
    channel: RefCell<Option<TabChannel>>,
    saver: RefCell<Saver>,
    line: RefCell<Line>,
    meeting: RefCell<Meeting>,
    teller: RefCell<Teller>,
    /// Set while the page shows what the server rendered, which may be newer than what lies on this disk: until the
    /// first exchange with the server nothing but the user's own edits is shown.
    holding: Cell<bool>,
    listeners: RefCell<Vec<Listener>>,
    ticker: RefCell<Option<Ticker>>,
    started_ms: u64,
    stopped: Cell<bool>,
    /// Set once the document was erased on the server: nothing more of it is written here.
    erased: Cell<bool>,
}

/// Whose doing something is: only what others do is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Own,
    Others,
}

impl Engine {
    /// Starts to keep `workspace` true.
    pub fn start(workspace: Workspace) -> Self {
        let (screen, state) = workspace.parts();
        let engine = Self(Rc::new(Inner {
            title: RefCell::new(workspace.document().title),
            said_title: RefCell::default(),
            document: workspace.document(),
            me: workspace.me().map(|user| user.id),
            screen,
            state,
            desk: RefCell::default(),
            queued: RefCell::default(),
            store: RefCell::default(),
            tab: RefCell::default(),
            channel: RefCell::default(),
            saver: RefCell::default(),
            line: RefCell::default(),
            meeting: RefCell::default(),
            teller: RefCell::default(),
            holding: Cell::new(true),
            listeners: RefCell::default(),
            ticker: RefCell::default(),
            started_ms: uptime_ms(),
            stopped: Cell::new(false),
            erased: Cell::new(false),
        }));
        engine.listen();
        let opening = engine.clone();
        leptos::task::spawn_local(async move { opening.open().await });
        engine
    }

    /// Lets go of the plan: the page is left. What is on its way to the disk still gets there.
    pub fn stop(&self) {
        self.leave_meeting();
        self.0.stopped.set(true);
        self.hang_up();
        self.0.ticker.take();
        self.0.listeners.take();
        self.0.channel.take();
    }

    /// Does what the user asked for.
    ///
    /// # Errors
    /// If the command does not fit the plan, or the right to write has been taken away.
    pub fn edit(&self, command: Command) -> Result<(), CommandError> {
        if !self.0.state.can_write.get_untracked() {
            return Err(CommandError::NotAllowed);
        }
        let turn = {
            let mut desk = self.0.desk.borrow_mut();
            match desk.as_mut().filter(|desk| desk.is_loaded()) {
                Some(desk) => desk.edit(&command, now_ms())?,
                None => {
                    self.0.queued.borrow_mut().push(command);
                    return Ok(());
                }
            }
        };
        self.take(turn, Doing::Own);
        Ok(())
    }

    /// Takes back the user's own latest edit.
    pub fn undo(&self) {
        self.back_or_forth(Desk::undo);
    }

    /// Does again what was taken back.
    pub fn redo(&self) {
        self.back_or_forth(Desk::redo);
    }

    fn back_or_forth(
        &self,
        go: impl FnOnce(&mut Desk, i64) -> Result<Option<(crate::document::Undone, Turn)>, CommandError>,
    ) {
        if !self.0.state.can_write.get_untracked() {
            return;
        }
        let gone = self.with_desk(|desk| go(desk, now_ms()));
        if let Some(Ok(Some((undone, turn)))) = gone {
            let places = undone.skipped.len();
            self.take(turn, Doing::Own);
            if places > 0 {
                self.0.state.notify(NoticeKind::UndoSkipped { places });
            }
        }
    }

    /// Who changed what: the changes that are asked for; none before the document is here.
    pub fn history(&self, asked: &Asked) -> Option<History> {
        self.with_desk(|desk| desk.is_loaded().then(|| desk.history(asked))).flatten()
    }

    fn document_id(&self) -> DocumentId {
        self.0.document.id
    }

    /// Hands an event to the desk, and does what comes of it.
    fn handle(&self, event: Event) {
        if let Some(turn) = self.with_desk(|desk| desk.handle(event, now_ms())) {
            self.take(turn, Doing::Others);
        }
    }

    fn with_desk<T>(&self, act: impl FnOnce(&mut Desk) -> T) -> Option<T> {
        self.0.desk.borrow_mut().as_mut().map(act)
    }

    /// The one way every event takes: to the screen first, then to the disk, the other tabs and the server.
    fn take(&self, turn: Turn, doing: Doing) {
        if self.0.stopped.get() && turn.effects.is_empty() {
            return;
        }
        self.show(&turn.touched);
        if doing == Doing::Others {
            self.tell_of(&turn.touched);
        }
        if turn.undo_changed {
            self.undo_changed();
        }
        if turn.acknowledged_changed {
            self.save_acknowledged();
        }
        self.carry_out(turn.effects);
        if !turn.touched.is_empty() {
            self.flush_queued();
            self.remember_title();
        }
        self.tell_status();
    }

    fn show(&self, touched: &Touched) {
        if self.0.stopped.get() || touched.is_empty() {
            return;
        }
        if touched.moves_rows() && self.0.holding.get() {
            return self.release();
        }
        self.with_desk(|desk| {
            if desk.is_loaded() {
                self.0.screen.show(desk.content(), touched);
            }
        });
        if !self.0.holding.get() {
            self.0.state.grew();
        }
    }

    /// From here on the page shows the document, not what the server rendered.
    fn release(&self) {
        if self.0.stopped.get() {
            return;
        }
        let shown = self.with_desk(|desk| {
            let is_loaded = desk.is_loaded();
            if is_loaded {
                self.0.screen.show_all(desk.content());
            }
            is_loaded
        });
        if shown == Some(true) {
            self.0.holding.set(false);
            self.0.state.grew();
        }
    }

    /// Does what the user did before the document was here.
    fn flush_queued(&self) {
        if self.0.queued.borrow().is_empty() || self.with_desk(|desk| desk.is_loaded()) != Some(true) {
            return;
        }
        for command in self.0.queued.take() {
            if let Err(error) = self.edit(command) {
                self.0.state.announce(error.to_string(), true);
            }
        }
    }

    fn carry_out(&self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Store { ticket, changes, .. } => self.save(ticket, changes),
                Effect::Send { data, .. } => self.send(data),
                Effect::PeerHas { .. } => self.met_server(),
                Effect::ClosePeer { reason, .. } => self.put_out(&reason),
                Effect::Reload => self.reload(),
                Effect::HalfFull => self.0.state.notify(NoticeKind::HalfFull),
                Effect::Changed => {}
            }
        }
    }

    /// Tells the others which cell the user is in.
    pub fn set_my_cell(&self, cell: Option<CellRef>) {
        self.move_to(cell);
    }
}
