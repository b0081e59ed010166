//! Whatever the bytes are, reading them ends, in a value or in an error that says what to do.
//!
//! A stand-in for the fuzzer that runs everywhere (`fuzz/` has the real one): files of the corpus with bytes changed,
//! dropped, doubled and cut, from seeds that the test runner prints when one fails.

use proptest::prelude::*;
use samplan_exchange::sie;

const CORPUS: [&[u8]; 7] = [
    include_bytes!("corpus/type1-utf8-bom.se"),
    include_bytes!("corpus/type2-latin1.se"),
    include_bytes!("corpus/type3-utf8.se"),
    include_bytes!("corpus/type4-cp437.se"),
    include_bytes!("corpus/type4-utf16.se"),
    include_bytes!("corpus/type4-windows1252.se"),
    include_bytes!("corpus/type4i-cp437.si"),
];

#[derive(Debug, Clone)]
enum Change {
    Set(prop::sample::Index, u8),
    Remove(prop::sample::Index),
    Insert(prop::sample::Index, String),
    Cut(prop::sample::Index),
    Double(prop::sample::Index, prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let index = || any::<prop::sample::Index>();
    prop_oneof![
        4 => (index(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        2 => index().prop_map(Change::Remove),
        4 => (index(), "[#{}\" \t\n\\\\0-9.A-Z-]{1,6}").prop_map(|(at, text)| Change::Insert(at, text)),
        1 => index().prop_map(Change::Cut),
        2 => (index(), index()).prop_map(|(from, to)| Change::Double(from, to)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    if bytes.is_empty() {
        return;
    }
    match change {
        Change::Set(at, byte) => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Change::Remove(at) => drop(bytes.remove(at.index(bytes.len()))),
        Change::Insert(at, text) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, text.bytes());
        }
        Change::Cut(at) => bytes.truncate(at.index(bytes.len())),
        Change::Double(from, to) => {
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            let part = bytes[from.min(to)..from.max(to)].to_vec();
            bytes.splice(from..from, part);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_accounting_file_is_read_or_refused(
        file in prop::sample::select(CORPUS.to_vec()),
        changes in prop::collection::vec(change(), 1..8),
    ) {
        let mut bytes = file.to_vec();
        changes.iter().for_each(|change| apply(&mut bytes, change));
        match sie::read(&bytes) {
            Ok(ledger) => {
                // Sums stay within what an amount can hold, whatever the file says.
                let sum: i128 = ledger.bookings.iter().map(|booking| i128::from(booking.amount.ore())).sum();
                prop_assert!(i64::try_from(sum).is_ok());
            }
            Err(error) => prop_assert!(!error.reason.is_empty()),
        }
    }

    #[test]
    fn bytes_of_any_kind_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = sie::read(&bytes);
    }
}
