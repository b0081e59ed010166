//! Demo data: occasions of the demo catalogues' courses, soon after a day, so that sign-up is open, and one of 2021 that
//! is over. Nobody has registered: there are no invented people.

use super::{DayFact, Draft, Fact, OccasionCommand};
use crate::domain::{Course, IsoDate, Organiser};

/// When and where a course of the demonstration is given.
struct Plan {
    /// Which course, by its short name.
    course: &'static str,
    days: Days,
    place: &'static str,
    link: &'static str,
    /// Number of places.
    capacity: u32,
}

enum Days {
    /// So many days after today.
    After(&'static [i64]),
    /// These.
    Of(&'static [&'static str]),
}

const PLANS: [Plan; 5] = [
    Plan { course: "Grund", days: Days::After(&[23, 24, 37, 38]), place: "Västerås", link: "", capacity: 24 },
    Plan { course: "Gruppledare", days: Days::After(&[30, 31, 58]), place: "Västerås", link: "", capacity: 16 },
    Plan { course: "Ledarskap", days: Days::After(&[44, 45, 65, 66]), place: "Västerås", link: "", capacity: 18 },
    Plan {
        course: "Nätverksträff",
        days: Days::After(&[51]),
        place: "Köping",
        link: "https://video.example/natverkstraff",
        capacity: 60,
    },
    Plan {
        course: "Grund",
        days: Days::Of(&["2021-03-09", "2021-03-10", "2021-04-13", "2021-04-14"]),
        place: "Västerås",
        link: "",
        capacity: 24,
    },
];

/// Occasions of those of `courses` that the demonstration gives, by `organiser`; `today` is the day it begins.
pub fn demo_occasions(organiser: &Organiser, courses: &[Course], today: IsoDate) -> Vec<Draft> {
    let made = |plan: &Plan| {
        let course = courses.iter().find(|course| course.short == plan.course)?;
        let dates: Vec<IsoDate> = match plan.days {
            Days::After(days) => days.iter().filter_map(|days| today.plus_days(*days)).collect(),
            Days::Of(days) => days.iter().filter_map(|day| day.parse().ok()).collect(),
        };
        let mut draft = Draft::of_course(organiser, course, courses, &dates)?;
        let closes = dates.first().and_then(|first| first.plus_days(-7));
        draft.commands.extend([
            OccasionCommand::SetCapacity { capacity: Some(plan.capacity) },
            OccasionCommand::SetText { fact: Fact::Place, value: plan.place.to_owned() },
            OccasionCommand::SetText { fact: Fact::Link, value: plan.link.to_owned() },
            OccasionCommand::SetDay { fact: DayFact::Closes, day: closes },
            OccasionCommand::Publish { published: true },
        ]);
        Some(draft)
    };
    PLANS.iter().filter_map(made).collect()
}
