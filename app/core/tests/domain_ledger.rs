//! From an accounting file's amounts to the rows of a budget: nothing is lost on the way, and nothing counted twice.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use samplan_core::domain::ledger::scope::moved_by;
use samplan_core::domain::ledger::{
    Account, AccountKind, Booking, Destination, Ledger, Mapping, Preview, Resolution, Selector, When, preview,
};
use samplan_core::domain::{IsoDate, Money};

type Rules = Mapping<&'static str, &'static str>;

fn day(text: &str) -> IsoDate {
    text.parse().unwrap()
}

fn booked(account: &str, cost_centre: &str, project: &str, date: &str, kronor: i32) -> Booking {
    let objects = [(1, cost_centre), (6, project)].into_iter().filter(|(_, code)| !code.is_empty());
    Booking {
        account: account.parse().unwrap(),
        objects: objects.map(|(dimension, code)| (dimension, code.to_owned())).collect(),
        when: When::Day(day(date)),
        amount: Money::from_kronor(kronor),
    }
}

fn ledger(bookings: Vec<Booking>) -> Ledger {
    Ledger { resolution: Resolution::Day, bookings, ..Ledger::default() }
}

fn rules(rows: &[(&str, Destination<&'static str, &'static str>)]) -> Rules {
    rows.iter().map(|(selector, to)| (selector.parse().unwrap(), *to)).collect()
}

const TEAM: Destination<&str, &str> = Destination::Line("Samordningsteam");
const OTHER: Destination<&str, &str> = Destination::Line("Övrigt");
const STATE: Destination<&str, &str> = Destination::Income("Försäkringskassan");

#[test]
fn costs_and_income_are_both_positive_in_the_budget() {
    let ledger = ledger(vec![
        booked("3010", "", "", "2021-01-15", -5_000),
        booked("4010", "10", "P1", "2021-02-15", 1_200),
        booked("4010", "10", "P1", "2021-03-15", -200),
        booked("1930", "", "", "2021-03-15", 4_000),
    ]);
    let seen = preview(&ledger, &rules(&[("3000-3999", STATE), ("*", TEAM)]), day("2021-12-31"));
    assert_eq!(seen.incomes["Försäkringskassan"], Money::from_kronor(5_000));
    assert_eq!(seen.lines["Samordningsteam"], Money::from_kronor(1_000));
    assert_eq!(seen.total, Money::from_kronor(-4_000), "the bank account is no part of a budget");
    assert!(seen.adds_up() && seen.unmapped.is_empty());
}

#[test]
fn what_no_rule_fits_is_listed_with_its_amount() {
    let ledger = ledger(vec![
        booked("4010", "10", "", "2021-01-15", 700),
        booked("5010", "30", "", "2021-01-15", 300),
        booked("8999", "", "", "2021-01-31", 55),
        booked("5010", "30", "", "2021-05-15", 999),
    ]);
    let mapping = rules(&[("4010", OTHER), ("8999", Destination::LeaveOut)]);
    let seen = preview(&ledger, &mapping, day("2021-01-31"));
    let [row] = seen.unmapped.as_slice() else { panic!("one row is not mapped: {:?}", seen.unmapped) };
    assert_eq!((row.account.to_string().as_str(), row.cost_centre.as_deref()), ("5010", Some("30")));
    assert_eq!(row.amount, Money::from_kronor(300), "what is booked after the day is not in it");
    assert_eq!(seen.left_out_total(), Money::from_kronor(55));
    assert_eq!(seen.total, Money::from_kronor(1_055));
}

#[test]
fn the_most_specific_rule_wins() {
    let mapping = rules(&[
        ("*", Destination::Line("allt")),
        ("4000-4999", Destination::Line("klass 4")),
        ("4000-4099", Destination::Line("grupp 40")),
        ("4010", Destination::Line("konto 4010")),
        ("*;k=10", Destination::Line("kostnadsställe 10")),
        ("*;p=P1", Destination::Line("projekt P1")),
        ("4010;k=10", Destination::Line("4010 på 10")),
        ("4010;k=20;p=P1", Destination::Line("4010 på 20 i P1")),
    ]);
    for (account, cost_centre, project, expected) in [
        ("6010", "", "", "allt"),
        ("4500", "", "", "klass 4"),
        ("4020", "", "", "grupp 40"),
        ("4010", "30", "", "konto 4010"),
        ("4020", "10", "", "kostnadsställe 10"),
        ("4020", "10", "P1", "projekt P1"),
        ("4010", "10", "P1", "4010 på 10"),
        ("4010", "20", "P1", "4010 på 20 i P1"),
    ] {
        let booking = booked(account, cost_centre, project, "2021-01-01", 1);
        let (_, to) = mapping.rule_for(&booking).unwrap();
        assert_eq!(*to, Destination::Line(expected), "{account} {cost_centre} {project}");
    }
}

#[test]
fn the_kind_that_the_file_gives_an_account_goes_before_its_number() {
    let mut ledger = ledger(vec![booked("2990", "", "", "2021-01-15", 10), booked("3990", "", "", "2021-01-15", 7)]);
    assert_eq!(ledger.total(day("2021-12-31")), Money::from_kronor(7));
    let kind = |kind| Account { name: String::new(), kind: Some(kind) };
    ledger.accounts = BTreeMap::from([
        ("2990".parse().unwrap(), kind(AccountKind::Cost)),
        ("3990".parse().unwrap(), kind(AccountKind::Debt)),
    ]);
    assert_eq!(ledger.total(day("2021-12-31")), Money::from_kronor(10));
}

#[test]
fn a_selector_is_the_same_after_its_way_through_its_text() {
    for text in ["*", "4010", "4000-4999", "*;k=10", "4010;k=10;p=P1", "*;p=50%25 a%3Bb"] {
        assert_eq!(text.parse::<Selector>().unwrap().to_string(), text);
    }
    let odd = Selector { project: Some("50%;3B=%3B".into()), ..Selector::default() };
    assert_eq!(odd.to_string().parse(), Ok(odd));
    for wrong in ["", "abc", "4010-", "4010;x=1", "4010;k=1;k=2", "4010;k"] {
        assert!(wrong.parse::<Selector>().is_err(), "{wrong}");
    }
    let backwards: Selector = "4999–4000".parse().unwrap();
    assert_eq!(backwards.to_string(), "4000-4999");
}

#[test]
fn a_mapping_is_kept_as_an_object_of_texts() {
    let mapping: Mapping<String, String> = [
        ("4010;k=10".parse().unwrap(), Destination::Line("team".to_owned())),
        ("8999".parse().unwrap(), Destination::LeaveOut),
    ]
    .into_iter()
    .collect();
    let json = serde_json::to_string(&mapping).unwrap();
    assert_eq!(json, r#"{"4010;k=10":{"line":"team"},"8999":"leave-out"}"#);
    assert_eq!(serde_json::from_str::<Mapping<String, String>>(&json).unwrap(), mapping);
}

fn any_booking() -> impl Strategy<Value = Booking> {
    let code = || prop_oneof![Just(""), Just("10"), Just("20")];
    let when = prop_oneof![
        (1..=12_u8).prop_map(|month| When::Day(day(&format!("2021-{month:02}-15")))),
        (1..=12_u8).prop_map(|month| When::Month(day(&format!("2021-{month:02}-28")))),
        Just(When::Year),
    ];
    (1_000..9_000_u32, code(), code(), when, -Money::MAX_ORE..=Money::MAX_ORE).prop_map(
        |(account, cost_centre, project, when, ore)| Booking {
            when,
            amount: Money::from_ore(ore),
            ..booked(&account.to_string(), cost_centre, project, "2021-01-01", 0)
        },
    )
}

fn any_rule() -> impl Strategy<Value = (Selector, Destination<u8, u8>)> {
    let accounts = prop_oneof![
        Just("*".to_owned()),
        (1_000..9_000_u32).prop_map(|account| account.to_string()),
        (1_000..9_000_u32, 0..4_000_u32).prop_map(|(first, more)| format!("{first}-{}", first + more)),
    ];
    let code = |sign| prop_oneof![2 => Just(String::new()), 1 => Just(format!(";{sign}=10"))];
    let to = prop_oneof![
        (0..4_u8).prop_map(Destination::Line),
        (0..4_u8).prop_map(Destination::Income),
        Just(Destination::LeaveOut),
    ];
    (accounts, code('k'), code('p'), to)
        .prop_map(|(accounts, k, p, to)| (format!("{accounts}{k}{p}").parse().unwrap(), to))
}

proptest! {
    #[test]
    fn a_preview_adds_up_to_the_file_whatever_the_rules_are(
        bookings in prop::collection::vec(any_booking(), 0..60),
        rules in prop::collection::vec(any_rule(), 0..12),
        month in 1..=12_u8,
    ) {
        let ledger = ledger(bookings);
        let through = day(&format!("2021-{month:02}-20"));
        let seen: Preview<u8, u8> = preview(&ledger, &rules.into_iter().collect(), through);
        prop_assert!(seen.adds_up());
        // Against a sum of its own, straight from the bookings.
        let by_hand: i64 = ledger
            .bookings
            .iter()
            .filter(|it| (3_000..9_000).contains(&it.account.number()))
            .filter(|it| match it.when { When::Day(day) | When::Month(day) => day <= through, When::Year => true })
            .map(|it| it.amount.ore())
            .sum();
        prop_assert_eq!(seen.total, Money::from_ore(by_hand));
        let of_rows: Money = seen.rows.iter().map(|(row, _)| row.amount).sum();
        prop_assert_eq!(of_rows, seen.total);
    }
}

#[test]
fn wider_rules_are_offered_with_how_many_rows_they_would_take_along() {
    let ledger = ledger(vec![
        booked("4010", "10", "P1", "2021-01-15", 700),
        booked("4010", "10", "", "2021-01-15", 300),
        booked("4020", "20", "P1", "2021-01-15", 40),
        booked("5010", "30", "", "2021-01-15", 5),
    ]);
    let mapping = rules(&[("4010;k=10;p=P1", TEAM), ("4020", OTHER)]);
    let seen = preview(&ledger, &mapping, day("2021-01-31"));
    let row = &seen.rows.iter().find(|(row, _)| row.project.is_some()).unwrap().0;
    assert_eq!(row.selector().to_string(), "4010;k=10;p=P1");
    let offers: Vec<_> = row
        .wider()
        .iter()
        .map(|selector| (selector.to_string(), moved_by(&seen.rows, &mapping, selector, &TEAM)))
        .collect();
    let expected = [("4010", 1), ("*;p=P1", 1), ("*;k=10", 1), ("4000-4099", 1), ("4000-4999", 1)];
    assert_eq!(offers, expected.map(|(selector, count)| (selector.to_owned(), count)));
}
