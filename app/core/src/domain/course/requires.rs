//! *Förkunskaper* that go round in a circle: then nobody new can take any of the courses.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::CourseId;

/// What each course requires.
pub type Requires = BTreeMap<CourseId, BTreeSet<CourseId>>;

/// A circle that a course is in: the course, what it requires, what that requires, and so on, to the course again. None
/// where there is none.
pub fn circle(course: CourseId, requires: &Requires) -> Option<Vec<CourseId>> {
    let mut seen = BTreeSet::new();
    let mut way = vec![course];
    leads_to(course, course, requires, &mut seen, &mut way).then_some(way)
}

/// Goes on from `from`; whether `goal` is reached. `way` leads there then.
fn leads_to(
    from: CourseId,
    goal: CourseId,
    requires: &Requires,
    seen: &mut BTreeSet<CourseId>,
    way: &mut Vec<CourseId>,
) -> bool {
    for next in requires.get(&from).into_iter().flatten() {
        way.push(*next);
        if *next == goal || (seen.insert(*next) && leads_to(*next, goal, requires, seen, way)) {
            return true;
        }
        way.pop();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> CourseId {
        CourseId::from_random([number; 16])
    }

    fn requires(pairs: &[(u8, &[u8])]) -> Requires {
        pairs.iter().map(|(course, all)| (id(*course), all.iter().map(|number| id(*number)).collect())).collect()
    }

    #[test]
    fn a_circle_is_told_by_the_way_round_it() {
        let all = requires(&[(1, &[4, 2]), (2, &[3]), (3, &[1]), (4, &[])]);
        assert_eq!(circle(id(1), &all), Some(vec![id(1), id(2), id(3), id(1)]));
        assert_eq!(circle(id(5), &requires(&[(5, &[5])])), Some(vec![id(5), id(5)]));
    }

    #[test]
    fn what_two_courses_both_require_is_no_circle() {
        let all = requires(&[(1, &[2, 3]), (2, &[4]), (3, &[4]), (4, &[])]);
        assert_eq!(circle(id(1), &all), None);
        // A circle further on is that of other courses.
        assert_eq!(circle(id(9), &requires(&[(9, &[1]), (1, &[2]), (2, &[1])])), None);
    }
}
