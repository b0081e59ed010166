//! Columns of changes and documents: run-length encodings, counted rather than written out.

use super::bytes::Bytes;
use super::{Refusal, chunk};
use crate::limits::Limits;

/// More columns than any version has; unknown ones are let through, for versions to come.
const MAX_COLUMNS: usize = 64;
/// The bit of a specification that says the column is compressed.
const DEFLATED: u64 = 0b1000;
/// The column with one row for each operation: id 4, whole numbers.
const ACTION: u64 = 4 << 4 | 2;

/// One column: its specification, and how many bytes it takes.
pub(super) struct Column {
    specification: u64,
    length: usize,
}

/// What the columns hold when every run is written out.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Rows {
    /// Operations.
    pub(super) operations: u64,
    /// The longest column, or the sum of a group's sizes where that is more: nothing may hold more rows than we
    /// are ready to write out, whichever column the reader takes its count from.
    longest: u64,
    /// Bytes of names, each as often as its run repeats it.
    pub(super) repeated_bytes: u64,
}

impl Rows {
    /// What is charged for it: operations, or rows of whatever else there is more of.
    pub(super) fn cost(&self) -> u64 {
        self.operations.max(self.longest)
    }
}

/// Reads the specifications that precede the columns' bytes.
pub(super) fn read_specifications(input: &mut Bytes<'_>) -> Result<Vec<Column>, Refusal> {
    let count = input.count(MAX_COLUMNS, "columns of a chunk")?;
    let mut columns = Vec::with_capacity(count);
    for _ in 0..count {
        let specification = input.unsigned()?;
        if specification > u64::from(u32::MAX) {
            return Err(Refusal::Number);
        }
        columns.push(Column { specification, length: input.length()? });
    }
    Ok(columns)
}

/// Counts the columns of a change, none of which may be compressed on its own.
pub(super) fn count_change(columns: &[Column], input: &mut Bytes<'_>, most: u64) -> Result<Rows, Refusal> {
    let mut counter = Counter { most, rows: Rows::default(), value_bytes: None };
    for column in columns {
        if column.specification & DEFLATED != 0 {
            return Err(Refusal::Columns);
        }
        counter.column(column.specification, input.take(column.length)?)?;
    }
    counter.done()
}

/// Counts the columns of a document's changes or operations, inflating those that are compressed.
pub(super) fn count_document(
    columns: &[Column],
    input: &mut Bytes<'_>,
    limits: &Limits,
    bytes_left: &mut usize,
) -> Result<Rows, Refusal> {
    let mut counter = Counter { most: limits.document_operations, rows: Rows::default(), value_bytes: None };
    for column in columns {
        let bytes = input.take(column.length)?;
        let inflated;
        let bytes = if column.specification & DEFLATED == 0 {
            bytes
        } else {
            inflated = chunk::inflate(bytes, *bytes_left)?;
            &inflated
        };
        *bytes_left = bytes_left.checked_sub(bytes.len()).ok_or(Refusal::TooMuch("bytes of a document"))?;
        counter.column(column.specification & !DEFLATED, bytes)?;
    }
    let rows = counter.done()?;
    if rows.repeated_bytes > limits.inflated_document_bytes as u64 {
        return Err(Refusal::TooMuch("repeated names of a document"));
    }
    Ok(rows)
}

struct Counter {
    most: u64,
    rows: Rows,
    /// Bytes that the metadata of values says the values take, until the values themselves have come.
    value_bytes: Option<u64>,
}

impl Counter {
    fn column(&mut self, specification: u64, bytes: &[u8]) -> Result<(), Refusal> {
        let mut input = Bytes::new(bytes);
        let rows = match specification & 0b111 {
            0 => self.group(&mut input)?,
            1 | 2 => self.runs(&mut input, |input, _| input.unsigned().map(drop))?,
            3 => self.runs(&mut input, |input, _| input.signed().map(drop))?,
            4 => self.booleans(&mut input)?,
            5 => self.names(&mut input)?,
            6 => self.value_metadata(&mut input)?,
            _ => return self.values(bytes),
        };
        if specification == ACTION {
            self.rows.operations = rows;
        }
        Ok(())
    }

    fn done(self) -> Result<Rows, Refusal> {
        if self.value_bytes.is_some_and(|bytes| bytes > 0) { Err(Refusal::Columns) } else { Ok(self.rows) }
    }

    fn hold(&mut self, rows: u64) -> Result<u64, Refusal> {
        if rows > self.most {
            return Err(Refusal::TooMuch("operations of a change"));
        }
        self.rows.longest = self.rows.longest.max(rows);
        Ok(rows)
    }

    /// Walks a run-length encoding. `value` reads one value and is told how often it stands there.
    fn runs(
        &mut self,
        input: &mut Bytes<'_>,
        mut value: impl FnMut(&mut Bytes<'_>, u64) -> Result<(), Refusal>,
    ) -> Result<u64, Refusal> {
        let mut rows = 0_u64;
        while !input.is_empty() {
            let run = input.signed()?;
            let count = match run {
                0 => input.unsigned()?,
                _ => run.unsigned_abs(),
            };
            rows = self.hold(rows.saturating_add(count))?;
            if run > 0 {
                value(input, count)?;
            } else if run < 0 {
                // Each literal takes a byte at least, so the bytes bound the loop.
                (0..count).try_for_each(|_| value(input, 1))?;
            }
        }
        Ok(rows)
    }

    /// The sizes of groups; their members stand in columns of their own, but the reader loops over the sizes.
    fn group(&mut self, input: &mut Bytes<'_>) -> Result<u64, Refusal> {
        let mut members = 0_u64;
        let rows = self.runs(input, |input, count| {
            members = members.saturating_add(input.unsigned()?.saturating_mul(count));
            Ok(())
        })?;
        self.hold(members)?;
        Ok(rows)
    }

    fn names(&mut self, input: &mut Bytes<'_>) -> Result<u64, Refusal> {
        let mut repeated = 0_u64;
        let rows = self.runs(input, |input, count| {
            repeated = repeated.saturating_add((input.prefixed()?.len() as u64).saturating_mul(count));
            Ok(())
        })?;
        self.rows.repeated_bytes = self.rows.repeated_bytes.saturating_add(repeated);
        Ok(rows)
    }

    fn booleans(&mut self, input: &mut Bytes<'_>) -> Result<u64, Refusal> {
        let mut rows = 0_u64;
        while !input.is_empty() {
            rows = self.hold(rows.saturating_add(input.unsigned()?))?;
        }
        Ok(rows)
    }

    /// Four bits of type and the length of the value, which must be there.
    fn value_metadata(&mut self, input: &mut Bytes<'_>) -> Result<u64, Refusal> {
        let mut bytes = 0_u64;
        let rows = self.runs(input, |input, count| {
            bytes = bytes.saturating_add((input.unsigned()? >> 4).saturating_mul(count));
            Ok(())
        })?;
        self.value_bytes = Some(bytes);
        Ok(rows)
    }

    fn values(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        match self.value_bytes.take() {
            Some(expected) if expected <= bytes.len() as u64 => Ok(()),
            _ => Err(Refusal::Columns),
        }
    }
}
