//! Accounting files of each type and encoding, written by us from the format's description. They all tell of the same
//! bookings, so they must give the same sums.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use samplan_core::domain::ledger::{Ledger, Resolution};
use samplan_core::domain::{IsoDate, Money};
use samplan_exchange::sie::{self, SieError};

const TYPE_1: &[u8] = include_bytes!("corpus/type1-utf8-bom.se");
const TYPE_2: &[u8] = include_bytes!("corpus/type2-latin1.se");
const TYPE_3: &[u8] = include_bytes!("corpus/type3-utf8.se");
const TYPE_4: &[u8] = include_bytes!("corpus/type4-cp437.se");
const TYPE_4_UTF16: &[u8] = include_bytes!("corpus/type4-utf16.se");
const TYPE_4_WINDOWS: &[u8] = include_bytes!("corpus/type4-windows1252.se");
const TYPE_4I: &[u8] = include_bytes!("corpus/type4i-cp437.si");

const ALL: [(&str, &[u8]); 7] = [
    ("1", TYPE_1),
    ("2", TYPE_2),
    ("3", TYPE_3),
    ("4", TYPE_4),
    ("4 in UTF-16", TYPE_4_UTF16),
    ("4 in Windows-1252", TYPE_4_WINDOWS),
    ("4I", TYPE_4I),
];

fn day(text: &str) -> IsoDate {
    text.parse().unwrap()
}

fn ore(ore: i64) -> Money {
    Money::from_ore(ore)
}

/// What is booked on an account, with and without objects.
fn on(ledger: &Ledger, account: &str) -> Money {
    ledger.bookings.iter().filter(|booking| booking.account.to_string() == account).map(|booking| booking.amount).sum()
}

fn with(ledger: &Ledger, dimension: u32, code: &str) -> Money {
    let has = |it: &&samplan_core::domain::ledger::Booking| it.objects.get(&dimension).is_some_and(|it| it == code);
    ledger.bookings.iter().filter(has).map(|booking| booking.amount).sum()
}

#[test]
fn every_type_and_encoding_gives_the_same_names_and_the_same_sums() {
    for (name, bytes) in ALL {
        let ledger = sie::read(bytes).unwrap();
        assert_eq!(ledger.company, "Samordningsförbundet Exempel", "{name}");
        assert_eq!(ledger.organisation_number.as_deref(), Some("222000-0000"), "{name}");
        assert_eq!(ledger.program, "Exempelbok 3.2", "{name}");
        assert_eq!(ledger.year, Some((day("2021-01-01"), day("2021-12-31"))), "{name}");
        assert_eq!(ledger.through, Some(day("2021-04-30")), "{name}");
        let names: Vec<_> = ledger.accounts.values().map(|account| account.name.as_str()).collect();
        assert!(
            names.contains(&"Köp av insatser") && names.contains(&"Arvoden till förtroendevalda"),
            "{name}: {names:?}"
        );
        assert_eq!(ledger.notes, Vec::<String>::new(), "{name}");

        for (account, sum) in [
            ("3010", -332_750_000),
            ("3030", -166_375_000),
            ("4010", 140_616_717),
            ("4020", 4_125_000),
            ("5010", 1_150_000),
            ("7010", 1_749_975),
        ] {
            assert_eq!(on(&ledger, account), ore(sum), "type {name}, account {account}");
        }
        assert_eq!(ledger.total(day("2021-04-30")), ore(-514_858_308), "type {name}");
    }
}

#[test]
fn each_type_is_dated_as_finely_as_it_can_be() {
    for (bytes, resolution, through_march, reach) in [
        (TYPE_1, Resolution::Year, -514_858_308, "2021-04-30"),
        (TYPE_2, Resolution::Month, -519_608_283, "2021-03-31"),
        (TYPE_3, Resolution::Month, -519_608_283, "2021-03-31"),
        (TYPE_4, Resolution::Day, -519_608_283, "2021-04-29"),
        (TYPE_4I, Resolution::Day, -519_608_283, "2021-04-29"),
    ] {
        let ledger = sie::read(bytes).unwrap();
        assert_eq!(ledger.resolution, resolution);
        // The last day before the bookings of April: months that have not ended are not in.
        assert_eq!(ledger.total(day("2021-04-29")), ore(through_march), "{resolution:?}");
        assert_eq!(ledger.reach(day("2021-04-29")), Some(day(reach)), "{resolution:?}");
    }
}

#[test]
fn cost_centres_and_projects_are_told_apart_where_the_file_does() {
    for (name, bytes) in [("3", TYPE_3), ("4", TYPE_4)] {
        let ledger = sie::read(bytes).unwrap();
        assert_eq!(ledger.dimensions[&1], "Kostnadsställe");
        assert_eq!(ledger.object_name(6, "P2"), Some("Förstudie \"Öppna dörrar\""));
        assert_eq!(with(&ledger, 1, "10"), ore(144_741_717), "type {name}");
        assert_eq!(with(&ledger, 6, "P1"), ore(131_266_667), "type {name}");
        assert_eq!(
            with(&ledger, 6, "P2"),
            ore(9_350_050),
            "an added row counts once, a removed one never: type {name}"
        );
        // 500 kronor of the rent were credited without a cost centre.
        assert_eq!(with(&ledger, 1, "30"), ore(1_200_000), "type {name}");
    }
}

#[test]
fn a_ledger_is_the_same_after_its_way_through_json() {
    for (_, bytes) in ALL {
        let ledger = sie::read(bytes).unwrap();
        let json = serde_json::to_string(&ledger).unwrap();
        assert_eq!(serde_json::from_str::<Ledger>(&json).unwrap(), ledger);
    }
}

/// A file of type 4 with these lines in it.
fn file(lines: &str) -> Vec<u8> {
    format!("#FLAGGA 0\n#SIETYP 4\n#RAR 0 20210101 20211231\n{lines}").into_bytes()
}

#[test]
fn a_broken_line_is_told_by_number_and_reason() {
    let voucher = |row: &str| format!("#VER A 1 20210131 \"Hyra\"\n{{\n{row}\n}}\n");
    for (lines, line, said) in [
        (voucher("#TRANS 4010 {} 100.005"), 6, "”100.005” är inget belopp"),
        (voucher("#TRANS 4010 {} 100,50"), 6, "decimalpunkt"),
        (voucher("#TRANS 4010 {} 1 000.50"), 6, "”000.50” är inget datum"),
        (voucher("#TRANS 4010 {}"), 6, "inget belopp"),
        (voucher("#TRANS 4010 100.00"), 6, "Objektlistan saknas"),
        (voucher("#TRANS 4010 {1} 100.00"), 6, "parvis"),
        (voucher("#TRANS 4010 {1 \"10\" 1 \"20\"} 100.00"), 6, "dimension 1 två gånger"),
        (voucher("#TRANS 40A0 {} 100.00"), 6, "inget kontonummer"),
        (voucher("#TRANS 4010 {} 99999999999999.00"), 6, "ett för stort belopp"),
        (voucher("#TRANS 4010 {} 99999999999999999999999"), 6, "ett för stort belopp"),
        ("#VER A 1 2021-01-31\n{\n}\n".into(), 4, "ÅÅÅÅMMDD"),
        ("#VER A 1 20210230\n{\n}\n".into(), 4, "”20210230” är inget datum"),
        ("#VER A 1 20210131\n{\n#TRANS 4010 {} 1.00\n".into(), 4, "avklippt"),
        ("#VER A 1 20210131\n{\n#VER A 2 20210131\n{\n}\n".into(), 4, "avslutas inte"),
        ("#TRANS 4010 {} 1.00\n".into(), 4, "#VER"),
        ("}\n".into(), 4, "Klammern }"),
        ("{\n}\n".into(), 4, "Klammern {"),
        ("#PSALDO 0 202113 4010 {} 1.00\n".into(), 4, "ÅÅÅÅMM"),
        ("#PSALDO 0 202101 4010 {} 1.00\n#PSALDO 0 202101 4010 {} 1.00\n".into(), 5, "två gånger"),
        ("#RES 0 4010 1.00\n#RES 0 4010 2.00\n".into(), 5, "två gånger"),
        ("#KONTO \"4010 Insatser\n".into(), 4, "Citattecknet"),
        ("#UB 0 1930 12.345\n".into(), 4, "inget belopp"),
        ("4010 Insatser\n".into(), 4, "etikett"),
        ("#RAR 0 20211231 20210101\n".into(), 4, "slutar innan det börjar"),
    ] {
        let error = sie::read(&file(&lines)).expect_err(&lines);
        assert_eq!(error.line, Some(line), "{lines}: {error}");
        assert!(error.reason.contains(said), "{lines}: {error}");
        assert!(error.to_string().starts_with(&format!("Rad {line}: ")));
    }
}

#[test]
fn lines_may_end_by_a_carriage_return_alone() {
    let ledger = sie::read(b"#FLAGGA 0\r#SIETYP 4\r#KONTO 4010 \"Hyra\"\r").expect("an accounting file");
    assert_eq!(ledger.accounts.values().map(|account| account.name.as_str()).collect::<Vec<_>>(), ["Hyra"]);
}

#[test]
fn what_is_no_accounting_file_is_told_as_such() {
    let read = |bytes: &[u8]| sie::read(bytes).expect_err("not a file");
    for (bytes, said) in [
        (&b""[..], "tom"),
        (b"\r\n\r\n", "tom"),
        (b"Konto;Belopp\n4010;100", "inte en SIE-fil"),
        (b"PK\x03\x04", "inte en SIE-fil"),
        (b"<?xml version=\"1.0\"?><Sie/>", "SIE 5"),
    ] {
        let SieError { line, reason } = read(bytes);
        assert_eq!(line, None);
        assert!(reason.contains(said), "{reason}");
    }
    assert!(read(&vec![b'#'; sie::MAX_BYTES + 1]).reason.contains("32 MB"));
    assert_eq!(read(&[&b"#FLAGGA 0\n#FNAMN "[..], &vec![b'a'; sie::MAX_LINE]].concat()).line, Some(2));
}

#[test]
fn labels_that_are_not_known_are_skipped_whatever_they_hold() {
    let lines = "#FRAMTIDA {{ \"\n#KSUMMA\n#TAXAR 2021\n#VER A 1 20210131 {\n#OKAND 1\n#TRANS 4010 {} 1.5\n}\n";
    assert_eq!(on(&sie::read(&file(lines)).unwrap(), "4010"), ore(150));
}

#[test]
fn a_year_that_does_not_begin_with_the_calendars_is_told() {
    for (year, is_told) in [("20200701 20210630", true), ("20210101 20211231", false), ("20210101 20220630", false)] {
        let lines = format!("#FLAGGA 0\n#SIETYP 1\n#RAR 0 {year}\n#RES 0 4010 100.00\n");
        let notes = sie::read(lines.as_bytes()).unwrap().notes;
        assert_eq!(notes.iter().any(|note| note.contains("inte vid årsskiftet")), is_told, "{year}: {notes:?}");
    }
}

#[test]
fn a_file_that_contradicts_itself_is_read_and_says_so() {
    for (lines, said) in [
        ("#RES 0 4010 9.00\n#VER A 1 20210131\n{\n#TRANS 4010 {} 1.00\n#TRANS 1930 {} -1.00\n}\n", "årssaldo"),
        ("#VER A 1 20210131\n{\n#TRANS 4010 {} 1.00\n}\n", "inte jämnt ut"),
        ("#VER A 1 20220131\n{\n#TRANS 4010 {} 1.00\n#TRANS 1930 {} -1.00\n}\n", "utanför räkenskapsåret"),
        ("#PSALDO 0 202101 4010 {1 \"10\"} 1.00\n#PSALDO 0 202101 4010 {6 \"P\"} 2.00\n", "överlappar"),
        ("#KONTO 4010 Insatser\n", "inga bokförda belopp"),
    ] {
        let notes = sie::read(&file(lines)).unwrap().notes;
        assert!(notes.iter().any(|note| note.contains(said)), "{said}: {notes:?}");
    }
}
