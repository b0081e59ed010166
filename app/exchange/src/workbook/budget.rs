//! A budget as a workbook.
//!
//! An empty amount stays an empty cell, and a sum of empty amounts shows nothing: the formulas ask `COUNT` before they
//! add, as the program itself does. Ceilings are rounded to whole öre, as it does too.

use rust_xlsxwriter::{Format, Formula, Worksheet, utility};
use samplan_core::domain::export::{BudgetExport, ExportRow, ExportSums, sum_of};
use samplan_core::domain::{AmountUnit, Money};

use super::formats::{Formats, decimals};
use super::{WriteError, cut, described, for_print};

/// Columns before the first year: the name.
const FIRST_YEAR: u16 = 1;
/// The row with the years.
const HEADING: u32 = 3;
/// Years and rows that fit: far above any budget, far below what the format holds.
const MAX_YEARS: usize = 50;
const MAX_LINES: usize = 100_000;

/// The workbook of a budget.
///
/// # Errors
/// A budget with more rows or years than a workbook of the kind can hold.
pub fn write_budget(budget: &BudgetExport) -> Result<Vec<u8>, WriteError> {
    let lines: usize = budget.sections.iter().map(|section| section.lines.len() + 3).sum();
    if budget.years.len() > MAX_YEARS || lines + budget.income.len() + budget.other_income.len() > MAX_LINES {
        return Err(WriteError("budgeten har för många rader eller år".to_owned()));
    }
    let mut workbook = described(&budget.title, Some(budget.written))?;
    let sheet = workbook.add_worksheet();
    // What a formula comes to that has nothing to add, instead of the zero that the library would write.
    sheet.set_name("Budget")?.set_formula_result_default("");
    let sums = budget.sums();
    let mut layout =
        Layout { sheet, budget, formats: Formats::new(decimals(all_amounts(budget, &sums), budget.unit)), row: 0 };
    layout.headings()?;
    layout.rows(&sums)?;
    for_print(layout.sheet, &format!("{}, {}", budget.title, budget.written));
    Ok(workbook.save_to_buffer()?)
}

fn all_amounts<'a>(budget: &'a BudgetExport, sums: &'a [ExportSums]) -> impl Iterator<Item = Money> + 'a {
    let lines = budget.sections.iter().flat_map(|section| &section.lines);
    let rows = lines.chain(&budget.income).chain(&budget.other_income);
    let computed = sums.iter().flat_map(|it| [it.opening, it.closing, it.ceiling, it.over_ceiling]);
    rows.flat_map(|row| row.amounts.iter().copied()).chain(computed).flatten()
}

/// The sheet being filled from top to bottom.
struct Layout<'a> {
    sheet: &'a mut Worksheet,
    budget: &'a BudgetExport,
    formats: Formats,
    row: u32,
}

impl Layout<'_> {
    fn headings(&mut self) -> Result<(), WriteError> {
        let Self { sheet, budget, formats, .. } = self;
        let note = note_column(budget);
        sheet.set_column_width(0, 46)?;
        for year in 0..budget.years.len() {
            sheet.set_column_width(column(year), 14)?;
        }
        sheet.set_column_width(note, 46)?;
        sheet.write_string_with_format(0, 0, cut(&budget.title), &formats.title)?;
        sheet.write_string_with_format(1, 0, cut(&budget.subtitle), &formats.subtitle)?;
        sheet.write_string_with_format(HEADING, 0, format!("Belopp i {}", budget.unit.label()), &formats.heading)?;
        for (index, year) in budget.years.iter().enumerate() {
            sheet.write_number_with_format(HEADING, column(index), year.number(), &formats.year)?;
        }
        sheet.write_string_with_format(HEADING, note, "Anteckning", &formats.heading)?;
        sheet.set_freeze_panes(HEADING + 1, FIRST_YEAR)?;
        sheet.set_repeat_rows(HEADING, HEADING)?;
        self.row = HEADING + 1;
        Ok(())
    }

    fn rows(&mut self, sums: &[ExportSums]) -> Result<(), WriteError> {
        let budget = self.budget;
        let of = |pick: fn(&ExportSums) -> Option<Money>| sums.iter().map(pick).collect::<Vec<_>>();

        let (parties, income) = self.income(&of(|it| it.income))?;
        let mut section_sums = Vec::with_capacity(budget.sections.len());
        for section in &budget.sections {
            section_sums.push(self.block(&section.name, &format!("Summa {}", section.name), &section.lines)?);
        }
        let cost = self.computed("Summa kostnader", &of(|it| it.cost), |letter| {
            let cells: Vec<_> = section_sums.iter().map(|row| format!("{letter}{row}")).collect();
            sum_unless_empty(&sum_of_cells(&cells), &count_of_cells(&cells))
        })?;
        let result = self.computed("Årets resultat", &of(|it| it.net_result), |letter| {
            let (income, cost) = (format!("{letter}{income}"), format!("{letter}{cost}"));
            sum_unless_empty(&format!("SUM({income})-SUM({cost})"), &format!("COUNT({income},{cost})"))
        })?;
        self.row += 1;
        // The row below this one is the closing equity, which the next year opens with.
        let opening = self.row + 1;
        let closing = opening + 1;
        self.opening(&of(|it| it.opening), closing)?;
        self.computed("Utgående eget kapital", &of(|it| it.closing), |letter| {
            format!("IF(COUNT({letter}{opening},{letter}{result})<2,\"\",{letter}{opening}+{letter}{result})")
        })?;
        let rate = self.rate()?;
        let places = match budget.unit {
            AmountUnit::Kronor => 2,
            AmountUnit::TusenKronor => 5,
        };
        let ceiling = self.computed("Tak för eget kapital", &of(|it| it.ceiling), |letter| {
            format!("IF(COUNT({letter}{parties})=0,\"\",ROUND({letter}{parties}*$B${rate},{places}))")
        })?;
        self.computed("Över (+) eller under (−) taket", &of(|it| it.over_ceiling), |letter| {
            format!("IF(COUNT({letter}{closing},{letter}{ceiling})<2,\"\",{letter}{closing}-{letter}{ceiling})")
        })?;
        Ok(())
    }

    /// Income: the rows of the sums from the parties and in all, which are the same where there is no other.
    fn income(&mut self, sums: &[Option<Money>]) -> Result<(u32, u32), WriteError> {
        let budget = self.budget;
        if budget.other_income.is_empty() {
            let row = self.block("Intäkter", "Summa intäkter", &budget.income)?;
            return Ok((row, row));
        }
        let parties = self.block("Intäkter från parterna", "Summa intäkter från parterna", &budget.income)?;
        let other = self.block("Övriga intäkter", "Summa övriga intäkter", &budget.other_income)?;
        let all = self.computed("Summa intäkter", sums, |letter| {
            let cells = [format!("{letter}{parties}"), format!("{letter}{other}")];
            sum_unless_empty(&sum_of_cells(&cells), &count_of_cells(&cells))
        })?;
        self.row += 1;
        Ok((parties, all))
    }

    /// A heading, its lines, and their sum: the number of the sum's row, as formulas count.
    fn block(&mut self, name: &str, sum_name: &str, lines: &[ExportRow]) -> Result<u32, WriteError> {
        self.sheet.write_string_with_format(self.row, 0, cut(name), &self.formats.section)?;
        self.row += 1;
        let first = self.row + 1;
        for line in lines {
            self.sheet.write_string_with_format(self.row, 0, cut(&line.name), &self.formats.name)?;
            for (year, amount) in line.amounts.iter().enumerate().take(self.budget.years.len()) {
                if let Some(amount) = amount {
                    let figure = figure(*amount, self.budget.unit);
                    self.sheet.write_number_with_format(self.row, column(year), figure, &self.formats.amount)?;
                }
            }
            if !line.note.is_empty() {
                let note = note_column(self.budget);
                self.sheet.write_string_with_format(self.row, note, cut(&line.note), &self.formats.note)?;
            }
            self.row += 1;
        }
        let last = self.row;
        let sums: Vec<_> = (0..self.budget.years.len()).map(|year| sum_of(lines, year)).collect();
        let row = self.computed(sum_name, &sums, |letter| match lines.is_empty() {
            true => "\"\"".to_owned(),
            false => {
                let cells = format!("{letter}{first}:{letter}{last}");
                sum_unless_empty(&format!("SUM({cells})"), &format!("COUNT({cells})"))
            }
        })?;
        self.row += 1;
        Ok(row)
    }

    /// A row of formulas with what they come to: its number, as formulas count.
    fn computed(
        &mut self,
        name: &str,
        results: &[Option<Money>],
        formula: impl Fn(&str) -> String,
    ) -> Result<u32, WriteError> {
        self.sheet.write_string_with_format(self.row, 0, cut(name), &self.formats.sum_name)?;
        for (year, result) in results.iter().enumerate() {
            let letter = utility::column_number_to_name(column(year));
            let formula = formula(&letter);
            write_formula(self.sheet, self.row, column(year), formula, *result, self.budget.unit, &self.formats.sum)?;
        }
        self.row += 1;
        Ok(self.row)
    }

    /// *Ingående eget kapital*: an amount in the first year, and what the year before closed with in the others.
    fn opening(&mut self, results: &[Option<Money>], closing: u32) -> Result<(), WriteError> {
        self.sheet.write_string_with_format(self.row, 0, "Ingående eget kapital", &self.formats.sum_name)?;
        for (year, result) in results.iter().enumerate() {
            match (year.checked_sub(1), result) {
                (None, Some(amount)) => {
                    let figure = figure(*amount, self.budget.unit);
                    self.sheet.write_number_with_format(self.row, column(year), figure, &self.formats.sum)?;
                }
                (None, None) => {
                    self.sheet.write_blank(self.row, column(year), &self.formats.sum)?;
                }
                (Some(before), _) => {
                    let formula = format!("{}{closing}", utility::column_number_to_name(column(before)));
                    let unit = self.budget.unit;
                    write_formula(self.sheet, self.row, column(year), formula, *result, unit, &self.formats.sum)?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }

    /// The rate of the ceiling, in a cell of its own, so that it can be changed there: the row's number.
    fn rate(&mut self) -> Result<u32, WriteError> {
        self.row += 1;
        self.sheet.write_string_with_format(self.row, 0, "Tak, procent av årets intäkter", &self.formats.name)?;
        let rate = rust_decimal::Decimal::new(i64::from(self.budget.ceiling), 4);
        self.sheet.write_number_with_format(self.row, FIRST_YEAR, binary(&rate.to_string()), &self.formats.percent)?;
        self.row += 1;
        Ok(self.row)
    }
}

fn write_formula(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    formula: String,
    result: Option<Money>,
    unit: AmountUnit,
    format: &Format,
) -> Result<(), WriteError> {
    let result = result.map(|amount| plain(amount, unit)).unwrap_or_default();
    sheet.write_formula_with_format(row, column, Formula::new(formula).set_result(result), format)?;
    Ok(())
}

fn column(year: usize) -> u16 {
    FIRST_YEAR + u16::try_from(year).unwrap_or(u16::MAX - FIRST_YEAR)
}

fn note_column(budget: &BudgetExport) -> u16 {
    column(budget.years.len())
}

fn sum_unless_empty(sum: &str, count: &str) -> String {
    format!("IF({count}=0,\"\",{sum})")
}

/// `SUM` takes 255 arguments at most.
fn sum_of_cells(cells: &[String]) -> String {
    let parts: Vec<_> = cells.chunks(200).map(|part| format!("SUM({})", part.join(","))).collect();
    if parts.is_empty() { "0".to_owned() } else { parts.join("+") }
}

fn count_of_cells(cells: &[String]) -> String {
    sum_of_cells(cells).replace("SUM(", "COUNT(")
}

/// An amount as decimal text with a point: exactly what the formula must come to.
fn plain(amount: Money, unit: AmountUnit) -> String {
    amount.to_clipboard(unit).replace(',', ".")
}

/// An amount as the binary number nearest to it, which is what a workbook holds.
fn figure(amount: Money, unit: AmountUnit) -> f64 {
    binary(&plain(amount, unit))
}

fn binary(decimal: &str) -> f64 {
    decimal.parse().unwrap_or_default()
}
