//! What the checks are made from: the plan's figures as they stand, and everything there is to say of them.

use crate::domain::check::{self, CountyContribution};
use crate::domain::{EquivalentRow, Finding, Outcome};
use crate::pages::plan::settled::busy_lately;
use crate::workspace::PlanWorkspace;
use leptos::prelude::*;

/// Everything there is to say of the plan. Not at each key: what is half written is not wrong yet. Nor at the one that
/// writes it, which is to be seen first.
pub fn findings(workspace: PlanWorkspace, contributions: RwSignal<Vec<CountyContribution>>) -> Memo<Vec<Finding>> {
    let is_typing = busy_lately(Memo::new(move |_| workspace.draft().with(Option::is_some)));
    Memo::new(move |last: Option<&Vec<Finding>>| {
        if let (true, Some(last)) = (is_typing.get(), last) {
            return last.clone();
        }
        let (outcomes, equivalents) = (outcomes(workspace), equivalents(workspace));
        let stated = workspace.rest().with(|rest| rest.stated.clone());
        let contributions = contributions.get();
        workspace.budget().with(|budget| {
            let plan = |budget| check::plan_findings(budget, &outcomes, &equivalents, &stated, &contributions);
            budget.as_ref().map(plan).unwrap_or_default()
        })
    })
}

/// The outcomes, the earliest first.
pub fn outcomes(workspace: PlanWorkspace) -> Vec<Outcome> {
    let outcome = |id| workspace.outcome(id).map(|view| view.with(|view| view.outcome.clone()));
    workspace.outcomes().get().into_iter().filter_map(outcome).collect()
}

/// The rows of full-year equivalents, in order.
pub fn equivalents(workspace: PlanWorkspace) -> Vec<EquivalentRow> {
    let row = |id| workspace.equivalent(id).map(|view| view.with(|view| view.row.clone()));
    workspace.equivalents().get().into_iter().filter_map(row).collect()
}
