//! Splitting a shared cost between the associations, so that the parts add up to the öre.
//!
//! The remainder of a division is placed by the largest-remainder method, as the rules for shares by law ask,
//! and shown: see [`Split::rounded_up`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::AssociationId;
use super::money::Money;

/// *Fördelningsnyckel*: how a shared item's cost is divided between the associations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SplitKey {
    /// *Lika*: the same for all.
    Equal,
    /// *Efter bidrag*: in proportion to what each contributes.
    ByContribution,
    /// *För hand*: as written, whether or not it adds up.
    ByHand(BTreeMap<AssociationId, Money>),
    /// A key written by a newer version of Samplan; kept as it is, and not worked out.
    Unknown(String),
}

impl SplitKey {
    /// The key's name on the page.
    pub fn label(&self) -> &str {
        match self {
            Self::Equal => "Lika",
            Self::ByContribution => "Efter bidrag",
            Self::ByHand(_) => "För hand",
            Self::Unknown(_) => "Okänd nyckel",
        }
    }
}

/// *Fördelning*: a cost divided between associations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// Each association's part, in the order the associations were given.
    pub parts: Vec<(AssociationId, Money)>,
    /// Those whose part was rounded up to the next öre so that the parts add up.
    pub rounded_up: Vec<AssociationId>,
    /// The cost less the parts: nothing, except where parts are written by hand.
    pub difference: Money,
}

/// Why a cost cannot be divided. `Display` is Swedish and tells what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SplitProblem {
    /// There is nobody to divide between.
    #[error("Det finns inga förbund att fördela på. Lägg till förbundens bidrag.")]
    NoAssociations,
    /// In proportion to contributions, of which there are none.
    #[error("Fyll i förbundens bidrag för att fördela efter bidrag.")]
    NoContributions,
    /// In proportion to contributions, of which one is less than nothing.
    #[error("Det går inte att fördela efter bidrag när ett bidrag är negativt.")]
    NegativeContribution,
    /// The key comes from a newer version.
    #[error("Fördelningsnyckeln är gjord i en nyare version av Samplan. Uppdatera för att se fördelningen.")]
    UnknownKey,
}

/// Divides `total` between the associations of `contributions` by `key`.
///
/// An association without a contribution weighs nothing by contribution, and counts as one when equal.
///
/// # Errors
/// [`SplitProblem`] where the key cannot be worked out.
pub fn split(
    total: Money,
    key: &SplitKey,
    contributions: &[(AssociationId, Option<Money>)],
) -> Result<Split, SplitProblem> {
    if contributions.is_empty() {
        return Err(SplitProblem::NoAssociations);
    }
    let weights: Vec<u64> = match key {
        SplitKey::Unknown(_) => return Err(SplitProblem::UnknownKey),
        SplitKey::ByHand(written) => return Ok(by_hand(total, written, contributions)),
        SplitKey::Equal => vec![1; contributions.len()],
        SplitKey::ByContribution => contributions
            .iter()
            .map(|(_, amount)| u64::try_from(amount.map_or(0, Money::ore)))
            .collect::<Result<_, _>>()
            .map_err(|_| SplitProblem::NegativeContribution)?,
    };
    if weights.iter().all(|weight| *weight == 0) {
        return Err(SplitProblem::NoContributions);
    }
    let (amounts, rounded_up) = largest_remainder(total, &weights);
    let names = contributions.iter().map(|(association, _)| association.clone());
    Ok(Split {
        parts: names.clone().zip(amounts).collect(),
        rounded_up: names.zip(rounded_up).filter_map(|(name, up)| up.then_some(name)).collect(),
        difference: Money::ZERO,
    })
}

/// Parts as written; an association that nobody wrote a part for has none, and one outside the county still counts.
fn by_hand(
    total: Money,
    written: &BTreeMap<AssociationId, Money>,
    contributions: &[(AssociationId, Option<Money>)],
) -> Split {
    let known = contributions.iter().map(|(association, _)| association);
    let others = written.keys().filter(|name| !contributions.iter().any(|(known, _)| known == *name));
    let part = |name: &AssociationId| written.get(name).copied().unwrap_or(Money::ZERO);
    let parts: Vec<_> = known.chain(others).map(|name| (name.clone(), part(name))).collect();
    let difference = total - parts.iter().map(|(_, amount)| amount).sum::<Money>();
    Split { parts, rounded_up: Vec::new(), difference }
}

/// Divides `total` in proportion to `weights`, so that the parts add up to the öre.
///
/// Each part differs from the exact share by less than one öre. If all weights are zero the parts are equal.
///
/// ```
/// use samplan_core::domain::{Money, split_by_weights};
///
/// // Half from the state, a quarter each from region and municipality.
/// let parts = split_by_weights(Money::from_ore(10_001), &[2, 1, 1]);
/// assert_eq!(parts, [5_001, 2_500, 2_500].map(Money::from_ore));
/// ```
pub fn split_by_weights(total: Money, weights: &[u64]) -> Vec<Money> {
    largest_remainder(total, weights).0
}

/// The parts, and which of them were rounded up. Of equal remainders the first is served first.
fn largest_remainder(total: Money, weights: &[u64]) -> (Vec<Money>, Vec<bool>) {
    if weights.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let equal = vec![1; weights.len()];
    let weights = if weights.iter().all(|weight| *weight == 0) { &equal } else { weights };
    let ore = total.ore();
    let magnitude = u128::from(ore.unsigned_abs());
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    // At most 2^63 öre times a weight below 2^64: within 128 bits.
    let exact = |weight: u64| magnitude * u128::from(weight);
    let mut parts: Vec<u128> = weights.iter().map(|weight| exact(*weight) / sum).collect();
    let left = magnitude - parts.iter().sum::<u128>();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|at| (std::cmp::Reverse(exact(weights[*at]) % sum), *at));
    let mut rounded_up = vec![false; weights.len()];
    // What is left is less than the number of parts with a remainder, so that nobody is served twice.
    for at in by_remainder.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[at] += 1;
        rounded_up[at] = true;
    }
    let signed = |part: u128| {
        let part = i64::try_from(part).unwrap_or(i64::MAX);
        Money::from_ore(if ore < 0 { -part } else { part })
    };
    (parts.into_iter().map(signed).collect(), rounded_up)
}
