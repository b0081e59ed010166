//! Keeps the read model up to date from automerge's patches: reads again the rows they touch, and no others.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{AutoCommit, Patch};

use super::place::RowRef;
use super::{AmountCell, AmountConflict, Plan, RemovedRow, Touched, outcome, read, schema};
use crate::document::tree::editor::ORDER;
use crate::document::tree::table::{Gone, Read, TableRow, differing, exchange, ids};
use crate::document::tree::ways::way;
use crate::domain::{EquivalentId, IncomeId, LineId, OutcomeId, SectionId, VersionId};

/// Reads the plan and has automerge note changes from here on, so that the first [`refresh`] is as cheap as the
/// others.
pub fn track(doc: &mut AutoCommit) -> Plan {
    doc.update_diff_cursor();
    read::read(doc)
}

/// Brings `plan` up to what `doc` holds, and says which rows that touched.
///
/// `plan` must be what [`track`] or the last refresh of this document left. A document that was exchanged for
/// another, as after a reload from storage, is compared row by row.
pub fn refresh(doc: &mut AutoCommit, plan: &mut Plan) -> Touched {
    if doc.diff_cursor().is_empty() {
        let fresh = track(doc);
        return take_over(plan, fresh);
    }
    let mut stale = Stale::default();
    for patch in &doc.diff_incremental() {
        stale.note(patch);
    }
    if stale.everything {
        let fresh = read::read(doc);
        return take_over(plan, fresh);
    }
    // Settling on the amount that shows anyway takes the others away without a patch.
    for (cell, _) in plan.conflicts() {
        match cell {
            AmountCell::Line(id, _) => drop(stale.lines.insert(id)),
            AmountCell::Income(id, _) => drop(stale.income.insert(id)),
            AmountCell::OpeningEquity => stale.header = true,
            AmountCell::Outcome(id, _) | AmountCell::Forecast(id, _) => drop(stale.outcomes.insert(id)),
        }
    }
    let begun_twice = plan.outcomes.iter().filter(|view| view.has_text_begun_twice);
    stale.outcomes.extend(begun_twice.map(|view| view.outcome.id));
    if stale.all_lines {
        stale.lines.extend(ids::<LineId>(doc, schema::LINES));
    }
    stale.reread(doc, plan)
}

/// What patches say must be read again.
#[derive(Default)]
struct Stale {
    everything: bool,
    all_lines: bool,
    header: bool,
    stated: bool,
    accounts: bool,
    sections: BTreeSet<SectionId>,
    lines: BTreeSet<LineId>,
    income: BTreeSet<IncomeId>,
    outcomes: BTreeSet<OutcomeId>,
    equivalents: BTreeSet<EquivalentId>,
    versions: BTreeSet<VersionId>,
}

impl Stale {
    /// The first names on the way to what a patch changed say which row it is.
    fn note(&mut self, patch: &Patch) {
        let mut way = way(patch);
        let (table, id, column) = (way.next(), way.next(), way.next());
        match (table, id) {
            (Some(schema::SETTINGS), Some("precision")) | (Some(schema::STATED), Some(_)) => self.stated = true,
            (Some(schema::SETTINGS | schema::YEARS), Some(_)) => self.header = true,
            (Some(schema::ACCOUNTS), Some(_)) => self.accounts = true,
            (Some(schema::SECTIONS), Some(id)) => {
                self.sections.extend(id.parse::<SectionId>());
                // A section that comes or goes takes its lines along; its name and place do not touch them.
                self.all_lines |= !matches!(column, Some("name" | ORDER));
            }
            (Some(schema::LINES), Some(id)) => self.lines.extend(id.parse::<LineId>()),
            (Some(schema::INCOME), Some(id)) => self.income.extend(id.parse::<IncomeId>()),
            (Some(schema::OUTCOMES), Some(id)) => self.outcomes.extend(id.parse::<OutcomeId>()),
            (Some(schema::EQUIVALENTS), Some(id)) => self.equivalents.extend(id.parse::<EquivalentId>()),
            (Some(schema::VERSIONS), Some(id)) => self.versions.extend(id.parse::<VersionId>()),
            // A whole table came, went or was exchanged.
            (Some(name), None) if schema::CONTAINERS.contains(&name) => self.everything = true,
            (Some(_), None) => self.header = true,
            _ => {}
        }
    }

    fn reread(&self, doc: &AutoCommit, plan: &mut Plan) -> Touched {
        let before = conflicts_of(plan);
        let mut touched = Touched::default();
        if self.header {
            touched.header = replace(&mut plan.header, read::read_header(doc));
        }
        if self.stated {
            touched.stated = replace(&mut plan.stated, read::read_stated(doc));
        }
        if self.accounts {
            touched.accounts = replace(&mut plan.accounts, read::read_accounts(doc));
        }
        let mut order = false;
        let removed = &mut plan.removed;
        let mut gone = |row, gone| put_removed(removed, row, gone);
        for id in &self.sections {
            let (live, away) = parts(read::read_section(doc, *id));
            note(&mut plan.sections, *id, live, &mut touched.sections, &mut order);
            touched.removed |= gone(RowRef::Section(*id), away);
        }
        for id in &self.lines {
            let (live, away) = parts(read::read_line(doc, *id));
            note(&mut plan.lines, *id, live, &mut touched.lines, &mut order);
            touched.removed |= gone(RowRef::Line(*id), away);
        }
        for id in &self.income {
            let (live, away) = parts(read::read_income(doc, *id));
            note(&mut plan.income, *id, live, &mut touched.income, &mut order);
            touched.removed |= gone(RowRef::Income(*id), away);
        }
        for id in &self.outcomes {
            let (live, away) = parts(outcome::read_outcome(doc, *id));
            note(&mut plan.outcomes, *id, live, &mut touched.outcomes, &mut order);
            touched.removed |= gone(RowRef::Outcome(*id), away);
        }
        for id in &self.equivalents {
            let (live, away) = parts(read::read_equivalent(doc, *id));
            note(&mut plan.equivalents, *id, live, &mut touched.equivalents, &mut order);
            touched.removed |= gone(RowRef::Equivalent(*id), away);
        }
        for id in &self.versions {
            let (live, away) = parts(read::read_version(doc, *id));
            note(&mut plan.versions, *id, live, &mut touched.versions, &mut order);
            touched.removed |= gone(RowRef::Version(*id), away);
        }
        touched.order = order;
        if touched.order || touched.removed {
            read::sort_all(plan);
        }
        touched.conflicts = differing_conflicts(&before, &conflicts_of(plan));
        touched
    }
}

fn note<View: TableRow>(
    rows: &mut Vec<View>,
    id: View::Id,
    live: Option<View>,
    touched: &mut BTreeSet<View::Id>,
    order: &mut bool,
) {
    let exchanged = exchange(rows, id, live);
    if exchanged.row {
        touched.insert(id);
    }
    *order |= exchanged.order;
}

fn parts<View>(row: Option<Read<View>>) -> (Option<View>, Option<Gone>) {
    match row {
        Some(Read::Live(view)) => (Some(*view), None),
        Some(Read::Removed(gone)) => (None, Some(gone)),
        None => (None, None),
    }
}

fn put_removed(removed: &mut Vec<RemovedRow>, row: RowRef, gone: Option<Gone>) -> bool {
    let at = removed.iter().position(|known| known.row == row);
    let gone = gone.map(|gone| read::removed_row(row, gone));
    if at.map(|at| &removed[at]) == gone.as_ref() {
        return false;
    }
    if let Some(at) = at {
        removed.remove(at);
    }
    removed.extend(gone);
    true
}

fn replace<T: PartialEq>(shown: &mut T, fresh: T) -> bool {
    let differs = *shown != fresh;
    *shown = fresh;
    differs
}

type Conflicts = BTreeMap<AmountCell, AmountConflict>;

fn conflicts_of(plan: &Plan) -> Conflicts {
    plan.conflicts().into_iter().map(|(cell, conflict)| (cell, conflict.clone())).collect()
}

fn differing_conflicts(was: &Conflicts, is: &Conflicts) -> BTreeSet<AmountCell> {
    was.keys().chain(is.keys()).filter(|cell| was.get(cell) != is.get(cell)).copied().collect()
}

/// Takes over a plan read from scratch and says which rows differ.
fn take_over(plan: &mut Plan, fresh: Plan) -> Touched {
    let order = |plan: &Plan| {
        let lines: Vec<_> = plan.lines.iter().map(|view| (view.section, view.line.id)).collect();
        let rows: Vec<RowRef> = (plan.sections.iter().map(|view| RowRef::Section(view.id)))
            .chain(plan.income.iter().map(|view| RowRef::Income(view.income.id)))
            .chain(plan.outcomes.iter().map(|view| RowRef::Outcome(view.outcome.id)))
            .chain(plan.equivalents.iter().map(|view| RowRef::Equivalent(view.row.id)))
            .chain(plan.versions.iter().map(|view| RowRef::Version(view.id)))
            .collect();
        (lines, rows)
    };
    let touched = Touched {
        header: plan.header != fresh.header,
        sections: differing(&plan.sections, &fresh.sections),
        lines: differing(&plan.lines, &fresh.lines),
        income: differing(&plan.income, &fresh.income),
        outcomes: differing(&plan.outcomes, &fresh.outcomes),
        equivalents: differing(&plan.equivalents, &fresh.equivalents),
        versions: differing(&plan.versions, &fresh.versions),
        stated: plan.stated != fresh.stated,
        accounts: plan.accounts != fresh.accounts,
        order: order(plan) != order(&fresh),
        removed: plan.removed != fresh.removed,
        conflicts: differing_conflicts(&conflicts_of(plan), &conflicts_of(&fresh)),
    };
    *plan = fresh;
    touched
}
