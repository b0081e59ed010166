//! `/kurser/statistik`: how many took part, by course, party, sex and year, as picture and tables.

use leptos::prelude::*;

use super::{Around, draw};
use crate::components::chart::{Bar, BarRow, Bars, Figure, FigureTable, Words};
use crate::domain::Money;
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
    /// The year that is looked at; none for all of them.
    pub year: Option<i32>,
}

impl StatisticsPage {
    /// The page as HTML.
    pub fn draw(self) -> String {
        let Self { around, owners, owner, statistics, year } = self;
        draw(around, move || {
            let name = owners.iter().find(|(key, _)| *key == owner).map(|(_, name)| name.clone()).unwrap_or_default();
            let shown = year.map_or_else(|| statistics.clone(), |year| statistics.of_year(year));
            let of = format!("{name}, {}", year.map_or_else(|| "alla år".to_owned(), |year| year.to_string()));
            let body = if shown.total() == Count::default() {
                view! { <p class="muted">"Ingen har anmält sig ännu. Statistiken kommer med de första anmälningarna."</p> }
                    .into_any()
            } else {
                figures(&shown, &of)
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

fn figures(shown: &Statistics, of: &str) -> AnyView {
    let by_course: Vec<(String, Count)> = shown.by(|group| group.course.clone()).into_iter().collect();
    let by_party: Vec<(String, Count)> =
        shown.by(|group| group.party).into_iter().map(|(party, count)| (party.label().to_owned(), count)).collect();
    let by_sex: Vec<(String, Count)> =
        shown.by(|group| group.sex).into_iter().map(|(sex, count)| (sex.label().to_owned(), count)).collect();
    let by_year: Vec<(String, Count)> =
        shown.by(|group| group.year).into_iter().map(|(year, count)| (year.to_string(), count)).collect();
    let total = shown.total();
    view! {
        {picture(&by_course, total, of)}
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
        </section>
    }
    .into_any()
}

fn picture(by_course: &[(String, Count)], total: Count, of: &str) -> AnyView {
    let heading = format!("{} anmälda, varav {} har deltagit", total.registered, total.attended);
    let about = format!("Anmälda och deltagare per kurs. {of}.");
    let (rows, table): (Vec<_>, Vec<_>) = by_course
        .iter()
        .map(|(name, count)| {
            let (registered, attended) = (people(count.registered), people(count.attended));
            let bars = vec![Bar { name: "Anmälda", amount: registered }, Bar { name: "Deltog", amount: attended }];
            (BarRow { name: name.clone(), mark: None, bars }, (name.clone(), vec![registered, attended], false))
        })
        .unzip();
    let words = Words {
        id: "diagram-kurser",
        title: "Anmälda och deltagare per kurs".to_owned(),
        description: format!("{heading}. Alla tal står i tabellen."),
    };
    let caption = about.clone();
    view! {
        <Figure
            id="diagram-kurser"
            heading=heading
            about=about
            picture=move || view! { <Bars words=words.clone() rows=rows.clone() unit=AmountUnit::Kronor /> }
            table=move || {
                let columns = vec!["Anmälda".to_owned(), "Deltog".to_owned()];
                view! {
                    <FigureTable
                        caption=caption.clone()
                        corner="Kurs"
                        columns
                        rows=table.clone()
                        unit=AmountUnit::Kronor
                    />
                }
            }
        />
    }
    .into_any()
}

/// The pictures draw amounts; one person is one krona of them.
fn people(count: u32) -> Option<Money> {
    i32::try_from(count).ok().map(Money::from_kronor)
}

fn table(title: &'static str, of: &str, corner: &'static str, rows: Vec<(String, Count)>, total: Count) -> AnyView {
    let row = |(name, count): (String, Count), is_sum: bool| {
        view! {
            <tr class=if is_sum { "sum" } else { "" }>
                <th scope="row">{name}</th>
                <td class="amount number">{count.registered}</td>
                <td class="amount number">{count.attended}</td>
            </tr>
        }
    };
    let mut all: Vec<_> = rows.into_iter().map(|one| row(one, false)).collect();
    all.push(row(("Alla".to_owned(), total), true));
    let caption = format!("{title}. {of}.");
    let label = caption.clone();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="plain">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{corner}</th>
                        <th scope="col" class="amount">
                            "Anmälda"
                        </th>
                        <th scope="col" class="amount">
                            "Deltog"
                        </th>
                    </tr>
                </thead>
                <tbody>{all}</tbody>
            </table>
        </div>
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
                    view! { <td class="amount number">{count.attended}</td> }
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
