//! An outcome behind its table: what stands there, and which commands the table's edits become.

use super::forecast;
use super::place::{self, ACTION, AMOUNT, BUDGETED, COMMENT, DEVIATION, FORECAST, PERCENT, STANDING};
use crate::components::document::{CellHistory, Message, Tools};
use crate::components::grid::row::RowKey;
use crate::components::grid::source::{CellDraft, GridEdit, GridRow, GridSource, PageRequest, RowAction};
use crate::components::grid::{CellKind, Column};
use crate::components::icon::Icon;
use crate::document::history::Cell;
use crate::document::plan::{AmountCell, BudgetRow, PlanCommand};
use crate::domain::outcome::{LineState, OutcomeFigures, OutcomeSums, share_of_budget, standing};
use crate::domain::{IsoDate, LineStanding, Money, Outcome, OutcomeId, OutcomeLine, Year};
use crate::pages::plan::desk::OUTCOME;
use crate::pages::plan::place::{NAME, Place};
use crate::pages::plan::row_view::{conflict_at, name_of};
use crate::pages::plan::source::{OpenForm, as_one, run, write_amount, write_text};
use crate::workspace::plan::Draft;
use crate::workspace::{CellRef, PersonHere, PlanWorkspace};
use leptos::prelude::*;
use std::sync::Arc;

/// The chosen outcome as its grid sees it. Cheap to copy.
#[derive(Clone, Copy)]
pub struct OutcomeSource {
    /// The plan.
    pub workspace: PlanWorkspace,
    /// Which of its outcomes, if it has any.
    pub chosen: Signal<Option<OutcomeId>>,
    /// What the chosen one adds up to, with the amount that is being typed.
    pub sums: Memo<OutcomeSums>,
    /// What the page shares.
    pub tools: Tools,
    /// The row whose form is open.
    pub form: RwSignal<OpenForm>,
}

/// A row of the table.
struct OutcomeRow {
    place: Place,
    source: OutcomeSource,
}

impl OutcomeSource {
    /// The chosen outcome of a plan.
    pub fn new(
        workspace: PlanWorkspace,
        chosen: Signal<Option<OutcomeId>>,
        tools: Tools,
        form: RwSignal<OpenForm>,
    ) -> Self {
        let sums = Memo::new(move |_| {
            let Some(view) = chosen.get().and_then(|id| workspace.outcome(id)) else { return OutcomeSums::default() };
            let mut outcome = view.with(|view| view.outcome.clone());
            if let Some(draft) = workspace.draft().get() {
                as_typed(&mut outcome, draft);
            }
            workspace
                .budget()
                .with(|budget| budget.as_ref().map(|budget| OutcomeSums::of(budget, &outcome)).unwrap_or_default())
        });
        Self { workspace, chosen, sums, tools, form }
    }

    /// Does one thing; true if it was done. If not, the user is told why.
    pub fn run(self, command: PlanCommand) -> bool {
        run(self.workspace, self.tools, command)
    }

    /// The last day that is booked in the chosen outcome.
    pub fn through(self) -> Option<IsoDate> {
        through(self.workspace, self.chosen.get()?)
    }

    /// The cell of the document that a row has at a column, if it has one.
    fn cell(self, row: &RowKey, column: &str) -> Option<Cell> {
        let (id, place) = (self.chosen.get()?, Place::find(self.workspace, row)?);
        let amount = place::amount(id, place, column).map(Cell::Amount);
        amount.or_else(|| place::text(id, place, column).map(Cell::Text))
    }

    fn show_history(self, row: &RowKey, column: &str) {
        let Some(cell) = untrack(|| self.cell(row, column)) else { return };
        let name = self.row(row).map(|row| untrack(|| row.label())).unwrap_or_default();
        let day = untrack(|| self.through()).and_then(|day| place::column_name(&place::column_of_day(column, day)));
        let title = format!("{name}, {}", day.unwrap_or_default());
        self.tools.history.set(Some(CellHistory::of_row(*self.workspace, cell, title, row)));
    }

    /// What is written at one row, without what is being typed.
    fn written<T>(self, row: BudgetRow, read: impl FnOnce(&OutcomeLine) -> T) -> Option<T> {
        self.workspace.outcome(self.chosen.get()?)?.with(|view| line_of(&view.outcome, row).map(read))
    }

    /// The year's budget of one row, without what is being typed.
    fn budgeted(self, row: BudgetRow) -> Option<Money> {
        let year = Year::new(self.through()?.year()).ok()?;
        match row {
            BudgetRow::Line(id) => self.workspace.line(id)?.with(|view| view.line.amounts.get(&year).copied()),
            BudgetRow::Income(id) => {
                self.workspace.income_row(id)?.with(|view| view.income.amounts.get(&year).copied())
            }
        }
    }

    /// The figures of a row or of all that it sums, with what is being typed. Rows follow themselves alone.
    pub fn figures(self, place: Place) -> OutcomeFigures {
        let Some(row) = place::budget_row(place) else {
            return self.sums.with(|sums| match place {
                Place::Sum(section) => sums.section(section),
                Place::TotalCost => sums.cost,
                Place::TotalIncome => sums.income,
                Place::NetResult => sums.result,
                _ => OutcomeFigures::default(),
            });
        };
        let mut budget = self.budgeted(row);
        let mut line = OutcomeLine {
            amount: self.written(row, |line| line.amount).flatten(),
            forecast: self.written(row, |line| line.forecast).flatten(),
            ..OutcomeLine::default()
        };
        if let Some(Draft { cell, amount }) = self.workspace.draft_in(row) {
            let year = self.through().and_then(|day| Year::new(day.year()).ok());
            match cell {
                AmountCell::Line(_, of) | AmountCell::Income(_, of) if Some(of) == year => budget = amount,
                AmountCell::Outcome(of, _) if Some(of) == self.chosen.get() => line.amount = amount,
                AmountCell::Forecast(of, _) if Some(of) == self.chosen.get() => line.forecast = amount,
                _ => {}
            }
        }
        match row {
            BudgetRow::Line(_) => OutcomeFigures::of_cost(budget, Some(&line)),
            BudgetRow::Income(_) => OutcomeFigures::of_income(budget, Some(&line)),
        }
    }

    fn state(self, place: Place) -> Option<LineState> {
        let figures = self.figures(place);
        Some(standing(figures.amount, figures.budget, self.through()?))
    }
}

/// The last day that is booked in an outcome.
pub fn through(workspace: PlanWorkspace, id: OutcomeId) -> Option<IsoDate> {
    workspace.outcome(id).map(|view| view.with(|view| view.outcome.through))
}

fn line_of(outcome: &Outcome, row: BudgetRow) -> Option<&OutcomeLine> {
    match row {
        BudgetRow::Line(id) => outcome.lines.get(&id),
        BudgetRow::Income(id) => outcome.income.get(&id),
    }
}

/// The outcome with an amount that is being typed in it.
fn as_typed(outcome: &mut Outcome, draft: Draft) {
    let Draft { cell: AmountCell::Outcome(id, row) | AmountCell::Forecast(id, row), amount } = draft else { return };
    if id != outcome.id {
        return;
    }
    let line = match row {
        BudgetRow::Line(line) => outcome.lines.entry(line).or_default(),
        BudgetRow::Income(income) => outcome.income.entry(income).or_default(),
    };
    match draft.cell {
        AmountCell::Forecast(..) => line.forecast = amount,
        _ => line.amount = amount,
    }
}

impl OutcomeRow {
    fn written<T>(&self, read: impl FnOnce(&OutcomeLine) -> T) -> Option<T> {
        self.source.written(place::budget_row(self.place)?, read)
    }
}

impl GridRow for OutcomeRow {
    fn label(&self) -> String {
        let name = name_of(self.source.workspace, self.place);
        if name.trim().is_empty() { "Rad utan namn".to_owned() } else { name }
    }

    fn kind(&self, column: &Column) -> CellKind {
        place::kind(self.place, column)
    }

    fn text(&self, column: &Column) -> String {
        match &*column.key {
            NAME => self.label(),
            PERCENT => {
                let figures = self.source.figures(self.place);
                share_of_budget(figures.amount, figures.budget)
                    .map_or_else(|| "–".to_owned(), |share| format!("{}\u{a0}%", share.percent(0)))
            }
            STANDING => self.source.state(self.place).map(|it| it.standing.label().to_owned()).unwrap_or_default(),
            COMMENT => self.written(|line| line.comment.clone()).unwrap_or_default(),
            ACTION => self.written(|line| line.action.clone()).unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn amount(&self, column: &Column) -> Option<Money> {
        let is_row = place::budget_row(self.place).is_some();
        match &*column.key {
            // What is typed here is in the editor; the cell itself shows what is written.
            AMOUNT if is_row => self.written(|line| line.amount).flatten(),
            FORECAST if is_row => self.written(|line| line.forecast).flatten(),
            BUDGETED => self.source.figures(self.place).budget,
            AMOUNT => self.source.figures(self.place).amount,
            FORECAST => self.source.figures(self.place).forecast,
            DEVIATION => self.source.figures(self.place).deviation,
            _ => None,
        }
    }

    fn has_conflict(&self, column: &Column) -> bool {
        let cell = self.source.chosen.get().and_then(|id| place::amount(id, self.place, &column.key));
        cell.is_some_and(|cell| conflict_at(self.source.workspace, cell).is_some())
    }

    fn icon(&self, _column: &Column) -> Option<Icon> {
        match self.source.state(self.place)? {
            LineState { standing: LineStanding::OverBudget, .. } => Some(Icon::Error),
            LineState { is_marked, .. } => is_marked.then_some(Icon::Warning),
        }
    }
}

impl GridSource for OutcomeSource {
    fn row(&self, row: &RowKey) -> Option<Arc<dyn GridRow>> {
        let place = Place::find(self.workspace, row)?;
        Some(Arc::new(OutcomeRow { place, source: *self }))
    }

    fn can_write(&self) -> bool {
        self.workspace.can_write()
    }

    fn new_row(&self) -> RowKey {
        RowKey::new(&self.workspace.new_item_id().to_string())
    }

    fn edit(&self, label: &str, edits: Vec<GridEdit>) -> Result<(), String> {
        let id = self.chosen.get_untracked().ok_or("Utfallet finns inte.")?;
        let mut commands = Vec::new();
        for edit in edits {
            let GridEdit::Write { row, column, text, base } = edit else { continue };
            let place = Place::find(self.workspace, &row).ok_or("Raden finns inte.")?;
            let unit = self.tools.unit.get_untracked();
            if let Some(cell) = place::amount(id, place, &column) {
                commands.extend(untrack(|| write_amount(self.workspace, cell, &text, unit))?);
            } else if let Some(cell) = place::text(id, place, &column) {
                let row = OutcomeRow { place, source: *self };
                let present = untrack(|| row.text(&Column::new(&column, "", CellKind::Text, "")));
                commands.extend(write_text(cell, &present, &text, base.as_deref()));
            }
        }
        let Some(command) = as_one(commands, label) else { return Ok(()) };
        self.tools.message.set(None);
        self.workspace.edit(command).map_err(|error| error.to_string())
    }

    fn undo(&self) {
        self.tools.message.set(None);
        self.workspace.undo();
    }

    fn redo(&self) {
        self.tools.message.set(None);
        self.workspace.redo();
    }

    fn set_draft(&self, draft: Option<CellDraft>) {
        let draft = draft.and_then(|CellDraft { row, column, amount }| {
            let cell = place::amount(self.chosen.get_untracked()?, Place::find(self.workspace, &row)?, &column)?;
            Some(Draft { cell, amount })
        });
        self.workspace.set_draft(draft);
    }

    fn presence(&self) -> Signal<Vec<PersonHere>> {
        let source = *self;
        Signal::derive(move || {
            let day = source.through().map(|day| day.to_string()).unwrap_or_default();
            let here = |person: &PersonHere| {
                let cell = person.cell.as_ref()?;
                let field = place::column_shown(&cell.field, &day)?.to_owned();
                Some(PersonHere { cell: Some(CellRef { field, ..cell.clone() }), ..person.clone() })
            };
            source.workspace.presence().with(|people| people.iter().filter_map(here).collect())
        })
    }

    fn set_my_cell(&self, cell: Option<CellRef>) {
        let day = untrack(|| self.through());
        self.workspace.set_my_cell(cell.zip(day).map(|(cell, day)| {
            let field = place::column_of_day(&cell.field, day);
            CellRef { field, ..cell }
        }));
    }

    fn ask(&self, request: PageRequest) {
        match request {
            PageRequest::Choose { .. } => {}
            PageRequest::History { row, column } => self.show_history(&row, &column),
            PageRequest::RowForm(row) => self.form.set(Some((OUTCOME, row))),
            PageRequest::Message { text, undo } => self.tools.message.set(Some(Message { text, undo })),
        }
    }

    fn has_history(&self, row: &RowKey, column: &str) -> bool {
        self.cell(row, column).is_some()
    }

    fn row_actions(&self, row: &RowKey) -> Vec<RowAction> {
        Place::find(self.workspace, row).map(|place| forecast::of_row(*self, place)).unwrap_or_default()
    }
}
