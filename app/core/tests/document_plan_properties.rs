//! An association's plan under any history: what is refreshed row by row is what would be read from scratch, and
//! undoing leads back.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

#[path = "support/colleagues.rs"]
mod colleagues;
#[path = "support/plans.rs"]
mod plans;
mod support;

use colleagues::{act_out, an_act, back_and_forth};
use plans::{income, line, names, outcome, pair, section, year};
use proptest::prelude::*;
use samplan_core::document::plan::{self, AmountCell, BudgetRow, Plan, PlanCommand, RowRef, TextCell};
use samplan_core::document::{Content, Kind, Touched};
use samplan_core::domain::{
    Benefit, EquivalentId, LineRole, Money, PartyKind, PopulationGroup, Stated, StatedKey, StatedUnit,
};

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

fn equivalent(number: u8) -> EquivalentId {
    EquivalentId::from_random([number; 16])
}

fn a_row() -> impl Strategy<Value = RowRef> {
    prop_oneof![
        2 => (1_u8..4).prop_map(|it| RowRef::Section(section(it))),
        4 => (1_u8..7).prop_map(|it| RowRef::Line(line(it))),
        1 => (9_u8..11).prop_map(|it| RowRef::Income(income(it))),
        1 => (1_u8..3).prop_map(|it| RowRef::Outcome(outcome(it))),
        1 => (1_u8..3).prop_map(|it| RowRef::Equivalent(equivalent(it))),
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
        1 => (1_u8..3, 2019..2021).prop_map(|(it, at)| PlanCommand::AddEquivalent {
            id: equivalent(it), year: year(at), group: PopulationGroup::Women, after: None
        }),
        1 => (1_u8..3, 2019..2021).prop_map(|(it, at)| PlanCommand::SetCounted {
            id: equivalent(it), year: year(at), group: PopulationGroup::Everyone
        }),
        1 => (1_u8..3, prop::option::of(0_u32..3)).prop_map(|(it, count)| PlanCommand::SetCount {
            id: equivalent(it), benefit: Benefit::Sickness, count
        }),
        1 => (1_u8..3, 1_u32..4).prop_map(|(it, day)| PlanCommand::SetThrough {
            id: outcome(it), through: format!("2021-04-{day:02}").parse().unwrap()
        }),
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

/// What was touched is what changed, and no more.
fn touched_is_right(before: &Content, now: &Content, touched: &Touched) {
    let (Content::Plan(before), Content::Plan(now)) = (before, now) else { panic!("both are plans") };
    let touched = match touched {
        Touched::Plan(touched) => touched.clone(),
        _ => plan::Touched::default(),
    };
    let order = |plan: &Plan| plan.budget().map(|budget| names(&budget));
    assert!(touched.order || order(before) == order(now), "{touched:?}");
    for view in &now.lines {
        let same = before.line(view.line.id) == Some(view);
        assert_eq!(same, !touched.lines.contains(&view.line.id), "touched says what changed, and no more");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_is_refreshed_row_by_row_is_what_would_be_read_from_scratch(
        acts in prop::collection::vec((any::<bool>(), an_act(a_command()), any::<bool>()), 1..50)
    ) {
        act_out(Kind::Plan, pair(), &acts, touched_is_right);
    }

    #[test]
    fn undoing_everything_leads_back_when_nobody_else_wrote(
        commands in prop::collection::vec(a_command(), 1..20)
    ) {
        back_and_forth(pair().0, &commands, |doc| visible(plan::read(doc)));
    }
}

/// What a user compares: everything but the keys that the order is made of, and when rows were removed.
fn visible(mut plan: Plan) -> Plan {
    plan.removed.clear();
    plan.sections.iter_mut().for_each(|view| view.order.clear());
    plan.lines.iter_mut().for_each(|view| view.order.clear());
    plan.income.iter_mut().for_each(|view| view.order.clear());
    plan.equivalents.iter_mut().for_each(|view| view.order.clear());
    // A comment that was begun and taken back leaves an empty text.
    for view in &mut plan.outcomes {
        view.outcome.lines.retain(|_, line| *line != Default::default());
        view.outcome.income.retain(|_, line| *line != Default::default());
    }
    plan
}
