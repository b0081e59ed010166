//! Findings in Swedish: what was stated, what the figures give, by how much, and what may have happened.

use super::figure::{Figure, percent};
use super::finding::{Carried, FindingKind};
use crate::domain::money::{AmountUnit, Money};
use crate::domain::ratio::written;

/// How many of the figures that follow a wrong one its text names; all of them are in the finding.
const MOST_NAMED: usize = 6;

/// "Årets resultat 2022 anges till −1 486 tkr, men intäkter minus kostnader ger −1 559 tkr. Skillnaden är 73 tkr. …"
pub(super) fn wrong_figure(
    label: &str,
    stated: Figure,
    basis: &str,
    computed: Figure,
    allowed: (Figure, Figure),
    unit: AmountUnit,
) -> String {
    let rounding = if allowed.0 == allowed.1 {
        String::new()
    } else {
        let (least, most) = (allowed.0.format(unit), allowed.1.format(unit));
        format!(" Avrundning kan bara förklara värden från {least} till {most}.")
    };
    format!(
        "{label} anges till {}, men {basis} ger {}. Skillnaden är {}.{rounding}",
        stated.format(unit),
        computed.format(unit),
        difference(stated, computed, unit),
    )
}

/// The difference without its sign, in words that suit the figure.
pub(super) fn difference(one: Figure, other: Figure, unit: AmountUnit) -> String {
    let apart = match (one.value(), other.value()) {
        (Some(one), Some(other)) => i128::from(one) - i128::from(other),
        _ => 0,
    };
    let apart = i64::try_from(apart.abs()).unwrap_or(i64::MAX);
    match one {
        Figure::Percent(_) => format!("{} procentenheter", percent(apart)),
        Figure::Count(_) => written(apart.into(), 0),
        Figure::Money(_) | Figure::Empty => Money::from_ore(apart).format_with_unit(unit),
    }
}

/// A guess at what happened, where a share cannot be at all, or where the difference is exactly one of the terms.
pub(super) fn explanation(kind: FindingKind, stated: Figure, computed: Figure, terms: &[(&str, i128)]) -> String {
    if kind == FindingKind::ShareOfPopulation && computed > Figure::Percent(10_000) {
        return " Så stor kan andelen inte vara: kontrollera folkmängden.".to_owned();
    }
    let (Some(stated), Some(computed)) = (stated.value(), computed.value()) else { return String::new() };
    let missing = 2 * (i128::from(computed) - i128::from(stated));
    let like = |wanted: i128| {
        let mut same = terms.iter().filter(|(_, halves)| *halves == wanted && wanted != 0);
        same.next().filter(|_| same.next().is_none()).map(|(name, _)| *name)
    };
    match (like(missing), like(-missing)) {
        (Some(name), None) => format!(" Skillnaden är lika stor som {name}, som kan ha glömts."),
        (None, Some(name)) => format!(" Skillnaden är lika stor som {name}, som kan ha räknats två gånger."),
        _ => String::new(),
    }
}

/// "Den angivna siffran har räknats vidare till: …" for figures that rest on a wrong one.
pub(super) fn carried(carried: &[Carried], unit: AmountUnit) -> String {
    if carried.is_empty() {
        return String::new();
    }
    let named = carried.iter().take(MOST_NAMED).map(|it| {
        let (stated, computed) = (it.stated.format(unit), it.computed.format(unit));
        format!("{} ({stated} i stället för {computed})", it.place.label)
    });
    let rest = carried.len().saturating_sub(MOST_NAMED);
    let more = if rest > 0 { format!(" och {rest} till") } else { String::new() };
    format!(" Den angivna siffran har räknats vidare till: {}{more}.", named.collect::<Vec<_>>().join("; "))
}
