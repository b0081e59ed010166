//! An association's plan: what each command does, and that colleagues lose nothing to each other.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

#[path = "support/plans.rs"]
mod plans;
mod support;

use automerge::AutoCommit;
use plans::{income, kronor, line, names, outcome, pair, run, section, year};
use samplan_core::document::plan::{self, AmountCell, BudgetRow, Plan, PlanCommand, RowRef, TextCell};
use samplan_core::document::{self, CommandError};
use samplan_core::domain::ledger::Destination;
use samplan_core::domain::{Money, NewVersion, Stated, StatedKey, StatedUnit, VersionId, VersionStatus};
use support::{anna, context, exchange};

#[test]
fn lines_stand_in_their_sections_in_the_order_they_were_put() {
    let (mut doc, _) = pair();
    run(&mut doc, PlanCommand::MoveLine { id: line(4), section: section(1), after: Some(line(1)) });
    run(&mut doc, PlanCommand::MoveSection { id: section(2), after: None });
    let expected = [(2, 3), (1, 1), (1, 4), (1, 2)].map(|(at, it)| (section(at), line(it)));
    assert_eq!(names(&plan::read(&doc).budget().unwrap()), expected);
}

#[test]
fn a_section_takes_its_lines_along_and_brings_them_back_with_what_colleagues_wrote() {
    let (mut annas, mut bos) = pair();
    run(&mut annas, PlanCommand::Remove { row: RowRef::Section(section(1)) });
    let cell = AmountCell::Line(line(2), year(2022));
    run(&mut bos, PlanCommand::SetAmount { cell, amount: kronor(7) });
    exchange(&mut annas, &mut bos);
    assert_eq!(names(&plan::read(&annas).budget().unwrap()).len(), 2, "only the other section's lines show");
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
fn what_goes_on_in_either_of_two_comments_begun_at_once_is_seen() {
    // Automerge shows one of the two, which one depends on who wrote: whoever goes on, it is seen.
    for goes_on_is_anna in [true, false] {
        let (annas, bos) = pair();
        let (mut one, mut other) = if goes_on_is_anna { (annas, bos) } else { (bos, annas) };
        let comment = |value: &str| {
            let cell = TextCell::Comment(outcome(1), BudgetRow::Line(line(1)));
            PlanCommand::SetText { cell, value: value.to_owned() }
        };
        run(&mut one, comment("en"));
        run(&mut other, comment("två"));
        other.merge(&mut one).unwrap();
        let mut shown = plan::track(&mut other);
        run(&mut one, comment("en och mera"));
        other.merge(&mut one).unwrap();
        plan::refresh(&mut other, &mut shown);
        assert_eq!(shown, plan::read(&other));
        let text = &shown.outcomes[0].outcome.lines[&line(1)].comment;
        assert!(text.contains("en och mera") && text.contains("två"), "{text}");
    }
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
        is_summary: true,
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
    let selector: samplan_core::domain::ledger::Selector = "4000-4999;k=10".parse().unwrap();
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
    assert_eq!(budget, samplan_core::domain::demo::budget_2021().budget);
    let statuses: Vec<_> = plan.versions.iter().map(|view| view.version.status.clone()).collect();
    assert_eq!(statuses, [VersionStatus::Adopted, VersionStatus::Revised]);
    let adopted = plan::read_at(&doc, &plan.versions[0].heads).unwrap().budget().unwrap();
    assert_eq!((adopted.total_income(year(2021)), adopted.total_cost(year(2021))), (kronor(13_310_000), None));
    assert_eq!(adopted.opening_equity, kronor(6_106_000));
    let earlier = plan::read(&plan::demo_2019([5; 16], None, &context(0)).unwrap());
    assert_eq!((earlier.outcomes.len(), earlier.equivalents.is_empty()), (1, false));
}
