//! What pages hold: an open document, `edit(command)`, undo, status, and who else is here.
//!
//! A [`Workspace`] is what is the same for every kind of document; [`county`] adds the content of a county plan as
//! signals. The same on both sides. On the server it shows what it was given and does nothing more; in the browser an
//! effect, after hydration, opens the document and keeps the signals true: see [`engine`](self::platform). Pages never
//! meet automerge, IndexedDB or the websocket.

pub mod adoption;
pub mod backoff;
pub mod catalogue;
pub mod county;
pub mod desk;
pub mod notice;
pub mod occasion;
pub mod outbox;
pub mod plan;
pub mod presence;
pub mod rows;
pub mod shelf;
pub mod status;

mod platform;

pub use crate::sync::presence::CellRef;
pub use catalogue::CatalogueWorkspace;
pub use county::{CountyWorkspace, Draft, Header};
pub use notice::{Announcement, Notice, NoticeKind};
pub use occasion::OccasionWorkspace;
pub use plan::PlanWorkspace;
pub use presence::PersonHere;
pub use status::{SaveProblem, Status};

use crate::boot::{DocumentInfo, DocumentRights, Person, SignedIn};
use crate::document::history::{Asked, History};
use crate::document::{Command, CommandError, Content, Kind, Touched};
use crate::domain::{Deciding, ItemId, UserId};
use leptos::prelude::*;
use std::collections::HashMap;

/// One open document, whatever its kind.
#[derive(Clone, Copy)]
pub struct Workspace {
    screen: Screen,
    state: State,
    info: StoredValue<DocumentInfo>,
    me: StoredValue<Option<SignedIn>>,
    engine: platform::EngineLink,
}

/// The signals that show a document's content, by its kind. Written by the engine.
#[derive(Clone, Copy)]
pub(crate) enum Screen {
    /// *Länsgemensam plan*.
    County(county::Model),
    /// *Ett förbunds plan och budget*.
    Plan(plan::Model),
    /// *Kurskatalog*.
    Catalogue(catalogue::Model),
    /// *Kurstillfälle*.
    Occasion(occasion::Model),
}

/// What is told about the plan, beside its content. Written by the engine, read by pages.
#[derive(Clone, Copy)]
pub(crate) struct State {
    pub(crate) status: RwSignal<Status>,
    pub(crate) presence: RwSignal<Vec<PersonHere>>,
    pub(crate) notices: RwSignal<Vec<Notice>>,
    pub(crate) announcement: RwSignal<Option<Announcement>>,
    pub(crate) can_undo: RwSignal<bool>,
    pub(crate) can_redo: RwSignal<bool>,
    pub(crate) can_write: RwSignal<bool>,
    pub(crate) may_decide: RwSignal<bool>,
    /// Counts up whenever the document shown has changed.
    pub(crate) edition: RwSignal<u64>,
    pub(crate) new_version: RwSignal<bool>,
    pub(crate) people: StoredValue<HashMap<UserId, Person>>,
    pub(crate) serial: StoredValue<u64>,
}

impl Workspace {
    /// A workspace for a document whose content `screen` shows already. In the browser the document itself takes over
    /// after hydration.
    fn open(screen: Screen, document: DocumentInfo, people: Vec<Person>, me: Option<SignedIn>) -> Self {
        let workspace = Self {
            screen,
            state: State::new(&document, people),
            info: StoredValue::new(document),
            me: StoredValue::new(me),
            engine: platform::EngineLink::new(),
        };
        workspace.engine.start(workspace);
        workspace
    }

    /// Does what the user asked for: at once, here; then on this device's disk; then on the server.
    ///
    /// # Errors
    /// If the command does not fit the document. Then nothing of it has been done.
    pub fn edit(self, command: impl Into<Command>) -> Result<(), CommandError> {
        self.engine.edit(command.into())
    }

    /// Takes away the notices that a row is gone, and says that it is back.
    fn told_restored(self, is_about: impl Fn(&NoticeKind) -> bool, now: NoticeKind) {
        self.state.notices.update(|notices| notices.retain(|notice| !is_about(&notice.kind)));
        self.state.notify(now);
    }

    /// Which document this is.
    pub fn document(self) -> DocumentInfo {
        self.info.get_value()
    }

    /// Takes back the user's own latest edit. What a colleague has changed since is left alone, with a notice.
    pub fn undo(self) {
        self.engine.undo();
    }

    /// Does again what was taken back.
    pub fn redo(self) {
        self.engine.redo();
    }

    /// Whether there is anything to take back.
    pub fn can_undo(self) -> Signal<bool> {
        self.state.can_undo.into()
    }

    /// Whether there is anything to do again.
    pub fn can_redo(self) -> Signal<bool> {
        self.state.can_redo.into()
    }

    /// Whether the user may write. Followed when read reactively: the right may be taken away while the plan is open.
    pub fn can_write(self) -> bool {
        self.state.can_write.get()
    }

    /// Whether the user may fix a version as decided. Followed when read reactively.
    pub fn may_decide(self) -> bool {
        self.state.may_decide.get()
    }

    /// Who changed what: the changes that are asked for, the latest first. None on the server and before the document
    /// is here; follows what happens to it when read reactively.
    pub fn history(self, asked: &Asked) -> Option<History> {
        self.state.edition.track();
        self.engine.history(asked)
    }

    /// Whether anybody's changes have been shown since the page came.
    pub fn is_live(self) -> bool {
        self.state.edition.get() > 0
    }

    /// Where the user's changes are.
    pub fn status(self) -> Signal<Status> {
        self.state.status.into()
    }

    /// The other people who have the plan open, each once for each tab.
    pub fn presence(self) -> Signal<Vec<PersonHere>> {
        self.state.presence.into()
    }

    /// Tells the others which cell this user is in.
    pub fn set_my_cell(self, cell: Option<CellRef>) {
        self.engine.set_my_cell(cell);
    }

    /// What a screen reader should say next. Put its text into the polite or the assertive live region.
    pub fn announcement(self) -> Signal<Option<Announcement>> {
        self.state.announcement.into()
    }

    /// Has a screen reader say something, such as “… flyttad till plats 3 av 12”.
    pub fn announce(self, text: impl Into<String>) {
        self.state.announce(text.into(), false);
    }

    /// What stays on the screen until the user answers it.
    pub fn notices(self) -> Signal<Vec<Notice>> {
        self.state.notices.into()
    }

    /// Takes a notice away.
    pub fn dismiss(self, id: u64) {
        self.state.dismiss(id);
    }

    /// Hands the plan over as a file that can be merged elsewhere, without any network.
    pub fn export_file(self) {
        self.engine.export_file();
    }

    /// Hands over what the server never got, for when the user may no longer send it.
    pub fn export_my_changes(self) {
        self.engine.export_my_changes();
    }

    /// Merges a file that was handed over. A notice tells what came of it.
    pub fn merge_file(self, bytes: Vec<u8>) {
        self.engine.merge_file(bytes);
    }

    /// The name of somebody, or “En kollega” if it is not known here.
    pub fn name_of(self, user: UserId) -> String {
        self.state.name_of(user)
    }

    /// Whether somebody may fix a version as decided, or could once; none if nothing is known of them here.
    pub fn decides(self, user: UserId) -> Option<Deciding> {
        self.state.people.try_with_value(|people| people.get(&user).map(|person| person.decides)).flatten()
    }

    /// Who is signed in.
    pub fn me(self) -> Option<SignedIn> {
        self.me.get_value()
    }

    /// A fresh id for a new row.
    pub fn new_item_id(self) -> ItemId {
        ItemId::from_random(platform::random_bytes())
    }

    /// Whether a newer version of the app waits to take over.
    pub fn new_version(self) -> Signal<bool> {
        self.state.new_version.into()
    }

    /// Lets the newer version take over, and loads the page anew. Everything stored stays.
    pub fn update_now(self) {
        platform::update_now();
    }

    /// For the engine: what it keeps true.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser has an engine"))]
    pub(crate) fn parts(self) -> (Screen, State) {
        (self.screen, self.state)
    }
}

#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser has an engine"))]
impl Screen {
    /// The kind of document it shows.
    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::County(_) => Kind::County,
            Self::Plan(_) => Kind::Plan,
            Self::Catalogue(_) => Kind::Catalogue,
            Self::Occasion(_) => Kind::Occasion,
        }
    }

    /// Shows what `touched` says has changed in `content`.
    pub(crate) fn show(self, content: &Content, touched: &Touched) {
        match (self, content, touched) {
            (Self::County(model), Content::County(plan), Touched::County(touched)) => model.show(plan, touched),
            (Self::Plan(model), Content::Plan(plan), Touched::Plan(touched)) => model.show(plan, touched),
            (Self::Catalogue(model), Content::Catalogue(all), Touched::Catalogue(touched)) => model.show(all, touched),
            (Self::Occasion(model), Content::Occasion(all), Touched::Occasion(touched)) => model.show(all, touched),
            // A screen is made for the kind of its document, and nothing touched is nothing to show.
            _ => {}
        }
    }

    /// Shows all of `content`. Still writes only what differs.
    pub(crate) fn show_all(self, content: &Content) {
        match (self, content) {
            (Self::County(model), Content::County(plan)) => model.show_all(plan),
            (Self::Plan(model), Content::Plan(plan)) => model.show_all(plan),
            (Self::Catalogue(model), Content::Catalogue(catalogue)) => model.show_all(catalogue),
            (Self::Occasion(model), Content::Occasion(occasion)) => model.show_all(occasion),
            _ => {}
        }
    }
}

impl State {
    fn new(document: &DocumentInfo, people: Vec<Person>) -> Self {
        Self {
            status: RwSignal::new(Status::Starting),
            presence: RwSignal::new(Vec::new()),
            notices: RwSignal::new(Vec::new()),
            announcement: RwSignal::new(None),
            can_undo: RwSignal::new(false),
            can_redo: RwSignal::new(false),
            can_write: RwSignal::new(document.rights == DocumentRights::Write),
            may_decide: RwSignal::new(document.may_decide),
            edition: RwSignal::new(0),
            new_version: RwSignal::new(false),
            people: StoredValue::new(by_id(people)),
            serial: StoredValue::new(0),
        }
    }

    /// The name of somebody, or “En kollega” if it is not known here.
    pub(crate) fn name_of(self, user: UserId) -> String {
        self.people
            .try_with_value(|people| people.get(&user).map(|person| person.name.clone()))
            .flatten()
            .unwrap_or_else(|| "En kollega".to_owned())
    }

    /// Learns the names of those who may read the document.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser has an engine"))]
    pub(crate) fn set_people(self, people: Vec<Person>) {
        self.people.set_value(by_id(people));
    }

    /// Notes that the document shown has changed.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser has an engine"))]
    pub(crate) fn grew(self) {
        self.edition.update(|edition| *edition += 1);
    }

    /// Shows a notice, once for each thing it is about.
    pub(crate) fn notify(self, kind: NoticeKind) {
        let id = self.next_serial();
        self.notices.update(|notices| {
            notices.retain(|notice| notice.kind != kind);
            notices.push(Notice { id, kind });
        });
    }

    pub(crate) fn dismiss(self, id: u64) {
        self.notices.update(|notices| notices.retain(|notice| notice.id != id));
    }

    /// Has a screen reader say something.
    pub(crate) fn announce(self, text: String, assertive: bool) {
        let serial = self.next_serial();
        self.announcement.set(Some(Announcement { serial, assertive, text }));
    }

    fn next_serial(self) -> u64 {
        self.serial.update_value(|serial| *serial += 1);
        self.serial.get_value()
    }
}

fn by_id(people: Vec<Person>) -> HashMap<UserId, Person> {
    people.into_iter().map(|person| (person.id, person)).collect()
}
