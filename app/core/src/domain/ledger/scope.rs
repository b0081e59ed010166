//! How far a rule of a mapping reaches: the rule of one row of a preview, and the wider ones that would take in more.
//!
//! For whoever maps accounts: one row is pointed out, and the rest of its accounts, cost centre or project follow.

use super::When;
use super::{AccountNumber, AccountRange, Booking, COST_CENTRE, Destination, Mapping, PROJECT, PreviewRow, Selector};

impl PreviewRow {
    /// The selector of this row alone: its account, cost centre and project. What it has none of may be anything, since
    /// a selector cannot ask for what is missing.
    pub fn selector(&self) -> Selector {
        Selector {
            cost_centre: self.cost_centre.clone(),
            project: self.project.clone(),
            ..Selector::account(self.account)
        }
    }

    /// The selectors that take in this row and more, the narrowest first: its account whatever the objects, its project,
    /// its cost centre, the hundred and the thousand accounts around it.
    pub fn wider(&self) -> Vec<Selector> {
        let mut all = Vec::new();
        if self.cost_centre.is_some() || self.project.is_some() {
            all.push(Selector::account(self.account));
        }
        if self.project.is_some() {
            all.push(Selector { project: self.project.clone(), ..Selector::default() });
        }
        if self.cost_centre.is_some() {
            all.push(Selector { cost_centre: self.cost_centre.clone(), ..Selector::default() });
        }
        all.extend(
            [100, 1_000]
                .into_iter()
                .filter_map(|width| self.around(width))
                .map(|range| Selector { accounts: Some(range), ..Selector::default() }),
        );
        all
    }

    /// The accounts that share all but the last digits with this one.
    fn around(&self, width: u32) -> Option<AccountRange> {
        let first = self.account.number() / width * width;
        let number = |number: u32| number.to_string().parse::<AccountNumber>().ok();
        Some(AccountRange::new(number(first)?, number(first + width - 1)?))
    }

    /// A booking as this row's are: rules ask for nothing that it does not have.
    fn booking(&self) -> Booking {
        let objects = [(COST_CENTRE, &self.cost_centre), (PROJECT, &self.project)];
        Booking {
            account: self.account,
            objects: objects.into_iter().filter_map(|(place, code)| Some((place, code.clone()?))).collect(),
            when: When::Year,
            amount: self.amount,
        }
    }

    /// The rule that decides where this row belongs, if any does.
    pub fn rule<'a, L, I>(&self, mapping: &'a Mapping<L, I>) -> Option<(&'a Selector, &'a Destination<L, I>)> {
        mapping.rule_for(&self.booking())
    }
}

/// How many of `rows` would go elsewhere than now with one more rule. Rules that are more specific still win.
pub fn moved_by<L, I>(
    rows: &[(PreviewRow, Option<Destination<L, I>>)],
    mapping: &Mapping<L, I>,
    selector: &Selector,
    to: &Destination<L, I>,
) -> usize
where
    L: Clone + PartialEq,
    I: Clone + PartialEq,
{
    let mut wider = mapping.clone();
    wider.set(selector.clone(), to.clone());
    rows.iter().filter(|(row, now)| row.rule(&wider).map(|(_, to)| to) != now.as_ref()).count()
}
