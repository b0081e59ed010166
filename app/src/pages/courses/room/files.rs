//! The list of participants on paper and as a workbook, both made on this device.

use super::Room;
use super::people::badge;
use crate::components::document::SaveWorkbook;
use crate::components::exchange::{file_name, write_table};
use crate::domain::export::TableExport;
use crate::domain::sheet::Cell;
use crate::domain::{Decision, Registration};
use crate::pages::courses::parts::{short_day, span};
use leptos::prelude::*;

/// *Spara som Excel*.
#[component]
pub fn ExportButton(
    /// The page's shared state.
    room: Room,
) -> impl IntoView {
    let write = move || {
        let table = untrack(|| table_of(room));
        let first = room.workspace.facts().with_untracked(|facts| facts.first_day());
        let day = first.map(|day| day.to_string()).unwrap_or_default();
        let name = file_name(&["deltagare", &table.title, &day], "xlsx");
        Some((name, async move { write_table(&table).await }))
    };
    view! { <SaveWorkbook tools=room.tools saved="Listan är sparad" write /> }
}

/// Everybody, with what is known and each day's attendance.
fn table_of(room: Room) -> TableExport {
    let facts = room.workspace.facts().get();
    let words = ["Namn", "E-post", "Arbetsgivare", "Part", "Yrkesroll", "Kön", "Förkunskaper", "Besked"];
    let days = facts.days.iter().map(|day| format!("Närvaro {}", day.date));
    let questions = facts.questions.iter().map(|question| question.text.clone());
    let cell = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let row = |person: &Registration| {
        let attendance = facts.days.iter().map(|day| match person.attendance.get(&day.date) {
            Some(true) => Cell::Text("ja".to_owned()),
            Some(false) => Cell::Text("nej".to_owned()),
            None => Cell::Empty,
        });
        let answers = facts.questions.iter().map(|question| cell(person.answers.get(&question.id).map_or("", |it| it)));
        let stands = badge(person).unwrap_or_else(|| person.decision.label().to_owned());
        let own = [
            person.name.as_str(),
            &person.email,
            &person.employer,
            person.party.label(),
            &person.role,
            person.sex.label(),
            person.prerequisite.label(),
            stands.as_str(),
        ];
        own.into_iter().map(cell).chain(attendance).chain(answers).collect()
    };
    TableExport {
        subtitle: [span(&facts.days), facts.place.clone()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        columns: words.map(str::to_owned).into_iter().chain(days).chain(questions).collect(),
        rows: room.workspace.of_all(row),
        title: facts.title,
    }
}

/// A part of the printed list: what it is called, and who is in it.
type PrintedPart = (&'static str, fn(&Registration) -> bool);

/// Those who wait, in the order in which they came.
const WAITING: &str = "Väntelista, i turordning";

/// The parts of the printed list: in the room it is to be seen who has a place.
const PARTS: [PrintedPart; 3] = [
    ("Deltagare", |one| one.is_live() && one.decision != Decision::Waiting && !one.prerequisite.waits_for_approval()),
    ("Att godkänna", |one| {
        one.is_live() && one.decision != Decision::Waiting && one.prerequisite.waits_for_approval()
    }),
    (WAITING, |one| one.decision == Decision::Waiting),
];

/// The list as it is printed: a box for each day, ticked where somebody was there.
#[component]
pub fn PrintedList(
    /// The page's shared state.
    room: Room,
) -> impl IntoView {
    let workspace = room.workspace;
    let days = move || workspace.facts().with(|facts| facts.days.iter().map(|day| day.date).collect::<Vec<_>>());
    let headings = move || {
        let heading = |day| {
            view! {
                <th scope="col" class="box">
                    {short_day(day)}
                </th>
            }
        };
        days().into_iter().map(heading).collect_view()
    };
    let part = move |(title, is_in): PrintedPart| {
        let days = days();
        let row = |person: &Registration| {
            let boxes: Vec<_> = days
                .iter()
                .map(|day| view! { <td class="box">{if person.was_there(*day) { "☒" } else { "☐" }}</td> })
                .collect();
            let (name, employer) = (person.name.clone(), person.employer.clone());
            let row = view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{employer}</td>
                    {boxes}
                </tr>
            };
            is_in(person).then_some((person.arrival, row))
        };
        let mut rows: Vec<_> = workspace.of_all(row).into_iter().flatten().collect();
        if title == WAITING {
            rows.sort_by_key(|(arrival, _)| arrival.unwrap_or(u64::MAX));
        }
        (!rows.is_empty()).then(|| {
            let heading = format!("{title} ({})", rows.len());
            let rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
            view! {
                <tbody>
                    <tr class="section">
                        <th scope="rowgroup" colspan=(days.len() + 2).to_string()>
                            {heading}
                        </th>
                    </tr>
                    {rows}
                </tbody>
            }
        })
    };
    let parts = move || PARTS.map(part).into_iter().collect_view();
    view! {
        <div class="only-on-paper printed-list">
            <table class="plain">
                <thead>
                    <tr>
                        <th scope="col">"Namn"</th>
                        <th scope="col">"Arbetsgivare"</th>
                        {headings}
                    </tr>
                </thead>
                {parts}
            </table>
        </div>
    }
}
