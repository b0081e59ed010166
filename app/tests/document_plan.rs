//! An association's plan: what each command does, that colleagues lose nothing to each other, and that what is
//! refreshed row by row is what would be read from scratch.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

mod support;

use automerge::AutoCommit;
use proptest::prelude::*;
use samplan_app::document::plan::{self, AmountCell, BudgetRow, NewPlan, Plan, PlanCommand, RowRef, TextCell};
use samplan_app::document::{self, CommandError, UndoStack};
use samplan_app::domain::ledger::Destination;
use samplan_app::domain::{
    IncomeId, LineId, LineRole, Money, NewVersion, OutcomeId, PartyKind, SectionId, Stated, StatedKey, StatedUnit,
    VersionId, VersionStatus, Year,
};
use support::{anna, bo, context, exchange};

fn year(number: i32) -> Year {
    Year::new(number).unwrap()
}

fn section(number: u8) -> SectionId {
    SectionId::from_random([number; 16])
}

fn line(number: u8) -> LineId {
    LineId::from_random([number; 16])
}

fn income(number: u8) -> IncomeId {
    IncomeId::from_random([number; 16])
}

fn outcome(number: u8) -> OutcomeId {
    OutcomeId::from_random([number; 16])
}

fn kronor(kronor: i32) -> Option<Money> {
    Some(Money::from_kronor(kronor))
}

/// A plan of two sections with two lines each, a row of income and an outcome, on the screens of Anna and Bo.
fn pair() -> (AutoCommit, AutoCommit) {
    let new = NewPlan {
        association: "vasteras".parse().unwrap(),
        year: year(2021),
        outlook_years: 2,
        title: "Budget 2021".to_owned(),
        dnr: "2020/19-SFV".to_owned(),
    };
    let mut annas = plan::open(&new, [1; 16], Some(anna()), &context(0)).unwrap();
    let commands = vec![
        PlanCommand::AddSection { id: section(1), after: None },
        PlanCommand::AddSection { id: section(2), after: Some(section(1)) },
        PlanCommand::AddLine { id: line(1), section: section(1), after: None },
        PlanCommand::AddLine { id: line(2), section: section(1), after: Some(line(1)) },
        PlanCommand::AddLine { id: line(3), section: section(2), after: Some(line(2)) },
        PlanCommand::AddLine { id: line(4), section: section(2), after: Some(line(3)) },
        PlanCommand::AddIncome { id: income(9), party: PartyKind::Together, after: None },
        PlanCommand::AddOutcome { id: outcome(1), through: "2021-08-31".parse().unwrap() },
        PlanCommand::SetAmount { cell: AmountCell::Line(line(1), year(2021)), amount: kronor(100) },
    ];
    run(&mut annas, PlanCommand::Batch { commands, label: "exempel".to_owned() });
    let mut bos = document::load(&annas.save()).unwrap();
    document::write_as(&mut bos, [2; 16], Some(bo()));
    (annas, bos)
}

fn run(doc: &mut AutoCommit, command: PlanCommand) {
    plan::edit(doc, &command, &context(1_000_000)).unwrap();
}

fn names(plan: &Plan) -> Vec<(SectionId, LineId)> {
    let budget = plan.budget().unwrap();
    budget.lines().map(|(section, line)| (section.id, line.id)).collect()
}

#[test]
fn lines_stand_in_their_sections_in_the_order_they_were_put() {
    let (mut doc, _) = pair();
    run(&mut doc, PlanCommand::MoveLine { id: line(4), section: section(1), after: Some(line(1)) });
    run(&mut doc, PlanCommand::MoveSection { id: section(2), after: None });
    let expected = [(2, 3), (1, 1), (1, 4), (1, 2)].map(|(at, it)| (section(at), line(it)));
    assert_eq!(names(&plan::read(&doc)), expected);
}

#[test]
fn a_section_takes_its_lines_along_and_brings_them_back_with_what_colleagues_wrote() {
    let (mut annas, mut bos) = pair();
    run(&mut annas, PlanCommand::Remove { row: RowRef::Section(section(1)) });
    let cell = AmountCell::Line(line(2), year(2022));
    run(&mut bos, PlanCommand::SetAmount { cell, amount: kronor(7) });
    exchange(&mut annas, &mut bos);
    assert_eq!(names(&plan::read(&annas)).len(), 2, "only the other section's lines show");
    run(&mut bos, PlanCommand::Restore { row: RowRef::Section(section(1)) });
    let plan = plan::read(&bos);
    assert_eq!(plan.line(line(2)).unwrap().line.amounts[&year(2022)], Money::from_kronor(7));
}

#[test]
fn amounts_written_at_the_same_time_wait_for_someone_to_pick() {
    let (mut annas, mut bos) = pair();
    let cells = [
        AmountCell::Line(line(1), year(2021)),
        AmountCell::Income(income(9), year(2022)),
        AmountCell::OpeningEquity,
        AmountCell::Outcome(outcome(1), BudgetRow::Line(line(2))),
        AmountCell::Forecast(outcome(1), BudgetRow::Income(income(9))),
    ];
    for cell in cells {
        run(&mut annas, PlanCommand::SetAmount { cell, amount: kronor(1) });
        run(&mut bos, PlanCommand::SetAmount { cell, amount: kronor(2) });
    }
    let mut screen = plan::track(&mut annas);
    exchange(&mut annas, &mut bos);
    let touched = plan::refresh(&mut annas, &mut screen);
    for cell in cells {
        assert_eq!(screen.conflict_at(cell).unwrap().candidates.len(), 2, "{cell:?}");
        assert!(touched.conflicts.contains(&cell));
        run(&mut annas, PlanCommand::SetAmount { cell, amount: kronor(2) });
    }
    let touched = plan::refresh(&mut annas, &mut screen);
    assert_eq!(screen.conflicts(), vec![]);
    assert_eq!(touched.conflicts.len(), cells.len());
}

#[test]
fn comments_that_two_began_at_once_are_both_read_and_become_one() {
    let (mut annas, mut bos) = pair();
    let cell = TextCell::Comment(outcome(1), BudgetRow::Line(line(1)));
    run(&mut annas, PlanCommand::SetText { cell, value: "Höstens kurs".to_owned() });
    run(&mut bos, PlanCommand::SetText { cell, value: "Faktura kvar".to_owned() });
    exchange(&mut annas, &mut bos);
    let comment = |doc: &AutoCommit| plan::read(doc).outcomes[0].outcome.lines[&line(1)].comment.clone();
    let both = comment(&annas);
    assert!(both.contains("Höstens kurs") && both.contains("Faktura kvar"), "{both}");
    assert_eq!(comment(&bos), both);
    run(&mut annas, PlanCommand::SetText { cell, value: "Höstens kurs, faktura kvar".to_owned() });
    exchange(&mut annas, &mut bos);
    assert_eq!(comment(&bos), "Höstens kurs, faktura kvar");
}

#[test]
fn a_year_that_is_hidden_keeps_its_amounts_and_shows_when_somebody_writes_in_it() {
    let (mut annas, mut bos) = pair();
    let cell = AmountCell::Line(line(1), year(2023));
    run(&mut annas, PlanCommand::SetAmount { cell, amount: kronor(5) });
    exchange(&mut annas, &mut bos);
    run(&mut annas, PlanCommand::ShowYear { year: year(2023), shown: false });
    assert_eq!(plan::read(&annas).header.years, [2021, 2022].map(year));
    run(&mut bos, PlanCommand::SetAmount { cell, amount: kronor(6) });
    run(&mut bos, PlanCommand::ShowYear { year: year(2024), shown: true });
    run(&mut bos, PlanCommand::ShowYear { year: year(2021), shown: false });
    exchange(&mut annas, &mut bos);
    assert_eq!(plan::read(&annas).header.years[0], year(2021), "the budget year itself cannot be hidden");
    assert_eq!(plan::read(&annas).lines[0].line.amounts[&year(2023)], Money::from_kronor(6));
}

#[test]
fn a_version_is_read_as_it_was_whatever_is_written_afterwards() {
    let (mut doc, mut bos) = pair();
    let version = NewVersion {
        status: VersionStatus::Adopted,
        name: "Styrelsens beslut".to_owned(),
        decided: Some("2020-11-13".parse().unwrap()),
        dnr: "2020/19-SFV".to_owned(),
        note: String::new(),
    };
    let id = VersionId::from_random([5; 16]);
    run(&mut doc, PlanCommand::AddVersion { id, version: version.clone() });
    exchange(&mut doc, &mut bos);
    let then = plan::read(&doc);
    run(&mut bos, PlanCommand::SetAmount { cell: AmountCell::Line(line(1), year(2021)), amount: kronor(999) });
    run(&mut bos, PlanCommand::Remove { row: RowRef::Version(id) });
    exchange(&mut doc, &mut bos);
    let now = plan::read(&doc);
    assert_eq!((&now.versions[0].version, now.versions[0].by), (&version, Some(anna())), "a decision stays");
    let fixed = plan::read_at(&doc, &now.versions[0].heads).unwrap();
    assert_eq!((&fixed.lines, &fixed.header), (&then.lines, &then.header));
    assert_ne!(now.lines, fixed.lines);
}

#[test]
fn stated_figures_and_the_mapping_of_accounts_are_kept_as_they_were_given() {
    let (mut doc, _) = pair();
    let key = StatedKey::SectionSum(section(1), year(2021));
    let figure = Stated::read("17 035", StatedUnit::TusenKronor).unwrap();
    run(&mut doc, PlanCommand::SetStated { key, figure: Some(figure) });
    let selector: samplan_app::domain::ledger::Selector = "4000-4999;k=10".parse().unwrap();
    run(&mut doc, PlanCommand::MapAccounts { selector: selector.clone(), to: Some(Destination::Line(line(1))) });
    let plan = plan::read(&document::load(&doc.save()).unwrap());
    assert_eq!(plan.stated.get(key), Some(figure));
    assert_eq!(plan.accounts, [(selector, Destination::Line(line(1)))].into());
    let json = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&json).unwrap(), plan, "the first paint hands it over as JSON");
}

#[test]
fn what_does_not_fit_the_plan_is_refused_and_changes_nothing() {
    let (mut doc, _) = pair();
    let before = doc.get_heads();
    for (command, error) in [
        (PlanCommand::AddLine { id: line(1), section: section(1), after: None }, CommandError::RowExists),
        (PlanCommand::AddLine { id: line(8), section: section(8), after: None }, CommandError::NoSuchRow),
        (PlanCommand::Remove { row: RowRef::Line(line(8)) }, CommandError::NoSuchRow),
        (
            PlanCommand::SetText { cell: TextCell::Note(RowRef::Section(section(1))), value: "x".to_owned() },
            CommandError::WrongField,
        ),
        (
            PlanCommand::SetAmount { cell: AmountCell::OpeningEquity, amount: Some(Money::from_ore(i64::MAX)) },
            CommandError::AmountOutOfRange,
        ),
    ] {
        assert_eq!(plan::edit(&mut doc, &command, &context(5)).unwrap_err(), error, "{command:?}");
    }
    assert_eq!(doc.get_heads(), before);
    let mut other = document::county::demo_2021([3; 16], None, &context(0)).unwrap();
    let command = PlanCommand::SetTitle { title: "Fel".to_owned() };
    assert_eq!(plan::edit(&mut other, &command, &context(5)).unwrap_err(), CommandError::NotAPlan);
}

#[test]
fn the_demo_has_the_budget_as_decided_and_as_revised_and_nothing_left_over() {
    let doc = plan::demo_2021([4; 16], None, &context(0)).unwrap();
    let plan = plan::read(&doc);
    assert_eq!(plan.removed, vec![]);
    let budget = plan.budget().unwrap();
    assert_eq!(budget.total_cost(year(2021)), kronor(18_506_000));
    assert_eq!(budget, samplan_app::domain::demo::budget_2021().budget);
    let statuses: Vec<_> = plan.versions.iter().map(|view| view.version.status.clone()).collect();
    assert_eq!(statuses, [VersionStatus::Adopted, VersionStatus::Revised]);
    let adopted = plan::read_at(&doc, &plan.versions[0].heads).unwrap().budget().unwrap();
    assert_eq!((adopted.total_income(year(2021)), adopted.total_cost(year(2021))), (kronor(13_310_000), None));
    assert_eq!(adopted.opening_equity, kronor(6_106_000));
    let earlier = plan::read(&plan::demo_2019([5; 16], None, &context(0)).unwrap());
    assert_eq!((earlier.outcomes.len(), earlier.equivalents.is_empty()), (1, false));
}

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
        let order = |plan: &Plan| plan.budget().map(|budget| names_of(&budget));
        assert!(touched.order || order(&before) == order(&self.screen), "{touched:?}");
        for view in &self.screen.lines {
            let same = before.line(view.line.id) == Some(view);
            assert_eq!(same, !touched.lines.contains(&view.line.id), "touched says what changed, and no more");
        }
    }
}

fn names_of(budget: &samplan_app::domain::Budget) -> Vec<(SectionId, LineId)> {
    budget.lines().map(|(section, line)| (section.id, line.id)).collect()
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
