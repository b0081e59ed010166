//! What is left of people who were erased: how many they were. Rows on one side, the domain's statistics on the other.

use app::domain::course::{
    Occasion, Party, Registration, Sex,
    statistics::{Count, Group, Statistics},
};

use crate::storage::erased::CountRow;

/// The counts of these registrations, as rows of an owner.
pub fn of<'a>(
    owner: &str,
    occasion: &Occasion,
    registrations: impl IntoIterator<Item = &'a Registration>,
) -> Vec<CountRow> {
    let mut statistics = Statistics::default();
    statistics.count(occasion, registrations);
    let row = |(group, count): (&Group, Count)| CountRow {
        owner: owner.to_owned(),
        course: group.course.clone(),
        year: group.year,
        party: group.party.as_word().to_owned(),
        sex: group.sex.as_word().to_owned(),
        line: occasion.cost_line,
        registered: i64::from(count.registered),
        attended: i64::from(count.attended),
    };
    statistics.groups().map(row).collect()
}

/// Adds rows to what was counted.
pub fn add(statistics: &mut Statistics, rows: &[CountRow]) {
    let number = |count: i64| u32::try_from(count).unwrap_or_default();
    for row in rows {
        let group = Group {
            year: row.year,
            course: row.course.clone(),
            party: Party::from_word(&row.party),
            sex: Sex::from_word(&row.sex),
        };
        statistics.add(group, Count { registered: number(row.registered), attended: number(row.attended) });
    }
}
