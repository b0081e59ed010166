//! Reading files into a plan: what the sheet and the accounts say is compared with the plan, and written as one step.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

#[path = "support/plans.rs"]
mod plans;
mod support;

use automerge::AutoCommit;
use plans::{income, kronor, line, outcome, pair, run, section, year};
use samplan_core::document::plan::import::{OutcomeImport, load_budget, load_outcome};
use samplan_core::document::plan::{self, AmountCell, BudgetRow, PlanCommand, RowRef, TextCell};
use samplan_core::domain::ledger::Destination;
use samplan_core::domain::sheet::{BudgetChanges, Cell, RowFate, Sheet, changes, guess, interpret};
use samplan_core::domain::{Budget, Money, OutcomeId, PartyKind};

/// A sheet as it is pasted: cells between `|`.
fn sheet(text: &str) -> Sheet {
    let row = |line: &str| line.split('|').map(Cell::from_text).collect();
    Sheet { name: "Budget".into(), rows: text.lines().map(row).collect() }
}

/// The example plan with names: *Insatser* with *Team* and *Kartläggning*, *Styrelsen* with *Revision* and *Övrigt*.
fn named() -> AutoCommit {
    let (mut doc, _) = pair();
    for (row, name) in [
        (RowRef::Section(section(1)), "Insatser"),
        (RowRef::Section(section(2)), "Styrelsen"),
        (RowRef::Line(line(1)), "Team"),
        (RowRef::Line(line(2)), "Kartläggning"),
        (RowRef::Line(line(3)), "Revision"),
        (RowRef::Line(line(4)), "Övrigt"),
        (RowRef::Income(income(9)), "Intäkter partner"),
    ] {
        run(&mut doc, PlanCommand::SetText { cell: TextCell::Name(row), value: name.to_owned() });
    }
    doc
}

fn budget(doc: &AutoCommit) -> Budget {
    plan::read(doc).budget().unwrap()
}

fn compared(doc: &AutoCommit, text: &str) -> BudgetChanges {
    let sheet = sheet(text);
    changes(&budget(doc), &interpret(&sheet, &guess(&sheet).choices))
}

fn load(doc: &mut AutoCommit, changes: &BudgetChanges) {
    let mut next = 100;
    let command = load_budget(&budget(doc), changes, || {
        next += 1;
        [next; 16]
    });
    run(doc, command);
}

fn names(budget: &Budget) -> Vec<String> {
    budget.lines().map(|(section, line)| format!("{}/{}", section.name, line.name)).collect()
}

const SHEET: &str = "\
Kronor | Budget 2021 | Budget 2022 | Anteckning
Intäkter partner | 1000 | 1000 |
Insatser
 TEAM | 100 | 200 |
Förstudie | 50 | | Till och med juni
Kartläggning | 0 | |
Summa | 150 | 200 |
Administration
Hyra | 30 | 30 |
Summa | 31 | 30 |
Ingående eget kapital | 500 | |";

#[test]
fn rows_are_known_by_name_and_each_meets_its_fate() {
    let seen = compared(&named(), SHEET);
    let fates: Vec<_> = seen
        .sections
        .iter()
        .map(|section| {
            let lines = section.lines.iter().map(|line| (line.name.as_str(), line.fate())).collect::<Vec<_>>();
            (section.name.as_str(), section.is_new(), lines)
        })
        .collect();
    let insatser = vec![("TEAM", RowFate::Changed), ("Förstudie", RowFate::New), ("Kartläggning", RowFate::Changed)];
    assert_eq!(fates, [("Insatser", false, insatser), ("Administration", true, vec![("Hyra", RowFate::New)])]);
    assert_eq!(seen.untouched, ["Revision", "Övrigt"]);
    assert_eq!(seen.opening.map(|it| (it.before, it.after)), Some((None, Money::from_kronor(500))));
    let [sum] = seen.sums.as_slice() else { panic!("one sum is wrong: {:?}", seen.sums) };
    assert_eq!((sum.stated, sum.computed), (Money::from_kronor(31), Money::from_kronor(30)));
    assert_eq!(sum.name, "Summa (Administration)");
}

#[test]
fn an_import_adds_and_changes_but_removes_nothing() {
    let mut doc = named();
    run(&mut doc, PlanCommand::SetAmount { cell: AmountCell::Line(line(2), year(2022)), amount: kronor(7) });
    let changes = compared(&doc, SHEET);
    load(&mut doc, &changes);
    let after = budget(&doc);
    assert_eq!(
        names(&after),
        [
            "Insatser/Team",
            "Insatser/Förstudie",
            "Insatser/Kartläggning",
            "Styrelsen/Revision",
            "Styrelsen/Övrigt",
            "Administration/Hyra",
        ],
        "a new line stands below the one that it stands below in the sheet"
    );
    let known = after.line(line(2)).unwrap();
    assert_eq!(known.amounts[&year(2022)], Money::from_kronor(7), "what the sheet leaves empty stays");
    assert_eq!(known.amounts[&year(2021)], Money::ZERO, "zero is an amount");
    assert_eq!(after.sections[0].lines[1].note, "Till och med juni");
    assert_eq!(after.opening_equity, kronor(500));
    assert_eq!(after.income[0].amounts[&year(2022)], Money::from_kronor(1000));
    assert!(!compared(&doc, SHEET).is_change(), "what was read in once has nothing more to say");
}

#[test]
fn a_line_that_stands_in_another_section_is_changed_there_and_never_doubled() {
    let mut doc = named();
    let changes = compared(&doc, "Kronor | 2021\nÖvriga kostnader\nRevision | 60");
    assert!(!changes.sections[0].is_new(), "its only line is in the plan already");
    load(&mut doc, &changes);
    let after = budget(&doc);
    assert_eq!(names(&after).len(), 4);
    assert_eq!(after.line(line(3)).unwrap().amounts[&year(2021)], Money::from_kronor(60));
}

#[test]
fn new_income_is_of_the_party_that_it_is_named_after() {
    let mut doc = named();
    let text =
        "Kronor | 2021\nIntäkter\nFörsäkringskassan | 10\nRegion Åmynne | 5\nÅmynne kommun | 5\nRäntor | 1\nBidrag | 2";
    let changes = compared(&doc, text);
    load(&mut doc, &changes);
    let parties: Vec<_> = budget(&doc).income.into_iter().map(|row| row.party).collect();
    use PartyKind::{Municipality, NotChosen, Other, Region, State, Together};
    assert_eq!(
        parties,
        [Together, State, Region, Municipality, Other, NotChosen],
        "of what is unclear somebody is asked"
    );
}

#[test]
fn an_outcome_is_written_with_the_rules_that_it_came_by() {
    let mut doc = named();
    let to = Destination::Line(line(1));
    let mut import = OutcomeImport {
        outcome: OutcomeId::from_random([7; 16]),
        new_through: Some("2021-04-30".parse().unwrap()),
        amounts: vec![(BudgetRow::Line(line(1)), kronor(40)), (BudgetRow::Income(income(9)), kronor(500))],
        rules: vec![("4000-4999;k=10".parse().unwrap(), Some(to))],
    };
    run(&mut doc, load_outcome(&import));
    let read = plan::read(&doc);
    let new = &read.outcome(OutcomeId::from_random([7; 16])).unwrap().outcome;
    assert_eq!(new.through.to_string(), "2021-04-30");
    assert_eq!(new.lines[&line(1)].amount, kronor(40));
    assert_eq!(new.income[&income(9)].amount, kronor(500));
    assert_eq!(read.accounts[&"4000-4999;k=10".parse().unwrap()], to);

    import.outcome = outcome(1);
    import.new_through = None;
    import.amounts = vec![(BudgetRow::Line(line(1)), kronor(41))];
    import.rules = vec![("4000-4999;k=10".parse().unwrap(), None)];
    run(&mut doc, load_outcome(&import));
    let read = plan::read(&doc);
    assert_eq!(read.outcomes.len(), 2);
    assert_eq!(read.outcome(outcome(1)).unwrap().outcome.lines[&line(1)].amount, kronor(41));
    assert!(read.accounts.is_empty());
}
