//! Two versions of a budget, row by row.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use proptest::prelude::*;
use samplan_core::domain::budget::compare::{Change, Comparison, Figure, KnownBudget, Presence, compare};
use samplan_core::domain::{
    Budget, BudgetLine, Income, IncomeId, LineId, LineRole, Money, PartyKind, Section, SectionId, Stated,
    StatedFigures, StatedKey, StatedUnit, Year, demo,
};

fn year(number: i32) -> Year {
    Year::new(number).unwrap()
}

fn kronor(kronor: i32) -> Money {
    Money::from_kronor(kronor)
}

fn line(number: u8, name: &str, kronor_2021: Option<i32>) -> BudgetLine {
    BudgetLine {
        id: LineId::from_random([number; 16]),
        name: name.to_owned(),
        note: String::new(),
        role: LineRole::Ordinary,
        amounts: kronor_2021.into_iter().map(|amount| (year(2021), kronor(amount))).collect(),
    }
}

fn budget(sections: Vec<(u8, Vec<BudgetLine>)>) -> KnownBudget {
    let section = |(number, lines): (u8, Vec<BudgetLine>)| Section {
        id: SectionId::from_random([number; 16]),
        name: format!("Avsnitt {number}"),
        lines,
    };
    Budget { sections: sections.into_iter().map(section).collect(), ..Budget::new(year(2021), 0) }.into()
}

/// The same budget with nothing but its summary known.
fn in_part(budget: &KnownBudget, stated: &[(StatedKey, &str)]) -> KnownBudget {
    let figure = |(key, text): &(StatedKey, &str)| (*key, Stated::read(text, StatedUnit::TusenKronor).unwrap());
    let figures = stated.iter().map(figure).collect();
    KnownBudget { summary: Some(StatedFigures { figures, ..StatedFigures::default() }), ..budget.clone() }
}

fn every_difference(comparison: &Comparison) -> Vec<Money> {
    let lines = comparison.sections.iter().flat_map(|section| &section.lines).flat_map(|row| &row.amounts);
    let sums = comparison.sections.iter().flat_map(|section| &section.sums).chain(&comparison.total_cost);
    let results = comparison.net_result.iter().chain(&comparison.closing);
    lines.chain(sums).chain(results).filter_map(Change::difference).collect()
}

fn all_together(kronor_2021: i32) -> Income {
    Income {
        id: IncomeId::from_random([100; 16]),
        name: "Parterna".to_owned(),
        party: PartyKind::Together,
        weight: 1,
        amounts: [(year(2021), kronor(kronor_2021))].into(),
    }
}

#[test]
fn rows_that_came_went_changed_moved_and_were_renamed_are_told_apart() {
    let earlier = budget(vec![
        (1, vec![line(1, "Samordningsteam", Some(100)), line(2, "Konferens", Some(50)), line(3, "Resor", None)]),
        (2, vec![line(4, "Revision", Some(60))]),
    ]);
    let later = budget(vec![
        (1, vec![line(1, "Samordningsteam Västerås", Some(150)), line(4, "Revision", Some(60))]),
        (3, vec![line(5, "Bank", Some(0))]),
    ]);
    let comparison = compare(&earlier, &later);
    let rows: Vec<_> = comparison
        .sections
        .iter()
        .flat_map(|section| section.lines.iter().map(|row| (section.name.as_str(), row.name.as_str(), row.presence)))
        .collect();
    assert_eq!(
        rows,
        [
            ("Avsnitt 1", "Samordningsteam Västerås", Presence::Both),
            ("Avsnitt 1", "Revision", Presence::Both),
            ("Avsnitt 1", "Konferens", Presence::Removed),
            ("Avsnitt 1", "Resor", Presence::Removed),
            ("Avsnitt 3", "Bank", Presence::Added),
        ]
    );
    let first = &comparison.sections[0].lines[0];
    assert_eq!(first.was_called.as_deref(), Some("Samordningsteam"));
    assert_eq!(first.amounts[0].difference(), Some(kronor(50)));
    assert_eq!(first.amounts[0].percent().unwrap().percent(0), "50");
    assert!(!comparison.sections[0].lines[1].is_change(), "a line that only moved has the same figures");
    assert_eq!(comparison.total_cost[0], Change::between(Some(kronor(210)), Some(kronor(210))));
}

#[test]
fn nothing_has_no_percentage_and_empty_is_not_zero() {
    for (before, after, difference, percent) in [
        (None, None, None, None),
        (None, Some(0), Some(0), None),
        (Some(0), Some(5), Some(5), None),
        (Some(200), None, Some(-200), Some("−100")),
        (Some(-200), Some(-100), Some(100), Some("50")),
    ] {
        let change = Change::between(before.map(kronor), after.map(kronor));
        assert_eq!(change.difference(), difference.map(kronor), "{change:?}");
        assert_eq!(change.percent().map(|ratio| ratio.percent(0)).as_deref(), percent, "{change:?}");
        assert_eq!(change.is_change(), before != after);
    }
}

#[test]
fn a_budget_does_not_differ_from_itself() {
    let budget: KnownBudget = demo::budget_2021().budget.into();
    let comparison = compare(&budget, &budget);
    assert!(comparison.sections.iter().flat_map(|section| &section.lines).all(|row| !row.is_change()));
    assert!(comparison.income.iter().all(|row| !row.is_change()));
    assert!(comparison.net_result.iter().all(|change| !change.is_change()));
}

#[test]
fn of_a_summary_only_what_it_says_is_compared() {
    let mut later = budget(vec![(1, vec![line(1, "Samordningsteam", Some(7_876_000)), line(2, "Konferens", None)])]);
    later.budget.income.push(all_together(13_310_000));
    later.budget.opening_equity = Some(kronor(8_241_000));
    let mut earlier = in_part(&budget(Vec::new()), &[]);
    earlier.budget.income.push(all_together(13_000_000));
    earlier.budget.opening_equity = Some(kronor(6_106_000));
    let comparison = compare(&earlier, &later);
    let row = &comparison.sections[0].lines[0];
    assert_eq!((row.presence, row.is_change()), (Presence::NotKnown, false), "nobody says that the line is new");
    assert_eq!(row.amounts[0], Change { before: Figure::Unknown, after: Figure::Amount(Some(kronor(7_876_000))) });
    for unknown in [&comparison.sections[0].sums[0], &comparison.total_cost[0], &comparison.net_result[0]] {
        assert_eq!((unknown.before, unknown.difference(), unknown.percent()), (Figure::Unknown, None, None));
    }
    assert_eq!(comparison.total_income[0].difference(), Some(kronor(310_000)));
    assert_eq!(comparison.opening[0].difference(), Some(kronor(2_135_000)));
    assert_eq!(comparison.closing[0].before, Figure::Unknown);
    // The other way round nothing is gone either.
    let back = compare(&later, &earlier);
    assert_eq!((back.sections[0].lines[0].presence, every_difference(&back)), (Presence::NotKnown, Vec::new()));
}

#[test]
fn a_figure_that_a_summary_states_is_compared() {
    let later = budget(vec![(1, vec![line(1, "Samordningsteam", Some(8_000_000))])]);
    let earlier = in_part(&budget(Vec::new()), &[(StatedKey::TotalCost(year(2021)), "7 500")]);
    let comparison = compare(&earlier, &later);
    assert_eq!(comparison.total_cost[0].difference(), Some(kronor(500_000)));
    assert_eq!(comparison.sections[0].sums[0].before, Figure::Unknown);
    assert_eq!(comparison.net_result[0].before, Figure::Unknown, "without income nobody knows the result");
}

#[test]
fn income_that_a_summary_leaves_out_makes_its_sum_unknown() {
    let mut later = budget(Vec::new());
    let other = IncomeId::from_random([101; 16]);
    later.budget.income = vec![all_together(100), Income { id: other, ..all_together(20) }];
    let mut earlier = in_part(&budget(Vec::new()), &[]);
    earlier.budget.income.push(all_together(100));
    let comparison = compare(&earlier, &later);
    assert_eq!(comparison.total_income[0].before, Figure::Unknown);
    assert_eq!(comparison.income.iter().filter(|row| row.is_change()).count(), 0);
    assert_eq!(earlier.total_income(year(2021)), Figure::Amount(Some(kronor(100))), "read alone it is what it says");
}

fn a_budget() -> impl Strategy<Value = KnownBudget> {
    let lines = prop::collection::btree_map(1_u8..12, prop::option::of(-5..50_i32), 0..8);
    (lines, 1_u8..4).prop_map(|(lines, parts)| {
        let mut sections: Vec<(u8, Vec<BudgetLine>)> = (1..=parts).map(|part| (part, Vec::new())).collect();
        for (number, amount) in lines {
            sections[usize::from(number % parts)].1.push(line(number, "Rad", amount));
        }
        budget(sections)
    })
}

proptest! {
    #[test]
    fn lines_that_a_version_does_not_know_never_give_a_difference(
        whole in a_budget(), known in a_budget(), is_earlier in any::<bool>()
    ) {
        let summary = in_part(&known, &[]);
        let comparison = if is_earlier { compare(&summary, &whole) } else { compare(&whole, &summary) };
        for row in comparison.sections.iter().flat_map(|section| &section.lines) {
            let written = |budget: &KnownBudget| {
                budget.budget.line(row.id).is_some_and(|line| line.amounts.contains_key(&year(2021)))
            };
            prop_assert_eq!(row.amounts[0].difference().is_some(), written(&summary));
        }
        let sums = comparison.sections.iter().flat_map(|section| &section.sums);
        let unknown = sums.chain(&comparison.total_cost).chain(&comparison.net_result).chain(&comparison.closing);
        prop_assert!(unknown.map(Change::difference).all(|difference| difference.is_none()));
    }

    #[test]
    fn every_line_of_either_version_is_compared_once_and_the_differences_add_up(
        earlier in a_budget(), later in a_budget()
    ) {
        let comparison = compare(&earlier, &later);
        let mut compared: Vec<LineId> =
            comparison.sections.iter().flat_map(|section| section.lines.iter().map(|row| row.id)).collect();
        compared.sort_unstable();
        let mut all: Vec<LineId> = earlier.budget.lines().chain(later.budget.lines()).map(|(_, line)| line.id).collect();
        all.sort_unstable();
        all.dedup();
        prop_assert_eq!(compared, all);
        let rows: Money = comparison.sections.iter().flat_map(|section| &section.lines)
            .filter_map(|row| row.amounts[0].difference()).sum();
        prop_assert_eq!(rows, comparison.total_cost[0].difference().unwrap_or_default());
    }
}
