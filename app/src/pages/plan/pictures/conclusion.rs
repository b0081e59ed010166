//! What each picture shows, in a sentence: worked out from its figures, so that the heading is never wrong.

use crate::domain::money::AmountUnit;
use crate::domain::picture::{BookedLines, Costs};
use crate::domain::{EquityYear, IsoDate, LineStanding, Money};

/// How the costs go from the first year to the last.
pub fn of_costs(costs: &Costs, unit: AmountUnit) -> String {
    let written: Vec<_> =
        costs.years.iter().zip(&costs.totals).filter_map(|(year, total)| Some((year, (*total)?))).collect();
    let shown = |amount: Money| amount.format_with_unit(unit);
    match (written.first(), written.last()) {
        (None, _) | (_, None) => "Inga kostnader är ifyllda än".to_owned(),
        (Some((year, total)), Some((last, _))) if year == last => format!("Kostnaderna är {} {year}", shown(*total)),
        (Some((first, from)), Some((last, to))) if from == to => {
            format!("Kostnaderna är {} både {first} och {last}", shown(*from))
        }
        (Some((first, from)), Some((last, to))) => {
            let verb = if to < from { "minskar" } else { "ökar" };
            format!("Kostnaderna {verb} från {} {first} till {} {last}", shown(*from), shown(*to))
        }
    }
}

/// Whether saved funds run out, exceed their ceiling, or keep below it.
pub fn of_equity(years: &[EquityYear], unit: AmountUnit) -> String {
    let shown = |amount: Money| amount.format_with_unit(unit);
    let Some(first) = years.iter().find(|year| year.closing.is_some()) else {
        return "Eget kapital går inte att räkna ut än".to_owned();
    };
    let over: Vec<(&EquityYear, Money)> = years
        .iter()
        .filter(|year| year.is_over_ceiling())
        .filter_map(|year| Some((year, year.over_ceiling()?)))
        .collect();
    let negative = years.iter().find_map(|year| Some((year, year.closing.filter(|closing| closing.is_negative())?)));
    if let Some((year, closing)) = negative {
        return format!("Eget kapital räcker inte: vid slutet av {} är det {}", year.year, shown(closing));
    }
    match over.as_slice() {
        [] if years.iter().all(|year| year.over_ceiling().is_none()) => {
            format!("Eget kapital är {} vid slutet av {}", first.closing.map(shown).unwrap_or_default(), first.year)
        }
        [] => "Eget kapital håller sig inom taket alla år".to_owned(),
        [(year, amount)] => format!("Eget kapital ligger {} över taket {}", shown(*amount), year.year),
        [(from, _), .., (to, _)] => {
            let most = over.iter().max_by_key(|(_, amount)| *amount);
            let most = most.map(|(year, amount)| format!(", som mest {} {}", shown(*amount), year.year));
            let which = if over.len() == years.len() {
                "alla år".to_owned()
            } else {
                format!("{} av {} år, {}–{}", over.len(), years.len(), from.year, to.year)
            };
            format!("Eget kapital ligger över taket {which}{}", most.unwrap_or_default())
        }
    }
}

/// How much of the budget is booked, and how many lines are over theirs.
pub fn of_outcome(through: IsoDate, lines: &BookedLines, unit: AmountUnit) -> String {
    let Some(outcome) = lines.outcome else { return format!("Inget är bokfört till och med {through}") };
    let share = lines.share().map(|share| format!(", {}\u{a0}% av budgeten", share.percent(0))).unwrap_or_default();
    let over = lines.lines.iter().filter(|row| row.state.standing == LineStanding::OverBudget).count();
    let over = match over {
        0 => String::new(),
        1 => "; 1 rad är över budget".to_owned(),
        count => format!("; {count} rader är över budget"),
    };
    format!("{} är bokfört till och med {through}{share}{over}", outcome.format_with_unit(unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::demo;
    use crate::domain::equity::roll;
    use crate::domain::picture::{booked, costs};

    const TKR: AmountUnit = AmountUnit::TusenKronor;

    fn plain(text: String) -> String {
        text.replace('\u{a0}', " ")
    }

    #[test]
    fn the_demo_s_pictures_say_what_the_plan_shows() {
        let budget = demo::budget_2021().budget;
        assert_eq!(
            plain(of_costs(&costs(&budget, 6), TKR)),
            "Kostnaderna minskar från 18 506 tkr 2021 till 11 380 tkr 2023"
        );
        let plan = demo::outcome_2019();
        let text = plain(of_outcome(plan.outcomes[0].through, &booked(&plan.budget, &plan.outcomes[0]), TKR));
        assert!(text.contains("tkr är bokfört till och med 2019-08-31, "), "{text}");
        assert!(text.contains("% av budgeten"), "{text}");
    }

    #[test]
    fn equity_over_the_ceiling_is_said_with_its_year_and_amount() {
        let mut budget = demo::budget_2021().budget;
        // 3 045 against 20 % of 13 310, and 1 486 against 20 % of 11 979.
        assert_eq!(plain(of_equity(&roll(&budget), TKR)), "Eget kapital ligger 383 tkr över taket 2021");
        budget.opening_equity = budget.opening_equity.map(|opening| opening + Money::from_kronor(10_000_000));
        let text = plain(of_equity(&roll(&budget), TKR));
        assert!(text.starts_with("Eget kapital ligger över taket alla år, som mest"), "{text}");
        budget.opening_equity = Some(Money::ZERO);
        let text = plain(of_equity(&roll(&budget), TKR));
        assert_eq!(text, "Eget kapital räcker inte: vid slutet av 2021 är det −5 196 tkr");
        budget.opening_equity = None;
        assert_eq!(of_equity(&roll(&budget), TKR), "Eget kapital går inte att räkna ut än");
    }

    #[test]
    fn an_empty_budget_says_so() {
        let mut budget = demo::budget_2021().budget;
        budget.sections.clear();
        assert_eq!(of_costs(&costs(&budget, 6), TKR), "Inga kostnader är ifyllda än");
    }
}
