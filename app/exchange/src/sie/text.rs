//! How the letters of an accounting file are written.
//!
//! The format says `#FORMAT PC8`, that is CP437, and most files say so; yet many programs write UTF-8 or Latin-1 below
//! that line. So the line is not believed. In this order:
//!
//! 1. a byte order mark decides: UTF-8 or UTF-16;
//! 2. bytes that are valid UTF-8 are UTF-8: Swedish text in another encoding is never valid by accident for long;
//! 3. else CP437 or Latin-1, whichever makes more of the bytes above 127 into å ä ö Å Ä Ö é É ü Ü. These letters have
//!    other bytes in the two, and what the wrong one gives in their place (`σ`, `Σ`, or control characters) is not
//!    Swedish. Where they tie, CP437, since the format says so.
//!
//! Latin-1 is read as Windows-1252, its extension, which those programs mean.

use std::borrow::Cow;

use samplan_core::domain::ledger::Encoding;

/// The letters that Swedish names are written with beyond ASCII.
const SWEDISH: &str = "åäöÅÄÖéÉüÜ";

/// CP437 from 128, as IBM's PC had it.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// Windows-1252 from 128 to 159; what it leaves open stays a control character.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// The text of a file, and how it was written.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return (String::from_utf8_lossy(rest), Encoding::Utf8);
    }
    for (mark, unit) in [(b"\xff\xfe", u16::from_le_bytes as fn([u8; 2]) -> u16), (b"\xfe\xff", u16::from_be_bytes)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let units = rest.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
            let text = char::decode_utf16(units).map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
            return (Cow::Owned(text), Encoding::Utf16);
        }
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return (Cow::Borrowed(text), Encoding::Utf8);
    }
    let cp437 = table(CP437);
    let latin1 = latin1();
    match swedish_letters(bytes, &latin1) > swedish_letters(bytes, &cp437) {
        true => (read_by(bytes, &latin1).into(), Encoding::Windows1252),
        false => (read_by(bytes, &cp437).into(), Encoding::Cp437),
    }
}

/// The 128 characters above ASCII.
type Table = [char; 128];

fn table(characters: &str) -> Table {
    let mut table = [char::REPLACEMENT_CHARACTER; 128];
    for (place, character) in table.iter_mut().zip(characters.chars()) {
        *place = character;
    }
    table
}

fn latin1() -> Table {
    let upper = ('\u{a0}'..='\u{ff}').collect::<String>();
    table(&format!("{WINDOWS_1252}{upper}"))
}

fn read_by(bytes: &[u8], table: &Table) -> String {
    bytes.iter().map(|byte| character(*byte, table)).collect()
}

fn character(byte: u8, table: &Table) -> char {
    match byte.checked_sub(128) {
        Some(above) => table[usize::from(above)],
        None => char::from(byte),
    }
}

fn swedish_letters(bytes: &[u8], table: &Table) -> usize {
    bytes.iter().filter(|byte| SWEDISH.contains(character(**byte, table)) && !byte.is_ascii()).count()
}

#[cfg(test)]
mod tests {
    use super::{CP437, Encoding, decode, latin1, table};

    const NAMES: &str = "Samordningsförbundet Exempel, Åmål, ÖVRIGT, Ärende, idé";

    fn written_in(table: &super::Table) -> Vec<u8> {
        let byte = |wanted: char| match wanted.is_ascii() {
            true => wanted as u8,
            false => 128 + table.iter().position(|it| *it == wanted).expect("the table has it") as u8,
        };
        NAMES.chars().map(byte).collect()
    }

    #[test]
    fn the_same_names_are_read_from_every_encoding() {
        let utf16 = |to_bytes: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            mark.into_iter().chain(NAMES.encode_utf16().flat_map(to_bytes)).collect::<Vec<_>>()
        };
        for (bytes, encoding) in [
            (NAMES.as_bytes().to_vec(), Encoding::Utf8),
            (format!("\u{feff}{NAMES}").into_bytes(), Encoding::Utf8),
            (utf16(u16::to_le_bytes, [0xff, 0xfe]), Encoding::Utf16),
            (utf16(u16::to_be_bytes, [0xfe, 0xff]), Encoding::Utf16),
            (written_in(&table(CP437)), Encoding::Cp437),
            (written_in(&latin1()), Encoding::Windows1252),
        ] {
            assert_eq!(decode(&bytes), (NAMES.into(), encoding));
        }
    }

    #[test]
    fn each_table_has_its_128_characters() {
        for table in [table(CP437), latin1()] {
            assert!(!table.contains(&char::REPLACEMENT_CHARACTER));
        }
        assert_eq!(CP437.chars().count(), 128);
    }

    #[test]
    fn a_file_that_shows_no_swedish_letter_is_read_as_the_format_says() {
        assert_eq!(decode(b"50 \xab a"), ("50 ½ a".into(), Encoding::Cp437));
    }
}
