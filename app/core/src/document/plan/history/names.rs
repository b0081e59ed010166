//! What rows, columns and words of a plan are called in its history.

use automerge::{AutoCommit, ROOT};

use crate::document::plan::place::RowRef;
use crate::document::plan::schema;
use crate::document::plan::words::{destination_of, precision_of};
use crate::document::tree::history::Held;
use crate::document::tree::value::{stored as stored_at, text};
use crate::domain::ledger::Destination;
use crate::domain::ratio::written;
use crate::domain::{AmountUnit, CeilingRate, LineRole, Precision, Stated, StatedKey, VersionStatus, Year};

/// What a row is called now, also where it is removed.
pub fn name_of(doc: &AutoCommit, row: RowRef) -> String {
    let Some(object) = row.path().find(doc) else { return String::new() };
    let word = |key: &str| stored_at(doc, &object, key).0.word().unwrap_or_default().to_owned();
    match row {
        RowRef::Outcome(_) => format!("Utfall till och med {}", word("through")),
        RowRef::Equivalent(_) => text(doc, &object, "area"),
        RowRef::Version(_) => {
            version_name(VersionStatus::from_word(&word("status")).label(), &text(doc, &object, "name"))
        }
        RowRef::Section(_) | RowRef::Line(_) | RowRef::Income(_) => text(doc, &object, "name"),
    }
}

/// A version by its status and name; a name that begins with the status says it already.
fn version_name(status: &str, name: &str) -> String {
    let (said, name) = (status.to_lowercase(), name.trim());
    match name.to_lowercase().starts_with(&said) {
        true => name.to_owned(),
        false if name.is_empty() => status.to_owned(),
        false => format!("{status}: {name}"),
    }
}

/// What a year's column is called.
pub fn column_of(doc: &AutoCommit, year: Year) -> String {
    let own = stored_at(doc, &ROOT, schema::YEAR).0.int();
    let is_outlook = own.is_some_and(|own| i64::from(year.number()) > own);
    format!("{} {year}", if is_outlook { "Utblick" } else { "Budget" })
}

/// Where an account is led, as people say it.
pub fn destination_name(doc: &AutoCommit, held: &Held) -> String {
    match destination_of(held.word()) {
        Some(Destination::Line(id)) => name_of(doc, RowRef::Line(id)),
        Some(Destination::Income(id)) => name_of(doc, RowRef::Income(id)),
        Some(Destination::LeaveOut) => "räknas inte med".to_owned(),
        None => String::new(),
    }
}

/// What a stated figure is a figure of, as people say it.
pub fn stated_name(doc: &AutoCommit, key: StatedKey) -> String {
    match key {
        StatedKey::SectionSum(section, year) => format!("Summa {} {year}", name_of(doc, RowRef::Section(section))),
        StatedKey::TotalCost(year) => format!("Summa kostnader {year}"),
        StatedKey::TotalIncome(year) => format!("Summa intäkter {year}"),
        StatedKey::NetResult(year) => format!("Årets resultat {year}"),
        StatedKey::OpeningEquity(year) => format!("Ingående eget kapital {year}"),
        StatedKey::AvailableFunds(year) => format!("Tillgängliga medel {year}"),
        StatedKey::EquityUsed(year) => format!("Förbrukat eget kapital {year}"),
        StatedKey::ClosingEquity(year) => format!("Utgående eget kapital {year}"),
        StatedKey::EquityCeiling(year) => format!("Tak för eget kapital {year}"),
        StatedKey::OutcomeSectionSum(_, section) => format!("Utfall {}", name_of(doc, RowRef::Section(section))),
        StatedKey::OutcomeTotal(_) => "Utfall, alla kostnader".to_owned(),
        StatedKey::OutcomeLinePercent(_, line) => format!("Utfall i procent, {}", name_of(doc, RowRef::Line(line))),
        StatedKey::OutcomeSectionPercent(_, section) => {
            format!("Utfall i procent, {}", name_of(doc, RowRef::Section(section)))
        }
        StatedKey::OutcomeTotalPercent(_) => "Utfall i procent, alla kostnader".to_owned(),
        StatedKey::EquivalentTotal(row) => format!("Totalt, {}", name_of(doc, RowRef::Equivalent(row))),
        StatedKey::PopulationShare(row) => {
            format!("Andel av befolkningen, {}", name_of(doc, RowRef::Equivalent(row)))
        }
    }
}

/// The rate of the equity ceiling; the usual one where none was chosen.
pub fn rate(held: &Held) -> String {
    let chosen = held.int().and_then(|rate| CeilingRate::from_hundredths(u16::try_from(rate).ok()?));
    let hundredths = chosen.unwrap_or_default().hundredths();
    match hundredths % 100 {
        0 => format!("{}\u{a0}%", hundredths / 100),
        rest => format!("{},{rest:02}\u{a0}%", hundredths / 100),
    }
}

/// How exactly the amounts are known.
pub fn precision(held: &Held) -> String {
    match precision_of(held.word()) {
        Precision::Exact => "exakt",
        Precision::Printed(AmountUnit::Kronor) => "i hela kronor",
        Precision::Printed(AmountUnit::TusenKronor) => "i hela tusental kronor",
    }
    .to_owned()
}

/// What the program must know a line to be.
pub fn role(held: &Held) -> String {
    match held.word() {
        "" => LineRole::Ordinary.label().to_owned(),
        word => LineRole::from_word(word).label().to_owned(),
    }
}

/// A figure as a source prints it, in Swedish form; what cannot be read stands as it is.
pub fn stated(held: &Held) -> String {
    held.word().parse::<Stated>().map_or_else(|_| held.word().to_owned(), Stated::format)
}

/// How many of something; nothing for what is no number.
pub fn count(held: &Held) -> String {
    held.int().map_or_else(String::new, |number| written(number.into(), 0))
}

/// A whole number as it is written; nothing for what is none.
pub fn number(held: &Held) -> String {
    held.int().map_or_else(String::new, |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_not_named_twice_by_its_status() {
        assert_eq!(version_name("Fastställd", "Fastställd 2020-11-13"), "Fastställd 2020-11-13");
        assert_eq!(version_name("Förslag", "förslag efter planeringsdagarna"), "förslag efter planeringsdagarna");
        assert_eq!(version_name("Fastställd", "Styrelsens beslut"), "Fastställd: Styrelsens beslut");
        assert_eq!(version_name("Samråd", ""), "Samråd");
    }
}
