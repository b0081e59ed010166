//! Budgets to write: one with everything in it, in kronor and in thousands, and one with next to nothing.

use samplan_core::domain::export::{BudgetExport, ExportRow, ExportSection};
use samplan_core::domain::{AmountUnit, Money, Year};

fn row(name: &str, amounts: &[Option<i64>]) -> ExportRow {
    let amounts = amounts.iter().map(|ore| ore.map(Money::from_ore)).collect();
    ExportRow { name: name.into(), note: String::new(), amounts }
}

fn section(name: &str, lines: Vec<ExportRow>) -> ExportSection {
    ExportSection { name: name.into(), lines }
}

/// A budget with odd öre, empty amounts, an empty section and names that look like formulas.
pub fn budget(unit: AmountUnit) -> BudgetExport {
    let tkr = |amount: i64| Some(amount * 100_000);
    BudgetExport {
        title: "Samordningsförbundet Exempel: budget 2021 & utblick 2022–2023".into(),
        subtitle: "Reviderad 2021-03-26, dnr 2020/19".into(),
        unit,
        years: [2021, 2022, 2023].into_iter().filter_map(|year| Year::new(year).ok()).collect(),
        income: vec![
            row("Försäkringskassan", &[tkr(6_655), tkr(5_989), Some(565_800_050)]),
            row("Region och kommun", &[tkr(6_655), tkr(5_990), None]),
        ],
        other_income: vec![],
        sections: vec![
            section(
                "Insatser",
                vec![
                    ExportRow {
                        note: "Avtalet löper till och med juni.".into(),
                        ..row("Samordningsteam", &[tkr(7_876), tkr(8_022), tkr(8_000)])
                    },
                    row("=A1+A9", &[Some(360_500_001), None, None]),
                    row("Övrigt", &[None, None, None]),
                    row("Återfört", &[Some(-12_345), tkr(0)]),
                ],
            ),
            section(
                "Styrelsen",
                vec![row("Revision", &[tkr(60), None, None]), row("Konferens", &[Some(3_550_000), None, None])],
            ),
            section("Tom", vec![]),
        ],
        opening_equity: Some(Money::from_ore(824_100_000)),
        ceiling: 2_000,
        written: "2021-03-26".parse().expect("a day"),
    }
}

/// A budget with income that no party pays, and that the ceiling does not count.
pub fn with_other_income() -> BudgetExport {
    let other_income =
        vec![row("Ränta", &[Some(1_234), None, Some(99)]), row("Konferensavgifter", &[None, None, Some(50_000)])];
    BudgetExport { other_income, ..budget(AmountUnit::Kronor) }
}

/// A budget in which nothing is written yet.
pub fn empty() -> BudgetExport {
    BudgetExport {
        income: vec![row("Parterna", &[])],
        sections: vec![section("Insatser", vec![row("Team", &[None])])],
        opening_equity: None,
        ceiling: 1_755,
        ..budget(AmountUnit::Kronor)
    }
}
