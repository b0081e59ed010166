//! Opening next year's plan from this year's: what comes along, what stays, and that every change is small enough.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

#[path = "support/plans.rs"]
mod plans;
mod support;

use plans::{income, kronor, line, names, outcome, pair, run, section, year};
use samplan_core::document::plan::{self, AmountCell, PlanCommand, TextCell};
use samplan_core::domain::ledger::Destination;
use support::{anna, context};

fn counting() -> impl FnMut() -> [u8; 16] {
    let mut last = 100;
    move || {
        last += 1;
        [last; 16]
    }
}

#[test]
fn rows_come_along_with_what_the_outlook_said_and_accounts_follow_their_rows() {
    let (mut doc, _) = pair();
    let set = |cell, amount| PlanCommand::SetAmount { cell, amount: kronor(amount) };
    run(&mut doc, set(AmountCell::Line(line(2), year(2022)), 70));
    run(&mut doc, set(AmountCell::Income(income(9), year(2021)), 400));
    run(&mut doc, set(AmountCell::OpeningEquity, 50));
    run(&mut doc, set(AmountCell::Outcome(outcome(1), plan::BudgetRow::Line(line(2))), 5));
    for (accounts, to) in [
        ("4010", Destination::Line(line(1))),
        ("4020", Destination::Line(line(2))),
        ("3000-3999", Destination::Income(income(9))),
        ("8000", Destination::LeaveOut),
    ] {
        run(&mut doc, PlanCommand::MapAccounts { selector: accounts.parse().unwrap(), to: Some(to) });
    }
    let old = plan::read(&doc);
    let opened =
        plan::open_next_year(&old, "Budget 2022".to_owned(), [7; 16], Some(anna()), &context(0), counting()).unwrap();
    let new = plan::read(&opened.unwrap());

    assert_eq!((new.header.year, new.header.title.as_str()), (Some(year(2022)), "Budget 2022"));
    assert_eq!(new.header.years, [2022, 2023, 2024].map(year));
    assert_eq!(new.header.association, old.header.association);
    // 50 + 400 − 100 is what 2021 closes with.
    assert_eq!(new.header.opening_equity, kronor(350));
    let budget = new.budget().unwrap();
    // Line 1 had an amount in 2021 alone; lines 3 and 4 have none yet, and are kept.
    assert_eq!(names(&budget).len(), 3);
    let kept = budget.lines().map(|(_, line)| line).find(|line| !line.amounts.is_empty()).unwrap();
    assert_eq!(kept.amounts.get(&year(2022)).copied(), kronor(70));
    assert!(kept.id != line(2) && budget.section(section(1)).is_none(), "rows of another year have other ids");
    assert_eq!((new.outcomes.len(), new.versions.len()), (0, 0));
    let to = |accounts: &str| new.accounts.get(&accounts.parse().unwrap()).cloned();
    assert_eq!(to("4010"), None, "the account of a line that ended");
    assert_eq!(to("4020"), Some(Destination::Line(kept.id)));
    assert_eq!(to("3000-3999"), Some(Destination::Income(budget.income[0].id)));
    assert_eq!(to("8000"), Some(Destination::LeaveOut));
}

#[test]
fn a_long_plan_is_written_in_changes_that_every_browser_takes() {
    let (mut doc, _) = pair();
    let note = "En lång anteckning. ".repeat(100);
    for at in 1..=4 {
        let cell = TextCell::Note(plan::RowRef::Line(line(at)));
        run(&mut doc, PlanCommand::SetText { cell, value: note.clone() });
        for number in 0..10_u8 {
            let id = line(number + 10 * at);
            run(&mut doc, PlanCommand::AddLine { id, section: section(2), after: None });
            run(&mut doc, PlanCommand::SetText { cell: TextCell::Note(plan::RowRef::Line(id)), value: note.clone() });
        }
    }
    let old = plan::read(&doc);
    let opened = plan::open_next_year(&old, "Budget 2022".to_owned(), [7; 16], None, &context(0), counting()).unwrap();
    let mut opened = opened.unwrap();
    let changes = opened.get_changes(&[]);
    assert!(changes.len() > 5, "{} changes", changes.len());
    assert!(changes.iter().all(|change| change.len() <= 20_000), "none is near the 50,000 operations of the guard");
    let new = plan::read(&opened);
    assert_eq!(new.lines.iter().filter(|view| view.line.note == note).count(), 43);
}

#[test]
fn nothing_is_opened_from_a_plan_that_is_not_here_yet() {
    let opened =
        plan::open_next_year(&plan::Plan::default(), String::new(), [7; 16], None, &context(0), counting()).unwrap();
    assert!(opened.is_none());
}
