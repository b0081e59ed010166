//! The table of full-year equivalents: women and men against everyone, rows against their totals, totals against the
//! population.

use super::finding::{FindingKind, Spot};
use super::inspection::{Inspection, Question};
use super::plan::{added, all, way};
use super::reading::{Known, share};
use crate::domain::equivalents::{Benefit, EquivalentRow, PopulationGroup};
use crate::domain::stated::{Stated, StatedFigures, StatedKey, StatedUnit};

/// What is known of a row's total, for the row of everyone that it is a part of.
struct RowTotal<'a> {
    row: &'a EquivalentRow,
    total: Option<Known>,
}

/// Judges the table. Counts are rounded to whole ones, so that a row of six may be three off its total.
pub(super) fn judge(inspection: &mut Inspection, rows: &[EquivalentRow], stated: &StatedFigures) {
    let (everyone, parts): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.group == PopulationGroup::Everyone);
    let mut totals: Vec<RowTotal> = Vec::new();
    // Women and men first: everyone is made of them.
    for row in parts.into_iter().chain(everyone) {
        let part = |group: PopulationGroup| {
            let is_part = |it: &&RowTotal| it.row.area == row.area && it.row.year == row.year && it.row.group == group;
            if row.group == PopulationGroup::Everyone { totals.iter().find(is_part) } else { None }
        };
        let (women, men) = (part(PopulationGroup::Women), part(PopulationGroup::Men));
        let mut counts = Vec::new();
        for (benefit, count) in &row.counts {
            let of = |part: Option<&RowTotal>| part.and_then(|part| count_of(part.row, benefit));
            let by_sex = (of(women), of(men));
            let ways = way("kvinnor och män", all(&[(1, "kvinnorna", &by_sex.0), (1, "männen", &by_sex.1)]));
            let label = format!("{}, {}", named(row), benefit.label());
            let spot = Spot::Equivalents(row.id, benefit.clone());
            let question = Question::new(FindingKind::EquivalentsBySex, spot, label);
            let known = inspection.judge(question, &ways, Stated::whole(i64::from(*count), StatedUnit::Count));
            counts.extend(known.map(|known| (benefit.label(), known)));
        }
        let key = StatedKey::EquivalentTotal(row.id);
        let question =
            Question::new(FindingKind::EquivalentTotal, Spot::Stated(key), format!("{}, totalt", named(row)));
        let by_sex = (women.and_then(|it| it.total.clone()), men.and_then(|it| it.total.clone()));
        let mut ways = added("ersättningarna", &counts);
        ways.extend(way("kvinnor och män", all(&[(1, "kvinnorna", &by_sex.0), (1, "männen", &by_sex.1)])));
        let total = inspection.judge(question, &ways, stated.get(key));

        let key = StatedKey::PopulationShare(row.id);
        if let (Some(stated), Some(total), Some(population)) = (stated.get(key), &total, row.population) {
            let population = Known::given(i64::from(population), Some(1));
            let label = format!("{}, andel av befolkningen 20–64 år", named(row));
            let question = Question::new(FindingKind::ShareOfPopulation, Spot::Stated(key), label);
            inspection.judge_last(question, "antalet genom folkmängden", share(total, &population), stated);
        }
        totals.push(RowTotal { row, total });
    }
}

fn count_of(row: &EquivalentRow, benefit: &Benefit) -> Option<Known> {
    row.counts.get(benefit).map(|count| Known::given(i64::from(*count), Some(1)))
}

fn named(row: &EquivalentRow) -> String {
    let group = match row.group {
        PopulationGroup::Everyone => String::new(),
        _ => format!(" {}", row.group.label().to_lowercase()),
    };
    format!("Helårsekvivalenter {} {}{group}", row.area, row.year)
}
