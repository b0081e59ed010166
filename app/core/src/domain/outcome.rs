//! The outcome: what has been booked through a date, and what the year is expected to end at.
//!
//! Holds what people write or import. How it stands against the budget is worked out.

mod standing;
mod sums;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use standing::{
    FAR_FROM_PACE_KRONOR, FAR_FROM_PACE_POINTS, ForecastProposal, LineStanding, LineState, OutcomeChange, beyond_pace,
    deviation, pace, share_of_budget, standing,
};
pub use sums::{MissingForecasts, OutcomeFigures, OutcomeSums};

use super::date::IsoDate;
use super::ids::{IncomeId, LineId, OutcomeId};
use super::money::Money;

/// *Utfall till och med*: booked amounts through a date. A year has several, which are kept and compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Which outcome this is.
    pub id: OutcomeId,
    /// *Till och med*: the last day that is booked.
    pub through: IsoDate,
    /// By budget line; a line that is absent has nothing written.
    pub lines: BTreeMap<LineId, OutcomeLine>,
    /// By row of income; a row that is absent has nothing written.
    pub income: BTreeMap<IncomeId, OutcomeIncome>,
}

/// *Utfallsrad*: what is known of a budget line's outcome. Empty is not zero.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeLine {
    /// *Utfall*: booked through the date.
    pub amount: Option<Money>,
    /// *Prognos*: expected for the full year. Proposed by the program, set by a person.
    pub forecast: Option<Money>,
    /// *Kommentar*.
    pub comment: String,
    /// *Föreslagen åtgärd*.
    pub action: String,
}

/// *Utfall av en intäkt*: the same for a row of income, where more is better.
pub type OutcomeIncome = OutcomeLine;
