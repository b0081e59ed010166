//! An outcome's stated sums, and its percentages of the budget.

use super::finding::{FindingKind, Spot};
use super::inspection::{Inspection, Question};
use super::plan::{YearKnown, added, amount};
use super::reading::{Known, share};
use crate::domain::budget::Budget;
use crate::domain::outcome::Outcome;
use crate::domain::stated::{StatedFigures, StatedKey};

/// Judges an outcome; `year` is what is known of the budget of its year, if the plan has that year.
pub(super) fn judge(
    inspection: &mut Inspection,
    budget: &Budget,
    year: Option<&YearKnown>,
    outcome: &Outcome,
    stated: &StatedFigures,
) {
    let through = outcome.through;
    let label = |what: &str, name: &str| format!("{what} t.o.m. {through}, {name}");
    let percent = |inspection: &mut Inspection, key, name: &str, part: Option<&Known>, whole: Option<&Known>| {
        let (Some(stated), Some(part), Some(whole)) = (stated.get(key), part, whole) else { return };
        let question =
            Question::new(FindingKind::PercentOfBudget, Spot::Stated(key), label("Utfall i % av budget", name));
        inspection.judge_last(question, "utfall genom budget", share(part, whole), stated);
    };

    let mut sections = Vec::new();
    for (at, section) in budget.sections.iter().enumerate() {
        let mut booked = Vec::new();
        for line in &section.lines {
            let Some(money) = outcome.lines.get(&line.id).and_then(|row| row.amount) else { continue };
            let known = Known::given(money.ore(), stated.amounts.step(money));
            let whole = year.and_then(|year| amount(&line.amounts, year.year, stated.amounts));
            let key = StatedKey::OutcomeLinePercent(outcome.id, line.id);
            percent(inspection, key, &line.name, Some(&known), whole.as_ref());
            booked.push((line.name.as_str(), known));
        }
        let key = StatedKey::OutcomeSectionSum(outcome.id, section.id);
        let name = format!("summa {}", section.name);
        let question = Question::new(FindingKind::OutcomeSum, Spot::Stated(key), label("Utfall", &name));
        let sum = inspection.judge(question, &added("raderna", &booked), stated.get(key));
        let key = StatedKey::OutcomeSectionPercent(outcome.id, section.id);
        let whole = year.and_then(|year| year.sections.get(at)).and_then(|(_, sum)| sum.as_ref());
        percent(inspection, key, &name, sum.as_ref(), whole);
        sections.extend(sum.map(|sum| (section.name.as_str(), sum)));
    }
    let key = StatedKey::OutcomeTotal(outcome.id);
    let question = Question::new(FindingKind::OutcomeSum, Spot::Stated(key), label("Utfall", "total summa"));
    let total = inspection.judge(question, &added("avsnitten", &sections), stated.get(key));
    let key = StatedKey::OutcomeTotalPercent(outcome.id);
    percent(inspection, key, "total summa", total.as_ref(), year.and_then(|year| year.cost.as_ref()));
}
