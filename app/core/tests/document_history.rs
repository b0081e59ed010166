//! The history of a plan: who changed what, from what to what, read from the document alone.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

#[path = "support/plans.rs"]
mod plans;
mod support;

use automerge::AutoCommit;
use plans::{income, kronor, line, outcome, pair, run, section, year};
use proptest::prelude::*;
use samplan_core::document::history::{Asked, Cell, Change, Changed, Entry, History, Scope, Thing};
use samplan_core::document::plan::moment::{self, Moment, Shown};
use samplan_core::document::plan::{self, AmountCell, BudgetRow, PlanCommand, RowRef, TextCell};
use samplan_core::document::{Command, UndoStack, any, county};
use samplan_core::document::{CountyCommand, Field, Kind};
use samplan_core::domain::{
    CeilingRate, LineId, Money, NewVersion, Stated, StatedKey, StatedUnit, VersionId, VersionStatus,
};
use support::{anna, bo, context, demo_pair, exchange, item};

fn all(scope: Scope) -> Asked {
    Asked { scope, before: None, count: 10_000 }
}

fn of_cell(doc: &mut AutoCommit, cell: AmountCell) -> History {
    plan::history::history(doc, &all(Scope::Cell(Cell::Amount(cell))))
}

/// What a cell held before and after each change, the latest first.
fn amounts(history: &History) -> Vec<(Option<Money>, Option<Money>)> {
    let entries = history.changes.iter().flat_map(|change| &change.entries);
    let pair = |entry: &Entry| match &entry.changed {
        Changed::Amount { before, after } => (before[0], *after),
        other => panic!("{other:?}"),
    };
    entries.map(pair).collect()
}

fn only(change: &Change) -> &Entry {
    assert_eq!(change.entries.len(), 1, "{change:?}");
    &change.entries[0]
}

#[test]
fn a_cell_tells_who_wrote_what_from_what_to_what_and_when() {
    let (mut annas, mut bos) = pair();
    let cell = AmountCell::Line(line(1), year(2021));
    plan::edit(&mut annas, &PlanCommand::SetAmount { cell, amount: kronor(200) }, &context(5_000)).unwrap();
    exchange(&mut annas, &mut bos);
    plan::edit(&mut bos, &PlanCommand::SetAmount { cell, amount: None }, &context(9_000)).unwrap();
    let history = of_cell(&mut bos, cell);
    assert_eq!(amounts(&history), [(kronor(200), None), (kronor(100), kronor(200)), (None, kronor(100))]);
    let by: Vec<_> = history.changes.iter().map(|change| (change.by, change.at)).collect();
    assert_eq!(by, [(Some(bo()), 9_000), (Some(anna()), 5_000), (Some(anna()), 1_000_000)]);
    assert_eq!(only(&history.changes[0]).place, "Budget 2021");
    assert_eq!(of_cell(&mut bos, AmountCell::Line(line(2), year(2021))).changes, []);
}

#[test]
fn what_stood_there_is_brought_back_by_an_ordinary_command() {
    let (mut doc, _) = pair();
    let cell = AmountCell::Outcome(outcome(1), BudgetRow::Line(line(2)));
    run(&mut doc, PlanCommand::SetAmount { cell, amount: kronor(5) });
    run(&mut doc, PlanCommand::SetAmount { cell, amount: kronor(6) });
    let note = TextCell::Note(RowRef::Line(line(2)));
    run(&mut doc, PlanCommand::SetText { cell: note, value: "Två kurser".to_owned() });
    run(&mut doc, PlanCommand::SetText { cell: note, value: "Tre kurser".to_owned() });
    let row = plan::history::history(&mut doc, &all(Scope::Row(RowRef::Line(line(2)).key())));
    let entry = only(&row.changes[0]);
    let texts = Changed::Text { before: "Två kurser".to_owned(), after: "Tre kurser".to_owned() };
    assert_eq!((&entry.changed, entry.place.as_str()), (&texts, "Anteckning"));
    let entry = only(&row.changes[2]);
    assert_eq!(entry.place, "Utfall till och med 2021-08-31", "what an outcome says of a row is told with the row");
    for change in [0, 2] {
        let back = row.changes[change].entries[0].back.clone().unwrap();
        any::edit(&mut doc, &back, &context(1)).unwrap();
    }
    let plan = plan::read(&doc);
    assert_eq!(plan.line(line(2)).unwrap().line.note, "Två kurser");
    assert_eq!(plan.outcome(outcome(1)).unwrap().outcome.lines[&line(2)].amount, kronor(5));
}

#[test]
fn rows_that_came_went_returned_and_moved_are_told_of() {
    let (mut doc, _) = pair();
    run(&mut doc, PlanCommand::AddLine { id: line(8), section: section(1), after: None });
    let name = TextCell::Name(RowRef::Line(line(8)));
    run(&mut doc, PlanCommand::SetText { cell: name, value: "JobbFokus".to_owned() });
    run(&mut doc, PlanCommand::MoveLine { id: line(8), section: section(2), after: None });
    run(&mut doc, PlanCommand::Remove { row: RowRef::Line(line(8)) });
    let history = plan::history::history(&mut doc, &all(Scope::Row(RowRef::Line(line(8)).key())));
    let told: Vec<Vec<&Changed>> =
        history.changes.iter().map(|change| change.entries.iter().map(|entry| &entry.changed).collect()).collect();
    assert_eq!(only(&history.changes[1]).place, "Avsnitt");
    let named = Changed::Text { before: String::new(), after: "JobbFokus".to_owned() };
    assert_eq!(told[0], [&Changed::Removed]);
    assert_eq!((told[2].as_slice(), told[3].as_slice()), ([&named].as_slice(), [&Changed::Added].as_slice()));
    let entry = only(&history.changes[0]);
    assert_eq!(entry.name, "JobbFokus", "a removed row keeps its name");
    any::edit(&mut doc, &entry.back.clone().unwrap(), &context(1)).unwrap();
    assert!(plan::read(&doc).line(line(8)).is_some());
    let history = plan::history::history(&mut doc, &all(Scope::Document));
    assert_eq!(only(&history.changes[0]).changed, Changed::Restored);
    run(&mut doc, PlanCommand::MoveSection { id: section(2), after: None });
    let history = plan::history::history(&mut doc, &all(Scope::Document));
    assert_eq!(only(&history.changes[0]).changed, Changed::Moved);
}

#[test]
fn pages_one_after_the_other_are_the_whole() {
    let (mut doc, _) = pair();
    for amount in 0..40 {
        let cell = AmountCell::Line(line(1 + amount % 3), year(2021));
        run(&mut doc, PlanCommand::SetAmount { cell, amount: kronor(i32::from(amount) + 500) });
    }
    for scope in [Scope::Document, Scope::Row(RowRef::Line(line(1)).key())] {
        let whole = plan::history::history(&mut doc, &all(scope.clone()));
        let (mut pages, mut before) = (Vec::new(), None);
        loop {
            let asked = Asked { scope: scope.clone(), before, count: 6 };
            let page = plan::history::history(&mut doc, &asked);
            assert!(page.changes.len() <= 6);
            pages.extend(page.changes);
            before = page.older;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(pages, whole.changes);
    }
    let unknown = Some("11".repeat(32).parse().unwrap());
    let asked = Asked { scope: Scope::Document, before: unknown, count: 6 };
    assert_eq!(plan::history::history(&mut doc, &asked), History::default());
}

#[test]
fn an_undone_first_value_is_told_of_though_nothing_stands_there() {
    let (mut doc, _) = pair();
    let cell = AmountCell::Income(income(9), year(2022));
    let mut stack = UndoStack::default();
    let command = PlanCommand::SetAmount { cell, amount: kronor(7) };
    stack.push(plan::edit(&mut doc, &command, &context(1)).unwrap().step.unwrap());
    stack.undo(&mut doc, &context(2)).unwrap();
    assert_eq!(amounts(&of_cell(&mut doc, cell)), [(kronor(7), None), (None, kronor(7))]);
}

#[test]
fn amounts_written_at_once_were_for_somebody_to_pick_and_are_not_brought_back_blindly() {
    let (mut annas, mut bos) = pair();
    let cell = AmountCell::OpeningEquity;
    run(&mut annas, PlanCommand::SetAmount { cell, amount: kronor(1) });
    run(&mut bos, PlanCommand::SetAmount { cell, amount: kronor(2) });
    exchange(&mut annas, &mut bos);
    run(&mut annas, PlanCommand::SetAmount { cell, amount: kronor(3) });
    let history = of_cell(&mut annas, cell);
    let settled = only(&history.changes[0]);
    let Changed::Amount { before, after } = &settled.changed else { panic!("{settled:?}") };
    assert_eq!((before.len(), *after, settled.back.is_none()), (2, kronor(3), true));
    exchange(&mut annas, &mut bos);
    assert_eq!(of_cell(&mut bos, cell), history, "every replica tells the same");
}

#[test]
fn the_county_plan_has_its_history_too() {
    let (mut doc, _) = demo_pair();
    support::set_kronor(&mut doc, item(1), 5);
    support::run(&mut doc, CountyCommand::SetText { row: item(1), field: Field::Theme, value: "Nätverk".to_owned() });
    let history = any::history(Kind::County, &mut doc, &all(Scope::Row(item(1).key())));
    assert_eq!(only(&history.changes[0]).place, "Tema");
    let cell = Scope::Cell(Cell::County(item(1), Field::Cost));
    let costs = county::history::history(&mut doc, &all(cell));
    let back = only(&costs.changes[0]).back.clone().unwrap();
    assert!(matches!(back, Command::County(CountyCommand::SetAmount { .. })));
    any::edit(&mut doc, &back, &context(1)).unwrap();
    let before = amounts(&costs)[0].0;
    assert_eq!(county::read(&doc).items[0].item.cost, before);
}

#[test]
fn a_moment_is_read_as_whoever_made_the_change_saw_it() {
    let (mut doc, _) = pair();
    let cell = AmountCell::Line(line(1), year(2021));
    run(&mut doc, PlanCommand::SetAmount { cell, amount: kronor(200) });
    run(&mut doc, PlanCommand::SetAmount { cell, amount: kronor(300) });
    let id = of_cell(&mut doc, cell).changes[1].id;
    let asked = moment::Asked::in_query(&format!("las={id}"));
    assert_eq!(asked.read, Some(Moment::Change(id)));
    let versions = moment::versions(&doc, asked);
    let Some(Shown::Read(_, budget)) = versions.shown else { panic!("{:?}", versions.shown) };
    assert_eq!(budget.budget.total_cost(year(2021)), kronor(200));
    assert_eq!((versions.changes[0].by, versions.changes[0].at), (Some(anna()), 1_000_000));
    let unknown = moment::Asked::in_query(&format!("las={}", "11".repeat(32)));
    assert_eq!(moment::versions(&doc, unknown).shown, None);
}

#[test]
fn a_decision_leaves_nothing_to_take_back_and_a_proposal_does() {
    let (mut doc, _) = pair();
    for (number, status) in (1..).zip(VersionStatus::ALL) {
        let is_decided = status.is_decided();
        let (name, dnr, note) = ("Budget".to_owned(), String::new(), String::new());
        let version = NewVersion { status, name, decided: None, dnr, note, is_summary: false };
        let command = PlanCommand::AddVersion { id: VersionId::from_random([number; 16]), version };
        let edited = plan::edit(&mut doc, &command, &context(1)).unwrap();
        assert_eq!((edited.changed, edited.step.is_none()), (true, is_decided));
    }
}

#[test]
fn what_reads_the_same_before_and_after_is_not_told() {
    let (mut doc, _) = pair();
    let before = plan::history::history(&mut doc, &all(Scope::Document)).changes.len();
    // Nothing was chosen, which is 20 percent; now that is.
    run(&mut doc, PlanCommand::SetCeiling { rate: CeilingRate::default() });
    assert_eq!(plan::history::history(&mut doc, &all(Scope::Document)).changes.len(), before);
    run(&mut doc, PlanCommand::SetCeiling { rate: CeilingRate::from_hundredths(2_500).unwrap() });
    let history = plan::history::history(&mut doc, &all(Scope::Document));
    let text = |text: &str| text.replace(' ', "\u{a0}");
    let changed = Changed::Text { before: text("20 %"), after: text("25 %") };
    assert_eq!(only(&history.changes[0]).changed, changed);
}

#[test]
fn a_stated_figure_is_told_as_it_is_written_and_a_version_as_a_version() {
    let (mut doc, _) = pair();
    let key = StatedKey::TotalCost(year(2021));
    let figure = Stated::read("17035", StatedUnit::TusenKronor).unwrap();
    run(&mut doc, PlanCommand::SetStated { key, figure: Some(figure) });
    let history = plan::history::history(&mut doc, &all(Scope::Document));
    let after = "17\u{a0}035\u{a0}tkr".to_owned();
    assert_eq!(only(&history.changes[0]).changed, Changed::Text { before: String::new(), after });

    let (name, dnr, note) = ("Till samråd".to_owned(), String::new(), String::new());
    let version = NewVersion { status: VersionStatus::Consultation, name, decided: None, dnr, note, is_summary: false };
    run(&mut doc, PlanCommand::AddVersion { id: VersionId::from_random([1; 16]), version });
    let history = plan::history::history(&mut doc, &all(Scope::Document));
    let first = &history.changes[0].entries[0];
    assert_eq!(
        (first.thing, &first.changed, first.name.as_str()),
        (Thing::Version, &Changed::Added, "Samråd: Till samråd")
    );
    assert_eq!((first.thing.added(), first.thing.removed()), ("Ny version", "Versionen togs bort"));
}

#[test]
fn every_change_of_a_step_is_reachable_however_many_they_are() {
    let (mut doc, _) = pair();
    // Each line has an order, a place and texts besides: of those there is nothing to tell.
    let commands: Vec<PlanCommand> = (0..300_u16)
        .flat_map(|number| {
            let mut bytes = [77; 16];
            bytes[..2].copy_from_slice(&number.to_be_bytes());
            let id = LineId::from_random(bytes);
            let cell = AmountCell::Line(id, year(2021));
            let amount = kronor(i32::from(number) + 1);
            [PlanCommand::AddLine { id, section: section(1), after: None }, PlanCommand::SetAmount { cell, amount }]
        })
        .collect();
    run(&mut doc, PlanCommand::Batch { commands, label: "import".to_owned() });
    let history = plan::history::history(&mut doc, &all(Scope::Document));
    let latest = &history.changes[0];
    assert_eq!((latest.entries.len(), latest.more), (200, true));
    let whole = plan::history::history(&mut doc, &all(Scope::Change(latest.id)));
    let [change] = whole.changes.as_slice() else { panic!("{:?}", whole.changes.len()) };
    assert_eq!((change.id, change.entries.len(), change.more), (latest.id, 600, false));
    assert_eq!((change.by, change.at, &change.entries[..200]), (latest.by, latest.at, latest.entries.as_slice()));
    // The change that opened the plan is whole as it is.
    let first = history.changes.last().unwrap();
    assert_eq!(plan::history::history(&mut doc, &all(Scope::Change(first.id))).changes, std::slice::from_ref(first));
}

/// One thing that one of the two does.
#[derive(Debug, Clone)]
enum Act {
    Write(AmountCell, Option<Money>),
    Undo,
    Merge,
}

fn a_cell() -> impl Strategy<Value = AmountCell> {
    prop_oneof![
        (1_u8..4).prop_map(|it| AmountCell::Line(line(it), year(2021))),
        Just(AmountCell::OpeningEquity),
        Just(AmountCell::Forecast(outcome(1), BudgetRow::Income(income(9)))),
    ]
}

fn an_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (a_cell(), prop::option::of(0..4)).prop_map(|(cell, amount)| Act::Write(cell, amount.map(Money::from_kronor))),
        2 => Just(Act::Undo),
        2 => Just(Act::Merge),
    ]
}

fn present(doc: &AutoCommit, cell: AmountCell) -> Option<Money> {
    let plan = plan::read(doc);
    match cell {
        AmountCell::Line(id, year) => plan.line(id)?.line.amounts.get(&year).copied(),
        AmountCell::OpeningEquity => plan.header.opening_equity,
        AmountCell::Forecast(id, _) => plan.outcome(id)?.outcome.income.get(&income(9))?.forecast,
        other => panic!("{other:?}"),
    }
}

const CELLS: fn() -> [AmountCell; 3] = || {
    [
        AmountCell::Line(line(1), year(2021)),
        AmountCell::OpeningEquity,
        AmountCell::Forecast(outcome(1), BudgetRow::Income(income(9))),
    ]
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn replaying_the_entries_of_a_cell_ends_in_what_stands_there(acts in prop::collection::vec(an_act(), 1..40)) {
        let (mut doc, _) = pair();
        let mut stack = UndoStack::default();
        for act in &acts {
            match act {
                Act::Write(cell, amount) => {
                    let command = PlanCommand::SetAmount { cell: *cell, amount: *amount };
                    let step = plan::edit(&mut doc, &command, &context(1)).unwrap().step;
                    step.into_iter().for_each(|step| stack.push(step));
                }
                Act::Undo => drop(stack.undo(&mut doc, &context(1)).unwrap()),
                Act::Merge => {}
            }
        }
        for cell in CELLS() {
            let mut replayed = None;
            for (before, after) in amounts(&of_cell(&mut doc, cell)).into_iter().rev() {
                prop_assert_eq!(before, replayed, "each goes on from the one before it");
                replayed = after;
            }
            prop_assert_eq!(replayed, present(&doc, cell));
        }
    }

    #[test]
    fn of_two_colleagues_each_stands_by_what_they_wrote(
        acts in prop::collection::vec((any::<bool>(), an_act()), 1..40)
    ) {
        let (mut annas, mut bos) = pair();
        for (number, (first, act)) in (1..).zip(&acts) {
            let (one, other) = if *first { (&mut annas, &mut bos) } else { (&mut bos, &mut annas) };
            match act {
                Act::Write(cell, amount) => {
                    // Amounts of Anna are even and Bo's odd, so that each can be told by its amount alone.
                    let mine = amount.map(|_| Money::from_kronor(number * 2 + i32::from(!*first)));
                    plan::edit(one, &PlanCommand::SetAmount { cell: *cell, amount: mine }, &context(1)).unwrap();
                }
                Act::Undo | Act::Merge => drop(one.merge(other).unwrap()),
            }
        }
        exchange(&mut annas, &mut bos);
        for cell in CELLS() {
            let history = of_cell(&mut annas, cell);
            prop_assert_eq!(&history, &of_cell(&mut bos, cell));
            for change in &history.changes {
                let Changed::Amount { after, .. } = &only(change).changed else { panic!("{change:?}") };
                // The example's own is Anna's.
                let by = after.map(|amount| {
                    if amount.ore() % 200 == 0 { anna() } else { bo() }
                });
                prop_assert!(by.is_none() || by == change.by, "{:?}", change);
            }
            let written: Vec<_> = amounts(&history).into_iter().map(|(_, after)| after).collect();
            let plan = plan::read(&annas);
            let shown = present(&annas, cell);
            match plan.conflict_at(cell) {
                // To pick what shows among several takes the others away and writes nothing: a colleague who meanwhile
                // writes over it is told of before, and holds.
                None if !written.is_empty() => prop_assert!(written.contains(&shown)),
                None => prop_assert_eq!(shown, None),
                Some(conflict) => for candidate in &conflict.candidates {
                    prop_assert!(written.contains(&candidate.amount));
                },
            }
        }
    }
}
