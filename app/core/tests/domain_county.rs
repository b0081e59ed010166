//! Splits add up to the öre, and what does not add up is reported.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use proptest::prelude::*;
use samplan_core::domain::{
    AssociationId, Balance, BalanceState, DocumentId, IsoDate, ItemId, Money, Split, SplitKey, SplitProblem,
    StatedTotals, UserId, split, split_by_weights,
};

fn slug(name: &str) -> AssociationId {
    name.parse().unwrap()
}

fn county(kronor: [Option<i32>; 3]) -> Vec<(AssociationId, Option<Money>)> {
    let names = ["norra", "malardalen", "vasteras"];
    names.iter().zip(kronor).map(|(name, kronor)| (slug(name), kronor.map(Money::from_kronor))).collect()
}

fn ore(split: &Split) -> Vec<i64> {
    split.parts.iter().map(|(_, amount)| amount.ore()).collect()
}

#[test]
fn an_equal_split_places_the_remainder_and_shows_where() {
    let parts = split(Money::from_ore(10_000), &SplitKey::Equal, &county([None; 3])).unwrap();
    assert_eq!(ore(&parts), [3_334, 3_333, 3_333]);
    assert_eq!(parts.rounded_up, [slug("norra")]);
}

#[test]
fn a_split_by_contribution_follows_the_contributions() {
    let contributions = county([Some(125_000), Some(250_000), Some(250_000)]);
    let parts = split(Money::from_kronor(100_000), &SplitKey::ByContribution, &contributions).unwrap();
    assert_eq!(ore(&parts), [2_000_000, 4_000_000, 4_000_000]);
    assert!(parts.rounded_up.is_empty() && parts.difference.is_zero());
}

#[test]
fn a_split_by_hand_reports_what_is_left() {
    let by_hand =
        SplitKey::ByHand([(slug("norra"), Money::from_kronor(40)), (slug("annat"), Money::from_kronor(5))].into());
    let parts = split(Money::from_kronor(100), &by_hand, &county([None; 3])).unwrap();
    assert_eq!(ore(&parts), [4_000, 0, 0, 500]);
    assert_eq!(parts.difference, Money::from_kronor(55));
}

#[test]
fn a_key_that_cannot_be_worked_out_says_why() {
    let total = Money::from_kronor(100);
    for (key, contributions, problem) in [
        (SplitKey::Equal, vec![], SplitProblem::NoAssociations),
        (SplitKey::ByContribution, county([None, Some(0), None]), SplitProblem::NoContributions),
        (SplitKey::ByContribution, county([None, Some(-1), None]), SplitProblem::NegativeContribution),
        (SplitKey::Unknown("by-moon".into()), county([None; 3]), SplitProblem::UnknownKey),
    ] {
        assert_eq!(split(total, &key, &contributions), Err(problem));
    }
}

#[test]
fn contributions_that_do_not_cover_the_items_are_reported() {
    let of = |costs: &[Option<i32>], contributions: &[Option<i32>]| {
        let money =
            |amounts: &[Option<i32>]| amounts.iter().map(|kronor| kronor.map(Money::from_kronor)).collect::<Vec<_>>();
        Balance::of(money(costs), money(contributions)).state()
    };
    assert_eq!(of(&[Some(100), None], &[Some(60), Some(40)]), BalanceState::Balanced);
    assert_eq!(of(&[Some(100)], &[Some(60), None]), BalanceState::Shortfall(Money::from_kronor(40)));
    assert_eq!(of(&[Some(625)], &[Some(750)]), BalanceState::Surplus(Money::from_kronor(125)));
}

#[test]
fn a_printed_sum_that_the_rows_do_not_give_is_found() {
    let balance = Balance { items: Money::from_kronor(625_000), contributions: Money::from_kronor(625_000) };
    let stated =
        StatedTotals { items: Some(Money::from_kronor(625_000)), contributions: Some(Money::from_kronor(750_000)) };
    assert_eq!(balance.stated_items_off_by(&stated), None);
    assert_eq!(balance.stated_contributions_off_by(&stated), Some(Money::from_kronor(125_000)));
    assert_eq!(balance.stated_contributions_off_by(&StatedTotals::default()), None);
}

#[test]
fn ids_are_read_back_and_nothing_else_is_an_id() {
    let document = DocumentId::from_random([0x5a; 16]);
    assert_eq!(document.to_string().parse(), Ok(document));
    // As the JavaScript client makes them.
    let known: DocumentId = "4NMNnkMhL8jXrdJ9jamS58PAVdXu".parse().unwrap();
    assert_eq!(known.to_string(), "4NMNnkMhL8jXrdJ9jamS58PAVdXu");
    for text in ["", "4NMNnkMhL8jXrdJ9jamS58PAVdXv", "0OIl", &"1".repeat(10_000)] {
        assert!(text.parse::<DocumentId>().is_err() && text.parse::<ItemId>().is_err(), "{text:.20}");
    }
    for bytes in [[0; 16], [0xff; 16], [1; 16]] {
        let item = ItemId::from_random(bytes);
        assert_eq!(item.to_string().parse(), Ok(item));
        let user = UserId::from_random(bytes);
        assert_eq!(UserId::from_author_bytes(user.as_bytes()), Some(user));
        assert_eq!(serde_json::from_str::<UserId>(&serde_json::to_string(&user).unwrap()).unwrap(), user);
    }
    for text in ["", "Västerås", "a b", "../x", &"a".repeat(41)] {
        assert!(text.parse::<AssociationId>().is_err(), "{text}");
    }
}

#[test]
fn a_date_is_a_day_that_exists() {
    for text in ["2021-03-26", "2020-02-29", "2000-02-29", "2021-12-31"] {
        assert_eq!(text.parse::<IsoDate>().unwrap().to_string(), text);
    }
    for text in ["2021-02-29", "1900-02-29", "2021-13-01", "2021-04-31", "2021-00-10", "0000-01-01"] {
        assert!(text.parse::<IsoDate>().unwrap_err().to_string().contains("finns inte"), "{text}");
    }
    for text in ["", "26/3 2021", "20210326", "2021-3-26", "åååå-03-26"] {
        assert!(text.parse::<IsoDate>().unwrap_err().to_string().starts_with("Skriv datumet"), "{text}");
    }
}

proptest! {
    #[test]
    fn parts_add_up_to_the_ore_and_each_is_within_one_of_its_exact_share(
        total in any::<i64>(), weights in prop::collection::vec(0_u64..1_000_000_000_000, 1..12)
    ) {
        let parts = split_by_weights(Money::from_ore(total), &weights);
        prop_assert_eq!(parts.iter().map(|part| i128::from(part.ore())).sum::<i128>(), i128::from(total));
        let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        if sum > 0 {
            for (part, weight) in parts.iter().zip(&weights) {
                let off = i128::from(part.ore()) * sum - i128::from(total) * i128::from(*weight);
                prop_assert!(off.abs() < sum, "{} of {total} for {weight} of {sum}", part.ore());
            }
        }
    }

    #[test]
    fn equal_weights_give_parts_that_differ_by_an_ore_at_most(total in any::<i64>(), count in 1_usize..20) {
        let parts = split_by_weights(Money::from_ore(total), &vec![0; count]);
        let (least, most) = (parts.iter().min().unwrap(), parts.iter().max().unwrap());
        prop_assert!(most.ore() - least.ore() <= 1);
        prop_assert_eq!(parts.iter().map(|part| i128::from(part.ore())).sum::<i128>(), i128::from(total));
    }
}
