//! Reading a budget out of a foreign spreadsheet: sheets laid out as such budgets are.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use proptest::prelude::*;
use samplan_core::domain::sheet::{Cell, ImportRow, RowRole, Sheet, guess, interpret};
use samplan_core::domain::{AmountUnit, Money, Year};

/// A sheet as it is pasted: cells between `|`. What looks like a bare number is one.
fn sheet(text: &str) -> Sheet {
    let cell = |text: &str| match text.trim().parse() {
        Ok(number) => Cell::Number(number),
        Err(_) => Cell::from_text(text),
    };
    let row = |line: &str| line.split('|').map(cell).collect();
    Sheet { name: "Budget".into(), rows: text.lines().map(row).collect() }
}

fn year(number: i32) -> Year {
    Year::new(number).unwrap()
}

fn tkr(amounts: &[Option<i32>]) -> Vec<Option<Money>> {
    amounts.iter().map(|amount| amount.map(|tkr| Money::from_kronor(tkr * 1_000))).collect()
}

fn of(row: &ImportRow) -> Vec<Option<Money>> {
    [2021, 2022, 2023].iter().map(|number| row.amounts.get(&year(*number)).copied()).collect()
}

/// The layout of a real plan, with the figures of its budget for 2021.
const PLAN: &str = "\
Budget 2021 utblick 2022-2023
Beslutad 2021-03-26
 | Budget 2021 | Utblick 2022 | Utblick 2023
Intäkter partner | 13310 tkr | 11979 tkr | 11316 tkr
Insatser
Samordningsteam Västerås | 7 876 | 8 022 | 8 000
JobbFokus 2.0/SPIRA | 3 605 | 1 924 | -
Länsgemensamma utbildningsinsatser | 250 | 250 | 250
Lokala utbildningsinsatser Västerås | 800 | 600 | 500
Kartläggning/utvärdering/implementering | 250 | 250 | 250
Genomförandestudie: främja den psykiska hälsan/SIM | 1 124 | – | -
Insatskatalog/Indikatorer/Grönkvist | 130 | 140 | 140
Utvecklingsmedel ej intecknade medel | 3 000 | 840 | 700
Summa tkr | 17 035 | 12 026 | 9 840
Styrelsen
Revision auktor. revisor | 60 | 62 | 63
Politikerarvode | 70 | 70 | 70
Löneadministration | 8 | 8 | 8
Konferens | 35 | 50 | 50
Representation | 6 | 9 | 9
Övrigt | 5 | 10 | 10
Summa tkr | 184 | 209 | 210
Administration
Administrativa tjänster Servicepartner | 26 | 26 | 26
Redovisningskostnader | 81 | 76 | 76
Bankkostnader | 11 | 11 | 11
Förbundssamordnartjänst | 1097 | 1097 | 1120
Representation | 6 | 11 | 11
Resekostnader | 2 | 6 | 7
Hemsida och nyhetsbrev | 10 | 10 | 15
Utbildning, konferenser | 7 | 20 | 20
Serviceavg. NNS | 27 | 25 | 23
Trycksaker, böcker | 10 | 11 | 11
Övrigt | 10 | 10 | 10
Summa tkr | 1 287 | 1 303 | 1 330
TOTAL summa tkr | 18 506 | 13 538 | 11 380

Resultat intäkter - kostnader | −5 196 | −1 486 | −64
Kvarstående medel, eget kapital från föregående år | 8 241 | 3 045 | 1 486
";

#[test]
fn the_layout_of_a_real_plan_is_understood_without_help() {
    let sheet = sheet(PLAN);
    let guess = guess(&sheet);
    assert_eq!(guess.doubts, Vec::<String>::new());
    assert_eq!(guess.choices.unit, AmountUnit::TusenKronor);
    assert_eq!(guess.choices.year_columns.values().copied().collect::<Vec<_>>(), [2021, 2022, 2023].map(year));

    let seen = interpret(&sheet, &guess.choices);
    assert_eq!((seen.refused.as_slice(), seen.rounded), (&[][..], 0));
    let sections: Vec<_> = seen.sections.iter().map(|it| (it.name.as_str(), it.lines.len())).collect();
    assert_eq!(sections, [("Insatser", 8), ("Styrelsen", 6), ("Administration", 11)]);
    let spira = &seen.sections[0].lines[1];
    assert_eq!((spira.name.as_str(), of(spira)), ("JobbFokus 2.0/SPIRA", tkr(&[Some(3_605), Some(1_924), None])));
    assert_eq!(of(&seen.income[0]), tkr(&[Some(13_310), Some(11_979), Some(11_316)]));
    assert_eq!(of(seen.opening_equity.as_ref().unwrap()), tkr(&[Some(8_241), Some(3_045), Some(1_486)]));

    // The sums that the plan prints are kept beside their sections, and nothing of them is imported.
    let sums: Vec<_> = seen.sums.iter().map(|(section, row)| (*section, of(row)[0])).collect();
    let printed = |tkr_: i32| Some(Money::from_kronor(tkr_ * 1_000));
    assert_eq!(
        sums,
        [(Some(0), printed(17_035)), (Some(1), printed(184)), (Some(2), printed(1_287)), (Some(2), printed(18_506)),]
    );
    let imported: Money = seen.sections[0].lines.iter().filter_map(|line| of(line)[0]).sum();
    assert_eq!(Some(imported), printed(17_035));
}

#[test]
fn years_notes_and_units_are_found_in_other_layouts() {
    for (text, name_column, years, unit, note_column) in [
        // A column of numbers before the names, kronor in the heading, and an outcome that is no budget.
        (
            "Nr | Konto | Utfall 2020 (kr) | Budget 2021 (kr) | Kommentar\n1 | Hyra | 900 | 1000 | per år\n2 | Revision | 1 | 2 |",
            1,
            vec![(3, 2021)],
            AmountUnit::Kronor,
            Some(4),
        ),
        // Years as numbers; the size of the amounts tells the unit.
        (
            "Post | 2024 | 2025\nHyra | 120000 | 125000\nRevision | 61000 | 62000",
            0,
            vec![(1, 2024), (2, 2025)],
            AmountUnit::Kronor,
            None,
        ),
        (
            "Post | 2024 | 2025\nHyra | 120 | 125\nRevision | 61 | 62",
            0,
            vec![(1, 2024), (2, 2025)],
            AmountUnit::TusenKronor,
            None,
        ),
        // The names to the right of a year and its notes, and comments that are no names.
        (
            "Not | Utblick 2022 (tkr) | Rad | Budget 2021 | Kommentar\n1 | 8 | Team | 7 | fler\n | 2 | Revision | 1 |",
            2,
            vec![(1, 2022), (3, 2021)],
            AmountUnit::TusenKronor,
            Some(4),
        ),
        // The same year twice.
        ("Post | 2021 | Budget 2021\nHyra | 1 | 2", 0, vec![(2, 2021)], AmountUnit::TusenKronor, None),
    ] {
        let choices = guess(&sheet(text)).choices;
        assert_eq!(choices.name_column, name_column, "{text}");
        let found: Vec<_> = choices.year_columns.iter().map(|(column, year)| (*column, year.number())).collect();
        assert_eq!(found, years, "{text}");
        assert_eq!((choices.unit, choices.note_column), (unit, note_column), "{text}");
    }
}

#[test]
fn a_sheet_without_years_is_not_guessed_at() {
    let sheet = sheet("Post | Belopp\nHyra | 120");
    let mut guess = guess(&sheet);
    assert!(guess.choices.year_columns.is_empty() && guess.doubts[0].contains("Peka ut"));
    // The user points out the column, and the rows follow.
    guess.choices.year_columns.insert(1, year(2021));
    guess.choices.first_row = 1;
    guess.choices.roles = samplan_core::domain::sheet::guess_roles(&sheet, &guess.choices);
    let seen = interpret(&sheet, &guess.choices);
    assert_eq!(seen.sections[0].lines[0].name, "Hyra");
}

#[test]
fn an_empty_line_in_a_section_is_a_line_and_a_sum_without_a_name_is_a_sum() {
    let sheet = sheet(
        "tkr | 2021\nInsatser\nTeam | 10\nFörstudie\nUtbildning | 5\n | 15\n\nStyrelsen\nRevision | 60\nSumma | 60",
    );
    let seen = interpret(&sheet, &guess(&sheet).choices);
    let names: Vec<Vec<_>> =
        seen.sections.iter().map(|it| it.lines.iter().map(|it| it.name.as_str()).collect()).collect();
    assert_eq!(names, [vec!["Team", "Förstudie", "Utbildning"], vec!["Revision"]]);
    assert!(seen.sections[0].lines[1].amounts.is_empty());
    assert_eq!(seen.sums.len(), 2);
}

#[test]
fn what_cannot_be_read_is_told_by_its_cell() {
    let mut sheet =
        sheet("tkr | 2021\nHyra | cirka 10\nRevision | 1.234 tkr\nFel | 1\n | 7\nStort | 1\nBra | 0.123456");
    sheet.rows[3][1] = Cell::Fault("#REF!".into());
    sheet.rows[5][1] = Cell::Number("99999999999999".parse().unwrap());
    let seen = interpret(&sheet, &guess(&sheet).choices);
    let places: Vec<_> = seen.refused.iter().map(|it| it.place.as_str()).collect();
    assert_eq!(places, ["B2", "B3", "B4", "A5", "B6"]);
    assert!(seen.refused[2].reason.contains("#REF!"));
    let [good] = seen.sections[0].lines.as_slice() else { panic!("one line is left: {seen:?}") };
    assert_eq!((good.amounts[&year(2021)], seen.rounded), (Money::from_ore(12_346), 1));
}

#[test]
fn columns_are_named_as_spreadsheets_do() {
    for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")] {
        assert_eq!(Sheet::column_name(column), name);
    }
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        3 => Just(Cell::Empty),
        3 => "(Summa|Intäkter|Insatser|Resultat|Budget 202[0-9]|Övrigt|[a-zåäö %.,-]{0,12}|[0-9 ,.−-]{1,8}( tkr)?)".prop_map(Cell::Text),
        3 => any::<i64>().prop_map(|number| Cell::Number(rust_decimal::Decimal::new(number, 4))),
        1 => (2015..2030_i64).prop_map(|year| Cell::Number(year.into())),
        1 => Just(Cell::Fault("#DIV/0!".into())),
        1 => Just(Cell::Date("2021-01-01".parse().unwrap())),
    ]
}

proptest! {
    #[test]
    fn every_row_ends_in_exactly_one_place(rows in prop::collection::vec(prop::collection::vec(any_cell(), 0..6), 0..30)) {
        let sheet = Sheet { name: String::new(), rows };
        let choices = guess(&sheet).choices;
        let seen = interpret(&sheet, &choices);
        let mut places: Vec<usize> = seen.sections.iter().flat_map(|it| it.row.into_iter().chain(it.lines.iter().map(|line| line.row))).collect();
        places.extend(seen.income.iter().chain(&seen.opening_equity).map(|row| row.row));
        places.extend(seen.sums.iter().map(|(_, row)| row.row));
        places.extend(seen.skipped.iter().map(|(row, _)| *row));
        places.extend(seen.refused.iter().map(|it| it.row));
        places.sort_unstable();
        let filled: Vec<usize> = (0..sheet.rows.len()).filter(|row| !sheet.rows[*row].iter().all(Cell::is_empty)).collect();
        prop_assert_eq!(places, filled);
    }

    #[test]
    fn roles_that_the_user_sets_are_followed(row in 3..34_usize, role in prop_oneof![Just(RowRole::Skip), Just(RowRole::Sum), Just(RowRole::Income)]) {
        let sheet = sheet(PLAN);
        let mut choices = guess(&sheet).choices;
        choices.roles.insert(row, role);
        let seen = interpret(&sheet, &choices);
        let is_line = seen.sections.iter().flat_map(|it| &it.lines).any(|line| line.row == row);
        prop_assert!(!is_line);
    }
}
