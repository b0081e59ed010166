//! Fractional order: text keys between any two of which there is room for another.
//!
//! Automerge's lists cannot move an element, so rows carry a key and are sorted by it, ties by id. Keys are digits
//! of base 62 after a comma, compared as text, and never end in `0`, or there would be no room before them. A row
//! at either end counts up or down in a head of four digits, so that a thousand rows added at the end have keys of
//! five characters, not of hundreds.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const HEAD: usize = 4;
const HEADS: u32 = 62 * 62 * 62 * 62;
/// Follows each head: the middle digit, so that there is room on both sides.
const MIDDLE: char = 'V';

/// A key strictly between two others; a side without a key is open. Sides that are no keys of ours, or stand the
/// wrong way round, count as open: a hostile document may misplace a row, no more.
pub(in crate::document) fn between(before: Option<&str>, after: Option<&str>) -> String {
    let before = before.filter(|key| is_key(key));
    let after = after.filter(|key| is_key(key) && before.is_none_or(|before| before < *key));
    match (before, after) {
        (None, None) => headed(HEADS / 2),
        (Some(before), None) => match head(before).checked_add(1) {
            Some(next) if next < HEADS => headed(next),
            _ => midpoint(before, None),
        },
        (None, Some(after)) => match head(after).checked_sub(1) {
            Some(next) => headed(next),
            None => midpoint("", Some(after)),
        },
        (Some(before), Some(after)) => midpoint(before, Some(after)),
    }
}

/// `count` keys in order, strictly between two others.
pub(in crate::document) fn several_between(before: Option<&str>, after: Option<&str>, count: usize) -> Vec<String> {
    let mut keys: Vec<String> = Vec::with_capacity(count);
    for _ in 0..count {
        let previous = keys.last().map(String::as_str).or(before);
        keys.push(between(previous, after));
    }
    keys
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.len() <= 1024 && !key.ends_with('0') && key.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn digit(byte: u8) -> u32 {
    u32::try_from(DIGITS.iter().position(|known| *known == byte).unwrap_or(0)).unwrap_or(0)
}

fn head(key: &str) -> u32 {
    (0..HEAD).fold(0, |sum, at| sum * 62 + key.as_bytes().get(at).map_or(0, |byte| digit(*byte)))
}

fn headed(mut number: u32) -> String {
    let mut head = [b'0'; HEAD];
    for place in head.iter_mut().rev() {
        *place = DIGITS[(number % 62) as usize];
        number /= 62;
    }
    head.iter().map(|byte| char::from(*byte)).chain([MIDDLE]).collect()
}

/// A key between `before` (empty: the very start) and `after` (none: the very end), of which `before < after`.
fn midpoint(before: &str, after: Option<&str>) -> String {
    let (before, after) = (before.as_bytes(), after.map(str::as_bytes));
    let mut key = String::new();
    let mut at = 0;
    // While both sides agree the key follows them; a side that has ended reads as zeros.
    let mut bounded = after.is_some();
    loop {
        let low = before.get(at).map_or(0, |byte| digit(*byte));
        let high = match after.filter(|_| bounded) {
            Some(after) => after.get(at).map_or(0, |byte| digit(*byte)),
            None => 62,
        };
        if high > low + 1 {
            key.push(char::from(DIGITS[((low + high) / 2) as usize]));
            return key;
        }
        // No room at this digit: follow the lower side, and from here on anything below the upper side is free.
        if high > low {
            bounded = false;
        }
        key.push(char::from(DIGITS[low as usize]));
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rows_added_at_either_end_keep_short_keys() {
        let mut last = between(None, None);
        let mut first = last.clone();
        for _ in 0..2_000 {
            let next = between(Some(&last), None);
            assert!(last < next && next.len() == 5);
            last = next;
            let next = between(None, Some(&first));
            assert!(next < first && next.len() == 5);
            first = next;
        }
    }

    #[test]
    fn keys_that_are_not_ours_never_panic() {
        for (before, after) in [("", "å"), ("zz0", "a"), ("b", "a"), ("zzzzV", ""), ("\u{0}", "\u{0}")] {
            assert!(!between(Some(before), Some(after)).is_empty());
        }
        assert!(between(Some("zzzzz"), None).as_str() > "zzzzz");
        assert!(between(None, Some("00001")).as_str() < "00001");
    }

    proptest! {
        #[test]
        fn there_is_always_room_between_two_keys(places in prop::collection::vec(any::<prop::sample::Index>(), 1..200)) {
            let mut keys: Vec<String> = Vec::new();
            for place in places {
                let at = place.index(keys.len() + 1);
                let before = at.checked_sub(1).map(|at| keys[at].clone());
                let after = keys.get(at).cloned();
                let key = between(before.as_deref(), after.as_deref());
                prop_assert!(before.is_none_or(|before| before < key));
                prop_assert!(after.is_none_or(|after| key < after));
                prop_assert!(is_key(&key));
                keys.insert(at, key);
            }
        }
    }
}
