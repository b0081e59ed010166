//! Amounts are read and written the Swedish way, exactly, and never guessed.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use proptest::prelude::*;
use samplan_core::domain::money::{AmountError, AmountUnit, Money};

use AmountUnit::{Kronor, TusenKronor};

fn reads(text: &str, unit: AmountUnit, ore: i64) {
    assert_eq!(Money::parse(text, unit), Ok(Money::from_ore(ore)), "{text:?}");
}

fn refuses(text: &str, says: &str) {
    let refused = Money::parse(text, Kronor).expect_err(text).to_string();
    assert!(refused.contains(says), "{text:?}: {refused}");
}

#[test]
fn what_people_type_and_paste_is_read() {
    for (text, unit, ore) in [
        ("0", Kronor, 0),
        ("125000", Kronor, 12_500_000),
        ("125 000", Kronor, 12_500_000),
        ("125\u{a0}000", Kronor, 12_500_000),
        ("125\u{202f}000", Kronor, 12_500_000),
        ("1 234 567,89", Kronor, 123_456_789),
        ("  1 500 kr ", Kronor, 150_000),
        ("1500KR", Kronor, 150_000),
        ("0,5", Kronor, 50),
        ("0.05", Kronor, 5),
        ("12.5", Kronor, 1_250),
        ("-1 559", Kronor, -155_900),
        ("\u{2212}1\u{a0}559", Kronor, -155_900),
        ("− 1 559,50 kr", Kronor, -155_950),
        ("1 234,5", TusenKronor, 123_450_000),
        ("1 234,5 tkr", Kronor, 123_450_000),
        ("1 234,5\u{a0}tkr", TusenKronor, 123_450_000),
        ("500 kr", TusenKronor, 50_000),
        ("2,5 mnkr", Kronor, 250_000_000),
        ("0,00001", TusenKronor, 1),
        ("1,500", TusenKronor, 150_000),
        ("0.500", TusenKronor, 50_000),
        ("1234.50", Kronor, 123_450),
        ("00", Kronor, 0),
        ("99 999 999 999,99", Kronor, Money::MAX_ORE),
    ] {
        reads(text, unit, ore);
    }
}

#[test]
fn what_is_not_surely_one_amount_is_refused_with_what_to_write_instead() {
    for (text, says) in [
        ("", "Fyll i ett belopp."),
        ("   ", "Fyll i ett belopp."),
        ("abc", "”abc” är inte ett belopp. Skriv med siffror"),
        ("12o", "är inte ett belopp"),
        ("####", "är inte ett belopp"),
        ("kr", "är inte ett belopp"),
        ("-", "är inte ett belopp"),
        ("--5", "är inte ett belopp"),
        ("5-", "är inte ett belopp"),
        ("(1 559)", "är inte ett belopp"),
        ("+5", "är inte ett belopp"),
        ("1e5", "är inte ett belopp"),
        ("٣", "är inte ett belopp"),
        ("5 SEK", "är inte ett belopp"),
        ("12 34", "grupper om tre siffror"),
        ("1234 567", "grupper om tre siffror"),
        ("1  500", "grupper om tre siffror"),
        ("1,5 0", "grupper om tre siffror"),
        ("1.500.000", "flera komman eller punkter"),
        ("1,500.00", "flera komman eller punkter"),
        ("1.500,50", "flera komman eller punkter"),
        (",5", "saknar siffror före eller efter kommat"),
        ("5,", "saknar siffror före eller efter kommat"),
        ("1,500", "högst 2 decimaler"),
        ("0,001", "högst 2 decimaler"),
        ("0,000001 tkr", "tkr kan ha högst 5 decimaler"),
        ("100 000 000 000", "lägre än 100\u{a0}000\u{a0}000\u{a0}000\u{a0}kronor"),
        ("−100 000 000 000", "högre än −100\u{a0}000\u{a0}000\u{a0}000\u{a0}kronor"),
        ("99999999999999999999999999999999", "lägre än"),
    ] {
        refuses(text, says);
    }
}

#[test]
fn a_single_point_before_three_digits_asks_rather_than_guesses() {
    assert_eq!(
        Money::parse("1.500", Kronor).unwrap_err().to_string(),
        "1.500 kan betyda 1\u{a0}500 eller 1,5. Skriv 1\u{a0}500 eller 1,5."
    );
    for (text, thousands, decimal) in [("-12.345 tkr", "−12\u{a0}345", "−12,345"), ("125.000", "125\u{a0}000", "125")]
    {
        let AmountError::Ambiguous { thousands: one, decimal: other, .. } = Money::parse(text, Kronor).unwrap_err()
        else {
            panic!("{text} has two readings");
        };
        assert_eq!((one.as_str(), other.as_str()), (thousands, decimal));
    }
}

#[test]
fn an_empty_cell_is_no_amount_and_not_a_zero() {
    for text in ["", "  ", "–", "-", "\u{a0}"] {
        assert_eq!(Money::parse_optional(text, Kronor), Ok(None), "{text:?}");
    }
    assert_eq!(Money::parse_optional("0", Kronor), Ok(Some(Money::ZERO)));
    assert!(Money::parse_optional("x", Kronor).is_err());
}

#[test]
fn figures_are_written_with_no_break_spaces_a_decimal_comma_and_a_real_minus() {
    for (ore, kronor, tusen, clipboard) in [
        (0, "0", "0", "0"),
        (5, "0,05", "0,00005", "0,05"),
        (50, "0,50", "0,0005", "0,50"),
        (100, "1", "0,001", "1"),
        (-155_900, "−1\u{a0}559", "−1,559", "-1559"),
        (123_450_000, "1\u{a0}234\u{a0}500", "1\u{a0}234,5", "1234500"),
        (12_345_678, "123\u{a0}456,78", "123,45678", "123456,78"),
    ] {
        let money = Money::from_ore(ore);
        assert_eq!(money.format(Kronor), kronor);
        assert_eq!(money.format(TusenKronor), tusen);
        assert_eq!(money.to_clipboard(Kronor), clipboard);
    }
    assert_eq!(Money::from_kronor(1_234_500).format_with_unit(TusenKronor), "1\u{a0}234,5\u{a0}tkr");
    assert_eq!(Money::from_ore(i64::MIN).ore(), i64::MIN);
    assert_eq!(Money::from_ore(i64::MIN).to_clipboard(Kronor), "-92233720368547758,08");
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_whatever_the_unit(ore in -Money::MAX_ORE..=Money::MAX_ORE) {
        let money = Money::from_ore(ore);
        for unit in [Kronor, TusenKronor] {
            let other = if unit == Kronor { TusenKronor } else { Kronor };
            prop_assert_eq!(Money::parse(&money.format(unit), unit), Ok(money));
            prop_assert_eq!(Money::parse(&money.format_with_unit(unit), other), Ok(money));
            prop_assert_eq!(Money::parse(&money.to_clipboard(unit), unit), Ok(money));
        }
        prop_assert_eq!(money.ore(), ore);
        prop_assert_eq!(serde_json::from_str::<Money>(&serde_json::to_string(&money).unwrap()).unwrap(), money);
    }

    #[test]
    fn no_text_whatever_makes_it_panic_or_leave_its_range(text in any::<String>(), figure in "[-−0-9 ,.\u{a0}krtmn]{0,20}") {
        for text in [&text, &figure] {
            for unit in [Kronor, TusenKronor] {
                match Money::parse(text, unit) {
                    Ok(money) => prop_assert!(Money::in_range(money.ore()).is_some()),
                    Err(refused) => prop_assert!(refused.to_string().ends_with('.')),
                }
            }
        }
    }

    #[test]
    fn sums_are_those_of_whole_ore(amounts in prop::collection::vec(-Money::MAX_ORE..=Money::MAX_ORE, 0..50)) {
        let sum: Money = amounts.iter().map(|ore| Money::from_ore(*ore)).sum();
        prop_assert_eq!(sum.ore(), amounts.iter().sum::<i64>());
        prop_assert_eq!((-sum).ore(), -sum.ore());
    }
}
