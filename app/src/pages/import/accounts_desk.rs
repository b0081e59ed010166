//! What the part for accounting files works with: the file, the rules, and what they come to.

use super::Desk;
use super::destinations::{Groups, To, named_rows};
use super::done::{Done, Part};
use super::file_field::Picked;
use crate::components::exchange::read_sie;
use crate::document::plan::BudgetRow;
use crate::document::plan::import::{OutcomeImport, load_outcome};
use crate::domain::ledger::{Destination, Ledger, Mapping, Preview, PreviewRow, Selector, preview};
use crate::domain::{IncomeId, IsoDate, LineId, Money, OutcomeId, Year};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rules from accounts to rows of the budget.
pub(super) type Rules = Mapping<LineId, IncomeId>;

/// An accounting file that was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Loaded {
    /// What the file is called.
    pub name: String,
    /// What it says.
    pub ledger: Arc<Ledger>,
}

/// The outcome that is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// One that is there; none for a new one.
    pub outcome: Option<OutcomeId>,
    /// The last day that is booked.
    pub through: IsoDate,
}

/// A row of the budget with its outcome before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Booked {
    /// Which.
    pub row: BudgetRow,
    /// What stands there.
    pub before: Option<Money>,
    /// What the file has for it; none if nothing is mapped to it.
    pub from_file: Option<Money>,
}

/// The state of the part. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct AccountsDesk {
    /// What the page shares.
    pub desk: Desk,
    /// The file.
    pub file: RwSignal<Option<Loaded>>,
    /// What is wrong with the file.
    pub error: RwSignal<Option<String>>,
    /// Whether one is being read.
    pub busy: RwSignal<bool>,
    /// *Till och med*, as typed.
    pub through: RwSignal<String>,
    /// Rules that differ from those in the plan; none to forget one.
    pub changed: RwSignal<BTreeMap<Selector, Option<To>>>,
    /// The row that was mapped last, for which wider rules are offered.
    pub latest: RwSignal<Option<PreviewRow>>,
    /// Whether amounts that the file has nothing for are emptied.
    pub empties: RwSignal<bool>,
    /// What is wrong with what was asked for at the end.
    pub refusal: RwSignal<Option<String>>,
    /// The rules that hold: the plan's, with the changes.
    pub rules: Memo<Rules>,
    /// The day that is asked for, or why it cannot be.
    pub day: Memo<Result<IsoDate, String>>,
    /// What would be written, before anything is.
    pub seen: Memo<Option<Preview<LineId, IncomeId>>>,
    /// Where to.
    pub target: Memo<Option<Target>>,
    /// What accounts can be mapped to.
    pub names: Memo<Groups>,
    /// The rows that have an outcome, or would get one.
    pub booked: Memo<Vec<Booked>>,
}

impl AccountsDesk {
    /// The state of a page that has just come.
    pub fn new(desk: Desk) -> Self {
        let file = RwSignal::new(None::<Loaded>);
        let through = RwSignal::new(String::new());
        let changed = RwSignal::new(BTreeMap::new());
        let rules = Memo::new(move |_| rules(desk, &changed.read()));
        let day = Memo::new(move |_| {
            let of_file = file.with(|file| file.as_ref().and_then(|file| file.ledger.year));
            day(desk, of_file, &through.read())
        });
        let seen = Memo::new(move |_| {
            let day = day.get().ok()?;
            file.with(|file| file.as_ref().map(|file| rules.with(|rules| preview(&file.ledger, rules, day))))
        });
        let target = Memo::new(move |_| {
            // A balance of the whole year reaches its own day whatever is asked for: it may lie beyond the plan's year.
            let is_of_the_plan = |day: &IsoDate| plan_year(desk).is_none_or(|year| day.year() == year.number());
            let through = seen.with(|seen| seen.as_ref().and_then(|seen| seen.reach)).filter(is_of_the_plan)?;
            let is_it = |id: &OutcomeId| {
                desk.workspace.outcome(*id).is_some_and(|view| view.with(|view| view.outcome.through == through))
            };
            Some(Target { outcome: desk.workspace.outcomes().get().into_iter().find(is_it), through })
        });
        let booked = Memo::new(move |_| {
            seen.with(|seen| seen.as_ref().map(|seen| booked(desk, target.get(), seen)).unwrap_or_default())
        });
        Self {
            desk,
            file,
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
            through,
            changed,
            latest: RwSignal::new(None),
            empties: RwSignal::new(false),
            refusal: RwSignal::new(None),
            rules,
            day,
            seen,
            target,
            names: Memo::new(move |_| {
                desk.workspace.budget().with(|budget| budget.as_ref().map(named_rows).unwrap_or_default())
            }),
            booked,
        }
    }

    /// Reads a file. What was mapped for the one before and not written is kept: it is mostly the same accounts.
    pub fn read(self, picked: Picked) {
        spawn_local(async move {
            let read = read_sie(&picked.bytes).await;
            self.busy.set(false);
            self.desk.begin(Part::Accounts);
            self.refusal.set(None);
            self.latest.set(None);
            match read {
                Ok(ledger) => {
                    self.through.set(ledger.through.map(|day| day.to_string()).unwrap_or_default());
                    self.file.set(Some(Loaded { name: picked.name, ledger: Arc::new(ledger) }));
                }
                Err(reason) => {
                    self.file.set(None);
                    self.error.set(Some(format!("{} gick inte att läsa in. {reason}", picked.name)));
                }
            }
        });
    }

    /// Says where what a selector fits belongs, or forgets it. Nothing is written yet.
    pub fn set_rule(self, selector: Selector, to: Option<To>) {
        self.refusal.set(None);
        let kept = self.desk.workspace.rest().with_untracked(|rest| rest.accounts.get(&selector).copied());
        self.changed.update(|changed| {
            if kept == to {
                changed.remove(&selector);
            } else {
                changed.insert(selector, to);
            }
        });
    }

    /// Says where one row of the file belongs. "Inte kopplad" takes away the rule that decides for it.
    pub fn map_row(self, row: &PreviewRow, to: Option<To>) {
        let selector = match to {
            Some(_) => Some(row.selector()),
            None => self.rules.with_untracked(|rules| row.rule(rules).map(|(selector, _)| selector.clone())),
        };
        if let Some(selector) = selector {
            self.set_rule(selector, to);
        }
        self.latest.set(to.map(|_| row.clone()));
    }

    /// *Läs in utfallet*.
    pub fn write(self) {
        match self.prepared() {
            Ok(import) => {
                let through = self.target.get_untracked().map(|target| target.through.to_string()).unwrap_or_default();
                let text = told(&import, &through);
                match self.desk.run(load_outcome(&import)) {
                    Ok(()) => {
                        self.changed.set(BTreeMap::new());
                        self.latest.set(None);
                        self.refusal.set(None);
                        let place = format!("?utfall={through}#utfall-rubrik");
                        self.desk.done.set(Some(Done { part: Part::Accounts, text, place, is_undone: false }));
                    }
                    Err(reason) => self.refuse(reason),
                }
            }
            Err(reason) => self.refuse(reason),
        }
    }

    fn refuse(self, reason: String) {
        self.refusal.set(Some(reason));
    }

    fn prepared(self) -> Result<OutcomeImport, String> {
        self.day.get_untracked()?;
        let target = self.target.get_untracked().ok_or("Filen har inga belopp till och med den dagen.")?;
        let empties = self.empties.get_untracked();
        let amounts: Vec<_> = self
            .booked
            .get_untracked()
            .into_iter()
            .filter(|booked| booked.from_file.is_some() || (empties && booked.before.is_some()))
            .map(|booked| (booked.row, booked.from_file))
            .collect();
        if amounts.is_empty() {
            return Err("Koppla minst ett konto till en rad i budgeten först.".to_owned());
        }
        let rules = self.changed.get_untracked().into_iter().collect();
        let outcome =
            target.outcome.unwrap_or_else(|| OutcomeId::from_random(*self.desk.workspace.new_item_id().as_bytes()));
        let new_through = target.outcome.is_none().then_some(target.through);
        Ok(OutcomeImport { outcome, new_through, amounts, rules })
    }
}

fn told(import: &OutcomeImport, through: &str) -> String {
    let read = import.amounts.iter().filter(|(_, amount)| amount.is_some()).count();
    let amounts = if read == 1 { "1 belopp lästes in".to_owned() } else { format!("{read} belopp lästes in") };
    let rules = match import.rules.len() {
        0 => String::new(),
        1 => " 1 koppling sparades.".to_owned(),
        count => format!(" {count} kopplingar sparades."),
    };
    format!("{amounts} i utfallet till och med {through}.{rules}")
}

/// The plan's rules with the changes. One to a row that has been removed meanwhile does not count.
fn rules(desk: Desk, changed: &BTreeMap<Selector, Option<To>>) -> Rules {
    let (lines, income) = (desk.workspace.lines().get(), desk.workspace.income().get());
    let is_there = |to: &To| match to {
        Destination::Line(id) => lines.iter().any(|(_, line)| line == id),
        Destination::Income(id) => income.contains(id),
        Destination::LeaveOut => true,
    };
    let mut rules: BTreeMap<Selector, To> = desk.workspace.rest().with(|rest| rest.accounts.clone());
    for (selector, to) in changed {
        // A rule that is forgotten is taken away first, so that what is left are those that hold.
        rules.remove(selector);
        rules.extend(to.map(|to| (selector.clone(), to)));
    }
    rules.into_iter().filter(|(_, to)| is_there(to)).collect()
}

fn plan_year(desk: Desk) -> Option<Year> {
    desk.workspace.header().with(|header| header.year)
}

/// The day that was typed, which must lie in the plan's year, as some of the file's accounting year must.
fn day(desk: Desk, of_file: Option<(IsoDate, IsoDate)>, typed: &str) -> Result<IsoDate, String> {
    let day: IsoDate = typed.parse().map_err(|error: crate::domain::date::DateError| error.to_string())?;
    let Some(year) = plan_year(desk) else { return Ok(day) };
    match of_file {
        Some((first, last)) if !(first.year()..=last.year()).contains(&year.number()) => Err(format!(
            "Planen är för {year}, men filens räkenskapsår är {first} till {last}. Läs in filen i planen för {}, eller välj \
             en fil för {year}.",
            last.year()
        )),
        _ if day.year() != year.number() => {
            Err(format!("Planen är för {year}. Välj en dag det året, eller läs in filen i planen för {}.", day.year()))
        }
        _ => Ok(day),
    }
}

/// The rows that have an outcome, or would get one, in the order of the budget.
fn booked(desk: Desk, target: Option<Target>, seen: &Preview<LineId, IncomeId>) -> Vec<Booked> {
    let outcome = target
        .and_then(|target| desk.workspace.outcome(target.outcome?))
        .map(|view| view.with(|view| view.outcome.clone()));
    let lines = desk.workspace.lines().get().into_iter().map(|(_, id)| Booked {
        row: BudgetRow::Line(id),
        before: outcome.as_ref().and_then(|outcome| outcome.lines.get(&id)?.amount),
        from_file: seen.lines.get(&id).copied(),
    });
    let income = desk.workspace.income().get().into_iter().map(|id| Booked {
        row: BudgetRow::Income(id),
        before: outcome.as_ref().and_then(|outcome| outcome.income.get(&id)?.amount),
        from_file: seen.incomes.get(&id).copied(),
    });
    lines.chain(income).filter(|booked| booked.before.is_some() || booked.from_file.is_some()).collect()
}
