//! *Ändra uppgifter*: the facts of an occasion in one dialog. What differs is written as one undo step.

use super::{Room, RoomDialog};
use crate::components::dialog::Dialog;
use crate::components::field::{ErrorSummary, FieldState, SelectField, TextArea, TextField, go_to_errors};
use crate::components::icon::{Icon, IconView};
use crate::document::OccasionCommand;
use crate::document::occasion::{DayFact, Fact, PriceFact};
use crate::domain::course::is_web_address;
use crate::domain::{AmountUnit, ClockTime, IsoDate, Money, Occasion, OccasionDay};
use leptos::prelude::*;

/// The dialog, while it is open.
#[component]
pub fn FactsDialog(
    /// The page's shared state.
    room: Room,
) -> impl IntoView {
    let is_open = Memo::new(move |_| room.dialog.get() == Some(RoomDialog::Facts));
    move || is_open.get().then(|| view! { <FactsPanel room /> })
}

/// A day as it is typed.
#[derive(Clone, Copy, PartialEq)]
struct DayFields {
    number: usize,
    date: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
}

impl DayFields {
    fn new(number: usize, date: String, from: String, to: String) -> Self {
        Self { number, date: RwSignal::new(date), from: RwSignal::new(from), to: RwSignal::new(to) }
    }

    /// The day; none where the row is empty.
    fn read(self) -> Result<Option<OccasionDay>, String> {
        let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        let (date, from, to) = (text(self.date), text(self.from), text(self.to));
        if date.is_empty() {
            return Ok(None);
        }
        let date: IsoDate = date.parse().map_err(|error: crate::domain::date::DateError| error.to_string())?;
        let time = |text: String| text.parse::<ClockTime>().map_err(|error| format!("{date}: {error}"));
        let (from, to) = (time(from)?, time(to)?);
        if to <= from {
            return Err(format!("{date}: sluttiden ska vara efter starttiden."));
        }
        Ok(Some(OccasionDay { date, from, to }))
    }
}

/// The fields, and what stood in the occasion when they were filled in.
#[derive(Clone, Copy)]
struct Form {
    before: StoredValue<Occasion>,
    texts: [(Fact, FieldState); 7],
    capacity: FieldState,
    opens: FieldState,
    closes: FieldState,
    price: FieldState,
    fee: FieldState,
    /// The id of the cost line; empty for none.
    line: RwSignal<String>,
    days: RwSignal<Vec<DayFields>>,
    days_error: RwSignal<Option<String>>,
}

fn of(facts: &Occasion, fact: Fact) -> &str {
    match fact {
        Fact::Title => &facts.title,
        Fact::About => &facts.about,
        Fact::Audience => &facts.audience,
        Fact::Place => &facts.place,
        Fact::Link => &facts.link,
        Fact::Trainers => &facts.trainers,
        Fact::Contact => &facts.contact,
    }
}

impl Form {
    fn new(facts: Occasion) -> Self {
        let day = |day: Option<IsoDate>| FieldState::new(day.map(|day| day.to_string()).unwrap_or_default());
        let amount = |amount: Option<Money>| {
            FieldState::new(amount.map(|amount| amount.to_clipboard(AmountUnit::Kronor)).unwrap_or_default())
        };
        let days = facts.days.iter().enumerate().map(|(number, day)| {
            DayFields::new(number, day.date.to_string(), day.from.to_string(), day.to.to_string())
        });
        Self {
            texts: Fact::ALL.map(|fact| (fact, FieldState::new(of(&facts, fact).to_owned()))),
            capacity: FieldState::new(facts.capacity.map(|capacity| capacity.to_string()).unwrap_or_default()),
            opens: day(facts.opens),
            closes: day(facts.closes),
            price: amount(facts.price),
            fee: amount(facts.no_show_fee),
            line: RwSignal::new(facts.cost_line.map(|line| line.to_string()).unwrap_or_default()),
            days: RwSignal::new(days.collect()),
            days_error: RwSignal::new(None),
            before: StoredValue::new(facts),
        }
    }

    fn text(self, fact: Fact) -> FieldState {
        let found = self.texts.into_iter().find(|(known, _)| *known == fact);
        found.map_or_else(|| self.capacity, |(_, field)| field)
    }

    fn title(self) -> Option<String> {
        let title = self.text(Fact::Title);
        title.check(|text| if text.is_empty() { Err("Fyll i rubrik.".to_owned()) } else { Ok(text.to_owned()) })
    }

    fn link(self) -> Option<String> {
        self.text(Fact::Link).check(|text| match text {
            text if text.is_empty() || is_web_address(text) => Ok(text.to_owned()),
            _ => Err("Skriv hela adressen, som https://video.exempel.se/rum.".to_owned()),
        })
    }

    fn capacity(self) -> Option<Option<u32>> {
        self.capacity.check(|text| match text {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| "Skriv antalet platser som ett heltal.".to_owned()),
        })
    }

    fn day(field: FieldState) -> Option<Option<IsoDate>> {
        field.check(|text| match text {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|error: crate::domain::date::DateError| error.to_string()),
        })
    }

    fn amount(field: FieldState) -> Option<Option<Money>> {
        field.check(|text| Money::parse_optional(text, AmountUnit::Kronor).map_err(|error| error.to_string()))
    }

    fn read_days(self) -> Option<Vec<OccasionDay>> {
        let read: Result<Vec<_>, String> = self.days.get_untracked().into_iter().map(DayFields::read).collect();
        // The document has one row for each date: of two, one would be gone without a word.
        let read = read.and_then(|days| {
            let mut days: Vec<OccasionDay> = days.into_iter().flatten().collect();
            days.sort();
            match days.windows(2).find(|two| two[0].date == two[1].date) {
                Some(two) => {
                    Err(format!("{} står två gånger. Skriv dagen en gång, från början till slut.", two[0].date))
                }
                None => Ok(days),
            }
        });
        self.days_error.set(read.as_ref().err().cloned());
        read.ok()
    }

    /// What differs from what stood there, as commands; none while something cannot be read.
    fn commands(self) -> Option<Vec<OccasionCommand>> {
        // All of them are checked, so that every error shows.
        let (title, capacity, days) = (self.title(), self.capacity(), self.read_days());
        let (opens, closes) = (Self::day(self.opens), Self::day(self.closes));
        let (price, fee) = (Self::amount(self.price), Self::amount(self.fee));
        let link = self.link();
        title?;
        link?;
        let (capacity, days, opens, closes, price, fee) = (capacity?, days?, opens?, closes?, price?, fee?);
        self.before.with_value(|before| {
            let texts = self.texts.into_iter().filter_map(|(fact, field)| {
                let value = field.text.get_untracked().trim().to_owned();
                (value != of(before, fact)).then_some(OccasionCommand::SetText { fact, value })
            });
            let mut commands: Vec<_> = texts.collect();
            commands.extend((days != before.days).then_some(OccasionCommand::SetDays { days }));
            commands.extend((capacity != before.capacity).then_some(OccasionCommand::SetCapacity { capacity }));
            for (fact, day, was) in [(DayFact::Opens, opens, before.opens), (DayFact::Closes, closes, before.closes)] {
                commands.extend((day != was).then_some(OccasionCommand::SetDay { fact, day }));
            }
            for (fact, amount, was) in
                [(PriceFact::Price, price, before.price), (PriceFact::NoShowFee, fee, before.no_show_fee)]
            {
                commands.extend((amount != was).then_some(OccasionCommand::SetPrice { fact, amount }));
            }
            let line = self.line.get_untracked().parse().ok();
            commands.extend((line != before.cost_line).then_some(OccasionCommand::SetCostLine { line }));
            Some(commands)
        })
    }

    fn errors(self) -> Vec<(&'static str, String)> {
        let fields = [
            ("tillfalle-rubrik", self.text(Fact::Title)),
            ("tillfalle-lank", self.text(Fact::Link)),
            ("tillfalle-platser", self.capacity),
            ("tillfalle-oppnar", self.opens),
            ("tillfalle-sista", self.closes),
            ("tillfalle-pris", self.price),
            ("tillfalle-avgift", self.fee),
        ];
        let mut errors: Vec<_> = fields.into_iter().filter_map(|(id, field)| Some((id, field.error.get()?))).collect();
        errors.extend(self.days_error.get().map(|error| ("tillfalle-dagar", error)));
        errors
    }
}

#[component]
fn FactsPanel(room: Room) -> impl IntoView {
    let close = Callback::new(move |()| room.dialog.set(None));
    let form = Form::new(room.workspace.facts().get_untracked());
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(commands) = form.commands() else {
            go_to_errors(&untrack(|| form.errors()));
            return;
        };
        let label = "ändra uppgifter".to_owned();
        if commands.is_empty() || room.run(OccasionCommand::Batch { commands, label }) {
            close.run(());
        }
    };
    let nothing = Callback::new(|()| ());
    let lines = room.cost_lines.get_value();
    // Without the budget at hand there is nothing to choose from, and what is chosen stays.
    let lines = (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(|(line, name)| (line.to_string(), name));
        let options = [(String::new(), "Ingen".to_owned())].into_iter().chain(lines).collect::<Vec<_>>();
        view! { <SelectField id="tillfalle-kostnadsrad" label="Kostnadsrad i budgeten" options chosen=form.line /> }
    });
    let errors = Signal::derive(move || form.errors());
    let text =
        move |id, fact: Fact| view! { <TextField id label=fact.label() field=form.text(fact) on_leave=nothing /> };
    let day = move |id, fact: DayFact, field: FieldState| {
        let leave = Callback::new(move |()| {
            Form::day(field);
        });
        view! { <TextField id label=fact.label() help="År-månad-dag. Valfritt." field on_leave=leave /> }
    };
    let price = move |id, fact: PriceFact, field: FieldState| {
        let leave = Callback::new(move |()| {
            Form::amount(field);
        });
        view! { <TextField id label=format!("{} i kr (Valfritt)", fact.label()) field is_figure=true on_leave=leave /> }
    };
    view! {
        <Dialog title=Signal::stored("Kurstillfällets uppgifter".to_owned()) class="settings" on_close=close>
            <form class="form" novalidate=true on:submit=save>
                <ErrorSummary errors />
                <TextField
                    id="tillfalle-rubrik"
                    label="Rubrik"
                    field=form.text(Fact::Title)
                    on_leave=Callback::new(move |()| { form.title(); })
                />
                <DayRows form />
                {text("tillfalle-plats", Fact::Place)}
                <TextField
                    id="tillfalle-lank"
                    label=Fact::Link.label()
                    help="Skickas till dem som har plats och visas inte på webben."
                    field=form.text(Fact::Link)
                    on_leave=Callback::new(move |()| { form.link(); })
                />
                <TextField
                    id="tillfalle-platser"
                    label="Antal platser"
                    help="Tomt betyder att det inte finns någon gräns."
                    field=form.capacity
                    is_figure=true
                    on_leave=Callback::new(move |()| { form.capacity(); })
                />
                {day("tillfalle-oppnar", DayFact::Opens, form.opens)}
                {day("tillfalle-sista", DayFact::Closes, form.closes)}
                <TextArea id="tillfalle-om" label=Fact::About.label() field=form.text(Fact::About) />
                <TextArea id="tillfalle-malgrupp" label=Fact::Audience.label() field=form.text(Fact::Audience) />
                {text("tillfalle-utbildare", Fact::Trainers)}
                {text("tillfalle-kontakt", Fact::Contact)}
                {price("tillfalle-pris", PriceFact::Price, form.price)}
                {price("tillfalle-avgift", PriceFact::NoShowFee, form.fee)}
                {lines}
                <div class="panel-actions">
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        "Avbryt"
                    </button>
                    <button type="submit" class="button primary">
                        "Spara uppgifter"
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// *Kursdagar*: a row for each.
#[component]
fn DayRows(form: Form) -> impl IntoView {
    let add = move |_| {
        form.days.update(|days| {
            let number = days.iter().map(|day| day.number + 1).max().unwrap_or_default();
            // The hours are mostly those of the day before.
            let (from, to) = days.last().map_or(("09:00".to_owned(), "16:00".to_owned()), |day| {
                (day.from.get_untracked(), day.to.get_untracked())
            });
            days.push(DayFields::new(number, String::new(), from, to));
        });
    };
    let row = move |day: DayFields| {
        let input = |kind: &'static str, label: &'static str, value: RwSignal<String>| {
            view! {
                <input
                    type=kind
                    aria-label=format!("{label} dag {}", day.number + 1)
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
            }
        };
        view! {
            <li class="day-row">
                {input("date", "Datum", day.date)} {input("time", "Från", day.from)} {input("time", "Till", day.to)}
                <button
                    type="button"
                    class="button quiet icon-only"
                    aria-label=format!("Ta bort dag {}", day.number + 1)
                    on:click=move |_| form.days.update(|days| days.retain(|known| known.number != day.number))
                >
                    <IconView icon=Icon::Remove />
                </button>
            </li>
        }
    };
    view! {
        <fieldset class="field" id="tillfalle-dagar" tabindex="-1">
            <legend>"Kursdagar"</legend>
            <crate::components::field::FieldError id="tillfalle-dagar-fel" error=form.days_error />
            <ul class="plain-list">
                <For each=move || form.days.get() key=|day| day.number children=row />
            </ul>
            <button type="button" class="button" on:click=add>
                <IconView icon=Icon::Plus />
                "Lägg till dag"
            </button>
        </fieldset>
    }
}
