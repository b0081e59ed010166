//! Which accounts, cost centres and projects belong to which row of a budget.
//!
//! Made once by the user and kept: each [`Selector`] has a text that never changes, to be used as a key. It is generic
//! over what names a line (`L`) and an income row (`I`), and knows nothing of budgets.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{AccountNumber, Booking, COST_CENTRE, PROJECT};
use crate::domain::money::Money;

/// *Koppling*: from what is booked to where it belongs. Of several selectors that fit, the most specific wins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping<L, I>(BTreeMap<Selector, Destination<L, I>>);

/// *Hör till*: where a booked amount belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Destination<L, I> {
    /// *Budgetrad*: a cost.
    Line(L),
    /// *Intäkt från part*.
    Income(I),
    /// *Lämnas utanför*: not part of the budget, by the user's choice.
    LeaveOut,
}

/// *Urval*: which bookings a rule is for. What it does not name may be anything.
///
/// Written `4000-4999;k=10;p=P1`: accounts, cost centre and project, each of them optional (`*` for all bookings).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Selector {
    /// Between which account numbers.
    pub accounts: Option<AccountRange>,
    /// On which cost centre.
    pub cost_centre: Option<String>,
    /// In which project.
    pub project: Option<String>,
}

/// *Kontointervall*: the accounts from one number through another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountRange {
    first: AccountNumber,
    last: AccountNumber,
}

/// A text that is no selector.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectorError {
    /// The accounts cannot be read.
    #[error("Skriv ett konto, till exempel 4010, eller ett intervall, till exempel 4000-4999.")]
    Accounts,
    /// A part that is neither accounts, cost centre nor project, or one that comes twice.
    #[error("Kopplingen går inte att läsa: {0}")]
    Part(String),
}

impl<L, I> Default for Mapping<L, I> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<L, I> Mapping<L, I> {
    /// Sets where what a selector fits belongs; what it said before, if anything.
    pub fn set(&mut self, selector: Selector, to: Destination<L, I>) -> Option<Destination<L, I>> {
        self.0.insert(selector, to)
    }

    /// Forgets a selector.
    pub fn remove(&mut self, selector: &Selector) -> Option<Destination<L, I>> {
        self.0.remove(selector)
    }

    /// The rules in the order of their selectors.
    pub fn rules(&self) -> impl Iterator<Item = (&Selector, &Destination<L, I>)> {
        self.0.iter()
    }

    /// The most specific rule that fits a booking, by [`Selector::specificity`]; none if nothing fits.
    pub fn rule_for(&self, booking: &Booking) -> Option<(&Selector, &Destination<L, I>)> {
        self.0.iter().filter(|(selector, _)| selector.fits(booking)).max_by_key(|(selector, _)| selector.specificity())
    }
}

impl<L, I> FromIterator<(Selector, Destination<L, I>)> for Mapping<L, I> {
    fn from_iter<R: IntoIterator<Item = (Selector, Destination<L, I>)>>(rules: R) -> Self {
        Self(rules.into_iter().collect())
    }
}

/// As an object with the selectors' texts as keys.
impl<L: Serialize, I: Serialize> Serialize for Mapping<L, I> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(&self.0)
    }
}

impl<'de, L: Deserialize<'de>, I: Deserialize<'de>> Deserialize<'de> for Mapping<L, I> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(Self)
    }
}

impl<L, I> Destination<L, I> {
    /// The amount as the budget writes it. **This is where the sign is turned**: accounts hold income as credit,
    /// negative; the budget writes both costs and income as positive.
    pub fn amount(&self, booked: Money) -> Money {
        match self {
            Self::Line(_) | Self::LeaveOut => booked,
            Self::Income(_) => -booked,
        }
    }
}

impl Selector {
    /// The selector of one account, whatever its objects.
    pub fn account(number: AccountNumber) -> Self {
        Self { accounts: Some(AccountRange { first: number, last: number }), ..Self::default() }
    }

    /// Whether a booking is of these accounts, this cost centre and this project.
    pub fn fits(&self, booking: &Booking) -> bool {
        let has = |wanted: &Option<String>, dimension| match wanted {
            Some(code) => booking.objects.get(&dimension) == Some(code),
            None => true,
        };
        self.accounts.is_none_or(|range| range.contains(booking.account))
            && has(&self.cost_centre, COST_CENTRE)
            && has(&self.project, PROJECT)
    }

    /// How closely it says what it is for; the larger wins. First by how many of project, cost centre and single
    /// account it names; of equally many a project before a cost centre before an account; then the narrower range.
    /// The same selector cannot stand twice in a mapping, and two ranges of the same width are told apart by where they
    /// begin, so that there is always one answer.
    pub fn specificity(&self) -> impl Ord + use<> {
        let single = self.accounts.is_some_and(|range| range.first == range.last);
        let (project, cost_centre) = (self.project.is_some(), self.cost_centre.is_some());
        let named = u8::from(project) + u8::from(cost_centre) + u8::from(single);
        let width = self.accounts.map_or(u32::MAX, |range| range.last.number() - range.first.number());
        let start = self.accounts.map(|range| range.first);
        (named, project, cost_centre, std::cmp::Reverse(width), start)
    }
}

impl AccountRange {
    /// The accounts from one number through another, in whichever order they are given.
    pub fn new(one: AccountNumber, other: AccountNumber) -> Self {
        Self { first: one.min(other), last: one.max(other) }
    }

    /// The lowest account.
    pub fn first(self) -> AccountNumber {
        self.first
    }

    /// The highest account.
    pub fn last(self) -> AccountNumber {
        self.last
    }

    /// Whether an account lies in it.
    pub fn contains(self, account: AccountNumber) -> bool {
        (self.first..=self.last).contains(&account)
    }
}

impl fmt::Display for AccountRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.first == self.last {
            true => self.first.fmt(f),
            false => write!(f, "{}-{}", self.first, self.last),
        }
    }
}

impl FromStr for AccountRange {
    type Err = SelectorError;

    fn from_str(text: &str) -> Result<Self, SelectorError> {
        let number = |text: &str| text.trim().parse::<AccountNumber>().map_err(|_| SelectorError::Accounts);
        // People write intervals with a dash as often as with a hyphen.
        match text.split_once(['-', '–']) {
            Some((first, last)) => Ok(Self::new(number(first)?, number(last)?)),
            None => number(text).map(|only| Self::new(only, only)),
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.accounts {
            Some(range) => range.fmt(f)?,
            None => f.write_str("*")?,
        }
        for (sign, code) in [('k', &self.cost_centre), ('p', &self.project)] {
            if let Some(code) = code {
                write!(f, ";{sign}={}", code.replace('%', "%25").replace(';', "%3B"))?;
            }
        }
        Ok(())
    }
}

impl FromStr for Selector {
    type Err = SelectorError;

    fn from_str(text: &str) -> Result<Self, SelectorError> {
        let mut parts = text.split(';');
        let accounts = match parts.next().unwrap_or_default() {
            "*" => None,
            range => Some(range.parse()?),
        };
        let mut selector = Self { accounts, ..Self::default() };
        for part in parts {
            let refused = || SelectorError::Part(part.chars().take(40).collect());
            let (sign, code) = part.split_once('=').ok_or_else(refused)?;
            let code = code.replace("%3B", ";").replace("%25", "%");
            let place = match sign {
                "k" => &mut selector.cost_centre,
                "p" => &mut selector.project,
                _ => return Err(refused()),
            };
            if place.replace(code).is_some() {
                return Err(refused());
            }
        }
        Ok(selector)
    }
}

impl TryFrom<String> for Selector {
    type Error = SelectorError;

    fn try_from(text: String) -> Result<Self, SelectorError> {
        text.parse()
    }
}

impl From<Selector> for String {
    fn from(selector: Selector) -> Self {
        selector.to_string()
    }
}
