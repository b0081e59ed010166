//! What the parts of the page share: the plan, its grids, the unit, and which dialog or message is open.

use super::figures::Figures;
use super::place;
use super::source::{BudgetSource, OpenForm};
use crate::components::document::Tools;
use crate::components::grid::Grid;
use crate::components::grid::state::GridOptions;
use crate::domain::money::AmountUnit;
use crate::workspace::PlanWorkspace;
use leptos::prelude::*;
use std::sync::Arc;

/// The id of the budget's table.
pub const BUDGET: &str = "budget";

/// The page's shared state. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The plan.
    pub workspace: PlanWorkspace,
    /// What the page of every document shares.
    pub tools: Tools,
    /// The plan as its table sees it.
    pub source: BudgetSource,
    /// *Budget och utblick*.
    pub budget: Grid,
    /// The row whose form is open, if any.
    pub form: RwSignal<OpenForm>,
}

impl Desk {
    /// The state of a page that has just come.
    pub fn new(workspace: PlanWorkspace, unit: RwSignal<AmountUnit>) -> Self {
        let tools = Tools::new(*workspace, unit);
        let form = RwSignal::new(None);
        let figures =
            Memo::new(move |_| workspace.budget().with(|budget| budget.as_ref().map(Figures::of).unwrap_or_default()));
        let source = BudgetSource { workspace, figures, tools, form };
        let years = Memo::new(move |_| workspace.header().with(|header| (header.year, header.years.clone())));
        let columns = Memo::new(move |_| years.with(|(year, years)| place::columns(*year, years)));
        let rows = Memo::new(move |_| place::rows(workspace));
        let options =
            GridOptions { id: BUDGET, columns: columns.into(), rows: rows.into(), open: false, unit: unit.into() };
        Self { workspace, tools, source, budget: Grid::new(options, Arc::new(source)), form }
    }

    /// The grid of an id.
    pub fn grid(self, _id: &str) -> Grid {
        self.budget
    }
}
