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
    let (sections, cost) = judge_costs(inspection, budget, stated, year);
    let (income, party_income) = judge_income(inspection, budget, stated, year);
    let precision = stated.amounts;
    let first = is_first.then(|| budget.opening_equity.map(|it| Known::given(it.ore(), precision.step(it)))).flatten();
    let (kind, basis) = match is_first {
        true => (FindingKind::OpeningEquity, "beloppet i planen"),
        false => (FindingKind::RollForward, "föregående års utgående eget kapital"),
    };
    let key = StatedKey::OpeningEquity(year);
    let from = first.or(carried_over);
    let ways = way(basis, from.as_ref().map(|from| vec![(1, "", from)]));
    let opening = inspection.judge(ask(kind, key, "Ingående eget kapital", year), &ways, stated.get(key));
    let closing = judge_equity(inspection, stated, year, &opening, &income, &cost);
    judge_ceiling(inspection, budget, stated, year, party_income.as_ref());
    YearKnown { year, sections, cost, party_income, closing }
}

fn ask(kind: FindingKind, key: StatedKey, label: &str, year: Year) -> Question {
    Question::new(kind, Spot::Stated(key), format!("{label} {year}"))
}

/// Each section's sum, and all costs.
fn judge_costs(
    inspection: &mut Inspection,
    budget: &Budget,
    stated: &StatedFigures,
    year: Year,
) -> (Vec<(SectionId, Option<Known>)>, Option<Known>) {
    let mut sections = Vec::new();
    for section in &budget.sections {
        let lines: Vec<_> = section
            .lines
            .iter()
            .filter_map(|line| Some((line.name.as_str(), amount(&line.amounts, year, stated.amounts)?)))
            .collect();
        let key = StatedKey::SectionSum(section.id, year);
        let question = ask(FindingKind::SectionSum, key, &format!("Summa {}", section.name), year);
        sections.push((section.id, inspection.judge(question, &added("raderna", &lines), stated.get(key))));
    }
    let key = StatedKey::TotalCost(year);
    let parts = sections.iter().zip(&budget.sections);
    let parts: Vec<_> = parts.filter_map(|((_, sum), section)| Some((section.name.as_str(), sum.clone()?))).collect();
    let question = ask(FindingKind::TotalCost, key, "Total summa", year);
    let cost = inspection.judge(question, &added("avsnitten", &parts), stated.get(key));
    (sections, cost)
}

/// All income, and that of the parties, which the ceiling is reckoned from.
fn judge_income(
    inspection: &mut Inspection,
    budget: &Budget,
    stated: &StatedFigures,
    year: Year,
) -> (Option<Known>, Option<Known>) {
    let rows = |of_parties: bool| -> Vec<(&str, Known)> {
        let rows = budget.income.iter().filter(|row| !of_parties || row.is_from_parties());
        rows.filter_map(|row| Some((row.name.as_str(), amount(&row.amounts, year, stated.amounts)?))).collect()
    };
    let key = StatedKey::TotalIncome(year);
    let question = ask(FindingKind::TotalIncome, key, "Summa intäkter", year);
    let income = inspection.judge(question, &added("intäkterna", &rows(false)), stated.get(key));
    let party_income = if budget.income.iter().all(|row| row.is_from_parties()) {
        income.clone()
    } else {
        added("", &rows(true)).into_iter().next().map(|derivation| Known(derivation.readings))
    };
    (income, party_income)
}

/// The result, and what it makes of the opening equity. Gives the closing equity.
fn judge_equity(
    inspection: &mut Inspection,
    stated: &StatedFigures,
    year: Year,
    opening: &Option<Known>,
    income: &Option<Known>,
    cost: &Option<Known>,
) -> Option<Known> {
    let opening = (1, "det ingående kapitalet", opening);
    let key = StatedKey::NetResult(year);
    let ways = way("intäkter minus kostnader", any(&[(1, "intäkterna", income), (-1, "kostnaderna", cost)]));
    let result = inspection.judge(ask(FindingKind::NetResult, key, "Årets resultat", year), &ways, stated.get(key));

    let key = StatedKey::AvailableFunds(year);
    let ways = way("ingående eget kapital plus intäkter", all(&[opening, (1, "intäkterna", income)]));
    let question = ask(FindingKind::AvailableFunds, key, "Tillgängliga medel", year);
    let available = inspection.judge(question, &ways, stated.get(key));

    let key = StatedKey::ClosingEquity(year);
    let by_result = all(&[opening, (1, "årets resultat", &result)]);
    let mut ways = way("ingående eget kapital plus årets resultat", by_result);
    let by_cost = all(&[(1, "tillgängliga medel", &available), (-1, "kostnaderna", cost)]);
    ways.extend(way("tillgängliga medel minus kostnader", by_cost));
    let question = ask(FindingKind::ClosingEquity, key, "Utgående eget kapital", year);
    let closing = inspection.judge(question, &ways, stated.get(key));

    let key = StatedKey::EquityUsed(year);
    let by_equity = all(&[opening, (-1, "det utgående kapitalet", &closing)]);
    let mut ways = way("ingående minus utgående eget kapital", by_equity);
    ways.extend(way("kostnader minus intäkter", all(&[(-1, "årets resultat", &result)])));
    inspection.judge(ask(FindingKind::EquityUsed, key, "Förbrukat eget kapital", year), &ways, stated.get(key));
    closing
}

fn judge_ceiling(
    inspection: &mut Inspection,
    budget: &Budget,
    stated: &StatedFigures,
    year: Year,
    party_income: Option<&Known>,
) {
    let key = StatedKey::EquityCeiling(year);
    let (Some(stated), Some(income)) = (stated.get(key), party_income) else { return };
    let rate = budget.ceiling.hundredths();
    let candidates = income.0.iter().filter_map(|income| scaled(income, rate.into(), 10_000)).collect();
    let basis = format!("{}\u{a0}% av intäkterna", super::figure::percent(rate.into()));
    let question = ask(FindingKind::CeilingAmount, key, "Tak för eget kapital", year);
    inspection.judge_last(question, &basis, candidates, stated);
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
fn any<'a>(terms: &[(i128, &'a str, &'a Option<Known>)]) -> Option<Vec<Term<'a>>> {
    let known: Vec<_> = terms.iter().filter_map(|(sign, name, known)| Some((*sign, *name, known.as_ref()?))).collect();
    (!known.is_empty()).then_some(known)
}

/// The terms where all are known.
pub(super) fn all<'a>(terms: &[(i128, &'a str, &'a Option<Known>)]) -> Option<Vec<Term<'a>>> {
    terms.iter().map(|(sign, name, known)| Some((*sign, *name, known.as_ref()?))).collect()
}
