//! *Kurser*, a part of the follow-up: how many took part in the association's courses of the year, and what a participant
//! cost. The counts are as they were when the page came; the cost follows the budget and the outcome.

use super::desk::Desk;
use crate::boot::COURSES;
use crate::components::course_figures::{
    CountRow, FEW_NOTE, costs_table, counts_picture, counts_table, is_few, marked,
};
use crate::domain::Sex;
use crate::domain::course::follow_up::{CourseCount, CourseFollowUp, LineCost, line_costs};
use crate::domain::course::statistics::Count;
use leptos::prelude::*;

/// The columns of the tables: women and men side by side where both are known.
const COUNTED: [&str; 5] = ["Anmälda", "Deltog", "Kvinnor", "Män", "Övriga"];

/// The section.
#[component]
pub fn Courses(
    /// The page's shared state.
    desk: Desk,
    /// What was counted; none where this device was never told.
    courses: Option<CourseFollowUp>,
) -> impl IntoView {
    let year = desk.workspace.header().with_untracked(|header| header.year.map(|year| year.to_string()));
    let year = year.unwrap_or_default();
    let body = match courses {
        None => view! { <p class="empty">"Siffrorna om kurserna finns på servern. De följer med när sidan öppnas med nätet på."</p> }
            .into_any(),
        Some(courses) if courses.total().count == Count::default() => view! {
            <p class="empty">
                {format!("Ingen har anmält sig till förbundets kurser {year}. ")} <a href=COURSES rel="external">
                    "Till kurserna"
                </a>
            </p>
        }
        .into_any(),
        Some(courses) => figures(desk, courses, &year),
    };
    view! {
        <section class="plan-section courses-part" aria-labelledby="kurser-rubrik" data-testid="courses">
            <h2 id="kurser-rubrik">"Kurser"</h2>
            {body}
        </section>
    }
}

fn figures(desk: Desk, courses: CourseFollowUp, year: &str) -> AnyView {
    let total = courses.total();
    let by_course = courses.by_course();
    let has_few = by_course.values().chain([&total]).any(|course| of_sexes(course).into_iter().any(is_few));
    let drawn: Vec<(String, Count)> = by_course.iter().map(|(name, course)| (name.clone(), course.count)).collect();
    let rows = by_course.into_iter().map(|(name, course)| course_row(name, &course, false));
    let rows = rows.chain([course_row("Alla".to_owned(), &total, true)]).collect();
    let by_party = courses.by_party();
    let has_few = has_few || by_party.values().any(|count| is_few(count.registered) || is_few(count.attended));
    let party =
        |name: String, count: Count, is_sum| (name, vec![marked(count.registered), marked(count.attended)], is_sum);
    let parties = by_party.into_iter().map(|(of, count)| party(of.label().to_owned(), count, false));
    let parties: Vec<CountRow> = parties.chain([party("Alla".to_owned(), total.count, true)]).collect();
    view! {
        <p class="muted">
            "Anmälda är de som har anmält sig och inte avbokat. Deltog gjorde de som var där minst en dag; kvinnor, män och övriga är av dem. Övriga har svarat annat eller inte svarat. Den som har gallrats räknas fortfarande med."
        </p>
        <div class="chart-row">{counts_picture(&drawn, total.count, year)}</div>
        {counts_table(format!("Per kurs och kön, {year}"), "Kurs", &COUNTED, rows)}
        {counts_table(format!("Per part, {year}"), "Part", &COUNTED[..2], parties)}
        {has_few.then(|| view! { <p class="muted">{FEW_NOTE}</p> })}
        <Costs desk courses year=year.to_owned() />
    }
    .into_any()
}

fn of_sexes(course: &CourseCount) -> [u32; 3] {
    let rest = course.attended(Sex::Other).saturating_add(course.attended(Sex::NotSaid));
    [course.attended(Sex::Woman), course.attended(Sex::Man), rest]
}

fn course_row(name: String, course: &CourseCount, is_sum: bool) -> CountRow {
    let mut counts = vec![course.count.registered.to_string(), course.count.attended.to_string()];
    counts.extend(of_sexes(course).map(marked));
    (name, counts, is_sum)
}

/// *Kostnad per deltagare*.
#[component]
fn Costs(desk: Desk, courses: CourseFollowUp, year: String) -> impl IntoView {
    let workspace = desk.workspace;
    let without_line = courses.without_line().into_iter().collect::<Vec<_>>().join(", ");
    let participants = courses.participants();
    let is_any = !participants.is_empty();
    let costs: Memo<Vec<LineCost>> = Memo::new(move |_| {
        let outcome = desk.chosen.get().and_then(|id| workspace.outcome(id));
        let outcome = outcome.map(|view| view.with(|view| view.outcome.clone()));
        let of = |budget: &Option<_>| {
            budget
                .as_ref()
                .map(|budget: &crate::domain::Budget| line_costs(&participants, budget, budget.year, outcome.as_ref()))
        };
        workspace.budget().with(of).unwrap_or_default()
    });
    let unit = desk.tools.unit;
    let caption = format!("Kostnad per deltagare, {year}");
    let table = move || is_any.then(|| costs_table(caption.clone(), costs.get(), unit.get()));
    let missing = (!without_line.is_empty()).then(|| {
        let text = format!(
            "Kostnaden per deltagare är okänd där kurstillfället inte anger någon kostnadsrad: {without_line}."
        );
        view! { <p class="muted">{text}</p> }
    });
    view! {
        {table}
        {missing}
    }
}
