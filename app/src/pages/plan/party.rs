//! Whose income a row is: the party and, for a municipality, its key. Asked of a new row, and changed in the row's form.

use super::desk::{BUDGET, Desk, PlanDialog};
use super::place::Place;
use super::source::as_one;
use crate::components::dialog::Dialog;
use crate::components::field::{FieldError, FieldState, TextField, go_to_errors};
use crate::components::grid::place::Place as Cell;
use crate::document::plan::{PlanCommand, RowRef, TextCell};
use crate::domain::{IncomeId, PartyKind};
use leptos::prelude::*;

const KEY: &str = "Nyckel";
const KEY_HELP: &str = "Kommunerna delar på sista fjärdedelen efter sina nycklar, till exempel antal invånare. Samma nyckel ger lika delar.";

/// The dialog that asks whose a new row of income is, while it is open.
#[component]
pub fn AddIncomeDialog(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let is_open = Memo::new(move |_| desk.dialog.get() == Some(PlanDialog::AddIncome));
    move || is_open.get().then(|| view! { <AddIncomePanel desk /> })
}

#[component]
fn AddIncomePanel(desk: Desk) -> impl IntoView {
    let close = Callback::new(move |()| desk.dialog.set(None));
    let party = RwSignal::new(None::<PartyKind>);
    let missing = RwSignal::new(None::<String>);
    let name = FieldState::new(String::new());
    let weight = FieldState::new("1".to_owned());
    let read_weight = move || match party.get_untracked() {
        Some(PartyKind::Municipality) => weight.check(key_of),
        _ => Some(1),
    };
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen = party.get_untracked();
        missing.set(chosen.is_none().then(|| "Välj vem som betalar.".to_owned()));
        let (Some(party), Some(weight)) = (chosen, read_weight()) else {
            let first = if missing.with_untracked(Option::is_some) { "part-state" } else { "intakt-nyckel" };
            go_to_errors(&[(first, String::new())]);
            return;
        };
        let name = name.text.with_untracked(|name| name.trim().to_owned());
        if let Some(place) = add_income(desk, party, weight, name) {
            close.run(());
            if let Some(index) = desk.budget.index_of(&place.key()) {
                desk.budget.go_to(Cell::new(index, 1));
                desk.budget.focus_cursor_soon();
            }
        }
    };
    let title = Signal::stored("Lägg till intäkt".to_owned());
    view! {
        <Dialog title class="income" on_close=close>
            <form class="form" novalidate=true on:submit=add>
                <PartyChoice
                    chosen=party
                    error=missing
                    can_write=true
                    choose=Callback::new(move |kind| {
                        missing.set(None);
                        party.set(Some(kind));
                    })
                />
                <TextField
                    id="intakt-namn"
                    label="Benämning (Valfritt)"
                    field=name
                    on_leave=Callback::new(|()| {})
                />
                {move || {
                    (party.get() == Some(PartyKind::Municipality))
                        .then(|| {
                            view! {
                                <TextField
                                    id="intakt-nyckel"
                                    label=KEY
                                    help=KEY_HELP
                                    field=weight
                                    is_figure=true
                                    on_leave=Callback::new(move |()| { read_weight(); })
                                />
                            }
                        })
                }}
                <div class="panel-actions">
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        "Avbryt"
                    </button>
                    <button type="submit" class="button primary">
                        "Lägg till intäkt"
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// A new row after the last, with what is known of it; none if it was refused.
fn add_income(desk: Desk, party: PartyKind, weight: u32, name: String) -> Option<Place> {
    let id = IncomeId::from_random(*desk.workspace.new_item_id().as_bytes());
    let after = desk.workspace.income().with_untracked(|rows| rows.last().copied());
    let mut commands = vec![PlanCommand::AddIncome { id, party, after }];
    if !name.is_empty() {
        commands.push(PlanCommand::SetText { cell: TextCell::Name(RowRef::Income(id)), value: name });
    }
    if weight != 1 {
        commands.push(PlanCommand::SetWeight { income: id, weight });
    }
    desk.source.run(as_one(commands, "lägg till intäkt")?).then_some(Place::Income(id))
}

/// The party and key of a row, in its form. A choice takes effect at once and can be taken back.
#[component]
pub fn PartyFields(
    /// The page's shared state.
    desk: Desk,
    /// The row.
    income: IncomeId,
) -> impl IntoView {
    let view = desk.workspace.income_row(income)?;
    let shown = view.clone();
    let party = Memo::new(move |_| Some(shown.with(|view| view.income.party.clone())));
    let weight = FieldState::new(view.with_untracked(|view| view.income.weight.to_string()));
    let can_write = untrack(|| desk.workspace.can_write());
    let choose = Callback::new(move |party| {
        desk.source.run(PlanCommand::SetParty { income, party });
    });
    let write = Callback::new(move |()| {
        if let Some(weight) = weight.check(key_of) {
            desk.source.run(PlanCommand::SetWeight { income, weight });
        }
    });
    Some(view! {
        <PartyChoice chosen=party error=Signal::stored(None::<String>) can_write choose />
        {move || {
            (party.get() == Some(PartyKind::Municipality))
                .then(|| {
                    view! {
                        <TextField
                            id="falt-nyckel"
                            label=KEY
                            help=KEY_HELP
                            field=weight
                            is_figure=true
                            readonly=!can_write
                            on_leave=write
                        />
                    }
                })
        }}
    })
}

/// Who pays, one of all parties.
#[component]
fn PartyChoice(
    #[prop(into)] chosen: Signal<Option<PartyKind>>,
    #[prop(into)] error: Signal<Option<String>>,
    can_write: bool,
    choose: Callback<PartyKind>,
) -> impl IntoView {
    let radios: Vec<_> = PartyKind::ALL
        .into_iter()
        .map(|kind| {
            let (id, word) = (format!("part-{}", kind.as_word()), kind.as_word().to_owned());
            let (label, help) = (kind.label().to_owned(), help_of(&kind));
            let is_chosen = {
                let kind = kind.clone();
                move || chosen.with(|chosen| chosen.as_ref() == Some(&kind))
            };
            view! {
                <label class="radio">
                    <input
                        id=id
                        type="radio"
                        name="part"
                        value=word
                        prop:checked=is_chosen
                        on:change=move |_| choose.run(kind.clone())
                    />
                    <span>{label} <small>{help}</small></span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="plain-fieldset" disabled=!can_write aria-describedby="part-fel">
            <legend>"Vem betalar?"</legend>
            <FieldError id="part-fel" error />
            {radios}
        </fieldset>
    }
}

fn help_of(party: &PartyKind) -> &'static str {
    match party {
        PartyKind::State => "Försäkringskassan, också för Arbetsförmedlingen. Hälften enligt lag.",
        PartyKind::Region => "En fjärdedel enligt lag.",
        PartyKind::Municipality => "En fjärdedel enligt lag, tillsammans med andra kommuner om det finns flera.",
        PartyKind::Together => "Alla parternas bidrag i en rad.",
        PartyKind::Other | PartyKind::NotChosen | PartyKind::Unknown(_) => {
            "Räknas inte in i lagens andelar eller i taket."
        }
    }
}

/// A municipality's key as people write it.
fn key_of(text: &str) -> Result<u32, String> {
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let refused = || "Skriv ett heltal, till exempel 158000.".to_owned();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refused());
    }
    digits.parse().map_err(|_| refused())
}

/// Opens the form of a row, where its party is chosen.
pub fn open_form(form: RwSignal<super::source::OpenForm>, income: IncomeId) {
    form.set(Some((BUDGET, Place::Income(income).key())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_whole_number_with_or_without_spaces() {
        assert_eq!(key_of("158 000"), Ok(158_000));
        assert_eq!(key_of("158\u{a0}000"), Ok(158_000));
        for refused in ["", "1,5", "-3", "många", "99999999999"] {
            assert!(key_of(refused).is_err(), "{refused}");
        }
    }
}
