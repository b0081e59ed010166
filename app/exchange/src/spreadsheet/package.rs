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

#[cfg(test)]
mod tests {
    use super::announced;

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
