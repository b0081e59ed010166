//! What the parts of the page share: the workspace, the grids, the unit, and which dialog or message is open.

use super::row_view::RowView;
use super::source::{CountySource, column_key, key_of};
use crate::components::document::Tools;
use crate::components::grid::column::Columns;
use crate::components::grid::row::{Row, RowRole};
use crate::components::grid::state::GridOptions;
use crate::components::grid::{CellKind, Column, Grid};
use crate::document::{CountyCommand, Field, RowKind, RowRef};
use crate::domain::county::Horizon;
use crate::domain::money::{AmountUnit, Money};
use crate::workspace::CountyWorkspace;
use leptos::prelude::*;
use std::sync::Arc;

/// The columns of a table.
fn columns(kind: RowKind) -> Columns {
    let column = |field, kind, class| Column::new(column_key(field), field.label(), kind, class);
    match kind {
        RowKind::Item => Arc::new([
            column(Field::When, CellKind::Text, "when"),
            column(Field::ForWhom, CellKind::Text, "for-whom"),
            column(Field::What, CellKind::Text, "what").row_header().with_notes(),
            column(Field::Theme, CellKind::Text, "theme"),
            column(Field::Cost, CellKind::Amount, "amount"),
            column(Field::Split, CellKind::Choice, "split"),
            column(Field::Comment, CellKind::Text, "comment"),
        ]),
        RowKind::Contribution => {
            let named = |heading, kind, class| Column::new(column_key(Field::Amount), heading, kind, class);
            Arc::new([
                named("Förbund", CellKind::Name, "what").row_header(),
                named("Bidrag", CellKind::Amount, "amount"),
                named("Andel", CellKind::Share, "share"),
            ])
        }
        RowKind::Commitment => Arc::new([
            column(Field::Text, CellKind::Text, "what").row_header(),
            column(Field::Comment, CellKind::Text, "comment"),
        ]),
    }
}

/// The rows of a table.
fn rows(row: impl Iterator<Item = RowRef>, role: RowRole) -> Vec<Row> {
    row.map(|row| Row { key: key_of(&row), role }).collect()
}

/// The page's shared state. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The plan.
    pub workspace: CountyWorkspace,
    /// The unit amounts are shown in.
    pub unit: RwSignal<AmountUnit>,
    /// The plan as the grid of its items sees it.
    pub plan: CountySource,
    /// *Insatser*.
    pub items: Grid,
    /// *Bidrag*.
    pub contributions: Grid,
    /// *Åtaganden på 1 års sikt*.
    pub one_year: Grid,
    /// *Åtaganden på 3 års sikt*.
    pub three_years: Grid,
    /// What the page of every document shares.
    pub tools: Tools,
    /// The item whose split is open, if any.
    pub split: RwSignal<Option<RowRef>>,
    /// The row whose form is open, if any.
    pub form: RwSignal<Option<RowRef>>,
}

impl Desk {
    /// The state of a page that has just come.
    pub fn new(workspace: CountyWorkspace, unit: RwSignal<AmountUnit>) -> Self {
        let tools = Tools::new(*workspace, unit);
        let split = RwSignal::new(None);
        let form = RwSignal::new(None);
        let source = move |kind, within_three_years| CountySource {
            workspace,
            kind,
            within_three_years,
            unit,
            message: tools.message,
            split,
            form,
            history: tools.history,
            announcer: tools.announcer,
        };
        let grid = |id, source: CountySource, rows: Signal<Vec<Row>>| {
            let open = source.kind != RowKind::Contribution;
            let columns = Signal::stored(columns(source.kind));
            Grid::new(GridOptions { id, columns, rows, open, unit: unit.into() }, Arc::new(source))
        };
        let items = Memo::new(move |_| {
            workspace.items().with(|items| rows(items.iter().copied().map(RowRef::Item), RowRole::Line))
        });
        let associations = Memo::new(move |_| {
            let row =
                |associations: &Vec<_>| rows(associations.iter().cloned().map(RowRef::Contribution), RowRole::Fixed);
            workspace.contributions().with(row)
        });
        let within = move |horizon: Horizon| {
            Memo::new(move |_| {
                let ids = workspace.commitments().get();
                let is_within =
                    |id: &_| workspace.commitment(*id).is_some_and(|view| view.read().commitment.horizon == horizon);
                rows(ids.into_iter().filter(is_within).map(RowRef::Commitment), RowRole::Line)
            })
        };
        let plan = source(RowKind::Item, false);
        let one_year = within(Horizon::OneYear).into();
        let three_years = within(Horizon::ThreeYears).into();
        Self {
            workspace,
            unit,
            plan,
            items: grid("insatser", plan, items.into()),
            contributions: grid("bidrag", source(RowKind::Contribution, false), associations.into()),
            one_year: grid("atagande-1", source(RowKind::Commitment, false), one_year),
            three_years: grid("atagande-3", source(RowKind::Commitment, true), three_years),
            tools,
            split,
            form,
        }
    }

    /// The grid a row stands in.
    pub fn grid_of(self, row: &RowRef) -> Grid {
        match row.kind() {
            RowKind::Item => self.items,
            RowKind::Contribution => self.contributions,
            RowKind::Commitment if self.three_years.index_of(&key_of(row)).is_some() => self.three_years,
            RowKind::Commitment => self.one_year,
        }
    }

    /// What stands in a row.
    pub fn view_of(self, row: &RowRef) -> Option<RowView> {
        RowView::find(self.workspace, row)
    }

    /// Does one thing; true if it was done. If not, the user is told why.
    pub fn run(self, command: CountyCommand) -> bool {
        self.plan.run(command)
    }

    /// Whether the user may write now.
    pub fn may_write(self) -> bool {
        untrack(|| self.workspace.can_write())
    }

    /// An amount with its unit, as it stands in a sentence.
    pub fn amount(self, amount: Money) -> String {
        self.tools.amount(amount)
    }
}
