//! What follows from a budget: sums, result, equity and ceiling, shares by law, the next year's plan.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use proptest::prelude::*;
use samplan_core::domain::{
    Amounts, Budget, BudgetLine, CeilingRate, Income, IncomeId, LawPart, LineId, LineRole, Money, PartyKind, Ratio,
    Section, SectionId, Year, equity, law,
};

fn year(number: i32) -> Year {
    Year::new(number).unwrap()
}

fn tkr(thousands: i32) -> Money {
    Money::from_kronor(thousands * 1_000)
}

/// Amounts in tkr from 2021 on.
fn amounts(by_year: &[Option<i32>]) -> Amounts {
    year(2021).following(10).zip(by_year).filter_map(|(year, amount)| Some((year, tkr((*amount)?)))).collect()
}

fn line(number: u8, by_year: &[Option<i32>]) -> BudgetLine {
    BudgetLine {
        id: LineId::from_random([number; 16]),
        name: format!("Rad {number}"),
        note: "Enligt beslut".to_owned(),
        role: LineRole::Ordinary,
        amounts: amounts(by_year),
    }
}

fn income(number: u8, party: PartyKind, weight: u64, ore: i64) -> Income {
    let id = IncomeId::from_random([number; 16]);
    let amounts = Amounts::from([(year(2021), Money::from_ore(ore))]);
    Income { id, name: format!("{} {number}", party.label()), party, weight, amounts }
}

fn budget() -> Budget {
    let section = |number, lines| Section { id: SectionId::from_random([number; 16]), name: "Insatser".into(), lines };
    let mut budget = Budget::new(year(2021), 2);
    budget.opening_equity = Some(tkr(8_241));
    budget.sections = vec![
        section(1, vec![line(1, &[Some(7_876), Some(8_022), Some(8_000)]), line(2, &[Some(3_605), None, None])]),
        section(2, vec![line(3, &[None, None, None]), line(4, &[None, Some(0), None])]),
    ];
    budget.income = vec![income(1, PartyKind::Together, 1, 0)];
    budget.income[0].amounts = amounts(&[Some(13_310), Some(11_979), None]);
    budget
}

#[test]
fn sums_are_of_what_is_written_and_empty_is_not_zero() {
    let budget = budget();
    let of = |section: usize, number| budget.sections[section].sum(year(number));
    assert_eq!([of(0, 2021), of(0, 2022), of(1, 2021)], [Some(tkr(11_481)), Some(tkr(8_022)), None]);
    assert_eq!(of(1, 2022), Some(Money::ZERO), "a zero is an amount");
    assert_eq!(budget.total_cost(year(2021)), Some(tkr(11_481)));
    assert_eq!(budget.net_result(year(2021)), Some(tkr(1_829)));
    assert_eq!(budget.net_result(year(2023)), Some(tkr(-8_000)), "costs without income are a deficit");
    assert_eq!(budget.total_income(year(2023)), None);
    assert_eq!(budget.net_result(year(2024)), None, "nothing is planned");
}

#[test]
fn equity_rolls_from_year_to_year_and_is_held_against_the_ceiling() {
    let mut budget = budget();
    let rows = equity::roll(&budget);
    assert_eq!(rows.iter().map(|row| row.opening).collect::<Vec<_>>(), [8_241, 10_070, 14_027].map(|it| Some(tkr(it))));
    assert_eq!(rows.iter().map(|row| row.closing).collect::<Vec<_>>(), [10_070, 14_027, 6_027].map(|it| Some(tkr(it))));
    assert_eq!(rows[0].ceiling, Some(tkr(2_662)), "20 % of 13 310 tkr");
    assert_eq!((rows[0].over_ceiling(), rows[0].is_over_ceiling()), (Some(tkr(7_408)), true));
    assert_eq!((rows[2].ceiling, rows[2].is_over_ceiling()), (None, false));
    assert_eq!(rows[0].available(budget.total_income(year(2021))), Some(tkr(21_551)));

    budget.opening_equity = None;
    assert!(equity::roll(&budget).iter().all(|row| row.opening.is_none() && row.closing.is_none()));
    budget.opening_equity = Some(tkr(100));
    budget.years.push(year(2024));
    budget.years.push(year(2025));
    let rows = equity::roll(&budget);
    assert_eq!((rows[3].opening, rows[3].closing, rows[4].opening), (Some(tkr(-2_114)), None, None));
}

#[test]
fn the_ceiling_rounds_to_whole_ore_half_away_from_zero() {
    let rate = CeilingRate::from_hundredths(3_333).unwrap();
    for (income, ceiling) in [(10_000, 3_333), (5_000, 1_667), (-5_000, -1_667), (100, 33), (0, 0)] {
        assert_eq!(rate.of(Money::from_ore(income)).ore(), ceiling, "{income}");
    }
    assert_eq!((CeilingRate::default().hundredths(), CeilingRate::from_hundredths(10_001)), (2_000, None));
}

#[test]
fn shares_by_law_are_half_and_two_quarters_and_say_what_was_rounded_up() {
    let shares = law::shares(Money::from_kronor(13_310_000), &[1]).unwrap();
    assert_eq!((shares.state, shares.region), (Money::from_kronor(6_655_000), Money::from_kronor(3_327_500)));
    assert_eq!((shares.municipalities, shares.rounded_up), (vec![Money::from_kronor(3_327_500)], vec![]));

    // 0,03 kr: 1,5 + 0,75 + 0,75 öre. Two öre are left over, for the largest remainders.
    let shares = law::shares(Money::from_ore(3), &[7]).unwrap();
    assert_eq!((shares.state.ore(), shares.region.ore(), shares.municipalities[0].ore()), (1, 1, 1));
    assert_eq!(shares.rounded_up, [LawPart::Region, LawPart::Municipality(0)]);

    let shares = law::shares(Money::from_ore(-4_000), &[150_000, 50_000, 0]).unwrap();
    assert_eq!(shares.municipalities, [-750, -250, 0].map(Money::from_ore));
    assert_eq!(law::shares(Money::from_ore(40), &[0, 0]).unwrap().municipalities, [5, 5].map(Money::from_ore));
    assert_eq!(law::shares(Money::from_ore(40), &[]), None);
    assert_eq!(law::shares(Money::from_ore(40), &[u64::MAX, u64::MAX]).unwrap().municipalities[0].ore(), 5);
}

#[test]
fn income_is_compared_with_the_law_party_by_party() {
    let mut budget = Budget::new(year(2021), 0);
    budget.income = vec![
        income(1, PartyKind::State, 1, 5_100),
        income(2, PartyKind::Region, 1, 2_400),
        income(3, PartyKind::Municipality, 3, 1_875),
        income(4, PartyKind::Municipality, 1, 625),
        income(5, PartyKind::Other, 1, 99_999),
    ];
    let rows = law::compare(&budget, year(2021));
    let differences: Vec<i64> = rows.iter().map(|row| row.difference().ore()).collect();
    assert_eq!(differences, [100, -100, 0, 0], "of 100 kr; other income is outside the law's shares");
    assert_eq!(rows[2].name, "Kommun 3");
    assert_eq!(budget.party_income(year(2021)), Some(Money::from_ore(10_000)));

    assert!(law::compare(&budget, year(2022)).is_empty(), "nothing is written for that year");
    budget.income[1].amounts.clear();
    assert!(law::compare(&budget, year(2021)).is_empty(), "a party has no amount yet");
    budget.income[0].party = PartyKind::Together;
    assert!(law::compare(&budget, year(2021)).is_empty(), "all parties in one row");
}

#[test]
fn next_year_moves_the_outlook_and_leaves_out_lines_that_have_ended() {
    let budget = budget();
    let mut number = 100;
    let next = budget
        .next_year(|| {
            number += 1;
            [number; 16]
        })
        .unwrap();
    assert_eq!((next.budget.year, &next.budget.years), (year(2022), &vec![year(2022), year(2023), year(2024)]));
    assert_eq!(next.budget.opening_equity, Some(tkr(10_070)), "what 2021 closes with");
    assert_eq!(next.left_out, [LineId::from_random([2; 16])], "its last amount was for 2021");
    let names: Vec<_> = next.budget.lines().map(|(_, line)| line.name.as_str()).collect();
    assert_eq!(names, ["Rad 1", "Rad 3", "Rad 4"], "one that was never filled in is kept");
    let first = next.lines[&LineId::from_random([1; 16])];
    let copied = next.budget.line(first).unwrap();
    assert_eq!((copied.amounts.len(), copied.amounts[&year(2022)]), (2, tkr(8_022)));
    assert_eq!(copied.note, "Enligt beslut");
    assert_eq!(next.budget.net_result(year(2022)), budget.net_result(year(2022)), "what ended had nothing for 2022");
    assert_eq!((next.sections.len(), next.income.len(), next.lines.len()), (2, 1, 3));
    assert!(next.lines.iter().all(|(old, new)| old != new));
    assert_eq!(Budget::new(Year::LAST, 0).next_year(|| [0; 16]), None);
}

#[test]
fn fractions_are_exact_and_round_half_away_from_zero() {
    let ratio = |numerator, denominator| Ratio::new(numerator, denominator).unwrap();
    assert_eq!(ratio(2, -4), ratio(-1, 2));
    assert_eq!(Ratio::new(1, 0), None);
    for (numerator, denominator, decimals, percent) in [
        (1, 200, 0, "1"),
        (-1, 200, 0, "−1"),
        (49, 10_000, 0, "0"),
        (3_429, 8_054, 1, "42,6"),
        (1, 3, 2, "33,33"),
        (772_275, 58_523, 0, "1\u{a0}320"),
    ] {
        assert_eq!(ratio(numerator, denominator).percent(decimals), percent);
    }
    assert_eq!((ratio(-7, 2).floor(), ratio(-7, 2).ceiling(), ratio(7, 2).ceiling()), (-4, -3, 4));
    let (large, other) = (ratio(i128::MAX, i128::MAX - 1), ratio(i128::MAX - 2, i128::MAX - 4));
    assert!(large < other && large > Ratio::whole(1), "compared without overflow");
}

proptest! {
    #[test]
    fn totals_are_the_sums_of_the_sections_and_equity_is_all_results(
        sections in prop::collection::vec(
            prop::collection::vec(prop::collection::vec(prop::option::of(-50_000..50_000_i32), 4), 0..6), 1..5),
        parties in prop::collection::vec(prop::option::of(0..50_000_i32), 4), opening in -9_999..9_999_i32
    ) {
        let mut budget = Budget::new(year(2021), 3);
        budget.opening_equity = Some(tkr(opening));
        budget.income = vec![income(1, PartyKind::Together, 1, 0)];
        budget.income[0].amounts = amounts(&parties);
        let sections = sections.iter().enumerate().map(|(at, lines)| Section {
            id: SectionId::from_random([u8::try_from(at).unwrap(); 16]), name: String::new(),
            lines: lines.iter().map(|by_year| line(9, by_year)).collect(),
        });
        budget.sections = sections.collect();
        let mut saved = tkr(opening);
        for row in equity::roll(&budget) {
            let sections: Money = budget.sections.iter().filter_map(|section| section.sum(row.year)).sum();
            prop_assert_eq!(budget.total_cost(row.year).unwrap_or_default(), sections);
            let Some(closing) = row.closing else { break };
            saved = saved + budget.total_income(row.year).unwrap_or_default() - sections;
            prop_assert_eq!(closing, saved);
        }
    }

    #[test]
    fn shares_by_law_add_up_and_are_within_an_ore_of_the_law(
        total in any::<i32>(), keys in prop::collection::vec(0_u64..1_000_000, 1..8)
    ) {
        let shares = law::shares(Money::from_ore(total.into()), &keys).unwrap();
        let parts = shares.state + shares.region + shares.municipalities.iter().sum::<Money>();
        prop_assert_eq!(parts.ore(), i64::from(total));
        prop_assert!((2 * shares.state.ore() - i64::from(total)).abs() < 2);
        prop_assert!((4 * shares.region.ore() - i64::from(total)).abs() < 4);
        let sum: i128 = keys.iter().map(|key| i128::from(*key)).sum();
        for (part, key) in shares.municipalities.iter().zip(&keys).filter(|_| sum > 0) {
            let off = i128::from(part.ore()) * 4 * sum - i128::from(total) * i128::from(*key);
            prop_assert!(off.abs() < 4 * sum);
        }
        let mut budget = Budget::new(year(2021), 0);
        budget.income = vec![
            income(1, PartyKind::State, 1, shares.state.ore()), income(2, PartyKind::Region, 1, shares.region.ore()),
        ];
        for (number, (part, key)) in (3..).zip(shares.municipalities.iter().zip(&keys)) {
            budget.income.push(income(number, PartyKind::Municipality, *key, part.ore()));
        }
        prop_assert!(law::compare(&budget, year(2021)).iter().all(|row| row.difference().is_zero()));
    }

    #[test]
    fn fractions_order_as_their_cross_products(a in any::<i32>(), b in 1..i32::MAX, c in any::<i32>(), d in 1..i32::MAX) {
        let ratio = |one: i32, other: i32| Ratio::new(one.into(), other.into()).unwrap();
        let crosswise = (i64::from(a) * i64::from(d)).cmp(&(i64::from(c) * i64::from(b)));
        prop_assert_eq!(ratio(a, b).cmp(&ratio(c, d)), crosswise);
        prop_assert!(Ratio::whole(ratio(a, b).floor()) <= ratio(a, b) && Ratio::whole(ratio(a, b).ceiling()) >= ratio(a, b));
    }
}
