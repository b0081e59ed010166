//! A county plan's read model as signals. Knows no document and no browser.

use crate::document::RowRef;
use crate::document::county::{CommitmentView, ContributionView, CountyPlan, ItemView, RemovedRow, Touched};
use crate::domain::{AssociationId, Balance, ItemId, Money, StatedTotals};
use crate::workspace::rows::{Rows, set_if_new};
use leptos::prelude::*;

/// What stands above the tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The budget year.
    pub year: i32,
    /// The plan's title.
    pub title: String,
    /// Sums as the source prints them, which may be wrong.
    pub stated: StatedTotals,
}

/// An amount that is being typed and not written yet. The sums count with it, so that they move with each key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// An item or a contribution.
    pub row: RowRef,
    /// What the editor holds, if it can be read as an amount.
    pub amount: Option<Money>,
}

/// All signals of one plan.
#[derive(Clone, Copy)]
pub struct Model {
    /// Year, title and stated sums.
    pub header: RwSignal<Header>,
    /// *Insatser*.
    pub items: Rows<ItemId, ItemView>,
    /// *Åtaganden*.
    pub commitments: Rows<ItemId, CommitmentView>,
    /// *Bidrag*.
    pub contributions: Rows<AssociationId, ContributionView>,
    /// Rows that can be brought back.
    pub removed: RwSignal<Vec<RemovedRow>>,
    /// The amount in the open editor.
    pub draft: RwSignal<Option<Draft>>,
    /// Told when amounts may have changed: the sums follow this, not every single row.
    amounts: RwSignal<()>,
    /// The sum of the items against the contributions, with the draft.
    pub balance: Memo<Balance>,
}

impl Model {
    /// Signals that show `plan`.
    pub fn new(plan: &CountyPlan) -> Self {
        let items = Rows::new(plan.items.iter().map(|view| (view.item.id, view.clone())));
        let commitments = Rows::new(plan.commitments.iter().map(|view| (view.commitment.id, view.clone())));
        let contributions =
            Rows::new(plan.contributions.iter().map(|view| (view.contribution.association.clone(), view.clone())));
        let draft = RwSignal::new(None);
        let amounts = RwSignal::new(());
        // Two steps, so that a key adds the draft to sums that stand instead of adding up all rows.
        let written = Memo::new(move |_| {
            amounts.track();
            written(items, contributions)
        });
        Self {
            header: RwSignal::new(header_of(plan)),
            items,
            commitments,
            contributions,
            removed: RwSignal::new(plan.removed.clone()),
            draft,
            amounts,
            balance: Memo::new(move |_| {
                draft.with(|draft| balance(written.get(), items, contributions, draft.as_ref()))
            }),
        }
    }

    /// Shows what `touched` says has changed in `plan`.
    pub fn show(&self, plan: &CountyPlan, touched: &Touched) {
        if touched.header {
            set_if_new(self.header, header_of(plan));
        }
        for id in &touched.items {
            self.items.show_row(*id, plan.item(*id));
        }
        for id in &touched.commitments {
            self.commitments.show_row(*id, plan.commitment(*id));
        }
        for id in &touched.contributions {
            self.contributions.show_row(id.clone(), plan.contribution(id));
        }
        if touched.order {
            self.show_order(plan);
        }
        if touched.order || !touched.items.is_empty() || !touched.contributions.is_empty() {
            self.amounts.notify();
        }
        if touched.removed {
            set_if_new(self.removed, plan.removed.clone());
        }
    }

    /// Shows all of `plan`. Still writes only what differs.
    pub fn show_all(&self, plan: &CountyPlan) {
        set_if_new(self.header, header_of(plan));
        for view in &plan.items {
            self.items.show_row(view.item.id, Some(view));
        }
        for view in &plan.commitments {
            self.commitments.show_row(view.commitment.id, Some(view));
        }
        for view in &plan.contributions {
            let association = view.contribution.association.clone();
            self.contributions.show_row(association, Some(view));
        }
        self.show_order(plan);
        self.amounts.notify();
        set_if_new(self.removed, plan.removed.clone());
    }

    fn show_order(&self, plan: &CountyPlan) {
        self.items.show_order(plan.items.iter().map(|view| view.item.id).collect());
        self.commitments.show_order(plan.commitments.iter().map(|view| view.commitment.id).collect());
        self.contributions
            .show_order(plan.contributions.iter().map(|view| view.contribution.association.clone()).collect());
    }
}

fn header_of(plan: &CountyPlan) -> Header {
    Header { year: plan.year, title: plan.title.clone(), stated: plan.stated }
}

/// The amount that is being typed in a row, or else the one that is written there.
pub fn as_typed(draft: Option<&Draft>, row: &RowRef, written: Option<Money>) -> Option<Money> {
    draft.filter(|draft| draft.row == *row).map_or(written, |draft| draft.amount)
}

/// The sums of what is written.
fn written(items: Rows<ItemId, ItemView>, contributions: Rows<AssociationId, ContributionView>) -> Balance {
    let costs = items.collect_untracked(|view| view.item.cost);
    Balance::of(costs, contributions.collect_untracked(|view| view.contribution.amount))
}

/// The sums with what is being typed in place of what is written.
fn balance(
    written: Balance,
    items: Rows<ItemId, ItemView>,
    contributions: Rows<AssociationId, ContributionView>,
    draft: Option<&Draft>,
) -> Balance {
    let Some(Draft { row, amount }) = draft else { return written };
    let typed = |sum: Money, before: Option<Money>| sum - before.unwrap_or(Money::ZERO) + amount.unwrap_or(Money::ZERO);
    match row {
        RowRef::Item(id) => match items.shown(id, |view| view.item.cost) {
            Some(cost) => Balance { items: typed(written.items, cost), ..written },
            None => written,
        },
        RowRef::Contribution(id) => match contributions.shown(id, |view| view.contribution.amount) {
            Some(amount) => Balance { contributions: typed(written.contributions, amount), ..written },
            None => written,
        },
        RowRef::Commitment(_) => written,
    }
}
