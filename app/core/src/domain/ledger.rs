//! What an accounting file (SIE) says, in plain values: accounts, cost centres, projects and what is booked on them.
//!
//! `samplan-exchange` fills a [`Ledger`] from a file; [`mapping`] says which of it belongs to which row of the budget,
//! and [`preview`] works out what an import would write. It knows neither the file's format nor the budget.
//!
//! **Signs are the file's**: a cost is positive (debit) and an income negative (credit). They are turned in one place,
//! [`Destination::amount`](mapping::Destination::amount).

pub mod mapping;
pub mod preview;
pub mod scope;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::date::IsoDate;
use super::money::Money;

pub use mapping::{AccountRange, Destination, Mapping, Selector, SelectorError};
pub use preview::{Preview, PreviewRow, preview};

/// *Dimension 1, kostnadsställe*: reserved for cost centres in every accounting file.
pub const COST_CENTRE: u32 = 1;
/// *Dimension 6, projekt*: reserved for projects in every accounting file.
pub const PROJECT: u32 = 6;

/// *Bokföringen*: what an accounting file holds of one fiscal year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// The name of whose accounts they are; empty if the file does not say.
    pub company: String,
    /// *Organisationsnummer*, as written.
    pub organisation_number: Option<String>,
    /// The program that wrote the file.
    pub program: String,
    /// How its letters are written.
    #[serde(default)]
    pub encoding: Encoding,
    /// The day on which the file was written.
    pub written: Option<IsoDate>,
    /// *Räkenskapsår*: first and last day of the year that the bookings belong to.
    pub year: Option<(IsoDate, IsoDate)>,
    /// The day through which the file says, or its bookings show, that it reaches.
    pub through: Option<IsoDate>,
    /// How finely the bookings are dated.
    pub resolution: Resolution,
    /// The accounts by number.
    pub accounts: BTreeMap<AccountNumber, Account>,
    /// Names of dimensions; 1 is cost centres and 6 projects, whatever they are called.
    pub dimensions: BTreeMap<u32, String>,
    /// What the dimensions are divided into: cost centres, projects and so on.
    pub objects: Vec<Object>,
    /// What is booked: one for each account, objects and date (or month) with an amount, none of them twice.
    pub bookings: Vec<Booking>,
    /// What the reader noticed and the user should know, in Swedish sentences.
    pub notes: Vec<String>,
}

/// How finely a file dates its amounts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resolution {
    /// By day: the file has vouchers (type 4).
    Day,
    /// By month: the file has balances of periods (types 2 and 3).
    Month,
    /// One amount for the year (type 1).
    #[default]
    Year,
}

/// *Teckenkodning*: how the letters of a file turned out to be written, whatever it says itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// UTF-16.
    Utf16,
    /// CP437, which the format asks for.
    Cp437,
    /// Windows-1252, and Latin-1 in it.
    Windows1252,
}

impl Encoding {
    /// Its name on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Cp437 => "PC8 (CP437)",
            Self::Windows1252 => "Windows-1252 (Latin-1)",
        }
    }
}

/// *Kontonummer*, such as `4010`. Written and sorted as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountNumber(u32);

/// A text that is no account number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Ett kontonummer skrivs med en till nio siffror.")]
pub struct AccountNumberError;

/// *Konto*.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its name; empty if the file has none.
    pub name: String,
    /// What kind the file says that it is, if it does.
    pub kind: Option<AccountKind>,
}

/// *Kontotyp*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountKind {
    /// *Tillgång*.
    Asset,
    /// *Skuld*, and equity.
    Debt,
    /// *Kostnad*.
    Cost,
    /// *Intäkt*.
    Income,
}

/// *Objekt*: one cost centre, project or other part of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Object {
    /// Which dimension it is of.
    pub dimension: u32,
    /// Its code.
    pub code: String,
    /// Its name; empty if the file has none.
    pub name: String,
}

/// *Bokfört belopp*: the sum of what is booked on one account with the same objects at the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// On which account.
    pub account: AccountNumber,
    /// With which objects, by dimension; at most one of each.
    pub objects: BTreeMap<u32, String>,
    /// When.
    pub when: When,
    /// How much: debit positive, credit negative.
    pub amount: Money,
}

/// When a booking is dated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// On this day.
    Day(IsoDate),
    /// In the month that ends with this day.
    Month(IsoDate),
    /// Some time in the year.
    Year,
}

impl When {
    /// Whether it surely lies on or before a day: a month does when it has ended by then. What is only known to lie in
    /// the year always counts, since the file was written through some day of its own ([`Ledger::reach`]).
    pub fn is_through(self, through: IsoDate) -> bool {
        match self {
            Self::Day(day) | Self::Month(day) => day <= through,
            Self::Year => true,
        }
    }
}

impl AccountNumber {
    /// The number.
    pub fn number(self) -> u32 {
        self.0
    }
}

impl FromStr for AccountNumber {
    type Err = AccountNumberError;

    fn from_str(text: &str) -> Result<Self, AccountNumberError> {
        let is_number = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            return Err(AccountNumberError);
        }
        text.parse().map(Self).map_err(|_| AccountNumberError)
    }
}

impl fmt::Display for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for AccountNumber {
    type Error = AccountNumberError;

    fn try_from(text: String) -> Result<Self, AccountNumberError> {
        text.parse()
    }
}

impl From<AccountNumber> for String {
    fn from(number: AccountNumber) -> Self {
        number.to_string()
    }
}

impl Ledger {
    /// Whether an account belongs to the year's costs and income, and not to assets, debts and equity. What the file
    /// says of its kind decides; else the first digit, 1 and 2 being the balance sheet in every Swedish plan of accounts.
    pub fn is_of_result(&self, account: AccountNumber) -> bool {
        match self.accounts.get(&account).and_then(|account| account.kind) {
            Some(AccountKind::Cost | AccountKind::Income) => true,
            Some(AccountKind::Asset | AccountKind::Debt) => false,
            None => !account.to_string().starts_with(['1', '2']),
        }
    }

    /// The bookings of costs and income through a day.
    pub fn through(&self, through: IsoDate) -> impl Iterator<Item = &Booking> {
        self.bookings.iter().filter(move |it| self.is_of_result(it.account) && it.when.is_through(through))
    }

    /// *Filens summa*: costs less income through a day, in the file's sign.
    pub fn total(&self, through: IsoDate) -> Money {
        self.through(through).map(|booking| booking.amount).sum()
    }

    /// The day that an outcome asked for through `wanted` really reaches: the same where bookings are dated by day, the
    /// last month that has ended by then, or whatever day the whole file reaches. None if it has nothing so early.
    pub fn reach(&self, wanted: IsoDate) -> Option<IsoDate> {
        match self.resolution {
            Resolution::Day => Some(wanted),
            Resolution::Month => self
                .bookings
                .iter()
                .filter_map(|booking| match booking.when {
                    When::Month(end) if end <= wanted => Some(end),
                    _ => None,
                })
                .max(),
            Resolution::Year => self.through.or(self.year.map(|(_, last)| last)),
        }
    }

    /// The name of a cost centre, project or other object; none if the file does not name it.
    pub fn object_name(&self, dimension: u32, code: &str) -> Option<&str> {
        self.objects
            .iter()
            .find(|object| object.dimension == dimension && object.code == code)
            .map(|object| object.name.as_str())
            .filter(|name| !name.is_empty())
    }
}
