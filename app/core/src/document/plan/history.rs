//! *Historik* of an association's plan: what each place is called, and how what stood there is brought back.

mod names;

use automerge::AutoCommit;

use super::place::{AmountCell, BudgetRow, RowRef, TextCell};
use super::{PlanCommand, schema};
use crate::document::history::{Asked, Cell, Changed, Entry, History, Thing};
use crate::document::tree::editor::{DELETED_AT, ORDER};
use crate::document::tree::history::{Held, Touch};
use crate::document::tree::path::Slot;
use crate::document::tree::value::stored as stored_at;
use crate::domain::{Benefit, PartyKind, PopulationGroup, SectionId, StatedKey, Year};
use names::{column_of, count, destination_name, name_of, number, precision, rate, role, stated, stated_name};

/// The changes that are asked for.
pub fn history(doc: &mut AutoCommit, asked: &Asked) -> History {
    History::read(doc, asked, slot_of, describe)
}

fn slot_of(cell: &Cell) -> Option<Slot> {
    match cell {
        Cell::Amount(cell) => Some(cell.slot()),
        Cell::Text(cell) => cell.slot(),
        Cell::County(..) => None,
    }
}

/// What was done at a place; none for what no page shows.
fn describe(doc: &AutoCommit, touch: &Touch) -> Option<Entry> {
    let names: Vec<&str> = touch.slot.map.names().iter().map(String::as_str).collect();
    let key = touch.slot.key.clone();
    match names.as_slice() {
        [] => of_plan(&key, touch),
        [schema::SETTINGS] => setting(&key, touch),
        [schema::YEARS] => {
            let shown = |held: &Held| if *held == Held::Nothing { "dolt" } else { "visas" }.to_owned();
            Some(whole_plan(format!("År {key}"), Changed::worded(touch, shown)))
        }
        [schema::STATED] => {
            let key: StatedKey = key.parse().ok()?;
            let place = format!("Angiven siffra, {}", stated_name(doc, key));
            Some(whole_plan(place, Changed::worded(touch, stated)))
        }
        [schema::ACCOUNTS] => {
            let changed = Changed::worded(touch, |held| destination_name(doc, held));
            Some(whole_plan(format!("Koppling av konto {key}"), changed))
        }
        [table] => (touch.after == Held::Map && touch.before == Held::Nothing)
            .then(|| Some(row_entry(doc, row_of(table, &key)?, String::new(), Changed::Added)))
            .flatten(),
        [table, id] => in_row(doc, row_of(table, id)?, &key, touch),
        [table, id, map] => in_map(doc, row_of(table, id)?, map, &key, touch),
        _ => None,
    }
}

/// Title, registry number and such.
fn of_plan(key: &str, touch: &Touch) -> Option<Entry> {
    // What the plan was opened with is not told of.
    let before = match &touch.before {
        Held::Nothing => return None,
        held => held.word().to_owned(),
    };
    let (place, back) = match key {
        schema::TITLE => ("Rubrik", PlanCommand::SetTitle { title: before }),
        schema::DNR => ("Diarienummer", PlanCommand::SetRegistryNumber { dnr: before }),
        _ => return None,
    };
    Some(Entry { back: Some(back.into()), ..whole_plan(place.to_owned(), Changed::text(touch)) })
}

fn setting(key: &str, touch: &Touch) -> Option<Entry> {
    match key {
        "opening_equity" => {
            let cell = AmountCell::OpeningEquity;
            let (changed, back) = Changed::amount(touch, |amount| PlanCommand::SetAmount { cell, amount });
            Some(Entry { back, ..whole_plan("Ingående eget kapital".to_owned(), changed) })
        }
        "ceiling" => Some(whole_plan("Tak för eget kapital".to_owned(), Changed::worded(touch, rate))),
        "precision" => Some(whole_plan("Hur beloppen är kända".to_owned(), Changed::worded(touch, precision))),
        _ => None,
    }
}

/// What stands in a row itself.
fn in_row(doc: &AutoCommit, row: RowRef, key: &str, touch: &Touch) -> Option<Entry> {
    let is_new = touch.before == Held::Nothing;
    let entry = |place: &str, changed| Some(row_entry(doc, row, place.to_owned(), changed));
    let worded = |place: &str, words: &dyn Fn(&Held) -> String| entry(place, Changed::worded(touch, words));
    match key {
        DELETED_AT => match (&touch.before, &touch.after) {
            (Held::Nothing, _) => {
                let back = Some(PlanCommand::Restore { row }.into());
                Some(Entry { back, ..row_entry(doc, row, String::new(), Changed::Removed) })
            }
            (_, Held::Nothing) => entry("", Changed::Restored),
            _ => None,
        },
        // A row that comes has its place with it.
        ORDER | "section" | "party" | "through" | "status" | "year" | "group" if is_new => None,
        ORDER => entry("", Changed::Moved),
        // What a version is called is told with it.
        "name" if matches!(row, RowRef::Version(_)) && touch.before.word().is_empty() => None,
        "name" | "area" => {
            text_entry(doc, row, if key == "area" { "Område" } else { "Benämning" }, TextCell::Name(row), touch)
        }
        "note" => text_entry(doc, row, "Anteckning", TextCell::Note(row), touch),
        "section" => worded("Avsnitt", &|held| {
            let section: Option<SectionId> = held.word().parse().ok();
            section.map_or_else(String::new, |id| name_of(doc, RowRef::Section(id)))
        }),
        "role" => worded("Radens roll", &role),
        "party" => worded("Part", &|held| PartyKind::from_word(held.word()).label().to_owned()),
        "weight" => worded("Vikt", &|held| held.int().unwrap_or(1).to_string()),
        "through" => worded("Till och med", &|held| held.word().to_owned()),
        schema::YEAR => worded("År", &number),
        "group" => worded("Vilka raden räknar", &|held| PopulationGroup::from_word(held.word()).label().to_owned()),
        "population" => worded("Folkmängd 20–64 år", &count),
        _ => None,
    }
}

/// What stands in a map within a row: amounts by year or by row, texts by row, numbers by benefit.
fn in_map(doc: &AutoCommit, row: RowRef, map: &str, key: &str, touch: &Touch) -> Option<Entry> {
    let by_year = || key.parse::<Year>().ok();
    match (row, map) {
        (RowRef::Line(id), schema::AMOUNTS) => {
            let year = by_year()?;
            Some(amount_entry(doc, row, column_of(doc, year), AmountCell::Line(id, year), touch))
        }
        (RowRef::Income(id), schema::AMOUNTS) => {
            let year = by_year()?;
            Some(amount_entry(doc, row, column_of(doc, year), AmountCell::Income(id, year), touch))
        }
        (RowRef::Outcome(id), map) => {
            let about = budget_row(doc, key)?;
            let day = stored_at(doc, &row.path().find(doc)?, "through").0;
            let day = day.word().unwrap_or_default();
            let place = |what: &str| format!("{what} till och med {day}");
            Some(match map {
                schema::AMOUNTS => {
                    amount_entry(doc, about.row(), place("Utfall"), AmountCell::Outcome(id, about), touch)
                }
                schema::FORECASTS => {
                    amount_entry(doc, about.row(), place("Prognos, utfall"), AmountCell::Forecast(id, about), touch)
                }
                schema::COMMENTS => {
                    return text_entry(
                        doc,
                        about.row(),
                        &place("Kommentar, utfall"),
                        TextCell::Comment(id, about),
                        touch,
                    );
                }
                schema::ACTIONS => {
                    return text_entry(doc, about.row(), &place("Åtgärd, utfall"), TextCell::Action(id, about), touch);
                }
                _ => return None,
            })
        }
        (RowRef::Equivalent(_), schema::COUNTS) => {
            let place = Benefit::from_word(key).label().to_owned();
            Some(row_entry(doc, row, place, Changed::worded(touch, count)))
        }
        _ => None,
    }
}

fn amount_entry(doc: &AutoCommit, row: RowRef, place: String, cell: AmountCell, touch: &Touch) -> Entry {
    let (changed, back) = Changed::amount(touch, |amount| PlanCommand::SetAmount { cell, amount });
    Entry { back, ..row_entry(doc, row, place, changed) }
}

/// A text: none where an empty one was begun, as in every new row.
fn text_entry(doc: &AutoCommit, row: RowRef, place: &str, cell: TextCell, touch: &Touch) -> Option<Entry> {
    let (before, after) = (touch.before.word().to_owned(), touch.after.word().to_owned());
    if before == after {
        return None;
    }
    // What a version is called is part of it.
    let back =
        (!matches!(row, RowRef::Version(_))).then(|| PlanCommand::SetText { cell, value: before.clone() }.into());
    Some(Entry { back, ..row_entry(doc, row, place.to_owned(), Changed::Text { before, after }) })
}

fn whole_plan(place: String, changed: Changed) -> Entry {
    Entry { row: None, name: String::new(), place, changed, thing: Thing::Row, back: None }
}

fn row_entry(doc: &AutoCommit, row: RowRef, place: String, changed: Changed) -> Entry {
    let thing = match row {
        RowRef::Section(_) => Thing::Section,
        RowRef::Outcome(_) => Thing::Outcome,
        RowRef::Version(_) => Thing::Version,
        RowRef::Line(_) | RowRef::Income(_) | RowRef::Equivalent(_) => Thing::Row,
    };
    Entry { row: Some(row.key()), name: name_of(doc, row), place, changed, thing, back: None }
}

fn row_of(table: &str, id: &str) -> Option<RowRef> {
    Some(match table {
        schema::SECTIONS => RowRef::Section(id.parse().ok()?),
        schema::LINES => RowRef::Line(id.parse().ok()?),
        schema::INCOME => RowRef::Income(id.parse().ok()?),
        schema::OUTCOMES => RowRef::Outcome(id.parse().ok()?),
        schema::EQUIVALENTS => RowRef::Equivalent(id.parse().ok()?),
        schema::VERSIONS => RowRef::Version(id.parse().ok()?),
        _ => return None,
    })
}

fn budget_row(doc: &AutoCommit, key: &str) -> Option<BudgetRow> {
    let line = BudgetRow::Line(key.parse().ok()?);
    let income = BudgetRow::Income(key.parse().ok()?);
    [line, income].into_iter().find(|about| about.row().path().find(doc).is_some())
}
