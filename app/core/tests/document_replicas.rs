//! Two colleagues edit one plan apart and together: whatever they do, what they see is right and the same.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

#[path = "support/colleagues.rs"]
mod colleagues;
mod support;

use colleagues::{act_out, an_act, back_and_forth};
use proptest::prelude::*;
use samplan_core::document::{Content, CountyCommand, CountyPlan, Field, Kind, RowRef, Touched, county};
use samplan_core::domain::{AssociationId, Horizon, ItemId, Money, SplitKey};
use support::{demo_pair, item_id};

fn a_row() -> impl Strategy<Value = RowRef> {
    prop_oneof![
        4 => (1_u8..8).prop_map(|number| RowRef::Item(item_id(number))),
        1 => (5_u8..9).prop_map(|number| RowRef::Commitment(item_id(number))),
        1 => prop_oneof![Just("norra"), Just("vasteras"), Just("malardalen")]
            .prop_map(|slug| RowRef::Contribution(slug.parse().unwrap())),
    ]
}

fn an_amount() -> impl Strategy<Value = Option<Money>> {
    prop_oneof![Just(None), (0_i64..4).prop_map(|kronor| Some(Money::from_ore(kronor * 100)))]
}

fn a_place() -> impl Strategy<Value = Option<ItemId>> {
    prop_oneof![Just(None), (1_u8..9).prop_map(|number| Some(item_id(number)))]
}

fn a_field() -> impl Strategy<Value = Field> {
    prop_oneof![Just(Field::What), Just(Field::Comment), Just(Field::Text)]
}

fn a_split() -> impl Strategy<Value = Option<SplitKey>> {
    let part = (prop_oneof![Just("norra"), Just("vasteras")], 0_i64..3)
        .prop_map(|(slug, ore)| (slug.parse::<AssociationId>().unwrap(), Money::from_ore(ore)));
    prop_oneof![
        Just(None),
        Just(Some(SplitKey::Equal)),
        prop::collection::btree_map(part.clone().prop_map(|part| part.0), part.prop_map(|part| part.1), 0..3)
            .prop_map(|parts| Some(SplitKey::ByHand(parts))),
    ]
}

fn a_command() -> impl Strategy<Value = CountyCommand> {
    let single = prop_oneof![
        2 => (5_u8..8, a_place()).prop_map(|(number, after)| CountyCommand::AddItem { id: item_id(number), after }),
        1 => (7_u8..9, a_place()).prop_map(|(number, after)| CountyCommand::AddCommitment {
            id: item_id(number), horizon: Horizon::OneYear, after
        }),
        2 => a_row().prop_map(|row| CountyCommand::Remove { row }),
        2 => a_row().prop_map(|row| CountyCommand::Restore { row }),
        3 => (a_row(), a_place()).prop_map(|(row, after)| CountyCommand::Move { row, after }),
        5 => (a_row(), a_field(), "[a-c]{0,6}").prop_map(|(row, field, value)| CountyCommand::SetText { row, field, value }),
        6 => (a_row(), an_amount()).prop_map(|(row, amount)| CountyCommand::SetAmount { row, amount }),
        2 => (a_row(), an_amount()).prop_map(|(row, amount)| CountyCommand::SettleConflict { row, amount }),
        1 => (a_row(), an_amount()).prop_map(|(row, amount)| CountyCommand::SettlePart {
            row, association: "norra".parse().unwrap(), amount
        }),
        2 => (a_row(), a_split()).prop_map(|(row, split)| CountyCommand::SetSplit { row, split }),
        1 => a_row().prop_map(|row| CountyCommand::SetHorizon { row, horizon: Horizon::ThreeYears }),
    ];
    prop_oneof![
        6 => single.clone(),
        1 => prop::collection::vec(single, 1..5)
            .prop_map(|commands| CountyCommand::Batch { commands, label: "flera".to_owned() }),
    ]
}

/// What was touched is what changed, and no more.
fn touched_is_right(before: &Content, now: &Content, touched: &Touched) {
    let (Content::County(before), Content::County(now)) = (before, now) else { panic!("both are of the county") };
    let touched = match touched {
        Touched::County(touched) => touched.clone(),
        _ => county::Touched::default(),
    };
    for view in &now.items {
        let same = before.item(view.item.id) == Some(view);
        assert_eq!(same, !touched.items.contains(&view.item.id), "touched says what changed, and no more");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_is_refreshed_row_by_row_is_what_would_be_read_from_scratch(
        acts in prop::collection::vec((any::<bool>(), an_act(a_command()), any::<bool>()), 1..50)
    ) {
        act_out(Kind::County, demo_pair(), &acts, touched_is_right);
    }

    #[test]
    fn undoing_everything_leads_back_when_nobody_else_wrote(
        commands in prop::collection::vec(a_command(), 1..20)
    ) {
        back_and_forth(demo_pair().0, &commands, |doc| visible(&county::read(doc)));
    }
}

/// What a user compares: everything but the keys that the order is made of, and when rows were removed.
fn visible(plan: &CountyPlan) -> CountyPlan {
    let mut plan = plan.clone();
    plan.removed.clear();
    plan.items.iter_mut().for_each(|view| view.order.clear());
    plan.commitments.iter_mut().for_each(|view| view.order.clear());
    plan
}
