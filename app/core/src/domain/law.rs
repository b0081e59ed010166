//! The parties' shares by law: half from the state, a quarter from the region, a quarter from the municipalities.
//!
//! Lag (2003:1210) om finansiell samordning av rehabiliteringsinsatser. Försäkringskassan pays the state's half, also
//! for Arbetsförmedlingen.

use serde::{Deserialize, Serialize};

use super::budget::{Budget, PartyKind};
use super::ids::IncomeId;
use super::money::Money;
use super::split::split_by_weights;
use super::year::Year;

/// *Andelar enligt lag*: a total divided between the parties, exact to the öre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawShares {
    /// *Staten*: half.
    pub state: Money,
    /// *Regionen*: a quarter.
    pub region: Money,
    /// *Kommunerna*: together a quarter, by their keys, in the order these were given.
    pub municipalities: Vec<Money>,
    /// The parts that were rounded up to the next öre so that all add up.
    pub rounded_up: Vec<LawPart>,
}

/// One of the parts of [`LawShares`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LawPart {
    /// The state's half.
    State,
    /// The region's quarter.
    Region,
    /// The share of the municipality at this place.
    Municipality(usize),
}

/// Divides `total` by law. Keys that are all zero count equally; without a municipality its quarter has no payer.
///
/// None without a municipality: three quarters are not the whole.
///
/// ```
/// use samplan_core::domain::{Money, law};
///
/// let shares = law::shares(Money::from_ore(10_003), &[2, 1]).ok_or("no municipality")?;
/// assert_eq!((shares.state.ore(), shares.region.ore()), (5_001, 2_501));
/// assert_eq!(shares.municipalities, [1_667, 834].map(Money::from_ore));
/// # Ok::<(), &str>(())
/// ```
pub fn shares(total: Money, municipalities: &[u64]) -> Option<LawShares> {
    if municipalities.is_empty() {
        return None;
    }
    let keys: Vec<u64> = if municipalities.iter().all(|key| *key == 0) {
        vec![1; municipalities.len()]
    } else {
        // Four times the sum of the keys is the whole. Halved until that fits, which only keys beyond any count need.
        let mut keys = municipalities.to_vec();
        while keys.iter().try_fold(0_u64, |sum, key| sum.checked_add(*key)).is_none_or(|sum| sum > u64::MAX / 4) {
            keys.iter_mut().for_each(|key| *key /= 2);
        }
        keys
    };
    let sum: u64 = keys.iter().sum();
    let weights: Vec<u64> = [2 * sum, sum].into_iter().chain(keys).collect();
    let parts = split_by_weights(total, &weights);
    let rounded_up = (0..parts.len())
        .filter(|at| {
            // Away from zero, as the remainder is placed.
            let exact = i128::from(total.ore()) * i128::from(weights[*at]);
            (i128::from(parts[*at].ore()) * 4 * i128::from(sum)).abs() > exact.abs()
        })
        .map(|at| match at {
            0 => LawPart::State,
            1 => LawPart::Region,
            at => LawPart::Municipality(at - 2),
        })
        .collect();
    Some(LawShares { state: parts[0], region: parts[1], municipalities: parts[2..].to_vec(), rounded_up })
}

/// *Jämförelse med lagen*: what a party pays in a year, and what the law would have it pay of the same total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawComparison {
    /// Whose share it is.
    pub party: PartyKind,
    /// The rows that make up what the party pays: all of the state's and of the region's, one municipality's.
    pub rows: Vec<IncomeId>,
    /// *Namn*: of the row, where it is one.
    pub name: String,
    /// *Beräknat*: what the rows come to.
    pub given: Money,
    /// *Enligt lag*.
    pub by_law: Money,
    /// Whether the share by law was rounded up to the next öre so that all add up.
    pub rounded_up: bool,
}

impl LawComparison {
    /// *Differens*: what is paid above the share by law.
    pub fn difference(&self) -> Money {
        self.given - self.by_law
    }
}

/// Compares the income of a year with the law, party by party.
///
/// Empty where the income is not written by party, or where a party has no amount yet: there is nothing to compare.
pub fn compare(budget: &Budget, year: Year) -> Vec<LawComparison> {
    let rows = |party: PartyKind| budget.income.iter().filter(move |income| income.party == party);
    if rows(PartyKind::Together).any(|income| income.amounts.contains_key(&year)) {
        return Vec::new();
    }
    let group = |party: PartyKind| -> Option<(Vec<IncomeId>, Vec<&str>, Money)> {
        let written: Vec<_> = rows(party).filter_map(|row| Some((row, *row.amounts.get(&year)?))).collect();
        (!written.is_empty()).then(|| {
            (
                written.iter().map(|(row, _)| row.id).collect(),
                written.iter().map(|(row, _)| row.name.as_str()).collect(),
                written.iter().map(|(_, amount)| *amount).sum(),
            )
        })
    };
    let municipalities: Vec<_> = rows(PartyKind::Municipality).collect();
    let given: Option<Vec<Money>> = municipalities.iter().map(|row| row.amounts.get(&year).copied()).collect();
    let (Some(state), Some(region), Some(given)) = (group(PartyKind::State), group(PartyKind::Region), given) else {
        return Vec::new();
    };
    let total = state.2 + region.2 + given.iter().sum::<Money>();
    let keys: Vec<u64> = municipalities.iter().map(|row| row.weight).collect();
    let Some(by_law) = shares(total, &keys) else { return Vec::new() };
    let named = |names: &[&str]| names.join(", ");
    let rounded_up = |part: LawPart| by_law.rounded_up.contains(&part);
    let groups = [
        (PartyKind::State, state, by_law.state, rounded_up(LawPart::State)),
        (PartyKind::Region, region, by_law.region, rounded_up(LawPart::Region)),
    ];
    let groups = groups.into_iter().map(|(party, (rows, names, given), by_law, rounded_up)| LawComparison {
        party,
        rows,
        name: named(&names),
        given,
        by_law,
        rounded_up,
    });
    let each = municipalities.iter().zip(given).zip(&by_law.municipalities).enumerate();
    let each = each.map(|(at, ((row, given), share))| LawComparison {
        party: PartyKind::Municipality,
        rows: vec![row.id],
        name: row.name.clone(),
        given,
        by_law: *share,
        rounded_up: rounded_up(LawPart::Municipality(at)),
    });
    groups.chain(each).collect()
}
