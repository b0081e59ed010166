//! Proposes how a sheet is to be read, from how budgets of the kind are laid out: a row of headings with years, names to
//! the left of them, sections with a heading and a sum. The user sees and changes it before anything is read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::interpret::amount;
use super::{Cell, Choices, RowRole, Sheet};
use crate::domain::money::{AmountUnit, Money};
use crate::domain::year::Year;

/// Rows at the top in which the heading is looked for.
const HEADING_ROWS: usize = 40;
/// Amounts from this size on are taken for kronor where the sheet does not name its unit: a line of 10 million kronor
/// in thousands would say 10 000, and few lines are larger.
const SURELY_KRONOR: u32 = 20_000;
/// Words in a heading that make a column of figures something else than a budget.
const NOT_BUDGET: [&str; 8] = ["utfall", "prognos", "avvik", "diff", "bokslut", "bokfört", "%", "procent"];

/// A proposal, and what it is unsure of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess {
    /// How the sheet could be read.
    pub choices: Choices,
    /// What the user should look at, in Swedish sentences.
    pub doubts: Vec<String>,
}

/// Proposes how to read a sheet.
pub fn guess(sheet: &Sheet) -> Guess {
    let mut doubts = Vec::new();
    let heading = (0..sheet.rows.len().min(HEADING_ROWS))
        .map(|row| (row, years_of(sheet, row)))
        .filter(|(_, years)| !years.is_empty())
        // Of rows with as many years the first.
        .max_by_key(|(row, years)| (years.len(), std::cmp::Reverse(*row)));
    let (first_row, year_columns) = heading.map_or((0, BTreeMap::new()), |(row, years)| (row + 1, years));
    if year_columns.is_empty() {
        doubts
            .push("Inga kolumner med årtal i rubriken hittades. Peka ut vilken kolumn som hör till vilket år.".into());
    }
    let name_column = name_column(sheet, first_row, &year_columns);
    let unit = unit(sheet, first_row, &year_columns).unwrap_or_else(|| {
        doubts.push("Kalkylbladet säger inte om beloppen är i kronor eller tusental kronor. Kontrollera valet.".into());
        unit_by_size(sheet, first_row, &year_columns)
    });
    let note_column = (0..sheet.width()).find(|column| {
        let heading = sheet.cell(first_row.saturating_sub(1), *column).text().to_lowercase();
        first_row > 0 && ["kommentar", "anteckning", "notering", "förklaring"].iter().any(|word| heading.contains(word))
    });
    let mut choices = Choices { first_row, name_column, note_column, year_columns, unit, roles: BTreeMap::new() };
    choices.roles = guess_roles(sheet, &choices);
    if !choices.roles.values().any(|role| *role == RowRole::Line) {
        doubts.push("Inga budgetrader hittades. Är det rätt blad, och rätt kolumn med namn?".into());
    }
    Guess { choices, doubts }
}

/// The columns of a row that head a year's budget.
fn years_of(sheet: &Sheet, row: usize) -> BTreeMap<usize, Year> {
    let mut found: BTreeMap<Year, (bool, usize)> = BTreeMap::new();
    for column in 0..sheet.width() {
        let cell = sheet.cell(row, column);
        let text = cell.text().to_lowercase();
        let Some(year) = only_year(cell) else { continue };
        if NOT_BUDGET.iter().any(|word| text.contains(word)) {
            continue;
        }
        // Where a year stands twice, the column that calls itself budget.
        let is_budget = ["budget", "utblick", "plan"].iter().any(|word| text.contains(word));
        let place = found.entry(year).or_insert((is_budget, column));
        if is_budget && !place.0 {
            *place = (true, column);
        }
    }
    found.into_iter().map(|(year, (_, column))| (column, year)).collect()
}

/// The year that a heading names, if it names just one.
fn only_year(cell: &Cell) -> Option<Year> {
    let text = match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.normalize().to_string(),
        Cell::Date(date) => date.to_string().chars().take(4).collect(),
        Cell::Empty | Cell::Fault(_) => return None,
    };
    let mut years = text.split(|it: char| !it.is_ascii_digit()).filter_map(|digits| digits.parse::<Year>().ok());
    let year = years.next()?;
    // A title may name several; a sentence is no heading.
    (years.next().is_none() && text.chars().count() <= 40).then_some(year)
}

/// The column with most names in it, of those to the left of the years; one further to the right only where it has more
/// than twice as many, since comments stand there.
fn name_column(sheet: &Sheet, first_row: usize, years: &BTreeMap<usize, Year>) -> usize {
    let names = |column: usize| {
        let is_name =
            |row: &usize| matches!(sheet.cell(*row, column), Cell::Text(text) if text.chars().any(char::is_alphabetic));
        (first_row..sheet.rows.len()).filter(is_name).count()
    };
    let most_of = |columns: std::ops::Range<usize>| {
        let may_be = columns.filter(|column| !years.contains_key(column));
        may_be.map(|column| (names(column), column)).max_by_key(|(names, column)| (*names, std::cmp::Reverse(*column)))
    };
    let before = years.keys().next().copied().unwrap_or(sheet.width());
    match (most_of(0..before), most_of(before..sheet.width())) {
        (Some((left, column)), Some((right, _))) if left * 2 >= right => column,
        (_, Some((_, column))) | (Some((_, column)), None) => column,
        (None, None) => 0,
    }
}

/// The unit that the sheet names somewhere.
fn unit(sheet: &Sheet, first_row: usize, years: &BTreeMap<usize, Year>) -> Option<AmountUnit> {
    let names = |text: &str, units: &[&str]| {
        text.to_lowercase().split(|it: char| !it.is_alphanumeric()).any(|word| units.contains(&word))
    };
    let mut kronor = false;
    for (index, cells) in sheet.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let Cell::Text(text) = cell else { continue };
            if names(text, &["tkr", "tusental", "ksek"]) || text.to_lowercase().contains("tusen kronor") {
                // An amount that carries its own unit says nothing of its neighbours, unless all are headings.
                if index < first_row || !years.contains_key(&column) {
                    return Some(AmountUnit::TusenKronor);
                }
            }
            // In names of lines, kronor may be anything; in headings they are the unit.
            kronor |= index < first_row && names(text, &["kr", "kronor", "sek"]);
        }
    }
    kronor.then_some(AmountUnit::Kronor)
}

fn unit_by_size(sheet: &Sheet, first_row: usize, years: &BTreeMap<usize, Year>) -> AmountUnit {
    let mut sizes: Vec<Money> = (first_row..sheet.rows.len())
        .flat_map(|row| years.keys().map(move |column| (row, *column)))
        .filter_map(|(row, column)| amount(sheet.cell(row, column), AmountUnit::Kronor).ok().flatten())
        .map(|(amount, _)| amount.abs())
        .collect();
    sizes.sort_unstable();
    let limit = Money::from_ore(i64::from(SURELY_KRONOR) * 100);
    match sizes.get(sizes.len() / 2) {
        Some(middle) if *middle < limit => AmountUnit::TusenKronor,
        _ => AmountUnit::Kronor,
    }
}

/// What each row is, given the columns. Called again when the user has changed these.
pub fn guess_roles(sheet: &Sheet, choices: &Choices) -> BTreeMap<usize, RowRole> {
    let words: Vec<String> =
        (0..sheet.rows.len()).map(|row| sheet.cell(row, choices.name_column).text().to_lowercase()).collect();
    let has_sums = words.iter().skip(choices.first_row).any(|name| is_sum(name));
    let mut roles = BTreeMap::new();
    let mut in_income = false;
    // Whether what comes next may begin a section: nothing is open, or a sum or an empty row has closed it.
    let mut may_begin = true;
    // Whether the next sum is that of the section which is open, by its name: then all in between is of it.
    let mut is_closed_by_name = false;
    // The amounts since the last heading or sum, to know a sum without a name by its amount.
    let mut since: Vec<BTreeMap<usize, Money>> = Vec::new();
    for (row, name) in words.iter().enumerate().skip(choices.first_row) {
        let amounts = amounts(sheet, choices, row);
        let has_figures = choices.year_columns.keys().any(|column| !sheet.cell(row, *column).is_empty());
        let role = match (name.is_empty(), has_figures) {
            (true, false) => {
                may_begin = true;
                continue;
            }
            (true, true) if !since.is_empty() && amounts == sum_of(&since) => RowRole::Sum,
            (true, true) => RowRole::Line,
            (false, true) => role_of_figures(name, in_income),
            (false, false) if is_computed(name) || is_sum(name) || is_opening_equity(name) => RowRole::Skip,
            (false, false) if is_closed_by_name && in_income => RowRole::Income,
            (false, false) if is_closed_by_name || (has_sums && !may_begin) => RowRole::Line,
            (false, false) => RowRole::Section,
        };
        match role {
            RowRole::Section => {
                in_income = is_income(name);
                let mut below = words.iter().skip(row + 1).filter(|name| is_sum(name));
                is_closed_by_name = below.next().and_then(|sum| sum.strip_prefix("summa ")) == Some(name);
                since.clear();
            }
            RowRole::Line => since.push(amounts),
            // A sum closes what is above it, also where there is nothing to sum.
            _ if is_sum(name) || role == RowRole::Sum => {
                in_income = false;
                is_closed_by_name = false;
                since.clear();
            }
            _ => {}
        }
        may_begin = role != RowRole::Line;
        // The heading of the income rows is none of the budget's sections.
        let role = if role == RowRole::Section && in_income { RowRole::Skip } else { role };
        roles.insert(row, role);
    }
    roles
}

fn role_of_figures(name: &str, in_income: bool) -> RowRole {
    match () {
        () if is_opening_equity(name) => RowRole::OpeningEquity,
        () if is_computed(name) => RowRole::Skip,
        () if is_sum(name) => RowRole::Sum,
        () if in_income || is_income(name) => RowRole::Income,
        () => RowRole::Line,
    }
}

fn amounts(sheet: &Sheet, choices: &Choices, row: usize) -> BTreeMap<usize, Money> {
    let of = |column: &usize| Some((*column, amount(sheet.cell(row, *column), choices.unit).ok()??.0));
    choices.year_columns.keys().filter_map(of).collect()
}

fn sum_of(rows: &[BTreeMap<usize, Money>]) -> BTreeMap<usize, Money> {
    let mut sum: BTreeMap<usize, Money> = BTreeMap::new();
    for (column, amount) in rows.iter().flatten() {
        *sum.entry(*column).or_default() += *amount;
    }
    sum
}

fn is_sum(name: &str) -> bool {
    let first = name.split(|it: char| !it.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
    ["summa", "delsumma", "totalsumma", "total", "totalt", "totala", "sum"].contains(&first)
}

fn is_income(name: &str) -> bool {
    [
        "intäkt",
        "övriga intäkter",
        "övrig intäkt",
        "bidrag från",
        "medlemsbidrag",
        "medlemsavgift",
        "medel från",
        "finansiering från",
    ]
    .iter()
    .any(|start| name.starts_with(start))
}

/// What the program works out itself.
fn is_computed(name: &str) -> bool {
    [
        "resultat",
        "årets resultat",
        "netto",
        "eget kapital",
        "utgående",
        "kvarstående",
        "tak för",
        "tak, procent",
        "över (+)",
        "balans",
    ]
    .iter()
    .any(|start| name.starts_with(start))
}

fn is_opening_equity(name: &str) -> bool {
    let says = |word| name.contains(word);
    (says("kapital") || says("medel") || says("överskott"))
        && (says("ingående") || says("från föregående år") || says("från tidigare år"))
}
