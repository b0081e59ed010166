//! The amount that is being typed and not written yet: for all who count with it, and for the row it stands in.

use crate::document::plan::{AmountCell, BudgetRow};
use crate::domain::Money;
use leptos::prelude::*;
use std::collections::HashMap;

/// An amount that is being typed and not written yet. The sums count with it, so that they move with each key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Where it is typed.
    pub cell: AmountCell,
    /// What the editor holds, if it can be read as an amount.
    pub amount: Option<Money>,
}

/// The draft, if there is one. A row follows its own: with one signal for all, each key would wake every row.
#[derive(Clone, Copy)]
pub struct Drafts {
    /// The draft, wherever it stands.
    pub any: RwSignal<Option<Draft>>,
    rows: StoredValue<HashMap<BudgetRow, ArcRwSignal<Option<Draft>>>>,
}

impl Drafts {
    /// Nothing is typed.
    pub fn new() -> Self {
        Self { any: RwSignal::new(None), rows: StoredValue::default() }
    }

    /// The draft in a row, if it stands there. Followed when read in a view.
    pub fn of(self, row: BudgetRow) -> Option<Draft> {
        self.row(row).get()
    }

    /// Something else is typed, or nothing any more.
    pub fn set(self, draft: Option<Draft>) {
        let before = self.any.get_untracked();
        if before == draft {
            return;
        }
        let row_of = |draft: Option<Draft>| draft.and_then(|draft| draft.cell.budget_row());
        if let Some(left) = row_of(before).filter(|left| row_of(draft) != Some(*left)) {
            self.row(left).set(None);
        }
        if let Some(row) = row_of(draft) {
            self.row(row).set(draft);
        }
        self.any.set(draft);
    }

    fn row(self, row: BudgetRow) -> ArcRwSignal<Option<Draft>> {
        self.rows.try_update_value(|rows| rows.entry(row).or_default().clone()).unwrap_or_default()
    }
}

impl Default for Drafts {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{IncomeId, LineId, Year};

    #[test]
    fn a_row_knows_its_own_draft_and_loses_it_when_another_is_typed_in() {
        let owner = Owner::new();
        owner.set();
        let drafts = Drafts::new();
        let (line, income) = (LineId::from_random([1; 16]), IncomeId::from_random([2; 16]));
        let year = Year::new(2021).expect("is a year");
        let draft = |cell| Some(Draft { cell, amount: Some(Money::from_kronor(1)) });
        let (in_line, in_income) = (draft(AmountCell::Line(line, year)), draft(AmountCell::Income(income, year)));

        drafts.set(in_line);
        assert_eq!((drafts.of(BudgetRow::Line(line)), drafts.of(BudgetRow::Income(income))), (in_line, None));
        drafts.set(in_income);
        assert_eq!((drafts.of(BudgetRow::Line(line)), drafts.of(BudgetRow::Income(income))), (None, in_income));
        drafts.set(None);
        assert_eq!((drafts.of(BudgetRow::Income(income)), drafts.any.get_untracked()), (None, None));
    }
}
