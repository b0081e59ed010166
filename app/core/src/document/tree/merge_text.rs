//! Takes one change of a text back, or does it again, on top of what others have written in it since.
//!
//! Works on plain text, so that an undo survives a reload and needs no walk through history.

use std::collections::BTreeMap;

/// More differences than this are taken as one: the work grows with their square, and nobody follows them.
const MOST_DIFFERENCES: usize = 1_500;

/// Applies what leads from `base` to `goal` to `current`, which others have made out of `base`.
///
/// Takes away only characters of `base` that are still there; whatever others have added stays.
pub(in crate::document) fn carry_over(base: &str, goal: &str, current: &str) -> String {
    if base == current {
        return goal.to_owned();
    }
    let (base, goal, current): (Vec<char>, Vec<char>, Vec<char>) =
        (base.chars().collect(), goal.chars().collect(), current.chars().collect());
    let mut kept: Vec<Option<usize>> = vec![None; base.len()];
    for (of_base, of_current) in common(&base, &current) {
        kept[of_base] = Some(of_current);
    }
    let mut taken = vec![false; current.len()];
    let mut added: BTreeMap<usize, String> = BTreeMap::new();
    let mut same = common(&base, &goal);
    same.push((base.len(), goal.len()));
    let (mut from_base, mut from_goal) = (0, 0);
    for (of_base, of_goal) in same {
        for at in kept[from_base..of_base].iter().flatten() {
            taken[*at] = true;
        }
        if of_goal > from_goal {
            // Right after the nearest character before it that is still there.
            let before = kept[..from_base].iter().rev().find_map(|at| *at);
            added.entry(before.map_or(0, |at| at + 1)).or_default().extend(&goal[from_goal..of_goal]);
        }
        (from_base, from_goal) = (of_base + 1, of_goal + 1);
    }
    let mut text = String::with_capacity(current.len());
    for at in 0..=current.len() {
        text.push_str(added.get(&at).map_or("", String::as_str));
        if at < current.len() && !taken[at] {
            text.push(current[at]);
        }
    }
    text
}

/// Positions of equal characters in two texts, both rising: a longest common subsequence.
fn common(a: &[char], b: &[char]) -> Vec<(usize, usize)> {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let mut pairs: Vec<(usize, usize)> = (0..start).map(|at| (at, at)).collect();
    let within = shortest_edit(&a[start..a.len() - end], &b[start..b.len() - end]);
    pairs.extend(within.into_iter().map(|(of_a, of_b)| (start + of_a, start + of_b)));
    pairs.extend((0..end).rev().map(|back| (a.len() - 1 - back, b.len() - 1 - back)));
    pairs
}

/// Myers' greedy algorithm (1986): furthest reaching paths by number of differences, then the way back.
fn shortest_edit(a: &[char], b: &[char]) -> Vec<(usize, usize)> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let most = (a.len() + b.len()).min(MOST_DIFFERENCES);
    // reach[k + most + 1]: how far into `a` the best path on diagonal k (into a less into b) comes.
    let zero = most + 1;
    let mut reach = vec![0_usize; 2 * zero + 1];
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for differences in 0..=most {
        rounds.push(reach[zero - differences..=zero + differences].to_vec());
        for diagonal in (zero - differences..=zero + differences).step_by(2) {
            let down = diagonal == zero - differences
                || (diagonal != zero + differences && reach[diagonal - 1] < reach[diagonal + 1]);
            let mut x = if down { reach[diagonal + 1] } else { reach[diagonal - 1] + 1 };
            // On diagonals beyond the edges paths run outside the texts and are never extended.
            let Some(mut y) = (x + zero).checked_sub(diagonal) else { continue };
            while x < a.len() && y < b.len() && a[x] == b[y] {
                (x, y) = (x + 1, y + 1);
            }
            reach[diagonal] = x;
            if x >= a.len() && y >= b.len() {
                return way_back(a.len(), b.len(), zero, &rounds);
            }
        }
    }
    Vec::new()
}

/// Follows the paths of each round back from the ends, and notes where the texts agree.
fn way_back(end_a: usize, end_b: usize, zero: usize, rounds: &[Vec<usize>]) -> Vec<(usize, usize)> {
    let (mut x, mut y) = (end_a, end_b);
    let mut pairs = Vec::new();
    for (differences, reach) in rounds.iter().enumerate().rev() {
        let diagonal = x + zero - y;
        let low = zero - differences;
        let at = |diagonal: usize| reach.get(diagonal.wrapping_sub(low)).copied().unwrap_or(0);
        let down = diagonal == low || (diagonal != zero + differences && at(diagonal - 1) < at(diagonal + 1));
        let from = if down { diagonal + 1 } else { diagonal - 1 };
        let (from_x, from_y) = if differences == 0 { (0, 0) } else { (at(from), at(from) + zero - from) };
        // The snake after the single step.
        let (snake_x, snake_y) = match differences {
            0 => (0, 0),
            _ if down => (from_x, from_y + 1),
            _ => (from_x + 1, from_y),
        };
        while x > snake_x && y > snake_y {
            (x, y) = (x - 1, y - 1);
            pairs.push((x, y));
        }
        (x, y) = (from_x, from_y);
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn taking_back_a_word_leaves_what_a_colleague_wrote_in_it() {
        for (base, goal, current, expected) in [
            ("hej världen", "", "hej fina världen", "fina "),
            ("Vår och höst", "Vår", "Vår och sen höst!", "Vårsen !"),
            ("Vår", "Vår och höst", "Tidig vår Vår", "Tidig vår Vår och höst"),
            ("abc", "aXc", "abc", "aXc"),
            ("abc", "", "", ""),
            ("", "ny", "annans", "nyannans"),
        ] {
            assert_eq!(carry_over(base, goal, current), expected, "{base} → {goal} on {current}");
        }
    }

    proptest! {
        #[test]
        fn an_untouched_text_goes_exactly_to_the_goal(base in "[a-c]{0,40}", goal in "[a-c]{0,40}") {
            prop_assert_eq!(carry_over(&base, &goal, &base), goal);
        }

        #[test]
        fn a_colleagues_letters_all_stay(base in "[a-c]{0,30}", goal in "[a-c]{0,30}", theirs in "[a-c0-9]{0,30}") {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            prop_assert_eq!(digits(&carry_over(&base, &goal, &theirs)), digits(&theirs));
        }

        #[test]
        fn common_letters_are_a_subsequence_of_both(a in "[a-d]{0,60}", b in "[a-d]{0,60}") {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            let pairs = common(&a, &b);
            prop_assert!(pairs.iter().all(|(x, y)| a[*x] == b[*y]));
            prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            prop_assert_eq!(pairs.len(), longest(&a, &b));
        }
    }

    fn longest(a: &[char], b: &[char]) -> usize {
        let mut row = vec![0; b.len() + 1];
        for x in a {
            let mut corner = 0;
            for (at, y) in b.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if x == y { corner + 1 } else { above.max(row[at]) };
                corner = above;
            }
        }
        row[b.len()]
    }
}
