//! `/kurser/statistik`: how many took part, by course, party, sex and year, as picture and tables.

use leptos::prelude::*;

use super::{Around, draw};
use crate::components::course_figures::{FEW_NOTE, costs_table, counts_picture, counts_table, marked};
use crate::domain::course::follow_up::LineCost;
use crate::domain::course::statistics::{Count, Group, Statistics};
use crate::domain::course::{Party, Sex};
use crate::domain::money::AmountUnit;

/// Where the page is.
pub const STATISTICS: &str = "/kurser/statistik";

/// The page.
#[derive(Clone, Debug, Default)]
pub struct StatisticsPage {
    /// What stands around it.
    pub around: Around,
    /// Those whose courses the user runs: what each goes by in the address, and its name.
    pub owners: Vec<(String, String)>,
    /// Whose statistics these are, as it goes by in the address.
    pub owner: String,
    /// All of them.
    pub statistics: Statistics,
    /// What participants cost, by year.
    pub costs: Vec<(i32, Vec<LineCost>)>,
    /// The year that is looked at; none for all of them.
    pub year: Option<i32>,
}

impl StatisticsPage {
    /// The page as HTML.
    pub fn draw(self) -> String {
        let Self { around, owners, owner, statistics, costs, year } = self;
        draw(around, move || {
            let name = owners.iter().find(|(key, _)| *key == owner).map(|(_, name)| name.clone()).unwrap_or_default();
            let shown = year.map_or_else(|| statistics.clone(), |year| statistics.of_year(year));
            let of = format!("{name}, {}", year.map_or_else(|| "alla år".to_owned(), |year| year.to_string()));
            let body = if shown.total() == Count::default() {
                view! { <p class="muted">"Ingen har anmält sig ännu. Statistiken kommer med de första anmälningarna."</p> }
                    .into_any()
            } else {
                figures(&shown, costs, &of)
            };
            view! {
                <div class="page public">
                    <div class="public-header">
                        <h1>"Statistik över kurser"</h1>
                        <p class="lead">
                            "Anmälda är de som har anmält sig och inte avbokat. Deltog gjorde de som var där minst en dag. Den som har gallrats räknas fortfarande med."
                        </p>
                    </div>
                    {filter(&owners, &owner, &statistics.years(), year)}
                    {body}
                </div>
            }
            .into_any()
        })
    }
}

fn filter(owners: &[(String, String)], owner: &str, years: &[i32], year: Option<i32>) -> AnyView {
    let owners: Vec<_> = owners
        .iter()
        .map(|(key, name)| {
            view! {
                <option value=key.clone() selected=key == owner>
                    {name.clone()}
                </option>
            }
        })
        .collect();
    let years: Vec<_> = years
        .iter()
        .map(|one| {
            view! {
                <option value=one.to_string() selected=Some(*one) == year>
                    {one.to_string()}
                </option>
            }
        })
        .collect();
    view! {
        <form class="filter" method="get" action=STATISTICS role="search" aria-label="Urval">
            <div class="field">
                <label for="urval-arrangor">"Arrangör"</label>
                <select id="urval-arrangor" name="arrangor">
                    {owners}
                </select>
            </div>
            <div class="field">
                <label for="urval-ar">"År"</label>
                <select id="urval-ar" name="ar">
                    <option value="">"Alla år"</option>
                    {years}
                </select>
            </div>
            <button type="submit" class="button">
                "Visa"
            </button>
        </form>
    }
    .into_any()
}

fn figures(shown: &Statistics, costs: Vec<(i32, Vec<LineCost>)>, of: &str) -> AnyView {
    let by_course: Vec<(String, Count)> = shown.by(|group| group.course.clone()).into_iter().collect();
    let by_party: Vec<(String, Count)> =
        shown.by(|group| group.party).into_iter().map(|(party, count)| (party.label().to_owned(), count)).collect();
    let by_sex: Vec<(String, Count)> =
        shown.by(|group| group.sex).into_iter().map(|(sex, count)| (sex.label().to_owned(), count)).collect();
    let by_year: Vec<(String, Count)> =
        shown.by(|group| group.year).into_iter().map(|(year, count)| (year.to_string(), count)).collect();
    let total = shown.total();
    view! {
        {counts_picture(&by_course, total, of)}
        <section class="erasure">
            <h2>"Antal"</h2>
            {table("Per kurs", of, "Kurs", by_course, total)}
            {table("Per part", of, "Part", by_party, total)}
            {table("Per kön", of, "Kön", by_sex, total)}
            {table("Per år", of, "År", by_year, total)}
        </section>
        <section class="erasure">
            <h2>"Deltagare per kurs, part och kön"</h2>
            {crossed(shown, of)}
            <p class="muted">{FEW_NOTE}</p>
        </section>
        <section class="erasure">
            <h2>"Kostnad per deltagare"</h2>
            {costs_view(costs)}
        </section>
    }
    .into_any()
}

/// Counts by whatever they are sorted by, with all of them last.
fn table(title: &str, of: &str, corner: &'static str, rows: Vec<(String, Count)>, total: Count) -> AnyView {
    let row = |(name, count): (String, Count), is_sum| {
        (name, vec![count.registered.to_string(), count.attended.to_string()], is_sum)
    };
    let rows = rows.into_iter().map(|one| row(one, false)).chain([row(("Alla".to_owned(), total), true)]).collect();
    counts_table(format!("{title}. {of}."), corner, &["Anmälda", "Deltog"], rows)
}

/// *Kostnad per deltagare*, year by year.
fn costs_view(costs: Vec<(i32, Vec<LineCost>)>) -> AnyView {
    let tables: Vec<_> = costs
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(year, lines)| costs_table(format!("Kostnad per deltagare, {year}."), lines, AmountUnit::Kronor))
        .collect();
    if tables.is_empty() {
        return view! { <p class="muted">"Inget kurstillfälle anger någon kostnadsrad i budgeten. Då är kostnaden per deltagare okänd. Raden väljs i kurstillfällets uppgifter."</p> }
            .into_any();
    }
    view! {
        <p class="muted">"Kostnaden är utfallet där något är bokfört på raden, annars budgeten."</p>
        {tables}
    }
    .into_any()
}

fn crossed(shown: &Statistics, of: &str) -> AnyView {
    let cells = shown.by(|group| (group.course.clone(), group.party, group.sex));
    let mut rows: Vec<(String, Party)> =
        shown.by(|Group { course, party, .. }| (course.clone(), *party)).into_keys().collect();
    rows.dedup();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(course, party)| {
            let of_sex: Vec<_> = Sex::ALL
                .iter()
                .map(|sex| {
                    let count = cells.get(&(course.clone(), party, *sex)).copied().unwrap_or_default();
                    view! { <td class="amount number">{marked(count.attended)}</td> }
                })
                .collect();
            view! {
                <tr>
                    <th scope="row">{course}</th>
                    <td>{party.label()}</td>
                    {of_sex}
                </tr>
            }
        })
        .collect();
    let headings: Vec<_> = Sex::ALL
        .iter()
        .map(|sex| {
            view! {
                <th scope="col" class="amount">
                    {sex.label()}
                </th>
            }
        })
        .collect();
    let caption = format!("De som var där minst en dag. {of}.");
    let label = caption.clone();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="plain">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Kurs"</th>
                        <th scope="col">"Part"</th>
                        {headings}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
