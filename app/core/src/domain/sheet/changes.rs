//! What an import of a sheet would change in a budget: which rows are new, which get other amounts, and which stay.
//!
//! Rows are known by their names, since a spreadsheet has nothing else. What the sheet leaves empty is left as it is, and
//! what it does not name is not touched: an import adds and changes, and never removes.

use std::collections::{BTreeMap, BTreeSet};

use super::interpret::{ImportPreview, ImportRow};
use crate::domain::budget::Budget;
use crate::domain::ids::{IncomeId, LineId, SectionId};
use crate::domain::money::Money;
use crate::domain::year::Year;

/// What lines before the first heading stand under, where the budget does not know them.
const WITHOUT_HEADING: &str = "Utan rubrik";

/// *Ändringar*: an import beside the budget as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BudgetChanges {
    /// Sections with the lines that the sheet has.
    pub sections: Vec<SectionChange>,
    /// Rows of income that the sheet has.
    pub income: Vec<RowChange<IncomeId>>,
    /// *Ingående eget kapital* of the first year: as it is, and as the sheet has it.
    pub opening: Option<AmountChange>,
    /// Names of lines and income that the sheet does not mention. They stay as they are.
    pub untouched: Vec<String>,
    /// Sums that the sheet states and its own rows do not come to.
    pub sums: Vec<SumDifference>,
}

/// A section that the sheet has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionChange {
    /// Which it is in the budget; none for a new one.
    pub id: Option<SectionId>,
    /// Its name.
    pub name: String,
    /// Its lines in the sheet's order.
    pub lines: Vec<RowChange<LineId>>,
}

/// A row that the sheet has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange<Id> {
    /// Which row of the sheet it is, from 0.
    pub row: usize,
    /// Which it is in the budget; none for a new one.
    pub id: Option<Id>,
    /// Its name.
    pub name: String,
    /// Its note, if the sheet has one that the budget does not.
    pub note: Option<String>,
    /// Its amounts in the sheet, beside those in the budget.
    pub amounts: BTreeMap<Year, AmountChange>,
}

/// An amount before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmountChange {
    /// As the budget has it; none where it is empty.
    pub before: Option<Money>,
    /// As the sheet has it.
    pub after: Money,
}

/// What happens to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowFate {
    /// *Ny*.
    New,
    /// *Ändras*.
    Changed,
    /// *Oförändrad*.
    Unchanged,
}

/// A sum that the sheet states, and what the rows above it come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumDifference {
    /// Which row of the sheet it is, from 0.
    pub row: usize,
    /// What the sheet calls it, with its section.
    pub name: String,
    /// Of which year.
    pub year: Year,
    /// As the sheet states it.
    pub stated: Money,
    /// What its rows come to.
    pub computed: Money,
}

impl AmountChange {
    /// Whether the import would write another amount.
    pub fn is_change(self) -> bool {
        self.before != Some(self.after)
    }
}

impl<Id> RowChange<Id> {
    /// What happens to the row.
    pub fn fate(&self) -> RowFate {
        match &self.id {
            None => RowFate::New,
            Some(_) if self.note.is_some() || self.amounts.values().any(|it| it.is_change()) => RowFate::Changed,
            Some(_) => RowFate::Unchanged,
        }
    }
}

impl SectionChange {
    /// Whether the import would add it: a new one, unless all its lines stand elsewhere in the budget already.
    pub fn is_new(&self) -> bool {
        self.id.is_none() && (self.lines.is_empty() || self.lines.iter().any(|line| line.id.is_none()))
    }
}

impl BudgetChanges {
    /// How many rows meet each fate: new, changed, unchanged.
    pub fn counts(&self) -> BTreeMap<RowFate, usize> {
        let lines = self.sections.iter().flat_map(|section| &section.lines).map(RowChange::fate);
        let mut counts = BTreeMap::new();
        for fate in lines.chain(self.income.iter().map(RowChange::fate)) {
            *counts.entry(fate).or_default() += 1;
        }
        counts
    }

    /// Whether an import would write anything.
    pub fn is_change(&self) -> bool {
        let counts = self.counts();
        counts.contains_key(&RowFate::New)
            || counts.contains_key(&RowFate::Changed)
            || self.sections.iter().any(SectionChange::is_new)
            || self.opening.is_some_and(AmountChange::is_change)
    }
}

/// Compares what a sheet says with a budget.
pub fn changes(budget: &Budget, seen: &ImportPreview) -> BudgetChanges {
    let mut known = Known::of(budget);
    // Lines that stand where the sheet has them first, so that a line elsewhere is not taken for another's namesake.
    let places: Vec<Option<SectionId>> = seen.sections.iter().map(|section| known.section(&section.name)).collect();
    let mut own: BTreeMap<usize, LineId> = BTreeMap::new();
    for (section, place) in seen.sections.iter().zip(&places) {
        for line in &section.lines {
            own.extend(place.and_then(|place| known.line_in(place, &line.name)).map(|id| (line.row, id)));
        }
    }
    let mut sections: Vec<SectionChange> = Vec::new();
    for (section, id) in seen.sections.iter().zip(places) {
        let mut lines = Vec::new();
        for line in &section.lines {
            let found = own.get(&line.row).copied().or_else(|| known.line_anywhere(&line.name));
            lines.push(line_change(budget, line, found));
        }
        let name = if section.name.is_empty() { WITHOUT_HEADING.to_owned() } else { section.name.clone() };
        // Lines without a heading need a section only if the budget does not know them.
        let first = lines.iter().find_map(|line| line.id).and_then(|id| section_of(budget, id));
        let id = if section.name.is_empty() { id.or(first) } else { id };
        sections.push(SectionChange { id, name, lines });
    }
    let income: Vec<_> = seen
        .income
        .iter()
        .map(|row| {
            let found = known.income(&row.name);
            let amounts = budget.income.iter().find(|it| Some(it.id) == found).map(|it| &it.amounts);
            row_change(row, found, None, |year| amounts.and_then(|amounts| amounts.get(&year).copied()))
        })
        .collect();
    let opening = budget.years.first().and_then(|first| {
        let after = *seen.opening_equity.as_ref()?.amounts.get(first)?;
        Some(AmountChange { before: budget.opening_equity, after })
    });
    BudgetChanges { sections, income, opening, untouched: known.left(), sums: sum_differences(seen) }
}

fn section_of(budget: &Budget, line: LineId) -> Option<SectionId> {
    budget.lines().find(|(_, known)| known.id == line).map(|(section, _)| section.id)
}

fn line_change(budget: &Budget, row: &ImportRow, id: Option<LineId>) -> RowChange<LineId> {
    let line = id.and_then(|id| budget.line(id));
    let before = |year| line.and_then(|line| line.amounts.get(&year).copied());
    row_change(row, id, Some(line.map(|line| line.note.as_str()).unwrap_or_default()), before)
}

/// A row beside what is there; with the note there if it can have one.
fn row_change<Id>(
    row: &ImportRow,
    id: Option<Id>,
    note: Option<&str>,
    before: impl Fn(Year) -> Option<Money>,
) -> RowChange<Id> {
    let amounts = row.amounts.iter();
    RowChange {
        row: row.row,
        id,
        name: row.name.clone(),
        note: note.filter(|note| !row.note.is_empty() && *note != row.note).map(|_| row.note.clone()),
        amounts: amounts.map(|(year, after)| (*year, AmountChange { before: before(*year), after: *after })).collect(),
    }
}

/// The budget's rows by name, each of which can be found once.
struct Known {
    sections: Vec<(String, SectionId)>,
    lines: Vec<(String, SectionId, LineId, String)>,
    income: Vec<(String, IncomeId, String)>,
}

impl Known {
    fn of(budget: &Budget) -> Self {
        Self {
            sections: budget.sections.iter().map(|section| (plain(&section.name), section.id)).collect(),
            lines: budget
                .lines()
                .map(|(section, line)| (plain(&line.name), section.id, line.id, line.name.clone()))
                .collect(),
            income: budget.income.iter().map(|row| (plain(&row.name), row.id, row.name.clone())).collect(),
        }
    }

    fn section(&mut self, name: &str) -> Option<SectionId> {
        let name = plain(name);
        let index = self.sections.iter().position(|(known, _)| *known == name && !name.is_empty())?;
        Some(self.sections.remove(index).1)
    }

    fn line_in(&mut self, section: SectionId, name: &str) -> Option<LineId> {
        let name = plain(name);
        let index = self.lines.iter().position(|(known, place, ..)| *known == name && *place == section)?;
        Some(self.lines.remove(index).2)
    }

    /// A line in whatever section, if just one is called so.
    fn line_anywhere(&mut self, name: &str) -> Option<LineId> {
        let name = plain(name);
        let mut named = self.lines.iter().enumerate().filter(|(_, (known, ..))| *known == name);
        let (Some((index, _)), None) = (named.next(), named.next()) else { return None };
        Some(self.lines.remove(index).2)
    }

    fn income(&mut self, name: &str) -> Option<IncomeId> {
        let name = plain(name);
        let index = self.income.iter().position(|(known, ..)| *known == name)?;
        Some(self.income.remove(index).1)
    }

    /// The names of what was not found.
    fn left(self) -> Vec<String> {
        let lines = self.lines.into_iter().map(|(.., name)| name);
        lines.chain(self.income.into_iter().map(|(.., name)| name)).filter(|name| !name.is_empty()).collect()
    }
}

/// A name as it is compared: people write the same with other capitals and spaces.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Sums that are neither what their section comes to, nor all costs, nor all income.
fn sum_differences(seen: &ImportPreview) -> Vec<SumDifference> {
    let total = |rows: &mut dyn Iterator<Item = &ImportRow>, year: Year| -> Money {
        rows.filter_map(|row| row.amounts.get(&year)).copied().sum()
    };
    let mut found = Vec::new();
    let mut summed: BTreeSet<usize> = BTreeSet::new();
    for (section, sum) in &seen.sums {
        // The first sum below a section is the section's own; what follows is of more.
        let own = section.filter(|section| summed.insert(*section)).and_then(|section| seen.sections.get(section));
        for (year, stated) in &sum.amounts {
            let of_section = own.map(|section| total(&mut section.lines.iter(), *year));
            let costs = total(&mut seen.sections.iter().flat_map(|section| &section.lines), *year);
            let income = total(&mut seen.income.iter(), *year);
            if of_section == Some(*stated) || costs == *stated || income == *stated {
                continue;
            }
            let Some(computed) = of_section else { continue };
            let heading = own.map(|section| section.name.as_str()).unwrap_or_default();
            let name = match plain(&sum.name).contains(&plain(heading)) {
                true => sum.name.clone(),
                false => format!("{} ({heading})", sum.name),
            };
            found.push(SumDifference { row: sum.row, name, year: *year, stated: *stated, computed });
        }
    }
    found
}
