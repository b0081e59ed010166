//! Two versions of a budget, row by row.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use proptest::prelude::*;
use samplan_app::domain::budget::compare::{Change, Presence, compare};
use samplan_app::domain::{Budget, BudgetLine, LineId, LineRole, Money, Section, SectionId, Year, demo};

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

fn budget(sections: Vec<(u8, Vec<BudgetLine>)>) -> Budget {
    let section = |(number, lines): (u8, Vec<BudgetLine>)| Section {
        id: SectionId::from_random([number; 16]),
        name: format!("Avsnitt {number}"),
        lines,
    };
    Budget { sections: sections.into_iter().map(section).collect(), ..Budget::new(year(2021), 0) }
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
    assert_eq!(comparison.total_cost[0], Change { before: Some(kronor(210)), after: Some(kronor(210)) });
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
        let change = Change { before: before.map(kronor), after: after.map(kronor) };
        assert_eq!(change.difference(), difference.map(kronor), "{change:?}");
        assert_eq!(change.percent().map(|ratio| ratio.percent(0)).as_deref(), percent, "{change:?}");
        assert_eq!(change.is_change(), before != after);
    }
}

#[test]
fn a_budget_does_not_differ_from_itself() {
    let budget = demo::budget_2021().budget;
    let comparison = compare(&budget, &budget);
    assert!(comparison.sections.iter().flat_map(|section| &section.lines).all(|row| !row.is_change()));
    assert!(comparison.income.iter().all(|row| !row.is_change()));
    assert!(comparison.net_result.iter().all(|change| !change.is_change()));
}

fn a_budget() -> impl Strategy<Value = Budget> {
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
    fn every_line_of_either_version_is_compared_once_and_the_differences_add_up(
        earlier in a_budget(), later in a_budget()
    ) {
        let comparison = compare(&earlier, &later);
        let mut compared: Vec<LineId> =
            comparison.sections.iter().flat_map(|section| section.lines.iter().map(|row| row.id)).collect();
        compared.sort_unstable();
        let mut all: Vec<LineId> = earlier.lines().chain(later.lines()).map(|(_, line)| line.id).collect();
        all.sort_unstable();
        all.dedup();
        prop_assert_eq!(compared, all);
        let rows: Money = comparison.sections.iter().flat_map(|section| &section.lines)
            .filter_map(|row| row.amounts[0].difference()).sum();
        prop_assert_eq!(rows, comparison.total_cost[0].difference().unwrap_or_default());
    }
}
