//! *Ändra kurs*: a course in one dialog. What differs is written as one undo step.

use super::Desk;
use crate::components::dialog::Dialog;
use crate::components::field::{ErrorSummary, FieldState, TextArea, TextField, go_to_errors};
use crate::components::icon::{Icon, IconView};
use crate::document::CatalogueCommand;
use crate::document::catalogue::{CourseNumber, CourseText};
use crate::domain::course::requires::{Requires, circle};
use crate::domain::{Course, CourseId};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The dialog, while it is open.
#[component]
pub fn CourseDialog(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    move || {
        let id = desk.form.get()?;
        let course = desk.workspace.course(id)?.with_untracked(|view| view.course.clone());
        Some(view! { <CoursePanel desk course /> })
    }
}

/// The ids of the fields, in the order of [`CourseText::ALL`].
const IDS: [&str; 8] = [
    "kurs-namn",
    "kurs-kortnamn",
    "kurs-syfte",
    "kurs-innehall",
    "kurs-malgrupp",
    "kurs-ges",
    "kurs-utbildare",
    "kurs-anmarkning",
];

/// The fields, and what the course said when they were filled in.
#[derive(Clone, Copy)]
struct Form {
    before: StoredValue<Course>,
    texts: [(CourseText, FieldState); 8],
    numbers: [(CourseNumber, FieldState); 2],
    requires: RwSignal<BTreeSet<CourseId>>,
    /// Why what is required cannot be.
    circle: RwSignal<Option<String>>,
}

/// The id of the choice of what is required.
const REQUIRES: &str = "kurs-krav";
const REQUIRES_ERROR: &str = "kurs-krav-fel";

/// The circle that a course would be in if it required these, in words.
fn circle_in(desk: Desk, id: CourseId, requires: BTreeSet<CourseId>) -> Option<String> {
    let courses = desk.workspace.courses().get_untracked();
    let of =
        |id: &CourseId| Some((*id, desk.workspace.course(*id)?.with_untracked(|view| view.course.requires.clone())));
    let mut all: Requires = courses.iter().filter_map(of).collect();
    all.insert(id, requires);
    let names = untrack(|| desk.workspace.names());
    let name = |id: &CourseId| {
        let found = names.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone());
        found.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "kursen".to_owned())
    };
    let way: Vec<String> = circle(id, &all)?.iter().map(name).collect();
    let way = way.join(", som kräver ").replacen(", som kräver ", " kräver ", 1);
    Some(format!("{way}. Då kan ingen ny gå någon av dem. Ta bort ett av kraven."))
}

impl Form {
    fn new(course: Course) -> Self {
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        Self {
            texts: CourseText::ALL.map(|field| (field, FieldState::new(field.of(&course).to_owned()))),
            numbers: CourseNumber::ALL.map(|field| (field, FieldState::new(number(field.of(&course))))),
            requires: RwSignal::new(course.requires.clone()),
            circle: RwSignal::new(None),
            before: StoredValue::new(course),
        }
    }

    fn name(self) -> Option<String> {
        let name = self.texts[0].1;
        name.check(|text| if text.is_empty() { Err("Fyll i namn.".to_owned()) } else { Ok(text.to_owned()) })
    }

    fn number(field: FieldState) -> Option<Option<u32>> {
        field.check(|text| match text {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| "Skriv antalet som ett heltal.".to_owned()),
        })
    }

    /// What differs, as commands; none while something cannot be read.
    fn commands(self) -> Option<Vec<CatalogueCommand>> {
        let name = self.name();
        let numbers = self.numbers.map(|(field, state)| (field, Self::number(state)));
        name?;
        if self.circle.with_untracked(Option::is_some) {
            return None;
        }
        self.before.with_value(|before| {
            let course = before.id;
            let texts = self.texts.into_iter().filter_map(|(field, state)| {
                let value = state.text.get_untracked().trim().to_owned();
                (value != field.of(before)).then_some(CatalogueCommand::SetText { course, field, value })
            });
            let mut commands: Vec<_> = texts.collect();
            for (field, value) in numbers {
                let value = value?;
                let command = CatalogueCommand::SetNumber { course, field, value };
                commands.extend((value != field.of(before)).then_some(command));
            }
            let requires = self.requires.get_untracked();
            for other in requires.symmetric_difference(&before.requires) {
                let required = requires.contains(other);
                commands.push(CatalogueCommand::Require { course, other: *other, required });
            }
            Some(commands)
        })
    }

    fn errors(self) -> Vec<(&'static str, String)> {
        let fields =
            [(IDS[0], self.texts[0].1), ("kurs-dagar", self.numbers[0].1), ("kurs-platser", self.numbers[1].1)];
        let fields = fields.into_iter().map(|(id, field)| (id, field.error.get()));
        let all = fields.chain([(REQUIRES, self.circle.get())]);
        all.filter_map(|(id, error)| Some((id, error?))).collect()
    }
}

#[component]
fn CoursePanel(desk: Desk, course: Course) -> impl IntoView {
    let close = Callback::new(move |()| desk.form.set(None));
    let id = course.id;
    let form = Form::new(course);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.circle.set(circle_in(desk, id, form.requires.get_untracked()));
        let Some(commands) = form.commands() else {
            go_to_errors(&untrack(|| form.errors()));
            return;
        };
        let label = "ändra kursen".to_owned();
        if commands.is_empty() || desk.run(CatalogueCommand::Batch { commands, label }) {
            close.run(());
        }
    };
    let fields: Vec<_> = form
        .texts
        .into_iter()
        .zip(IDS)
        .map(|((field, state), id)| match field {
            CourseText::Purpose | CourseText::Contents | CourseText::Audience | CourseText::Note => {
                view! { <TextArea id label=format!("{} (Valfritt)", field.label()) field=state /> }.into_any()
            }
            CourseText::Name => {
                let leave = Callback::new(move |()| {
                    form.name();
                });
                view! { <TextField id label=field.label() field=state on_leave=leave /> }.into_any()
            }
            _ => {
                let nothing = Callback::new(|()| ());
                view! {
                    <TextField id label=format!("{} (Valfritt)", field.label()) field=state on_leave=nothing />
                }
                .into_any()
            }
        })
        .collect();
    let numbers: Vec<_> = form
        .numbers
        .into_iter()
        .zip(["kurs-dagar", "kurs-platser"])
        .map(|((field, state), id)| {
            let leave = Callback::new(move |()| {
                Form::number(state);
            });
            let label = format!("{} (Valfritt)", field.label());
            view! { <TextField id label field=state is_figure=true on_leave=leave /> }
        })
        .collect();
    let errors = Signal::derive(move || form.errors());
    view! {
        <Dialog title=Signal::stored("Kurs".to_owned()) class="settings" on_close=close>
            <form class="form" novalidate=true on:submit=save>
                <ErrorSummary errors />
                {fields}
                {numbers}
                <RequiresChoice desk id form />
                <div class="panel-actions">
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        "Avbryt"
                    </button>
                    <button type="submit" class="button primary">
                        "Spara kursen"
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// Which of the other courses must have been completed.
#[component]
fn RequiresChoice(desk: Desk, id: CourseId, form: Form) -> impl IntoView {
    let requires = form.requires;
    let others: Vec<_> = untrack(|| desk.workspace.names()).into_iter().filter(|(other, _)| *other != id).collect();
    if others.is_empty() {
        return ().into_any();
    }
    let choice = move |(other, name): (CourseId, String)| {
        let choose = move |event: leptos::ev::Event| {
            let is_required = event_target_checked(&event);
            requires.update(|requires| {
                if is_required {
                    requires.insert(other);
                } else {
                    requires.remove(&other);
                }
            });
        };
        view! {
            <label class="radio">
                <input
                    type="checkbox"
                    prop:checked=move || requires.with(|requires| requires.contains(&other))
                    on:change=choose
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <fieldset
            id=REQUIRES
            class="plain-fieldset"
            tabindex="-1"
            aria-describedby=move || form.circle.with(Option::is_some).then_some(REQUIRES_ERROR)
        >
            <legend>"Måste ha gått"</legend>
            {move || {
                form.circle
                    .get()
                    .map(|text| {
                        view! {
                            <p class="error-text" id=REQUIRES_ERROR>
                                <IconView icon=Icon::Error />
                                <span>{text}</span>
                            </p>
                        }
                    })
            }}
            {others.into_iter().map(choice).collect_view()}
        </fieldset>
    }
    .into_any()
}
