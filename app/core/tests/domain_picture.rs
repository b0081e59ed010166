//! Pictures of a budget: the axes they stand on and the figures behind them.
#![expect(clippy::unwrap_used, reason = "a panic is a failing test")]

use proptest::prelude::*;
use samplan_core::domain::demo;
use samplan_core::domain::picture::{booked, costs};
use samplan_core::domain::{Budget, Money, Scale, Section, SectionId, Year};

fn kronor(amount: i32) -> Money {
    Money::from_kronor(amount)
}

fn ticks(amounts: &[i32], steps: usize) -> Vec<i64> {
    let scale = Scale::of(amounts.iter().map(|amount| kronor(*amount)), steps);
    scale.ticks().iter().map(|tick| tick.ore() / 100).collect()
}

#[test]
fn an_axis_has_round_steps_and_holds_every_amount() {
    for (amounts, steps, expected) in [
        (&[18_506, 13_538, 11_380][..], 4, &[0, 5_000, 10_000, 15_000, 20_000][..]),
        (&[20_000], 4, &[0, 5_000, 10_000, 15_000, 20_000]),
        (&[1], 4, &[0, 1]),
        (&[7, 3], 4, &[0, 2, 4, 6, 8]),
        (&[-5_196, -64], 4, &[-6_000, -4_000, -2_000, 0]),
        (&[-100, 300], 4, &[-100, 0, 100, 200, 300]),
    ] {
        assert_eq!(ticks(amounts, steps), expected, "{amounts:?}");
    }
}

#[test]
fn an_axis_without_amounts_is_an_axis_still() {
    assert_eq!(ticks(&[], 4), [0, 1_000]);
    assert_eq!(ticks(&[0, 0], 4), [0, 1_000]);
    assert_eq!(Scale::of([], 4).place(kronor(0), 300), 0);
}

#[test]
fn amounts_stand_in_proportion_from_the_lower_end() {
    let scale = Scale::of([kronor(-100), kronor(300)], 4);
    assert_eq!(scale.zero(400), 100);
    assert_eq!(scale.place(kronor(300), 400), 400);
    assert_eq!(scale.place(kronor(-100), 400), 0);
    assert_eq!(scale.place(kronor(1_000), 400), 400);
}

#[test]
fn the_parts_of_the_costs_are_the_sections_and_add_up_to_the_total() {
    let budget = demo::budget_2021().budget;
    let costs = costs(&budget, 5);
    let names: Vec<_> = costs.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["Insatser", "Styrelsen", "Administration"]);
    for (at, total) in costs.totals.iter().enumerate() {
        let sum: Money = costs.parts.iter().filter_map(|part| part.amounts[at]).sum();
        assert_eq!(Some(sum), *total);
    }
}

#[test]
fn too_many_sections_stand_together_and_a_year_without_amounts_stays_empty() {
    let mut budget = Budget::new(Year::new(2021).unwrap(), 1);
    for number in 1..=7 {
        let mut section = demo::budget_2021().budget.sections[0].clone();
        section.id = SectionId::from_random([number; 16]);
        section.name = format!("Avsnitt {number}");
        section.lines.truncate(1);
        section.lines[0].amounts = [(budget.year, kronor(i32::from(number) * 10))].into();
        budget.sections.push(Section { ..section });
    }
    let costs = costs(&budget, 5);
    let names: Vec<_> = costs.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["Avsnitt 4", "Avsnitt 5", "Avsnitt 6", "Avsnitt 7", "Övriga 3 avsnitt"]);
    assert_eq!(costs.parts[4].amounts, [Some(kronor(60)), None]);
    assert_eq!(costs.totals, [Some(kronor(280)), None]);
}

#[test]
fn an_outcome_stands_against_the_budget_of_its_own_year() {
    let plan = demo::outcome_2019();
    let booked = booked(&plan.budget, &plan.outcomes[0]);
    assert_eq!(booked.outcome, plan.outcomes[0].sum(plan.budget.lines().map(|(_, line)| line.id)));
    assert_eq!(booked.budget, plan.budget.total_cost(Year::new(2019).unwrap()));
    let names: Vec<_> = booked.foremost(3).iter().map(|row| row.name.clone()).collect();
    assert_eq!(names, ["Samordningsteam Västerås", "JobbFokus 2.0", "Revision"], "the line over its budget is there");
    let all = booked.foremost(usize::MAX);
    assert!(all.len() == booked.lines.len() && all.iter().zip(&booked.lines).all(|(one, other)| *one == other));
}

proptest! {
    #[test]
    fn every_amount_lies_within_its_axis(amounts in prop::collection::vec(-Money::MAX_ORE..=Money::MAX_ORE, 0..12)) {
        let scale = Scale::of(amounts.iter().map(|ore| Money::from_ore(*ore)), 5);
        let ticks = scale.ticks();
        prop_assert!((2..=7).contains(&ticks.len()), "{} ticks", ticks.len());
        for ore in amounts {
            let amount = Money::from_ore(ore);
            prop_assert!(ticks[0] <= amount && amount <= ticks[ticks.len() - 1]);
            prop_assert!((0..=1_000).contains(&scale.place(amount, 1_000)));
        }
    }

    #[test]
    fn a_larger_amount_never_stands_below_a_smaller(one in -1_000_000_i64..1_000_000, other in -1_000_000_i64..1_000_000) {
        let scale = Scale::of([Money::from_ore(one), Money::from_ore(other)], 5);
        let [low, high] = [one.min(other), one.max(other)].map(|ore| scale.place(Money::from_ore(ore), 500));
        prop_assert!(low <= high);
    }
}
