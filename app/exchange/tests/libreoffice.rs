//! A budget that we wrote, calculated by LibreOffice from its formulas alone, comes to our figures.
//!
//! Built with the feature `libreoffice` only, since it needs `soffice`; `make test` installs that and turns the feature
//! on. What stands beside the formulas is taken out first, so that every figure is LibreOffice's own.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

mod support;

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;
use std::process::Command;

use samplan_core::domain::AmountUnit;
use samplan_core::domain::export::BudgetExport;
use samplan_core::domain::sheet::{Cell, Sheet};
use samplan_exchange::{spreadsheet, workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The workbook without what its formulas come to.
fn without_results(workbook: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut taken = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().to_string();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(content).unwrap();
            let mut kept = String::new();
            let mut rest = text.as_str();
            while let Some((before, after)) = rest.split_once("</f><v>") {
                kept.push_str(before);
                kept.push_str("</f>");
                rest = after.split_once("</v>").unwrap().1;
                taken += 1;
            }
            content = format!("{kept}{rest}").into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    assert!(taken > 20, "the formulas were found");
    writer.finish().unwrap().into_inner()
}

/// A folder of its own that is gone afterwards.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What LibreOffice makes of a workbook when it writes it anew.
fn calculated(name: &str, workbook: &[u8]) -> Sheet {
    let folder = Folder(std::env::temp_dir().join(format!("samplan-{}-{name}", std::process::id())));
    let (source, target) = (folder.0.join("in"), folder.0.join("out"));
    fs::create_dir_all(&source).unwrap();
    fs::write(source.join("budget.xlsx"), workbook).unwrap();
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.0.join("profile").display()))
        .args(["--headless", "--norestore", "--convert-to", "ods", "--outdir"])
        .arg(&target)
        .arg(source.join("budget.xlsx"))
        .output()
        .expect("soffice is installed: apt-get install libreoffice-calc");
    let result = fs::read(target.join("budget.ods"));
    let ods =
        result.unwrap_or_else(|_| panic!("LibreOffice wrote nothing: {}", String::from_utf8_lossy(&output.stderr)));
    spreadsheet::read(&ods).unwrap().remove(0)
}

/// Figures as they are shown: the last bits of a binary number may differ between programs.
fn figures(sheet: &Sheet) -> Vec<(String, Vec<Cell>)> {
    let rows = sheet.rows.iter().filter(|cells| cells.iter().any(|cell| !cell.is_empty()));
    rows.map(|cells| {
        let name = cells.first().map(Cell::text).unwrap_or_default();
        let mut figures: Vec<_> = cells
            .iter()
            .skip(1)
            .map(|cell| match cell {
                Cell::Number(number) => Cell::Number(number.round_dp(5).normalize()),
                other => Cell::from_text(&other.text()),
            })
            .collect();
        while figures.last().is_some_and(Cell::is_empty) {
            figures.pop();
        }
        (name, figures)
    })
    .collect()
}

#[test]
fn the_formulas_come_to_the_figures_that_stand_beside_them() {
    let cases: [(&str, BudgetExport); 4] = [
        ("kronor", support::budget(AmountUnit::Kronor)),
        ("thousands", support::budget(AmountUnit::TusenKronor)),
        ("other-income", support::with_other_income()),
        ("empty", support::empty()),
    ];
    for (name, budget) in cases {
        let workbook = workbook::write_budget(&budget).unwrap();
        let ours = spreadsheet::read(&workbook).unwrap().remove(0);
        let theirs = calculated(name, &without_results(&workbook));
        assert_eq!(figures(&theirs), figures(&ours), "{name}");
    }
}
