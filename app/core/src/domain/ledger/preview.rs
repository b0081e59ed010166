//! What an import would write, before anything is written, and what it would not.

use std::collections::BTreeMap;

use super::{AccountNumber, COST_CENTRE, Destination, Ledger, Mapping, PROJECT};
use crate::domain::date::IsoDate;
use crate::domain::money::Money;

/// *Förhandsgranskning*: what is booked through a day, sorted by where it belongs. Every booked öre of costs and income
/// stands in exactly one row, so that they add up to the file's total ([`Preview::adds_up`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview<L, I> {
    /// The day that the amounts reach, which may be before the day asked for ([`Ledger::reach`]).
    pub reach: Option<IsoDate>,
    /// Cost by budget line, in the budget's sign.
    pub lines: BTreeMap<L, Money>,
    /// Income by row, in the budget's sign: positive.
    pub incomes: BTreeMap<I, Money>,
    /// What no rule fits, in the file's sign.
    pub unmapped: Vec<PreviewRow>,
    /// What the user leaves out, in the file's sign.
    pub left_out: Vec<PreviewRow>,
    /// All rows with the rule's destination, those unmapped and left out too: to show what an amount is made of.
    pub rows: Vec<(PreviewRow, Option<Destination<L, I>>)>,
    /// Costs less income of the whole file through the day, in the file's sign.
    pub total: Money,
}

/// One account with one cost centre and one project.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PreviewRow {
    /// The account.
    pub account: AccountNumber,
    /// The cost centre's code.
    pub cost_centre: Option<String>,
    /// The project's code.
    pub project: Option<String>,
    /// What is booked, in the file's sign.
    pub amount: Money,
}

/// Works out what an outcome through a day would be. Assets, debts and equity have no place in a budget and are not in
/// it; everything else is.
pub fn preview<L, I>(ledger: &Ledger, mapping: &Mapping<L, I>, through: IsoDate) -> Preview<L, I>
where
    L: Ord + Clone,
    I: Ord + Clone,
{
    type Key = (AccountNumber, Option<String>, Option<String>);
    let mut rows: BTreeMap<Key, (Money, Option<Destination<L, I>>)> = BTreeMap::new();
    for booking in ledger.through(through) {
        let object = |dimension| booking.objects.get(&dimension).cloned();
        // Rules ask for nothing but these three, so that all bookings of a row go the same way.
        let row = rows
            .entry((booking.account, object(COST_CENTRE), object(PROJECT)))
            .or_insert_with(|| (Money::ZERO, mapping.rule_for(booking).map(|(_, to)| to.clone())));
        row.0 += booking.amount;
    }
    let mut preview = Preview {
        reach: ledger.reach(through),
        lines: BTreeMap::new(),
        incomes: BTreeMap::new(),
        unmapped: Vec::new(),
        left_out: Vec::new(),
        rows: Vec::with_capacity(rows.len()),
        total: ledger.total(through),
    };
    for ((account, cost_centre, project), (amount, to)) in rows {
        let row = PreviewRow { account, cost_centre, project, amount };
        match &to {
            Some(destination @ Destination::Line(line)) => {
                *preview.lines.entry(line.clone()).or_default() += destination.amount(amount);
            }
            Some(destination @ Destination::Income(income)) => {
                *preview.incomes.entry(income.clone()).or_default() += destination.amount(amount);
            }
            Some(Destination::LeaveOut) => preview.left_out.push(row.clone()),
            None => preview.unmapped.push(row.clone()),
        }
        preview.rows.push((row, to));
    }
    preview
}

impl<L: Ord, I: Ord> Preview<L, I> {
    /// The sum of what no rule fits, in the file's sign.
    pub fn unmapped_total(&self) -> Money {
        self.unmapped.iter().map(|row| row.amount).sum()
    }

    /// The sum of what is left out, in the file's sign.
    pub fn left_out_total(&self) -> Money {
        self.left_out.iter().map(|row| row.amount).sum()
    }

    /// Whether costs less income, with what is left out and what is not mapped, are the file's total. Always so; shown to
    /// the user, who cannot know that.
    pub fn adds_up(&self) -> bool {
        let costs: Money = self.lines.values().sum();
        let income: Money = self.incomes.values().sum();
        costs - income + self.unmapped_total() + self.left_out_total() == self.total
    }
}
