//! A cursor over untrusted bytes. It borrows and counts; it never allocates.

use super::Refusal;

/// The longest LEB128 of 64 bits.
const MAX_LEB_BYTES: usize = 10;

/// What is left to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.0
    }

    pub(super) fn byte(&mut self) -> Result<u8, Refusal> {
        let (first, rest) = self.0.split_first().ok_or(Refusal::CutShort)?;
        self.0 = rest;
        Ok(*first)
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], Refusal> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Refusal::CutShort)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        self.take(N)?.try_into().map_err(|_| Refusal::CutShort)
    }

    /// Bytes behind their own length.
    pub(super) fn prefixed(&mut self) -> Result<&'a [u8], Refusal> {
        let count = self.length()?;
        self.take(count)
    }

    /// A length in bytes, which can never exceed what is left.
    pub(super) fn length(&mut self) -> Result<usize, Refusal> {
        let length = usize::try_from(self.unsigned()?).map_err(|_| Refusal::CutShort)?;
        if length > self.0.len() { Err(Refusal::CutShort) } else { Ok(length) }
    }

    /// A count of things, held against `most`.
    pub(super) fn count(&mut self, most: usize, what: &'static str) -> Result<usize, Refusal> {
        let count = self.unsigned()?;
        usize::try_from(count).ok().filter(|count| *count <= most).ok_or(Refusal::TooMuch(what))
    }

    /// An unsigned LEB128 in its shortest form, so that automerge reads the same number from it.
    pub(super) fn unsigned(&mut self) -> Result<u64, Refusal> {
        let mut number = 0_u64;
        for index in 0..MAX_LEB_BYTES {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if index == MAX_LEB_BYTES - 1 && byte > 1 {
                return Err(Refusal::Number);
            }
            number |= bits << (7 * index);
            if byte & 0x80 == 0 {
                return if index > 0 && byte == 0 { Err(Refusal::Number) } else { Ok(number) };
            }
        }
        Err(Refusal::Number)
    }

    /// A signed LEB128 in its shortest form.
    pub(super) fn signed(&mut self) -> Result<i64, Refusal> {
        let mut number = 0_i64;
        let mut previous = 0_u8;
        for index in 0..MAX_LEB_BYTES {
            let byte = self.byte()?;
            let shift = 7 * index;
            number |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let negative = byte & 0x40 != 0;
                let too_large = index == MAX_LEB_BYTES - 1 && byte != 0 && byte != 0x7f;
                let previous_negative = previous & 0x40 != 0;
                let overlong = index > 0 && ((byte == 0 && !previous_negative) || (byte == 0x7f && previous_negative));
                if too_large || overlong {
                    return Err(Refusal::Number);
                }
                if negative && shift + 7 < 64 {
                    number |= -1_i64 << (shift + 7);
                }
                return Ok(number);
            }
            previous = byte;
        }
        Err(Refusal::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::{Bytes, Refusal};

    #[test]
    fn numbers_are_read_in_their_shortest_form_alone() {
        let rows: &[(&[u8], Result<u64, Refusal>)] = &[
            (&[0], Ok(0)),
            (&[0x7f], Ok(127)),
            (&[0x80, 1], Ok(128)),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], Ok(u64::MAX)),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2], Err(Refusal::Number)),
            (&[0x80, 0], Err(Refusal::Number)),
            (&[0x80], Err(Refusal::CutShort)),
            (&[], Err(Refusal::CutShort)),
        ];
        for (bytes, expected) in rows {
            assert_eq!(Bytes::new(bytes).unsigned(), *expected, "{bytes:?}");
        }
    }

    #[test]
    fn signed_numbers_keep_their_sign() {
        let rows: &[(&[u8], Result<i64, Refusal>)] = &[
            (&[0], Ok(0)),
            (&[0x7f], Ok(-1)),
            (&[0x40], Ok(-64)),
            (&[0xc0, 0], Ok(64)),
            (&[0xbf, 0x7f], Ok(-65)),
            (&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f], Ok(i64::MIN)),
            (&[0xff, 0], Ok(127)),
            (&[0xff, 0x7f], Err(Refusal::Number)),
            (&[0x80, 0], Err(Refusal::Number)),
        ];
        for (bytes, expected) in rows {
            assert_eq!(Bytes::new(bytes).signed(), *expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_length_beyond_the_end_is_refused_before_anything_is_taken() {
        assert_eq!(Bytes::new(&[0xff, 0xff, 0xff, 0xff, 0x0f]).prefixed(), Err(Refusal::CutShort));
    }
}
