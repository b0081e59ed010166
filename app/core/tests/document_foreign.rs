//! A document may hold anything: another program wrote it, or a newer version of ours. It reads, and never panics.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

mod support;

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use proptest::prelude::*;
use samplan_core::document::county::{edit, read, refresh, track};
use samplan_core::document::{self, CountyCommand, Field, RowRef, UndoStack};
use samplan_core::domain::{Horizon, Money, SplitKey};
use support::{context, demo_pair, item, item_id, run, set_kronor};

fn row_of(doc: &AutoCommit, table: &str, number: u8) -> ObjId {
    let (_, rows) = doc.get(ROOT, table).unwrap().unwrap();
    doc.get(rows, item_id(number).to_string()).unwrap().unwrap().1
}

#[test]
fn values_of_a_newer_version_are_kept_and_shown_as_unknown() {
    let (mut doc, _) = demo_pair();
    let (row, commitment) = (row_of(&doc, "items", 1), row_of(&doc, "commitments", 5));
    doc.put(&row, "split", "by-moon").unwrap();
    doc.put(&row, "colour", "blue").unwrap();
    doc.put(&commitment, "horizon", "ten-years").unwrap();
    let plan = read(&doc);
    assert_eq!(plan.items[0].item.split, Some(SplitKey::Unknown("by-moon".into())));
    assert_eq!(plan.commitments[0].commitment.horizon, Horizon::Unknown("ten-years".into()));
    set_kronor(&mut doc, item(1), 5);
    let mut again = document::load(&doc.save()).unwrap();
    assert_eq!(again.get(row_of(&again, "items", 1), "colour").unwrap().unwrap().0.as_str(), Some("blue"));
    assert_eq!(read(&again), read(&doc));
    again.commit();
}

#[test]
fn what_is_no_amount_reads_as_empty_and_never_as_zero() {
    let (mut doc, _) = demo_pair();
    let row = row_of(&doc, "items", 1);
    for (value, kronor) in [
        (ScalarValue::Int(100), Some(1)),
        (ScalarValue::Uint(100), Some(1)),
        (ScalarValue::F64(100.0), Some(1)),
        (ScalarValue::F64(100.5), None),
        (ScalarValue::F64(f64::NAN), None),
        (ScalarValue::F64(1e300), None),
        (ScalarValue::Int(i64::MAX), None),
        (ScalarValue::Int(i64::MIN), None),
        (ScalarValue::Uint(u64::MAX), None),
        (ScalarValue::Str("100".into()), None),
        (ScalarValue::Boolean(true), None),
        (ScalarValue::Bytes(vec![1]), None),
        (ScalarValue::counter(100), None),
        (ScalarValue::Null, None),
    ] {
        doc.put(&row, "cost", value.clone()).unwrap();
        let cost = read(&doc).items[0].item.cost;
        assert_eq!(cost, kronor.map(Money::from_kronor), "{value:?}");
        set_kronor(&mut doc, item(1), 7);
        assert_eq!(read(&doc).items[0].item.cost, Some(Money::from_kronor(7)), "and can be written over");
    }
}

#[test]
fn a_text_that_another_program_wrote_as_a_plain_string_is_read_and_edited() {
    let (mut doc, _) = demo_pair();
    let row = row_of(&doc, "items", 1);
    doc.put(&row, "what", "Konferens").unwrap();
    doc.delete(&row, "comment").unwrap();
    assert_eq!(read(&doc).items[0].item.what, "Konferens");
    for (field, value) in [(Field::What, "Konferensen"), (Field::Comment, "Ny")] {
        run(&mut doc, CountyCommand::SetText { row: item(1), field, value: value.into() });
    }
    let view = &read(&doc).items[0];
    assert_eq!((view.item.what.as_str(), view.item.comment.as_str()), ("Konferensen", "Ny"));
}

#[test]
fn a_contribution_that_two_write_first_at_once_is_a_conflict_and_not_a_loss() {
    let new = document::county::NewPlan {
        year: 2022,
        title: "Plan".into(),
        associations: vec![("norra".parse().unwrap(), "Norra".into())],
        stated: Default::default(),
    };
    let mut one = document::county::open(&new, [1; 16], Some(support::anna()), &context(0)).unwrap();
    let mut other = document::load_as(&one.save(), [2; 16], Some(support::bo())).unwrap();
    let norra = RowRef::Contribution("norra".parse().unwrap());
    assert_eq!(read(&one).contributions[0].contribution.amount, None);
    set_kronor(&mut one, norra.clone(), 1);
    set_kronor(&mut other, norra, 2);
    support::exchange(&mut one, &mut other);
    assert_eq!(read(&one).contributions[0].conflict.as_ref().unwrap().candidates.len(), 2);
}

#[test]
fn a_plan_whose_tables_another_program_exchanged_is_read_anew() {
    let (mut doc, _) = demo_pair();
    let mut plan = track(&mut doc);
    doc.put_object(ROOT, "items", ObjType::Map).unwrap();
    assert_eq!(refresh(&mut doc, &mut plan).items.len(), 4);
    assert_eq!((plan.items.len(), &plan), (0, &read(&doc)));
    doc.put(ROOT, "contributions", 5).unwrap();
    refresh(&mut doc, &mut plan);
    assert_eq!(plan, read(&doc));
    doc.put(ROOT, "title", "Ny titel").unwrap();
    assert!(refresh(&mut doc, &mut plan).header);
    assert_eq!(plan.title, "Ny titel");
}

#[derive(Debug, Clone)]
enum Scrawl {
    Put(Vec<String>, ScalarValue),
    Object(Vec<String>, ObjType),
    Delete(Vec<String>),
}

/// Names that mean something somewhere, so that scrawls land where it hurts.
fn a_name() -> impl Strategy<Value = String> {
    let known = [
        "items",
        "commitments",
        "contributions",
        "associations",
        "stated",
        "title",
        "year",
        "order",
        "what",
        "cost",
        "split",
        "parts",
        "decided",
        "deleted_at",
        "horizon",
        "text",
        "norra",
        "name",
        "å",
    ];
    prop_oneof![
        4 => prop::sample::select(known.map(str::to_owned).to_vec()),
        2 => (1_u8..7).prop_map(|number| item_id(number).to_string()),
    ]
}

fn a_value() -> impl Strategy<Value = ScalarValue> {
    prop_oneof![
        any::<i64>().prop_map(ScalarValue::Int),
        any::<f64>().prop_map(ScalarValue::F64),
        "[a-zV0 åz]{0,6}".prop_map(|text| ScalarValue::Str(text.into())),
        any::<bool>().prop_map(ScalarValue::Boolean),
        any::<i64>().prop_map(ScalarValue::counter),
        Just(ScalarValue::Null),
    ]
}

fn a_scrawl() -> impl Strategy<Value = Scrawl> {
    let way = || {
        let first = prop_oneof![Just("items"), Just("commitments"), Just("contributions"), Just("associations")];
        let row = (1_u8..7).prop_map(|number| item_id(number).to_string());
        prop_oneof![
            3 => (first, row, a_name()).prop_map(|(table, row, name)| vec![table.to_owned(), row, name]),
            1 => prop::collection::vec(a_name(), 1..4),
        ]
    };
    prop_oneof![
        4 => (way(), a_value()).prop_map(|(way, value)| Scrawl::Put(way, value)),
        2 => (way(), prop_oneof![Just(ObjType::Map), Just(ObjType::List), Just(ObjType::Text)])
            .prop_map(|(way, kind)| Scrawl::Object(way, kind)),
        1 => way().prop_map(Scrawl::Delete),
    ]
}

fn scrawl(doc: &mut AutoCommit, scrawl: &Scrawl) {
    let (Scrawl::Put(way, _) | Scrawl::Object(way, _) | Scrawl::Delete(way)) = scrawl;
    let (last, rest) = way.split_last().unwrap();
    let mut object = ROOT;
    for name in rest {
        match doc.get(&object, name.as_str()) {
            Ok(Some((value, id))) if value.is_object() => object = id,
            _ => return,
        }
    }
    let name = last.as_str();
    // Where the way ends in a text or a list, automerge refuses a name.
    let _ = match scrawl {
        Scrawl::Put(_, value) => doc.put(&object, name, value.clone()),
        Scrawl::Object(_, kind) => doc.put_object(&object, name, *kind).map(drop),
        Scrawl::Delete(_) => doc.delete(&object, name),
    };
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn no_scrawl_makes_reading_editing_or_undoing_panic(
        scrawls in prop::collection::vec((a_scrawl(), any::<bool>()), 1..25)
    ) {
        let (mut doc, _) = demo_pair();
        let mut screen = track(&mut doc);
        let mut stack = UndoStack::default();
        for (number, (what, edits)) in (1_u8..).zip(&scrawls) {
            scrawl(&mut doc, what);
            if *edits {
                let row = item(number % 6 + 1);
                let after = Some(item_id(number % 3 + 1));
                for command in [
                    CountyCommand::Move { row: row.clone(), after },
                    CountyCommand::AddItem { id: item_id(100 + number), after },
                    CountyCommand::SetText { row: row.clone(), field: Field::What, value: "å".into() },
                    CountyCommand::SetAmount { row: row.clone(), amount: Some(Money::from_ore(1)) },
                    CountyCommand::SetSplit { row: row.clone(), split: Some(SplitKey::ByHand([("norra".parse().unwrap(), Money::ZERO)].into())) },
                    CountyCommand::SetAmount { row: RowRef::Contribution("norra".parse().unwrap()), amount: None },
                    CountyCommand::Remove { row },
                ] {
                    if let Ok(edited) = edit(&mut doc, &command, &context(1)) {
                        edited.step.into_iter().for_each(|step| stack.push(step));
                    }
                }
                let _ = stack.undo(&mut doc, &context(2));
            }
            refresh(&mut doc, &mut screen);
            prop_assert_eq!(&screen, &read(&doc));
            let _ = screen.items.iter().map(|view| screen.split_of(&view.item)).collect::<Vec<_>>();
        }
        while let Ok(Some(_)) = stack.undo(&mut doc, &context(3)) {}
    }
}
