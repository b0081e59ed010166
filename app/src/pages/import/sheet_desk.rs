//! What the part for spreadsheets works with: the sheets, how one is to be read, and what that would change.

use super::Desk;
use super::done::{Done, Part};
use super::file_field::Picked;
use crate::components::exchange::read_sheet;
use crate::document::plan::import::load_budget;
use crate::domain::money::AmountUnit;
use crate::domain::sheet::{
    BudgetChanges, Choices, ImportPreview, RowFate, RowRole, Sheet, changes, guess, guess_roles, interpret,
};
use crate::domain::{Budget, Year};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A spreadsheet that was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Workbook {
    /// What the file is called.
    pub name: String,
    /// Its sheets, in their order.
    pub sheets: Arc<Vec<Sheet>>,
}

/// What a column is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnRole {
    /// Not used.
    None,
    /// *Namn*.
    Name,
    /// *Anteckning*.
    Note,
    /// The amounts of a year.
    Year(Year),
}

/// The state of the part. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct SheetDesk {
    /// What the page shares.
    pub desk: Desk,
    /// The file.
    pub file: RwSignal<Option<Workbook>>,
    /// What is wrong with the file.
    pub error: RwSignal<Option<String>>,
    /// Whether one is being read.
    pub busy: RwSignal<bool>,
    /// Which of its sheets.
    pub chosen: RwSignal<usize>,
    /// How it is to be read.
    pub choices: RwSignal<Option<Choices>>,
    /// What the proposal was unsure of.
    pub doubts: RwSignal<Vec<String>>,
    /// Rows that the user has said what they are.
    pub said: RwSignal<BTreeMap<usize, RowRole>>,
    /// What is wrong with what was asked for at the end.
    pub refusal: RwSignal<Option<String>>,
    /// The sheet.
    pub sheet: Memo<Option<Sheet>>,
    /// What it says.
    pub seen: Memo<Option<ImportPreview>>,
    /// What that would change.
    pub changes: Memo<Option<BudgetChanges>>,
}

impl SheetDesk {
    /// The state of a page that has just come.
    pub fn new(desk: Desk) -> Self {
        let file = RwSignal::new(None::<Workbook>);
        let chosen = RwSignal::new(0);
        let choices = RwSignal::new(None::<Choices>);
        let sheet =
            Memo::new(move |_| file.with(|file| file.as_ref().and_then(|file| file.sheets.get(chosen.get()).cloned())));
        let seen = Memo::new(move |_| {
            sheet.with(|sheet| choices.with(|choices| Some(interpret(sheet.as_ref()?, choices.as_ref()?))))
        });
        let changes = Memo::new(move |_| {
            let budget = desk.workspace.budget();
            seen.with(|seen| budget.with(|budget| Some(changes(budget.as_ref()?, seen.as_ref()?))))
        });
        Self {
            desk,
            file,
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
            chosen,
            choices,
            doubts: RwSignal::new(Vec::new()),
            said: RwSignal::new(BTreeMap::new()),
            refusal: RwSignal::new(None),
            sheet,
            seen,
            changes,
        }
    }

    /// Reads a file.
    pub fn read(self, picked: Picked) {
        spawn_local(async move {
            let read = read_sheet(&picked.bytes).await;
            self.busy.set(false);
            self.desk.begin(Part::Sheet);
            match read {
                Ok(sheets) => {
                    let is_budget = |sheet: &Sheet| guess(sheet).choices.roles.values().any(|it| *it == RowRole::Line);
                    let first = sheets.iter().position(is_budget).unwrap_or_default();
                    self.file.set(Some(Workbook { name: picked.name, sheets: Arc::new(sheets) }));
                    self.choose(first);
                }
                Err(reason) => {
                    self.file.set(None);
                    self.choices.set(None);
                    self.error.set(Some(format!("{} gick inte att läsa in. {reason}", picked.name)));
                }
            }
        });
    }

    /// Takes another of the sheets, with a proposal of how to read it.
    pub fn choose(self, index: usize) {
        self.chosen.set(index);
        self.said.set(BTreeMap::new());
        self.refusal.set(None);
        let Some(sheet) = self.sheet.get_untracked() else { return self.choices.set(None) };
        let mut proposal = guess(&sheet);
        let years = self.years();
        let found = proposal.choices.year_columns.len();
        proposal.choices.year_columns.retain(|_, year| years.contains(year));
        if proposal.choices.year_columns.is_empty() && found > 0 {
            let years = self.budget().map(|budget| budget.year.to_string()).unwrap_or_default();
            proposal.doubts.push(format!("Bladet har inga kolumner för {years} eller senare, som är planens år."));
        }
        let own = self.budget().map(|budget| budget.year);
        let has_own = own.is_none_or(|own| proposal.choices.year_columns.values().any(|year| *year == own));
        if let Some(own) = own.filter(|_| !has_own && !proposal.choices.year_columns.is_empty()) {
            proposal.doubts.push(format!(
                "Bladet har ingen kolumn för {own}, som är planens budgetår. Är det rätt fil, eller rätt plan?"
            ));
        }
        if proposal.choices.year_columns.len() != found {
            proposal.choices.roles = guess_roles(&sheet, &proposal.choices);
        }
        self.doubts.set(proposal.doubts);
        self.choices.set(Some(proposal.choices));
    }

    /// The years that a column can be of: those of the budget, and as many more as it can show.
    pub fn years(self) -> Vec<Year> {
        let first = self.budget().and_then(|budget| budget.years.first().copied());
        first.map(|first| first.following(Budget::MOST_YEARS).collect()).unwrap_or_default()
    }

    fn budget(self) -> Option<Budget> {
        self.desk.workspace.budget().get_untracked()
    }

    /// What a column is taken for.
    pub fn column(self, column: usize) -> ColumnRole {
        self.choices.with(|choices| {
            let Some(choices) = choices else { return ColumnRole::None };
            match choices.year_columns.get(&column) {
                Some(year) => ColumnRole::Year(*year),
                None if choices.note_column == Some(column) => ColumnRole::Note,
                None if choices.name_column == column => ColumnRole::Name,
                None => ColumnRole::None,
            }
        })
    }

    /// Says what a column is. Whatever was that before is not any more.
    pub fn set_column(self, column: usize, role: ColumnRole) {
        self.change(|choices| {
            choices.year_columns.remove(&column);
            choices.note_column = choices.note_column.filter(|note| *note != column);
            match role {
                ColumnRole::None => {}
                ColumnRole::Name => choices.name_column = column,
                ColumnRole::Note => choices.note_column = Some(column),
                ColumnRole::Year(year) => {
                    choices.year_columns.retain(|_, known| *known != year);
                    choices.year_columns.insert(column, year);
                }
            }
        });
    }

    /// Says what figures without a unit mean.
    pub fn set_unit(self, unit: AmountUnit) {
        self.change(|choices| choices.unit = unit);
    }

    /// Says what a row is.
    pub fn set_row(self, row: usize, role: RowRole) {
        self.said.update(|said| {
            said.insert(row, role);
        });
        self.change(|choices| choices.first_row = choices.first_row.min(row));
    }

    /// Changes how the sheet is read; then rows are proposed anew, but for those that the user has said something of.
    fn change(self, change: impl FnOnce(&mut Choices)) {
        self.refusal.set(None);
        let Some(sheet) = self.sheet.get_untracked() else { return };
        self.choices.update(|choices| {
            if let Some(choices) = choices {
                change(choices);
                choices.roles = guess_roles(&sheet, choices);
                self.said.with_untracked(|said| choices.roles.extend(said.iter().map(|(row, role)| (*row, *role))));
            }
        });
    }

    /// *Läs in budgeten*.
    pub fn write(self) {
        let (Some(budget), Some(changes)) = (self.budget(), self.changes.get_untracked()) else { return };
        if !changes.is_change() {
            let nothing = "Det finns inget att läsa in: planen har redan allt som bladet säger.";
            return self.refusal.set(Some(nothing.to_owned()));
        }
        let text = told(&changes);
        let command = load_budget(&budget, &changes, || *self.desk.workspace.new_item_id().as_bytes());
        match self.desk.run(command) {
            Ok(()) => {
                self.refusal.set(None);
                let place = "#budget-rubrik".to_owned();
                self.desk.done.set(Some(Done { part: Part::Sheet, text, place, is_undone: false }));
            }
            Err(reason) => self.refusal.set(Some(reason)),
        }
    }
}

fn told(changes: &BudgetChanges) -> String {
    let counts = changes.counts();
    let count = |fate| counts.get(&fate).copied().unwrap_or_default();
    let rows = |count: usize| if count == 1 { "1 rad".to_owned() } else { format!("{count} rader") };
    format!(
        "Budgeten är inläst: {} lades till och {} ändrades.",
        rows(count(RowFate::New)),
        rows(count(RowFate::Changed))
    )
}
