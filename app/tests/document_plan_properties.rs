//! An association's plan under any history: what is refreshed row by row is what would be read from scratch, and
//! undoing leads back.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

#[path = "support/plans.rs"]
mod plans;
mod support;

use automerge::AutoCommit;
use plans::{income, line, names, outcome, pair, section, year};
use proptest::prelude::*;
use samplan_app::document::UndoStack;
use samplan_app::document::plan::{self, AmountCell, BudgetRow, Plan, PlanCommand, RowRef, TextCell};
use samplan_app::domain::{LineRole, Money, PartyKind, Stated, StatedKey, StatedUnit};
use support::{context, exchange};

/// One thing that one of the two does.
#[derive(Debug, Clone)]
enum Act {
    Command(Box<PlanCommand>),
    Undo,
    Redo,
    Merge,
}

fn an_amount_cell() -> impl Strategy<Value = AmountCell> {
    let a_row = prop_oneof![
        (1_u8..7).prop_map(|it| BudgetRow::Line(line(it))),
        (9_u8..11).prop_map(|it| BudgetRow::Income(income(it)))
    ];
    prop_oneof![
        5 => (1_u8..7, 2021..2025).prop_map(|(it, at)| AmountCell::Line(line(it), year(at))),
        2 => (9_u8..11, 2021..2025).prop_map(|(it, at)| AmountCell::Income(income(it), year(at))),
        1 => Just(AmountCell::OpeningEquity),
        2 => (1_u8..3, a_row.clone()).prop_map(|(it, row)| AmountCell::Outcome(outcome(it), row)),
        1 => (1_u8..3, a_row).prop_map(|(it, row)| AmountCell::Forecast(outcome(it), row)),
    ]
}

fn a_row() -> impl Strategy<Value = RowRef> {
    prop_oneof![
        2 => (1_u8..4).prop_map(|it| RowRef::Section(section(it))),
        4 => (1_u8..7).prop_map(|it| RowRef::Line(line(it))),
        1 => (9_u8..11).prop_map(|it| RowRef::Income(income(it))),
        1 => (1_u8..3).prop_map(|it| RowRef::Outcome(outcome(it))),
    ]
}

fn a_command() -> impl Strategy<Value = PlanCommand> {
    let a_line = || prop::option::of((1_u8..7).prop_map(line));
    let single = prop_oneof![
        1 => (3_u8..4, prop::option::of((1_u8..4).prop_map(section)))
            .prop_map(|(it, after)| PlanCommand::AddSection { id: section(it), after }),
        2 => (5_u8..7, 1_u8..4, a_line())
            .prop_map(|(it, at, after)| PlanCommand::AddLine { id: line(it), section: section(at), after }),
        1 => Just(PlanCommand::AddIncome { id: income(10), party: PartyKind::Region, after: None }),
        1 => Just(PlanCommand::AddOutcome { id: outcome(2), through: "2021-12-31".parse().unwrap() }),
        2 => a_row().prop_map(|row| PlanCommand::Remove { row }),
        2 => a_row().prop_map(|row| PlanCommand::Restore { row }),
        3 => (1_u8..7, 1_u8..4, a_line())
            .prop_map(|(it, at, after)| PlanCommand::MoveLine { id: line(it), section: section(at), after }),
        1 => (1_u8..4, prop::option::of((1_u8..4).prop_map(section)))
            .prop_map(|(it, after)| PlanCommand::MoveSection { id: section(it), after }),
        3 => (a_row(), "[a-c]{0,4}").prop_map(|(row, value)| PlanCommand::SetText { cell: TextCell::Name(row), value }),
        2 => (1_u8..7, "[a-c]{0,4}").prop_map(|(it, value)| PlanCommand::SetText {
            cell: TextCell::Action(outcome(1), BudgetRow::Line(line(it))), value
        }),
        6 => (an_amount_cell(), prop::option::of(0..4)).prop_map(|(cell, amount)| PlanCommand::SetAmount {
            cell, amount: amount.map(Money::from_kronor)
        }),
        1 => (1_u8..7).prop_map(|it| PlanCommand::SetRole { line: line(it), role: LineRole::CountyTraining }),
        1 => (2022..2025, any::<bool>()).prop_map(|(at, shown)| PlanCommand::ShowYear { year: year(at), shown }),
        1 => "[a-c]{1,3}".prop_map(|title| PlanCommand::SetTitle { title }),
        1 => (0_i64..3).prop_map(|it| PlanCommand::SetStated {
            key: StatedKey::TotalCost(year(2021)), figure: Stated::whole(it, StatedUnit::TusenKronor)
        }),
    ];
    prop_oneof![
        6 => single.clone(),
        1 => prop::collection::vec(single, 1..5)
            .prop_map(|commands| PlanCommand::Batch { commands, label: "flera".to_owned() }),
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

/// A user at a screen.
struct Colleague {
    doc: AutoCommit,
    screen: Plan,
    stack: UndoStack,
}

impl Colleague {
    fn act(&mut self, act: &Act, other: &mut AutoCommit, now: i64) {
        match act {
            Act::Command(command) => {
                if let Ok(edited) = plan::edit(&mut self.doc, command, &context(now))
                    && let Some(step) = edited.step
                {
                    self.stack.push(step);
                }
            }
            Act::Undo => drop(self.stack.undo(&mut self.doc, &context(now)).unwrap()),
            Act::Redo => drop(self.stack.redo(&mut self.doc, &context(now)).unwrap()),
            Act::Merge => drop(self.doc.merge(other).unwrap()),
        }
    }

    fn look(&mut self) {
        let before = self.screen.clone();
        let touched = plan::refresh(&mut self.doc, &mut self.screen);
        assert_eq!(self.screen, plan::read(&self.doc), "refreshed differs from read from scratch");
        assert_eq!(touched.is_empty(), before == self.screen, "{touched:?}");
        let order = |plan: &Plan| plan.budget().map(|budget| names(&budget));
        assert!(touched.order || order(&before) == order(&self.screen), "{touched:?}");
        for view in &self.screen.lines {
            let same = before.line(view.line.id) == Some(view);
            assert_eq!(same, !touched.lines.contains(&view.line.id), "touched says what changed, and no more");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_is_refreshed_row_by_row_is_what_would_be_read_from_scratch(
        acts in prop::collection::vec((any::<bool>(), an_act(), any::<bool>()), 1..50)
    ) {
        let (mine, theirs) = pair();
        let mut colleagues = [mine, theirs].map(|mut doc| {
            let screen = plan::track(&mut doc);
            Colleague { doc, screen, stack: UndoStack::default() }
        });
        for (now, (first, act, looks)) in (1_i64..).zip(&acts) {
            let [a, b] = &mut colleagues;
            let (one, other) = if *first { (a, b) } else { (b, a) };
            one.act(act, &mut other.doc, now * 1000);
            if *looks {
                one.look();
            }
        }
        let [a, b] = &mut colleagues;
        exchange(&mut a.doc, &mut b.doc);
        a.look();
        b.look();
        prop_assert_eq!(&a.screen, &b.screen, "both see the same");
    }

    #[test]
    fn undoing_everything_leads_back_when_nobody_else_wrote(
        commands in prop::collection::vec(a_command(), 1..20)
    ) {
        let (mut doc, _) = pair();
        let before = visible(plan::read(&doc));
        let mut stack = UndoStack::default();
        for command in &commands {
            if let Ok(edited) = plan::edit(&mut doc, command, &context(1000)) {
                prop_assert!(edited.changed || edited.step.is_none());
                edited.step.into_iter().for_each(|step| stack.push(step));
            }
        }
        while let Some(undone) = stack.undo(&mut doc, &context(2000)).unwrap() {
            prop_assert_eq!(undone.skipped, vec![]);
        }
        prop_assert_eq!(visible(plan::read(&doc)), before);
    }
}

/// What a user compares: everything but the keys that the order is made of, and when rows were removed.
fn visible(mut plan: Plan) -> Plan {
    plan.removed.clear();
    plan.sections.iter_mut().for_each(|view| view.order.clear());
    plan.lines.iter_mut().for_each(|view| view.order.clear());
    plan.income.iter_mut().for_each(|view| view.order.clear());
    // A comment that was begun and taken back leaves an empty text.
    for view in &mut plan.outcomes {
        view.outcome.lines.retain(|_, line| *line != Default::default());
        view.outcome.income.retain(|_, line| *line != Default::default());
    }
    plan
}
