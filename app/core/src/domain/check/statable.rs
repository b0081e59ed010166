//! Which figures of a plan a printed document could state, each with what the plan itself gives for it.

use super::figure::Figure;
use crate::domain::budget::Budget;
use crate::domain::equity;
use crate::domain::equivalents::{EquivalentRow, PopulationGroup};
use crate::domain::money::Money;
use crate::domain::outcome::{Outcome, OutcomeFigures, OutcomeSums, share_of_budget};
use crate::domain::ratio::Ratio;
use crate::domain::stated::StatedKey;
use crate::domain::year::Year;

/// *Del av planen*: figures that are printed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatableGroup {
    /// What it is called: "Budget 2021".
    pub name: String,
    /// Its figures, in the order that documents print them.
    pub figures: Vec<Statable>,
}

/// *Uträknad siffra*: one that a printed document could state too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statable {
    /// Which figure.
    pub key: StatedKey,
    /// What it is called within its group: "Årets resultat".
    pub label: String,
    /// What the plan gives.
    pub computed: Figure,
}

/// Every figure that could be stated, in groups: the years, the outcomes, and the areas of the full-year equivalents.
pub fn statable(budget: &Budget, outcomes: &[Outcome], rows: &[EquivalentRow]) -> Vec<StatableGroup> {
    let years = equity::roll(budget).into_iter().map(|equity| of_year(budget, &equity));
    let outcomes = outcomes.iter().map(|outcome| of_outcome(budget, outcome));
    years.chain(outcomes).chain(of_equivalents(rows)).collect()
}

fn money(amount: Option<Money>) -> Figure {
    amount.map_or(Figure::Empty, Figure::Money)
}

fn percent(share: Option<Ratio>) -> Figure {
    let hundredths = share.and_then(|share| i64::try_from(share.times_rounded(10_000)).ok());
    hundredths.map_or(Figure::Empty, Figure::Percent)
}

fn of_year(budget: &Budget, equity: &equity::EquityYear) -> StatableGroup {
    let year = equity.year;
    let mut figures: Vec<Statable> = budget
        .sections
        .iter()
        .map(|section| Statable {
            key: StatedKey::SectionSum(section.id, year),
            label: format!("Summa {}", section.name),
            computed: money(section.sum(year)),
        })
        .collect();
    let income = budget.total_income(year);
    let less = |one: Option<Money>, other: Option<Money>| Some(one? - other?);
    figures.extend(
        [
            (StatedKey::TotalCost(year), "Summa kostnader", budget.total_cost(year)),
            (StatedKey::TotalIncome(year), "Summa intäkter", income),
            (StatedKey::NetResult(year), "Årets resultat", equity.result),
            (StatedKey::OpeningEquity(year), "Ingående eget kapital", equity.opening),
            (StatedKey::AvailableFunds(year), "Tillgängliga medel", equity.available(income)),
            (StatedKey::EquityUsed(year), "Förbrukat eget kapital", less(equity.opening, equity.closing)),
            (StatedKey::ClosingEquity(year), "Utgående eget kapital", equity.closing),
            (StatedKey::EquityCeiling(year), "Tak för eget kapital", equity.ceiling),
        ]
        .map(|(key, label, amount)| Statable { key, label: label.to_owned(), computed: money(amount) }),
    );
    let word = if year > budget.year { "Utblick" } else { "Budget" };
    StatableGroup { name: format!("{word} {year}"), figures }
}

fn of_outcome(budget: &Budget, outcome: &Outcome) -> StatableGroup {
    let (id, sums) = (outcome.id, OutcomeSums::of(budget, outcome));
    let year = Year::new(outcome.through.year()).ok();
    let share = |figures: OutcomeFigures| percent(share_of_budget(figures.amount, figures.budget));
    let mut figures = Vec::new();
    for section in &budget.sections {
        for line in &section.lines {
            let planned = year.and_then(|year| line.amounts.get(&year).copied());
            figures.push(Statable {
                key: StatedKey::OutcomeLinePercent(id, line.id),
                label: format!("{}, % av budget", line.name),
                computed: share(OutcomeFigures::of_cost(planned, outcome.lines.get(&line.id))),
            });
        }
        let sum = sums.section(section.id);
        figures.push(Statable {
            key: StatedKey::OutcomeSectionSum(id, section.id),
            label: format!("Summa {}, utfall", section.name),
            computed: money(sum.amount),
        });
        figures.push(Statable {
            key: StatedKey::OutcomeSectionPercent(id, section.id),
            label: format!("Summa {}, % av budget", section.name),
            computed: share(sum),
        });
    }
    figures.push(Statable {
        key: StatedKey::OutcomeTotal(id),
        label: "Summa kostnader, utfall".to_owned(),
        computed: money(sums.cost.amount),
    });
    figures.push(Statable {
        key: StatedKey::OutcomeTotalPercent(id),
        label: "Summa kostnader, % av budget".to_owned(),
        computed: share(sums.cost),
    });
    StatableGroup { name: format!("Utfall till och med {}", outcome.through), figures }
}

fn of_equivalents(rows: &[EquivalentRow]) -> Vec<StatableGroup> {
    let mut groups: Vec<StatableGroup> = Vec::new();
    for row in rows {
        let name = format!("Helårsekvivalenter {}", row.area);
        let label = match row.group {
            PopulationGroup::Everyone => row.year.to_string(),
            _ => format!("{} {}", row.year, row.group.label().to_lowercase()),
        };
        let total = row.total();
        let figures = [
            Statable {
                key: StatedKey::EquivalentTotal(row.id),
                label: format!("{label}, totalt"),
                computed: total.and_then(|total| i64::try_from(total).ok()).map_or(Figure::Empty, Figure::Count),
            },
            Statable {
                key: StatedKey::PopulationShare(row.id),
                label: format!("{label}, andel av befolkningen 20–64 år"),
                computed: percent(row.share_of_population()),
            },
        ];
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.figures.extend(figures),
            None => groups.push(StatableGroup { name, figures: figures.into() }),
        }
    }
    groups
}
