//! The budget behind its table: which commands the table's edits become.

use super::figures::Figures;
use super::place::Place;
use super::row_view::{BudgetRow, conflict_at};
use crate::components::document::{CellHistory, Message, Tools};
use crate::components::grid::rebase::rebase;
use crate::components::grid::row::{self, Row, RowKey};
use crate::components::grid::source::{CellDraft, GridEdit, GridRow, GridSource, PageRequest, RowAction};
use crate::document::history::Cell;
use crate::document::plan::{AmountCell, PlanCommand, RowRef, TextCell};
use crate::domain::check::CountyContribution;
use crate::domain::money::{AmountUnit, Money};
use crate::domain::{LineId, PartyKind, SectionId};
use crate::workspace::plan::Draft;
use crate::workspace::{CellRef, PersonHere, PlanWorkspace};
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// Which row's form is open: the id of its grid, and its key.
pub type OpenForm = Option<(&'static str, RowKey)>;

/// The budget as its grid sees it. Cheap to copy.
#[derive(Clone, Copy)]
pub struct BudgetSource {
    /// The plan.
    pub workspace: PlanWorkspace,
    /// What is worked out from it.
    pub figures: Memo<Figures>,
    /// What county plans say of the association.
    pub contributions: RwSignal<Vec<CountyContribution>>,
    /// What the page shares.
    pub tools: Tools,
    /// The row whose form is open.
    pub form: RwSignal<OpenForm>,
}

/// The rows that edits of one batch have added, and the section of each line among them.
#[derive(Default)]
struct Added {
    places: HashMap<RowKey, Place>,
    sections: HashMap<LineId, SectionId>,
}

const GONE: &str = "Raden finns inte.";

impl BudgetSource {
    /// Does one thing; true if it was done. If not, the user is told why.
    pub fn run(self, command: PlanCommand) -> bool {
        run(self.workspace, self.tools, command)
    }

    fn find(self, key: &RowKey, added: &Added) -> Option<Place> {
        added.places.get(key).copied().or_else(|| Place::find(self.workspace, key))
    }

    fn section_of(self, line: LineId, added: &Added) -> Option<SectionId> {
        let known = || self.workspace.line(line).map(|view| view.read_untracked().section);
        added.sections.get(&line).copied().or_else(known)
    }

    /// The section and line below which a line is put.
    fn among_lines(self, after: Place, added: &Added) -> Option<(SectionId, Option<LineId>)> {
        match after {
            Place::Section(section) => Some((section, None)),
            Place::Line(line) => Some((self.section_of(line, added)?, Some(line))),
            _ => None,
        }
    }

    /// The command for an edit; none if what it wants is so already.
    fn command(self, edit: GridEdit, added: &mut Added) -> Result<Option<PlanCommand>, String> {
        match edit {
            GridEdit::Write { row, column, text, base } => {
                let place = self.find(&row, added).ok_or(GONE)?;
                untrack(|| self.write(place, &column, &text, base.as_deref()))
            }
            GridEdit::Add { row, after } => {
                let after = after.and_then(|after| self.find(&after, added)).ok_or(GONE)?;
                self.add(row, after, added).map(Some)
            }
            GridEdit::Remove { row } => {
                let row = self.find(&row, added).and_then(Place::row).ok_or(GONE)?;
                Ok(Some(PlanCommand::Remove { row }))
            }
            GridEdit::Move { row, after } => {
                let after = after.and_then(|after| self.find(&after, added)).ok_or(GONE)?;
                match (self.find(&row, added).ok_or(GONE)?, after) {
                    (Place::Line(id), after) => {
                        let (section, after) = self.among_lines(after, added).ok_or(GONE)?;
                        Ok(Some(PlanCommand::MoveLine { id, section, after }))
                    }
                    (Place::Income(id), Place::Income(after)) => {
                        Ok(Some(PlanCommand::MoveIncome { id, after: Some(after) }))
                    }
                    (Place::Income(id), _) => Ok(Some(PlanCommand::MoveIncome { id, after: None })),
                    _ => Ok(None),
                }
            }
        }
    }

    fn add(self, key: RowKey, after: Place, added: &mut Added) -> Result<PlanCommand, String> {
        let above = match after {
            Place::IncomeHeading => Some(None),
            Place::Income(id) => Some(Some(id)),
            _ => None,
        };
        if let Some(after) = above {
            let id = key.parse().map_err(|_| GONE)?;
            added.places.insert(key, Place::Income(id));
            return Ok(PlanCommand::AddIncome { id, party: PartyKind::NotChosen, after });
        }
        let (section, after) = self.among_lines(after, added).ok_or(GONE)?;
        let id = key.parse().map_err(|_| GONE)?;
        added.places.insert(key, Place::Line(id));
        added.sections.insert(id, section);
        Ok(PlanCommand::AddLine { id, section, after })
    }

    fn write(self, place: Place, column: &str, text: &str, base: Option<&str>) -> Result<Option<PlanCommand>, String> {
        if let Some(cell) = place.text(column) {
            return Ok(write_text(cell, &self.present(place, column), text, base));
        }
        let first = self.workspace.header().with(|header| header.years.first().copied());
        let Some(cell) = column.parse().ok().and_then(|year| place.amount(year, first)) else { return Ok(None) };
        write_amount(self.workspace, cell, text, self.tools.unit.get())
    }

    /// The cell of the document that a row has at a column, if it has one.
    fn cell(self, row: &RowKey, column: &str) -> Option<Cell> {
        let place = Place::find(self.workspace, row)?;
        let first = self.workspace.header().with(|header| header.years.first().copied());
        let amount = || place.amount(column.parse().ok()?, first).map(Cell::Amount);
        place.text(column).map(Cell::Text).or_else(amount)
    }

    fn show_history(self, row: &RowKey, column: &str) {
        let Some(cell) = untrack(|| self.cell(row, column)) else { return };
        let (name, column) = (self.row(row).map(|row| untrack(|| row.label())), super::place::column_name(column));
        let title = format!("{}, {}", name.unwrap_or_default(), column.unwrap_or_default());
        self.tools.history.set(Some(CellHistory::of_row(*self.workspace, cell, title, row)));
    }

    fn row_at(self, place: Place) -> BudgetRow {
        BudgetRow { place, workspace: self.workspace, figures: self.figures, contributions: self.contributions }
    }

    /// The text that stands in a cell.
    fn present(self, place: Place, column: &str) -> String {
        self.row_at(place).text(&crate::components::grid::Column::new(
            column,
            "",
            crate::components::grid::CellKind::Text,
            "",
        ))
    }
}

/// Does one thing; true if it was done. If not, the user is told why.
pub fn run(workspace: PlanWorkspace, tools: Tools, command: PlanCommand) -> bool {
    tools.message.set(None);
    let done = workspace.edit(command);
    if let Err(error) = &done {
        tools.refuse(error.to_string());
    }
    done.is_ok()
}

/// The command that puts `text` into a cell; none if it stands there already. `base` is the text the editor was opened
/// on, so that a colleague's words since then are kept.
pub fn write_text(cell: TextCell, present: &str, text: &str, base: Option<&str>) -> Option<PlanCommand> {
    let text = text.replace("\r\n", "\n");
    let value = rebase(base.unwrap_or(present), &text, present);
    (value != present).then_some(PlanCommand::SetText { cell, value })
}

/// The command that puts an amount into a cell; none if it stands there already and nobody has to pick.
///
/// # Errors
/// A Swedish sentence that says why the text was refused.
pub fn write_amount(
    workspace: PlanWorkspace,
    cell: AmountCell,
    text: &str,
    unit: AmountUnit,
) -> Result<Option<PlanCommand>, String> {
    let amount = Money::parse_optional(text, unit).map_err(|error| error.to_string())?;
    let command = PlanCommand::SetAmount { cell, amount };
    let waits = conflict_at(workspace, cell).is_some();
    Ok((waits || amount != amount_at(workspace, cell)).then_some(command))
}

/// What stands at a cell.
fn amount_at(workspace: PlanWorkspace, cell: AmountCell) -> Option<Money> {
    use crate::document::plan::BudgetRow;
    match cell {
        AmountCell::Line(id, year) => workspace.line(id)?.with(|view| view.line.amounts.get(&year).copied()),
        AmountCell::Income(id, year) => workspace.income_row(id)?.with(|view| view.income.amounts.get(&year).copied()),
        AmountCell::OpeningEquity => workspace.header().with(|header| header.opening_equity),
        AmountCell::Outcome(id, row) | AmountCell::Forecast(id, row) => workspace.outcome(id)?.with(|view| {
            let booked = match row {
                BudgetRow::Line(line) => view.outcome.lines.get(&line),
                BudgetRow::Income(income) => view.outcome.income.get(&income),
            }?;
            if matches!(cell, AmountCell::Forecast(..)) { booked.forecast } else { booked.amount }
        }),
    }
}

/// Several commands as one undo step; none where there is nothing to do.
pub fn as_one(mut commands: Vec<PlanCommand>, label: &str) -> Option<PlanCommand> {
    match commands.len() {
        0 => None,
        1 => commands.pop(),
        _ => Some(PlanCommand::Batch { commands, label: label.to_owned() }),
    }
}

impl GridSource for BudgetSource {
    fn row(&self, row: &RowKey) -> Option<Arc<dyn GridRow>> {
        let place = Place::find(self.workspace, row)?;
        Some(Arc::new(self.row_at(place)))
    }

    fn can_write(&self) -> bool {
        self.workspace.can_write()
    }

    fn new_row(&self) -> RowKey {
        RowKey::new(&self.workspace.new_item_id().to_string())
    }

    fn edit(&self, label: &str, edits: Vec<GridEdit>) -> Result<(), String> {
        let mut added = Added::default();
        let mut commands = Vec::with_capacity(edits.len());
        for edit in edits {
            commands.extend(self.command(edit, &mut added)?);
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

    /// Lines stay among the costs, and income among the income.
    fn step(&self, rows: &[Row], index: usize, up: bool) -> Option<usize> {
        let gap = row::step(rows, index, up)?;
        let income = Place::IncomeHeading.key();
        let border = rows.iter().position(|row| row.key == income)?;
        let stays = if index < border { gap <= border } else { gap > border };
        stays.then_some(gap)
    }

    fn set_draft(&self, draft: Option<CellDraft>) {
        let draft = draft.and_then(|CellDraft { row, column, amount }| {
            let first = self.workspace.header().with_untracked(|header| header.years.first().copied());
            let cell = Place::find(self.workspace, &row)?.amount(column.parse().ok()?, first)?;
            Some(Draft { cell, amount })
        });
        self.workspace.set_draft(draft);
    }

    fn presence(&self) -> Signal<Vec<PersonHere>> {
        self.workspace.presence()
    }

    fn set_my_cell(&self, cell: Option<CellRef>) {
        self.workspace.set_my_cell(cell);
    }

    fn ask(&self, request: PageRequest) {
        match request {
            PageRequest::Choose { .. } => {}
            PageRequest::History { row, column } => self.show_history(&row, &column),
            PageRequest::RowForm(row) => self.form.set(Some((super::desk::BUDGET, row))),
            PageRequest::Message { text, undo } => self.tools.message.set(Some(Message { text, undo })),
        }
    }

    fn has_history(&self, row: &RowKey, column: &str) -> bool {
        self.cell(row, column).is_some()
    }

    fn row_actions(&self, row: &RowKey) -> Vec<RowAction> {
        match Place::find(self.workspace, row) {
            Some(Place::Section(id)) => super::row_actions::of_section(*self, id),
            Some(Place::Line(id)) => super::row_actions::of_line(*self, id),
            Some(Place::Income(id)) => super::row_actions::of_income(*self, id),
            _ => Vec::new(),
        }
    }
}

/// Removes a section with its lines. It can be brought back, so nothing is asked first.
pub fn remove_section(source: BudgetSource, id: SectionId) {
    if source.run(PlanCommand::Remove { row: RowRef::Section(id) }) {
        let text = "Avsnittet är borttaget, med sina rader.".to_owned();
        source.tools.announcer.say(text.clone());
        source.tools.message.set(Some(Message { text, undo: true }));
    }
}
