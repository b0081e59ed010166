//! Undo takes back what I did, on top of what colleagues did since, and never what they did.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

mod support;

use automerge::AutoCommit;
use proptest::prelude::*;
use samplan_core::document::county::{edit, read};
use samplan_core::document::undo::{MOST_STEPS, SkipReason};
use samplan_core::document::{self, CountyCommand, Field, RowRef, UndoStack, Undone};
use samplan_core::domain::{ItemId, Money};
use support::{anna, context, demo_pair, exchange, item, item_id};

/// Anna and her undo.
struct Anna {
    doc: AutoCommit,
    stack: UndoStack,
}

impl Anna {
    fn does(&mut self, command: CountyCommand) -> &mut Self {
        self.stack.push(edit(&mut self.doc, &command, &context(1_000_000)).unwrap().step.unwrap());
        self
    }

    fn undoes(&mut self) -> Undone {
        self.stack.undo(&mut self.doc, &context(2_000_000)).unwrap().unwrap()
    }

    fn redoes(&mut self) -> Undone {
        self.stack.redo(&mut self.doc, &context(3_000_000)).unwrap().unwrap()
    }

    fn comment(&self) -> String {
        read(&self.doc).item(item_id(1)).unwrap().item.comment.clone()
    }

    fn cost(&self) -> Option<i64> {
        read(&self.doc).item(item_id(1)).unwrap().item.cost.map(|cost| cost.ore() / 100)
    }
}

fn pair() -> (Anna, AutoCommit) {
    let (doc, bos) = demo_pair();
    (Anna { doc, stack: UndoStack::default() }, bos)
}

fn amount(kronor: i32) -> CountyCommand {
    CountyCommand::SetAmount { row: item(1), amount: Some(Money::from_kronor(kronor)) }
}

fn comment(value: &str) -> CountyCommand {
    CountyCommand::SetText { row: item(1), field: Field::Comment, value: value.into() }
}

fn bo_does(bos: &mut AutoCommit, command: CountyCommand) {
    assert!(edit(bos, &command, &context(1_500_000)).unwrap().changed);
}

#[test]
fn edits_are_taken_back_in_turn_and_done_again() {
    let (mut anna, _) = pair();
    anna.does(amount(1)).does(amount(2)).does(amount(3));
    for kronor in [2, 1, 125_000] {
        assert!(anna.undoes().skipped.is_empty());
        assert_eq!(anna.cost(), Some(kronor));
    }
    assert_eq!(anna.stack.undo(&mut anna.doc, &context(0)).unwrap(), None);
    for kronor in [1, 2, 3] {
        assert!(anna.redoes().skipped.is_empty());
        assert_eq!(anna.cost(), Some(kronor));
    }
    anna.undoes();
    anna.does(amount(9));
    assert!(anna.stack.next_redo().is_none(), "a new edit ends what could be redone");
    assert_eq!(anna.stack.next_undo().unwrap().label(), "ändra belopp");
}

#[test]
fn an_amount_that_a_colleague_has_written_since_stays() {
    let (mut anna, mut bos) = pair();
    anna.does(amount(1));
    exchange(&mut anna.doc, &mut bos);
    bo_does(&mut bos, amount(2));
    exchange(&mut anna.doc, &mut bos);
    let undone = anna.undoes();
    assert_eq!((undone.changed, undone.skipped[0]), (false, SkipReason::ChangedSince));
    assert_eq!(undone.skipped[0].to_string(), "En kollega har ändrat där sedan dess.");
    assert_eq!(anna.cost(), Some(2));
}

#[test]
fn an_amount_in_conflict_with_a_colleagues_is_not_undone_over_the_colleague() {
    let (mut anna, mut bos) = pair();
    anna.does(amount(1));
    bo_does(&mut bos, amount(2));
    exchange(&mut anna.doc, &mut bos);
    let before = read(&anna.doc);
    assert!(!anna.undoes().changed);
    assert_eq!(read(&anna.doc), before);
}

#[test]
fn a_text_is_taken_back_and_a_colleagues_words_in_it_stay() {
    let (mut anna, mut bos) = pair();
    anna.does(comment("Beslut i mars"));
    exchange(&mut anna.doc, &mut bos);
    bo_does(&mut bos, comment("Beslut tas i mars av styrelsen"));
    exchange(&mut anna.doc, &mut bos);
    anna.does(comment("OBS! Beslut tas i mars av styrelsen"));
    anna.undoes();
    assert_eq!(anna.comment(), "Beslut tas i mars av styrelsen");
    anna.undoes();
    assert_eq!(anna.comment(), "tas  av styrelsen");
    anna.redoes();
    anna.redoes();
    exchange(&mut anna.doc, &mut bos);
    for word in ["OBS!", "Beslut", "tas", "i mars", "av styrelsen"] {
        assert!(anna.comment().contains(word), "{}", anna.comment());
    }
}

#[test]
fn a_removal_is_taken_back_and_so_is_a_move() {
    let (mut anna, mut bos) = pair();
    let before = read(&anna.doc);
    anna.does(CountyCommand::Move { row: item(4), after: None }).does(CountyCommand::Remove { row: item(1) });
    exchange(&mut anna.doc, &mut bos);
    bo_does(&mut bos, CountyCommand::SetAmount { row: item(1), amount: None });
    exchange(&mut anna.doc, &mut bos);
    anna.undoes();
    anna.undoes();
    let ids = |plan: &document::CountyPlan| plan.items.iter().map(|view| view.item.id).collect::<Vec<_>>();
    assert_eq!(ids(&read(&anna.doc)), ids(&before));
    assert_eq!(anna.cost(), None, "what the colleague did in the removed row stays");
}

#[test]
fn a_new_row_is_taken_back_unless_a_colleague_has_written_in_it() {
    for colleague_writes in [false, true] {
        let (mut anna, mut bos) = pair();
        anna.does(CountyCommand::Batch {
            commands: vec![
                CountyCommand::AddItem { id: item_id(9), after: None },
                CountyCommand::SetText { row: item(9), field: Field::What, value: "Ny".into() },
            ],
            label: "klistra in".into(),
        });
        exchange(&mut anna.doc, &mut bos);
        if colleague_writes {
            bo_does(&mut bos, CountyCommand::SetText { row: item(9), field: Field::What, value: "Nya".into() });
            exchange(&mut anna.doc, &mut bos);
        }
        let undone = anna.undoes();
        assert_eq!(undone.changed, !colleague_writes);
        assert_eq!(read(&anna.doc).item(item_id(9)).is_some(), colleague_writes);
        if !colleague_writes {
            anna.redoes();
            assert_eq!(read(&anna.doc).item(item_id(9)).unwrap().item.what, "Ny");
        }
    }
}

#[test]
fn a_paste_is_one_step() {
    let (mut anna, _) = pair();
    let before = read(&anna.doc);
    let commands = (1..=4).map(|number| CountyCommand::SetAmount { row: item(number), amount: None }).collect();
    anna.does(CountyCommand::Batch { commands, label: "Klistra in".into() });
    assert_eq!(anna.undoes().label, "Klistra in");
    assert_eq!(read(&anna.doc), before);
}

#[test]
fn undo_survives_a_reload() {
    let (mut before, _) = pair();
    before.does(amount(1)).does(comment("x"));
    before.undoes();
    let stored = serde_json::to_string(&before.stack).unwrap();
    // After the reload the same person has another actor.
    let doc = document::load_as(&before.doc.save(), [0x77; 16], Some(anna())).unwrap();
    let mut after = Anna { doc, stack: serde_json::from_str(&stored).unwrap() };
    after.redoes();
    assert_eq!(after.comment(), "x");
    after.undoes();
    after.undoes();
    assert_eq!((after.comment().as_str(), after.cost()), ("", Some(125_000)));
}

#[test]
fn old_steps_fall_away() {
    let (mut anna, _) = pair();
    for kronor in 0..=i32::try_from(MOST_STEPS).unwrap() {
        anna.does(amount(kronor));
    }
    let mut steps = 0;
    while anna.stack.undo(&mut anna.doc, &context(0)).unwrap().is_some() {
        steps += 1;
    }
    assert_eq!((steps, anna.cost()), (MOST_STEPS, Some(0)));
}

#[derive(Debug, Clone)]
enum Act {
    Amount(u8, i32),
    Write(u8, String),
    Undo,
    Redo,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        2 => (1_u8..4, 0_i32..5).prop_map(|(row, kronor)| Act::Amount(row, kronor)),
        3 => (1_u8..3, "[a-d]{0,5}").prop_map(|(row, text)| Act::Write(row, text)),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
    ];
    prop::collection::vec(act, 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// Bo writes digits and amounts of thousands, Anna letters and single kronor; whatever Anna undoes and redoes
    /// afterwards, all of Bo's stays.
    #[test]
    fn undo_never_changes_what_a_colleague_wrote(before in acts(), digits in "[0-9]{1,6}", after in acts()) {
        let (mut anna, mut bos) = pair();
        let play = |anna: &mut Anna, acts: &[Act], free: &dyn Fn(u8) -> bool| {
            for act in acts {
                let done = match act {
                    Act::Undo => { anna.stack.undo(&mut anna.doc, &context(1)).unwrap(); continue }
                    Act::Redo => { anna.stack.redo(&mut anna.doc, &context(1)).unwrap(); continue }
                    Act::Amount(row, _) if !free(*row) => continue,
                    Act::Amount(row, kronor) => CountyCommand::SetAmount {
                        row: item(*row), amount: Some(Money::from_kronor(*kronor)),
                    },
                    // Adds to what stands there, as one who types does.
                    Act::Write(row, text) => CountyCommand::SetText {
                        row: item(*row), field: Field::Comment, value: read(&anna.doc).item(item_id(*row)).unwrap().item.comment.clone() + text,
                    },
                };
                if let Some(step) = edit(&mut anna.doc, &done, &context(1)).unwrap().step {
                    anna.stack.push(step);
                }
            }
        };
        play(&mut anna, &before, &|_| true);
        exchange(&mut anna.doc, &mut bos);
        let row = |id: ItemId| RowRef::Item(id);
        let mut typed = read(&bos).item(item_id(1)).unwrap().item.comment.clone();
        typed.insert_str(typed.len() / 2, &digits);
        bo_does(&mut bos, CountyCommand::SetText { row: row(item_id(1)), field: Field::Comment, value: typed });
        bo_does(&mut bos, CountyCommand::SetAmount { row: row(item_id(1)), amount: Some(Money::from_kronor(9_000)) });
        exchange(&mut anna.doc, &mut bos);
        play(&mut anna, &after, &|row| row != 1);
        while anna.stack.undo(&mut anna.doc, &context(1)).unwrap().is_some() {}
        let kept: String = anna.comment().chars().filter(char::is_ascii_digit).collect();
        prop_assert_eq!(kept, digits);
        prop_assert_eq!(anna.cost(), Some(9_000));
    }
}
