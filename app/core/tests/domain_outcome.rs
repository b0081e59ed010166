//! Outcome against budget and against the pace of the year; forecasts; two dates compared.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use samplan_core::domain::budget::Amounts;
use samplan_core::domain::demo;
use samplan_core::domain::outcome::{
    FAR_FROM_PACE_KRONOR, FAR_FROM_PACE_POINTS, LineState, MissingForecasts, OutcomeChange, OutcomeFigures,
    OutcomeSums, beyond_pace, deviation, pace, share_of_budget, standing,
};
use samplan_core::domain::{
    ForecastProposal, IsoDate, LineId, LineStanding, Money, Outcome, OutcomeId, OutcomeLine, Ratio,
};

fn kronor(amount: i32) -> Option<Money> {
    Some(Money::from_kronor(amount))
}

fn day(text: &str) -> IsoDate {
    text.parse().unwrap()
}

#[test]
fn the_pace_is_the_share_of_the_years_days_that_has_passed() {
    for (text, passed, days) in [
        ("2019-08-31", 243, 365),
        ("2020-08-31", 244, 366),
        ("2019-01-01", 1, 365),
        ("2020-12-31", 1, 1),
        ("2021-06-30", 181, 365),
    ] {
        assert_eq!(pace(day(text)), Ratio::new(passed, days), "{text}");
    }
    assert_eq!(pace(day("1500-01-01")), None);
}

#[test]
fn percent_of_budget_is_exact_and_missing_where_there_is_no_budget() {
    let share = |outcome, budget| share_of_budget(outcome, budget).map(|share| share.percent(0));
    assert_eq!(share(kronor(3_429_000), kronor(8_054_000)).as_deref(), Some("43"));
    assert_eq!(share(kronor(52), kronor(48)).as_deref(), Some("108"));
    assert_eq!(share(kronor(25), kronor(1_000)).as_deref(), Some("3"), "half away from zero");
    assert_eq!(share(kronor(0), kronor(10)).as_deref(), Some("0"));
    assert_eq!([share(kronor(5), None), share(kronor(5), kronor(0)), share(None, kronor(5))], [None, None, None]);
}

#[test]
fn a_line_is_said_to_be_far_from_the_pace_by_its_share_and_marked_by_its_kronor_too() {
    use LineStanding::*;
    // Through August two thirds have passed: 66,6 %.
    for (outcome, budget, stands, is_marked) in [
        (kronor(52_000), kronor(48_000), OverBudget, true),
        (kronor(48_000), kronor(48_000), AheadOfPace, true),
        // Small lines, at 5, 10, 20, 92 and 100 percent: true in words, and nothing to look at.
        (kronor(500), kronor(10_000), BehindPace, false),
        (kronor(1_000), kronor(10_000), BehindPace, false),
        (kronor(2_000), kronor(10_000), BehindPace, false),
        (kronor(23_000), kronor(25_000), AheadOfPace, false),
        (kronor(27_000), kronor(27_000), AheadOfPace, false),
        (kronor(900_000), kronor(1_000_000), AheadOfPace, true),
        (kronor(860_000), kronor(1_000_000), OnPace, false),
        (kronor(470_000), kronor(1_000_000), OnPace, false),
        (kronor(460_000), kronor(1_000_000), BehindPace, true),
        (kronor(3_429_000), kronor(8_054_000), BehindPace, true),
        (kronor(2_000), kronor(80_000), BehindPace, true),
        (kronor(0), kronor(200_000), BehindPace, true),
        (None, kronor(200_000), NothingYet, false),
        (kronor(1), None, NoBudget, true),
        (kronor(1), kronor(0), NoBudget, true),
        (kronor(0), None, NothingYet, false),
        (kronor(-1), None, NoBudget, true),
    ] {
        let expected = LineState { standing: stands, is_marked };
        assert_eq!(standing(outcome, budget, day("2019-08-31")), expected, "{outcome:?} of {budget:?}");
    }
    assert_eq!(standing(kronor(10), kronor(10), day("2019-12-31")).standing, OnPace);
    assert_eq!(OverBudget.label(), "Över budget");
    let labels: Vec<_> = [AheadOfPace, BehindPace, OnPace, NothingYet, NoBudget].map(LineStanding::label).into();
    assert_eq!(labels, ["Före takten", "Efter takten", "I takt", "Inget bokfört", "Saknar budget"]);
}

#[test]
fn a_forecast_is_proposed_and_what_it_rests_on_must_be_there() {
    let through = day("2019-08-31");
    let linear = |outcome| ForecastProposal::Linear.propose(outcome, kronor(1), through);
    // 3 429 000 × 365 / 243 = 5 150 555,56
    assert_eq!(linear(kronor(3_429_000)), kronor(5_150_556));
    assert_eq!((linear(kronor(0)), linear(None)), (kronor(0), None));
    assert_eq!(ForecastProposal::Budget.propose(None, kronor(8_054_000), through), kronor(8_054_000));
    assert_eq!(ForecastProposal::Budget.propose(kronor(7), None, through), None);
    assert_eq!(ForecastProposal::Linear.propose(kronor(12_345), None, day("2020-12-31")), kronor(12_345));
    assert_eq!(deviation(kronor(100), kronor(130)), kronor(-30));
    assert_eq!((deviation(None, kronor(1)), deviation(kronor(1), None)), (None, None));
    assert_eq!(ForecastProposal::Linear.label(), "Rak framskrivning");
}

#[test]
fn two_dates_are_compared_line_by_line() {
    let id = |number| LineId::from_random([number; 16]);
    let outcome = |through: &str, amounts: &[(u8, Option<i32>)]| Outcome {
        id: OutcomeId::from_random([9; 16]),
        through: day(through),
        lines: amounts
            .iter()
            .map(|(number, amount)| {
                let amount = amount.and_then(kronor);
                (id(*number), OutcomeLine { amount, forecast: amount, ..OutcomeLine::default() })
            })
            .collect(),
        income: BTreeMap::new(),
    };
    let april = outcome("2019-04-30", &[(1, Some(100)), (2, None)]);
    let august = outcome("2019-08-31", &[(1, Some(300)), (2, Some(50))]);
    let changes = august.changes_since(&april, [id(2), id(1), id(3)]);
    let told = |changes: &[OutcomeChange]| {
        let percent = |change: &OutcomeChange| change.percent().map(|share| share.percent(1));
        changes.iter().map(|change| (change.difference(), percent(change))).collect::<Vec<_>>()
    };
    assert_eq!(told(&changes), [(kronor(50), None), (kronor(200), Some("200,0".to_owned())), (None, None)]);
    assert_eq!((changes[0].earlier, changes[0].later), (None, kronor(50)));
    let backwards = april.changes_since(&august, [id(1), id(2)]);
    assert_eq!(told(&backwards)[1], (None, None), "what is booked does not go away: nobody has written it");
    assert_eq!(august.sum([id(1), id(2), id(3)]), kronor(350));
    assert_eq!((april.sum([id(2), id(3)]), april.forecast_sum([id(1)])), (None, kronor(100)));
}

#[test]
fn sums_count_what_is_written_and_a_forecast_that_is_missing_is_no_money_saved() {
    let plan = demo::outcome_2019();
    let (budget, mut outcome) = (plan.budget, plan.outcomes[0].clone());
    let sums = OutcomeSums::of(&budget, &outcome);
    assert_eq!(sums.left_out_of_forecasts.told(), None, "without a forecast there is no sum to misread");
    assert_eq!(sums.cost.amount, kronor(6_072_500));
    assert_eq!((sums.cost.forecast, sums.cost.deviation), (None, None));
    assert_eq!(sums.result.amount, None, "costs alone are no result");
    assert_eq!(sums.result.budget, budget.net_result(budget.year));

    let (line, income) = (budget.lines().next().unwrap().1, &budget.income[0]);
    let planned = (line.amounts[&budget.year], income.amounts[&budget.year]);
    outcome.lines.get_mut(&line.id).unwrap().forecast = Some(planned.0 + Money::from_kronor(7));
    let forecast = Some(planned.1 + Money::from_kronor(10));
    outcome.income.insert(income.id, OutcomeLine { forecast, ..OutcomeLine::default() });
    let sums = OutcomeSums::of(&budget, &outcome);
    assert_eq!(sums.section(budget.sections[0].id).deviation, kronor(-7), "more of a cost is worse");
    assert_eq!(sums.income.deviation, kronor(10), "more of an income is better");
    assert_eq!(sums.result.deviation, kronor(3));
    let MissingForecasts { rows, budget: left_out, is_partial } = sums.left_out_of_forecasts;
    let with_budget = |amounts: &Amounts| amounts.get(&budget.year).is_some_and(|amount| !amount.is_zero());
    let all = budget.lines().map(|(_, line)| &line.amounts).chain(budget.income.iter().map(|row| &row.amounts));
    assert_eq!((rows, is_partial), (all.filter(|amounts| with_budget(amounts)).count() - 2, true));
    let planned = [sums.cost.budget, sums.income.budget, Some(-planned.0), Some(-planned.1)];
    assert_eq!(left_out, planned.into_iter().flatten().fold(Money::ZERO, |sum, amount| sum + amount));
    assert_eq!(sums.sections.iter().map(|(_, sum)| *sum).sum::<OutcomeFigures>(), sums.cost);
}

#[test]
fn what_sums_of_forecasts_leave_out_is_told_once_there_is_a_forecast() {
    let told = |rows, is_partial| {
        let missing = MissingForecasts { rows, budget: Money::from_kronor(246_000), is_partial };
        missing.told().map(|text| text.replace('\u{a0}', " "))
    };
    let sentence = |rows: &str| {
        format!(
            "{rows} (246 000 kr) saknar prognos och räknas inte med i prognosens summor, inte heller i deras avvikelse."
        )
    };
    assert_eq!(told(1, true), Some(sentence("1 rad med budget")));
    assert_eq!(told(11, true), Some(sentence("11 rader med budget")));
    assert_eq!((told(0, true), told(11, false)), (None, None));
}

proptest! {
    #[test]
    fn a_line_that_follows_the_pace_is_never_marked_and_ends_at_its_budget(
        budget in 1..2_000_000_000_i64, month in 1..=12_u8, day_of_month in 1..=28_u8
    ) {
        let through = day(&format!("2019-{month:02}-{day_of_month:02}"));
        let outcome = Money::from_ore(i64::try_from(pace(through).unwrap().times_rounded(budget.into())).unwrap());
        let budget = Money::from_ore(budget);
        let expected = LineState { standing: LineStanding::OnPace, is_marked: false };
        prop_assert_eq!(standing(Some(outcome), Some(budget), through), expected);
        prop_assert_eq!(beyond_pace(outcome, budget, through), Some(Money::ZERO));
        let forecast = ForecastProposal::Linear.propose(Some(outcome), None, through).unwrap();
        // Half an öre of rounding grows to at most 365 halves; then whole kronor.
        prop_assert!((forecast - budget).abs().ore() <= 183 + 50);
    }

    #[test]
    fn more_than_twenty_points_from_the_pace_is_always_said_and_marked_by_the_money(
        budget in 100..2_000_000_000_i64, percent in 0..=100_i64, month in 1..=12_u8
    ) {
        let through = day(&format!("2019-{month:02}-15"));
        let (budget, outcome) = (Money::from_ore(budget), Money::from_ore(budget * percent / 100));
        let beyond = beyond_pace(outcome, budget, through).unwrap();
        let is_far = i128::from(beyond.ore().abs()) * 100 > FAR_FROM_PACE_POINTS * i128::from(budget.ore());
        let state = standing(Some(outcome), Some(budget), through);
        prop_assert_eq!(state.standing != LineStanding::OnPace, is_far);
        prop_assert_eq!(state.is_marked, is_far && beyond.abs() > Money::from_kronor(FAR_FROM_PACE_KRONOR));
    }

    #[test]
    fn no_amounts_whatever_make_it_panic(outcome in any::<i64>(), budget in any::<i64>(), day_of_month in 1..=28_u8) {
        let through = day(&format!("2020-02-{day_of_month:02}"));
        let (outcome, budget) = (Some(Money::from_ore(outcome)), Some(Money::from_ore(budget)));
        let _ = (standing(outcome, budget, through), share_of_budget(outcome, budget).map(|share| share.percent(2)));
        let _ = (ForecastProposal::Linear.propose(outcome, budget, through), deviation(budget, outcome));
    }
}
