//! Demo data: Samordningsförbundet Västerås' budget of 2021 and outcome of 2019, with the figures that were printed.
//!
//! Printed figures are kept as they stand, the sources' own mistakes among them, so that checks have some to find:
//! `tests/domain_check.rs` lists each with its arithmetic.

mod source;

use std::collections::BTreeMap;

use serde::Deserialize;

use self::source::{Printed, SourceBudget, SourceOutcome, years};
use super::budget::{Amounts, Budget, BudgetLine, CeilingRate, Income, LineRole, PartyKind, Section};
use super::check::Allocation;
use super::date::IsoDate;
use super::equivalents::{Benefit, EquivalentRow, PopulationGroup};
use super::ids::{EquivalentId, IncomeId, LineId, OutcomeId, SectionId};
use super::money::{AmountUnit, Money};
use super::outcome::{Outcome, OutcomeLine};
use super::stated::{Precision, StatedFigures, StatedKey, StatedUnit};
use super::year::Year;

const INTACT: &str = "the demo data is part of the program and tested";

/// A plan of the demo association. Its ids are the same each time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPlan {
    /// *Rubrik*.
    pub title: String,
    /// *Diarienummer*; empty where the source gives none.
    pub registry_number: String,
    /// *Fastställd*: the day the plan was first decided.
    pub adopted: Option<IsoDate>,
    /// *Reviderad*: the day it was decided again, with the figures here.
    pub revised: Option<IsoDate>,
    /// What is known of the version first decided; its lines are not.
    pub adopted_summary: Option<DemoSummary>,
    /// The budget.
    pub budget: Budget,
    /// Its outcomes.
    pub outcomes: Vec<Outcome>,
    /// *Helårsekvivalenter*, where the source prints them.
    pub equivalents: Vec<EquivalentRow>,
    /// The figures that the source prints.
    pub stated: StatedFigures,
}

/// What the summary of a plan says of a version whose table is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoSummary {
    /// *Intäkter från parterna* of the budget year.
    pub income: Money,
    /// *Eget kapital*, "ca" in the source: to whole thousands.
    pub opening_equity: Money,
}

/// *Budget 2021*, as revised on 26 March 2021.
pub fn budget_2021() -> DemoPlan {
    plan(include_str!("demo/budget-2021.json"))
}

/// *Budget 2019* with its outcome through August, and the table of full-year equivalents of the same report.
pub fn outcome_2019() -> DemoPlan {
    let mut plan = plan(include_str!("demo/outcome-2019.json"));
    plan.equivalents = equivalents(&mut plan.stated);
    plan
}

/// What the initiatives of 2021 were allocated.
pub fn allocations_2021() -> Vec<Allocation> {
    #[derive(Deserialize)]
    struct Source {
        initiatives: Vec<SourceInitiative>,
    }
    #[derive(Deserialize)]
    struct SourceInitiative {
        name: String,
        allocated: Vec<Printed>,
        stated_allocated: Printed,
    }
    let source: Source = serde_json::from_str(include_str!("demo/initiatives-2021.json")).expect(INTACT);
    let row = |row: SourceInitiative| Allocation {
        name: row.name,
        parts: row.allocated.iter().map(|part| part.money(AmountUnit::Kronor)).collect(),
        stated: Some(row.stated_allocated.stated(StatedUnit::Kronor)),
    };
    source.initiatives.into_iter().map(row).collect()
}

/// Ids one after the other, so that the demo is the same each time it is made.
struct Numbers(u8);

impl Numbers {
    fn next(&mut self) -> [u8; 16] {
        self.0 += 1;
        [self.0; 16]
    }
}

fn plan(json: &str) -> DemoPlan {
    let source: SourceBudget = serde_json::from_str(json).expect(INTACT);
    let mut numbers = Numbers(0);
    let tkr = AmountUnit::TusenKronor;
    let mut budget = Budget {
        year: source.year,
        years: source.year.following(source.outlook_years + 1).collect(),
        income: Vec::new(),
        sections: Vec::new(),
        opening_equity: Some(source.opening_equity.money(tkr)),
        ceiling: CeilingRate::default(),
    };
    let mut stated = StatedFigures { amounts: Precision::Printed(tkr), figures: BTreeMap::new() };
    for row in &source.income {
        budget.income.push(Income {
            id: IncomeId::from_random(numbers.next()),
            name: row.name.clone(),
            party: PartyKind::from_word(&row.party),
            weight: 1,
            amounts: amounts(source.year, &row.amounts),
        });
    }
    let mut outcome = source.outcome.as_ref().map(|printed| outcome(printed, &mut numbers, &mut stated));
    for row in &source.sections {
        let id = SectionId::from_random(numbers.next());
        for (year, sum) in years(source.year, &row.stated_sums) {
            stated.figures.insert(StatedKey::SectionSum(id, year), sum.stated(StatedUnit::TusenKronor));
        }
        if let Some(outcome) = &outcome {
            let sum = row.stated_outcome.iter().map(|it| it.stated(StatedUnit::TusenKronor));
            stated.figures.extend(sum.map(|sum| (StatedKey::OutcomeSectionSum(outcome.id, id), sum)));
            let percent = row.stated_percent.iter().map(|it| it.stated(StatedUnit::Percent));
            stated.figures.extend(percent.map(|it| (StatedKey::OutcomeSectionPercent(outcome.id, id), it)));
        }
        let mut section = Section { id, name: row.name.clone(), lines: Vec::new() };
        for row in &row.lines {
            let id = LineId::from_random(numbers.next());
            if let (Some(outcome), Some(amount)) = (&mut outcome, &row.outcome) {
                let booked = OutcomeLine { amount: Some(amount.money(tkr)), ..OutcomeLine::default() };
                outcome.lines.insert(id, booked);
                let percent = row.stated_percent.iter().map(|it| it.stated(StatedUnit::Percent));
                stated.figures.extend(percent.map(|it| (StatedKey::OutcomeLinePercent(outcome.id, id), it)));
            }
            section.lines.push(BudgetLine {
                id,
                name: row.name.clone(),
                note: String::new(),
                role: row.role.as_deref().map_or(LineRole::Ordinary, LineRole::from_word),
                amounts: amounts(source.year, &row.amounts),
            });
        }
        budget.sections.push(section);
    }
    for (word, printed) in &source.stated {
        for (year, figure) in years(source.year, printed) {
            let key = format!("{word}/{year}").parse().expect(INTACT);
            stated.figures.insert(key, figure.stated(StatedUnit::TusenKronor));
        }
    }
    DemoPlan {
        title: source.title,
        registry_number: source.registry_number,
        adopted: source.adopted,
        revised: source.revised,
        adopted_summary: source.adopted_summary.map(|summary| DemoSummary {
            income: summary.income.money(tkr),
            opening_equity: summary.opening_equity.money(tkr),
        }),
        budget,
        outcomes: outcome.into_iter().collect(),
        equivalents: Vec::new(),
        stated,
    }
}

fn amounts(first: Year, printed: &[Option<Printed>]) -> Amounts {
    years(first, printed).map(|(year, amount)| (year, amount.money(AmountUnit::TusenKronor))).collect()
}

fn outcome(printed: &SourceOutcome, numbers: &mut Numbers, stated: &mut StatedFigures) -> Outcome {
    let id = OutcomeId::from_random(numbers.next());
    let total = printed.stated_total.stated(StatedUnit::TusenKronor);
    stated.figures.insert(StatedKey::OutcomeTotal(id), total);
    stated.figures.insert(StatedKey::OutcomeTotalPercent(id), printed.stated_percent.stated(StatedUnit::Percent));
    Outcome { id, through: printed.through, lines: BTreeMap::new(), income: BTreeMap::new() }
}

/// The table of full-year equivalents; what it states goes into `stated`.
fn equivalents(stated: &mut StatedFigures) -> Vec<EquivalentRow> {
    #[derive(Deserialize)]
    struct Source {
        rows: Vec<SourceRow>,
    }
    #[derive(Deserialize)]
    struct SourceRow {
        area: String,
        year: Year,
        group: PopulationGroup,
        counts: Vec<u32>,
        population: Option<u32>,
        stated_total: Printed,
        stated_share: Option<Printed>,
    }
    let source: Source = serde_json::from_str(include_str!("demo/equivalents.json")).expect(INTACT);
    let mut numbers = Numbers(0);
    let mut row = |row: SourceRow| {
        let id = EquivalentId::from_random(numbers.next());
        stated.figures.insert(StatedKey::EquivalentTotal(id), row.stated_total.stated(StatedUnit::Count));
        let share = row.stated_share.iter().map(|it| it.stated(StatedUnit::Percent));
        stated.figures.extend(share.map(|it| (StatedKey::PopulationShare(id), it)));
        let counts = Benefit::ALL.into_iter().zip(row.counts).collect();
        EquivalentRow { id, area: row.area, year: row.year, group: row.group, counts, population: row.population }
    };
    source.rows.into_iter().map(&mut row).collect()
}
