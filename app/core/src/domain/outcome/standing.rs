//! How an outcome stands against its budget and against the part of the year that has passed.

use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::domain::date::IsoDate;
use crate::domain::ids::LineId;
use crate::domain::money::Money;
use crate::domain::ratio::Ratio;
use crate::domain::year::Year;

/// How many percentage points a line may stand from the pace of the year before it is said to be before or behind it.
///
/// Two to three months' worth: invoices that come a quarter late move a line by 25, and to say it of every such line
/// would say nothing.
pub const FAR_FROM_PACE_POINTS: i128 = 20;

/// And how much it must differ in kronor besides, to be marked: what a small line lacks is true and nobody's concern.
///
/// The smallest lines are of 5–10 thousand kronor, whose outcome is bound to come all at once.
pub const FAR_FROM_PACE_KRONOR: i32 = 10_000;

/// *Läge*: how a line's outcome stands. Never shown by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineStanding {
    /// *Över budget*: more is booked than the whole year's budget.
    OverBudget,
    /// *Före takten*: far more is booked than the part of the year that has passed.
    AheadOfPace,
    /// *Efter takten*: far less.
    BehindPace,
    /// *I takt*.
    OnPace,
    /// *Inget bokfört*: nothing is written.
    NothingYet,
    /// *Saknar budget*: the budget is empty or zero, and something is booked.
    NoBudget,
}

/// How a line stands, and whether people are asked to look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineState {
    /// How it stands.
    pub standing: LineStanding,
    /// Whether it is marked: over its budget, without one, or so far from the pace that it is much money too.
    pub is_marked: bool,
}

impl LineStanding {
    /// The standing in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::OverBudget => "Över budget",
            Self::AheadOfPace => "Före takten",
            Self::BehindPace => "Efter takten",
            Self::OnPace => "I takt",
            Self::NothingYet => "Inget bokfört",
            Self::NoBudget => "Saknar budget",
        }
    }
}

/// *Utfall i % av budget*: exact; none where the budget is empty or zero, or the outcome empty.
///
/// Shown as [`Ratio::percent`] of no decimals, half away from zero.
pub fn share_of_budget(outcome: Option<Money>, budget: Option<Money>) -> Option<Ratio> {
    Ratio::new(outcome?.ore().into(), budget?.ore().into())
}

/// *Takt*: the share of the year that has passed with this day, by calendar days. 2019-08-31 is 243/365.
pub fn pace(through: IsoDate) -> Option<Ratio> {
    let year = Year::new(through.year()).ok()?;
    Ratio::new(through.day_of_year().into(), year.days().into())
}

/// *Avvikelse*: budget less forecast. Above zero, less is spent than planned. None where either is empty.
pub fn deviation(budget: Option<Money>, forecast: Option<Money>) -> Option<Money> {
    Some(budget? - forecast?)
}

/// *Avvikelse mot takten*: what is booked beyond the budget's share of the part of the year that has passed,
/// rounded to whole öre.
pub fn beyond_pace(outcome: Money, budget: Money, through: IsoDate) -> Option<Money> {
    let expected = pace(through)?.times_rounded(budget.ore().into());
    i64::try_from(expected).ok().map(|expected| outcome - Money::from_ore(expected))
}

/// How a line stands: see [`LineStanding`] and the two constants above.
pub fn standing(outcome: Option<Money>, budget: Option<Money>, through: IsoDate) -> LineState {
    let quiet = |standing| LineState { standing, is_marked: false };
    let marked = |standing| LineState { standing, is_marked: true };
    let Some(outcome) = outcome else { return quiet(LineStanding::NothingYet) };
    let Some(budget) = budget.filter(|budget| *budget > Money::ZERO) else {
        return if outcome.is_zero() { quiet(LineStanding::NothingYet) } else { marked(LineStanding::NoBudget) };
    };
    if outcome > budget {
        return marked(LineStanding::OverBudget);
    }
    let Some(beyond) = beyond_pace(outcome, budget, through) else { return quiet(LineStanding::OnPace) };
    let points = i128::from(beyond.ore()) * 100;
    if points.abs() <= FAR_FROM_PACE_POINTS * i128::from(budget.ore()) {
        return quiet(LineStanding::OnPace);
    }
    let standing = if beyond.is_negative() { LineStanding::BehindPace } else { LineStanding::AheadOfPace };
    LineState { standing, is_marked: beyond.abs() > Money::from_kronor(FAR_FROM_PACE_KRONOR) }
}

/// *Förslag till prognos*: how a forecast can be proposed. A person sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForecastProposal {
    /// *Rak framskrivning*: the outcome over the part of the year that has passed, to whole kronor.
    Linear,
    /// *Enligt budget*: the year ends as planned.
    Budget,
}

impl ForecastProposal {
    /// The proposal's name on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Linear => "Rak framskrivning",
            Self::Budget => "Enligt budget",
        }
    }

    /// The forecast proposed for a line; none where what it rests on is empty.
    pub fn propose(self, outcome: Option<Money>, budget: Option<Money>, through: IsoDate) -> Option<Money> {
        match self {
            Self::Linear => linear(outcome?, through),
            Self::Budget => budget,
        }
    }
}

fn linear(outcome: Money, through: IsoDate) -> Option<Money> {
    let year = Year::new(through.year()).ok()?;
    let days = (i128::from(year.days()), i128::from(through.day_of_year()));
    let kronor = Ratio::new(i128::from(outcome.ore()) * days.0, 100 * days.1)?.times_rounded(1);
    Some(Money::from_ore(i64::try_from(kronor * 100).ok()?))
}

/// *Jämförelse*: a row's outcome at two dates, or that of a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeChange {
    /// Booked through the earlier date.
    pub earlier: Option<Money>,
    /// Booked through the later date.
    pub later: Option<Money>,
}

impl OutcomeChange {
    /// *Skillnad*: later less earlier. What was empty counts as nothing booked yet; none where the later is empty, since
    /// what is booked does not go away: nobody has written it yet.
    pub fn difference(self) -> Option<Money> {
        Some(self.later? - self.earlier.unwrap_or_default())
    }

    /// *Skillnad i procent* of what was booked through the earlier date; none where nothing was, or nothing has changed.
    pub fn percent(self) -> Option<Ratio> {
        let (earlier, difference) = (self.earlier?, self.difference()?);
        if difference.is_zero() {
            return None;
        }
        Ratio::new(difference.ore().into(), earlier.ore().unsigned_abs().into())
    }
}

impl Outcome {
    /// *Jämför utfall*: line by line with an earlier outcome. `lines` says which, and in what order.
    pub fn changes_since(&self, earlier: &Self, lines: impl IntoIterator<Item = LineId>) -> Vec<OutcomeChange> {
        let amount = |outcome: &Self, line: LineId| outcome.lines.get(&line).and_then(|row| row.amount);
        let change = |line| OutcomeChange { earlier: amount(earlier, line), later: amount(self, line) };
        lines.into_iter().map(change).collect()
    }

    /// *Summa utfall* of these lines; none where nothing is booked.
    pub fn sum(&self, lines: impl IntoIterator<Item = LineId>) -> Option<Money> {
        let amounts = lines.into_iter().filter_map(|line| self.lines.get(&line)?.amount);
        amounts.reduce(|sum, amount| sum + amount)
    }

    /// *Summa prognos* of these lines; none where no forecast is set.
    pub fn forecast_sum(&self, lines: impl IntoIterator<Item = LineId>) -> Option<Money> {
        let forecasts = lines.into_iter().filter_map(|line| self.lines.get(&line)?.forecast);
        forecasts.reduce(|sum, amount| sum + amount)
    }
}
