//! What the parts of the page share: the workspace, the grids, the unit, and which dialog or message is open.

use crate::components::grid::Grid;
use crate::components::grid::column::{Column, ColumnKind};
use crate::components::grid::keys::{self, Action, KeyPress};
use crate::components::grid::state::{GridOptions, PageRequest};
use crate::document::{Field, RowKind, RowRef};
use crate::domain::county::Horizon;
use crate::domain::money::{AmountUnit, Money};
use crate::workspace::CountyWorkspace;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

static ITEM_COLUMNS: [Column; 7] = [
    Column::new(Field::When, "När", ColumnKind::Text, "when"),
    Column::new(Field::ForWhom, "För vem", ColumnKind::Text, "for-whom"),
    Column::new(Field::What, "Vad", ColumnKind::Text, "what").row_header(),
    Column::new(Field::Theme, "Tema", ColumnKind::Text, "theme"),
    Column::new(Field::Cost, "Kostnad", ColumnKind::Amount, "amount"),
    Column::new(Field::Split, "Fördelning", ColumnKind::Split, "split"),
    Column::new(Field::Comment, "Kommentar", ColumnKind::Text, "comment"),
];

static CONTRIBUTION_COLUMNS: [Column; 3] = [
    Column::new(Field::Amount, "Förbund", ColumnKind::Name, "what").row_header(),
    Column::new(Field::Amount, "Bidrag", ColumnKind::Amount, "amount"),
    Column::new(Field::Amount, "Andel", ColumnKind::Share, "share"),
];

static COMMITMENT_COLUMNS: [Column; 2] = [
    Column::new(Field::Text, "Åtagande", ColumnKind::Text, "what").row_header(),
    Column::new(Field::Comment, "Kommentar", ColumnKind::Text, "comment"),
];

/// A sentence at the lower edge of the window.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// The sentence.
    pub text: String,
    /// Offer `[Ångra]`.
    pub undo: bool,
}

/// The page's shared state. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The plan.
    pub workspace: CountyWorkspace,
    /// The unit amounts are shown in.
    pub unit: RwSignal<AmountUnit>,
    /// *Insatser*.
    pub items: Grid,
    /// *Bidrag*.
    pub contributions: Grid,
    /// *Åtaganden på 1 års sikt*.
    pub one_year: Grid,
    /// *Åtaganden på 3 års sikt*.
    pub three_years: Grid,
    /// The message at the lower edge, if any.
    pub message: RwSignal<Option<Message>>,
    /// The item whose split is open, if any.
    pub split: RwSignal<Option<RowRef>>,
    /// The row whose form is open, if any.
    pub form: RwSignal<Option<RowRef>>,
}

impl Desk {
    /// The state of a page that has just come.
    pub fn new(workspace: CountyWorkspace, unit: RwSignal<AmountUnit>) -> Self {
        let message = RwSignal::new(None);
        let split = RwSignal::new(None);
        let form = RwSignal::new(None);
        let ask = Callback::new(move |request| match request {
            PageRequest::Split(row) => split.set(Some(row)),
            PageRequest::RowForm(row) => form.set(Some(row)),
            PageRequest::NoMessage => message.set(None),
            PageRequest::Message { text, undo } => message.set(Some(Message { text, undo })),
        });
        let grid = |id, kind, columns: &'static [Column], rows, horizon| {
            let options = GridOptions { id, kind, columns, rows, unit: unit.into(), horizon };
            Grid::new(options, workspace, ask)
        };
        let items = Signal::derive(move || workspace.items().get().into_iter().map(RowRef::Item).collect());
        let associations =
            Signal::derive(move || workspace.contributions().get().into_iter().map(RowRef::Contribution).collect());
        let within = move |horizon: Horizon| {
            Memo::new(move |_| {
                let ids = workspace.commitments().get();
                let is_within =
                    |id: &_| workspace.commitment(*id).is_some_and(|view| view.read().commitment.horizon == horizon);
                ids.into_iter().filter(is_within).map(RowRef::Commitment).collect::<Vec<_>>()
            })
        };
        let commitment = RowKind::Commitment;
        Self {
            workspace,
            unit,
            items: grid("insatser", RowKind::Item, &ITEM_COLUMNS, items, None),
            contributions: grid("bidrag", RowKind::Contribution, &CONTRIBUTION_COLUMNS, associations, None),
            one_year: grid(
                "atagande-1",
                commitment,
                &COMMITMENT_COLUMNS,
                within(Horizon::OneYear).into(),
                Some(Horizon::OneYear),
            ),
            three_years: grid(
                "atagande-3",
                commitment,
                &COMMITMENT_COLUMNS,
                within(Horizon::ThreeYears).into(),
                Some(Horizon::ThreeYears),
            ),
            message,
            split,
            form,
        }
    }

    /// The grid a row stands in.
    pub fn grid_of(self, row: &RowRef) -> Grid {
        match row.kind() {
            RowKind::Item => self.items,
            RowKind::Contribution => self.contributions,
            RowKind::Commitment if self.three_years.index_of(row).is_some() => self.three_years,
            RowKind::Commitment => self.one_year,
        }
    }

    /// An amount with its unit, as it stands in a sentence.
    pub fn amount(self, amount: Money) -> String {
        amount.format_with_unit(self.unit.get())
    }

    /// An amount that may be empty, as it stands in a sentence.
    pub fn amount_or_empty(self, amount: Option<Money>) -> String {
        amount.map_or_else(|| "inget belopp".to_owned(), |amount| self.amount(amount))
    }

    /// Undo and redo work in the whole page, except in inputs, which have their own.
    pub fn on_keydown(self, event: &leptos::ev::KeyboardEvent) {
        let element = event.target().and_then(|target| target.dyn_into::<leptos::web_sys::Element>().ok());
        let types = element.is_some_and(|element| {
            element.matches("textarea, input:not([type=radio]):not([type=file])").unwrap_or_default()
        });
        if types || event.default_prevented() {
            return;
        }
        let key = event.key();
        let press = KeyPress {
            key: &key,
            control: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
            alt: event.alt_key(),
            composing: event.is_composing(),
        };
        match keys::moving(press) {
            Some(Action::Undo) => self.workspace.undo(),
            Some(Action::Redo) => self.workspace.redo(),
            _ => return,
        }
        event.prevent_default();
    }
}
