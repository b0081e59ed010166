//! Two colleagues who act on one document of any kind, apart and together, and what must hold on their screens.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use automerge::AutoCommit;
use proptest::prelude::*;
use samplan_core::document::any;
use samplan_core::document::{Command, Content, Kind, Touched, UndoStack};

use crate::support::{context, exchange};

/// One thing that one of the two does. Rows are named by number, so that both meet in the same ones.
#[derive(Debug, Clone)]
pub enum Act {
    /// Edits.
    Command(Box<Command>),
    /// Takes back.
    Undo,
    /// Does again.
    Redo,
    /// Takes over all that the other has done.
    Merge,
}

/// What somebody does next, of these commands.
pub fn an_act<C: Into<Command> + std::fmt::Debug>(command: impl Strategy<Value = C>) -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => command.prop_map(|command| Act::Command(Box::new(command.into()))),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        2 => Just(Act::Merge),
    ]
}

/// A user at a screen.
pub struct Colleague {
    kind: Kind,
    doc: AutoCommit,
    screen: Content,
    stack: UndoStack,
}

impl Colleague {
    fn at(kind: Kind, mut doc: AutoCommit) -> Self {
        let screen = Content::track(kind, &mut doc);
        Self { kind, doc, screen, stack: UndoStack::default() }
    }

    fn act(&mut self, act: &Act, other: &mut AutoCommit, now: i64) {
        match act {
            Act::Command(command) => {
                if let Ok(edited) = any::edit(&mut self.doc, command, &context(now)) {
                    edited.step.into_iter().for_each(|step| self.stack.push(step));
                }
            }
            Act::Undo => drop(self.stack.undo(&mut self.doc, &context(now)).unwrap()),
            Act::Redo => drop(self.stack.redo(&mut self.doc, &context(now)).unwrap()),
            Act::Merge => drop(self.doc.merge(other).unwrap()),
        }
    }

    fn look(&mut self, right: impl Fn(&Content, &Content, &Touched)) {
        let before = self.screen.clone();
        let touched = self.screen.refresh(&mut self.doc);
        let fresh = Content::track(self.kind, &mut self.doc.clone());
        assert_eq!(self.screen, fresh, "refreshed differs from read from scratch");
        assert_eq!(touched.is_empty(), before == self.screen, "{touched:?}");
        right(&before, &self.screen, &touched);
    }
}

/// Both act as told, by turns of whoever is named, and look now and then. In the end each has what the other has, and
/// both see the same. `right` is asked of every look: what was seen before, what is seen now, and what was touched.
pub fn act_out(
    kind: Kind,
    pair: (AutoCommit, AutoCommit),
    acts: &[(bool, Act, bool)],
    right: impl Fn(&Content, &Content, &Touched),
) {
    let (mut a, mut b) = (Colleague::at(kind, pair.0), Colleague::at(kind, pair.1));
    for (now, (first, act, looks)) in (1_i64..).zip(acts) {
        let (one, other) = if *first { (&mut a, &mut b) } else { (&mut b, &mut a) };
        one.act(act, &mut other.doc, now * 1000);
        if *looks {
            one.look(&right);
        }
    }
    exchange(&mut a.doc, &mut b.doc);
    a.look(&right);
    b.look(&right);
    assert_eq!(a.screen, b.screen, "both see the same");
}

/// Does it all, takes it all back, and does it all again: what `seen` sees is as it was, each time.
pub fn back_and_forth<C: Into<Command> + Clone, T: PartialEq + std::fmt::Debug>(
    mut doc: AutoCommit,
    commands: &[C],
    seen: impl Fn(&AutoCommit) -> T,
) {
    let before = seen(&doc);
    let mut stack = UndoStack::default();
    for command in commands {
        if let Ok(edited) = any::edit(&mut doc, &command.clone().into(), &context(1000)) {
            assert!(edited.changed || edited.step.is_none());
            edited.step.into_iter().for_each(|step| stack.push(step));
        }
    }
    let after = seen(&doc);
    while let Some(undone) = stack.undo(&mut doc, &context(2000)).unwrap() {
        assert_eq!(undone.skipped, vec![]);
    }
    assert_eq!(seen(&doc), before, "all taken back");
    while let Some(redone) = stack.redo(&mut doc, &context(3000)).unwrap() {
        assert_eq!(redone.skipped, vec![]);
    }
    assert_eq!(seen(&doc), after, "all done again");
}
