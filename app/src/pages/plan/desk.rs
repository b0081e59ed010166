//! What the parts of the page share: the plan, its grids, the unit, and which dialog or message is open.

use super::checks::findings::findings;
use super::figures::Figures;
use super::outcome::place as outcome_place;
use super::outcome::{COMPARED, OutcomeSource, SHOWN, through};
use super::place;
use super::source::{BudgetSource, OpenForm};
use crate::components::county_beside;
use crate::components::document::Tools;
use crate::components::grid::Grid;
use crate::components::grid::state::GridOptions;
use crate::domain::check::CountyContribution;
use crate::domain::money::AmountUnit;
use crate::domain::{EquivalentId, Finding, IsoDate, OutcomeId};
use crate::workspace::PlanWorkspace;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

/// The id of the budget's table.
pub const BUDGET: &str = "budget";

/// The id of the outcome's table.
pub const OUTCOME: &str = "utfall";

/// A dialog of the page as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanDialog {
    /// *Planens uppgifter*.
    Settings,
    /// *Lägg till intäkt*.
    AddIncome,
    /// *Skapa plan för nästa år*.
    NextYear,
    /// A row of *helårsekvivalenter*, or a new one.
    Equivalents(Option<EquivalentId>),
    /// *Ändra utfallets datum*.
    MoveOutcome,
    /// *Skriv ut*.
    Print,
}

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
    /// The chosen outcome as its table sees it.
    pub booked: OutcomeSource,
    /// *Utfall*.
    pub outcome: Grid,
    /// Which outcome the user has picked.
    pub picked: RwSignal<Option<OutcomeId>>,
    /// Which outcome is shown: the picked one, or the latest.
    pub chosen: Signal<Option<OutcomeId>>,
    /// Which outcome it is compared with, if any.
    pub compared: RwSignal<Option<OutcomeId>>,
    /// *Kontrollräkning*. It waits while an amount is typed.
    pub findings: Memo<Vec<Finding>>,
    /// What county plans say of the association: as the page came with it, and as other tabs of this browser write it.
    pub contributions: RwSignal<Vec<CountyContribution>>,
    /// Whether the dialog of printed figures is open.
    pub stating: RwSignal<bool>,
    /// The row whose form is open, if any.
    pub form: RwSignal<OpenForm>,
    /// The dialog that is open, if any.
    pub dialog: RwSignal<Option<PlanDialog>>,
    /// Sections that are not printed, by the ids of their headings.
    pub left_out: RwSignal<Vec<&'static str>>,
}

impl Desk {
    /// The state of a page that has just come.
    pub fn new(workspace: PlanWorkspace, unit: RwSignal<AmountUnit>, contributions: Vec<CountyContribution>) -> Self {
        let tools = Tools::new(*workspace, unit);
        let form = RwSignal::new(None);
        let figures =
            Memo::new(move |_| workspace.budget().with(|budget| budget.as_ref().map(Figures::of).unwrap_or_default()));
        let contributions = RwSignal::new(contributions);
        county_beside::follow(workspace.document(), contributions);
        let source = BudgetSource { workspace, figures, contributions, tools, form };
        let years = Memo::new(move |_| workspace.header().with(|header| (header.year, header.years.clone())));
        let columns = Memo::new(move |_| years.with(|(year, years)| place::columns(*year, years)));
        let rows = Memo::new(move |_| place::rows(workspace));
        let options =
            GridOptions { id: BUDGET, columns: columns.into(), rows: rows.into(), open: false, unit: unit.into() };
        let asked = |name: &str| {
            let day = use_query_map().with_untracked(|query| query.get(name));
            let day: IsoDate = day?.parse().ok()?;
            let all = workspace.outcomes().get_untracked();
            all.into_iter().find(|id| untrack(|| through(workspace, *id)) == Some(day))
        };
        let picked = RwSignal::new(asked(SHOWN));
        let chosen = Memo::new(move |_| {
            let is_picked = |id: &&OutcomeId| picked.get() == Some(**id);
            workspace.outcomes().with(|all| all.iter().find(is_picked).or(all.last()).copied())
        });
        let outcome_rows = Memo::new(move |_| outcome_place::rows(workspace));
        let outcome_options = GridOptions {
            id: OUTCOME,
            columns: Signal::stored(outcome_place::columns()),
            rows: outcome_rows.into(),
            open: false,
            unit: unit.into(),
        };
        let booked = OutcomeSource::new(workspace, chosen.into(), tools, form);
        Self {
            workspace,
            tools,
            source,
            budget: Grid::new(options, Arc::new(source)),
            booked,
            outcome: Grid::new(outcome_options, Arc::new(booked)),
            picked,
            chosen: chosen.into(),
            compared: RwSignal::new(asked(COMPARED)),
            findings: findings(workspace, contributions),
            contributions,
            stating: RwSignal::new(false),
            form,
            dialog: RwSignal::new(None),
            left_out: RwSignal::default(),
        }
    }

    /// The grid of an id.
    pub fn grid(self, id: &str) -> Grid {
        if id == OUTCOME { self.outcome } else { self.budget }
    }
}
