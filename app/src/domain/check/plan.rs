//! A plan's stated figures: sums and totals, income, result, and equity from year to year.

use super::equivalents;
use super::finding::{Finding, FindingKind, Spot};
use super::inspection::{Derivation, Inspection, Question};
use super::outcome;
use super::reading::{Known, scaled};
use crate::domain::budget::{Amounts, Budget};
use crate::domain::equivalents::EquivalentRow;
use crate::domain::ids::SectionId;
use crate::domain::outcome::Outcome;
use crate::domain::stated::{Precision, StatedFigures, StatedKey};
use crate::domain::year::Year;

/// Everything a plan states, held against its figures: budget, equity, outcomes and full-year equivalents.
pub fn plan_figures(
    budget: &Budget,
    outcomes: &[Outcome],
    rows: &[EquivalentRow],
    stated: &StatedFigures,
) -> Vec<Finding> {
    let mut inspection = Inspection::default();
    let years = judge_budget(&mut inspection, budget, stated);
    for outcome in outcomes {
        let year = years.iter().find(|known| known.year.number() == outcome.through.year());
        outcome::judge(&mut inspection, budget, year, outcome, stated);
    }
    equivalents::judge(&mut inspection, rows, stated);
    inspection.finish()
}

/// What is known of a budget's year.
pub(super) struct YearKnown {
    pub year: Year,
    pub sections: Vec<(SectionId, Option<Known>)>,
    pub cost: Option<Known>,
    pub party_income: Option<Known>,
    pub closing: Option<Known>,
}

/// An amount as it was written: exact, or rounded as its document prints it.
pub(super) fn amount(amounts: &Amounts, year: Year, precision: Precision) -> Option<Known> {
    let amount = *amounts.get(&year)?;
    Some(Known::given(amount.ore(), precision.step(amount)))
}

pub(super) fn judge_budget(inspection: &mut Inspection, budget: &Budget, stated: &StatedFigures) -> Vec<YearKnown> {
    let mut opening: Option<Known> = None;
    let mut years = Vec::new();
    for (at, &year) in budget.years.iter().enumerate() {
        let known = judge_year(inspection, budget, stated, year, at == 0, opening);
        opening = known.closing.clone();
        years.push(known);
    }
    years
}

/// One year; `carried_over` is what the year before closed with.
fn judge_year(
    inspection: &mut Inspection,
    budget: &Budget,
    stated: &StatedFigures,
    year: Year,
    is_first: bool,
    carried_over: Option<Known>,
) -> YearKnown {
    let ask = |kind, key: StatedKey, label: &str| Question::new(kind, Spot::Stated(key), format!("{label} {year}"));
    let precision = stated.amounts;

    let mut sections = Vec::new();
    for section in &budget.sections {
        let lines: Vec<_> = section
            .lines
            .iter()
            .filter_map(|line| Some((line.name.as_str(), amount(&line.amounts, year, precision)?)))
            .collect();
        let key = StatedKey::SectionSum(section.id, year);
        let question = ask(FindingKind::SectionSum, key, &format!("Summa {}", section.name));
        sections.push((section.id, inspection.judge(question, &added("raderna", &lines), stated.get(key))));
    }
    let key = StatedKey::TotalCost(year);
    let parts = sections.iter().zip(&budget.sections);
    let parts: Vec<_> = parts.filter_map(|((_, sum), section)| Some((section.name.as_str(), sum.clone()?))).collect();
    let question = ask(FindingKind::TotalCost, key, "Total summa");
    let cost = inspection.judge(question, &added("avsnitten", &parts), stated.get(key));

    let rows = |of_parties: bool| -> Vec<(&str, Known)> {
        let rows = budget.income.iter().filter(|row| !of_parties || row.is_from_parties());
        rows.filter_map(|row| Some((row.name.as_str(), amount(&row.amounts, year, precision)?))).collect()
    };
    let key = StatedKey::TotalIncome(year);
    let question = ask(FindingKind::TotalIncome, key, "Summa intäkter");
    let income = inspection.judge(question, &added("intäkterna", &rows(false)), stated.get(key));
    let party_income = if budget.income.iter().all(|row| row.is_from_parties()) {
        income.clone()
    } else {
        added("", &rows(true)).into_iter().next().map(|derivation| Known(derivation.readings))
    };

    let key = StatedKey::NetResult(year);
    let question = ask(FindingKind::NetResult, key, "Årets resultat");
    let terms = terms(&[(1, "intäkterna", &income), (-1, "kostnaderna", &cost)]);
    let ways = way("intäkter minus kostnader", terms);
    let result = inspection.judge(question, &ways, stated.get(key));

    let key = StatedKey::OpeningEquity(year);
    let first = is_first.then(|| budget.opening_equity.map(|it| Known::given(it.ore(), precision.step(it)))).flatten();
    let (kind, basis) = match is_first {
        true => (FindingKind::OpeningEquity, "beloppet i planen"),
        false => (FindingKind::RollForward, "föregående års utgående eget kapital"),
    };
    let from = first.or(carried_over);
    let ways = way(basis, from.as_ref().map(|from| vec![(1, "", from)]));
    let opening = inspection.judge(ask(kind, key, "Ingående eget kapital"), &ways, stated.get(key));

    let key = StatedKey::AvailableFunds(year);
    let ways = way(
        "ingående eget kapital plus intäkter",
        all(&[(1, "det ingående kapitalet", &opening), (1, "intäkterna", &income)]),
    );
    let available =
        inspection.judge(ask(FindingKind::AvailableFunds, key, "Tillgängliga medel"), &ways, stated.get(key));

    let key = StatedKey::ClosingEquity(year);
    let mut ways = way(
        "ingående eget kapital plus årets resultat",
        all(&[(1, "det ingående kapitalet", &opening), (1, "årets resultat", &result)]),
    );
    ways.extend(way(
        "tillgängliga medel minus kostnader",
        all(&[(1, "tillgängliga medel", &available), (-1, "kostnaderna", &cost)]),
    ));
    let closing =
        inspection.judge(ask(FindingKind::ClosingEquity, key, "Utgående eget kapital"), &ways, stated.get(key));

    let key = StatedKey::EquityUsed(year);
    let mut ways = way(
        "ingående minus utgående eget kapital",
        all(&[(1, "det ingående kapitalet", &opening), (-1, "det utgående kapitalet", &closing)]),
    );
    ways.extend(way("kostnader minus intäkter", all(&[(-1, "årets resultat", &result)])));
    inspection.judge(ask(FindingKind::EquityUsed, key, "Förbrukat eget kapital"), &ways, stated.get(key));

    let key = StatedKey::EquityCeiling(year);
    if let (Some(stated), Some(income)) = (stated.get(key), &party_income) {
        let rate = i128::from(budget.ceiling.hundredths());
        let candidates = income.0.iter().filter_map(|income| scaled(income, rate, 10_000)).collect();
        let basis = format!("{} % av intäkterna", super::figure::percent(budget.ceiling.hundredths().into()));
        let question = ask(FindingKind::CeilingAmount, key, "Tak för eget kapital");
        inspection.judge_last(question, &basis, candidates, stated);
    }
    YearKnown { year, sections, cost, party_income, closing }
}

/// One derivation that adds these up; none where there is nothing to add.
pub(super) fn added<'a>(basis: &'a str, parts: &'a [(&'a str, Known)]) -> Vec<Derivation<'a>> {
    let terms: Vec<_> = parts.iter().map(|(name, known)| (1, *name, known)).collect();
    way(basis, (!terms.is_empty()).then_some(terms))
}

type Term<'a> = (i128, &'a str, &'a Known);

pub(super) fn way<'a>(basis: &'a str, terms: Option<Vec<Term<'a>>>) -> Vec<Derivation<'a>> {
    terms.map(|terms| Derivation::of(basis, &terms)).into_iter().collect()
}

/// The terms that are known; none where none is. An empty amount adds nothing.
fn terms<'a>(terms: &[(i128, &'a str, &'a Option<Known>)]) -> Option<Vec<Term<'a>>> {
    let known: Vec<_> = terms.iter().filter_map(|(sign, name, known)| Some((*sign, *name, known.as_ref()?))).collect();
    (!known.is_empty()).then_some(known)
}

/// The terms where all are known.
pub(super) fn all<'a>(terms: &[(i128, &'a str, &'a Option<Known>)]) -> Option<Vec<Term<'a>>> {
    terms.iter().map(|(sign, name, known)| Some((*sign, *name, known.as_ref()?))).collect()
}
