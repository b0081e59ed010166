//! The zip that a spreadsheet is: opened, weighed, and refused if it would grow beyond bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{MAX_BYTES, MAX_INFLATED, SheetError};

/// Parts of a file. Some hundred is much.
const MAX_PARTS: usize = 2_000;
/// How many different texts a part may announce, for which calamine makes room before it has seen them.
const MAX_ANNOUNCED: usize = 1_000_000;

/// What kind of spreadsheet a file is, by what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `.xlsx` and `.xlsm`.
    Excel,
    /// `.ods`.
    OpenDocument,
}

/// An opened file.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    kind: Kind,
    /// Bytes that may still be inflated.
    budget: usize,
}

impl<'a> Package<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// [`SheetError`] for what is too large or no spreadsheet.
    pub fn open(bytes: &'a [u8]) -> Result<Self, SheetError> {
        if bytes.len() > MAX_BYTES {
            return Err(SheetError::too_large(MAX_BYTES / 1024 / 1024, "MB"));
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(SheetError::OldOrProtected);
        }
        if !bytes.starts_with(b"PK") {
            return Err(SheetError::NotASpreadsheet);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(SheetError::broken)?;
        if archive.len() > MAX_PARTS {
            return Err(SheetError::too_large(MAX_PARTS, "delar"));
        }
        let has = |name: &str| archive.index_for_name(name).is_some();
        let kind = match () {
            () if has("content.xml") && has("mimetype") => Kind::OpenDocument,
            () if has("[Content_Types].xml") && has("_rels/.rels") => Kind::Excel,
            () => return Err(SheetError::NotASpreadsheet),
        };
        Ok(Self { archive, kind, budget: MAX_INFLATED })
    }

    /// What kind it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// One part, inflated within what is left of the budget.
    ///
    /// # Errors
    /// A part that is missing, damaged or too large.
    pub fn part(&mut self, name: &str) -> Result<Vec<u8>, SheetError> {
        let index = self.archive.index_for_name(name);
        self.inflate(index.ok_or_else(|| SheetError::Broken(format!("{name} saknas")))?)
    }

    /// Inflates every part that calamine may read, once, so that reading it again cannot exceed the budget; and looks for
    /// what would make it reserve memory on a file's word.
    ///
    /// # Errors
    /// A file that is damaged or too large.
    pub fn weigh(&mut self) -> Result<(), SheetError> {
        for index in 0..self.archive.len() {
            let name = match self.archive.name_for_index(index) {
                Some(Ok(name)) => name.to_ascii_lowercase(),
                _ => return Err(SheetError::Broken("en del saknar namn".into())),
            };
            let part = self.inflate(index)?;
            // Pictures and macros are weighed like the rest, since a sheet may be called anything, but are no XML.
            if !name.ends_with(".xml") && !name.ends_with(".rels") {
                continue;
            }
            // Another encoding than UTF-8 would hide what is looked for here; no spreadsheet program writes one.
            if part.contains(&0) {
                return Err(SheetError::Broken(format!("{name} är inte skriven i UTF-8")));
            }
            if refers_beyond_reason(&part) {
                return Err(SheetError::Broken(format!("{name} pekar på en cell som inte finns")));
            }
            if announced(&part).is_some_and(|count| count > MAX_ANNOUNCED) {
                return Err(SheetError::too_large(MAX_ANNOUNCED, "texter"));
            }
        }
        Ok(())
    }

    fn inflate(&mut self, index: usize) -> Result<Vec<u8>, SheetError> {
        let part = self.archive.by_index(index).map_err(SheetError::broken)?;
        let mut bytes = Vec::new();
        // What a part says of its own size is not believed.
        let limit = self.budget as u64 + 1;
        part.take(limit).read_to_end(&mut bytes).map_err(SheetError::broken)?;
        self.budget = self
            .budget
            .checked_sub(bytes.len())
            .ok_or_else(|| SheetError::too_large(MAX_INFLATED / 1024 / 1024, "MB uppackat"))?;
        Ok(bytes)
    }
}

/// The largest number that stands after `uniqueCount`, wherever that is.
fn announced(part: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"uniqueCount";
    let after = |start: usize| {
        let digits = part[start + NAME.len()..].iter().skip_while(|byte| b" \t\r\n=\"'".contains(byte));
        let digits = digits.take_while(|byte| byte.is_ascii_digit()).map(|byte| usize::from(byte - b'0'));
        digits.fold(0_usize, |number, digit| number.saturating_mul(10).saturating_add(digit))
    };
    let places = part.windows(NAME.len()).enumerate().filter(|(_, window)| *window == NAME);
    places.map(|(start, _)| after(start)).max()
}

/// Whether a cell is named that no sheet has: more letters or digits than calamine counts to. Excel's last is `XFD1048576`.
fn refers_beyond_reason(part: &[u8]) -> bool {
    const LONGEST: usize = 7;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_:.-".contains(&byte);
    let begins = |at: usize| at.checked_sub(1).is_none_or(|before| !is_name(part[before]));
    let value = |after: usize| {
        let quote = part[after..].iter().skip_while(|byte| b" \t\r\n=".contains(byte)).copied().next();
        let quote = quote.filter(|byte| b"\"'".contains(byte))?;
        let start = after + part[after..].iter().position(|byte| *byte == quote)? + 1;
        let length = part[start..].iter().position(|byte| *byte == quote).unwrap_or(part.len() - start);
        Some(&part[start..start + length])
    };
    let runs_on = |value: &[u8]| {
        let is_longer = |is: fn(&u8) -> bool| value.split(|byte| !is(byte)).any(|run| run.len() > LONGEST);
        is_longer(u8::is_ascii_alphabetic) || is_longer(u8::is_ascii_digit)
    };
    let names: [&[u8]; 2] = [b"r", b"ref"];
    (0..part.len()).filter(|at| part[*at] == b'r' && begins(*at)).any(|at| {
        let named = |name: &&[u8]| {
            part[at..].starts_with(name) && part.get(at + name.len()).is_some_and(|byte| b" \t\r\n=".contains(byte))
        };
        names.iter().filter(|name| named(name)).filter_map(|name| value(at + name.len())).any(runs_on)
    })
}

#[cfg(test)]
mod tests {
    use super::{announced, refers_beyond_reason};

    #[test]
    fn a_cell_that_no_sheet_has_is_found_however_it_is_named() {
        for part in [
            "<c r=\"A1\"/><c r='XFD1048576'/>",
            "<dimension ref = \"A1:XFD1048576\"/>",
            "<sst xmlns:r=\"http://schemas\"/><x for=\"aaaaaaaaaa\" ror=\"12345678901\"/>",
            "<c r",
            "<c r=",
        ] {
            assert!(!refers_beyond_reason(part.as_bytes()), "{part}");
        }
        for part in [
            "<c r=\"AAAAAAAA1\"/>",
            "<row r='123456789'>",
            "<dimension\nref\n=\n\"A1:ABCDEFGH1\"/>",
            "<c t=\"s\"r=\"ABCDEFGHIJ",
        ] {
            assert!(refers_beyond_reason(part.as_bytes()), "{part}");
        }
    }

    #[test]
    fn an_announced_count_is_found_however_it_is_written() {
        for (part, count) in [
            ("<sst uniqueCount=\"12\" count='99'/>", Some(12)),
            ("<sst uniqueCount =\n'7'/><sst uniqueCount=\"99999999999999999999999\">", Some(usize::MAX)),
            ("<sst/>", None),
        ] {
            assert_eq!(announced(part.as_bytes()), count, "{part}");
        }
    }
}
