//! What the page of a history says of a document of each kind, and how what was removed from it is brought back.

use super::choose_row::Rows;
use crate::boot::{CataloguePage, HistoryOf, OccasionPage, PlanPage, SignedIn};
use crate::document::AnyRow;
use crate::document::plan::Plan;
use crate::workspace::{CatalogueWorkspace, OccasionWorkspace, PlanWorkspace, Workspace};
use leptos::prelude::*;

/// The document as the page shows it.
pub struct Shown {
    /// What is the same for all kinds.
    pub workspace: Workspace,
    /// Brings back a row that was removed.
    pub restore: Callback<AnyRow>,
    /// What the document is called.
    pub title: String,
    /// The words of the way back.
    pub back: &'static str,
    /// What all of it is called.
    pub whole: &'static str,
    /// What a row of it is called.
    pub row_name: &'static str,
    /// Its rows.
    pub rows: Rows,
    /// What a row without a name is called.
    pub nameless: &'static str,
    /// Whether there are amounts, in one unit or the other.
    pub has_amounts: bool,
    /// What else is to be known.
    pub note: Option<&'static str>,
}

impl Shown {
    /// The document of a page, opened.
    pub fn of(of: HistoryOf, me: Option<SignedIn>) -> Self {
        match of {
            HistoryOf::Plan(page) => plan(*page, me),
            HistoryOf::Catalogue(page) => catalogue(*page, me),
            HistoryOf::Occasion(page) => occasion(*page, me),
        }
    }
}

fn plan(page: PlanPage, me: Option<SignedIn>) -> Shown {
    let (title, rows) = (page.plan.header.title.clone(), rows_of_plan(&page.plan));
    let workspace = PlanWorkspace::from_boot(page.document, &page.plan, page.people, me);
    let restore = Callback::new(move |row: AnyRow| {
        if let AnyRow::Plan(row) = row {
            // A row that cannot be restored stays as it is, and has been told of by the workspace.
            let _ = workspace.restore(row);
        }
    });
    Shown {
        workspace: *workspace,
        restore,
        title,
        back: "Till planen",
        whole: "Hela planen",
        row_name: "Rad",
        rows,
        nameless: "Rad utan namn",
        has_amounts: true,
        note: None,
    }
}

fn rows_of_plan(plan: &Plan) -> Rows {
    let of_section = |section| {
        let lines = plan.lines.iter().filter(move |view| view.section == section);
        lines.map(|view| (view.line.id.to_string(), view.line.name.clone())).collect()
    };
    let mut rows: Rows =
        plan.sections.iter().map(|section| (Some(section.name.clone()), of_section(section.id))).collect();
    let income = plan.income.iter().map(|view| (view.income.id.to_string(), view.income.name.clone()));
    rows.push((Some("Intäkter".to_owned()), income.collect()));
    rows
}

fn catalogue(page: CataloguePage, me: Option<SignedIn>) -> Shown {
    let courses = page.catalogue.courses.iter().map(|view| (view.course.id.to_string(), view.course.name.clone()));
    let (title, rows) = (page.catalogue.title.clone(), vec![(None, courses.collect())]);
    let workspace = CatalogueWorkspace::from_boot(page.document, &page.catalogue, page.people, me);
    let restore = Callback::new(move |row: AnyRow| {
        if let AnyRow::Course(course) = row {
            // A course that cannot be restored stays as it is, and has been told of by the workspace.
            let _ = workspace.restore(course);
        }
    });
    Shown {
        workspace: *workspace,
        restore,
        title,
        back: "Till kurskatalogen",
        whole: "Hela katalogen",
        row_name: "Kurs",
        rows,
        nameless: "Kurs utan namn",
        has_amounts: false,
        note: None,
    }
}

fn occasion(page: OccasionPage, me: Option<SignedIn>) -> Shown {
    let people = page.occasion.registrations.iter().map(|one| (one.id.to_string(), one.name.clone()));
    let (title, rows) = (page.occasion.facts.title.clone(), vec![(None, people.collect())]);
    let workspace = OccasionWorkspace::from_boot(page.document, &page.occasion, page.people, me);
    Shown {
        workspace: *workspace,
        // Registrations are never removed, so that there is nothing to bring back.
        restore: Callback::new(|_| ()),
        title,
        back: "Till kurstillfället",
        whole: "Hela tillfället",
        row_name: "Person",
        rows,
        nameless: "Anmälan utan namn",
        has_amounts: false,
        note: Some(
            "Där det står Samplan har någon anmält sig på webben, eller så har programmet gett besked. \
             När en person raderas börjar historiken om, så att inget om personen finns kvar i den.",
        ),
    }
}
