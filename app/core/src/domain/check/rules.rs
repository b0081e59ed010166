//! What a plan should keep to, whether or not it states any figure: the equity ceiling, the law's shares, and its line
//! in the county plan.

use super::county_line::{CountyContribution, OwnLine};
use super::figure::Figure;
use super::finding::{Finding, FindingKind, Place, Spot};
use super::inspection::Inspection;
use super::plan::{YearKnown, judge_budget};
use super::reading::{Candidate, scaled};
use super::text::difference;
use crate::domain::budget::Budget;
use crate::domain::law::{self, LawComparison};
use crate::domain::money::{AmountUnit, Money};
use crate::domain::stated::{Precision, StatedFigures, StatedKey, StatedUnit};
use crate::domain::year::Year;

/// Everything a plan does not keep to. `precision` says how exactly its amounts are known.
pub fn rules(budget: &Budget, precision: Precision, contributions: &[CountyContribution]) -> Vec<Finding> {
    let figures = StatedFigures { amounts: precision, ..StatedFigures::default() };
    let years = judge_budget(&mut Inspection::default(), budget, &figures);
    let unit = match precision {
        Precision::Exact => AmountUnit::Kronor,
        Precision::Printed(unit) => unit,
    };
    let ceilings = years.iter().filter_map(|year| over_ceiling(budget, year, unit));
    let shares = budget.years.iter().filter_map(|year| not_by_law(budget, *year, precision, unit));
    let lines = contributions.iter().filter_map(|it| OwnLine::of(budget, it.year, precision)?.against(it.amount));
    ceilings.chain(shares).chain(lines).collect()
}

/// Closing equity that is above the ceiling however the figures were rounded.
fn over_ceiling(budget: &Budget, known: &YearKnown, unit: AmountUnit) -> Option<Finding> {
    let closing = Candidate::from(known.closing.as_ref()?.clean());
    let ceiling = scaled(known.party_income.as_ref()?.clean(), budget.ceiling.hundredths().into(), 10_000)?;
    if closing.low <= ceiling.high {
        return None;
    }
    let figure = |candidate: &Candidate| Figure::of(candidate.plain.times_rounded(1), StatedUnit::Kronor);
    let (stated, computed) = (figure(&closing), figure(&ceiling));
    let year = known.year;
    let rate = super::figure::percent(budget.ceiling.hundredths().into());
    Some(Finding {
        kind: FindingKind::EquityCeiling,
        place: Place {
            spot: Spot::Stated(StatedKey::ClosingEquity(year)),
            label: format!("Utgående eget kapital {year}"),
        },
        stated,
        computed,
        allowed: (Figure::Empty, Figure::of(ceiling.high.floor(), StatedUnit::Kronor)),
        carried: Vec::new(),
        text: format!(
            "Utgående eget kapital {year} blir {}, vilket är {} över taket {} ({rate}\u{a0}% av årets intäkter).",
            stated.format(unit),
            difference(stated, computed, unit),
            computed.format(unit),
        ),
    })
}

/// Income that is not half, a quarter and a quarter however it was rounded. One finding a year, since one party that
/// pays too much makes the others pay too little; it stands at the one that is furthest off.
fn not_by_law(budget: &Budget, year: Year, precision: Precision, unit: AmountUnit) -> Option<Finding> {
    let rows = law::compare(budget, year);
    let slack = slack(budget, &rows, year, precision);
    let off = |row: &LawComparison| row.difference().abs().ore();
    let furthest = rows.iter().max_by_key(|row| off(row)).filter(|row| i128::from(off(row)) > slack)?;
    let named =
        |row: &LawComparison| if row.name.is_empty() { row.party.label() } else { row.name.as_str() }.to_owned();
    let sentences: Vec<String> = rows
        .iter()
        .filter(|row| i128::from(off(row)) > slack)
        .map(|row| {
            let (name, more) = (named(row), if row.difference().is_negative() { "mindre" } else { "mer" });
            let apart = row.difference().abs().format_with_unit(unit);
            format!(
                "{name} {}, {apart} {more} än lagens {}",
                row.given.format_with_unit(unit),
                row.by_law.format_with_unit(unit)
            )
        })
        .collect();
    let bound = |sign: i128| Figure::of(i128::from(furthest.by_law.ore()) + sign * slack, StatedUnit::Kronor);
    Some(Finding {
        kind: FindingKind::ShareByLaw,
        place: Place { spot: Spot::Income(year), label: format!("Intäkter {year}, {}", named(furthest)) },
        stated: Figure::Money(furthest.given),
        computed: Figure::Money(furthest.by_law),
        allowed: (bound(-1), bound(1)),
        carried: Vec::new(),
        text: format!("Intäkterna {year} följer inte lagens andelar (50, 25 och 25\u{a0}%): {}.", sentences.join("; ")),
    })
}

/// How far, in öre, rounding may move a party from its share: half a step for each row, and an öre for the remainder
/// that a division leaves. Amounts in whole kronor are taken to be rounded to kronor, as they are invoiced.
fn slack(budget: &Budget, rows: &[LawComparison], year: Year, precision: Precision) -> i128 {
    let amounts: Vec<Money> = budget
        .income
        .iter()
        .filter(|row| rows.iter().any(|compared| compared.rows.contains(&row.id)))
        .filter_map(|row| row.amounts.get(&year).copied())
        .collect();
    let kronor = Precision::Printed(AmountUnit::Kronor);
    let step = |amount: &Money| precision.step(*amount).or(kronor.step(*amount)).unwrap_or(1);
    let least = amounts.iter().map(step).min().unwrap_or(1);
    let steps: i128 =
        amounts.iter().map(|amount| i128::from(if precision == Precision::Exact { least } else { step(amount) })).sum();
    steps / 2 + 1
}
