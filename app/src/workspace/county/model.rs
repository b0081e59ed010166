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
        Self {
            header: RwSignal::new(header_of(plan)),
            items,
            commitments,
            contributions,
            removed: RwSignal::new(plan.removed.clone()),
            draft,
            balance: Memo::new(move |_| balance(items, contributions, draft)),
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

fn balance(
    items: Rows<ItemId, ItemView>,
    contributions: Rows<AssociationId, ContributionView>,
    draft: RwSignal<Option<Draft>>,
) -> Balance {
    let draft = draft.get();
    let typed = |row: RowRef, written: Option<Money>| match &draft {
        Some(draft) if draft.row == row => draft.amount,
        _ => written,
    };
    let costs = items.fold(Vec::new(), |mut costs, view| {
        costs.push(typed(RowRef::Item(view.item.id), view.item.cost));
        costs
    });
    let amounts = contributions.fold(Vec::new(), |mut amounts, view| {
        let row = RowRef::Contribution(view.contribution.association.clone());
        amounts.push(typed(row, view.contribution.amount));
        amounts
    });
    Balance::of(costs, amounts)
}
