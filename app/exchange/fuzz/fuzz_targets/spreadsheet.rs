//! Spreadsheets: whatever the bytes are, reading them ends in a value or in an error.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = samplan_exchange::spreadsheet::read(bytes);
});
