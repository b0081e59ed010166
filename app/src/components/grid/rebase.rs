//! Carries what was typed in an open text editor over to what colleagues have made of the text meanwhile.
//!
//! An editor holds a copy of the text from when it was opened. Writing that copy back would take away what others
//! wrote since. So the user's change is found as one replaced stretch and put into the present text.

/// One stretch of a text, in characters, and what stands there instead.
struct Splice<'a> {
    start: usize,
    end: usize,
    with: &'a [char],
}

/// The present text with the change from `base` to `mine` made in it. Where both changed the same stretch, both
/// texts are kept, mine after theirs.
pub fn rebase(base: &str, mine: &str, present: &str) -> String {
    if base == present || mine == present {
        return mine.to_owned();
    }
    if base == mine {
        return present.to_owned();
    }
    let [base, mine, present] = [base, mine, present].map(|text| text.chars().collect::<Vec<_>>());
    let my = splice(&base, &mine);
    let their = splice(&base, &present);
    let grown = |position: usize| position + their.with.len() - (their.end - their.start);
    let (start, end) = if my.end <= their.start && my.start < their.start {
        (my.start, my.end)
    } else if my.start >= their.end {
        (grown(my.start), grown(my.end))
    } else {
        // Both touched the same words: keep theirs whole and put mine right after.
        let after = their.start + their.with.len();
        (after, after.max(if my.end > their.end { grown(my.end) } else { after }))
    };
    let mut merged: Vec<char> = present[..start].to_vec();
    merged.extend_from_slice(my.with);
    merged.extend_from_slice(&present[end..]);
    merged.into_iter().collect()
}

fn splice<'a>(from: &[char], to: &'a [char]) -> Splice<'a> {
    let start = from.iter().zip(to).take_while(|(one, other)| one == other).count();
    let tail = from[start..].iter().rev().zip(to[start..].iter().rev()).take_while(|(one, other)| one == other).count();
    Splice { start, end: from.len() - tail, with: &to[start..to.len() - tail] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, mine: &str, present: &str, expected: &str) {
        assert_eq!(rebase(base, mine, present), expected, "{base:?} → {mine:?}, meanwhile {present:?}");
    }

    #[test]
    fn without_a_colleague_what_i_typed_is_what_stands() {
        check("abc", "abd", "abc", "abd");
        check("", "ny", "", "ny");
        check("abc", "", "abc", "");
    }

    #[test]
    fn changes_in_different_places_are_both_kept() {
        check("Vår", "Vår 2021", "Tidig Vår", "Tidig Vår 2021");
        check("två träffar", "tre träffar", "två träffar i Sala", "tre träffar i Sala");
        check("a b c", "b c", "a b c d", "b c d");
    }

    #[test]
    fn changes_in_the_same_place_leave_nothing_out() {
        check("", "mitt", "deras", "derasmitt");
        check("gammal text", "min text", "deras text", "derasmin text");
    }

    #[test]
    fn an_editor_in_which_nothing_was_typed_changes_nothing() {
        check("abc", "abc", "abcd", "abcd");
        check("abc", "abcd", "abcd", "abcd");
    }
}
