//! Spreadsheets as other programs write them, and files that are made to hurt.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use std::io::{Cursor, Write};

use proptest::prelude::*;
use samplan_core::domain::sheet::{Cell, Sheet, guess, interpret};
use samplan_exchange::spreadsheet::{self, MAX_COLUMNS, MAX_ROWS, SheetError};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The same sheet, written by LibreOffice in both formats.
const XLSX: &[u8] = include_bytes!("corpus/plan.xlsx");
const ODS: &[u8] = include_bytes!("corpus/plan.ods");

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

fn number(text: &str) -> Cell {
    Cell::Number(text.parse().unwrap())
}

/// The parts of a file, to be changed.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
            (part.name().unwrap().to_string(), bytes)
        })
        .collect()
}

fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // Quick to pack, for there are many.
    let options = SimpleFileOptions::default().compression_level(Some(1));
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A file with some of its parts changed.
fn changed(bytes: &[u8], change: impl Fn(&str, &str) -> Option<String>) -> Vec<u8> {
    let mut parts = parts(bytes);
    for (name, content) in &mut parts {
        if let Some(new) = str::from_utf8(content).ok().and_then(|content| change(name, content)) {
            *content = new.into_bytes();
        }
    }
    zipped(&parts)
}

/// An OpenDocument file with these rows in its sheet.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet><table:table \
         table:name=\"Blad\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    changed(ODS, |name, _| (name == "content.xml").then(|| content.clone()))
}

fn refusal(bytes: &[u8]) -> SheetError {
    spreadsheet::read(bytes).expect_err("is refused")
}

#[test]
fn what_another_program_wrote_is_read_cell_by_cell_from_both_formats() {
    for (name, bytes) in [("xlsx", XLSX), ("ods", ODS)] {
        let sheets = spreadsheet::read(bytes).unwrap();
        let [budget, empty] = sheets.as_slice() else { panic!("two sheets: {sheets:?}") };
        assert_eq!((budget.name.as_str(), empty.name.as_str()), ("Budget 2021", "Tomt"));
        assert!(empty.rows.is_empty());
        // Merged cells: the first holds the text.
        assert_eq!(budget.rows[0], [text("Samordningsförbundet Exempel & budget")], "{name}");
        assert_eq!(budget.rows[1][1], Cell::Date("2021-03-26".parse().unwrap()), "{name}");
        assert!(budget.rows[2].is_empty() && budget.rows[3].is_empty());
        assert_eq!(budget.rows[4][1].text(), "Budget 2021", "two paragraphs in {name}");
        assert_eq!(budget.rows[4][2], number("2022"));
        assert_eq!(budget.rows[6], [text("Samordningsteam"), number("7876.5"), number("7876.5")], "{name}");
        assert_eq!(budget.rows[7], [text("Förstudie"), number("0.3"), text("–")], "{name}");
        assert_eq!(budget.rows[8][1], number("7876.8"), "{name}");
        assert!(matches!(budget.rows[8][2], Cell::Fault(_)), "{name}: {:?}", budget.rows[8][2]);

        let seen = interpret(budget, &guess(budget).choices);
        assert_eq!(seen.sections[0].lines.len(), 2, "{name}: {seen:?}");
        assert_eq!(seen.refused.len(), 1, "the sum with a fault in it: {seen:?}");
    }
}

#[test]
fn what_is_no_spreadsheet_is_told_as_such() {
    assert_eq!(refusal(b""), SheetError::NotASpreadsheet);
    assert_eq!(refusal(b"Namn;Belopp\n"), SheetError::NotASpreadsheet);
    assert_eq!(refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), SheetError::OldOrProtected);
    assert_eq!(refusal(&zipped(&[("word/document.xml".into(), b"<w/>".to_vec())])), SheetError::NotASpreadsheet);
    assert!(matches!(refusal(b"PK\x03\x04 and no more"), SheetError::Broken(_)));
    assert!(matches!(refusal(&vec![b'P'; spreadsheet::MAX_BYTES + 1]), SheetError::TooLarge(_)));
}

#[test]
fn a_file_that_inflates_without_end_is_refused() {
    let bomb = |bytes, part: &str| {
        let mut parts = parts(bytes);
        let place = parts.iter_mut().find(|(name, _)| name == part).unwrap();
        place.1 = vec![b' '; spreadsheet::MAX_INFLATED + 1];
        zipped(&parts)
    };
    for (bytes, part) in [(XLSX, "xl/worksheets/sheet1.xml"), (XLSX, "xl/styles.xml"), (ODS, "content.xml")] {
        let bomb = bomb(bytes, part);
        assert!(bomb.len() < 1024 * 1024);
        assert!(matches!(refusal(&bomb), SheetError::TooLarge(_)), "{part}");
    }
}

#[test]
fn room_is_not_made_on_a_files_word() {
    let announced = changed(XLSX, |name, content| {
        let count = content.find("uniqueCount=\"")? + "uniqueCount=\"".len();
        (name == "xl/sharedStrings.xml").then(|| format!("{}99999999999{}", &content[..count], &content[count..]))
    });
    assert!(matches!(refusal(&announced), SheetError::TooLarge(_)));
    // Two cells at opposite corners are two cells, and one of them is too far away.
    let far = changed(XLSX, |name, content| {
        (name == "xl/worksheets/sheet1.xml").then(|| content.replace("r=\"B2\"", "r=\"XFD1048576\""))
    });
    assert_eq!(refusal(&far), SheetError::TooLarge(format!("mer än {MAX_ROWS} rader")));
}

#[test]
fn repeated_cells_and_rows_of_open_document_stay_within_the_limits() {
    let cell = |repeat: &str| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"{repeat}\" office:value-type=\"float\" office:value=\"1\"/>"
        )
    };
    let row = |repeat: &str, cells: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{repeat}\">{cells}</table:table-row>")
    };
    let read = |rows: &str| spreadsheet::read(&ods(rows)).unwrap().remove(0);
    assert_eq!(read(&row("3", &cell("2"))).rows, vec![vec![number("1"), number("1")]; 3]);
    let empty = "<table:table-cell table:number-columns-repeated=\"18446744073709551615\"/>";
    assert_eq!(read(&row("18446744073709551615", &empty.repeat(2))), Sheet { name: "Blad".into(), rows: vec![] });

    let columns = SheetError::TooLarge(format!("mer än {MAX_COLUMNS} kolumner"));
    assert_eq!(refusal(&ods(&row("1", &cell("1000000000")))), columns);
    assert_eq!(refusal(&ods(&row("1", &format!("{empty}{}", cell("1"))))), columns);
    assert_eq!(refusal(&ods(&row("1000000000", &cell("1")))), SheetError::TooLarge(format!("mer än {MAX_ROWS} rader")));
    assert!(matches!(refusal(&ods(&row("5000", &cell("200")))), SheetError::TooLarge(_)));
    assert!(matches!(refusal(&ods(&row("-1", ""))), SheetError::Broken(_)));
    assert!(matches!(refusal(&ods("<table:table-row><table:table-cell>")), SheetError::Broken(_)));
}

/// What stands in the parts that matter, with bytes changed, dropped and doubled.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        Just((XLSX, "xl/worksheets/sheet1.xml")),
        Just((XLSX, "xl/sharedStrings.xml")),
        Just((XLSX, "xl/styles.xml")),
        Just((XLSX, "xl/workbook.xml")),
        Just((XLSX, "xl/_rels/workbook.xml.rels")),
        Just((ODS, "content.xml")),
        Just((ODS, "content.xml")),
    ];
    let index = any::<prop::sample::Index>;
    let change = (index(), index(), prop_oneof![Just(0_u8), Just(1), Just(2), Just(3)], "[<>/=\"'&;#a-z0-9 ]{0,8}");
    (part, prop::collection::vec(change, 1..6)).prop_map(|((bytes, wanted), changes)| {
        let mut parts = parts(bytes);
        let (_, content) = parts.iter_mut().find(|(name, _)| name == wanted).unwrap();
        for (from, to, kind, text) in changes {
            let (from, to) = (from.index(content.len().max(1)), to.index(content.len().max(1)));
            let (from, to) = (from.min(to).min(content.len()), from.max(to).min(content.len()));
            match kind {
                0 => drop(content.splice(from..from, text.into_bytes())),
                1 => drop(content.splice(from..(from + 8).min(content.len()), text.into_bytes())),
                2 => content.truncate(to),
                _ => {
                    let part = content[from..to].to_vec();
                    content.splice(from..from, part);
                }
            }
        }
        zipped(&parts)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_spreadsheet_is_read_or_refused(bytes in damaged()) {
        for sheet in spreadsheet::read(&bytes).unwrap_or_default() {
            prop_assert!(sheet.rows.len() <= MAX_ROWS && sheet.width() <= MAX_COLUMNS);
            let _ = interpret(&sheet, &guess(&sheet).choices);
        }
    }

    #[test]
    fn a_damaged_zip_is_read_or_refused(
        file in prop::sample::select(vec![XLSX, ODS]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = file.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = spreadsheet::read(&bytes);
    }
}
