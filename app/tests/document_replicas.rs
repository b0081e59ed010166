//! Two colleagues edit one plan apart and together: whatever they do, what they see is right and the same.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

mod support;

use automerge::AutoCommit;
use proptest::prelude::*;
use samplan_app::document::county::{edit, read, refresh, track};
use samplan_app::document::{self, CountyCommand, CountyPlan, Field, RowRef, UndoStack};
use samplan_app::domain::{AssociationId, Horizon, ItemId, Money, SplitKey};
use support::{context, demo_pair, item_id};

/// One thing that one of the two does. Rows are named by number, so that both meet in the same ones.
#[derive(Debug, Clone)]
enum Act {
    Command(Box<CountyCommand>),
    Undo,
    Redo,
    /// Takes over all that the other has done.
    Merge,
}

/// A user at a screen.
struct Colleague {
    doc: AutoCommit,
    screen: CountyPlan,
    stack: UndoStack,
}

impl Colleague {
    fn at(mut doc: AutoCommit) -> Self {
        let screen = track(&mut doc);
        Self { doc, screen, stack: UndoStack::default() }
    }

    fn act(&mut self, act: &Act, other: &mut AutoCommit, now: i64) {
        match act {
            Act::Command(command) => {
                if let Ok(edited) = edit(&mut self.doc, command, &context(now)) {
                    self.stack.push_if(edited.step);
                }
            }
            Act::Undo => drop(self.stack.undo(&mut self.doc, &context(now)).unwrap()),
            Act::Redo => drop(self.stack.redo(&mut self.doc, &context(now)).unwrap()),
            Act::Merge => drop(self.doc.merge(other).unwrap()),
        }
    }

    fn look(&mut self) {
        let before = self.screen.clone();
        let touched = refresh(&mut self.doc, &mut self.screen);
        assert_eq!(self.screen, read(&self.doc), "refreshed differs from read from scratch");
        assert_eq!(touched.is_empty(), before == self.screen, "{touched:?}");
        for view in &self.screen.items {
            let same = before.item(view.item.id) == Some(view);
            assert_eq!(same, !touched.items.contains(&view.item.id), "touched says what changed, and no more");
        }
    }
}

trait PushIf {
    fn push_if(&mut self, step: Option<document::UndoStep>);
}

impl PushIf for UndoStack {
    fn push_if(&mut self, step: Option<document::UndoStep>) {
        if let Some(step) = step {
            self.push(step);
        }
    }
}

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

fn an_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => a_command().prop_map(|command| Act::Command(Box::new(command))),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        2 => Just(Act::Merge),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_is_refreshed_row_by_row_is_what_would_be_read_from_scratch(
        acts in prop::collection::vec((any::<bool>(), an_act(), any::<bool>()), 1..50)
    ) {
        let (mine, theirs) = demo_pair();
        let mut colleagues = [Colleague::at(mine), Colleague::at(theirs)];
        for (now, (first, act, looks)) in (1_i64..).zip(&acts) {
            let [a, b] = &mut colleagues;
            let (one, other) = if *first { (a, b) } else { (b, a) };
            one.act(act, &mut other.doc, now * 1000);
            if *looks {
                one.look();
            }
        }
        let [a, b] = &mut colleagues;
        a.doc.merge(&mut b.doc).unwrap();
        b.doc.merge(&mut a.doc).unwrap();
        a.look();
        b.look();
        prop_assert_eq!(&a.screen, &b.screen, "both see the same");
    }

    #[test]
    fn undoing_everything_leads_back_when_nobody_else_wrote(
        commands in prop::collection::vec(a_command(), 1..20)
    ) {
        let (mut doc, _) = demo_pair();
        let before = read(&doc);
        let mut stack = UndoStack::default();
        for command in &commands {
            if let Ok(edited) = edit(&mut doc, command, &context(1000)) {
                prop_assert!(edited.changed || edited.step.is_none());
                stack.push_if(edited.step);
            }
        }
        let after = read(&doc);
        while let Some(undone) = stack.undo(&mut doc, &context(2000)).unwrap() {
            prop_assert_eq!(undone.skipped, vec![]);
        }
        let back = read(&doc);
        prop_assert_eq!(&visible(&back), &visible(&before));
        while let Some(redone) = stack.redo(&mut doc, &context(3000)).unwrap() {
            prop_assert_eq!(redone.skipped, vec![]);
        }
        prop_assert_eq!(visible(&read(&doc)), visible(&after));
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
