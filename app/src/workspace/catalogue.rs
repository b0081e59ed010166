//! An open catalogue of courses: its content as signals, beside what every [`Workspace`] has.

use super::rows::{Rows, set_if_new};
use super::{NoticeKind, Screen, Workspace, platform};
use crate::boot::{DocumentInfo, Person, SignedIn};
use crate::document::catalogue::{Catalogue, CourseView, RemovedCourse, Touched};
use crate::document::{AnyRow, CatalogueCommand, CommandError};
use crate::domain::{CourseId, Organiser};
use leptos::prelude::*;
use std::ops::Deref;

/// One open catalogue. What is the same for every document is reached through it: see [`Workspace`].
#[derive(Clone, Copy)]
pub struct CatalogueWorkspace {
    workspace: Workspace,
    model: Model,
}

/// All signals of one catalogue.
#[derive(Clone, Copy)]
pub struct Model {
    owner: RwSignal<Organiser>,
    courses: Rows<CourseId, CourseView>,
    removed: RwSignal<Vec<RemovedCourse>>,
}

impl Deref for CatalogueWorkspace {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        &self.workspace
    }
}

impl CatalogueWorkspace {
    /// A workspace that shows `catalogue`. Call it while rendering, with the same content on both sides; in the browser
    /// the document itself takes over after hydration.
    pub fn from_boot(document: DocumentInfo, catalogue: &Catalogue, people: Vec<Person>, me: Option<SignedIn>) -> Self {
        let model = Model {
            owner: RwSignal::new(catalogue.owner.clone()),
            courses: Rows::new(catalogue.courses.iter().map(|view| (view.course.id, view.clone()))),
            removed: RwSignal::new(catalogue.removed.clone()),
        };
        Self { workspace: Workspace::open(Screen::Catalogue(model), document, people, me), model }
    }

    /// Whose it is.
    pub fn owner(self) -> Signal<Organiser> {
        self.model.owner.into()
    }

    /// The courses in the order they are shown.
    pub fn courses(self) -> Signal<Vec<CourseId>> {
        self.model.courses.order()
    }

    /// One course, which changes only when that course does.
    pub fn course(self, id: CourseId) -> Option<ArcRwSignal<CourseView>> {
        self.model.courses.row(&id)
    }

    /// The id and short name of every course, in order. Followed when read reactively.
    pub fn names(self) -> Vec<(CourseId, String)> {
        self.model.courses.fold(Vec::new(), |mut names, view| {
            names.push((view.course.id, view.course.short_name().to_owned()));
            names
        })
    }

    /// Courses that can be brought back, the latest first.
    pub fn removed(self) -> Signal<Vec<RemovedCourse>> {
        self.model.removed.into()
    }

    /// A fresh id for a course.
    pub fn new_course_id(self) -> CourseId {
        CourseId::from_random(platform::random_bytes())
    }

    /// Brings a removed course back, and says so.
    ///
    /// # Errors
    /// If the course is not in the catalogue.
    pub fn restore(self, course: CourseId) -> Result<(), CommandError> {
        self.workspace.edit(CatalogueCommand::Restore { course })?;
        let row = AnyRow::Course(course);
        let is_gone = |kind: &NoticeKind| matches!(kind, NoticeKind::RowRemoved { row: gone, .. } if *gone == row);
        self.workspace.told_restored(is_gone, NoticeKind::RowRestored { row: row.clone() });
        Ok(())
    }
}

impl Model {
    /// Shows what `touched` says has changed in `catalogue`.
    pub fn show(&self, catalogue: &Catalogue, touched: &Touched) {
        for id in &touched.courses {
            self.courses.show_row(*id, catalogue.courses.iter().find(|view| view.course.id == *id));
        }
        self.show_lists(catalogue);
    }

    /// Shows all of `catalogue`. Still writes only what differs.
    pub fn show_all(&self, catalogue: &Catalogue) {
        for view in &catalogue.courses {
            self.courses.show_row(view.course.id, Some(view));
        }
        self.show_lists(catalogue);
    }

    fn show_lists(&self, catalogue: &Catalogue) {
        set_if_new(self.owner, catalogue.owner.clone());
        self.courses.show_order(catalogue.courses.iter().map(|view| view.course.id).collect());
        set_if_new(self.removed, catalogue.removed.clone());
    }
}
