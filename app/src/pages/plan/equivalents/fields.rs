//! The fields of a row of full-year equivalents, and what is typed in them.

use super::entered::{Entered, count_of, stated_of};
use crate::components::field::{FieldState, TextField};
use crate::domain::{Benefit, EquivalentId, EquivalentRow, PopulationGroup, Stated, StatedUnit, Year, YearError};
use crate::pages::plan::checks::findings::equivalents;
use crate::pages::plan::desk::Desk;
use leptos::prelude::*;

/// The longest name of an area, in characters.
const LONGEST_AREA: usize = 100;

const AREA: &str = "helar-omrade";
const YEAR: &str = "helar-ar";
const POPULATION: &str = "helar-folkmangd";
const TOTAL: &str = "helar-angivet-totalt";
const SHARE: &str = "helar-angiven-andel";
/// The fields of the benefits, in the order of the table.
const COUNTS: [&str; 6] = ["helar-1", "helar-2", "helar-3", "helar-4", "helar-5", "helar-6"];

/// What is typed.
#[derive(Clone, Copy)]
pub struct Form {
    /// Which row: that of a new one is fresh.
    pub id: EquivalentId,
    area: FieldState,
    year: FieldState,
    group: RwSignal<PopulationGroup>,
    counts: [FieldState; 6],
    population: FieldState,
    total: FieldState,
    share: FieldState,
}

impl Form {
    /// The fields of a row that stands there, or of a new one.
    pub fn new(desk: Desk, before: Option<&Entered>) -> Self {
        let text = |text: Option<String>| FieldState::new(text.unwrap_or_default());
        let number = |number: Option<u32>| text(number.map(|number| number.to_string()));
        let printed = |figure: Option<Stated>| text(figure.map(|figure| figure.format().trim().to_owned()));
        let row = before.map(|before| &before.row);
        let fresh = || EquivalentId::from_random(*desk.workspace.new_item_id().as_bytes());
        // One who adds row after row goes on in the area of the last one.
        let last = || equivalents(desk.workspace).pop().map(|row| row.area);
        Self {
            id: row.map_or_else(fresh, |row| row.id),
            area: text(row.map(|row| row.area.clone()).or_else(|| untrack(last))),
            year: text(row.map(|row| row.year.to_string())),
            group: RwSignal::new(row.map_or(PopulationGroup::Everyone, |row| row.group.clone())),
            counts: Benefit::ALL.map(|benefit| number(row.and_then(|row| row.counts.get(&benefit).copied()))),
            population: number(row.and_then(|row| row.population)),
            total: printed(before.and_then(|before| before.total)),
            share: printed(before.and_then(|before| before.share)),
        }
    }

    fn area(self) -> Option<String> {
        self.area.check(|text| match text {
            "" => Err("Fyll i område, till exempel Västerås eller Riket.".to_owned()),
            text if text.chars().count() > LONGEST_AREA => Err(format!("Skriv högst {LONGEST_AREA} tecken.")),
            text => Ok(text.to_owned()),
        })
    }

    fn year(self) -> Option<Year> {
        self.year.check(|text| text.parse::<Year>().map_err(|error: YearError| error.to_string()))
    }

    /// What is filled in; none while something cannot be read. Every field is checked, so that each error shows.
    pub fn entered(self, before: Option<&Entered>) -> Option<Entered> {
        let (area, year) = (self.area(), self.year());
        let typed = self.counts.map(|field| field.check(count_of));
        let population = self.population.check(count_of);
        let total = self.total.check(|text| stated_of(text, StatedUnit::Count));
        let share = self.share.check(|text| stated_of(text, StatedUnit::Percent));
        // What a newer version counts beside these is kept.
        let mut counts = before.map(|before| before.row.counts.clone()).unwrap_or_default();
        for (benefit, count) in Benefit::ALL.into_iter().zip(typed) {
            match count? {
                Some(count) => drop(counts.insert(benefit, count)),
                None => drop(counts.remove(&benefit)),
            }
        }
        let group = self.group.get_untracked();
        let row = EquivalentRow { id: self.id, area: area?, year: year?, group, counts, population: population? };
        Some(Entered { row, total: total?, share: share? })
    }

    /// As [`Form::entered`], from what can be read so far, without telling of errors.
    pub fn so_far(self) -> Entered {
        let read = |field: FieldState| field.text.with(|text| count_of(text.trim()).ok().flatten());
        let printed = |field: FieldState, unit| field.text.with(|text| stated_of(text.trim(), unit).ok().flatten());
        let counts = Benefit::ALL.into_iter().zip(self.counts);
        let row = EquivalentRow {
            id: self.id,
            area: self.area.text.with(|text| text.trim().to_owned()),
            year: self.year.text.with(|text| text.trim().parse()).unwrap_or(Year::FIRST),
            group: self.group.get(),
            counts: counts.filter_map(|(benefit, field)| Some((benefit, read(field)?))).collect(),
            population: read(self.population),
        };
        Entered { row, total: printed(self.total, StatedUnit::Count), share: printed(self.share, StatedUnit::Percent) }
    }

    /// What cannot be read, by field.
    pub fn errors(self) -> Vec<(&'static str, String)> {
        let head = [(AREA, self.area), (YEAR, self.year)];
        let tail = [(POPULATION, self.population), (TOTAL, self.total), (SHARE, self.share)];
        let all = head.into_iter().chain(COUNTS.into_iter().zip(self.counts)).chain(tail);
        all.filter_map(|(id, field)| Some((id, field.error.get()?))).collect()
    }
}

/// Which row it is, and its figures.
#[component]
pub fn RowFields(
    /// What is typed.
    form: Form,
) -> impl IntoView {
    let check = |field: FieldState| {
        Callback::new(move |()| {
            field.check(count_of);
        })
    };
    let counts = Benefit::ALL.into_iter().zip(COUNTS).zip(form.counts).map(|((benefit, id), field)| {
        let label = format!("{} (Valfritt)", benefit.label());
        view! { <TextField id label field is_figure=true on_leave=check(field) /> }
    });
    let groups = [PopulationGroup::Everyone, PopulationGroup::Women, PopulationGroup::Men].map(|group| {
        let (word, label) = (group.as_word().to_owned(), group.label().to_owned());
        let shown = group.clone();
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name="helar-kon"
                    value=word
                    prop:checked=move || form.group.get() == shown
                    on:change=move |_| form.group.set(group.clone())
                />
                <span>{label}</span>
            </label>
        }
    });
    view! {
        <TextField
            id=AREA
            label="Område"
            field=form.area
            on_leave=Callback::new(move |()| { form.area(); })
        />
        <TextField
            id=YEAR
            label="År"
            field=form.year
            is_figure=true
            on_leave=Callback::new(move |()| { form.year(); })
        />
        <fieldset class="plain-fieldset">
            <legend>"Vilka raden räknar"</legend>
            {groups.into_iter().collect_view()}
        </fieldset>
        <fieldset class="plain-fieldset">
            <legend>"Antal helårsekvivalenter"</legend>
            <p class="help">"Tomt betyder att antalet inte är känt."</p>
            {counts.collect_view()}
        </fieldset>
        <TextField
            id=POPULATION
            label="Folkmängd 20–64 år (Valfritt)"
            help="Andelen av befolkningen räknas ut av den."
            field=form.population
            is_figure=true
            on_leave=check(form.population)
        />
    }
}

/// What a printed document says that the row comes to.
#[component]
pub fn PrintedFields(
    /// What is typed.
    form: Form,
) -> impl IntoView {
    let total = Callback::new(move |()| {
        form.total.check(|text| stated_of(text, StatedUnit::Count));
    });
    let share = Callback::new(move |()| {
        form.share.check(|text| stated_of(text, StatedUnit::Percent));
    });
    view! {
        <TextField
            id=TOTAL
            label="Totalt enligt tryckt dokument (Valfritt)"
            field=form.total
            is_figure=true
            on_leave=total
        />
        <TextField
            id=SHARE
            label="Andel av befolkningen i procent enligt tryckt dokument (Valfritt)"
            field=form.share
            is_figure=true
            on_leave=share
        />
    }
}
