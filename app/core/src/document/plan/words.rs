//! Values that are kept as one word, there and back.

use crate::domain::ledger::Destination;
use crate::domain::{AmountUnit, IncomeId, LineId, Precision};

/// How exactly amounts are known, as kept.
pub(super) fn precision_word(precision: Precision) -> &'static str {
    match precision {
        Precision::Exact => "exact",
        Precision::Printed(AmountUnit::Kronor) => "kr",
        Precision::Printed(AmountUnit::TusenKronor) => "tkr",
    }
}

/// How exactly amounts are known; what a newer version writes counts as exact.
pub(super) fn precision_of(word: &str) -> Precision {
    match word {
        "kr" => Precision::Printed(AmountUnit::Kronor),
        "tkr" => Precision::Printed(AmountUnit::TusenKronor),
        _ => Precision::Exact,
    }
}

/// Where what is booked belongs, as kept.
pub(super) fn destination_word(to: &Destination<LineId, IncomeId>) -> String {
    match to {
        Destination::Line(id) => format!("line/{id}"),
        Destination::Income(id) => format!("income/{id}"),
        Destination::LeaveOut => "leave-out".to_owned(),
    }
}

/// Where what is booked belongs; none for what this version does not know.
pub(super) fn destination_of(word: &str) -> Option<Destination<LineId, IncomeId>> {
    match word.split_once('/') {
        Some(("line", id)) => id.parse().ok().map(Destination::Line),
        Some(("income", id)) => id.parse().ok().map(Destination::Income),
        None if word == "leave-out" => Some(Destination::LeaveOut),
        _ => None,
    }
}
