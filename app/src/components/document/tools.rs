//! What the parts of a document's page share, whatever the document: its workspace, the unit, and the message at the
//! lower edge.

use super::cell_history::CellHistory;
use crate::components::announce::Announcer;
use crate::components::grid::events::key_press;
use crate::components::grid::keys::{self, Action};
use crate::document::Command;
use crate::domain::money::{AmountUnit, Money};
use crate::workspace::Workspace;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

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
pub struct Tools {
    /// The document.
    pub workspace: Workspace,
    /// The unit amounts are shown and typed in.
    pub unit: RwSignal<AmountUnit>,
    /// The message at the lower edge, if any.
    pub message: RwSignal<Option<Message>>,
    /// The cell whose changes are shown, if any.
    pub history: RwSignal<Option<CellHistory>>,
    /// Speaks to screen readers.
    pub announcer: Announcer,
}

impl Tools {
    /// The state of a page that has just come. What the workspace wants said to screen readers is passed on.
    pub fn new(workspace: Workspace, unit: RwSignal<AmountUnit>) -> Self {
        let announcer = Announcer::from_context();
        Effect::new(move |_| {
            if let Some(announcement) = workspace.announcement().get() {
                if announcement.assertive {
                    announcer.interrupt(announcement.text);
                } else {
                    announcer.say(announcement.text);
                }
            }
        });
        let tools = Self { workspace, unit, message: RwSignal::new(None), history: RwSignal::new(None), announcer };
        // Wherever the focus is, also nowhere, as right after the page has come.
        Effect::new(move |_| {
            let listener = window_event_listener(leptos::ev::keydown, move |event| tools.on_keydown(&event));
            on_cleanup(move || listener.remove());
        });
        tools
    }

    /// Tells why something was refused: at the lower edge, and aloud.
    pub fn refuse(self, text: String) {
        self.announcer.interrupt(text.clone());
        self.message.set(Some(Message { text, undo: false }));
    }

    /// Writes again what stood somewhere before.
    pub fn bring_back(self, command: Command) {
        match self.workspace.edit(command) {
            Ok(()) => {
                let text = "Det som stod där förut är tillbaka.".to_owned();
                self.announcer.say(text.clone());
                self.message.set(Some(Message { text, undo: true }));
            }
            Err(error) => self.refuse(error.to_string()),
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
    fn on_keydown(self, event: &leptos::ev::KeyboardEvent) {
        let element = event.target().and_then(|target| target.dyn_into::<leptos::web_sys::Element>().ok());
        let types = element.is_some_and(|element| {
            element.matches("textarea, input:not([type=radio]):not([type=file])").unwrap_or_default()
        });
        if types || event.default_prevented() {
            return;
        }
        match keys::moving(key_press(event, &event.key())) {
            Some(Action::Undo) => self.workspace.undo(),
            Some(Action::Redo) => self.workspace.redo(),
            _ => return,
        }
        event.prevent_default();
    }
}
