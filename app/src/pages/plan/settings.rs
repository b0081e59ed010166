//! *Planens uppgifter*: title, registry number, years, opening equity and ceiling. What is changed is one undo step.

use super::desk::{Desk, PlanDialog};
use super::source::as_one;
use crate::components::dialog::Dialog;
use crate::components::field::{ErrorSummary, FieldState, TextField, go_to_errors};
use crate::document::plan::{AmountCell, Header, PlanCommand};
use crate::domain::money::{AmountUnit, Money};
use crate::domain::{Budget, CeilingRate, Year};
use leptos::prelude::*;

/// As long as a title in the list of plans may be, in characters.
const LONGEST_TITLE: usize = 200;
/// As long as any registry writes a number, in characters.
const LONGEST_NUMBER: usize = 60;

/// The dialog, while it is open.
#[component]
pub fn SettingsDialog(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let is_open = Memo::new(move |_| desk.dialog.get() == Some(PlanDialog::Settings));
    move || is_open.get().then(|| view! { <SettingsPanel desk /> })
}

/// The fields, and what stood in the plan when they were filled in.
#[derive(Clone, Copy)]
struct Form {
    before: StoredValue<Header>,
    unit: AmountUnit,
    title: FieldState,
    dnr: FieldState,
    equity: FieldState,
    ceiling: FieldState,
    outlook: RwSignal<usize>,
}

impl Form {
    fn new(header: Header, unit: AmountUnit) -> Self {
        let equity = header.opening_equity.map(|amount| amount.to_clipboard(unit)).unwrap_or_default();
        Self {
            unit,
            title: FieldState::new(header.title.clone()),
            dnr: FieldState::new(header.dnr.clone()),
            equity: FieldState::new(equity),
            ceiling: FieldState::new(header.ceiling.to_string()),
            outlook: RwSignal::new(outlook_of(&header)),
            before: StoredValue::new(header),
        }
    }

    fn title(self) -> Option<String> {
        self.title.check(|text| match text {
            "" => Err("Fyll i rubrik.".to_owned()),
            text => bounded(text, LONGEST_TITLE),
        })
    }

    fn dnr(self) -> Option<String> {
        self.dnr.check(|text| bounded(text, LONGEST_NUMBER))
    }

    fn equity(self) -> Option<Option<Money>> {
        self.equity.check(|text| Money::parse_optional(text, self.unit).map_err(|error| error.to_string()))
    }

    fn ceiling(self) -> Option<CeilingRate> {
        self.ceiling.check(|text| text.parse::<CeilingRate>().map_err(|error| error.to_string()))
    }

    /// What differs from what stood there, as commands; none while something cannot be read.
    fn commands(self) -> Option<Vec<PlanCommand>> {
        // All of them are checked, so that every error shows.
        let (title, dnr, equity, ceiling) = (self.title(), self.dnr(), self.equity(), self.ceiling());
        let (title, dnr, equity, rate) = (title?, dnr?, equity?, ceiling?);
        self.before.with_value(|before| {
            let mut commands = Vec::new();
            if title != before.title {
                commands.push(PlanCommand::SetTitle { title });
            }
            if dnr != before.dnr {
                commands.push(PlanCommand::SetRegistryNumber { dnr });
            }
            commands.extend(show_years(before, self.outlook.get_untracked()));
            if equity != before.opening_equity {
                commands.push(PlanCommand::SetAmount { cell: AmountCell::OpeningEquity, amount: equity });
            }
            if rate != before.ceiling {
                commands.push(PlanCommand::SetCeiling { rate });
            }
            Some(commands)
        })
    }

    fn errors(self) -> Vec<(&'static str, String)> {
        let fields = [
            ("uppgift-rubrik", self.title),
            ("uppgift-dnr", self.dnr),
            ("uppgift-kapital", self.equity),
            ("uppgift-tak", self.ceiling),
        ];
        fields.into_iter().filter_map(|(id, field)| Some((id, field.error.get()?))).collect()
    }
}

fn bounded(text: &str, most: usize) -> Result<String, String> {
    if text.chars().count() > most {
        return Err(format!("Skriv högst {most} tecken."));
    }
    Ok(text.to_owned())
}

/// How many years after the budget year show.
fn outlook_of(header: &Header) -> usize {
    header.years.iter().filter(|year| Some(**year) > header.year).count()
}

/// The years that must come or go for so many years of outlook. Amounts of hidden years are kept.
fn show_years(header: &Header, outlook: usize) -> Vec<PlanCommand> {
    let Some(budget_year) = header.year else { return Vec::new() };
    let wanted: Vec<Year> = budget_year.following(outlook + 1).collect();
    let shown = |year: &Year| header.years.contains(year);
    let come = wanted.iter().filter(|year| !shown(year)).map(|year| PlanCommand::ShowYear { year: *year, shown: true });
    let later = header.years.iter().filter(|year| **year > budget_year && !wanted.contains(year));
    come.chain(later.map(|year| PlanCommand::ShowYear { year: *year, shown: false })).collect()
}

#[component]
fn SettingsPanel(desk: Desk) -> impl IntoView {
    let close = Callback::new(move |()| desk.dialog.set(None));
    let unit = desk.tools.unit.get_untracked();
    let header = desk.workspace.header().get_untracked();
    let year = header.year;
    let form = Form::new(header, unit);
    let readonly = !untrack(|| desk.workspace.can_write());
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(commands) = form.commands() else {
            go_to_errors(&untrack(|| form.errors()));
            return;
        };
        if as_one(commands, "ändra planens uppgifter").is_none_or(|command| desk.source.run(command)) {
            close.run(());
        }
    };
    let errors = Signal::derive(move || form.errors());
    let title = Signal::stored("Planens uppgifter".to_owned());
    view! {
        <Dialog title class="settings" on_close=close>
            {readonly.then(|| view! { <p class="banner">"Du kan läsa men inte ändra."</p> })}
            <form class="form" novalidate=true on:submit=save>
                <ErrorSummary errors />
                <TextField
                    id="uppgift-rubrik"
                    label="Rubrik"
                    field=form.title
                    readonly
                    on_leave=Callback::new(move |()| { form.title(); })
                />
                <TextField
                    id="uppgift-dnr"
                    label="Diarienummer (Valfritt)"
                    field=form.dnr
                    readonly
                    on_leave=Callback::new(move |()| { form.dnr(); })
                />
                <OutlookField form year readonly />
                <TextField
                    id="uppgift-kapital"
                    label=format!("Ingående eget kapital{} i {} (Valfritt)", first_year(form), unit.label())
                    help="De följande åren räknas ut. Tomt betyder att det inte är känt."
                    field=form.equity
                    is_figure=true
                    readonly
                    on_leave=Callback::new(move |()| { form.equity(); })
                />
                <TextField
                    id="uppgift-tak"
                    label="Tak för eget kapital i procent av årets intäkter från parterna"
                    field=form.ceiling
                    is_figure=true
                    readonly
                    on_leave=Callback::new(move |()| { form.ceiling(); })
                />
                <div class="panel-actions">
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        {if readonly { "Stäng" } else { "Avbryt" }}
                    </button>
                    {(!readonly)
                        .then(|| {
                            view! {
                                <button type="submit" class="button primary">
                                    "Spara uppgifter"
                                </button>
                            }
                        })}
                </div>
            </form>
        </Dialog>
    }
}

fn first_year(form: Form) -> String {
    let first = form.before.with_value(|header| header.years.first().copied());
    first.map(|year| format!(" {year}")).unwrap_or_default()
}

/// How many years of outlook show.
#[component]
fn OutlookField(form: Form, year: Option<Year>, readonly: bool) -> impl IntoView {
    let chosen = form.outlook.get_untracked();
    let options: Vec<_> = (0..Budget::MOST_YEARS)
        .map(|count| {
            view! {
                <option value=count.to_string() selected=count == chosen>
                    {outlook_name(year, count)}
                </option>
            }
        })
        .collect();
    let choose = move |event: leptos::ev::Event| {
        if let Ok(count) = event_target_value(&event).parse() {
            form.outlook.set(count);
        }
    };
    view! {
        <div class="field">
            <label for="uppgift-utblick">"Utblick efter budgetåret"</label>
            <p class="help" id="uppgift-utblick-hjalp">
                "År som döljs behåller sina belopp och kan visas igen."
            </p>
            <select id="uppgift-utblick" disabled=readonly aria-describedby="uppgift-utblick-hjalp" on:change=choose>
                {options}
            </select>
        </div>
    }
}

fn outlook_name(year: Option<Year>, count: usize) -> String {
    let mut years = year.into_iter().flat_map(|year| year.following(count + 1)).skip(1);
    match (years.next(), years.last()) {
        (None, _) => "Ingen utblick".to_owned(),
        (Some(only), None) => format!("1 år: {only}"),
        (Some(first), Some(last)) => format!("{count} år: {first}–{last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(numbers: &[i32]) -> Vec<Year> {
        numbers.iter().map(|number| Year::new(*number).expect("is a year")).collect()
    }

    #[test]
    fn years_come_and_go_at_the_end_and_what_shows_is_left_alone() {
        let all = years(&[2021, 2022, 2023, 2024]);
        let header = Header { year: all.first().copied(), years: all[..3].to_vec(), ..Header::default() };
        let show = |year: usize, shown| PlanCommand::ShowYear { year: all[year], shown };
        assert_eq!(outlook_of(&header), 2);
        assert_eq!(show_years(&header, 2), []);
        assert_eq!(show_years(&header, 3), [show(3, true)]);
        assert_eq!(show_years(&header, 0), [show(1, false), show(2, false)]);
    }

    #[test]
    fn the_choice_names_its_years() {
        let year = Year::new(2021).ok();
        assert_eq!(outlook_name(year, 0), "Ingen utblick");
        assert_eq!(outlook_name(year, 1), "1 år: 2022");
        assert_eq!(outlook_name(year, 3), "3 år: 2022–2024");
    }
}
