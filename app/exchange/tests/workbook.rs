//! Workbooks that we write, read back: the figures beside the formulas are right, and empty stays empty.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

mod support;

use samplan_core::domain::export::{BudgetExport, ExportSums, TableExport};
use samplan_core::domain::sheet::{Cell, Sheet, guess, interpret};
use samplan_core::domain::{AmountUnit, Money};
use samplan_exchange::{spreadsheet, workbook};
use support::{budget, empty, with_other_income};

/// One of the computed figures.
type Pick = fn(&ExportSums) -> Option<Money>;

fn written(budget: &BudgetExport) -> Sheet {
    spreadsheet::read(&workbook::write_budget(budget).unwrap()).unwrap().remove(0)
}

/// The figures of the row with this name.
fn row(sheet: &Sheet, name: &str) -> Vec<Cell> {
    let row = sheet.rows.iter().position(|cells| cells.first().is_some_and(|cell| cell.text() == name));
    let row = row.unwrap_or_else(|| panic!("no row {name}"));
    (1..=3).map(|column| sheet.cell(row, column).clone()).collect()
}

fn cells(amounts: impl IntoIterator<Item = Option<Money>>, unit: AmountUnit) -> Vec<Cell> {
    let cell = |amount: Money| Cell::Number(amount.to_clipboard(unit).replace(',', ".").parse().unwrap());
    amounts.into_iter().map(|amount| amount.map_or(Cell::Empty, cell)).collect()
}

#[test]
fn the_figures_beside_the_formulas_are_those_of_the_program() {
    for (budget, unit) in [
        (budget(AmountUnit::Kronor), AmountUnit::Kronor),
        (budget(AmountUnit::TusenKronor), AmountUnit::TusenKronor),
        (with_other_income(), AmountUnit::Kronor),
        (empty(), AmountUnit::Kronor),
    ] {
        let (sheet, sums) = (written(&budget), budget.sums());
        let rows: [(&str, Pick); 7] = [
            ("Summa intäkter", |it| it.income),
            ("Summa kostnader", |it| it.cost),
            ("Årets resultat", |it| it.net_result),
            ("Ingående eget kapital", |it| it.opening),
            ("Utgående eget kapital", |it| it.closing),
            ("Tak för eget kapital", |it| it.ceiling),
            ("Över (+) eller under (−) taket", |it| it.over_ceiling),
        ];
        for (name, pick) in rows {
            assert_eq!(row(&sheet, name), cells(sums.iter().map(pick), unit), "{name}");
        }
    }
}

#[test]
fn sums_are_worked_out_to_the_ore() {
    let sums = budget(AmountUnit::Kronor).sums();
    let ore = |ore| Some(Money::from_ore(ore));
    let first = ExportSums {
        party_income: ore(1_331_000_000),
        income: ore(1_331_000_000),
        // 787 600 000 + 360 500 001 − 12 345 + 6 000 000 + 3 550 000
        cost: ore(1_157_637_656),
        net_result: ore(173_362_344),
        opening: ore(824_100_000),
        closing: ore(997_462_344),
        ceiling: ore(266_200_000),
        over_ceiling: ore(731_262_344),
    };
    assert_eq!(sums[0], first);
    // A fifth of 5 658 000,50 kronor is 1 131 600,10.
    assert_eq!(sums[2].ceiling, ore(113_160_010));
    let other = with_other_income().sums();
    assert_eq!((other[2].income, other[2].ceiling), (ore(565_850_149), ore(113_160_010)));
    assert_eq!(empty().sums(), vec![ExportSums::default(); 3]);
}

#[test]
fn an_amount_that_is_empty_is_an_empty_cell_and_a_name_is_never_a_formula() {
    let sheet = written(&budget(AmountUnit::Kronor));
    assert_eq!(row(&sheet, "Övrigt"), vec![Cell::Empty; 3]);
    assert_eq!(row(&sheet, "=A1+A9")[1..], [Cell::Empty, Cell::Empty]);
    assert_eq!(row(&sheet, "Summa Tom"), vec![Cell::Empty; 3]);
    assert_eq!(row(&sheet, "Återfört")[1], Cell::Number(0.into()));
}

#[test]
fn a_budget_that_was_written_is_read_again_as_the_same() {
    let budget = budget(AmountUnit::TusenKronor);
    let sheet = written(&budget);
    let guess = guess(&sheet);
    assert_eq!(guess.doubts, Vec::<String>::new());
    let seen = interpret(&sheet, &guess.choices);
    assert_eq!((seen.refused.as_slice(), seen.rounded), (&[][..], 0));
    let names =
        |rows: &[samplan_core::domain::sheet::ImportRow]| rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&seen.income), ["Försäkringskassan", "Region och kommun"]);
    assert_eq!(seen.sections[0].lines[0].note, "Avtalet löper till och med juni.");
    for (section, expected) in seen.sections.iter().zip(&budget.sections) {
        assert_eq!(section.name, expected.name);
        for (line, expected) in section.lines.iter().zip(&expected.lines) {
            let amounts: Vec<_> = budget.years.iter().map(|year| line.amounts.get(year).copied()).collect();
            let mut expected_amounts = expected.amounts.clone();
            expected_amounts.resize(3, None);
            assert_eq!((&line.name, amounts), (&expected.name, expected_amounts));
        }
    }
    let opening = seen.opening_equity.unwrap();
    assert_eq!(opening.amounts[&budget.years[0]], Money::from_ore(824_100_000));
}

#[test]
fn nothing_but_the_budget_s_own_rows_is_read_again() {
    for budget in [budget(AmountUnit::Kronor), with_other_income(), empty()] {
        let sheet = written(&budget);
        let seen = interpret(&sheet, &guess(&sheet).choices);
        let sections: Vec<_> =
            seen.sections.iter().map(|section| (section.name.as_str(), section.lines.len())).collect();
        let expected: Vec<_> =
            budget.sections.iter().map(|section| (section.name.as_str(), section.lines.len())).collect();
        assert_eq!(sections, expected);
        assert_eq!(seen.income.len(), budget.income.len() + budget.other_income.len());
        assert!(seen.refused.is_empty());
    }
}

#[test]
fn a_list_keeps_its_texts_numbers_and_days() {
    let rows = vec![
        vec![
            Cell::Text("Deltagare 1".into()),
            Cell::Number("2.5".parse().unwrap()),
            Cell::Date("2021-09-14".parse().unwrap()),
        ],
        vec![Cell::Text("=HYPERLINK(1)".into()), Cell::Empty],
    ];
    let table = TableExport {
        title: "Närvaro".into(),
        subtitle: "Grund, hösten 2021".into(),
        columns: ["Namn", "Dagar", "Datum"].map(str::to_owned).to_vec(),
        rows: rows.clone(),
    };
    let sheet = spreadsheet::read(&workbook::write_table(&table).unwrap()).unwrap().remove(0);
    assert_eq!(sheet.rows[3], ["Namn", "Dagar", "Datum"].map(|name| Cell::Text(name.into())));
    assert_eq!(sheet.rows[4], rows[0]);
    assert_eq!(sheet.rows[5], rows[1][..1]);
    assert!(workbook::write_table(&TableExport::default()).is_ok());
}
