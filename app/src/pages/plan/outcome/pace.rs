//! What *Läge* means: how much of the year has passed, and how far from it a row is said to be before or behind it.

use crate::components::unbroken::unbroken;
use crate::domain::outcome::{FAR_FROM_PACE_KRONOR, FAR_FROM_PACE_POINTS, pace};
use crate::domain::{AmountUnit, IsoDate, Money};
use crate::pages::plan::desk::Desk;
use leptos::prelude::*;

/// The rule in words, for the outcome that is shown.
#[component]
pub fn PaceRule(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    move || {
        let text = rule(desk.booked.through()?)?;
        Some(view! { <p>{unbroken(&text)}</p> })
    }
}

fn rule(through: IsoDate) -> Option<String> {
    let passed = pace(through)?.percent(0);
    let much = Money::from_kronor(FAR_FROM_PACE_KRONOR).format_with_unit(AmountUnit::Kronor);
    Some(format!(
        "Till och med {through} har {passed}\u{a0}% av året gått. En rad är före eller efter takten om utfallet är mer än \
         {FAR_FROM_PACE_POINTS} procentenheter från det, och markeras om det också är mer än {much}."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_is_told_with_the_figures_it_goes_by() {
        let text = rule("2019-08-31".parse().expect("is a day")).expect("a year has a pace").replace('\u{a0}', " ");
        assert_eq!(
            text,
            "Till och med 2019-08-31 har 67 % av året gått. En rad är före eller efter takten om utfallet är mer än 20 \
             procentenheter från det, och markeras om det också är mer än 10 000 kr."
        );
    }
}
