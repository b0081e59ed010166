//! *Kurskatalog*: the courses of one owner, to read and, for those who run courses, to write in.

mod course_form;

use crate::boot::{COURSES, CataloguePage, HISTORY, use_boot};
use crate::components::document::toolbar::UndoButtons;
use crate::components::document::{Gone, Notices, PeopleHere, ReadingNote, RemovedRows, Tools};
use crate::components::icon::{Icon, IconView};
use crate::components::status_line::StatusLine;
use crate::components::unit::unit_signal;
use crate::document::catalogue::{CourseText, CourseView, RemovedCourse};
use crate::document::{AnyRow, CatalogueCommand};
use crate::domain::{Course, CourseId};
use crate::pages::courses::parts::link;
use crate::workspace::CatalogueWorkspace;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page's shared state. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The catalogue.
    pub workspace: CatalogueWorkspace,
    /// What the page of every document shares.
    pub tools: Tools,
    /// The course whose form is open, if any.
    pub form: RwSignal<Option<CourseId>>,
}

impl Desk {
    /// Does what the user asked for, or says why not.
    pub fn run(self, command: CatalogueCommand) -> bool {
        match self.workspace.edit(command) {
            Ok(()) => true,
            Err(error) => {
                self.tools.refuse(error.to_string());
                false
            }
        }
    }
}

/// The catalogue.
#[component]
pub fn CatalogueView(
    /// The catalogue.
    page: CataloguePage,
) -> impl IntoView {
    let CataloguePage { document, catalogue, people } = page;
    let title = format!("{} – Samplan", catalogue.title);
    let heading = catalogue.title.clone();
    let address = document.address().unwrap_or_default();
    let workspace = CatalogueWorkspace::from_boot(document, &catalogue, people, use_boot().user);
    let desk = Desk { workspace, tools: Tools::new(*workspace, unit_signal()), form: RwSignal::new(None) };
    let restore = Callback::new(move |row: AnyRow| {
        if let AnyRow::Course(course) = row {
            // A course that cannot be restored stays in the list, and has been told of by the workspace.
            let _ = workspace.restore(course);
        }
    });
    let removed = Signal::derive(move || workspace.removed().with(|rows| rows.iter().map(gone).collect()));
    let add = move |_| {
        let id = workspace.new_course_id();
        let after = workspace.courses().with_untracked(|courses| courses.last().copied());
        if desk.run(CatalogueCommand::AddCourse { id, after }) {
            desk.form.set(Some(id));
        }
    };
    let add = move || {
        workspace.can_write().then(|| {
            view! {
                <button type="button" class="button primary" on:click=add>
                    <IconView icon=Icon::Plus />
                    "Lägg till kurs"
                </button>
            }
        })
    };
    let is_empty = move || workspace.courses().with(Vec::is_empty);
    view! {
        <Title text=title />
        <article class="page plan catalogue">
            <header class="plan-header">
                <div class="plan-title">
                    <p class="eyebrow">
                        <a href=COURSES rel="external">
                            "Kurser"
                        </a>
                        {move || format!(" · {}", workspace.owner().with(|owner| owner.name.clone()))}
                    </p>
                    <h1>{heading}</h1>
                </div>
                <div class="plan-state">
                    <StatusLine workspace=*workspace />
                    <PeopleHere workspace=*workspace column_name=|_| None />
                </div>
                <div class="toolbar needs-script" role="group" aria-label="Verktyg för kurskatalogen">
                    <div class="button-row">{add}</div>
                    <UndoButtons tools=desk.tools />
                </div>
                <nav class="local-nav" aria-label="Kurskatalogens delar">
                    <ul>{link(format!("{address}{HISTORY}"), "Historik")}</ul>
                </nav>
                <ReadingNote workspace=*workspace what="katalogen" />
            </header>
            <Notices tools=desk.tools restore />
            <ul class="courses">
                <For each=move || workspace.courses().get() key=|id| *id let:id>
                    <CourseCard desk id />
                </For>
            </ul>
            {move || {
                is_empty()
                    .then(|| {
                        view! {
                            <div class="empty">
                                <p class="empty-title">"Här finns inga kurser än"</p>
                                <p>"Kurser som läggs till här kan ges som kurstillfällen."</p>
                            </div>
                        }
                    })
            }}
            <RemovedRows tools=desk.tools removed restore />
        </article>
        <course_form::CourseDialog desk />
    }
}

fn gone(course: &RemovedCourse) -> Gone {
    Gone { row: AnyRow::Course(course.id), label: course.name.clone(), amount: None, by: course.by, at: course.at }
}

/// A course with all that is said of it, and what can be done with it.
#[component]
fn CourseCard(desk: Desk, id: CourseId) -> impl IntoView {
    let Some(signal) = desk.workspace.course(id) else { return ().into_any() };
    let course: Signal<CourseView> = signal.into();
    let heading = format!("kurs-{id}");
    let name = move || course.with(|view| name_of(&view.course));
    let required = move || {
        let names = desk.workspace.names();
        course.with(|view| required(&view.course, &names))
    };
    let tools = move || {
        desk.workspace.can_write().then(|| {
            view! {
                <div class="button-row needs-script">
                    <button
                        type="button"
                        class="button"
                        aria-label=move || format!("Ändra {}", name())
                        on:click=move |_| desk.form.set(Some(id))
                    >
                        <IconView icon=Icon::Edit />
                        "Ändra"
                    </button>
                    <button
                        type="button"
                        class="button quiet"
                        aria-label=move || format!("Ta bort {}", name())
                        on:click=move |_| { desk.run(CatalogueCommand::Remove { course: id }); }
                    >
                        <IconView icon=Icon::Remove />
                        "Ta bort"
                    </button>
                </div>
            }
        })
    };
    view! {
        <li class="course" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{name}</h2>
            <dl class="fact-list">
                {move || {
                    let rows = course.with(|view| facts(&view.course));
                    rows.into_iter().map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> }).collect_view()
                }}
                {move || {
                    let required = required();
                    (!required.is_empty()).then(|| view! { <dt>"Förkunskaper"</dt> <dd>{required}</dd> })
                }}
            </dl>
            {tools}
        </li>
    }
    .into_any()
}

/// What a course is called, also before it has a name.
pub fn name_of(course: &Course) -> String {
    if course.name.trim().is_empty() { "Kurs utan namn".to_owned() } else { course.name.clone() }
}

/// What there is to say of a course, by what it is called. What is empty is left out.
pub fn facts(course: &Course) -> Vec<(&'static str, String)> {
    let texts = CourseText::ALL.into_iter().filter(|field| !matches!(field, CourseText::Name | CourseText::Short));
    let mut rows: Vec<_> = texts.map(|field| (field.label(), field.of(course).to_owned())).collect();
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    rows.push(("Antal dagar", number(course.days)));
    rows.push(("Antal platser", number(course.capacity)));
    rows.retain(|(_, value)| !value.trim().is_empty());
    rows
}

/// The short names of what a course requires.
pub fn required(course: &Course, names: &[(CourseId, String)]) -> String {
    let names = names.iter().filter(|(id, _)| course.requires.contains(id)).map(|(_, name)| name.as_str());
    names.collect::<Vec<_>>().join(" och ")
}
