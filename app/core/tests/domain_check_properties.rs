//! Whatever the budget: rounding is never reported as an error, and an error beyond rounding always is, once.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;
use samplan_core::domain::check::{plan_figures, rules};
use samplan_core::domain::outcome::share_of_budget;
use samplan_core::domain::{
    AmountUnit, Amounts, Benefit, Budget, BudgetLine, EquivalentId, EquivalentRow, FindingKind, Income, IncomeId,
    LineId, LineRole, Money, Outcome, OutcomeId, OutcomeLine, PartyKind, PopulationGroup, Precision, Ratio, Section,
    SectionId, Spot, Stated, StatedFigures, StatedKey, StatedUnit, Year, equity,
};

const TKR: i64 = 100_000;

fn first_year() -> Year {
    Year::new(2019).unwrap()
}

/// To whole thousands, half away from zero, as spreadsheets print.
fn in_tkr(money: Money) -> i64 {
    money.ore().signum() * ((money.ore().abs() + TKR / 2) / TKR)
}

fn rounded(money: Money) -> Money {
    Money::from_ore(in_tkr(money) * TKR)
}

fn printed(money: Money) -> Stated {
    Stated::whole(in_tkr(money), StatedUnit::TusenKronor).unwrap()
}

fn amounts(ore: &[Option<i64>]) -> Amounts {
    let years = first_year().following(ore.len());
    years.zip(ore).filter_map(|(year, ore)| Some((year, Money::from_ore((*ore)?)))).collect()
}

/// Amounts of three years, mostly above zero, some empty.
fn three_years() -> impl Strategy<Value = Vec<Option<i64>>> {
    let amount = prop_oneof![8 => 0..500_000_000_i64, 2 => 0..400_000_i64, 1 => -9_000_000..0_i64];
    prop::collection::vec(prop::option::weighted(0.8, amount), 3)
}

fn budget() -> impl Strategy<Value = Budget> {
    let lines = prop::collection::vec(three_years(), 1..7);
    let sections = prop::collection::vec(lines, 1..5);
    let income = prop::collection::vec((three_years(), any::<bool>()), 1..4);
    (sections, income, prop::option::weighted(0.9, -900_000_000..900_000_000_i64)).prop_map(
        |(sections, income, opening)| {
            let mut numbers = (1..=u8::MAX).map(|number| [number; 16]);
            let mut budget = Budget::new(first_year(), 2);
            budget.opening_equity = opening.map(Money::from_ore);
            for (by_year, is_party) in income {
                budget.income.push(Income {
                    id: IncomeId::from_random(numbers.next().unwrap()),
                    name: "Part".to_owned(),
                    party: if is_party { PartyKind::Together } else { PartyKind::Other },
                    weight: 1,
                    amounts: amounts(&by_year),
                });
            }
            for lines in sections {
                let id = SectionId::from_random(numbers.next().unwrap());
                let line = |by_year: Vec<Option<i64>>| BudgetLine {
                    id: LineId::from_random(numbers.next().unwrap()),
                    name: "Rad".to_owned(),
                    note: String::new(),
                    role: LineRole::Ordinary,
                    amounts: amounts(&by_year),
                };
                let lines = lines.into_iter().map(line).collect();
                budget.sections.push(Section { id, name: "Avsnitt".to_owned(), lines });
            }
            budget
        },
    )
}

/// An outcome that books so many tenths of each line's budget.
fn outcome(budget: &Budget, tenths: i64) -> Outcome {
    let booked = |line: &BudgetLine| OutcomeLine {
        amount: line.amounts.get(&first_year()).map(|amount| Money::from_ore(amount.ore() / 10 * tenths)),
        ..OutcomeLine::default()
    };
    Outcome {
        id: OutcomeId::from_random([7; 16]),
        through: "2019-08-31".parse().unwrap(),
        lines: budget.lines().map(|(_, line)| (line.id, booked(line))).collect(),
        income: BTreeMap::new(),
    }
}

/// Every figure that follows from a budget and an outcome, exactly.
fn exact_figures(budget: &Budget, outcome: &Outcome) -> Vec<(StatedKey, Money)> {
    let mut figures = Vec::new();
    for row in equity::roll(budget) {
        let year = row.year;
        let (cost, income) = (budget.total_cost(year), budget.total_income(year));
        let sums = budget.sections.iter().map(|section| (StatedKey::SectionSum(section.id, year), section.sum(year)));
        let used = row.opening.zip(row.closing).map(|(opening, closing)| opening - closing);
        let rest = [
            (StatedKey::TotalCost(year), cost),
            (StatedKey::TotalIncome(year), income),
            (StatedKey::NetResult(year), row.result),
            (StatedKey::OpeningEquity(year), row.opening),
            (StatedKey::AvailableFunds(year), row.available(income)),
            (StatedKey::ClosingEquity(year), row.closing),
            (StatedKey::EquityUsed(year), used),
            (StatedKey::EquityCeiling(year), row.ceiling),
        ];
        figures.extend(sums.chain(rest).filter_map(|(key, figure)| Some((key, figure?))));
    }
    for section in &budget.sections {
        let sum = outcome.sum(section.lines.iter().map(|line| line.id));
        figures.extend(sum.map(|sum| (StatedKey::OutcomeSectionSum(outcome.id, section.id), sum)));
    }
    let total = outcome.sum(budget.lines().map(|(_, line)| line.id));
    figures.extend(total.map(|total| (StatedKey::OutcomeTotal(outcome.id), total)));
    figures
}

/// Every percentage of a budget, exactly.
fn exact_shares(budget: &Budget, outcome: &Outcome) -> Vec<(StatedKey, Ratio)> {
    let year = first_year();
    let of_line = |line: &BudgetLine| {
        let share = share_of_budget(outcome.lines[&line.id].amount, line.amounts.get(&year).copied());
        share.map(|share| (StatedKey::OutcomeLinePercent(outcome.id, line.id), share))
    };
    let mut shares: Vec<_> = budget.lines().filter_map(|(_, line)| of_line(line)).collect();
    for section in &budget.sections {
        let sum = outcome.sum(section.lines.iter().map(|line| line.id));
        let share = share_of_budget(sum, section.sum(year));
        shares.extend(share.map(|share| (StatedKey::OutcomeSectionPercent(outcome.id, section.id), share)));
    }
    let total = outcome.sum(budget.lines().map(|(_, line)| line.id));
    let share = share_of_budget(total, budget.total_cost(year));
    shares.extend(share.map(|share| (StatedKey::OutcomeTotalPercent(outcome.id), share)));
    shares
}

/// What a document prints of a budget: every figure rounded by itself from the exact one.
fn print(exact: &Budget, booked: &Outcome) -> (Budget, Outcome, StatedFigures) {
    let money = exact_figures(exact, booked).into_iter().map(|(key, figure)| (key, printed(figure)));
    let percent = |share: Ratio| Stated::whole(i64::try_from(share.times_rounded(100)).unwrap(), StatedUnit::Percent);
    let shares = exact_shares(exact, booked).into_iter().map(|(key, share)| (key, percent(share).unwrap()));
    let stated =
        StatedFigures { amounts: Precision::Printed(AmountUnit::TusenKronor), figures: money.chain(shares).collect() };
    let (mut budget, mut outcome) = (exact.clone(), booked.clone());
    budget.opening_equity = budget.opening_equity.map(rounded);
    let lines = budget.sections.iter_mut().flat_map(|section| &mut section.lines).map(|line| &mut line.amounts);
    for amount in lines.chain(budget.income.iter_mut().map(|row| &mut row.amounts)).flat_map(|it| it.values_mut()) {
        *amount = rounded(*amount);
    }
    for line in outcome.lines.values_mut() {
        line.amount = line.amount.map(rounded);
    }
    (budget, outcome, stated)
}

/// How many figures are added to give this one.
fn terms(budget: &Budget, key: StatedKey) -> i64 {
    let count = |count: usize| i64::try_from(count).unwrap();
    match key {
        StatedKey::SectionSum(section, _) | StatedKey::OutcomeSectionSum(_, section) => {
            count(budget.section(section).unwrap().lines.len())
        }
        StatedKey::TotalCost(_) | StatedKey::OutcomeTotal(_) => count(budget.sections.len()),
        StatedKey::TotalIncome(_) => count(budget.income.len()),
        // A rate of several rows of income, below one.
        StatedKey::EquityCeiling(_) => count(budget.income.len()),
        StatedKey::OpeningEquity(_) => 1,
        _ => 2,
    }
}

fn moved(stated: Stated, steps: i64) -> Stated {
    Stated::whole(stated.value() / stated.step() + steps, stated.unit()).unwrap()
}

fn equivalents() -> impl Strategy<Value = Vec<EquivalentRow>> {
    // In tenths: the exact numbers that are printed as whole ones.
    prop::collection::vec((0..2_000_000_u32, 0..2_000_000_u32), 6).prop_map(|benefits| {
        let row = |number: u8, group, of: &dyn Fn(&(u32, u32)) -> u32| EquivalentRow {
            id: EquivalentId::from_random([number; 16]),
            area: "Riket".to_owned(),
            year: first_year(),
            group,
            counts: Benefit::ALL.into_iter().zip(benefits.iter().map(of)).collect(),
            population: Some(1_000_000 + benefits.iter().map(of).sum::<u32>()),
        };
        vec![
            row(1, PopulationGroup::Everyone, &|both| both.0 + both.1),
            row(2, PopulationGroup::Women, &|both| both.0),
            row(3, PopulationGroup::Men, &|both| both.1),
        ]
    })
}

/// The printed table of exact rows in tenths.
fn print_equivalents(exact: &[EquivalentRow]) -> (Vec<EquivalentRow>, StatedFigures) {
    let whole = |tenths: u32| (tenths + 5) / 10;
    let mut stated = StatedFigures::default();
    let rows = exact.iter().map(|row| {
        let total: u32 = row.counts.values().sum();
        let key = StatedKey::EquivalentTotal(row.id);
        stated.figures.insert(key, Stated::whole(whole(total).into(), StatedUnit::Count).unwrap());
        let share = Ratio::new(total.into(), row.population.unwrap().into()).unwrap();
        let share = Stated::read(&share.percent(1), StatedUnit::Percent).unwrap();
        stated.figures.insert(StatedKey::PopulationShare(row.id), share);
        let counts = row.counts.iter().map(|(benefit, tenths)| (benefit.clone(), whole(*tenths))).collect();
        EquivalentRow { counts, population: row.population.map(whole), ..row.clone() }
    });
    (rows.collect(), stated)
}

proptest! {
    // Each case judges a whole budget several times over.
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn rounding_a_budget_is_never_a_finding(exact in budget(), tenths in 0..15_i64) {
        let (budget, outcome, stated) = print(&exact, &outcome(&exact, tenths));
        prop_assert_eq!(plan_figures(&budget, &[outcome], &[], &stated), []);
    }

    #[test]
    fn adding_printed_figures_is_never_a_finding(exact in budget(), tenths in 0..15_i64) {
        // All figures are worked out from the printed amounts, as by hand.
        let (by_hand, booked, _) = print(&exact, &outcome(&exact, tenths));
        let (budget, outcome, stated) = print(&by_hand, &booked);
        prop_assert_eq!((&budget, &outcome), (&by_hand, &booked));
        prop_assert_eq!(plan_figures(&budget, &[outcome], &[], &stated), []);
    }

    #[test]
    fn a_figure_moved_beyond_rounding_is_the_one_finding(
        exact in budget(), which in any::<Index>(), more in 2..500_i64, up in any::<bool>()
    ) {
        let (budget, outcome, mut stated) = print(&exact, &outcome(&exact, 6));
        let keys: Vec<_> = exact_figures(&exact, &outcome).into_iter().map(|(key, _)| key).collect();
        prop_assume!(!keys.is_empty());
        let key = *which.get(&keys);
        let steps = terms(&budget, key) + more;
        let figure = stated.figures.get_mut(&key).unwrap();
        *figure = moved(*figure, if up { steps } else { -steps });
        stated.figures.retain(|key, _| !matches!(
            key,
            StatedKey::OutcomeSectionPercent(..) | StatedKey::OutcomeTotalPercent(_) | StatedKey::OutcomeLinePercent(..)
        ));
        let findings = plan_figures(&budget, &[outcome], &[], &stated);
        let places: Vec<_> = findings.iter().map(|finding| &finding.place.spot).collect();
        prop_assert_eq!(places, [&Spot::Stated(key)]);
        prop_assert_eq!(&findings[0].carried, &[]);
        let (stated, allowed) = (findings[0].stated, findings[0].allowed);
        prop_assert!(stated < allowed.0 || allowed.1 < stated);
        // A rate of the income need not be whole thousands, as what is printed is.
        let is_whole = !matches!(key, StatedKey::EquityCeiling(_));
        prop_assert!(!is_whole || (allowed.0..=allowed.1).contains(&findings[0].computed), "{:#?}", findings);
    }

    #[test]
    fn a_wrong_sum_that_all_else_follows_is_one_finding_which_names_the_others(
        exact in budget(), which in any::<Index>(), off in 100..9_999_i64
    ) {
        let (budget, outcome, _) = print(&exact, &outcome(&exact, 6));
        let section = which.get(&budget.sections).id;
        let year = first_year();
        prop_assume!(budget.section(section).unwrap().sum(year).is_some());
        // Who adds the wrong sum up gets the same figures as with a line that is so much larger.
        let mut followed = budget.clone();
        let lines = &mut followed.sections.iter_mut().find(|it| it.id == section).unwrap().lines;
        let amount = lines.iter_mut().find_map(|line| line.amounts.get_mut(&year)).unwrap();
        *amount += Money::from_ore(off * TKR);
        let figures = |budget: &Budget| exact_figures(budget, &outcome).into_iter().collect::<BTreeMap<_, _>>();
        let (right, wrong) = (figures(&budget), figures(&followed));
        let stated = StatedFigures {
            amounts: Precision::Printed(AmountUnit::TusenKronor),
            figures: wrong.iter().map(|(key, figure)| (*key, printed(*figure))).collect(),
        };
        let findings = plan_figures(&budget, std::slice::from_ref(&outcome), &[], &stated);
        prop_assert_eq!(findings.len(), 1, "{:#?}", findings);
        prop_assert_eq!(findings[0].kind, FindingKind::SectionSum);
        let mut carried: Vec<_> = findings[0].carried.iter().map(|it| it.place.spot.clone()).collect();
        carried.sort();
        let differ = right.iter().filter(|(key, figure)| wrong[*key] != **figure).map(|(key, _)| *key);
        let mut expected: Vec<_> =
            differ.filter(|key| *key != StatedKey::SectionSum(section, year)).map(Spot::Stated).collect();
        expected.sort();
        prop_assert_eq!(carried, expected);
    }

    #[test]
    fn against_amounts_known_to_the_ore_a_figure_has_its_own_rounding_alone(
        exact in budget(), which in any::<Index>(), steps in 2..99_i64, tenths in 1..15_i64
    ) {
        let outcome = outcome(&exact, tenths);
        let (_, _, mut stated) = print(&exact, &outcome);
        stated.amounts = Precision::Exact;
        prop_assert_eq!(plan_figures(&exact, std::slice::from_ref(&outcome), &[], &stated), []);
        let keys: Vec<_> = stated.figures.keys().copied().collect();
        prop_assume!(!keys.is_empty());
        let key = *which.get(&keys);
        let figure = stated.figures.get_mut(&key).unwrap();
        *figure = moved(*figure, steps);
        let shares: BTreeMap<_, _> = exact_shares(&exact, &outcome).into_iter().collect();
        // A budget below zero has no percentages that could be judged.
        prop_assume!(!shares.contains_key(&key) || stated.figures.len() == keys.len() && positive(&exact, key));
        let findings = plan_figures(&exact, &[outcome], &[], &stated);
        let places: Vec<_> = findings.iter().map(|finding| &finding.place.spot).collect();
        prop_assert_eq!(places, [&Spot::Stated(key)]);
    }

    #[test]
    fn no_figures_whatever_make_the_check_panic(
        exact in budget(), ore in prop::collection::vec(any::<i64>(), 9), share in -99_999_i64..99_999,
        figure in -99_999_999_i64..=99_999_999
    ) {
        let (mut budget, outcome, mut stated) = print(&exact, &outcome(&exact, 6));
        let lines = budget.sections.iter_mut().flat_map(|section| &mut section.lines).map(|line| &mut line.amounts);
        let all = lines.chain(budget.income.iter_mut().map(|row| &mut row.amounts));
        for (amounts, ore) in all.zip(ore.iter().chain([&i64::MIN, &i64::MAX]).cycle()) {
            amounts.insert(first_year(), Money::from_ore(*ore));
        }
        for stated in stated.figures.values_mut() {
            let of = if stated.unit() == StatedUnit::Percent { share } else { figure };
            *stated = Stated::whole(of, stated.unit()).unwrap();
        }
        for precision in [Precision::Exact, Precision::Printed(AmountUnit::Kronor)] {
            stated.amounts = precision;
            for finding in plan_figures(&budget, std::slice::from_ref(&outcome), &[], &stated) {
                prop_assert!(finding.text.ends_with('.'));
            }
            let _ = rules(&budget, precision, &[]);
        }
    }

    #[test]
    fn a_table_of_equivalents_is_judged_as_its_counts_were_rounded(
        exact in equivalents(), which in any::<Index>(), more in 0..500_i64
    ) {
        let (rows, mut stated) = print_equivalents(&exact);
        prop_assert_eq!(plan_figures(&Budget::new(first_year(), 0), &[], &rows, &stated), []);
        let keys: Vec<_> = stated.figures.keys().copied().collect();
        let key = *which.get(&keys);
        let figure = stated.figures.get_mut(&key).unwrap();
        // Six benefits, or a tenth of a percent: at most four of them, since populations are above 100 000.
        let steps = if figure.unit() == StatedUnit::Count { 8 + more } else { 4 };
        *figure = if figure.unit() == StatedUnit::Count {
            moved(*figure, steps)
        } else {
            let tenths = figure.value() / 10 + steps;
            Stated::read(&format!("{},{} %", tenths / 10, tenths % 10), StatedUnit::Percent).unwrap()
        };
        let findings = plan_figures(&Budget::new(first_year(), 0), &[], &rows, &stated);
        prop_assert!(findings.iter().any(|finding| finding.place.spot == Spot::Stated(key)), "{:#?}", findings);
    }
}

/// Whether the budget that a percentage is of lies above zero.
fn positive(budget: &Budget, key: StatedKey) -> bool {
    let year = first_year();
    let whole = match key {
        StatedKey::OutcomeLinePercent(_, line) => budget.line(line).and_then(|line| line.amounts.get(&year).copied()),
        StatedKey::OutcomeSectionPercent(_, section) => budget.section(section).and_then(|it| it.sum(year)),
        _ => budget.total_cost(year),
    };
    // Sums stated in whole thousands may be narrowed by them, never widened.
    whole.is_some_and(|whole| whole > Money::ZERO)
}
